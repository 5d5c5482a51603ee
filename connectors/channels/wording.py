"""A card as plain text, titles cut to a platform's size, long texts in pieces: what every platform shares."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from connectors.channels.links import is_web
from connectors.channels.platform import reference_of
from connectors.schemas import Button, Card, CardAction
from connectors.templating import day
from connectors.texts import EXAMPLE, KINDS, SOURCE

CUT = "…"


@dataclass(frozen=True)
class Choice:
    """A button that gives something back: its title whole, its title as the platform can show it, what it carries."""

    title: str
    label: str
    reference: str


def choices_of(offered: Sequence[Button | CardAction], limit: int) -> list[Choice]:
    """Return what can be pressed, each label at most `limit` characters and unlike the others."""
    found: list[Choice] = []
    for one in offered:
        if one.payload is None:
            continue
        taken = {choice.label for choice in found}
        label = clipped(one.title, limit)
        number = 2
        while label in taken:
            label = f"{clipped(one.title, limit - 3)} {number}"
            number += 1
        found.append(Choice(one.title, label, reference_of(one.payload)))
    return found


def clipped(title: str, limit: int) -> str:
    """Cut a title between words where it is too long."""
    if len(title) <= limit:
        return title
    head = title[: limit - len(CUT)]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head).rstrip(" ,:;") + CUT


def in_full(choices: Sequence[Choice], *, every: bool = False) -> str:
    """Return, a line each, the titles that labels cut short, or `every` title; empty when there is none.

    Without numbers: one that is typed means a card, where the same answer showed cards (`connectors/offers.py`).
    """
    return "\n".join(f"- {choice.title}" for choice in choices if every or choice.label != choice.title)


def card_text(card: Card, *, with_links: bool = False) -> str:
    """Write a card as lines: what it is, why it is proposed, what is known, and the links that no button can hold.

    `with_links`: all of them, for platforms that have no buttons for links.
    """
    kind = f"{KINDS[card.kind]} · {EXAMPLE}" if card.demo else KINDS[card.kind]
    lines = [kind, card.title, card.subtitle, card.why, card.text]
    lines += [f"{fact.label} : {fact.value}" for fact in card.facts]
    for action in card.actions:
        if action.url and (with_links or not is_web(action.url)):
            lines.append(f"{action.title} : {action.url.removeprefix('tel:')}")
    lines.append(SOURCE.format(source=card.source, day=day(card.verified_at)))
    return "\n".join(line for line in lines if line)


def pieces(text: str, limit: int, size: Callable[[str], int] = len) -> Iterator[str]:
    """Cut a text into pieces of at most `limit`: at ends of lines, or else between words, or else anywhere."""
    kept = ""
    for line in text.split("\n"):
        joined = f"{kept}\n{line}" if kept else line
        if size(joined) <= limit:
            kept = joined
            continue
        if kept.strip():
            yield kept
        *whole, kept = cut(line, limit, size)
        yield from whole
    if kept.strip():
        yield kept


def cut(line: str, limit: int, size: Callable[[str], int]) -> list[str]:
    """Cut one line between words."""
    found = [""]
    for word in line.split(" "):
        joined = f"{found[-1]} {word}" if found[-1] else word
        if size(joined) <= limit:
            found[-1] = joined
            continue
        rest = word
        while size(rest) > limit:
            head = rest[:limit]
            while size(head) > limit:  # a character may count for several: UTF-16 units, bytes, segments
                head = head[: max(1, len(head) * 3 // 4)]
            found.append(head)
            rest = rest[len(head) :]
        found.append(rest)
    return [one for one in found if one] or [""]
