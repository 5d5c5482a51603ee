"""The gateway's client of our Rasa channel: speaks HTTP, knows nothing of conversations."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

TIMEOUT = httpx.Timeout(13.0, connect=1.0)


class BotUnavailable(Exception):
    """The bot did not answer this turn, which may be asked again. `refused`: it ran, and an action broke on it."""

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__(reason)
        self.refused = refused


@dataclass(frozen=True)
class Utterance:
    """One utterance with everything that belongs to it."""

    text: str
    buttons: list[dict[str, str]]
    directives: list[dict[str, Any]]


@dataclass(frozen=True)
class Answer:
    """What the bot says to a turn, what it took the turn for and how surely, and milliseconds spent by stage."""

    utterances: list[Utterance]
    intent: str | None
    confidence: float | None
    timings: dict[str, float]


class Bot:
    """Calls `POST /webhooks/turn/turn`."""

    def __init__(self, url: str, secret: str, client: httpx.AsyncClient | None = None) -> None:
        self._client = client or httpx.AsyncClient(
            base_url=url, timeout=TIMEOUT, headers={"Authorization": f"Bearer {secret}"}
        )

    async def turn(self, sender: str, turn_id: str, kind: str, text: str, context: dict[str, Any]) -> Answer:
        """Run a turn; the same `turn_id` always gets the same answer."""
        asked = {"sender": sender, "turn_id": turn_id, "kind": kind, "text": text, "context": context}
        try:
            answered = await self._client.post("/webhooks/turn/turn", json=asked)
        except httpx.HTTPError as error:
            raise BotUnavailable(f"bot did not answer: {type(error).__name__}") from error
        if answered.status_code != HTTPStatus.OK:
            refused = answered.headers.get("content-type", "").startswith("application/json") and (
                answered.json().get("error") == "action_error"
            )
            raise BotUnavailable(f"bot answered {answered.status_code}", refused=refused)
        body = answered.json()
        said = [Utterance(**one) for one in body["utterances"]]
        return Answer(said, body.get("intent"), body.get("confidence"), body.get("timings", {}))

    async def is_ready(self) -> bool:
        """Say whether the channel answers."""
        try:
            return (await self._client.get("/webhooks/turn/", timeout=2.0)).status_code == HTTPStatus.OK
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
