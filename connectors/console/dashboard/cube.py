"""All figures of a period as one table of departments by what is counted, small counts hidden in the whole of it.

The whole is hidden before any part is shown: whoever narrows the page to a department sees one column of the same
table, and what was hidden to cover another department stays so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from connectors.console.dashboard.figures import ALL, EVERYONE, OWN, UNKNOWN, Figures, Key
from connectors.console.dashboard.small_counts import SHOWN_FROM, Cell, Sum, Veil, protect

OTHERS = "others"  # the whole less one's own: never shown, and not to be worked out where it is small

# Measures whose labels come to a total, by that total's name: several may come to the same one.
TOTAL_OF = {"opened": "opened", "opened_on": "opened", "call": "call", "alarm": "alarm", "alarm_on": "alarm"}


class Cube:
    """Figures that may be shown. `details`: those of each department too, not their totals alone."""

    def __init__(self, figures: Figures, *, details: bool) -> None:
        numbers = _with_zeros(figures.numbers)
        sums = [*_over_labels(numbers), *_over_departments(numbers)]
        sums += _over_scopes(numbers)
        self._numbers, self._waits = numbers, figures.waits
        self._veils: dict[Key, Veil] = {}
        families: defaultdict[tuple[str, str], list[Sum[Key]]] = defaultdict(list)
        for one in sums:
            families[_family(one.total)].append(one)
        for of_family in families.values():
            self._veils |= _hide(numbers, of_family, details=details)

    def cell(self, scope: str, measure: str, label: str = ALL, department: str = ALL) -> Cell:
        """Return one figure as it may be shown."""
        key = (scope, measure, label, department)
        veil = self._veils.get(key)
        return Cell(None, veil) if veil else Cell(self._numbers.get(key, 0))

    def labels(self, scope: str, measure: str) -> list[str]:
        """Return what a measure has labels for, the most frequent first; those of one count come in their own order."""
        found = [key for key in self._numbers if key[:2] == (scope, measure) and key[2] != ALL and key[3] == ALL]
        return [key[2] for key in sorted(found, key=lambda key: (-self._numbers[key], key[2]))]

    def departments(self) -> list[str]:
        """Return the departments that figures name, the one that is not known last."""
        found = {key[3] for key in self._numbers} - {ALL}
        return sorted(found - {UNKNOWN}) + ([UNKNOWN] if UNKNOWN in found else [])

    def wait(self, scope: str, department: str, part: float) -> float | None:
        """Return the seconds in which a part of the calls was answered; None where they are few or hidden."""
        if self.cell(scope, "call", "answered", department).number is None:
            return None
        steps: defaultdict[float, int] = defaultdict(int)
        for (of, where), waited in self._waits.items():
            if of == scope and department in (ALL, where):
                for seconds, number in waited.items():
                    steps[seconds] += number
        # A part of few is one of them.
        if sum(steps.values()) * min(part, 1 - part) * 2 < 1 or sum(steps.values()) < SHOWN_FROM:
            return None
        return quantile(steps, part)


def quantile(steps: dict[float, int], part: float) -> float | None:
    """Return the value below which a part of all stand, of `{value: how many}`."""
    left = sum(steps.values()) * part
    for value in sorted(steps):
        left -= steps[value]
        if left <= 0:
            return value
    return None


def _family(key: Key) -> tuple[str, str]:
    """Return what tells apart figures that no sum brings together."""
    measure = TOTAL_OF.get(key[1])
    return (measure, ALL) if measure else key[1:3]


def _hide(numbers: Mapping[Key, int], sums: Sequence[Sum[Key]], *, details: bool) -> dict[Key, Veil]:
    """Hide what everybody reads first as little as may be, then the details of each department around it."""
    within = {key: numbers[key] for one in sums for key in (one.total, *one.parts)}
    unpublished = {key for key in within if key[0] == OTHERS}
    first = {key: number for key, number in within.items() if _is_first(key)}
    veils = protect(first, [one for one in sums if _stands_in(one, first)], unpublished)
    if not details:
        return veils
    settled = {key: veils.get(key) for key in first if key not in unpublished}
    return protect(within, sums, unpublished, settled)


def _is_first(key: Key) -> bool:
    """Say whether a figure stands on the page of all departments."""
    return key[3] == ALL or key[1:3] == ("opened", ALL)


def _stands_in(one: Sum[Key], numbers: Mapping[Key, int]) -> bool:
    return one.total in numbers and all(key in numbers for key in one.parts)


def _with_zeros(numbers: Mapping[Key, int]) -> dict[Key, int]:
    """Return the figures of every label in every department: a zero covers what is small beside it as well."""
    departments: defaultdict[str, set[str]] = defaultdict(set)
    for scope, _, _, department in numbers:
        departments[scope].add(department)
    labels = {key[:3] for key in numbers}
    return {(*label, one): numbers.get((*label, one), 0) for label in labels for one in departments[label[0]]}


def _over_labels(numbers: dict[Key, int]) -> Iterator[Sum[Key]]:
    """Add each measure's total over its labels; yields the sums."""
    parts: defaultdict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key in numbers:
        if key[1] in TOTAL_OF:
            parts[key[0], key[1], key[3]].append(key)
    for (scope, measure, department), keys in parts.items():
        total = (scope, TOTAL_OF[measure], ALL, department)
        numbers[total] = sum(numbers[key] for key in keys)
        yield Sum(total, tuple(keys))
    # The same sums hold for all departments together.
    whole: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for (scope, measure, _), keys in parts.items():
        whole[scope, measure] |= {key[2] for key in keys}
    for (scope, measure), labels in whole.items():
        yield Sum((scope, TOTAL_OF[measure], ALL, ALL), tuple((scope, measure, label, ALL) for label in sorted(labels)))


def _over_departments(numbers: dict[Key, int]) -> Iterator[Sum[Key]]:
    """Add each figure's total over departments; yields the sums."""
    parts: defaultdict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key in numbers:
        parts[key[:3]].append(key)
    for begins, keys in parts.items():
        total = (*begins, ALL)
        numbers[total] = sum(numbers[key] for key in keys)
        yield Sum(total, tuple(keys))


def _over_scopes(numbers: dict[Key, int]) -> list[Sum[Key]]:
    """Add what others have, where one's own structure has something; returns the sums."""
    found = []
    for own, number in list(numbers.items()):
        if own[0] == OWN and number:
            whole, others = (EVERYONE, *own[1:]), (OTHERS, *own[1:])
            left = numbers[whole] - number
            if left:
                numbers[others] = left
            found.append(Sum(whole, (own, others) if left else (own,), total_first=True))
    return found
