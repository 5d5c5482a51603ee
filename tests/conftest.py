"""One stack for every test that needs one."""

from collections.abc import Iterator

import pytest

from knowledge_base import KnowledgeBase
from tests.console import World
from tests.stack import Stack, running


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """A whole Piste, started once."""
    with running("session") as started:
        yield started


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """The console's people, for one test."""
    opened = World(stack)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def knowledge(stack: Stack) -> Iterator[KnowledgeBase]:
    """The library over the stack's database."""
    opened = KnowledgeBase.open(stack.instance.database_url)
    yield opened
    opened.close()
