"""What the environment says of feeds; read where a process begins."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Whether servers of one's own network may be asked, and whether addresses of items are tried."""

    allow_private: bool = False
    check_links: bool = True


def read_settings() -> Settings:
    """Read FEEDS_ALLOW_PRIVATE and CHECK_LINKS; anything but 1 is no."""
    return Settings(
        allow_private=os.environ.get("FEEDS_ALLOW_PRIVATE") == "1",
        check_links=(os.environ.get("CHECK_LINKS") or "1") == "1",
    )
