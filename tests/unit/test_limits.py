"""How often one person may call."""

from http import HTTPStatus

import pytest

from connectors import limits, texts
from connectors.limits import Limiter
from connectors.problems import Problem


class FakeTime:
    """A clock that moves when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeTime:
    fake = FakeTime()
    monkeypatch.setattr(limits, "time", fake)
    return fake


def calls(limiter: Limiter, key: str, most: int = 100) -> int:
    """Count the calls that pass before one is refused."""
    for number in range(most):
        try:
            limiter.check(key)
        except Problem:
            return number
    return most


def test_a_burst_passes_then_a_call_is_refused_with_the_time_to_wait(clock: FakeTime) -> None:
    limiter = Limiter(burst=3, per_second=0.1)
    assert calls(limiter, "a") == 3
    with pytest.raises(Problem, match="Too Many Requests") as caught:
        limiter.check("a")
    assert (caught.value.status, caught.value.detail) == (HTTPStatus.TOO_MANY_REQUESTS, texts.TOO_MANY)
    assert caught.value.headers == {"Retry-After": "10"}
    clock.seconds += 10
    assert calls(limiter, "a") == 1


def test_the_wait_is_never_said_to_be_nothing(clock: FakeTime) -> None:
    limiter = Limiter(burst=1, per_second=50)
    limiter.check("a")
    with pytest.raises(Problem, match="Too Many Requests") as caught:
        limiter.check("a")
    assert caught.value.headers == {"Retry-After": "1"}


def test_waiting_long_gives_no_more_than_a_burst(clock: FakeTime) -> None:
    limiter = Limiter(burst=3, per_second=1)
    assert calls(limiter, "a") == 3
    clock.seconds += 3600
    assert calls(limiter, "a") == 3


def test_a_refused_call_costs_nothing(clock: FakeTime) -> None:
    limiter = Limiter(burst=1, per_second=1)
    limiter.check("a")
    for _ in range(10):
        clock.seconds += 0.09
        assert calls(limiter, "a") == 0
    clock.seconds += 0.2
    assert calls(limiter, "a") == 1


def test_one_person_does_not_use_up_another_s_calls(clock: FakeTime) -> None:
    limiter = Limiter(burst=2, per_second=1)
    assert calls(limiter, "a") == 2
    assert calls(limiter, "b") == 2


def test_those_who_left_are_forgotten_and_those_who_flood_are_not(
    clock: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_BUCKETS", 3)
    limiter = Limiter(burst=10, per_second=1)
    for gone in ("a", "b"):
        limiter.check(gone)
    clock.seconds += 60
    assert calls(limiter, "flood") == 10
    limiter.check("new")
    assert set(limiter._buckets) == {"flood", "new"}
    assert calls(limiter, "flood") == 0
