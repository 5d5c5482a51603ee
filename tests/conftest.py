"""One stack for every test that needs one."""

from collections.abc import Iterator

import pytest

from knowledge_base import KnowledgeBase
from tests.console import SignedIn, World
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


@pytest.fixture
def keeper(world: World) -> Iterator[SignedIn]:
    """Somebody who keeps what a structure announces; it is all gone after the test."""
    yield world.account("supervisor", world.structure(), name="Inès")
    with world.stack.database() as connection:
        connection.execute("DELETE FROM knowledge.items WHERE collection ^@ 'console'")
        connection.execute("TRUNCATE knowledge.kept_records, people.kept_items, people.kept_sets, people.uploads")


@pytest.fixture(scope="session")
def knowledge(stack: Stack) -> Iterator[KnowledgeBase]:
    """The library over the stack's database."""
    opened = KnowledgeBase.open(stack.instance.database_url)
    yield opened
    opened.close()
