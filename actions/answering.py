"""Answers to questions of rights: said with their source, and found again for what is asked right after."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import texts
from actions.base import Reply, Slots
from actions.cards import button, payload
from actions.pointing import ONE_OF_THEM
from actions.services import Services
from actions.situations import services_named
from actions.texts import facets
from actions.timing import stage
from actions.turn import Turn
from actions.understanding import LIKING, stated
from knowledge_base.answers import LIKELY, SURE, Answer, Asked
from knowledge_base.everyday import everyday_codes
from knowledge_base.french import fold

# Score from which a message that looks for nothing else is answered, whatever it was taken for; the answers of one
# subject share it between them, « je cherche un stage de 3e »; and where words of it may be a wish.
EVIDENT, SHARING, SHARED, MORE_EVIDENT = 0.42, 0.3, 0.6, 0.5
# Where nothing else was understood: told from there if so much ahead of the next, proposed from there.
LOOSELY, AHEAD, NOT_FAR = 0.24, 1.2, 0.2
# Of a question: given though unsure from there, or from lower where so much ahead (docs/decisions/0015); as near as
# that to the first, the second is offered beside it.
LIKELIEST, LIKELY_AHEAD, CLEAR, BESIDE = 0.22, 0.18, 1.5, 0.8
EVENTS = re.compile(
    r"\b(?:ateliers?|journees?|portes? ouvertes?|forums?|salons?|visit\w+|dating|reunions?|evenements?)\b"
)
MOST_EVIDENT = 14  # words
LEAST, VERY_SURE = 4, SURE + 0.05  # words, and score, from which what is told is taken for a question
# Right after an answer, these ask for something else.
ELSEWHERE = frozenset(("find_training", "find_event", "find_place", "explore_jobs", "take_quiz", "start_over",
                       "erase_data", "ask_profile", "stop", "goodbye", "thank", "greet", "ask_human", "laugh",
                       "affirm", "remind_me", "bot_challenge", "insult", "ask_vous", "how_are_you"))  # fmt: skip
IN_PASSING, FEW_WORDS = ("affirm", "laugh", "thank"), 2
ASKS = re.compile(
    r"\b(?:combien|dure|temps|paye?\w*|touche\w*|gagne|age|faut|quand|comment|qui|obligatoire|droit|possible|peu[xt]|jpeux"
    r"|pourquoi|simple|compris|ou|vrai|sur|retourner|marche|sert|allocs?|perd\w*|quoi|quels?|quelles?|laquelle|lequel"
    r"|autre chose|d autres?|plutot|(?:et|mais) si)\b"
)
# Taken for one of these, a message with a question mark right after an answer asks it of that answer:
# « y est-il logé et nourri ? ».
ASKING = frozenset(("ask_question", "ask_answer", "ask_details", "ask_conditions", "ask_way_in", "ask_daily_life",
                    "register", "ask_why", "choose", "nlu_fallback", "find_place", "for_someone_else", "refine",
                    "inform", "dont_know", "out_of_scope", "ask_privacy"))  # fmt: skip
ELLIPTIC = 14  # words: a longer question names its subject
ANOTHER = re.compile(r"\b(?:d ?autres?|autre chose|a part ca|sinon|a la place)\b")
PROPOSED = 3  # likely questions to choose from
# By how much a follow-up must speak for another answer: of the same theme (ids begin alike), of the same subject.
NEARER, NEAR = 0.02, 0.08
# What was taken for something else altogether is only asked of the last answer where it speaks of it in passing.
REFERS = re.compile(r"^(?:et|mais|ok|donc|alors|du coup|oui|non)\b|\b(?:ca|cela|sa|on|en|je|jpeux|il|elle|ils)\b")
AGED = re.compile(r"\b\d{2} ans\b")  # an answer that depends on age: « en fait j'ai 31 ans » is asked of it again
EMPLOYER = re.compile(r"\b(?:patron\w*|employeu\w+|boss|chef|boite|entreprise)\b")
# « et si j'en trouve pas ? »: what to do then is no longer the last answer.
FAILING = re.compile(
    r"\b(?:si|quand|mais) .{0,15}\b(?:trouv|marche|reussi|repond|veu|arriv|pren)\w* (?:pas|rien|personne)\b"
    r"|\bpersonne (?:ne |n |me |m )*(?:repond|veu|prend|rappel)\w*|\b(?:pas de|aucune?) reponses?\b"
)
WHAT_IF = re.compile(r"^(?:et|mais|ok mais|oui mais) (?:si|j ai|jai|g|je suis|jsuis)\b")
JUST_AN_AGE = 12  # words
# What is searched rather than answered, whatever else a message asks.
SEARCHED = re.compile(
    r"\b(?:formations?|forums?|salons?|evenements?|ateliers?|portes? ouvertes?|endroits?|adresses?|centres?|metiers?"
    r"|ou aller|le plus proche)\b"
)
LOOKS_FOR = re.compile(rf"{SEARCHED.pattern}|\b(?:cherche|trouve[sz]?|montre[sz]?|y ?a (?:quoi|koi|des|un|une))\b")
# « et le premier métier, il est comment ? »: of what is shown, whatever was answered in between.
OF_SHOWN = re.compile(
    r"\b(?:premiere?|deuxieme|troisieme|derniere?|second|metiers?|formations?|evenements?|forum)\b"
    rf"|{ONE_OF_THEM.pattern}"
)


def goes_on(turn: Turn, services: Services) -> Answer | None:
    """Return the answer to « et combien ça dure ? », said of what was answered last; None when it is something else."""
    last = services.knowledge.answers.get(str(turn.slot("subject", "")))
    said = fold(turn.text)
    if last is None or not said or len(said.split()) > ELLIPTIC or turn.named_jobs:
        return None
    of_shown = turn.slot("shown") and facets.asked(turn.plain)  # « un CAP, cela suffit ? »
    failing = FAILING.search(turn.plain)
    asks = failing or ASKS.search(turn.plain) or ("?" in turn.text and turn.intent in ASKING and not of_shown)
    if services_named(turn.text)[0] or not (asks or corrects_age(turn, last)):
        return None
    if ANOTHER.search(turn.plain) and services.knowledge.wishes(turn.text, turn.spans).dislikes:
        return None  # « pas garde de parc, et quoi d'autre ? »
    with stage("answers"):
        every = len(services.knowledge.answers)
        before = {one.id: score for one, score in services.knowledge.answers_to(last.question, every)}
        found = services.knowledge.answers_to(f"{last.question} {turn.text}", every)
    if (failing or ANOTHER.search(turn.plain)) and (other := _instead(last, turn, services)):
        return other
    # What the follow-up speaks for is another answer of the same theme; what none answers may stand in the last one.
    theme = last.id.split("_")[0]
    for one, score in found:
        gained = score - before.get(one.id, 0.0)
        least = NEARER if one.id.split("_")[0] == theme else NEAR
        if one.id != last.id and one.subject == last.subject and score >= LIKELY and gained >= least:
            return one
    return last


def _instead(last: Answer, turn: Turn, services: Services) -> Answer | None:
    """Return what to do where the last answer does not do: « et s'ils veulent pas ? », « ya quoi d'autre ? »."""
    if last.otherwise and FAILING.search(turn.plain):
        return services.knowledge.answers[last.otherwise]
    own = services.knowledge.answers_to(turn.text, PROPOSED)
    return next((one for one, score in own if score >= LIKELY and one.id != last.id), None)


def corrects_age(turn: Turn, last: Answer) -> bool:
    """« en fait j'ai 31 ans », after an answer that depends on age."""
    return "age" in turn.entities and len(turn.text.split()) <= JUST_AN_AGE and bool(AGED.search(last.tu))


def is_about_last_answer(turn: Turn) -> bool:
    """Say whether a message right after an answer may be asked of it, whatever action gave it."""
    said = fold(turn.text)
    if (turn.slot("shown") and OF_SHOWN.search(said)) or "place" in turn.entities or LIKING.search(said):
        return False
    if turn.intent == "out_of_scope" and not REFERS.search(said):
        return False
    answered = turn.said_last == "utter_answer" if turn.said_last else turn.answers == "action_ask_question"
    if turn.intent == "ask_privacy" and not EMPLOYER.search(said):
        return False
    in_passing = turn.intent not in ELSEWHERE or _asks_in_passing(turn, said)
    return answered and in_passing and bool(turn.slot("subject"))


def _asks_in_passing(turn: Turn, said: str) -> bool:
    """« oui mais combien de jours », « mdr et c'est payé ? », « et j'ai 21 ans, c'est bon ? »."""
    if turn.intent == "find_place":
        return bool(WHAT_IF.search(said))
    return turn.intent in IN_PASSING and len(said.split()) > FEW_WORDS and bool(ASKS.search(turn.plain))


def asked_aside(turn: Turn, services: Services) -> list[Asked]:
    """Return what a message that was not taken for a question surely asks all the same, with where it asks it."""
    if len(turn.text.split()) < LEAST or services_named(turn.text)[1]:  # « mais pas la Mission Locale »
        return []
    with stage("answers"):
        found = services.knowledge.asked_in(turn.text, of_rights=True)
    parts = {one: turn.text[one.start : one.end] for one in found}
    # « maçon, c'est pour ceux qui ont raté l'école ? » is asked of masons.
    found = [one for one in found if not any(name in parts[one] for name in turn.named_jobs)]
    found = [one for one in found if not SEARCHED.search(fold(parts[one]))]
    # « c'est quoi Open GEN ? il y a des dates ? »: an event by its name is shown.
    return [] if found and services.knowledge.items_named(turn.text, "event", turn.now) else found


def answer_aside(turn: Turn, reply: Reply, services: Services) -> tuple[Slots, Turn]:
    """Answer what a message asks beside the rest; return the slots that change and the turn without those words.

    Nothing changes, and the turn is as it was, when it asks nothing of ours.
    """
    if not (found := asked_aside(turn, services)):
        return {}, turn
    rest = without_asked(turn, found)
    return tell_all([services.knowledge.answers[one.answer] for one in found], turn, reply), rest


def without_asked(turn: Turn, found: Sequence[Asked]) -> Turn:
    """Return the turn with blanks for what is answered, so that the facts of the rest stand where they stood."""
    text = turn.text
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return replace(turn, text=text if re.search(r"\w", text) else "")


def searches(turn: Turn) -> bool:
    """Say whether what is left of a message looks for something."""
    return bool(LOOKS_FOR.search(fold(turn.text)))


def sure_answer(turn: Turn, services: Services) -> Answer | None:
    """Return the answer that a message surely asks for, though it was not taken for a question."""
    if not turn.text or len(turn.text.split()) < LEAST:
        return None
    with stage("answers"):
        found = services.knowledge.answers_to(turn.text, 1)
        if found and found[0][1] >= VERY_SURE:
            return found[0][0]
        asked = services.knowledge.asked_in(turn.text, told=True)
    return services.knowledge.answers[asked[0].answer] if asked else None


def evident_answer(turn: Turn, services: Services, likes: Sequence[str]) -> Answer | None:
    """Return what a message plainly calls for, « g pas trouvé de stage de 3e », though it was taken for a search."""
    said = fold(turn.text)
    if any(map(everyday_codes, [turn.text, *likes])):
        return None  # « travailler sur un ordi », « une formation en informatique »
    if turn.named_jobs and not (turn.intent == "find_place" and is_sure(turn, services)):
        return None  # « qui peut nous aider à trouver un apprenti chaudronnier ? » is asked of no trade
    if EVENTS.search(said) or services_named(turn.text)[0] or len(said.split()) > MOST_EVIDENT:
        return None
    words = list(turn.text)
    for start, end in turn.spans:  # « je cherche un stage de 3e à Besançon » asks the same anywhere
        words[start:end] = " " * (end - start)
    tried = [services.knowledge.answers_to(text, PROPOSED) for text in dict.fromkeys(("".join(words), turn.text))]
    found = max(tried, key=lambda one: one[0][1] if one else 0.0)  # « le stage de 3e » is not told by its age
    if not found:
        return None
    (best, score), *others = found
    if score >= (MORE_EVIDENT if likes else EVIDENT):
        return best
    shared = score + sum(beside for one, beside in others if one.subject == best.subject)
    return best if score >= SHARING and shared >= SHARED and not likes else None


def is_sure(turn: Turn, services: Services, least: float = VERY_SURE) -> bool:
    """Say whether an answer is as sure for the whole message as for a question."""
    return any(score >= least for _, score in services.knowledge.answers_to(turn.text, 1))


def tell_likely(turn: Turn, reply: Reply, services: Services, *, told: bool = False) -> Slots | None:
    """Answer a question that was taken for nothing of ours, or say which ones it may be; None when none is near.

    `told`: what is told may call for an answer too, « j'arrive pas à trouver d'alternance ».
    """
    said = turn.plain
    if len(said.split()) < LEAST or turn.named_jobs or not (told or "?" in turn.text or ASKS.search(said)):
        return None
    with stage("answers"):
        found = services.knowledge.answers_to(turn.text, PROPOSED)
    near = [(answer, score) for answer, score in found if score >= NOT_FAR]
    if not near:
        return None
    (best, score), *others = near
    if score >= LOOSELY and all(score >= AHEAD * beside for _, beside in others):
        return tell(best, turn, reply)
    return ask_which([answer for answer, _ in near], reply)


def tell_or_ask(found: Sequence[tuple[Answer, float]], turn: Turn, reply: Reply) -> Slots:
    """Give the likeliest answer under its question, the others beside it; only ask which where none is ahead."""
    (best, score), *others = found
    ahead = all(score >= CLEAR * beside for _, beside in others)
    if score < LIKELIEST and not (score >= LIKELY_AHEAD and ahead):
        return ask_which([answer for answer, _ in found], reply)
    reply.say("utter_likely_question")
    changes = tell(best, turn, reply, titled=True)
    offer_others(others, reply)
    return changes


def offer_others(others: Sequence[tuple[Answer, float]], reply: Reply) -> None:
    """Offer what else a question may mean, under the answer given."""
    for answer, _ in others:
        reply.offer(answer.question, payload("ask_question", answer=answer.id))


def ask_which(likely: Sequence[Answer], reply: Reply) -> Slots:
    """Ask which of a few questions is meant."""
    buttons = [button(one.question, "ask_question", answer=one.id) for one in likely]
    reply.say("utter_which_question", buttons=[*buttons, button("Autre chose", "ask_human")])
    return {"asked": None}


def tell_all(answers: Sequence[Answer], turn: Turn, reply: Reply) -> Slots:
    """Give each answer with its source; what may come next stands under the last."""
    changes: Slots = {}
    for one in answers:
        changes = tell(one, turn, reply, last=one is answers[-1], titled=len(answers) > 1)
    return changes


def tell(answer: Answer, turn: Turn, reply: Reply, *, last: bool = True, titled: bool = False) -> Slots:
    """Give an answer with its source, and what may come next; `titled` where another stands beside it."""
    ways = [button(texts.NEXT_STEPS[answer.next], answer.next)]
    if answer.place and answer.next != "find_place":
        ways.append(button(texts.NEXT_STEPS["find_place"], "find_place", service=answer.place))
    reply.say(
        "utter_answer",
        buttons=[*ways, button("Une autre question", "ask_question")] if last else None,
        answer=(f"{answer.question}\n" if titled else "") + (answer.vous if turn.vous else answer.tu),
        source=texts.sourced(answer.source.name, answer.source.url, answer.as_of),
    )
    # An age said with the question, or to correct it, is kept.
    return stated(turn.entities) | {"asked": None, "subject": answer.id}


def subject_buttons() -> list[dict[str, str]]:
    """Return a few questions that people often have."""
    return [button(title, "ask_question", answer=answer) for title, answer in texts.FREQUENT_QUESTIONS]
