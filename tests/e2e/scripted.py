"""Conversations written as data: what a person does, and what must and must never come back.

`scripts/` holds what Piste holds to; `scripts/wanted/` what people would expect and do not get yet.
`python -m tests.e2e.scripted [FILE…] [--wanted] [--url http://localhost:8000]` plays them against a running Piste and
prints each conversation with what failed.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import httpx
import psycopg
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from knowledge_base.database import find_url
from knowledge_base.french import fold
from tests.stack import Conversation

SCRIPTS = Path(__file__).parent / "scripts"
WANTED = SCRIPTS / "wanted"
SITUATIONS = (
    "happy path", "correction", "cancellation", "digression", "negation", "invalid", "silence", "two at once",
    "expired button", "repeated", "language", "injection", "markup",
)  # fmt: skip
LEFTOVERS = re.compile(r"\{|\}|\bNone\b|\bnull\b|(?<!\w)/[a-z]+_[a-z]+|\butter_|</?[a-z]+>")
QUESTION = re.compile(r"\?\s*$")

AGEING = (
    ("conversations", "id", ("created_at", "active_at")),
    ("turns", "conversation_id", ("created_at", "answered_at")),
    ("messages", "conversation_id", ("created_at",)),
)

Message = dict[str, Any]
Several = Annotated[tuple[str, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]
Kind = Literal["job_family", "training", "event", "place"]


class Step(BaseModel):
    """One thing that the person does, then what is expected of the answer. Patterns are searched in folded text."""

    model_config = ConfigDict(extra="forbid")

    say: str | None = None
    press: str | None = None  # a pattern of the title of a button or card action offered so far, the latest first
    days_later: float = 0
    says: Several = ()  # each is found in the words of the answer, its cards included
    never: Several = ()  # none is
    cards: tuple[Kind, ...] = ()
    no_cards: tuple[Kind, ...] = ()
    buttons: Several = ()
    codes: Several = ()  # each is a code, or the beginning of one, of a card shown
    never_codes: Several = ()
    within_km: float | None = None  # of every card that has a place

    @model_validator(mode="after")
    def does_one_thing(self) -> Self:
        """Refuse a step that does nothing, or two things."""
        if (self.say is None) == (self.press is None):
            raise ValueError("a step has exactly one of say and press")
        return self


class Script(BaseModel):
    """One conversation of one skill in one situation."""

    model_config = ConfigDict(extra="forbid")

    name: str
    skill: str
    situation: Literal[SITUATIONS]  # type: ignore[valid-type]
    open: dict[str, str] = {}
    welcome: Several = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


def load(path: Path) -> list[Script]:
    """Read a file of scripts."""
    return [Script.model_validate(one) for one in yaml.safe_load(path.read_text("utf-8"))]


def words_of(replies: list[Message]) -> str:
    """Return all that the person reads in an answer, folded."""
    parts: list[str] = []
    for message in replies:
        parts.append(message["text"])
        for card in message["cards"]:
            parts += [card["title"], card["subtitle"] or "", card["text"] or "", card["why"]]
            parts += [f"{fact['label']} : {fact['value']}" for fact in card["facts"]]
    return fold("\n".join(parts))


def ways_on(replies: list[Message]) -> list[tuple[str, str]]:
    """Return the (title, payload) of everything that can be pressed."""
    found = []
    for message in replies:
        found += [(one["title"], one["payload"]) for one in message["buttons"]]
        found += [(one["title"], one["payload"]) for card in message["cards"] for one in card["actions"]]
    return [(title, payload) for title, payload in found if payload]


def faults_of(step: Step, replies: list[Message], before: list[Message]) -> list[str]:
    """Return what is wrong with an answer, for this step and for any."""
    words, cards = words_of(replies), [card for message in replies for card in message["cards"]]
    kinds, titles = {card["kind"] for card in cards}, [fold(title) for title, _ in ways_on(replies)]
    codes = [card["code"] or "" for card in cards]
    wrong = [f"does not say {one!r}" for one in step.says if not re.search(one, words)]
    wrong += [f"says {one!r}" for one in step.never if re.search(one, words)]
    wrong += [f"shows no {one}" for one in step.cards if one not in kinds]
    wrong += [f"shows a {one}" for one in step.no_cards if one in kinds]
    wrong += [f"has no button {one!r}" for one in step.buttons if not any(re.search(one, title) for title in titles)]
    wrong += [f"has no {one}" for one in step.codes if not any(code.startswith(one) for code in codes)]
    wrong += [f"has {one}" for one in step.never_codes if any(code.startswith(one) for code in codes)]
    far = [card["title"] for card in cards if step.within_km and (card["distance_km"] or 0) > step.within_km]
    wrong += [f"is too far: {title}" for title in far]
    return wrong + faults_of_any(replies, before)


def faults_of_any(replies: list[Message], before: list[Message]) -> list[str]:
    """Return what is wrong with an answer whatever was asked."""
    if not replies:
        return ["is silent"]
    wrong = []
    if not ways_on(replies) and not QUESTION.search(replies[-1]["text"]):
        wrong.append("is a dead end: no button, no card to press, no question at its end")
    if [one["text"] for one in replies] == [one["text"] for one in before] and not any(m["cards"] for m in replies):
        wrong.append("repeats the answer before it word for word")
    for message in replies:
        if LEFTOVERS.search(message["text"]):
            wrong.append(f"holds what is not for people: {message['text']!r}")
        wrong += [f"gives no reason for {card['title']}" for card in message["cards"] if not card["why"].strip()]
    return wrong


class Player:
    """Plays one script, keeping what was said for whoever reads a failure."""

    def __init__(self, person: Conversation, database_url: str) -> None:
        self.person = person
        self._database_url = database_url
        self.told: list[str] = []
        self.wrong: list[str] = []
        self._offered: list[tuple[str, str]] = []
        self._before: list[Message] = []
        self._hear(person.welcome)

    def play(self, script: Script) -> None:
        """Do every step, noting what is wrong; a button that was never offered ends it."""
        words = words_of(self.person.welcome)
        self.wrong += [f"welcome does not say {one!r}" for one in script.welcome if not re.search(one, words)]
        for number, step in enumerate(script.steps, 1):
            if step.days_later:
                self.told.append(f"  … {step.days_later:g} days later")
                let_pass(self._database_url, self.person.id, step.days_later)
            if step.press is not None:
                payload = self._payload(step.press)
                if payload is None:
                    self.wrong.append(f"step {number}: no button {step.press!r} was offered")
                    return
                self.told.append(f"> [{step.press}]")
                replies = self.person.press(payload)
            else:
                self.told.append(f"> {step.say}")
                replies = self.person.say(step.say or "")
            found = faults_of(step, replies, self._before)
            self._hear(replies)
            self.told += [f"    !! {one}" for one in found]
            self.wrong += [f"step {number}: the answer {one}" for one in found]

    def _payload(self, pattern: str) -> str | None:
        return next((payload for title, payload in reversed(self._offered) if re.search(pattern, fold(title))), None)

    def _hear(self, replies: list[Message]) -> None:
        for message in replies:
            self.told.append(f"  {message['text']}")
            self.told += [f"    [{card['kind']} {card['code'] or ''}] {card['title']} — {card['why']}"
                          for card in message["cards"]]  # fmt: skip
            if message["buttons"]:
                self.told.append("    " + " | ".join(one["title"] for one in message["buttons"]))
        self._offered += ways_on(replies)
        self._before = replies


def let_pass(database_url: str, conversation: str, days: float) -> None:
    """Make all that is stored of a conversation older."""
    gone = {"gone": f"{days} days", "id": conversation}
    with psycopg.connect(database_url, autocommit=True) as connection:
        for table, key, columns in AGEING:
            moved = ", ".join(f"{column} = {column} - %(gone)s::interval" for column in columns)
            connection.execute(f"UPDATE people.{table} SET {moved} WHERE {key} = %(id)s", gone)
        connection.execute(
            "UPDATE rasa.events SET timestamp = timestamp - extract(epoch FROM %(gone)s::interval)"
            " WHERE sender_id = %(id)s",
            gone,
        )


def main() -> int:
    """Play files against a running Piste."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--url", default="http://localhost:8000")
    parser.add_argument("--wanted", action="store_true", help="play what is not held to yet")
    parser.add_argument("--all", action="store_true", help="print what passed too")
    given = parser.parse_args()
    failed = total = 0
    with httpx.Client(base_url=given.url, timeout=20) as client:
        for path in given.files or sorted((WANTED if given.wanted else SCRIPTS).glob("*.yml")):
            for script in load(path):
                body = client.post("/api/v1/conversations", json=script.open).json()
                player = Player(Conversation(client, body["id"], body["token"], body["replies"]), find_url())
                player.play(script)
                total, failed = total + 1, failed + bool(player.wrong)
                if player.wrong or given.all:
                    told = "\n".join(player.told)
                    print(f"=== {path.name}: {script.name}\n{told}\n--- {'; '.join(player.wrong) or 'ok'}\n")
    print(f"{failed} of {total} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
