"""Milliseconds spent by stage in one action, carried through threads, read by the server at the end."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from knowledge_base.encoder import Encoder, Side, Vectors

_spent: ContextVar[dict[str, float]] = ContextVar("spent")


def start() -> dict[str, float]:
    """Begin counting for this call; the dictionary returned fills as stages end."""
    spent: dict[str, float] = {}
    _spent.set(spent)
    return spent


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Add the time of a block to a stage."""
    started = time.perf_counter()
    try:
        yield
    finally:
        spent = _spent.get({})
        spent[name] = round(spent.get(name, 0.0) + (time.perf_counter() - started) * 1000, 2)


class TimedEncoder:
    """An encoder whose time is counted apart from the search it serves."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.identity = encoder.identity
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        """Encode, counting."""
        with stage("encoder"):
            return self._encoder.encode(texts, side)
