"""What the web API accepts and gives."""

from typing import Any

import pytest
from pydantic import ValidationError

from connectors.schemas import LONGEST_TEXT, Card, CardAction, NewConversation, NewMessage

CARD = {
    "kind": "event",
    "id": "event-1",
    "title": "Forum",
    "why": "Parce que.",
    "source": "Exemple",
    "verified_at": "2026-11-22T00:00:00Z",
}


def message(**body: Any) -> NewMessage:
    return NewMessage.model_validate({"client_id": "1"} | body)


def fault(**body: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        message(**body)
    return caught.value.errors()[0]["type"]


def test_a_text_or_a_payload_is_a_message() -> None:
    assert message(text="j'aime la cuisine").payload is None
    assert message(payload="/ask_more").text is None


@pytest.mark.parametrize("body", [{}, {"text": "salut", "payload": "/ask_more"}, {"text": None, "payload": None}])
def test_both_or_neither_is_refused(body: dict[str, Any]) -> None:
    assert fault(**body) == "both"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200d", "\u00a0", "\u2028", "\x00", "\ud800", "\x07"])
def test_a_text_with_nothing_to_read_is_refused(text: str) -> None:
    assert fault(text=text) == "blank"


@pytest.mark.parametrize("text", [".", "?", "😀", "é", "0", " a "])
def test_the_shortest_text_is_a_message(text: str) -> None:
    assert message(text=text).text == text


def test_a_text_over_the_limit_has_an_error_of_its_own() -> None:
    assert message(text="é" * LONGEST_TEXT).text == "é" * LONGEST_TEXT
    assert fault(text="é" * (LONGEST_TEXT + 1)) == "text_too_long"


def test_what_postgresql_cannot_keep_is_dropped_from_words() -> None:
    assert message(text="a\x00b\ud800c\udfff").text == "abc"
    assert message(payload="/ask\x00_more").payload == "/ask_more"


@pytest.mark.parametrize("client_id", ["", "x" * 65, "a\nb", "a\x00", "\ud800"])
def test_an_identifier_is_short_and_printable(client_id: str) -> None:
    with pytest.raises(ValidationError, match="client_id"):
        NewMessage.model_validate({"client_id": client_id, "text": "salut"})


def test_opening_needs_nothing() -> None:
    assert NewConversation.model_validate({}) == NewConversation(locale=None, origin=None, join_code=None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("origin", "a\x00"),
        ("origin", "a" * 65),
        ("locale", "f" * 36),
        ("join_code", "A" * 65),
        pytest.param("locale", "fr\x00"),
        ("locale", "\ud800"),
    ],
)
def test_an_opening_that_cannot_be_kept_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=name):
        NewConversation.model_validate({name: value})


@pytest.mark.parametrize("given", [{}, {"payload": "/x", "url": "https://x.fr"}, {"payload": None, "url": None}])
def test_an_action_of_a_card_has_exactly_one_of_payload_and_url(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="exactly one of payload and url"):
        CardAction.model_validate({"title": "Voir"} | given)


def test_what_a_card_does_not_know_is_null() -> None:
    card = Card.model_validate(CARD)
    assert (card.url, card.starts_at, card.distance_km, card.facts, card.actions, card.demo) == (
        None,
        None,
        None,
        [],
        [],
        False,
    )


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"why": ""}, "why"),
        ({"source": None}, "source"),
        ({"verified_at": "2026-11-22T00:00:00"}, "verified_at"),
        ({"starts_at": "2026-11-22T00:00:00"}, "starts_at"),
        ({"kind": "job"}, "kind"),
        ({"note": "inconnue"}, "note"),
    ],
)
def test_a_card_without_a_reason_a_source_or_a_time_zone_is_refused(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        Card.model_validate(CARD | changed)
