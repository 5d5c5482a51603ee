"""Jobs of which one runs for each conversation: asked for again meanwhile, a job runs once more afterwards."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

Job = Callable[[UUID], Awaitable[None]]


class OneEach:
    """Runs a job for whichever conversations it is asked for, `at_once` of them at the same time (None: all)."""

    def __init__(self, job: Job, at_once: int | None = None) -> None:
        self._job = job
        self._places = asyncio.Semaphore(at_once) if at_once else None
        self._running: dict[UUID, asyncio.Task[None]] = {}
        self._again: set[UUID] = set()

    def kick(self, conversation_id: UUID) -> asyncio.Task[None]:
        """Do the job of a conversation, or once more when it is being done."""
        if conversation_id in self._running:
            self._again.add(conversation_id)
        else:
            task = asyncio.create_task(self._run(conversation_id))
            self._running[conversation_id] = task
            task.add_done_callback(lambda _: self._finished(conversation_id))
        return self._running[conversation_id]

    async def _run(self, conversation_id: UUID) -> None:
        if self._places is None:
            return await self._job(conversation_id)
        async with self._places:
            return await self._job(conversation_id)

    def _finished(self, conversation_id: UUID) -> None:
        del self._running[conversation_id]
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.kick(conversation_id)
