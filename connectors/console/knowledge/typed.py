"""A form as it was typed: each field read and checked, with one French sentence for what cannot be kept."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, time
from typing import TypeVar
from urllib.parse import urlsplit

from connectors.console import texts_knowledge as texts
from connectors.knowledge.records import Place, phone_of, web_address
from connectors.schemas import storable
from connectors.templating import safe_url

ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
FRENCH = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
CLOCK = re.compile(r"([0-9]{1,2}) ?(?:h|:|heures?) ?([0-9]{2})?(?::[0-9]{2})?", re.IGNORECASE)
HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
MAIL = re.compile(r"[^\s@<>\",;:()]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
Value = TypeVar("Value")
LONGEST_URL = 500
LONGEST_LIST = 100
KEPT = "\n\r\t\u200d"


class Typed:
    """The fields of one form. `wrong` gathers, by field, the sentence shown beside it."""

    def __init__(self, given: Mapping[str, Sequence[str]]) -> None:
        self.given: dict[str, list[str]] = {
            name: [storable(value) for value in values] for name, values in given.items()
        }
        self.wrong: dict[str, str] = {}
        self.choices: list[Place] = []  # towns, where the one typed may be several

    def __call__(self, name: str) -> str:
        """Return a field as it was typed, for the page that shows it again."""
        return (self.given.get(name) or [""])[0]

    def all(self, name: str) -> list[str]:
        """Return every value of a field of several."""
        return self.given.get(name, [])

    def but(self, *names: str) -> dict[str, list[str]]:
        """Return what was typed, some fields and empty ones left out."""
        return {name: values for name, values in self.given.items() if name not in names and any(values)}

    def refuse(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first reason stays."""
        self.wrong.setdefault(name, sentence)

    def text(self, name: str, most: int, missing: str | None = None) -> str | None:
        """Return words on one line; `missing` is what is said of an empty field that may not be."""
        words = " ".join(printable(self(name)).split())
        if not words and missing:
            self.refuse(name, missing)
        if len(words) > most:
            self.refuse(name, texts.TOO_LONG.format(most=most, length=len(words)))
            return None
        return words or None

    def lines(self, name: str, most: int) -> list[str]:
        """Return the lines of a field, each no longer than `most`, empty ones left out."""
        found = [" ".join(printable(line).split()) for line in self(name).splitlines()]
        kept = [line for line in found if line]
        if len(kept) > LONGEST_LIST:
            self.refuse(name, texts.TOO_MANY_LINES.format(most=LONGEST_LIST))
        if any(len(line) > most for line in kept):
            self.refuse(name, texts.LINE_TOO_LONG.format(most=most))
        return kept

    def one_of(self, name: str, known: Collection[str], missing: str | None = None) -> str | None:
        """Return a choice among those offered."""
        value = self(name)
        if value in known:
            return value
        if value:
            self.refuse(name, texts.NO_SUCH_CHOICE)
        elif missing:
            self.refuse(name, missing)
        return None

    def some_of(self, name: str, known: Collection[str]) -> list[str]:
        """Return the boxes ticked."""
        ticked = list(dict.fromkeys(self.all(name)))
        if not set(ticked) <= set(known):
            self.refuse(name, texts.NO_SUCH_CHOICE)
        return [one for one in ticked if one in known]

    def yes(self, name: str) -> bool | None:
        """Return yes, no, or None for what is not known."""
        answer = self.one_of(name, ("yes", "no"))
        return None if answer is None else answer == "yes"

    def number(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number."""
        words = self.text(name, 20)
        if words is None:
            return None
        if not re.fullmatch("[0-9]{1,9}", words) or not least <= int(words) <= most:
            self.refuse(name, texts.NOT_A_NUMBER.format(least=least, most=most))
            return None
        return int(words)

    def day(self, name: str, missing: str | None = None) -> date | None:
        """Return a date, as browsers send it or as the French write it."""
        return self._read(name, day_of, texts.NOT_A_DAY, missing)

    def clock(self, name: str, missing: str | None = None) -> time | None:
        """Return a time of day: « 14:30 », « 14h », « 9 h 30 »."""
        return self._read(name, clock_of, texts.NOT_A_TIME, missing)

    def url(self, name: str) -> str | None:
        """Return an address of the web that a link may open."""
        return self._read(name, url_of, texts.NOT_AN_ADDRESS, None, LONGEST_URL)

    def phone(self, name: str) -> str | None:
        """Return a telephone number, in pairs."""
        return self._read(name, phone_of, texts.NOT_A_PHONE, None)

    def mail(self, name: str) -> str | None:
        """Return an address of mail."""
        return self._read(name, lambda words: words if MAIL.fullmatch(words) else None, texts.NOT_A_MAIL, None, 200)

    def _read(
        self, name: str, read: Callable[[str], Value | None], otherwise: str, missing: str | None, most: int = 60
    ) -> Value | None:
        words = self.text(name, most, missing)
        if words is None:
            return None
        value = read(words)
        if value is None:
            self.refuse(name, otherwise)
        return value


def printable(words: str) -> str:
    """Drop what is invisible and turns words around or hides them; joiners of emojis stay."""
    return "".join(one for one in words if one in KEPT or unicodedata.category(one) not in ("Cc", "Cf"))


def day_of(words: str) -> date | None:
    """Read « 2027-03-14 » or « 14/03/2027 »; None for what is no day of the calendar."""
    if match := ISO.fullmatch(words):
        year, month, day = map(int, match.groups())
    elif match := FRENCH.fullmatch(words):
        day, month, year = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def clock_of(words: str) -> time | None:
    """Read a time of day; None for what is none."""
    match = CLOCK.fullmatch(words)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return None
    return time(int(match[1]), int(match[2] or 0))


def url_of(words: str) -> str | None:
    """Read an address, « www.exemple.fr » completed; None for another scheme, a password in it, or no real host."""
    whole = words if re.match(r"[a-z][a-z0-9+.-]*:", words, re.IGNORECASE) else f"https://{words}"
    address = safe_url(web_address(whole))
    if address is None:
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        parts.port  # noqa: B018 (reading it is the check)
    except ValueError:
        return None
    return address if HOST.fullmatch(host) and "@" not in parts.netloc else None


def only(given: Iterable[tuple[str, object]], left_out: Collection[str] = ()) -> dict[str, list[str]]:
    """Return the texts of a form by name, files and what belongs to the page left out."""
    found: dict[str, list[str]] = {}
    for name, value in given:
        if isinstance(value, str) and name not in left_out:
            found.setdefault(name, []).append(value)
    return found
