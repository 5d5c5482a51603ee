"""Small counts stay hidden, whatever can be added up and taken away beside them."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.console.dashboard.small_counts import SHOWN_FROM, Sum, Veil, protect

TOTAL = "total"
ROWS = st.lists(st.integers(0, 30), min_size=1, max_size=6)
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=1, max_size=4)
)


def row(*parts: int) -> tuple[dict[object, int], Sum[object]]:
    keys = tuple(range(len(parts)))
    return {**dict(zip(keys, parts, strict=True)), TOTAL: sum(parts)}, Sum(TOTAL, keys)


def hidden(*parts: int) -> dict[object, Veil]:
    numbers, of = row(*parts)
    return protect(numbers, [of])


def test_a_small_count_is_hidden_with_the_next_smallest() -> None:
    assert hidden(30, 12, 3) == {2: Veil.FEW, 1: Veil.COVER}


def test_zero_hides_nobody() -> None:
    assert hidden(30, 0, 12) == {}


def test_two_small_counts_cover_each_other_where_their_sum_leaves_a_doubt() -> None:
    assert hidden(30, 3, 2) == {1: Veil.FEW, 2: Veil.FEW}


def test_two_small_counts_whose_sum_says_all_need_a_cover() -> None:
    assert hidden(30, 4, 4) == {1: Veil.FEW, 2: Veil.FEW, 0: Veil.COVER}
    assert hidden(30, 1, 1)[0] is Veil.COVER


def test_a_cover_that_leaves_no_doubt_is_not_enough() -> None:
    assert hidden(40, 20, 5, 1) == {3: Veil.FEW, 2: Veil.COVER, 1: Veil.COVER}


def test_where_nothing_else_is_left_a_zero_covers_then_the_total() -> None:
    assert hidden(4, 4, 0) == {0: Veil.FEW, 1: Veil.FEW, 2: Veil.COVER}
    assert hidden(4, 4)[TOTAL] is Veil.COVER


def test_what_is_settled_stays_shown() -> None:
    numbers, of = row(4, 4)
    settled: dict[object, Veil | None] = {TOTAL: None}
    assert protect(numbers, [of], settled=settled) == {0: Veil.FEW, 1: Veil.FEW}


def test_a_total_below_five_is_hidden_as_its_parts() -> None:
    assert hidden(2, 1, 0) == {0: Veil.FEW, 1: Veil.FEW, TOTAL: Veil.FEW}


def test_a_total_less_ones_own_does_not_tell_what_others_had() -> None:
    numbers = {"all": 23, "own": 20, "others": 3}
    veils = protect(numbers, [Sum("all", ("own", "others"), total_first=True)], {"others"})
    assert veils == {"all": Veil.COVER}


def test_a_total_far_above_ones_own_is_shown() -> None:
    numbers = {"all": 230, "own": 3, "others": 227}
    veils = protect(numbers, [Sum("all", ("own", "others"), total_first=True)], {"others"})
    assert veils == {"own": Veil.FEW}


@given(ROWS)
def test_nothing_below_five_is_ever_shown(parts: list[int]) -> None:
    numbers, of = row(*parts)
    veils = protect(numbers, [of])
    assert all(key in veils for key, number in numbers.items() if 0 < number < SHOWN_FROM)
    assert not any(0 < numbers[key] < SHOWN_FROM for key, veil in veils.items() if veil is Veil.COVER)


@given(ROWS)
def test_a_total_and_the_other_parts_never_tell_a_hidden_count(parts: list[int]) -> None:
    numbers, of = row(*parts)
    veils = protect(numbers, [of])
    for key in veils:
        if veils[key] is Veil.FEW:
            assert len(possible(numbers, [of], veils, key)) > 1


@settings(max_examples=60, deadline=None)
@given(GRIDS)
def test_lines_and_columns_together_never_tell_a_hidden_count(grid: list[list[int]]) -> None:
    numbers, sums = crossed(grid)
    veils = protect(numbers, sums)
    for key in veils:
        for of in sums:
            if veils[key] is Veil.FEW and key in (of.total, *of.parts):
                assert len(possible(numbers, [of], veils, key)) > 1


def crossed(grid: list[list[int]]) -> tuple[dict[object, int], list[Sum[object]]]:
    """Return a table with the totals of its lines, of its columns, and of all."""
    lines, columns = range(len(grid)), range(len(grid[0]))
    numbers: dict[object, int] = {(i, j): grid[i][j] for i in lines for j in columns}
    numbers |= {(i, TOTAL): sum(grid[i]) for i in lines}
    numbers |= {(TOTAL, j): sum(line[j] for line in grid) for j in columns}
    numbers[TOTAL, TOTAL] = sum(map(sum, grid))
    sums: list[Sum[object]] = [Sum((i, TOTAL), tuple((i, j) for j in columns)) for i in (*lines, TOTAL)]
    sums += [Sum((TOTAL, j), tuple((i, j) for i in lines)) for j in (*columns, TOTAL)]
    return numbers, sums


def possible(
    numbers: dict[object, int], sums: list[Sum[object]], veils: dict[object, Veil], sought: object
) -> set[int]:
    """Return every value that a hidden count may have, tried one by one by somebody who knows how hiding is done."""
    (of,) = sums
    keys = [key for key in (of.total, *of.parts) if key in veils]
    most = numbers[of.total] + 12
    covers = [key for key in keys if veils[key] is Veil.COVER]
    few = [key for key in keys if veils[key] is Veil.FEW]
    found = set()
    # All covers but one are tried within a few steps of what they are; the last is what remains.
    for tried in itertools.product(*[range(1, SHOWN_FROM) for _ in few]):
        known = {
            **{k: numbers[k] for k in (of.total, *of.parts) if k not in veils},
            **dict(zip(few, tried, strict=True)),
        }
        if not covers:
            if known[of.total] == sum(known[key] for key in of.parts):
                found.add(known[sought])
            continue
        remains = known.get(of.total)
        parts = sum(known[key] for key in of.parts if key in known)
        least = SHOWN_FROM * sum(key in of.parts and numbers[key] > 0 for key in covers)
        if remains is None:
            fits = least > 0 or SHOWN_FROM <= parts <= most
        else:
            left = remains - parts
            fits = left >= least if any(key in of.parts for key in covers) else left == 0
        if fits:
            found.add(known[sought])
    return found
