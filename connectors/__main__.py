"""Command line of whoever runs Piste: `python -m connectors not-understood`."""

import argparse
import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from psycopg import AsyncConnection, OperationalError
from psycopg.rows import dict_row

from connectors.clock import Clock
from connectors.not_understood import not_understood

LIVE = Path(__file__).resolve().parent.parent / "var" / "live"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = parser().parse_args(arguments)
    url = database_url()
    if url is None:
        print("piste: no database is running here. Remedy: `make run`, or set DATABASE_URL", file=sys.stderr)
        return 1
    try:
        asyncio.run(print_not_understood(url, options.days))
    except OperationalError as error:
        print(f"piste: the database does not answer ({type(error).__name__}). Remedy: `make run`", file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    top = argparse.ArgumentParser(prog="python -m connectors", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("not-understood", help="what people wrote that the bot did not understand")
    listing.add_argument("--days", type=int, default=7, help="how far back (default: 7)")
    return top


def database_url() -> str | None:
    """Return DATABASE_URL, or the address that the running Piste of this folder wrote."""
    written = Path(os.environ.get("PISTE_INSTANCE", LIVE)) / "database.url"
    return os.environ.get("DATABASE_URL") or (written.read_text().strip() if written.is_file() else None)


async def print_not_understood(url: str, days: int) -> None:
    """Print the messages, a line each: how often, when last, the words."""
    async with await AsyncConnection.connect(url, row_factory=dict_row, connect_timeout=5) as connection:
        for one in await not_understood(connection, Clock().now() - timedelta(days=days)):
            words = " ".join(one.words.split())  # a message may hold line ends
            print(f"{one.times}\t{one.last_time:%Y-%m-%d %H:%M}\t{words}")


if __name__ == "__main__":
    sys.exit(main())
