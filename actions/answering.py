"""Answers to questions of rights: said with their source, and found again for what is asked right after."""

import re

from actions import texts
from actions.base import Reply, Slots
from actions.cards import button
from actions.services import Services
from actions.situations import services_named
from actions.timing import stage
from actions.turn import Turn
from knowledge_base.answers import LIKELY, SURE, Answer
from knowledge_base.french import fold

LEAST, VERY_SURE = 4, SURE + 0.05  # words, and score, from which what is told is taken for a question
# Right after an answer, these ask for something else.
ELSEWHERE = frozenset(("find_training", "find_event", "find_place", "explore_jobs", "take_quiz", "start_over",
                       "erase_data", "stop", "goodbye", "thank", "greet", "ask_human", "laugh", "affirm"))  # fmt: skip
ASKS = re.compile(
    r"\b(?:combien|dure|temps|paye?\w*|touche\w*|gagne|age|faut|quand|comment|qui|obligatoire|droit|possible|peu[xt]|jpeux"
    r"|pourquoi|simple|compris|ou|vrai|sur|retourner|marche|sert|allocs?|perd\w*)\b"
)
ELLIPTIC = 12  # words: a longer question names its subject
PROPOSED = 3  # likely questions to choose from


def goes_on(turn: Turn, services: Services) -> Answer | None:
    """Return the answer to « et combien ça dure ? », said of what was answered last; None when it is something else."""
    last = services.knowledge.answers.get(str(turn.slot("subject", "")))
    said = fold(turn.text)
    if last is None or not said or len(said.split()) > ELLIPTIC or turn.named_jobs or not ASKS.search(said):
        return None
    if services_named(turn.text)[0]:
        return None
    with stage("answers"):
        found = services.knowledge.answers_to(f"{last.question} {turn.text}", len(services.knowledge.answers))
    # Of the same subject (ids begin alike); what none of them answers may well stand in the answer just given.
    subject = last.id.split("_")[0]
    others = [answer for answer, score in found if score >= LIKELY and answer.id != last.id]
    return next((one for one in others if one.id.split("_")[0] == subject), last)


def is_about_last_answer(turn: Turn) -> bool:
    """Say whether a message right after an answer may be asked of it."""
    return turn.answers == "action_ask_question" and turn.intent not in ELSEWHERE and bool(turn.slot("subject"))


def sure_answer(turn: Turn, services: Services) -> Answer | None:
    """Return the answer that a message surely asks for, though it was not taken for a question."""
    if not turn.text or len(turn.text.split()) < LEAST:
        return None
    with stage("answers"):
        found = services.knowledge.answers_to(turn.text, 1)
    return found[0][0] if found and found[0][1] >= VERY_SURE else None


def tell(answer: Answer, turn: Turn, reply: Reply) -> Slots:
    """Give an answer with its source, and what may come next."""
    ways = [button(texts.NEXT_STEPS[answer.next], answer.next)]
    if answer.place and answer.next != "find_place":
        ways.append(button(texts.NEXT_STEPS["find_place"], "find_place", service=answer.place))
    reply.say(
        "utter_answer",
        buttons=[*ways, button("Une autre question", "ask_question")],
        answer=answer.vous if turn.vous else answer.tu,
        source=texts.sourced(answer.source.name, answer.source.url, answer.as_of),
    )
    return {"asked": None, "subject": answer.id}


def subject_buttons() -> list[dict[str, str]]:
    """Return a few questions that people often have."""
    return [button(title, "ask_question", answer=answer) for title, answer in texts.FREQUENT_QUESTIONS]
