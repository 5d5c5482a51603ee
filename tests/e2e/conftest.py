"""A Piste whose messaging platforms are stand-ins, started once."""

from collections.abc import Iterator

import pytest

from tests.e2e import telegram as stand_in
from tests.platforms import StandIn
from tests.stack import running


@pytest.fixture(scope="session")
def telegram() -> Iterator[stand_in.World]:
    """Telegram on, in front of a Piste of its own."""
    api = StandIn(stand_in.accepted)
    given = {"TELEGRAM_TOKEN": stand_in.TOKEN, "TELEGRAM_SECRET": stand_in.SECRET, "TELEGRAM_API": api.url}
    with running("telegram", PUBLIC_URL=stand_in.PUBLIC_URL, **given) as stack:
        yield stand_in.World(stack, api)
    api.close()
