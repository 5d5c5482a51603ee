"""What actions ask of the gateway, read with mistrust."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from actions import cards
from actions.known import profile_directive
from connectors.directives import Cards, ProfileCopy, parse
from knowledge_base import Suggestion
from tests.unit.fake_knowledge import COOK

GOOD = cards.directive([Suggestion(COOK, 0.9, ())], datetime.now(UTC))


def test_the_directives_that_actions_write_are_read() -> None:
    shown, copy = parse([GOOD, profile_directive({"likes": ["cuisiner"], "place": {"label": "Besançon"}})])
    assert isinstance(shown, Cards)
    assert [card.id for card in shown.cards] == [COOK.id]
    assert isinstance(copy, ProfileCopy)
    assert copy.facts["likes"] == ["cuisiner"]
    assert copy.facts["place"] == "Besançon"


def test_nothing_asked_is_nothing_done() -> None:
    assert parse([]) == []


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"type": "launch"},
        {"type": "cards"},
        {"type": "cards", "cards": [{"title": "mon secret"}]},
        {"type": "profile", "facts": "mon secret"},
    ],
)
def test_a_malformed_one_is_left_out_alone_and_logged_without_its_words(
    bad: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        (kept,) = parse([bad, GOOD])
    assert kept.type == "cards"
    assert len(caplog.messages) == 1
    assert f"directive {bad.get('type')} refused" in caplog.messages[0]
    assert "secret" not in caplog.text
