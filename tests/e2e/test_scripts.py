"""Whole conversations by situation, each through the whole of Piste; `tests/e2e/scripts` holds them."""

from collections import Counter

import pytest

from tests.e2e.scripted import SCRIPTS, SITUATIONS, Player, Script, load
from tests.stack import Stack

ALL = [script for path in sorted(SCRIPTS.glob("*.yml")) for script in load(path)]


@pytest.mark.parametrize("script", ALL, ids=lambda one: f"{one.skill}: {one.name}")
def test_a_conversation_goes_as_it_should(stack: Stack, script: Script) -> None:
    player = Player(stack.open(**script.open), stack.instance.database_url)
    player.play(script)
    assert not player.wrong, "\n".join([*player.wrong, *player.told])


def test_there_are_many_conversations_of_every_situation() -> None:
    assert len(ALL) >= 150
    counted = Counter(script.situation for script in ALL)
    assert not [one for one in SITUATIONS if counted[one] < 6]


def test_no_two_conversations_bear_the_same_name() -> None:
    names = Counter((script.skill, script.name) for script in ALL)
    assert not [name for name, times in names.items() if times > 1]
