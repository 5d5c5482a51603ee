"""The library itself, for what writes to the index or asks it questions; opened when it is first needed."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from knowledge_base.library import KnowledgeBase

Answer = TypeVar("Answer")
AT_ONCE = 2  # each may hold two of the library's four connections


class Library:
    """The knowledge base off the event loop. Its encoder takes memory, which a gateway without console never needs."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._opened: KnowledgeBase | None = None
        self._opening = Lock()
        self._threads = ThreadPoolExecutor(AT_ONCE, "knowledge")

    async def ask(self, what: Callable[["KnowledgeBase"], Answer]) -> Answer:
        """Call `what` with the knowledge base in a thread; what it raises is raised here."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: what(self._open()))

    def _open(self) -> "KnowledgeBase":
        with self._opening:
            if self._opened is None:
                # Here, because onnxruntime and NumPy take a second and 100 MB to import.
                self._opened = import_module("knowledge_base.library").KnowledgeBase.open(self._url)
            return self._opened

    def close(self) -> None:
        """Wait for what is being asked, and give the connections back."""
        self._threads.shutdown()
        if self._opened is not None:
            self._opened.close()
