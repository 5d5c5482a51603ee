"""Cards as plain text, long texts in pieces, codes as people type them."""

from datetime import UTC, datetime

import pytest

from connectors import continuations
from connectors.channels.links import is_web, seen_from_outside
from connectors.channels.platform import reference_of
from connectors.channels.telegram import Telegram, keyboard, units
from connectors.channels.wording import card_text, pieces
from connectors.schemas import Button, Card, Image, Message

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CARD = Card.model_validate(
    {
        "kind": "event",
        "id": "e1",
        "title": "Forum des métiers",
        "why": "Tu aimes la cuisine : un stand y est consacré.",
        "facts": [{"label": "Entrée", "value": "libre"}],
        "source": "la ville",
        "verified_at": NOW,
        "actions": [
            {"title": "Mettre à l'agenda", "url": "/api/v1/events/e1.ics"},
            {"title": "Appeler", "url": "tel:0381000000"},
            {"title": "Me le rappeler", "payload": '/remind_me{"item": "' + "e" * 90 + '"}'},
            {"title": "S'inscrire", "url": "https://exemple.fr/forum"},
        ],
    }
)


def message(text: str = "Voilà", **more: object) -> Message:
    return Message.model_validate(
        {"id": "0" * 32, "seq": 1, "author": "bot", "author_name": "Piste", "text": text, "created_at": NOW, **more}
    )


@pytest.mark.parametrize("limit", [10, 17, 64])
def test_pieces_fit_and_lose_no_word(limit: int) -> None:
    text = "\n".join(["un deux trois", "", "quatre " * 9 + "cinq", "anticonstitutionnellement " * 2, "🙂" * 30])
    cut = list(pieces(text, limit, units))
    assert all(0 < units(piece) <= limit for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def test_a_short_text_is_one_piece_and_an_empty_one_none() -> None:
    assert list(pieces("un\n\ndeux", 4096)) == ["un\n\ndeux"]
    assert list(pieces("", 4096)) == []


def test_lines_are_kept_whole_where_they_fit() -> None:
    assert list(pieces("aaaa\nbbbb\ncccc", 9)) == ["aaaa\nbbbb", "cccc"]


def test_a_card_says_why_what_is_known_and_the_number_to_call() -> None:
    assert card_text(CARD).split("\n") == [
        "Rendez-vous",
        "Forum des métiers",
        "Tu aimes la cuisine : un stand y est consacré.",
        "Entrée : libre",
        "Mettre à l'agenda : /api/v1/events/e1.ics",
        "Appeler : 0381000000",
        "Source : la ville, vérifié le 24/11/2026",
    ]
    assert card_text(CARD.model_copy(update={"demo": True})).startswith("Rendez-vous · exemple\n")


def test_our_own_links_are_whole_from_outside_or_absent() -> None:
    [seen] = seen_from_outside(message(cards=[CARD]), "https://orientation.exemple.fr/").cards
    assert seen.actions[0].url == "https://orientation.exemple.fr/api/v1/events/e1.ics"
    [hidden] = seen_from_outside(message(cards=[CARD]), "").cards
    assert [action.title for action in hidden.actions] == ["Appeler", "Me le rappeler", "S'inscrire"]


def test_a_picture_becomes_what_it_shows() -> None:
    pictured = message("Tes réponses", image=Image(url="/pictures/x.svg", alt="Faire : 80 sur 100"))
    assert seen_from_outside(pictured, "https://exemple.fr").text == "Tes réponses\nFaire : 80 sur 100"


@pytest.mark.parametrize(
    ("url", "web"),
    [
        ("https://exemple.fr/a?b#c", True),
        ("http://exemple.fr", True),
        ("tel:0381", False),
        ("https://localhost/", False),
        ("https://exemple.fr/a b", False),
        ("javascript:alert(1)", False),
    ],
)
def test_buttons_lead_to_web_pages_alone(url: str, web: bool) -> None:
    assert is_web(url) is web


def test_telegram_s_buttons_carry_at_most_64_bytes() -> None:
    rows = keyboard(CARD.actions)
    assert [row[0]["text"] for row in rows] == ["Me le rappeler", "S'inscrire"]
    assert rows[0][0]["callback_data"] == reference_of(str(CARD.actions[2].payload))
    assert len(rows[0][0]["callback_data"].encode()) <= 64


async def test_telegram_puts_buttons_under_the_last_part() -> None:
    telegram = Telegram("1:a", "secret", "http://127.0.0.1:1")
    written = message("mot " * 1200, cards=[CARD], buttons=[Button(title="Autre chose", payload="/ask_more")])
    first, second, card = telegram.parts(written, in_window=True)
    assert 4000 < units(first["text"]) <= 4096
    assert "keyboard" not in second
    assert [row[0]["text"] for row in card["keyboard"]] == ["Me le rappeler", "S'inscrire", "Autre chose"]


def test_a_code_is_read_as_people_type_it() -> None:
    code = continuations.draw()
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert continuations.read(typed) == code


@pytest.mark.parametrize(
    "text", ["serveuse", "danseuse", "vendeurs", "23456789", "ABCD-234", "ABCD-1234", "mon code ABCD-2345", ""]
)
def test_a_word_or_a_number_is_no_code(text: str) -> None:
    assert continuations.read(text) is None
