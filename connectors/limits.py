"""How often one person or one address may call: a token bucket each, forgotten when full again."""

import math
import time
from http import HTTPStatus

from connectors import texts
from connectors.problems import Problem

MOST_BUCKETS = 50_000


class Limiter:
    """Allows `burst` calls at once, then `per_second`."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: dict[str, tuple[float, float]] = {}

    def check(self, key: str) -> None:
        """Count one call, or raise 429 with the time to wait."""
        now = time.monotonic()
        left, since = self._buckets.get(key, (float(self._burst), now))
        left = min(self._burst, left + (now - since) * self._per_second)
        if left < 1:
            wait = math.ceil((1 - left) / self._per_second)
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, texts.TOO_MANY, {"Retry-After": str(max(1, wait))})
        if len(self._buckets) >= MOST_BUCKETS:
            self._forget_full(now)
        self._buckets[key] = (left - 1, now)

    def _forget_full(self, now: float) -> None:
        full = [
            k for k, (left, since) in self._buckets.items() if left + (now - since) * self._per_second >= self._burst
        ]
        for key in full:
            del self._buckets[key]
