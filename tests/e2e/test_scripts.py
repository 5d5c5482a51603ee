"""Whole conversations by situation, each through the whole of Piste; `tests/e2e/scripts` holds them."""

from collections import Counter

import pytest

from tests.e2e.scripted import SCRIPTS, SITUATIONS, WANTED, Player, Script, load
from tests.stack import Stack

ALL = [script for path in sorted(SCRIPTS.glob("*.yml")) for script in load(path)]
# A model trained again may read a borderline sentence otherwise: these may go astray, never more.
GO_WELL = 0.97


@pytest.mark.timeout(1500)  # a thousand conversations, one after the other
def test_conversations_go_as_they_should(stack: Stack) -> None:
    astray = []
    for script in ALL:
        player = Player(stack.open(**script.open), stack.instance.database_url)
        player.play(script)
        if player.wrong:
            astray.append("\n".join([f"{script.skill}: {script.name}", *player.wrong, *player.told]))
    assert len(astray) <= (1 - GO_WELL) * len(ALL), "\n\n".join(astray)


def test_there_are_many_conversations_of_every_situation() -> None:
    assert len(ALL) >= 150
    counted = Counter(script.situation for script in ALL)
    assert not [one for one in SITUATIONS if counted[one] < 6]


def test_no_two_conversations_bear_the_same_name() -> None:
    wanted: list[Script] = [script for path in sorted(WANTED.glob("*.yml")) for script in load(path)]
    names = Counter((script.skill, script.name) for script in [*ALL, *wanted])
    assert not [name for name, times in names.items() if times > 1]
