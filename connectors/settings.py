"""Settings of the gateway, from the environment."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings

from connectors.agenda.addresses import site_address, tiles_address


class Settings(BaseSettings):
    """`.env.example` says what each is for; the launcher gives the addresses and secrets of the other parts."""

    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = ""
    bot_url: str = ""
    bot_secret: str = ""
    actions_url: str = ""
    actions_secret: str = ""
    metrics_token: str = ""
    log_level: str = "WARNING"
    # Who runs this Piste, as its pages name them.
    operator_name: str = ""
    operator_contact: str = ""
    wait_seconds: float = Field(default=14.0, gt=0, lt=15)
    retention_days: int = Field(default=90, ge=1)
    # Where people reach this installation.
    public_url: Annotated[str, AfterValidator(site_address)] = ""
    # Messaging channels (docs/channels.md): a platform is on when its settings are given.
    channels_secret: str = ""
    telegram_token: str = ""
    telegram_secret: str = ""
    telegram_api: str = ""
    meta_app_secret: str = ""
    meta_verify_token: str = ""
    meta_api: str = "https://graph.facebook.com/v26.0"
    whatsapp_number_id: str = ""
    whatsapp_token: str = ""
    whatsapp_template: str = ""
    messenger_token: str = ""
    instagram_token: str = ""
    twilio_account: str = ""
    twilio_token: str = ""
    twilio_sender: str = ""
    twilio_api: str = "https://api.twilio.com"
    # Well above what a person does; a script that floods meets them.
    messages_burst: int = 300
    messages_per_second: float = 5.0
    conversations_burst: int = 600
    conversations_per_second: float = 10.0
    # Whose tiles the agenda's map shows: nobody's when empty.
    map_tiles: Annotated[str, AfterValidator(tiles_address)] = ""
    map_attribution: str = ""
