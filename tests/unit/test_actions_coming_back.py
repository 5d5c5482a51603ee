"""Who comes back, asks what is remembered, or holds a code that was not found."""

import pytest

from knowledge_base.quiz import load_questions
from tests.unit.dialogue import Slots, play, pressed, said
from tests.unit.fake_knowledge import BESANCON

FIRST = load_questions()[0]


@pytest.mark.parametrize(
    "words", ["dsl g du partir hier", "j'avais plus de batterie", "me revoilà", "c'est encore moi"]
)
async def test_who_comes_back_takes_up_the_test_that_waits(words: str) -> None:
    waits = {"asked": "quiz", "quiz": {"asked": FIRST.id, "given": []}}
    assert (await play("action_inform", said(words, waits))).said == ["utter_quiz_resumed", "utter_quiz_question"]
    assert (await play("action_inform", said(words, {"likes": ["cuisiner"]}))).said == ["utter_greet_again"]
    assert (await play("action_inform", said(words))).said == ["utter_greet"]


@pytest.mark.parametrize(
    "words",
    ["tu te rapelles ou jcreche ?", "t'as bien noté mon âge ?", "tu sais où j'habite ?", "vous souvenez-vous de moi ?"],
)
async def test_what_is_remembered_is_told(words: str) -> None:
    slots = {"place": {"label": BESANCON.label, "latitude": 47.2, "longitude": 6.0}, "age": 17}
    played = await play("action_reply", said(words, slots))
    assert played.said == ["utter_profile"]
    assert "Besançon" in played.messages[0]["facts"]


@pytest.mark.parametrize(
    "words",
    ["rappelle moi la date", "oublie que j'aime la cuisine", "tu te souviens du forum ?", "jsais pas ce que jaime"],
)
async def test_other_reminders_tell_nothing_of_the_person(words: str) -> None:
    assert "utter_profile" not in (await play("action_inform", said(words, {"age": 17}))).said


@pytest.mark.parametrize("words", ["c le code de l'affiche du forum mais ca marche pas", "le qr code bug"])
async def test_a_code_that_fails_is_not_needed(words: str) -> None:
    assert (await play("action_inform", said(words))).said == ["utter_code_fails"]


@pytest.mark.parametrize(
    "words", ["j'ai le code de la route", "mon code postal c'est bon", "jsuis nul en code informatique"]
)
async def test_other_codes_are_no_code_of_a_poster(words: str) -> None:
    assert "utter_code_fails" not in (await play("action_inform", said(words))).said


@pytest.mark.parametrize("words", ["recommence pas tout hein", "efface rien", "sans tout recommencer stp"])
async def test_who_wants_nothing_forgotten_is_not_asked_to_confirm(words: str) -> None:
    assert "utter_confirm_start_over" not in (await play("action_start_over", said(words))).said
    assert "utter_confirm_erase" not in (await play("action_erase_data", said(words))).said


async def test_who_confirmed_is_forgotten_at_once() -> None:
    slots: Slots = {"likes": ["couture"], "age": 16, "place": {"label": "Thise"}, "asked": "erase_data"}
    played = await play("action_erase_data", pressed('/erase_data{"confirmed": "yes"}', slots))
    assert played.directives("erase")
    assert not any(played.slots[name] for name in slots)


@pytest.mark.parametrize(
    ("words", "age"), [("je suis né en 2009, j'aime cuisiner", 17), ("date de naissance : 3 mars 2006", 20)]
)
async def test_a_year_of_birth_tells_an_age(words: str, age: int) -> None:
    assert (await play("action_inform", said(words))).slots["age"] == age


async def test_an_impossible_year_of_birth_is_asked_about() -> None:
    assert (await play("action_inform", said("je suis né en 2041"))).said == ["utter_odd_age"]


@pytest.mark.parametrize("words", ["ouais non laisse béton c chiant ton test", "nul ton quiz"])
async def test_who_is_bored_by_the_test_is_asked_no_more(words: str) -> None:
    waits = {"asked": "quiz", "quiz": {"asked": FIRST.id, "given": []}}
    assert (await play("action_inform", said(words, waits))).said == ["utter_quiz_stopped"]
