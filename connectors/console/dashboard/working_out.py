"""What somebody can work out of hidden numbers, from every sum that they stand in."""

import math
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Range = tuple[float, float]  # the least and the most that a number may be

# Looks at one sum, on average: narrowing goes on a little at a time where ranges are wide, and matters no more there.
MOST_LOOKS = 30


@dataclass(frozen=True)
class Reading(Generic[Key]):
    """A sum with what is shown of it taken away: the hidden numbers, each with its sign, come to `left`."""

    left: int
    hidden: tuple[tuple[Key, int], ...]

    def narrowed(self, ranges: Mapping[Key, Range]) -> Iterable[tuple[Key, Range]]:
        """Yield what each hidden number may be, given the ranges of the others."""
        signed = [_signed(ranges[key], sign) for key, sign in self.hidden]
        floors, ceilings = [low for low, _ in signed], [high for _, high in signed]
        least, most = _Total(floors), _Total(ceilings)
        for (key, sign), (low, high) in zip(self.hidden, signed, strict=True):
            mine = (max(low, self.left - most.without(high)), min(high, self.left - least.without(low)))
            yield key, _signed(mine, sign)


class _Total:
    """A sum of numbers, some of them endless, from which any one can be taken away."""

    def __init__(self, numbers: list[float]) -> None:
        self.endless = [number for number in numbers if math.isinf(number)]
        self.finite = sum(number for number in numbers if not math.isinf(number))

    def without(self, one: float) -> float:
        """Return the sum of the others."""
        if math.isinf(one):
            return self.finite if len(self.endless) == 1 else self.endless[0]
        return self.endless[0] if self.endless else self.finite - one


def _signed(one: Range, sign: int) -> Range:
    return one if sign > 0 else (-one[1], -one[0])


def work_out(readings: Iterable[Reading[Key]], known: Mapping[Key, Range]) -> dict[Key, Range]:
    """Return the ranges that are left when every sum was used again and again."""
    ranges = dict(known)
    standing: defaultdict[Key, list[Reading[Key]]] = defaultdict(list)
    waiting = deque(readings)
    for one in waiting:
        for key, _ in one.hidden:
            standing[key].append(one)
    looks, queued = MOST_LOOKS * len(waiting), {id(one) for one in waiting}
    while waiting and (looks := looks - 1) > 0:
        one = waiting.popleft()
        queued.discard(id(one))
        for key, narrow in list(one.narrowed(ranges)):
            if narrow != ranges[key]:
                ranges[key] = narrow
                again = [other for other in standing[key] if other is not one and id(other) not in queued]
                waiting.extend(again)
                queued.update(map(id, again))
    return ranges
