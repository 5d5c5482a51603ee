"""Questions of rights and schemes: an answer of ours with its source, a choice of the likeliest, or who would know."""

import re

from actions import texts
from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.services import Services
from actions.timing import stage
from actions.turn import Turn
from knowledge_base.answers import LIKELY, SURE, Answer
from knowledge_base.french import fold

LEAST, VERY_SURE = 4, SURE + 0.15  # words, and score, from which what is told is taken for a question
# Right after an answer, these ask for something else.
ELSEWHERE = frozenset(("find_training", "find_event", "find_place", "explore_jobs", "take_quiz", "start_over",
                       "erase_data", "stop", "goodbye", "thank", "greet", "ask_human", "laugh", "affirm"))  # fmt: skip
ASKS = re.compile(
    r"\b(?:combien|dure|temps|paye?\w*|touche\w*|gagne|age|faut|quand|comment|qui|obligatoire|droit|possible|peu[xt]|jpeux"
    r"|pourquoi|simple|compris|ou|vrai|sur|retourner|marche|sert|allocs?|perd\w*)\b"
)
ELLIPTIC = 12  # words: a longer question names its subject
PROPOSED = 3  # likely questions to choose from


class ActionAskQuestion(PisteAction):
    """« c'est payé combien l'alternance ? »: found by meaning among the answers."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_question"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Answer when sure, propose when likely, else say that it is not known and who to ask."""
        pressed = self.services.knowledge.answers.get(str(turn.entities.get("answer", "")))
        if pressed:
            return tell(pressed, turn, reply)
        if not turn.text:
            reply.say("utter_which_subject", buttons=subject_buttons())
            return {"asked": None}
        with stage("answers"):
            found = self.services.knowledge.answers_to(turn.text, PROPOSED)
        if found and found[0][1] >= SURE:
            return tell(found[0][0], turn, reply)
        if (going_on := goes_on(turn, self.services)) is not None:
            return tell(going_on, turn, reply)
        likely = [answer for answer, score in found if score >= LIKELY]
        if likely:
            buttons = [button(one.question, "ask_question", answer=one.id) for one in likely]
            reply.say("utter_which_question", buttons=[*buttons, button("Autre chose", "ask_human")])
            return {"asked": None}
        reply.say(
            "utter_no_answer",
            buttons=[button("Un endroit où aller", "find_place"), button("Parler à quelqu'un", "ask_human")],
        )
        return {"asked": None}


def goes_on(turn: Turn, services: Services) -> Answer | None:
    """Return the answer to « et combien ça dure ? », said of what was answered last; None when it is something else."""
    last = services.knowledge.answers.get(str(turn.slot("subject", "")))
    said = fold(turn.text)
    if last is None or not said or len(said.split()) > ELLIPTIC or turn.named_jobs or not ASKS.search(said):
        return None
    with stage("answers"):
        found = services.knowledge.answers_to(f"{last.question} {turn.text}", PROPOSED)
    others = [answer for answer, score in found if score >= SURE and answer.id != last.id]
    # What nothing else answers may well stand in the answer just given.
    return others[0] if others else last


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
