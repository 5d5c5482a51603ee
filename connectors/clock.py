"""The one clock: what the gateway calls now goes with every turn, so that tests move time in one place."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The system's clock, moved by `offset`."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        return datetime.now(UTC) + self.offset
