"""One stack for every test that needs one."""

from collections.abc import Iterator

import pytest

from knowledge_base import KnowledgeBase
from tests.stack import Stack, running


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """A whole Piste, started once."""
    with running("session") as started:
        yield started


@pytest.fixture(scope="session")
def knowledge(stack: Stack) -> Iterator[KnowledgeBase]:
    """The library over the stack's database."""
    opened = KnowledgeBase.open(stack.instance.database_url)
    yield opened
    opened.close()
