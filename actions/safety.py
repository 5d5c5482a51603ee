"""Danger: the lines at once, and no return to small talk right after. The channel asks gently what is not certain."""

import re

from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.turn import Turn
from actions.understanding import place_told, stated
from knowledge_base.french import fold

SAFETY = "safety"  # what was last « asked »: whether the person wants to go on after the lines were given
# The lines that come first depend on the danger; all answers hold those of life and of childhood.
LINES = {
    "violence": "utter_violence",
    "sexual_violence": "utter_sexual_violence",
    "harassment": "utter_harassment",
    "danger_at_home": "utter_danger_at_home",
}

# Somebody is hurt or ill now: the ambulance first, whatever else the message was taken for.
EMERGENCY = re.compile(
    r"\b(?:sang partout|(?:saigne|pisse le sang)|inconscient\w*|(?:ne |n )?(?:respire|bouge) plus|overdose|s etouffe"
    r"|(?:est|sest|s est) (?:coupee?|sectionnee?|electrocutee?|brulee?|ecrasee?) (?:la|le|les|un|une|au|a)"
    r"|avale (?:des |plein de |tous? (?:les |mes )?)?(?:cachets|cachetons|medocs|medicaments|comprimes)"
    r"|crise cardiaque|fait un (?:avc|malaise)|appel\w* (?:le samu|une ambulance))\b"
)
NOT_NOW = re.compile(r"\b(?:metiers?|boulot|taf|formation|secouris\w*|films?|series?|jeux?|peur|voir|vue|quand|si)\b")

# What takes the conversation elsewhere after danger was told.
PARTS = re.compile(r"\b(?:et|mais|sinon|puis|aussi|parce que|car|alors que)\b|[.!?;,\n]", re.IGNORECASE)
LOOKED_FOR = re.compile(
    r"\b(?:cherche\w*|voudrais|aimerais|veux|veut) .{0,40}"
    r"\b(?:stages?|formations?|metiers?|apprentissage|alternance|boulot|taf)\b"
    r"|\b(?:stages?|formations?|apprentissage|alternance) (?:en|dans|de|d)\b"
)
LIKELY_WISH = 0.7  # how surely a family must answer words said beside a danger
ELSEWHERE = frozenset(
    """
    explore_jobs find_training find_event find_place ask_more choose ask_details
    register refine take_quiz ask_daily_life ask_way_in ask_conditions ask_neighbours
    compare_jobs erase_data export_data start_over remind_me
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
NAMED_LINES = re.compile(r"\b(?:3114|119|3018|3919|114)\b")
THREAT = re.compile(
    r"\bje (?:vais|veux|vai|pourrais) (?:le |la |les |lui |l )?(?:tuer|buter|planter|poignarder|frapper|crever)\b"
)
WORK = re.compile(
    r"\b(?:metiers?|formations?|stages?|alternance|apprentissage|boulot|taf|travail|j aime|jaime|cherche"
    r"|on en etait|reprenons|reven(?:ir|ons|ez) (?:a|au|aux|sur)|candidatures?|cv|entretien|parcoursup)\b"
)
# Asked with a question mark, or by a verb that asks: « ya moyen par écrit ? », « appeler c'est mort, ya un tchat ».
WRITTEN = re.compile(
    r"\bpar (?:ecrit|sms|messages?|textos?|mail|t?chat|internet)\b"
    r"|\b(?:moyen|peu[xt]|jpeux|possible|y ?a|existe|plutot|prefere\w*|avez|as|envoyer)\b"
    r".{0,30}\b(?:ecrire|sms|textos?|t?chat\w*|messages?|whatsapp|en ligne|appli|site)\b"
)
ABOUT_LINES = {
    "utter_line_traces": re.compile(
        r"\b(?:voi[est]|voient|verra|vera|lit|lise\w*|lire|tombe\w*|fouille\w*|decouvr\w*|retrouve\w*|surveille\w*)\b.{0,30}"
        r"\b(?:conversations?|messages?|tel|telephone|portable|historique|ecris|ecrit|ordi\w*|chat)\b"
    ),
    "utter_line_unanswered": re.compile(r"\b(?:repon[dt]\w*|decroch\w*|occupe|personne au bout|marche pas)\b"),
    "utter_line_secret": re.compile(
        r"\b(?:parents?|mere|pere|anonym\w*|facture|gratuit|payant|savoir|prevenir|dire a|police|repete\w*)\b"
    ),
    "utter_line_fear": re.compile(
        r"\b(?:j?ose|oser|peur|honte|timide|arrive (?:pas|plus)|(?:peu[xt]|peut|jpeux|sais|veu[xt]|jveux|ai) pas"
        r" (?:\w+ )?(?:parler|appeler|telephoner|le dire|en parler|appele)|pas appele|sourde?|muette?|malentendante?)\b"
    ),
    "utter_line_for_them": re.compile(
        r"\b(?:c est (?:pas moi|ma|mon|une? (?:amie?|pote|copine?))|pas pour moi|lui|elle|ma (?:petite |grande )?soeur"
        r"|mon (?:petit |grand )?frere)\b"
    ),
    "utter_line_numbers": re.compile(r"\b(?:numeros?|lignes?|appelle qui|appeler qui|deja|3114|119|3018|3919)\b"),
    "utter_line_better": re.compile(r"\b(?:merci|mieux|appelle\w*|ca va|rassure\w*)\b"),
}
# Said of the lines whatever the message was taken for: « ils vont prévenir mes parents ? ».
ASKED_OF_LINES = ("utter_line_traces", "utter_line_unanswered", "utter_line_secret", "utter_line_fear")
# « reste avec moi », « t'es là ? »: a program says what it is, and who is there.
STAY = re.compile(r"\b(?:reste[sz]?|t es la|tu es la|ya quelqu|laisse pas|parle moi|me parler|seule?)\b")


class ActionDistress(PisteAction):
    """Somebody is in danger: a calm answer with the lines to call."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_distress"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Give the lines; an age or a town said in the same breath is kept: what comes next depends on it."""
        ways = [button("Un endroit où aller", "find_place"), button("Parler d'autre chose", "explore_jobs")]
        danger = {"type": "safety", "danger": turn.intent}
        threat = THREAT.search(fold(turn.text))
        reply.say(
            "utter_threat" if threat else LINES.get(turn.intent, "utter_distress"), buttons=ways, directives=[danger]
        )
        if turn.context.get("human") or turn.context.get("duty"):
            reply.offer("Parler à quelqu'un ici", "/ask_human")
        return self._told_beside(turn) | {"asked": SAFETY, "danger": turn.intent}

    def _told_beside(self, turn: Turn) -> Slots:
        """Keep age, town and what a part of its own looks for: « je cherche un stage en vente et mon père… »."""
        kept = stated(turn.entities) | place_told(turn, self.services)
        parts = [part for part in PARTS.split(turn.text) if LOOKED_FOR.search(fold(part))]
        for part in parts[:1]:
            likes = self.services.knowledge.wishes(part, ()).likes
            liked = [one for one in likes if self.services.knowledge.means_something(one, LIKELY_WISH)]
            kept |= {"likes": liked} if liked and not turn.slot("likes") else {}
        return kept


def in_emergency(turn: Turn, reply: Reply) -> Slots | None:
    """Give the ambulance's numbers to who tells of somebody hurt or ill now."""
    said = fold(turn.text)
    if not EMERGENCY.search(said) or NOT_NOW.search(said):
        return None
    reply.say("utter_emergency", buttons=[button("Parler d'autre chose", "explore_jobs")])
    return {"asked": SAFETY}


def is_waiting(turn: Turn) -> bool:
    """Say whether this follows danger and is no request for jobs, trainings or events; or asks for the lines again."""
    said = turn.plain
    if turn.slot("asked") == SAFETY and STAY.search(said) and not _wants_something(turn, said):
        return True
    if turn.slot("asked") == SAFETY and WRITTEN.search(said) and not _wants_something(turn, said):
        return True
    elsewhere = turn.intent in ELSEWHERE and _wants_something(turn, said)
    if (
        turn.slot("asked") == SAFETY
        and not elsewhere
        and any(ABOUT_LINES[name].search(said) for name in ASKED_OF_LINES)
    ):
        return True
    named = NAMED_LINES.search(said) or (turn.slot("danger") and re.search(r"\bnumeros?\b", said))
    if named and not _wants_something(turn, said):
        return True
    if turn.intent == "ask_question" and not any(words.search(said) for words in ABOUT_LINES.values()):
        return False
    return turn.slot("asked") == SAFETY and turn.intent not in ELSEWHERE and not _wants_something(turn, said)


def _wants_something(turn: Turn, said: str) -> bool:
    return bool(WORK.search(said)) or bool({"place", "level", "mobility"} & set(turn.entities))


def stay(turn: Turn, reply: Reply) -> Slots:
    """Answer what follows danger: what is asked of the lines, else without insisting; the lines stay in sight."""
    said = turn.plain
    response = next((name for name, words in ABOUT_LINES.items() if words.search(said)), "utter_stay")
    if WRITTEN.search(said) and response != "utter_line_traces":
        response = "utter_line_written"
    elif response == "utter_stay" and STAY.search(said):
        response = "utter_here_with_you"
    ways = [button("Un endroit où aller", "find_place"), button("Parler d'autre chose", "explore_jobs")]
    if response == "utter_stay" and NAMED_LINES.search(said):
        response = "utter_line_numbers"
    if response == "utter_line_traces":
        ways = [button("Tout effacer ici", "erase_data"), *ways]
    reply.say(response, buttons=ways)
    return {"asked": SAFETY} if turn.slot("asked") == SAFETY else {}
