"""What a person says of themselves: kept in slots, and answered with what it changes."""

import pytest

from tests.unit.dialogue import Slots, play, pressed, said
from tests.unit.fake_knowledge import BAKER, BESANCON, COOK, COURSE, FORUM, VISIT, FakeKnowledge


async def test_a_taste_gives_families_and_asks_the_place() -> None:
    played = await play("action_inform", said("moi c surtout cuisiner"))
    assert played.said == ["utter_families", "utter_ask_place"]
    assert played.messages[0]["likes"] == "«\u00a0cuisiner\u00a0»"
    assert played.cards == [COOK.id, BAKER.id]
    assert played.slots["likes"] == ["cuisiner"]
    assert [row["id"] for row in played.slots["shown"]] == played.slots["seen"] == [COOK.id, BAKER.id]
    assert played.slots["asked"] == "place"


async def test_a_taste_and_a_place_give_families_and_what_is_near() -> None:
    played = await play("action_inform", said("j'aime cuisiner, j'habite à Besançon"))
    assert played.said == ["utter_families", "utter_nearby"]
    assert played.messages[1]["place"] == "Besançon"
    assert played.cards == [COOK.id, BAKER.id, FORUM.id, VISIT.id, COURSE.id]
    assert played.slots["asked"] is None


async def test_where_nothing_is_near_it_is_said() -> None:
    played = await play("action_inform", said("j'aime cuisiner, j'habite à Besançon"), FakeKnowledge(items=(COOK,)))
    assert played.said == ["utter_families", "utter_nothing_near"]


async def test_saying_nothing_new_shows_something_else() -> None:
    first = await play("action_inform", said("j'aime cuisiner, j'habite à Besançon"))
    played = await play("action_inform", said("j'aime cuisiner", first.slots))
    assert not set(played.cards) & set(first.cards)


async def test_a_place_given_later_adds_what_is_near_without_repeating_the_families() -> None:
    first = await play("action_inform", said("j'aime cuisiner"))
    played = await play("action_inform", said("besançon", first.slots))
    assert played.said == ["utter_nearby"]
    assert played.cards == [FORUM.id, VISIT.id, COURSE.id]


async def test_the_gateway_gets_a_copy_of_the_profile_without_coordinates() -> None:
    played = await play("action_inform", said("j'aime cuisiner, g 16 ans, j'habite à Besançon, pas de permis"))
    (copy,) = played.directives("profile")
    told = copy["facts"].pop("told")
    assert copy["facts"] == {
        "likes": ["cuisiner"], "dislikes": None, "refused": None, "riasec": None, "age": 16, "age_group": "15_17",
        "level": None, "without_car": True, "modality": None, "place": "Besançon", "department": "25", "register": None,
    }  # fmt: skip
    assert "Tu aimes : cuisiner." in told


async def test_facts_without_a_taste_are_kept_and_the_taste_is_asked() -> None:
    played = await play("action_inform", said("g 19 ans, bac pro, à distance"))
    assert played.said == ["utter_ask_interest"]
    assert played.slots == {"age": 19, "age_group": "18_25", "level": 4, "modality": "remote", "asked": "likes"}


async def test_nothing_said_is_asked_again_otherwise() -> None:
    played = await play("action_inform", said("jsp"))
    assert (played.said, played.slots) == (["utter_rephrase"], {"asked": "likes"})
    assert played.buttons


async def test_words_that_name_no_job_at_all_are_not_kept() -> None:
    played = await play("action_inform", said("j'aime trululu"), FakeKnowledge(meaningless=frozenset({"trululu"})))
    assert played.said == ["utter_rephrase"]
    assert "likes" not in played.slots


async def test_when_nothing_clearly_fits_it_is_said_and_forgotten() -> None:
    played = await play("action_inform", said("j'aime le calme"), FakeKnowledge(sure=False))
    assert (played.said, played.cards, played.slots["likes"]) == (["utter_not_sure"], [], None)


async def test_tastes_add_up_newest_first_and_three_are_kept() -> None:
    played = await play("action_inform", said("j'aime dessiner et coder", {"likes": ["cuisiner", "le sport"]}))
    assert played.slots["likes"] == ["dessiner", "coder", "cuisiner"]


@pytest.mark.parametrize("words", ["finalement je préfère dessiner", "en fait j'aime dessiner", "nan plutôt dessiner"])
async def test_a_correction_takes_back_what_was_liked_before(words: str) -> None:
    played = await play("action_inform", said(words, {"likes": ["cuisiner"]}))
    assert played.slots["likes"] == ["dessiner"]


async def test_a_refusal_is_kept_and_what_was_seen_may_come_again() -> None:
    knowledge = FakeKnowledge()
    slots: Slots = {"likes": ["cuisiner"], "dislikes": ["le bruit"], "seen": [COOK.id]}
    played = await play("action_inform", said("pas le service en salle", slots), knowledge)
    assert played.slots["dislikes"] == ["le service en salle", "le bruit"]
    assert knowledge.asked[0].dislikes == ("le service en salle", "le bruit")
    assert knowledge.asked[0].seen == frozenset()


async def test_the_age_is_told_by_its_group() -> None:
    for age, group in ((13, "under_15"), (15, "15_17"), (18, "18_25"), (25, "18_25"), (26, "26_plus")):
        played = await play("action_inform", said(f"j'ai {age} ans"))
        assert (played.slots["age"], played.slots["age_group"]) == (age, group)


async def test_pressing_an_age_says_nothing_of_what_one_likes() -> None:
    played = await play("action_inform", pressed('/inform{"age_group": "15_17"}'))
    assert played.slots == {"age_group": "15_17", "asked": "likes"}


async def test_pressing_a_theme_is_liking_it() -> None:
    played = await play("action_inform", pressed('/inform{"theme": "Cuisiner"}', {"likes": ["le sport"]}))
    assert (played.said[0], played.slots["likes"]) == ("utter_families", ["Cuisiner"])


async def test_a_postcode_is_a_place() -> None:
    played = await play("action_inform", said("25000"))
    assert played.slots["place"]["label"] == BESANCON.label
    assert played.slots["place"]["latitude"] == BESANCON.latitude


async def test_an_unknown_place_is_asked_again() -> None:
    played = await play("action_inform", said("j'habite à Trifouillis"))
    assert (played.said, played.slots) == (["utter_unknown_place"], {"asked": "place"})


@pytest.mark.parametrize("action", ["action_inform", "action_explore_jobs", "action_find_event"])
async def test_a_name_of_several_places_gives_a_button_for_each(action: str) -> None:
    played = await play(action, said("j'habite à Saint-Denis", {"likes": ["cuisiner"]}))
    assert played.said == ["utter_which_place"]
    assert [button["title"] for button in played.buttons] == ["Saint-Denis (93)", "Saint-Denis (974)"]
    assert "place" not in played.slots
    chosen = await play(action, pressed(played.buttons[1]["payload"], {"likes": ["cuisiner"]}))
    assert chosen.slots["place"]["department"] == "974"


async def test_every_choice_of_place_can_be_made() -> None:
    played = await play("action_inform", said("j'habite à Vouillé"))
    assert len({button["payload"] for button in played.buttons}) == len(played.buttons) == 2
    chosen = await play("action_inform", pressed(played.buttons[1]["payload"]))
    assert chosen.slots.get("place")


async def test_a_postcode_beside_a_name_settles_which_place_is_meant() -> None:
    knowledge = FakeKnowledge()
    knowledge.named["93200"] = knowledge.named["saint denis"][:1]
    played = await play("action_inform", said("j'habite à Saint-Denis, 93200"), knowledge)
    assert played.slots.get("place", {}).get("department") == "93"


async def test_the_search_that_asked_for_the_place_goes_on_once_it_is_known() -> None:
    played = await play("action_inform", said("besançon", {"likes": ["cuisiner"], "topic": "event", "asked": "place"}))
    assert (played.said, played.cards) == (["utter_events"], [FORUM.id, VISIT.id])


async def test_the_search_for_events_goes_on_even_without_a_taste() -> None:
    played = await play("action_inform", said("besançon", {"topic": "event", "asked": "place"}))
    assert played.cards == [FORUM.id, VISIT.id]
