"""Entities of a sentence: the spans that the sequence model finds, with the values that rules read in them."""

from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence

from bot.components.fact import Fact, flat
from bot.components.facts import NO_CAR, OLDEST, ONSITE, YOUNGEST, levels_in, number_in
from bot.components.places import name_in
from bot.components.readings import Span


@dataclass(frozen=True)
class Entity:
    """Words that name something, whoever it is said of: `value` is what they say, on our scales where we have one."""

    entity: str
    value: object
    start: int
    end: int


def entities_of(text: str, spans: Sequence[Span], facts: Sequence[Fact], places: Dict[str, int]) -> List[Entity]:
    """Return the entities of a text in their order, from learned spans and the facts that rules find."""
    found = []
    for start, end, name in spans:
        fact = next((one for one in facts if one.entity == name and one.start < end and start < one.end), None)
        value = fact.value if fact else value_of(name, text[start:end], places)
        if value is not None:
            found.append(Entity(name, value, start, end))
    return found


def value_of(name: str, words: str, places: Dict[str, int]) -> Optional[object]:
    """Return what these words say: a number, a code, or the words themselves; None if they say nothing."""
    plain = flat(words)
    if name == "age":
        number = number_in(plain)
        return number if number is not None and YOUNGEST <= number <= OLDEST else None
    if name == "level":
        levels = levels_in(plain) or levels_in(f"en {plain}")
        return levels[0].value if levels else words
    if name == "mobility":
        return "no_car" if NO_CAR.search(plain) else None
    if name == "modality":
        return "onsite" if ONSITE.search(plain) else "remote"
    if name == "place":
        return name_in(plain, places) or plain
    return words
