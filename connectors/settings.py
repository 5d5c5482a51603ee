"""Settings of the gateway, from the environment."""

from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """`.env.example` says what each is for; the launcher gives the addresses and secrets of the other parts."""

    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = ""
    bot_url: str = ""
    bot_secret: str = ""
    actions_url: str = ""
    metrics_token: str = ""
    log_level: str = "WARNING"
    wait_seconds: float = Field(default=14.0, gt=0, lt=15)
    retention_days: int = Field(default=90, ge=1)
    # Well above what a person does; a script that floods meets them.
    messages_burst: int = 300
    messages_per_second: float = 5.0
    conversations_burst: int = 600
    conversations_per_second: float = 10.0
