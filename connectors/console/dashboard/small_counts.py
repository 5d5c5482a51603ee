"""Small counts are hidden, and so is whatever would give them away.

A number from 1 to 4 is never shown. Where it could still be worked out from totals and other parts, the next smallest
part is hidden too, and so on; a part may stand in several sums (its line, its column), and all of them are read.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from connectors.console.dashboard.working_out import Range, Reading, work_out

Key = TypeVar("Key", bound=Hashable)

SHOWN_FROM = 5  # the least number shown; zero hides nobody, and is
# Of the numbers 1 to 4, as many at least stay possible for whoever reads the rest of a sum, or of all sums at once.
LEFT_IN_A_SUM, LEFT_IN_ALL = 3, 2


class Veil(Enum):
    """Why a number is not shown: it is small itself, or it would give a small one away."""

    FEW = auto()
    COVER = auto()


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """A total and its parts; `total_first` hides the total rather than a part."""

    total: Key
    parts: tuple[Key, ...]
    total_first: bool = False


@dataclass(frozen=True)
class Cell:
    """A number as it may be shown: null under a veil."""

    number: int | None
    veil: Veil | None = None


def protect(
    numbers: Mapping[Key, int],
    sums: Iterable[Sum[Key]],
    unpublished: Collection[Key] = frozenset(),
    settled: Mapping[Key, Veil | None] | None = None,
) -> dict[Key, Veil]:
    """Return what to hide, and why. What is unpublished is nowhere shown, but if small must not be worked out either.

    `settled` numbers are shown or hidden already, and stay so. Whoever reads knows what the marks say: a small number
    is 1 to 4, a cover 5 at least, or zero.
    """
    return _Hiding(numbers, list(sums), unpublished, settled or {}).veils


class _Hiding(Generic[Key]):
    def __init__(
        self,
        numbers: Mapping[Key, int],
        sums: Sequence[Sum[Key]],
        unpublished: Collection[Key],
        settled: Mapping[Key, Veil | None],
    ) -> None:
        self.numbers, self.unpublished, self.settled = numbers, unpublished, settled
        self.small = {key for key, number in numbers.items() if 0 < number < SHOWN_FROM}
        self.veils = {key: Veil.FEW for key in self.small if key not in unpublished}
        self.veils |= {key: veil for key, veil in settled.items() if veil}
        self.standing: defaultdict[Key, list[Sum[Key]]] = defaultdict(list)
        self.hidden_in: dict[int, int] = {}  # how many numbers of each sum are hidden
        for one in sums:
            keys = (one.total, *one.parts)
            self.hidden_in[id(one)] = sum(not self._is_seen(key) for key in keys)
            for key in keys:
                self.standing[key].append(one)
        # Each sum by itself first: few are left for the slower look at all of them together.
        waiting = [one for one in sums if self.hidden_in[id(one)]]
        while waiting:
            waiting = self._cover_each(waiting)
        while covers := self._cover_together():
            waiting = covers
            while waiting:
                waiting = self._cover_each(waiting)

    def _cover_each(self, sums: Iterable[Sum[Key]]) -> list[Sum[Key]]:
        """Hide one more number of each sum that tells too much by itself; returns the sums that this touches."""
        touched = []
        for one in sums:
            reading = self._reading(one)
            narrowed = reading.narrowed({key: self._known(key) for key, _ in reading.hidden})
            if any(self._tells_in_a_sum(key, left) for key, left in narrowed):
                touched += self._cover(one)
        return touched

    def _cover_together(self) -> list[Sum[Key]]:
        """Hide one more number for each that all sums together tell; returns the sums that this touches."""
        sums = {id(one): one for key in (*self.veils, *self.unpublished) for one in self.standing[key]}
        readings = [self._reading(one) for one in sums.values()]
        known = {key: self._known(key) for reading in readings for key, _ in reading.hidden}
        worked_out = work_out(readings, known)
        told = [key for key in worked_out if key in self.small and _is_narrow(worked_out[key], LEFT_IN_ALL)]
        touched, done = [], set[int]()
        for key in told:
            near = [one for one in self.standing[key] if id(one) not in done]
            done.update(map(id, near))
            # Of the sums that it stands in, the one with the least to lose.
            near = sorted((one for one in near if self._next(one)), key=lambda one: self.numbers[self._next(one)[0]])
            touched += self._cover(near[0]) if near else []
        return touched

    def _cover(self, one: Sum[Key]) -> list[Sum[Key]]:
        found = self._next(one)
        for key in found:
            self.veils[key] = Veil.COVER
            for touched in self.standing[key]:
                self.hidden_in[id(touched)] += 1
        return self.standing[found[0]] if found else []

    def _next(self, one: Sum[Key]) -> list[Key]:
        """Return what of a sum to hide next: a part, or else its total; nothing if nothing is left.

        The smallest part that is not zero, but first of all one whose other sums hide something already: no further
        cover is needed there.
        """
        parts = [key for key in one.parts if self._is_free(key)]
        total = [one.total] if self._is_free(one.total) and self.numbers[one.total] else []
        if parts and not (total and one.total_first):
            return [min(parts, key=lambda key: (not self.numbers[key], self._exposed(key), self.numbers[key]))]
        return total

    def _exposed(self, key: Key) -> int:
        """Return how many sums would have this number as the only one hidden."""
        return sum(not self.hidden_in[id(one)] for one in self.standing[key])

    def _tells_in_a_sum(self, key: Key, left: Range) -> bool:
        """Say whether a range is too narrow for what stands in it; a cover that is certain covers nothing elsewhere."""
        if key in self.small:
            return _is_narrow(left, LEFT_IN_A_SUM)
        return key not in self.unpublished and left[0] == left[1]

    def _reading(self, one: Sum[Key]) -> Reading[Key]:
        signed = [(one.total, 1), *((key, -1) for key in one.parts)]
        left = -sum(sign * self.numbers[key] for key, sign in signed if self._is_seen(key))
        return Reading(left, tuple((key, sign) for key, sign in signed if not self._is_seen(key)))

    def _known(self, key: Key) -> Range:
        if key in self.unpublished:
            return 0, math.inf
        if self.veils[key] is Veil.FEW:
            return 1, SHOWN_FROM - 1
        return SHOWN_FROM if self.numbers[key] else 0, math.inf

    def _is_free(self, key: Key) -> bool:
        return self._is_seen(key) and key not in self.settled

    def _is_seen(self, key: Key) -> bool:
        return key not in self.veils and key not in self.unpublished


def _is_narrow(left: Range, least: int) -> bool:
    return left[1] - left[0] + 1 < least
