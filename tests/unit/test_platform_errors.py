"""What each platform's refusals mean: again later, never this part, never this person. Over real HTTP."""

import logging
from collections.abc import Iterator

import pytest

from connectors.channels.meta import Graph
from connectors.channels.platform import Refused, Undeliverable, Unreachable
from connectors.channels.twilio_sms import Twilio
from tests.platforms import Refusal, StandIn

NUMBER = "+33600000000"


@pytest.fixture
def api() -> Iterator[StandIn]:
    stand_in = StandIn()
    yield stand_in
    stand_in.close()


def meta(status: int, code: int, subcode: int | None = None, wait: str | None = None) -> Refusal:
    error = {"message": f"(#{code}) about {NUMBER}", "code": code, "error_subcode": subcode}
    return Refusal(status, {"error": error}, {"Retry-After": wait} if wait else {})


async def ask_meta(api: StandIn, refusal: Refusal) -> None:
    graph = Graph(f"{api.url}/v26.0", "token")
    api.refuse(refusal)
    try:
        await graph.post("/me/messages", {"text": "mots"})
    finally:
        await graph.close()


@pytest.mark.parametrize(
    ("refusal", "wait"),
    [
        (meta(400, 130429), None),
        (meta(400, 131056), None),
        (meta(400, 80007), None),
        (meta(400, 613, wait="9"), 9.0),
        (meta(429, 0, wait="²"), None),
        (Refusal(503, "gone"), None),
        (Refusal(500, {"error": "odd"}), None),
        (meta(400, 1200), None),
    ],
)
async def test_meta_is_asked_again_later(api: StandIn, refusal: Refusal, wait: float | None) -> None:
    with pytest.raises(Undeliverable) as raised:
        await ask_meta(api, refusal)
    assert raised.value.retry_after == wait
    assert NUMBER not in str(raised.value)


@pytest.mark.parametrize("refusal", [meta(401, 190), meta(403, 10), meta(400, 200, 2018028), meta(400, 131042)])
async def test_nothing_is_lost_while_somebody_must_put_the_account_right(api: StandIn, refusal: Refusal) -> None:
    with pytest.raises(Undeliverable, match="Remedy: ") as raised:
        await ask_meta(api, refusal)
    assert raised.value.retry_after == 60
    assert NUMBER not in str(raised.value)


@pytest.mark.parametrize(
    "refusal", [meta(400, 131026), meta(400, 551), meta(400, 100, 2018001), meta(400, 200, 1545041)]
)
async def test_who_is_gone_from_meta_is_written_to_no_more(api: StandIn, refusal: Refusal) -> None:
    with pytest.raises(Unreachable):
        await ask_meta(api, refusal)


@pytest.mark.parametrize(
    "refusal", [meta(400, 100), meta(400, 131047), meta(400, 10, 2018278), meta(403, 10, 2534022), meta(404, 132001)]
)
async def test_what_meta_will_never_take_is_left_out(api: StandIn, refusal: Refusal) -> None:
    with pytest.raises(Refused) as raised:
        await ask_meta(api, refusal)
    assert NUMBER not in str(raised.value)


async def ask_twilio(api: StandIn, refusal: Refusal) -> None:
    provider = Twilio(account="AC1", token="t", sender="MG1", public_url="https://piste.example", api=api.url)
    api.refuse(refusal)
    try:
        await provider.send(NUMBER, "mots")
    finally:
        await provider.close()
    assert api.taken()[-1].form == {"MessagingServiceSid": "MG1", "To": NUMBER, "Body": "mots"}


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (429, 20429, Undeliverable),
        (503, None, Undeliverable),
        (401, 20003, Undeliverable),
        (400, 21408, Undeliverable),
        (400, 21660, Undeliverable),
        (400, 21610, Unreachable),
        (400, 21614, Unreachable),
        (400, 21617, Refused),
    ],
)
async def test_what_twilio_means(api: StandIn, status: int, code: int | None, kind: type[Exception]) -> None:
    with pytest.raises(kind) as raised:
        await ask_twilio(api, Refusal(status, {"code": code, "message": f"about {NUMBER}"}))
    assert NUMBER not in str(raised.value)


async def test_no_level_of_log_holds_a_number_or_words(api: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        with pytest.raises(Undeliverable):
            await ask_meta(api, meta(500, 1))
        with pytest.raises(Undeliverable):
            await ask_twilio(api, Refusal(500, {}))
    assert caplog.records
    assert NUMBER not in caplog.text
    assert "mots" not in caplog.text


async def test_a_platform_that_is_away_is_asked_again(api: StandIn) -> None:
    api.go_away()
    with pytest.raises(Undeliverable, match="ConnectError"):
        await ask_meta(api, Refusal(500))
    with pytest.raises(Undeliverable, match="ConnectError"):
        await ask_twilio(api, Refusal(500))
    api.come_back()
