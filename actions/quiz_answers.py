"""What a typed message says to the question of the quiz that was just asked; None when it speaks of something else."""

import re
from typing import Any, Literal

from actions.turn import Turn
from actions.understanding import LIKING
from knowledge_base.french import fold
from knowledge_base.quiz import Question, load_questions

Heard = Literal["first", "second", "both", "neither", "skip"]

ASKED = "quiz"  # what was last « asked »
FIRST = frozenset(("1", "1er", "1ere", "premier", "premiere"))
BEGINS = re.compile(
    r"(?:plutot |alors |bon |ok )?(?:le |la )?(?P<number>1|2|1ere?|2e|2eme|premiere?|deuxieme)\b(?! (?:c|ca)\b)"
)
Asked = Literal["result", "resume", "back", "left", "purpose", "stop", "unclear"]
ASKING: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    ("back", re.compile(r"\b(?:celle|question|reponse) d ?avant\b|\bprecedente\b|\bvoulais dire\b")),
    ("left", re.compile(r"\breste\w*\b|\bcombien de questions?\b|\bc ?est long\b|\bencore combien\b")),
    (
        "purpose",
        re.compile(
            r"\b(?:ca|il|test|quiz) (?:\w+ )?(?:sert|servent)\b|\bpour ?quoi (?:faire|ce test|ces questions)\b"
            r"|\bqui (?:\w+ ){0,3}(?:voi[st]|voient|lit|lisent|verra|regarde)\b"
            r"|\bmes reponses (?:\w+ )?(?:gard|stock|enregistr)"
        ),
    ),
    (
        "result",
        re.compile(
            r"\b(?:resultats?|ce que ca donne|ca donne quoi|mes reponses|mon profil|bilan)\b|\balors je suis quoi\b"
            r"|\bquels? metiers? (?:\w+ ){0,3}correspond"
        ),
    ),
    (
        "stop",
        re.compile(
            r"\b(?:flemme|laisse\w* (?:tomber|beton|ca)|ch?ian[td]\w*|nul\w*|ennuy\w*|barb\w*|gonfl\w*|naze|trop long"
            r"|on (?:arrete|s arrete|passe)|tant pis|plus tard|pas le temps|saoul\w*|soul[ea]\w*|relou|nan? merci"
            r"|plus envie|(?:veu[xt]?|fai[st]) (?:plus|pas) (?:(?:le|du|de|ce|faire) )*(?:test|quiz|continuer)"
            r")\b"
        ),
    ),
    (
        "resume",
        re.compile(
            r"\b(?:test|quiz)\b|\b(?:on|je|j) en (?:etai[st]|est?|es)\b"
            r"|\b(?:on|je|j|vas y|allez|ok) (?:continue|reprend)|^(?:continue\w*|reprend\w*|la suite|vas y|suivante?)$"
        ),
    ),
)
# Messages that say nothing else than an answer that was not understood.
NOTHING_ELSE = frozenset(("nlu_fallback", "out_of_scope", "affirm", "deny", "dont_know", "choose", "compare_jobs",
                          "complain", "laugh", "not_for_me", "ask_why", "inform", "repeat"))  # fmt: skip
GOES_ON = re.compile(r"\b(?:en (?:etai\w*|est?)|continu\w*|reprend\w*)\b")
NUMBER = re.compile(r"\W*\d+\W*")  # « 47 » is no answer, nor « -1 »
# « Ça va alors. le 1 », « le 2 alors » said after something else: a side named as such, and little beside it.
PLAINLY = re.compile(
    r"\b(?:(?:le|la|l) (?:1|2|premiere?|deuxieme|seconde?|1ere?|2e|2eme)|les (?:deux|2)|aucun des deux)\b"
)
STOPS = re.compile(r"\b(?:stop|arret\w*|marre|assez|annul\w*|efface\w*|supprim\w*)\b")
ELSEWHERE = (None, "likes", "likes_again")  # asked since, without any number to answer them
ONLY_LIKES = re.compile(
    r"(?:(?:oui|ouais|oue|ok|bah|moi|trop|grave|carrement|bien|ca|j|je|me|m) ?)*"
    r"(?:aim|ador|kiff?|plai)\w*(?: (?:ca|trop|bien))*"
)
SHORT = 8  # words: a longer message tells more than a choice
COMMON = 5  # letters from which a word tells of an activity
PATTERNS: tuple[tuple[Heard, re.Pattern[str]], ...] = (
    ("both", re.compile(r"\bles? (?:deux|2)\b|\bl ?un et l ?autre\b|\btoutes? les deux\b")),
    (
        "neither",
        re.compile(
            r"\baucune? des\b|^aucune?$|\bni l ?une? ni l ?autre\b|\brien de tout ca\b|^(?:rien|n[oa]n+)$|\bbof\b"
        ),
    ),
    ("first", re.compile(r"\b(?:1|1ere?|premiere?)\b|^a$")),
    ("second", re.compile(r"\b(?:2|2e|2eme|deuxieme|seconde?|derniere?)\b|^b$")),
    ("skip", re.compile(r"\b(?:jsp|sais pas|chais? pas|aucune idee|passe|suivante?|peu importe|nsp)\b")),
)


def question_asked(slots: dict[str, Any]) -> Question | None:
    """Return the question that waits for an answer, though something else may have been said since."""
    waiting = (slots.get("quiz") or {}).get("asked")
    return next((one for one in load_questions() if one.id == waiting), None)


def heard(turn: Turn) -> Heard | None:
    """Return the choice that a message makes between both sides, if the question waits for it."""
    question = question_asked(turn.slots)
    if question is None or not turn.text or (NUMBER.fullmatch(turn.text) and turn.text.strip(" .!)") not in ("1", "2")):
        return None
    said = fold(turn.text)
    if turn.slot("asked") != ASKED:
        return _named_plainly(turn, said)
    if chosen := BEGINS.match(said):  # « la 1, et au fait j'habite Dole »
        return "first" if chosen["number"] in FIRST else "second"
    if turn.spans:  # « en fait j'habite à Dole » tells of something else
        return None
    if len(said.split()) <= SHORT:
        for meaning, pattern in PATTERNS:
            if pattern.search(said):
                return meaning
    shared = [len(_words(said) & _words(fold(text))) for text in question.texts]
    if shared[0] == shared[1]:
        return "both" if shared[0] else None
    return "first" if shared[0] > shared[1] else "second"


def _named_plainly(turn: Turn, said: str) -> Heard | None:
    """Return the side that is named after a digression, as long as nothing else was shown that it could mean."""
    waits = turn.slot("asked") in ELSEWHERE and shown_now(turn.slots) == turn.slot("quiz").get("shown", [])
    if not waits or turn.spans or len(said.split()) > SHORT:
        return None
    if not PLAINLY.search(said) and said not in ("1", "2"):
        return None
    return next((meaning for meaning, pattern in PATTERNS if pattern.search(said)), None)


def shown_now(slots: dict[str, Any]) -> list[str]:
    """Return the ids of what was shown last."""
    return [row["id"] for row in slots.get("shown") or ()]


def asked_of_quiz(turn: Turn) -> Asked | None:
    """Return what a message wants of the quiz that is being taken, when it is no answer; None when it is elsewhere."""
    if question_asked(turn.slots) is None or not turn.text:
        return None
    said = fold(turn.text)
    found = next((wanted for wanted, pattern in ASKING if pattern.search(said)), None)
    named_only = found == "resume" and turn.intent == "stop" and not GOES_ON.search(said)
    if named_only and turn.slot("asked") == ASKED:  # « bon ton test, basta »
        found = "stop"
    on_it = turn.slot("asked") == ASKED or found not in ("stop", "purpose", "left")
    if found and on_it and not (STOPS.search(said) and found != "result"):
        return found
    if turn.slot("asked") == ASKED and NUMBER.fullmatch(turn.text):
        return "unclear"
    lost = turn.slot("asked") == ASKED and turn.intent in NOTHING_ELSE and not turn.spans and not STOPS.search(said)
    tells = LIKING.search(said) and not ONLY_LIKES.fullmatch(said)  # « oui j'adore », of what?
    return "unclear" if lost and not turn.named_jobs and not tells else None


def _words(folded: str) -> set[str]:
    return {word[:COMMON] for word in re.findall(r"\w+", folded) if len(word) >= COMMON}
