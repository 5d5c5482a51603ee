"""How long each stage of a turn takes, and how many requests get which status."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import Counter, Histogram

BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0, 2.0, 5.0, 15.0)

# Stages: accept (message stored), bot (everything behind the gateway), nlu, actions (the action server seen from
# Rasa), action, wishes, places, knowledge, encoder (within actions), save (tracker), store_answer, whole (as seen by
# who waits for the answer).
STAGES = Histogram("piste_stage_seconds", "Time spent in each stage of a turn", ["stage"], buckets=BUCKETS)
REQUESTS = Counter("piste_requests_total", "Requests by route and status", ["route", "status"])


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Measure a block."""
    started = time.perf_counter()
    try:
        yield
    finally:
        STAGES.labels(name).observe(time.perf_counter() - started)


def observe(milliseconds: Mapping[str, float]) -> None:
    """Record stages measured by other parts."""
    for name, spent in milliseconds.items():
        STAGES.labels(name).observe(spent / 1000)
