"""The worker without a database."""

import logging
import time
from datetime import UTC, datetime
from typing import cast

import pytest
from psycopg import OperationalError

from knowledge_base import KnowledgeBase
from knowledge_base.database import Pool
from knowledge_base.feeds.settings import Settings
from knowledge_base.feeds.worker import LOOKED_EVERY, Worker


class Away:
    """A pool whose database does not answer."""

    def connection(self) -> None:
        raise OperationalError("connection to 10.0.0.1 as piste failed")


def never() -> KnowledgeBase:
    raise AssertionError("nothing is due")


def test_a_worker_waits_for_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise SystemExit

    monkeypatch.setattr(time, "sleep", sleep)
    worker = Worker(cast("Pool", Away()), never, Settings(), lambda: datetime.now(UTC))
    with caplog.at_level(logging.INFO), pytest.raises(SystemExit):
        worker.work_forever()
    assert slept == [LOOKED_EVERY] * 3
    assert caplog.messages == ["the database is not ready: OperationalError"] * 3
