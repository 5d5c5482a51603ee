"""Spellings that are said alike come out alike."""

import pytest

from bot.components.sound import sound


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plonbier", "plombier"),
        ("masson", "maçon"),
        ("polissier", "policier"),
        ("dantiste", "dentiste"),
        ("farmacienne", "pharmacienne"),
        ("oxiliere", "auxiliaire"),
        ("patissié", "pâtissier"),
        ("formassion", "formation"),
        ("kan", "quand"),
        ("ossi", "aussi"),
        ("travayer", "travailler"),
    ],
)
def test_what_is_said_alike_has_one_code(typed: str, meant: str) -> None:
    assert sound(typed) == sound(meant)


@pytest.mark.parametrize(("one", "other"), [("bain", "bon"), ("cour", "jour"), ("pain", "pont"), ("année", "ami")])
def test_what_is_said_otherwise_has_another(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_words_stay_apart() -> None:
    assert len(sound("je cherche un métier").split()) == 4


@pytest.mark.parametrize("text", ["", "😂😂", "??", "1234"])
def test_what_has_no_sound_is_empty(text: str) -> None:
    assert sound(text).strip() == ""
