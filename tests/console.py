"""The console seen from outside: structures, accounts signed in, conversations that concern them or do not."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from connectors.console.guards import CSRF_FIELD, CSRF_HEADER, csrf_of
from connectors.console.sessions import COOKIE
from connectors.conversations import hash_token
from connectors.seal import Seal
from tests.stack import Conversation, Stack


@dataclass
class SignedIn:
    """Somebody of the console and their browser, without a page."""

    id: uuid.UUID
    structure: uuid.UUID | None
    token: str
    csrf: str
    client: httpx.Client

    def get(self, path: str, **asked: Any) -> httpx.Response:
        """Open a page."""
        return self.client.get(path, **asked)

    def post(self, path: str, data: dict[str, Any] | None = None, **asked: Any) -> httpx.Response:
        """Send a form of ours."""
        return self.client.post(path, data={CSRF_FIELD: self.csrf, **(data or {})}, **asked)

    @property
    def headers(self) -> dict[str, str]:
        """Return what a request made by a script of ours carries."""
        return {CSRF_HEADER: self.csrf}

    @property
    def cookie(self) -> dict[str, Any]:
        """Return the cookie as Playwright adds it to a context."""
        return {"name": COOKIE, "value": self.token, "domain": self.client.base_url.host, "path": "/console"}


@dataclass
class World:
    """A running Piste with people of the console in it."""

    stack: Stack
    opened: list[httpx.Client] = field(default_factory=list)

    def structure(self, name: str = "", kind: str = "mission_locale", departments: tuple[str, ...] = ()) -> uuid.UUID:
        """Create a structure; returns its id."""
        identifier = uuid.uuid4()
        with self.stack.database() as connection:
            connection.execute(
                "INSERT INTO people.structures (id, name, kind, departments, created_at) VALUES (%s, %s, %s, %s, %s)",
                (identifier, name or f"Structure {identifier.hex[:8]}", kind, list(departments), now()),
            )
        return identifier

    def account(
        self, role: str = "counsellor", structure: uuid.UUID | None = None, *, duty: bool = False, name: str = "Samia"
    ) -> SignedIn:
        """Create an account and sign it in."""
        identifier, token = uuid.uuid4(), uuid.uuid4().hex
        with self.stack.database() as connection:
            connection.execute(
                "INSERT INTO people.staff (id, structure_id, login, name, role, duty, created_at)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                (identifier, structure, f"{identifier.hex[:12]}@exemple.fr", name, role, duty, now()),
            )
            connection.execute(
                "INSERT INTO people.staff_sessions (hash, staff_id, created_at, seen_at) VALUES (%s, %s, %s, %s)",
                (hash_token(token), identifier, now(), now()),
            )
        client = httpx.Client(base_url=self.stack.url, timeout=20.0, cookies={COOKIE: token})
        client.headers["Accept"] = "text/html"
        self.opened.append(client)
        seal = Seal(self.stack.instance.secrets["channels"])
        return SignedIn(identifier, structure, token, csrf_of(seal, token), client)

    def conversation(self, structure: uuid.UUID | None = None, why: str = "shared", *said: str) -> Conversation:
        """Open a conversation that concerns a structure, or none, in which somebody says this."""
        talking = self.stack.open()
        if structure is not None:
            self.concern(talking, structure, why)
        for text in said:
            talking.say(text)
        return talking

    def concern(self, talking: Conversation, structure: uuid.UUID, why: str = "shared") -> None:
        """Let a structure see a conversation."""
        with self.stack.database() as connection:
            connection.execute(
                "INSERT INTO people.concerns (structure_id, conversation_id, why, since) VALUES (%s, %s, %s, %s)",
                (structure, talking.id, why, now()),
            )

    def audited(self, act: str, conversation: str | None = None) -> list[dict[str, Any]]:
        """Return the audit's lines about an act, latest first."""
        with self.stack.database() as connection:
            cursor = connection.execute(
                "SELECT staff_id, structure_id, conversation_id, detail FROM people.audit WHERE act = %s"
                " AND (%s::uuid IS NULL OR conversation_id = %s) ORDER BY id DESC",
                (act, conversation, conversation),
            )
            names = ("staff_id", "structure_id", "conversation_id", "detail")
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def close(self) -> None:
        """Close the browsers."""
        for client in self.opened:
            client.close()


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)
