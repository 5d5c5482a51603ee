"""`python -m connectors console …`: structures, accounts, and links by which people choose their password."""

import argparse
import os
import sys
from collections.abc import Awaitable, Callable

from connectors.clock import Clock
from connectors.console import accounts
from connectors.console.accounts import AccountError
from connectors.console.rights import Role
from connectors.database import Connection

KINDS = ("mission_locale", "school", "information_jeunesse", "france_travail", "cio", "organiser", "other")
Command = Callable[[Connection, argparse.Namespace], Awaitable[None]]


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Command, told: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=told)
        made.set_defaults(command=saying(run))
        return made

    structure = command("create-structure", create_structure, "a Mission Locale, a school, an event's organiser…")
    structure.add_argument("name")
    structure.add_argument("--kind", choices=KINDS, default="mission_locale")
    structure.add_argument("--departments", default="", help="where it answers who asks for a human: 25,39")
    user = command("create-user", create_user, "an account; prints the link by which its owner chooses a password")
    user.add_argument("login", help="an e-mail address")
    user.add_argument("--name", required=True, help="as people who talk with them read it")
    user.add_argument("--role", choices=[role.value for role in Role], default="counsellor")
    user.add_argument("--structure", help="its name; none for the installation's administrators and the duty")
    user.add_argument("--duty", action="store_true", help="sees flagged conversations of no structure")
    command("reset-password", reset_password, "prints a new link, good for 24 hours").add_argument("login")
    command("disable-user", disable_user, "closes an account at once").add_argument("login")
    command("list-users", list_users, "every account")


def saying(run: Command) -> Callable[[Connection, argparse.Namespace], Awaitable[int]]:
    """Return the command with its errors said on one line, and exit code 1."""

    async def command(connection: Connection, options: argparse.Namespace) -> int:
        try:
            await run(connection, options)
        except AccountError as error:
            print(f"piste: {error}", file=sys.stderr)
            return 1
        return 0

    return command


async def create_structure(connection: Connection, options: argparse.Namespace) -> None:
    """Create a structure."""
    departments = [one.strip().upper() for one in options.departments.split(",") if one.strip()]
    await accounts.create_structure(connection, options.name, options.kind, departments, Clock().now())


async def create_user(connection: Connection, options: argparse.Namespace) -> None:
    """Create an account, and print its link."""
    await accounts.create(
        connection, options.login, options.name, Role(options.role), options.structure, duty=options.duty,
        now=Clock().now(),
    )  # fmt: skip
    await reset_password(connection, options)


async def reset_password(connection: Connection, options: argparse.Namespace) -> None:
    """Print a new link."""
    token = await accounts.make_link(connection, options.login, Clock().now())
    address = os.environ.get("PUBLIC_URL") or f"http://localhost:{os.environ.get('PORT') or 8000}"
    print(f"{address.rstrip('/')}/console/mot-de-passe/{token}")


async def disable_user(connection: Connection, options: argparse.Namespace) -> None:
    """Close an account."""
    await accounts.disable(connection, options.login, Clock().now())


async def list_users(connection: Connection, options: argparse.Namespace) -> None:
    """Print the accounts, a line each."""
    cursor = await connection.execute(
        "SELECT p.login, p.name, p.role, p.duty, s.name AS structure, p.disabled_at FROM people.staff p"
        " LEFT JOIN people.structures s ON s.id = p.structure_id ORDER BY s.name NULLS FIRST, p.login"
    )
    for row in await cursor.fetchall():
        role = f"{row['role']}, duty" if row["duty"] else row["role"]
        closed = "closed" if row["disabled_at"] else "open"
        print(f"{row['login']}\t{row['name']}\t{role}\t{row['structure'] or '-'}\t{closed}")
