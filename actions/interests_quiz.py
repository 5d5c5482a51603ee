"""The interests quiz: one choice at a time, stopped and taken up again at will; its result feeds the search."""

from typing import Any

from actions.base import PisteAction, Reply, Slots
from actions.cards import button, theme_buttons
from actions.quiz_answers import ASKED, Asked, asked_of_quiz, heard, question_asked, shown_now
from actions.quiz_words import refuses_test, wants_test_again
from actions.services import Services
from actions.suggest import suggest
from actions.texts import quiz
from actions.turn import Turn
from knowledge_base.quiz import Interests, Question, Said, load_questions, next_question

ENOUGH = 5  # answers from which a quiz that is stopped early still tells something
NAMED = 2  # types told
USUAL = 14  # questions that a quiz takes most often
CHOICES = ("first", "second", "both", "neither", "skip")

Answered = list[tuple[Question, Said]]


class ActionTakeQuiz(PisteAction):
    """Begins the quiz, goes on with it, or takes a button's answer."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_take_quiz"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Ask the next question; the result comes when it is known well enough."""
        if refuses_test(turn.text):
            reply.say("utter_no_quiz", buttons=[*theme_buttons(4), button("Des événements", "find_event")])
            return {"asked": "likes"}
        said = turn.entities.get("quiz_answer")
        if said == "stop":
            return stop(turn, reply, self.services)
        if said in CHOICES:
            return take(turn, reply, self.services, str(said), turn.entities.get("quiz_question"))
        if answer := heard(turn):
            return take(turn, reply, self.services, answer)
        again = said == "again" or wants_test_again(turn.text)
        if not again and turn.slot("riasec"):
            reply.say("utter_quiz_done", buttons=[button("Refaire le test", "take_quiz", quiz_answer="again"),
                                                  button("Des idées de métiers", "explore_jobs")])  # fmt: skip
            return {"asked": None}
        if not again and (waiting := question_asked(turn.slots)):
            reply.say("utter_quiz_resumed")
            return ask(turn, reply, state_of(turn), waiting)
        return begin(turn, reply, self.services)


def begin(turn: Turn, reply: Reply, services: Services) -> Slots:
    """Begin the test, or begin it again: answers given before count no more."""
    reply.say("utter_quiz_begins")
    return advance(turn, reply, services, []) | {"riasec": None}


def serve(turn: Turn, reply: Reply, services: Services, wanted: Asked) -> Slots:
    """Do what a message wants of the quiz beside answering: its result, the question again, the one before."""
    waiting, given = question_asked(turn.slots), state_of(turn)
    if waiting is None or wanted in ("result", "stop"):
        return finish(turn, reply, services)
    if wanted == "back" and given:
        previous = next((one for one in load_questions() if one.id == given[-1][0]), waiting)
        return ask(turn, reply, given[:-1], previous)
    if wanted == "left":
        reply.say("utter_quiz_left", left=str(max(1, USUAL - len(given))))
    elif wanted == "purpose":
        reply.say("utter_quiz_purpose")
    elif wanted == "unclear":
        reply.say("utter_quiz_not_heard")
    else:
        reply.say("utter_quiz_resumed")
    return ask(turn, reply, given, waiting)


def take(turn: Turn, reply: Reply, services: Services, said: str, about: str | None = None) -> Slots:
    """Count one answer; a button of an earlier question changes nothing."""
    waiting, given = question_asked(turn.slots), state_of(turn)
    if waiting is None or (about is not None and about != waiting.id):
        if waiting is None:
            reply.say("utter_quiz_over", buttons=[button("Refaire le test", "take_quiz", quiz_answer="again")])
            return {"asked": None}
        return ask(turn, reply, given, waiting)
    return advance(turn, reply, services, [*given, [waiting.id, said]])


def advance(turn: Turn, reply: Reply, services: Services, given: list[list[str]]) -> Slots:
    """Ask what would tell most, or tell the result."""
    skipped = {one for one, said in given if said == "skip"}
    left = [one for one in load_questions() if one.id not in skipped]
    question = next_question(answered(given), left)
    if question is None:
        return tell(turn, reply, services, given)
    return ask(turn, reply, given, question)


def ask(turn: Turn, reply: Reply, given: list[list[str]], question: Question) -> Slots:
    """Ask one question."""
    sides = [
        button(title, "take_quiz", quiz_question=question.id, quiz_answer=said)
        for title, said in zip((*question.texts, "Les deux", "Aucun des deux"), CHOICES, strict=False)
    ]
    reply.say(
        "utter_quiz_question",
        buttons=[*sides, button("J'arrête là", "take_quiz", quiz_answer="stop")],
        number=str(len(given) + 1),
        first=question.texts[0],
        second=question.texts[1],
    )
    shown = shown_now(turn.slots)  # what may be pointed at by « le 2 » is told from what is shown later
    return {"asked": ASKED, "quiz": {"asked": question.id, "given": given} | ({"shown": shown} if shown else {})}


def stop(turn: Turn, reply: Reply, services: Services) -> Slots:
    """Stop when told; « on en était où du test » was no such thing."""
    wanted = asked_of_quiz(turn)
    return finish(turn, reply, services) if wanted in (None, "unclear") else serve(turn, reply, services, wanted)


def finish(turn: Turn, reply: Reply, services: Services) -> Slots:
    """Tell the result if there is enough for one; otherwise the quiz may be taken up again."""
    given = state_of(turn)
    if len(answered(given)) >= ENOUGH:
        return tell(turn, reply, services, given)
    ways = [button("Reprendre le test", "take_quiz"), button("Des idées de métiers", "explore_jobs")]
    reply.say("utter_quiz_stopped", buttons=ways)
    return {"asked": None}


def tell(turn: Turn, reply: Reply, services: Services, given: list[list[str]]) -> Slots:
    """Tell what draws the person, as a picture and a sentence, and suggest from it."""
    interests = Interests.after(answered(given))
    done: Slots = {"quiz": None, "asked": None}
    if not interests.is_clear:
        reply.say("utter_quiz_unclear", buttons=[button("Refaire le test", "take_quiz", quiz_answer="again"),
                                                 button("Des idées de métiers", "explore_jobs")])  # fmt: skip
        return done
    first, second = (quiz.TYPES[axis] for axis in interests.types[:NAMED])
    picture = {"type": "image", "url": quiz.picture_of(interests.means), "alt": quiz.described(interests.means)}
    reply.say("utter_quiz_result", directives=[picture], first=first, second=second)
    done["riasec"] = interests.types[: NAMED + 1]
    return done | suggest(turn, reply, services, {**turn.slots, **done})


def state_of(turn: Turn) -> list[list[str]]:
    """Return the answers given so far, as [question id, answer]."""
    kept: list[list[str]] = (turn.slot("quiz") or {}).get("given", [])
    return kept


def answered(given: list[list[str]]) -> Answered:
    """Return the answers that tell something; a question that is no longer asked counts no more."""
    known: dict[str, Question] = {one.id: one for one in load_questions()}
    said: list[Any] = [(known[one], choice) for one, choice in given if one in known and choice != "skip"]
    return said
