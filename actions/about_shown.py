"""A question about what is on the screen, or about something called by its name, whatever the message was taken for.

« il faut un diplôme pour entrer ? », « et le dimanche ? », « le job dating c'est quand déjà ? ».
"""

import re
from collections.abc import Sequence

from actions.answering import is_about_last_answer, is_sure
from actions.base import Reply, Slots
from actions.item_details import ActionShowItem, meant_of, named_rows
from actions.job_details import tell_of_trade
from actions.pointing import ONE_OF_THEM, POINTS, pointed_at
from actions.profile import kinds_wanted
from actions.services import Services
from actions.situations import services_named
from actions.texts import facets, trades
from actions.trades_meant import jobs_meant, refuses_trade, shown_jobs, wanted_jobs
from actions.turn import Turn
from actions.understanding import LIKING, facts_beside
from knowledge_base.answers import SURE, bare
from knowledge_base.french import fold, plain_words

LONGEST, LONGEST_NAMED = 14, 45  # words: a longer message speaks of more than what is shown, or than what it names
# Messages that are what they were taken for, whatever words they hold.
ITS_OWN = frozenset(
    """
    take_quiz erase_data export_data ask_privacy ask_profile start_over stop insult remind_me stop_messages
    tell_outcome book_class offer_visit ask_vous not_for_me ask_human refine for_someone_else compare_jobs
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
# Messages that ask, of what is looked at, or that search for something else.
ASKING = frozenset(("ask_details", "ask_conditions", "ask_way_in", "register", "ask_answer"))
SEARCHES = frozenset(("find_training", "find_event", "find_place", "explore_jobs", "inform", "ask_question"))
ASKS = re.compile(
    r"\b(?:combien|comment|quand|quels?|quelles?|qui|quoi|est ce que?|faut|besoin|peut on|deja"
    r"|c est (?:ou|bon)|possible|faisable|marche|suffit"
    r"|(?:donne|file|passe|balance)[sz]? (?:moi|nous)|tou(?:t|te) seule?)\b"
)
WANTS = re.compile(r"\b(?:je (?:veux|voudrais|cherche|prefere)|j ?(?:veux|v|cherche)|montre\w*|propose\w*)\b")
NOT_ALONE = re.compile(r"\b(?:pas|peur) .{0,20}tou(?:t|te) seule?\b")  # « je veux pas y aller tout seul »
ELLIPTIC = re.compile(r"(?:et|ou|mais) (?!d autres?\b|(?:pour|moi|si)\b)")  # « et le dimanche ? » has no verb
TERSE = 5  # words
OF_THAT = re.compile(r"(?:(?:et|ok|mais|du coup|alors) )*(?:combien )?(?:ca|sa|c|il|elle|ils|on) ")
# « celui-là », « le deuxième »: of what is shown, whatever answer its words would find. « ça » may stand for anything.
POINTS_AT_ONE = re.compile(
    rf"{ONE_OF_THEM.pattern}|\b(?:l[ae]|cet(?:te)?|ce) (?:premiere?|deuxieme|troisieme|derniere?|forum|salon)\b"
)
SENTENCE = re.compile(r"[.!;,\n]+")
OF_TEST = re.compile(r"\b(?:tests?|quiz\w*|questionnaires?|questions|gouts|jeu)\b")
# « niveau horaires ça donne quoi ? », « et côté salaire ? »: asked of what is looked at, whatever it was taken for.
ASKS_OF_IT = re.compile(
    r"^(?:(?:et|ok|sinon|mais|du coup|alors) )*(?:(?:au )?niveau|(?:du )?cote|question|point de vue|rapport aux?|pour)"
    r" (?:du |de la |des |de l |les |la |le |l )?\w+|\b(?:ca|sa) donne quoi\b|\bc est (?:comment|quoi)\b"
)
OF_THINGS = ("price", "date", "duration", "register", "contact", "phone", "address", "way", "outcomes")  # of no trade
OF_SERVICES = ("address", "phone", "hours", "contact")  # what is asked of a service named, known or not


def about_named(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Answer what is asked of something called by its own name, or pointed at among what is shown."""
    said, shown = turn.plain, turn.slot("shown", [])
    facet = facets.asked(said)
    if facet and facet.key in OF_SERVICES and turn.intent == "remind_me" and _services(turn) and _asks(turn, said):
        return ActionShowItem(services).act(turn, reply)  # « file-moi un téléphone pour plus tard »
    if facet is None or len(said.split()) > LONGEST_NAMED or not _may_ask(turn, said):
        return None
    pointed = _things(turn) and len(said.split()) <= LONGEST and _points_at(turn, said, services)
    service = facet.key in OF_SERVICES and services_named(turn.text)[0]
    if pointed or service or named_rows(turn, services, shown):
        return ActionShowItem(services).act(turn, reply)
    return None


def about_shown(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Answer it of the thing or the trade looked at; None when the message asks nothing of it."""
    said = turn.plain
    if len(said.split()) > LONGEST or not _may_ask(turn, said) or (turn.intent in SEARCHES and not _points(turn, said)):
        return None
    if (turn.intent == "ask_question" and is_about_last_answer(turn)) or _is_answered(turn, services):
        return None
    facet = facets.asked(said)
    of_trade = _looks_at_job(turn) and facet and facet.key not in OF_THINGS
    if facet and _things(turn) and not (turn.named_jobs or of_trade or kinds_wanted(turn)):
        return facts_beside(turn, services) | ActionShowItem(services).act(turn, reply)
    return None


def about_trade(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Tell all that a message asks of a trade: the one it names, else the one looked at, else those shown."""
    said = question_in(turn)
    aspects = _asked_of_trade(turn, said)
    elliptic = _is_elliptic(said) and _looks_at_job(turn) and not _things(turn)  # « et le samedi ? »
    its_own = _is_its_own(turn) and "neighbours" not in aspects and not (ASKS_OF_IT.search(said) or elliptic)
    searches = kinds_wanted(turn) and not turn.named_jobs  # « quelles formations sans le bac ? »
    if not aspects or its_own or searches or not _asks(turn, said) or LIKING.search(said):
        return None
    of_thing = _things(turn) and not (turn.named_jobs or _looks_at_job(turn))
    if of_thing and facets.BY_KEY["price"].words.search(said):  # « qui pourrait la payer ? »
        return None
    if aspects == ["day"] and not (turn.named_jobs or _points_at_trade(turn)) and "c est quoi" in said:  # of anything
        return None
    if refuses_trade(turn, services):
        return None
    if any(not one.startswith("job-") for one in pointed_at(turn, turn.slot("shown", []))):
        return None
    if turn.intent == "ask_question" and not turn.named_jobs and _is_of_rights(turn, aspects, services):
        return None
    if turn.named_jobs and not wanted_jobs(turn, strictly=True) and is_sure(turn, services, SURE):
        return None  # « je suis médecin dans mon pays, mon diplôme marche en France ? »
    meant = jobs_meant(turn, services)
    leans = _looks_at_job(turn) or (bool(shown_jobs(turn)) and not turn.slot("topic"))
    if not (meant and turn.named_jobs) and (not leans or turn.named_jobs or len(said.split()) > LONGEST):
        return None
    changes = facts_beside(turn, services)
    return changes | tell_of_trade(aspects, turn, reply, services)


def _asked_of_trade(turn: Turn, said: str) -> list[str]:
    """Return what is asked of a trade; who only points at one, « le deuxième c'est quoi ? », asks for its day."""
    only_points = turn.intent == "ask_details" and facets.asked(said) is None and _points_at_trade(turn)
    return trades.asked_of_trade(said) or (["day"] if only_points else [])


def _points_at_trade(turn: Turn) -> bool:
    pointed = pointed_at(turn, turn.slot("shown", []))
    return bool(pointed) and all(one.startswith("job-") for one in pointed)


def _is_of_rights(turn: Turn, aspects: Sequence[str], services: Services) -> bool:
    """Say whether it goes on about the last answer, or another tells it: « c'est payé combien, l'alternance ? »."""
    if is_about_last_answer(turn):
        return True
    if OF_THAT.match(turn.plain) and len(turn.plain.split()) <= TERSE:  # « ça paye combien », of the trade looked at
        return False
    in_general = aspects == ["conditions"] and _looks_at_job(turn)  # « et c'est quoi les conditions ? »
    return not in_general and is_sure(turn, services, SURE)


def _is_answered(turn: Turn, services: Services) -> bool:
    """Say whether an answer of ours is for these very words: « tiens, un bac pro ça dure combien »."""
    facet = facets.asked(turn.plain)
    if POINTS_AT_ONE.search(turn.plain) or facet is None:
        return False
    rest = set(re.findall(r"\w{3,}", facet.words.sub(" ", turn.plain)))
    found = services.knowledge.answers_to(bare(turn.text), 1)
    # « et c'est financé ? » names no subject but what is asked.
    return any(score >= SURE and rest & set(re.findall(r"\w{3,}", fold(one.question))) for one, score in found)


def question_in(turn: Turn) -> str:
    """Return the part of a message that asks, plain: « j'habite à Dole. C'est quoi une journée de menuisier ? »."""
    if "?" not in turn.text:
        return turn.plain
    asked = SENTENCE.split(turn.text[: turn.text.rfind("?")])
    return fold(plain_words(next((part for part in reversed(asked) if part.strip()), "")))


def _may_ask(turn: Turn, said: str) -> bool:
    wants = WANTS.search(said) and not NOT_ALONE.search(said)
    its_own = _is_its_own(turn) and not NOT_ALONE.search(said)
    if not said or its_own or LIKING.search(said) or wants:
        return False
    return _asks(turn, said)


def _is_its_own(turn: Turn) -> bool:
    """Say whether a message is what it was taken for; « et question salaire ? » is no test, though it was."""
    if turn.intent == "not_for_me" and not turn.slot("shown"):  # « maçon, c'est pour ceux qui ont raté l'école ? »
        return False
    return turn.intent in ITS_OWN and (turn.intent != "take_quiz" or bool(OF_TEST.search(fold(turn.text))))


def _asks(turn: Turn, said: str) -> bool:
    return turn.intent in ASKING or "?" in turn.text or bool(ASKS.search(said)) or _is_elliptic(said)


def _points(turn: Turn, said: str) -> bool:
    """Say whether the message leans on what is shown, rather than searching anew."""
    return bool(POINTS.search(said)) or _is_elliptic(said) or turn.intent in ("inform", "ask_question")


def _points_at(turn: Turn, said: str, services: Services) -> bool:
    """« le deuxième », « celui en cuisine »."""
    shown = turn.slot("shown", [])
    return bool(pointed_at(turn, shown) or (ONE_OF_THEM.search(said) and meant_of(turn, shown, services)))


def _is_elliptic(said: str) -> bool:
    return len(said.split()) <= TERSE and bool(ELLIPTIC.match(said))


def _services(turn: Turn) -> bool:
    return any(row["kind"] == "place" for row in turn.slot("shown", []))


def _things(turn: Turn) -> bool:
    return any(row["kind"] != "job_family" for row in turn.slot("shown", []))


def _looks_at_job(turn: Turn) -> bool:
    return str(turn.slot("chosen", "")).startswith("job-")
