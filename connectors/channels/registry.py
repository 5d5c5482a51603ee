"""The messaging platforms of this installation: those whose settings are given."""

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from connectors.channels.messenger import Messenger
from connectors.channels.platform import Platform
from connectors.channels.sms import Sms
from connectors.channels.telegram import Telegram
from connectors.channels.twilio_sms import Twilio
from connectors.channels.whatsapp import WhatsApp
from connectors.settings import Settings

logger = logging.getLogger(__name__)


class NoSecret(Exception):
    """A platform is configured without the secret that its people's addresses are encrypted with."""


def platforms_of(settings: Settings) -> dict[str, Platform]:
    """Build the configured platforms, by name."""
    possible = [telegram(settings), whatsapp(settings), messenger(settings), instagram(settings), sms(settings)]
    if any(possible) and not settings.channels_secret:
        raise NoSecret("CHANNELS_SECRET is empty: people's addresses cannot be kept. Remedy: set it, or `make run`")
    return {one.name: one for one in possible if one is not None}


def telegram(one: Settings) -> Platform | None:
    """Telegram."""
    return made(
        "telegram",
        lambda: Telegram(one.telegram_token, one.telegram_secret, one.telegram_api),
        TELEGRAM_TOKEN=one.telegram_token,
        TELEGRAM_SECRET=one.telegram_secret,
    )


def whatsapp(one: Settings) -> Platform | None:
    """WhatsApp Cloud API."""
    return made(
        "whatsapp",
        lambda: WhatsApp(
            number_id=one.whatsapp_number_id,
            token=one.whatsapp_token,
            app_secret=one.meta_app_secret,
            verify_token=one.meta_verify_token,
            template=one.whatsapp_template,
            api=one.meta_api,
        ),
        shared={"META_APP_SECRET": one.meta_app_secret, "META_VERIFY_TOKEN": one.meta_verify_token},
        WHATSAPP_NUMBER_ID=one.whatsapp_number_id,
        WHATSAPP_TOKEN=one.whatsapp_token,
    )


def messenger(one: Settings) -> Platform | None:
    """Messenger."""
    return _of_a_page(one, "messenger", MESSENGER_TOKEN=one.messenger_token)


def instagram(one: Settings) -> Platform | None:
    """Instagram."""
    return _of_a_page(one, "instagram", INSTAGRAM_TOKEN=one.instagram_token)


def _of_a_page(one: Settings, name: str, **token: str) -> Platform | None:
    (value,) = token.values()
    return made(
        name,
        lambda: Messenger(
            name, token=value, app_secret=one.meta_app_secret, verify_token=one.meta_verify_token, api=one.meta_api
        ),
        shared={"META_APP_SECRET": one.meta_app_secret, "META_VERIFY_TOKEN": one.meta_verify_token},
        **token,
    )


def sms(one: Settings) -> Platform | None:
    """SMS, by Twilio."""
    return made(
        "sms",
        lambda: Sms(
            Twilio(
                account=one.twilio_account,
                token=one.twilio_token,
                sender=one.twilio_sender,
                public_url=one.public_url,
                api=one.twilio_api,
            )
        ),
        shared={"PUBLIC_URL": one.public_url},
        TWILIO_ACCOUNT=one.twilio_account,
        TWILIO_TOKEN=one.twilio_token,
        TWILIO_SENDER=one.twilio_sender,
    )


def made(
    name: str, make: Callable[[], Platform], shared: Mapping[str, str] = MappingProxyType({}), **own: str
) -> Platform | None:
    """Make a platform when all that it needs is given; one that is half configured stays off, and the rest runs.

    `shared` are settings that other parts use too: given without any of its `own`, the platform is not wanted.
    """
    if not any(own.values()):
        return None
    needed = {**own, **shared}
    missing = [setting for setting, value in needed.items() if not value]
    if missing:
        logger.error("%s stays off. Remedy: set %s (docs/channels.md)", name, ", ".join(missing))
        return None
    try:
        return make()
    except Exception as error:
        logger.error("%s stays off: %s. Remedy: check %s", name, type(error).__name__, ", ".join(needed))
        return None
