"""Which families are served for a wish, once they are scored."""

from collections.abc import Sequence

import numpy as np

from knowledge_base.families import KEPT_WITHIN, KEPT_WITHIN_NEXT, Ranking

CODES = ["A1101", "A1201", "A1301", "A1401", "A1501"]


def ranking(*rows: Sequence[float], refused: tuple[str, ...] = ()) -> Ranking:
    return Ranking(CODES, np.array(rows), np.array([code in refused for code in CODES]))


def codes(served: list[tuple[str, float]]) -> list[str]:
    return [code for code, _ in served]


def test_what_is_far_below_the_best_is_not_served() -> None:
    far = 30 - KEPT_WITHIN - 1
    assert codes(ranking([30, 25, far, far, far]).served(3)) == ["A1101", "A1201"]


def test_who_asks_for_more_is_served_from_further_down() -> None:
    next_best, too_far = 30 - KEPT_WITHIN - 1, 30 - KEPT_WITHIN_NEXT - 1
    one = ranking([30, 25, next_best, too_far, too_far])
    assert codes(one.served(3, left_out={"A1101", "A1201"})) == ["A1301"]


def test_each_like_is_served_in_turn() -> None:
    whole, cooking, horses = [20, 19, 0, 0, 0], [30, 20, 0, 0, 0], [0, 0, 0, 30, 0]
    assert codes(ranking(whole, cooking, horses).served(3)) == ["A1101", "A1401", "A1201"]


def test_what_is_refused_is_never_served() -> None:
    assert codes(ranking([30, 29, 28, 0, 0], refused=("A1101",)).served(3)) == ["A1201", "A1301"]
