"""What a message tells of the person, as slots: facts stated, a place, a period, wishes, a situation."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from actions import texts
from actions.ages import age_by_birth, is_likely
from actions.base import Reply, Slots
from actions.cards import button
from actions.foreign import is_foreign, likes_in
from actions.known import AGES
from actions.services import Services
from actions.situations import services_named, situations_in
from actions.timing import stage
from actions.trades_meant import wanted_jobs
from actions.turn import Turn
from knowledge_base.french import fold

MOST_LIKES = 3
OF_WISHES = ("likes", "dislikes", "seen")  # slots that wishes change
# Intents that may tell what somebody likes; the words of others are about something else.
TELL_WISHES = frozenset(("inform", "explore_jobs", "find_training", "find_event", "refine", "greet", "for_someone_else",
                         "not_for_me", "nlu_fallback", "affirm", "deny", "choose", "complain", "out_of_scope",
                         "ask_more", "ask_question", "dont_know", "withdraw_referral", "erase_data"))  # fmt: skip
LIKING = re.compile(
    r"\b(?:j ?aim\w*|j ?ador\w*|j ?kiff?\w*|aim(?:e|ent|ait|erait)|kiffe\w*|adore\w*|passion\w*|fan de"
    r"|reve de|plai[rst]\w*|prefer\w*|envie de|interess\w*|attir\w*|branche|tente|mon truc|son truc|detest\w*"
    r"|debrouill\w*|douee?|passe\w* (?:mes|mon|ses|son|tout)|en train de|jure que|je m occupe|j ?aide|m appelle\w*"
    r"|je (?:me )?(?:vois|verrais?)|(?:metiers?|boulots?) (?:de|du|des|dans|autour))\b"
)
# Never part of a wish: what is typed to break a program, how to reach somebody.
CODE = re.compile(
    r"\b(?:select|delete|insert|drop|update|union)\b.{0,60}\b(?:from|into|table|set|where|select)\b", re.IGNORECASE
)
CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+33\s?|\b0)[1-9](?:[\s.-]?\d{2}){4}\b")
# « [clique](https://…) »: what a link is called, where its brackets and its address were taken out.
LINK = re.compile(r"(?:(?<=\s\s)|(?<=^ ))\S(?:[^()\n](?!\s\s)){0,80}\s\(\s{8,}")
# « à part le foot », to who asks what pleases, is what pleases.
ALL_BUT = re.compile(
    r"^\W*(?:(?:bah|ben|bon|euh|bof|mouais|non|oui|si|mais)\W+)*(?:mis )?(?:[àa] ?part|sauf|hormis|si ce n.est)\b", re.I
)
TITLE = 3  # words from which what is said is taken for the title of something shown
SAID_OUTRIGHT, SAID_ALONE, SAID_IN_PASSING = (
    0.25,
    0.5,
    0.7,
)  # how surely a family must answer words to be kept as a wish
BESIDE_A_TRADE = 0.9
NEVER = 2.0  # no family answers words as surely as that
UNLIKELY = {"out_of_scope": 0.97, "ask_question": 0.97, "complain": 0.97}  # intents that seldom tell a wish: how surely
# « pas devant un écran », said of what is searched: to be there.
NO_SCREEN = re.compile(
    r"\b(?:pas|plus|jamais|marre|sans) (?:\w+ ){0,3}"
    r"(?:ecrans?|ordi\w*|pc|internet|visio|zoom|distanciel|chez (?:moi|lui|elle))\b"
)
# In a long story only what is told as a wish is one: « …donc voilà je cherche une formation dans un garage… ».
LONG, NEAR = 40, 70  # words of a message, letters before a wish
WISHED = re.compile(
    rf"{LIKING.pattern}|\b(?:formations?|stages?|apprentissage|alternance|metiers?|apprendre|cherche|voudrai\w*|veu[xt])\b"
)
SHORT = 4  # words: a message of so few is all there is to go by
# « un métier qui mélange les deux »: of what was said before.
BOTH = re.compile(r"\b(?:les (?:deux|2)|l un et l autre|(?:tout )?(?:a la fois|en meme temps))$")
STORY, NEAR_CUE = 45, 8  # words of a long message, and within which « j'aime » bears on what follows
SUBJECT = 5  # letters by which words speak of the same thing
ABOUT_TIME = ("find_event", "refine")  # intents in which a day is looked for whether or not one was marked
# A message that says this takes back what was said before it.
CORRECTIONS = ("finalement", "en fait", "plutôt", "plutot", "non ", "nan ", "je me suis trompé", "change d'avis")


def understand(turn: Turn, services: Services) -> Slots:
    """Return the slots that this message changes, and `place_choice` when a place name is not certain."""
    changes = stated(_with_birth(turn))
    changes |= _place(turn, services)
    changes |= when_said(turn, services)
    changes |= _wishes(turn, services)
    if turn.slot("topic") in ("training", "event") and "modality" not in changes and NO_SCREEN.search(turn.plain):
        changes["modality"] = "onsite"
    known = set(turn.slot("situations", []))
    if not (told := situations_in(turn.text)) <= known:
        changes["situations"] = sorted(told | known)
    changes = {name: value for name, value in changes.items() if value != turn.slot(name) or name == "place_choice"}
    if "likes" in changes or "dislikes" in changes:
        changes["seen"] = None
    return changes


def understood(turn: Turn, services: Services) -> Slots:
    """Return the same, but for a place that would have to be chosen: where another question comes first."""
    return {name: value for name, value in understand(turn, services).items() if name != "place_choice"}


def facts_beside(turn: Turn, services: Services) -> Slots:
    """Return the facts told beside a question, « j'habite à Dole. C'est quoi, menuisier ? »: its words are no wish."""
    return {name: value for name, value in understood(turn, services).items() if name not in OF_WISHES}


def _with_birth(turn: Turn) -> dict[str, Any]:
    born = age_by_birth(turn.text, turn.now) if "age" not in turn.entities else None
    return {**turn.entities, "age": born} if born is not None and is_likely(born) else turn.entities


def stated(entities: dict[str, Any]) -> Slots:
    """Return the slots that facts stated outright change: all but places and wishes."""
    changes: Slots = {}
    if "age" in entities:
        age = int(entities["age"])
        changes |= {"age": age, "age_group": age_group(age)}
    if entities.get("age_group") in AGES:
        changes |= {"age": None, "age_group": entities["age_group"]}  # nobody said an age
    if isinstance(entities.get("level"), int):  # « Ulis », « titre pro »: words that name no level of the scale
        changes["level"] = entities["level"]
    if "mobility" in entities:
        changes["without_car"] = entities["mobility"] == "no_car"
    if "modality" in entities:
        changes["modality"] = entities["modality"] if entities["modality"] != "any" else None
    return changes


def when_said(turn: Turn, services: Services) -> Slots:
    """Return the period that a message names: it holds for events, and is kept while they are spoken of."""
    said = turn.text if "date" in turn.entities or turn.intent in ABOUT_TIME else ""
    period = services.knowledge.period(said, turn.now) if said else None
    if period is None:
        return {}
    return {"when": {"start": period.start.isoformat(), "end": period.end.isoformat(), "words": period.words}}


def age_group(age: int) -> str:
    """Return the group that rules and statistics use."""
    return "under_15" if age < 15 else "15_17" if age < 18 else "18_25" if age < 26 else "26_plus"


def _place(turn: Turn, services: Services) -> Slots:
    named = turn.entities.get("place") or turn.entities.get("postcode")
    if not named or services_named(str(named))[0]:  # « et du Greta »
        return {}
    with stage("places"):
        found = services.knowledge.places_named(str(named))
        if len(found) > 1 and named != turn.entities.get("postcode", named):
            # « Saint-Denis, 93200 »: the postcode tells it from its namesakes.
            found = services.knowledge.places_named(str(turn.entities["postcode"])) or found
    if at := turn.entities.get("place_at"):
        found = [place for place in found if spot(place.latitude, place.longitude) == at]
    likely = services.knowledge.offering(found) if len(found) > 1 else found
    if len(likely) == 1:
        return {"place": asdict(likely[0])}
    return {"place_choice": [asdict(place) for place in found]}


def place_told(turn: Turn, services: Services) -> Slots:
    """Return the place that a message names, where it is certain."""
    return {name: value for name, value in _place(turn, services).items() if name == "place"}


def spot(latitude: float, longitude: float) -> str:
    """Write coordinates as a button carries them: namesakes may share everything else."""
    return f"{latitude:.3f} {longitude:.3f}"


def _wishes(turn: Turn, services: Services) -> Slots:
    if theme := turn.entities.get("theme"):
        return {"likes": [str(theme)]}
    if not turn.text or turn.intent not in TELL_WISHES or CODE.search(turn.text):
        return {}
    if is_foreign(turn.text):
        liked = likes_in(turn.text)
        return {"likes": liked[:MOST_LIKES]} if liked else {}
    text = turn.text
    for pattern in (CONTACT, LINK):
        text = pattern.sub(lambda told: " " * len(told[0]), text)
    if turn.slot("asked") in ("likes", "likes_again"):
        text = ALL_BUT.sub(lambda words: " " * len(words[0]), text)
    held = [fold(name) for name in turn.named_jobs if name not in wanted_jobs(turn)]
    wishes = services.knowledge.wishes(text, (*turn.spans, *period_spans(text, turn, services)))
    with stage("wishes"):
        liked = [
            like
            for like in wishes.likes
            if not is_title(turn, like)
            and not any(name in fold(like) for name in held)
            and not BOTH.search(fold(like))
            and not services_named(like)[0]
            and services.knowledge.means_something(like, surely(turn, like))
        ]
        liked = _beside_trades(turn, services, liked)
    changes: Slots = {}
    # The last word on a subject holds: what is refused now is not liked any more, and the other way round.
    if liked or wishes.dislikes:
        corrects = any(word in turn.text.lower() for word in CORRECTIONS) and liked
        before = [] if corrects else without(turn.slot("likes", []), [*liked, *wishes.dislikes])
        changes["likes"] = [*liked, *before][:MOST_LIKES] or None
        refused = without(turn.slot("dislikes", []), [*liked, *wishes.dislikes])
        changes["dislikes"] = [*wishes.dislikes, *refused][:MOST_LIKES] or None
    return changes


def _beside_trades(turn: Turn, services: Services, liked: list[str]) -> list[str]:
    """Leave out what is hardly a wish beside a trade named: « ma fille veut infirmière, moi français petit petit »."""
    named = [one for one in liked if any(name in one for name in turn.named_jobs)]
    others = [one for one in liked if one not in named]
    if not named:
        return liked
    kept = {one for one in others if services.knowledge.means_something(one, BESIDE_A_TRADE)}
    return [one for one in liked if one in named or one in kept]


def period_spans(text: str, turn: Turn, services: Services) -> tuple[tuple[int, int], ...]:
    """Return where a period stands in a message, « les deux semaines qui viennent »: it is no wish."""
    period = services.knowledge.period(text, turn.now)
    words = r"\W+".join(map(re.escape, period.words.split())) if period else ""
    found = re.search(words, fold(text)) if words and len(fold(text)) == len(text) else None
    return (found.span(),) if found else ()


def is_title(turn: Turn, words: str) -> bool:
    """Say whether these words are the title of something shown: « c'est quand les mains dans le moteur »."""
    said = fold(words)
    return len(said.split()) >= TITLE and any(
        said in fold(row["title"]) or fold(row["title"]) in said
        for row in turn.slot("shown", [])
        if row["kind"] != "job_family"
    )


def surely(turn: Turn, like: str) -> float:
    """Return how surely a family must answer words to be kept as a wish: little where « j'aime » stands before them."""
    before = fold(turn.text[: max(turn.text.find(like), 0)])
    if len(turn.text.split()) > LONG and not WISHED.search(before[-NEAR:]):
        return NEVER
    cue = next(reversed(list(LIKING.finditer(before))), None)
    if cue and len(turn.text.split()) >= STORY and len(before[cue.end() :].split()) > NEAR_CUE:
        cue = None  # « j'aime pas écrire » at the beginning of a story says nothing of its end
    if cue and not re.search(
        r"[,.;:]| et | mais ", turn.text[: turn.text.find(like)][-max(len(before) - cue.end(), 1) :]
    ):
        return SAID_OUTRIGHT
    if cue or (len(turn.text.split()) <= SHORT and turn.intent not in UNLIKELY):
        return SAID_ALONE
    return UNLIKELY.get(turn.intent, SAID_IN_PASSING)


def without(kept: list[str], said: Sequence[str]) -> list[str]:
    """Return what was kept but for what speaks of the same thing as what is said now."""
    told = {word for one in said for word in subject(one)}
    return [one for one in kept if not subject(one) & told]


def subject(words: str) -> set[str]:
    """Return how the longer words begin: « la cuisine » and « cuisiner » are one subject."""
    return {word[:SUBJECT] for word in re.findall(r"\w{4,}", fold(words))}


def tell_place_choice(turn: Turn, reply: Reply, choices: list[dict[str, Any]]) -> Slots:
    """Ask which of several places is meant, or for a postcode when none is known by that name."""
    if not choices:
        reply.say("utter_unknown_place")
    else:
        buttons = [
            button(
                choice_title(place),
                "inform",
                place=place["label"],
                place_at=spot(place["latitude"], place["longitude"]),
            )
            for place in choices
        ]
        reply.say("utter_which_place", buttons=buttons)
    return {"asked": "place"}


def choice_title(place: dict[str, Any]) -> str:
    """« Saint-Denis (93) », or the large town it is near where its department is not known."""
    if place["department"]:
        return f"{place['label']} ({place['department']})"
    return f"{place['label']} (près {texts.of(place['near'])})" if place["near"] else str(place["label"])
