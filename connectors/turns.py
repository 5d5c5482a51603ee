"""Running turns: one at a time in each conversation, in order, each answered once, whatever dies meanwhile.

A turn waits in `people.turns` until its answer is stored in the same transaction that marks it answered. Whoever runs
it holds the conversation's advisory lock in that transaction: a killed gateway loses the lock, and the turn is run
again by any other; Rasa answers a turn that it has already run with the same words.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any
from uuid import UUID

from psycopg import Error as DatabaseError
from psycopg_pool import PoolTimeout

from connectors import answers, concerns, conversations, handovers, metrics, reminders, texts
from connectors.bot import Bot, BotUnavailable
from connectors.clock import Clock
from connectors.conversations import Turn
from connectors.database import Connection, Pool
from connectors.live import Live
from connectors.not_understood import is_unclear
from connectors.one_each import OneEach

logger = logging.getLogger(__name__)

# Each holds a connection while the bot thinks. More at once would wait for one in vain, and be left to the sweep.
AT_ONCE = 15
SWEEP_EVERY = 1.0  # seconds between looks for turns that nobody runs
FIRST_RETRY, LONGEST_RETRY = 0.3, 2.0  # seconds
# A turn on which an action itself breaks is not asked for ever: the next messages wait behind it.
REFUSALS_BEFORE_GIVING_UP = 4


class Outcome(Enum):
    """What became of an attempt to run a conversation's next turn."""

    RAN = auto()
    LATER = auto()
    NOTHING = auto()


class TurnRunner:
    """Runs the turns of this process's conversations, and those that another process left."""

    def __init__(self, pool: Pool, bot: Bot, clock: Clock, live: Live) -> None:
        self._pool = pool
        self._bot = bot
        self._clock = clock
        self._live = live
        self._drains = OneEach(self._drain, AT_ONCE)

    def kick(self, conversation_id: UUID) -> None:
        """Run what waits in a conversation, unless it is being done."""
        self._drains.kick(conversation_id)

    async def sweep_forever(self) -> None:
        """Find turns that wait with nobody running them: after a crash, or when their time to try again has come."""
        while True:
            try:
                async with self._pool.connection() as connection:
                    cursor = await connection.execute(
                        "SELECT DISTINCT conversation_id FROM people.turns"
                        " WHERE state = 'waiting' AND next_attempt <= %s",
                        (self._clock.now(),),
                    )
                    for row in await cursor.fetchall():
                        self.kick(row["conversation_id"])
            except (DatabaseError, PoolTimeout) as error:
                logger.warning("cannot look for waiting turns: %s", type(error).__name__)
            await asyncio.sleep(SWEEP_EVERY)

    async def _drain(self, conversation_id: UUID) -> None:
        try:
            while await self._run_next(conversation_id) is Outcome.RAN:
                pass
        except (DatabaseError, PoolTimeout) as error:
            logger.warning("turn left for later: %s", type(error).__name__)
        except Exception as error:
            logger.error("turn left for later: unexpected %s", type(error).__name__)
        self._live.tell(conversation_id)

    async def _run_next(self, conversation_id: UUID) -> Outcome:
        async with self._pool.connection() as connection:
            turn = await self._claim(connection, conversation_id)
            if turn is None:
                return Outcome.NOTHING
            if turn.next_attempt > self._clock.now():
                return Outcome.LATER
            if await self._is_taken_over(connection, conversation_id):
                await self._end(connection, turn, self._clock.now())
                return Outcome.RAN
            self._live.typing(conversation_id)
            try:
                await self._answer(connection, turn)
            except BotUnavailable as error:
                logger.warning("%s", error)
                return await self._put_back(connection, turn, refused=error.refused)
            return Outcome.RAN

    async def _claim(self, connection: Connection, conversation_id: UUID) -> Turn | None:
        """Take the conversation's lock for this transaction, and its oldest waiting turn."""
        cursor = await connection.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0)) AS mine", (str(conversation_id),)
        )
        row = await cursor.fetchone()
        if row is None or not row["mine"]:
            return None
        cursor = await connection.execute(
            "SELECT * FROM people.turns WHERE conversation_id = %s AND state = 'waiting'"
            " ORDER BY place_in_line LIMIT 1",
            (conversation_id,),
        )
        waiting = await cursor.fetchone()
        return conversations.turn_of(waiting) if waiting else None

    async def _is_taken_over(self, connection: Connection, conversation_id: UUID) -> bool:
        """Say whether a counsellor holds the conversation: the bot is silent then."""
        cursor = await connection.execute("SELECT state FROM people.conversations WHERE id = %s", (conversation_id,))
        row = await cursor.fetchone()
        return row is not None and row["state"] == "counsellor"

    async def _answer(self, connection: Connection, turn: Turn) -> None:
        """Ask the bot, and store what it says with the turn's end, all or nothing."""
        context = await self._context(connection, turn)
        with metrics.stage("bot"):
            answer = await self._bot.turn(str(turn.conversation_id), str(turn.id), turn.kind, turn.text, context)
        metrics.observe(answer.timings)
        now = self._clock.now()
        with metrics.stage("store_answer"):
            await answers.add_answer(connection, turn, answer.utterances, now)
            await connection.execute(
                "UPDATE people.turns SET intent = %s, confidence = %s WHERE id = %s",
                (answer.intent, answer.confidence, turn.id),
            )
            if is_unclear(turn.kind, answer.intent, answer.confidence):
                await connection.execute(
                    "UPDATE people.conversations SET unclear = unclear + 1 WHERE id = %s", (turn.conversation_id,)
                )
            if context["handback"] is not None:
                await connection.execute(
                    "UPDATE people.conversations SET handback = NULL WHERE id = %s", (turn.conversation_id,)
                )
            await self._end(connection, turn, now)

    async def _context(self, connection: Connection, turn: Turn) -> dict[str, Any]:
        """Return what goes with every turn (docs/architecture.md)."""
        cursor = await connection.execute(
            "SELECT channel, profile, join_code_unknown, event_id, handback FROM people.conversations WHERE id = %s",
            (turn.conversation_id,),
        )
        row = await cursor.fetchone() or {}
        now = self._clock.now()
        there = await handovers.who_is_there(connection, turn.conversation_id, now)
        return {
            "now": now.isoformat(),
            "channel": row.get("channel"),
            "age_group": (row.get("profile") or {}).get("age_group"),
            "event": row.get("event_id"),
            "join_code_unknown": row.get("join_code_unknown", False),
            "referrals": [],
            "reminders": await reminders.waiting(connection, turn.conversation_id),
            "handback": row.get("handback"),
            # Who could come now: a structure by its name, or without one who has the duty of what is flagged.
            "human": {"structure": there.able.structure_name} if there.able else None,
            "duty": there.duty,
            "read_by": await concerns.names_of(connection, turn.conversation_id),
            "capabilities": ["cards", "buttons"],
        }

    async def _end(self, connection: Connection, turn: Turn, now: datetime) -> None:
        await connection.execute(
            "UPDATE people.turns SET state = 'answered', answered_at = %s WHERE id = %s", (now, turn.id)
        )

    async def _put_back(self, connection: Connection, turn: Turn, *, refused: bool) -> Outcome:
        """Leave the turn for a later attempt, telling the person once that the answer will come."""
        now = self._clock.now()
        if refused and turn.attempts >= REFUSALS_BEFORE_GIVING_UP:
            await conversations.add_message(connection, turn.conversation_id, turn.id, now, "system", texts.GAVE_UP)
            await self._end(connection, turn, now)
            return Outcome.RAN
        delay = min(FIRST_RETRY * 2**turn.attempts, LONGEST_RETRY)
        await connection.execute(
            "UPDATE people.turns SET attempts = attempts + 1, next_attempt = %s WHERE id = %s",
            (now + timedelta(seconds=delay), turn.id),
        )
        if not turn.apologised:
            await apologise(connection, turn, now)
        return Outcome.LATER


async def apologise(connection: Connection, turn: Turn, now: datetime) -> None:
    """Say, once a turn, that the answer will come by itself."""
    text = texts.STARTING if turn.kind == "event" else texts.PENDING
    await conversations.add_message(connection, turn.conversation_id, turn.id, now, "system", text)
    await connection.execute("UPDATE people.turns SET apologised = true WHERE id = %s", (turn.id,))


async def wait_for(live: Live, conversation_id: UUID, seconds: float, look: Callable[[], Awaitable[bool]]) -> bool:
    """Wait until `look` says yes, looking whenever something happens in the conversation; false if time runs out."""
    deadline = time.monotonic() + seconds
    with live.follow(conversation_id) as following:
        while not await look():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            await following.next(min(left, 1.0))
    return True
