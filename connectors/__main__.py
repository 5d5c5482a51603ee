"""Command line of whoever runs Piste: `python -m connectors not-understood|join-code|intakes|console`."""

import argparse
import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from psycopg import AsyncConnection, OperationalError
from psycopg.rows import dict_row

from connectors import join_codes
from connectors.clock import Clock
from connectors.console.command_line import add_commands
from connectors.database import Connection
from connectors.knowledge import find_event
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
        return asyncio.run(run(url, options))
    except OperationalError as error:
        print(f"piste: the database does not answer ({type(error).__name__}). Remedy: `make run`", file=sys.stderr)
        return 1


async def run(url: str, options: argparse.Namespace) -> int:
    """Run a command with a connection; returns the exit code."""
    async with await AsyncConnection.connect(url, row_factory=dict_row, connect_timeout=5) as connection:
        code: int = await options.command(connection, options)
        return code


def parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    top = argparse.ArgumentParser(prog="python -m connectors", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("not-understood", help="what people wrote that the bot did not understand")
    listing.add_argument("--days", type=int, default=7, help="how far back (default: 7)")
    listing.set_defaults(command=print_not_understood)
    joining = commands.add_parser("join-code", help="the code that opens a conversation inside an event")
    joining.add_argument("event", help="id of the event, as its card or `python -m knowledge_base search` gives it")
    joining.set_defaults(command=print_join_code)
    asked = commands.add_parser("intakes", help="classes to bring and visits offered, with how to answer")
    asked.add_argument("--days", type=int, default=30, help="how far back (default: 30)")
    asked.set_defaults(command=print_intakes)
    add_commands(commands.add_parser("console", help="structures and accounts of the counsellors' console"))
    return top


def database_url() -> str | None:
    """Return DATABASE_URL, or the address that the running Piste of this folder wrote."""
    written = Path(os.environ.get("PISTE_INSTANCE", LIVE)) / "database.url"
    return os.environ.get("DATABASE_URL") or (written.read_text().strip() if written.is_file() else None)


async def print_not_understood(connection: Connection, options: argparse.Namespace) -> int:
    """Print the messages, a line each: how often, when last, the words."""
    for one in await not_understood(connection, Clock().now() - timedelta(days=options.days)):
        words = " ".join(one.words.split())  # a message may hold line ends
        print(f"{one.times}\t{one.last_time:%Y-%m-%d %H:%M}\t{words}")
    return 0


async def print_join_code(connection: Connection, options: argparse.Namespace) -> int:
    """Print an event's code, made the first time."""
    event = await find_event(connection, options.event)
    if event is None or event.is_over(Clock().now()):
        print(f"piste: no event to come has the id {options.event}. Remedy: `python -m knowledge_base search"
              " TEXT --kind event --json` gives ids", file=sys.stderr)  # fmt: skip
        return 1
    print(await join_codes.code_of(connection, event.id, Clock().now()))
    return 0


async def print_intakes(connection: Connection, options: argparse.Namespace) -> int:
    """Print what teachers and companies left, the latest first: when, what, how to answer, their words."""
    cursor = await connection.execute(
        "SELECT created_at, kind, contact, told FROM people.intakes WHERE created_at >= %s ORDER BY created_at DESC",
        (Clock().now() - timedelta(days=options.days),),
    )
    for row in await cursor.fetchall():
        told = " ".join(row["told"].split())
        print(f"{row['created_at']:%Y-%m-%d %H:%M}\t{row['kind']}\t{row['contact']}\t{told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
