"""Telegram: a bot of BotFather's. Its updates come by webhook, with a secret that was given when it was set."""

import asyncio
import hmac
import logging
import re
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Update,
)
from aiogram.types import Message as Written
from fastapi import Request, Response
from pydantic import ValidationError

from connectors import texts
from connectors.channels.links import is_web
from connectors.channels.platform import Forged, Heard, Part, Refused, Undeliverable, Unreachable, reference_of
from connectors.channels.wording import card_text, pieces
from connectors.schemas import Button, CardAction, Message

logger = logging.getLogger(__name__)

API = "https://api.telegram.org"
LONGEST_TEXT = 4096  # UTF-16 units: https://core.telegram.org/bots/api#sendmessage
PATIENCE = 15.0  # seconds
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
START = re.compile(r"/start(?:@\w+)?(?:\s+(\S{1,64}))?\s*")
# What a message may be instead of a text.
UNREAD = {
    "voice": "voice",
    "audio": "voice",
    "photo": "image",
    "animation": "image",
    "video": "video",
    "video_note": "video",
    "sticker": "sticker",
    "location": "location",
    "venue": "location",
    "contact": "contact",
    "document": "document",
    "dice": "other",
    "poll": "other",
    "story": "other",
}


class Telegram:
    """Hears and speaks as one bot, in private chats alone."""

    name = "telegram"
    window: timedelta | None = None

    def __init__(self, token: str, secret: str, api: str = "") -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(api or API), timeout=PATIENCE)
        self._bot = Bot(token, session=session)
        self._secret = secret.encode()
        self._beside: set[asyncio.Task[None]] = set()

    async def greet(self, request: Request) -> Response:
        """Telegram checks nothing by GET."""
        return Response(status_code=HTTPStatus.METHOD_NOT_ALLOWED)

    async def hear(self, request: Request) -> Sequence[Heard]:
        """Read one update."""
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._secret):
            raise Forged
        try:
            update = Update.model_validate_json(await request.body())
        except ValidationError as error:
            logger.warning("channel telegram: an update is not read: %d errors", error.error_count())
            return ()
        heard = self._read(update)
        return () if heard is None else (heard,)

    def _read(self, update: Update) -> Heard | None:
        delivery = str(update.update_id)
        if update.message is not None:
            return read_message(update.message, delivery)
        if update.callback_query is not None:
            return self._read_press(update.callback_query, delivery)
        if update.my_chat_member is not None:
            return self._read_membership(update.my_chat_member, delivery)
        return None

    def _read_press(self, pressed: CallbackQuery, delivery: str) -> Heard | None:
        # The button turns until this is answered.
        self._do_beside(self._bot.answer_callback_query(pressed.id))
        if pressed.message is None or pressed.message.chat.type != "private" or not pressed.data:
            return None
        return Heard(str(pressed.message.chat.id), delivery, reference=pressed.data)

    def _read_membership(self, changed: ChatMemberUpdated, delivery: str) -> Heard | None:
        """Blocked by somebody, or put into a group, which is left: what is said to Piste is nobody else's to read."""
        status = changed.new_chat_member.status
        if changed.chat.type == "private":
            return Heard(str(changed.chat.id), delivery, stopped=True) if status == "kicked" else None
        if changed.chat.type in ("group", "supergroup") and status in ("member", "administrator"):
            self._do_beside(self._leave(changed.chat.id))
        return None

    async def _leave(self, chat_id: int) -> None:
        try:
            await self._bot.send_message(chat_id, texts.IN_PRIVATE)
        finally:
            await self._bot.leave_chat(chat_id)

    def parts(self, message: Message, *, in_window: bool) -> Sequence[Part]:
        """One message for the text, one a card; the buttons are under the last."""
        found: list[Part] = [{"text": piece} for piece in pieces(message.text, LONGEST_TEXT, units)]
        for card in message.cards:
            found += [{"text": piece} for piece in pieces(card_text(card), LONGEST_TEXT, units)]
            found[-1]["keyboard"] = keyboard(card.actions)
        if message.buttons and found:
            found[-1]["keyboard"] = [*found[-1].get("keyboard", []), *keyboard(message.buttons)]
        return found

    async def send(self, address: str, part: Part) -> None:
        """Send one message, as plain text."""
        rows = part.get("keyboard")
        markup = InlineKeyboardMarkup.model_validate({"inline_keyboard": rows}) if rows else None
        preview = LinkPreviewOptions(is_disabled=True)
        try:
            await self._bot.send_message(
                int(address), part["text"], reply_markup=markup, link_preview_options=preview, parse_mode=None
            )
        except TelegramRetryAfter as error:
            raise Undeliverable("asks to wait", float(error.retry_after)) from None
        except TelegramForbiddenError:
            raise Unreachable from None
        except TelegramBadRequest as error:
            if "chat not found" in error.message:
                raise Unreachable from None
            raise Refused("answered 400") from None
        except AiogramError as error:
            raise Undeliverable(type(error).__name__) from None

    async def close(self) -> None:
        """Close its connections."""
        for task in self._beside:
            task.cancel()
        await self._bot.session.close()

    def _do_beside(self, call: Awaitable[Any]) -> None:
        """Ask Telegram for something whose outcome changes nothing, without making it wait for our answer."""

        async def done() -> None:
            try:
                await call
            except Exception as error:
                logger.warning("channel telegram: %s", type(error).__name__)

        task = asyncio.create_task(done())
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)


def read_message(message: Written, delivery: str) -> Heard | None:
    """Read what somebody wrote in private; nothing of groups, and of what Telegram itself notes in a chat."""
    if message.chat.type != "private":
        return None
    address, text = str(message.chat.id), message.text or message.caption
    if text is None:
        unread = next((kind for name, kind in UNREAD.items() if getattr(message, name) is not None), None)
        return Heard(address, delivery, unread=unread) if unread else None
    if start := START.fullmatch(text):
        return Heard(address, delivery, start=start[1] or "")
    return Heard(address, delivery, text=text)


def keyboard(choices: Sequence[Button | CardAction]) -> list[list[dict[str, str]]]:
    """Lay out buttons, one a row: titles are sentences, screens are narrow. Links that are no web pages have none."""
    rows = []
    for choice in choices:
        url = choice.url if isinstance(choice, CardAction) else None
        if choice.payload is not None:
            rows.append([{"text": choice.title, "callback_data": reference_of(choice.payload)}])
        elif url is not None and is_web(url):
            rows.append([{"text": choice.title, "url": url}])
    return rows


def units(text: str) -> int:
    """Count as Telegram does."""
    return len(text.encode("utf-16-le")) // 2
