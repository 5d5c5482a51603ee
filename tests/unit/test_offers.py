"""A button typed is a button pressed."""

import pytest

from connectors.offers import named

BUTTONS = [("Autre chose", "/ask_more"), ("Été : l'informatique", "/inform"), ("Oui, on efface", "/start_over")]


@pytest.mark.parametrize(
    ("said", "payload"),
    [
        ("autre chose", "/ask_more"), (" AUTRE CHOSE !", "/ask_more"), ("ete l'informatique", "/inform"),
        ("1", "/ask_more"), ("3.", "/start_over"), ("4", None), ("0", None), ("12", None),
        ("autre", None), ("autre chose stp", None), ("?", None), ("", None),
    ],
)  # fmt: skip
def test_a_title_or_a_number_names_a_button(said: str, payload: str | None) -> None:
    assert named(said, BUTTONS, numbered=True) == payload


def test_a_number_names_no_button_beside_cards() -> None:
    assert named("1", BUTTONS, numbered=False) is None
    assert named("autre chose", BUTTONS, numbered=False) == "/ask_more"


def test_nothing_is_named_where_nothing_is_offered() -> None:
    assert named("1", [], numbered=True) is None
