"""What is known of the person: kept as they say it, shown, corrected, forgotten."""

import re

from actions import texts
from actions.ages import age_by_birth, is_likely
from actions.answering import sure_answer, tell
from actions.any_training import before_interest
from actions.base import PisteAction, Reply, Slots
from actions.cards import button, theme_buttons
from actions.foreign import is_foreign
from actions.guessing import guess, guess_or_ask
from actions.interests_quiz import ActionTakeQuiz
from actions.known import EMPTY, is_drawn, profile_of
from actions.listening import ListeningAction
from actions.services import Services
from actions.situations import services_named
from actions.suggest import ask_for_interest, named_items, suggest, suggest_only
from actions.texts import profile
from actions.turn import Turn
from actions.understanding import facts_beside, without
from knowledge_base import Item, Kind
from knowledge_base.french import fold

LITTLE = frozenset(("les", "des", "une", "que", "mon", "mes", "pas"))
WORDS = ("likes", "dislikes")  # facts kept in the person's words
TOGETHER = {"age": ("age", "age_group"), "place": ("place", "within_km")}  # what is forgotten with a fact
NAMED_BY = {"age": "age ans", "place": "ville habite adresse", "level": "niveau diplome",
            "without_car": "voiture permis", "modality": "distance", "riasec": "test quiz"}  # fmt: skip
MOST_WAYS = 8
WANTS_QUIZ = re.compile(r"\b(?:fai[st]|faire|ton|le|un|ce|vas y) (?:petit )?(?:test|quiz)\b")
ODD_AGE = re.compile(r"\b(?:[0-9]|7[6-9]|[89]\d|\d{3,}) ?ans\b(?! d)")
WANTED: dict[Kind, re.Pattern[str]] = {
    "training": re.compile(r"\b(?:formations?|me former|se former)\b"),
    "event": re.compile(
        r"\b(?:forums?|salons?|evenements?|(?<!dans un )(?<!dans l )(?<!en )ateliers?"  # « travailler dans un atelier »
        r"|portes? ouvertes?|jobs? dating|visiter une|reunions?"
        r"|(?:des|les|quelles?) sorties"
        r"|trucs? (?:ou|a) (?:\w+ ){0,3}(?:aller|faire|voir)|a aller voir"
        r"|sans (?:inscription|s inscrire|reservation|reserver)"
        r"|pas besoin (?:de |d )?(?:s )?(?:inscri\w+|reserv\w+)"
        r"|(?:endroit|lieu|truc|un|quelque part) (?:ou|pour) (?:\w+ ){0,3}"
        r"(?:essayer|tester|decouvrir|voir en vrai|visiter))\b"
    ),
    "place": re.compile(
        r"\b(?:endroits?|quelles? portes?|vers qui|qui (?:contacter|voir|appeler|consulter)|sans (?:appeler|telephoner)"
        r"|a qui (?:\w+ ){0,2}(?:adress\w*|demand\w*|parl\w*|caus\w*|dire)"
        r"|(?:parler|discuter|causer|echanger)(?: \w+){0,3} (?:a|avec) (?:quelqu ?un|une? (?:vraie? )?"
        r"(?:conseill\w+|psy\w*|personne|humain|adulte))|quelqu ?un dont c est le (?:travail|metier|boulot)"
        r"|(?:je|on|il|elle|j) (?:vais|va|vas) ou\b|ou (?:aller|je vais|m adresser"
        r"|s adresser|puis je|dois je)|adresses?|a qui (?:s |m )adresser"
        r"|(?:peut|pourrait|pouvez|peuvent) (?:m |nous |l |me )?(?:m?aider|accompagner)|sans rendez vous|besoin d ?aide"
        r"|(?:voir|parler a|parler avec|rencontrer) (?:un|une|mon|ma) (?:vraie? )?(?:conseill\w+|psy\w*|personne)"
        r"|voir (?:quelqu ?un|qqu?n|q+u?n)\b"
        r"|parler (?:a|avec) quelqu ?un|(?:me|nous|le|la|les|lui|l) (?:rappeler|recevoir)|de l aide (?:pour|dans)"
        r"|(?:veux|veut|voudrais) (?:travailler|bosser|taffer) (?:tout de suite|maintenant|de suite|vite|direct\w*)"
        r"|(?:y ?a|c est) qui (?:pour|qui) (?:m |nous |l |me |les? |la )?(?:m?aider|m?aide|accompagner|parler|ecouter)"
        r"|quelqu ?un (?:pour|qui) (?:trouver|chercher|m |l |me |les? ))"
    ),
}
TRY = re.compile(r"\b(?:essayer|tester|decouvrir|visiter|voir en vrai)\b")
ASKS = re.compile(r"\b(?:kan|quand|quoi|ou|heure|dates?|comment|forums?|salons?|semaine|open|aller|toyota)\b")
# Cases in which a service helps before any taste is known.
HELPED = frozenset(("job_seeker", "no_computer", "paperwork", "wants_employer", "disability"))
# « je ne veux plus de formation »: named, not wanted.
NOT_WANTED = re.compile(
    r"\b(?:pas|plus|marre|aucune?|sans|deja|fini|eu|fait|faisais|suis en|rate|arrete)"
    r"(?: (?:de|d|la|le|les|une?|des|ma|mon))* *$"
)


class ActionInform(ListeningAction):
    """The person says something of themselves: keep it, and suggest as soon as it is useful."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_inform"

    def go_on(self, turn: Turn, reply: Reply, changes: Slots) -> Slots:
        """Serve what is named, what is meant, or the search that was last made, with what is now known."""
        slots = {**turn.slots, **changes}
        if changes.get("age_group") == "under_15":
            reply.say("utter_under_15")
        if WANTS_QUIZ.search(fold(turn.text)):
            return changes | ActionTakeQuiz(self.services).act(turn, reply)
        if kinds := kinds_wanted(turn):
            return serve_each(kinds, turn, reply, self.services, changes)
        told = bool(changes.get("likes"))
        if not told and (meant := elsewhere(turn, reply, self.services, slots, changes)) is not None:
            return changes | meant
        if is_odd_age(turn) and "age" not in changes and not told:
            reply.say(
                "utter_odd_age", buttons=[button(title, "inform", age_group=one) for title, one in texts.AGE_BUTTONS]
            )
            return changes | {"asked": "age"}
        if not changes and turn.text and not profile_of(slots).likes:
            if (made := guess(turn, reply, self.services, changes)) is not None:
                return made
            reply.say("utter_rephrase", buttons=theme_buttons(4))
            return {"asked": "likes"}
        # What was shown is not shown again to somebody who says nothing new: « j'ai dit la cuisine ».
        again = not changes and bool(turn.slot("shown"))
        waiting = search_going_on(turn, changes)
        if waiting and (is_drawn(slots) or waiting != "training"):
            return changes | suggest_only(turn, reply, self.services, slots, waiting, again=again)
        if not is_drawn(slots):
            return guess_or_ask(turn, reply, self.services, changes)
        return changes | {"topic": None} | suggest(turn, reply, self.services, slots, again=again)


def is_odd_age(turn: Turn) -> bool:
    """Say whether a message tells an age, or a year of birth, that nobody who writes here has."""
    born = age_by_birth(turn.text, turn.now)
    return bool(ODD_AGE.search(fold(turn.text))) or (born is not None and not is_likely(born))


def search_going_on(turn: Turn, changes: Slots) -> Kind | None:
    """Return the kind last searched, if this message is for that search; otherwise the person is back to exploring.

    It is when it answers what was asked, or tells a new town or age; who was asked where they are and says what they
    like wants ideas first.
    """
    # « pas devant un écran, dans une vraie cuisine »: the same wish, searched otherwise.
    same = "modality" in changes and not without(changes.get("likes") or [], turn.slot("likes", []))
    told = bool(changes.get("likes")) and not same
    if turn.slot("asked") not in ("place", "likes", "likes_again") and (told or not changes):
        return None
    topic: Kind | None = turn.slot("topic")
    return None if topic == "place" and told and "place" not in changes else topic


def kinds_wanted(turn: Turn) -> list[Kind]:
    """Return the kinds of thing that a message names, whatever else it tells: « événements à Dole, 17 ans »."""
    said = next(
        (one for one in (fold(turn.text), turn.plain) if any(words.search(one) for words in WANTED.values())), ""
    )
    found = [(kind, words.search(said)) for kind, words in WANTED.items()]
    named = [(match.start(), kind) for kind, match in found if match and not NOT_WANTED.search(said[: match.start()])]
    kinds = [kind for _, kind in sorted(named)]
    # « un endroit où essayer » is an event, not a service.
    return [kind for kind in kinds if kind != "place" or "event" not in kinds or not TRY.search(said)]


def elsewhere(turn: Turn, reply: Reply, services: Services, slots: Slots, changes: Slots) -> Slots | None:
    """Serve what a message without any taste may ask for all the same; None when it only informs.

    Something by its name, a service by its name or by the case told, an answer of ours, another language.
    """
    said = fold(turn.text)
    kinds: tuple[Kind, ...] = ("event", "place")
    if ASKS.search(said):
        for kind in kinds:
            if named_items(turn, services, slots, kind):
                return suggest_only(turn, reply, services, slots, kind)
    helped = set(changes.get("situations") or ()) & HELPED
    screens = helped == {"no_computer"} and bool(changes.get("dislikes"))  # « pas de bureau, pas d'ordi »: of tastes
    needs_help = bool(helped) and not slots.get("likes") and not screens
    if services_named(turn.text)[0] or needs_help:
        return suggest_only(turn, reply, services, slots, "place")
    if is_foreign(turn.text) and not is_drawn(slots):
        reply.say("utter_french_only", buttons=theme_buttons(6))
        return {"asked": "likes"}
    if not is_drawn(slots) and (answer := sure_answer(turn, services)):
        told = tell(answer, turn, reply)
        # Who told that they left school, rather than asked, is still to say what draws them.
        left = "dropped_out" in (changes.get("situations") or ()) and not ASKS.search(said)
        return told | ask_for_interest(turn, reply) if left else told
    return None


def serve_each(
    kinds: list[Kind], turn: Turn, reply: Reply, services: Services, changes: Slots, *, aim: Item | None = None
) -> Slots:
    """Search each kind asked for, for the trade aimed at; all that is shown may then be spoken of."""
    shown: list[dict[str, object]] = []
    for kind in kinds:
        known = {**turn.slots, **changes}
        aimed = aim is not None and kind != "place"
        found = (
            suggest_only(turn, reply, services, known, kind, aim=aim)
            if aimed
            else serve(turn, reply, services, known, kind)
        )
        changes = changes | found
        shown += [row for row in changes.get("shown") or () if row not in shown]
    return changes | ({"shown": shown} if shown else {})


def serve(turn: Turn, reply: Reply, services: Services, slots: Slots, kind: Kind) -> Slots:
    """Search the kind asked for; a training wants an interest first."""
    if kind == "training" and not is_drawn(slots):
        return before_interest(turn, reply, services, slots)
    return suggest_only(turn, reply, services, slots, kind)


class ActionAskProfile(PisteAction):
    """« t'as compris quoi de moi ? », with what is told in the same breath."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_profile"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Tell what is understood, in the person's words, once what they want forgotten is."""
        changes = forgotten(turn) if turn.entities.get("forget") else facts_beside(turn, self.services)
        if turn.entities.get("forget") and changes:
            reply.say("utter_forgotten")
        tell_profile(reply, {**turn.slots, **changes})
        return changes


def tell_profile(reply: Reply, slots: Slots) -> None:
    """Tell what is understood, each fact with a way to have it forgotten."""
    lines = profile.profile_lines({name: slots.get(name) for name in (*EMPTY, "register")})
    if not lines:
        reply.say("utter_no_profile", buttons=theme_buttons(4))
        return
    ways = [button(f"Oublier {what}", "ask_profile", forget=fact) for fact, what in forgettable(slots).items()]
    reply.say("utter_profile", buttons=[*ways[:MOST_WAYS], button("Continuer", "explore_jobs")], facts="\n".join(lines))


def forgettable(slots: Slots) -> dict[str, str]:
    """Return each fact known, as a button carries it, and what it is called."""
    facts = {f"{name}:{words}": texts.quoted(words) for name in WORDS for words in slots.get(name) or ()}
    return facts | {name: what for name, what in profile.FACTS.items() if slots.get(name) not in (None, False, "")}


def forgotten(turn: Turn) -> Slots:
    """Return the slots without the fact that a button names."""
    name, _, words = str(turn.entities["forget"]).partition(":")
    if name in WORDS:
        return {name: [one for one in turn.slot(name, []) if one != words] or None, "seen": None}
    return dict.fromkeys(TOGETHER.get(name, (name,)) if name in profile.FACTS else ())


def named_fact(turn: Turn) -> str | None:
    """Return the known fact that a message names, « oublie que j'aime la cuisine », as a button would carry it."""
    said = set(re.findall(r"\w{3,}", fold(turn.text)))
    for fact in forgettable(turn.slots):
        name, _, words = fact.partition(":")
        told = words if name in WORDS else NAMED_BY.get(name, "")
        if said & set(re.findall(r"\w{3,}", fold(told))) - LITTLE:
            return fact
    return None
