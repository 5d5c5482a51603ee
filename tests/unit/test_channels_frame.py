"""What messaging channels stand on: the secret at work, which platforms are on, one job a conversation."""

import asyncio
import logging
from uuid import UUID, uuid4

import pytest
from cryptography.fernet import InvalidToken

from connectors.channels.registry import NoSecret, platforms_of
from connectors.one_each import OneEach
from connectors.seal import Seal
from connectors.settings import Settings

TOKEN = "123456:abcdefghijklmnopqrstuvwxyz"


def test_an_address_is_found_by_a_hash_that_the_secret_makes() -> None:
    here, elsewhere = Seal("a"), Seal("b")
    assert here.hash("telegram", "7") == Seal("a").hash("telegram", "7")
    assert len({here.hash("telegram", "7"), here.hash("sms", "7"), elsewhere.hash("telegram", "7")}) == 3


def test_an_address_is_read_again_with_its_secret_alone() -> None:
    sealed = Seal("a").close("+33600000000")
    assert b"336" not in sealed
    assert Seal("a").open(sealed) == "+33600000000"
    with pytest.raises(InvalidToken):
        Seal("b").open(sealed)


def settings(**given: str) -> Settings:
    return Settings.model_validate({"channels_secret": "x", **given})


async def test_a_platform_is_on_when_its_settings_are_given() -> None:
    assert platforms_of(settings()) == {}
    found = platforms_of(settings(telegram_token=TOKEN, telegram_secret="s"))
    assert list(found) == ["telegram"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"telegram_token": TOKEN}, "set TELEGRAM_SECRET"),
        ({"telegram_token": "no token", "telegram_secret": "s"}, "check TELEGRAM_TOKEN"),
    ],
)
async def test_a_platform_that_is_half_configured_stays_off_and_says_what_lacks(
    given: dict[str, str], told: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert platforms_of(settings(**given)) == {}
    assert told in caplog.text
    assert given["telegram_token"] not in caplog.text


async def test_no_platform_without_the_secret() -> None:
    with pytest.raises(NoSecret, match="CHANNELS_SECRET"):
        platforms_of(settings(channels_secret="", telegram_token=TOKEN, telegram_secret="s"))


async def test_a_job_asked_for_meanwhile_runs_once_more_and_never_twice_at_once() -> None:
    going, most, times = 0, 0, 0

    async def job(_: UUID) -> None:
        nonlocal going, most, times
        going, times = going + 1, times + 1
        most = max(most, going)
        await asyncio.sleep(0.01)
        going -= 1

    each, one = OneEach(job), uuid4()
    for _ in range(5):
        each.kick(one)
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.1)
    assert (most, times) == (1, 2)


async def test_as_many_jobs_run_at_once_as_there_are_places() -> None:
    going, most = 0, 0

    async def job(_: UUID) -> None:
        nonlocal going, most
        going += 1
        most = max(most, going)
        await asyncio.sleep(0.01)
        going -= 1

    each = OneEach(job, at_once=3)
    await asyncio.gather(*[each.kick(uuid4()) for _ in range(10)])
    assert most == 3
