"""What Telegram's updates are read as."""

from typing import Any

import pytest
from aiogram.types import Update

from connectors.channels.platform import Heard
from connectors.channels.telegram import read_message

PRIVATE = {"id": 7, "type": "private"}


def read(chat: dict[str, Any] | None = None, **written: Any) -> Heard | None:
    update = Update.model_validate(
        {"update_id": 5, "message": {"message_id": 1, "date": 0, "chat": chat or PRIVATE, **written}}
    )
    assert update.message is not None
    return read_message(update.message, "5")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("/start", ""),
        ("/start AB2CD3", "AB2CD3"),
        ("/start@PisteBot AB2CD3", "AB2CD3"),
    ],
)
def test_start_carries_the_code_of_its_link(text: str, start: str) -> None:
    assert read(text=text) == Heard("7", "5", start=start)


@pytest.mark.parametrize("text", ["salut", "/starter", "je veux /start"])
def test_other_words_are_words(text: str) -> None:
    assert read(text=text) == Heard("7", "5", text=text)


def test_a_caption_is_read_and_its_photo_is_not() -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    assert read(photo=photo) == Heard("7", "5", unread="image")
    assert read(photo=photo, caption="c'est quoi ?") == Heard("7", "5", text="c'est quoi ?")


def test_what_is_no_text_is_unread() -> None:
    file = {"file_id": "a", "file_unique_id": "b"}
    assert read(voice=file | {"duration": 3}) == Heard("7", "5", unread="voice")
    assert read(location={"latitude": 47.2, "longitude": 6.0}) == Heard("7", "5", unread="location")
    assert read(contact={"phone_number": "1", "first_name": "A"}) == Heard("7", "5", unread="contact")


def test_groups_and_service_messages_are_not_heard() -> None:
    assert read({"id": -7, "type": "group", "title": "G"}, text="salut") is None
    assert read(message_auto_delete_timer_changed={"message_auto_delete_time": 60}) is None
