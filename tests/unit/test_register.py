"""Tu by default, vous on request: every sentence has both."""

import re
from typing import Any

import pytest

from actions import texts
from actions.welcome import register_wanted
from knowledge_base import Reason, Suggestion
from tests.unit.dialogue import DOMAIN, play, tracker
from tests.unit.fake_knowledge import FORUM

TU = re.compile(r"\b(?:tu|te|toi|ton|ta|tes)\b|\bt'", re.IGNORECASE)
QUOTED = re.compile("«[^»]*»")


def says_tu(variant: dict[str, Any]) -> bool:
    buttons = " ".join(button["title"] for button in variant.get("buttons") or [])
    return bool(TU.search(QUOTED.sub("", f"{variant['text']} {buttons}")))


def slots_of(variant: dict[str, Any]) -> set[str]:
    return {one["name"] for one in variant.get("condition") or ()}


@pytest.mark.parametrize("response", sorted(DOMAIN["responses"]))
def test_what_says_tu_can_say_vous(response: str) -> None:
    variants = DOMAIN["responses"][response]
    for of_another in (False, True):
        mine = [one for one in variants if ("about" in slots_of(one)) is of_another]
        familiar = [one for one in mine if "register" not in slots_of(one)]
        formal = [one for one in mine if "register" in slots_of(one)]
        assert familiar or of_another, "a response for everybody comes first"
        if any(map(says_tu, familiar)) or of_another:
            assert len(formal) == len(familiar)
        assert not any(map(says_tu, formal))


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        ("merci de me vouvoyer", None, "vous"),
        ("pk tu me tutoies on se connait pas", None, "vous"),
        ("vous plutot que tu svp", None, "vous"),
        ("tutoie moi frr", None, None),
        ("tu peux me tutoyer tkt", "vous", None),
        ("arrête avec tes vous", "vous", None),
        ("vouvoyez-moi toujours", "vous", "vous"),
    ],
)
async def test_the_register_asked_for_is_kept(said: str, before: str | None, after: str | None) -> None:
    played = await play("action_ask_vous", tracker(said, "ask_vous", [], {"register": before}, {}))
    assert played.slots["register"] == after


def test_reasons_leave_what_the_person_said_as_it_was() -> None:
    said = Suggestion(FORUM, 0.9, (Reason("words", words="quand tu peux aider"), Reason("without_car")))
    assert texts.why(said, vous=True) == (
        "Parce que vous avez dit «\u00a0quand tu peux aider\u00a0», et vous pouvez y aller sans voiture."
    )


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("pouvez vous me vouvoyer s il vous plait je n aime pas qu on me tutoie", "vous"),
        ("pas de tutoiement svp", "vous"),
        ("pourquoi tu me vouvoies", None),
        ("tu peux me dire tu", None),
    ],
)
@pytest.mark.parametrize("vous", [True, False])
def test_a_register_refused_is_not_the_one_asked(said: str, wanted: str | None, vous: bool) -> None:
    assert register_wanted(said, vous=vous) == wanted
