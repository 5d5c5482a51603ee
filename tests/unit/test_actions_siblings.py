"""Sentences of conversations written by others, each with its cause: what it leans on, whom it is of."""

from typing import Any

import pytest

from actions.item_details import hours_of
from actions.others import noticed_in
from actions.pointing import pointed_at
from actions.profile import kinds_wanted
from actions.reminders import NO_REMINDER, without_reminding
from actions.resuming import resumes
from actions.situations import situations_in
from actions.texts import facets
from actions.turn import Turn
from bot.components.facts import facts_in
from knowledge_base.french import fold
from knowledge_base.naming import brands
from knowledge_base.wishes import wishes_of
from tests.unit.dialogue import play, tracker
from tests.unit.fake_knowledge import BESANCON, COOK, FORUM, VISIT, FakeKnowledge, item
from tests.unit.test_actions_in_place import asked, rows


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("je toque à quelle porte ?", True),
        ("j'aimerais discuter en face avec quelqu'un dont c'est le travail", True),
        ("et alors à qui je demande", True),
        ("vers qui je me tourne", True),
        ("je veux pas parler à un conseiller", False),
    ],
)
def test_who_asks_where_to_knock_wants_a_place(said: str, places: bool) -> None:
    turn = Turn.of(tracker(said, "inform", [], {}, {}))
    assert ("place" in kinds_wanted(turn)) is places


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("j'ai lâché la fac", "dropped_out"),
        ("Mon garçon a quitté le collège avant Noël", "dropped_out"),
        ("le lycée il n'y va plus", "dropped_out"),
        ("je suis à la fac", "student"),
    ],
)
def test_who_left_school_is_no_pupil(said: str, told: str) -> None:
    assert situations_in(said) - {"child"} == {told}


def test_who_does_harm_is_not_who_is_asked_for() -> None:
    said = "mon mec quand il est jaloux il me serre la gorge"
    assert "about" not in noticed_in(said, {}, danger=True)
    assert (
        noticed_in("une élève de ma 3e m'a dit que son père la frappe, je l'accompagne", {}, danger=True)["about"]
        == "other"
    )


def test_an_apprentice_in_general_is_nobody() -> None:
    assert noticed_in("un apprenti de 20 ans il gagne quoi", {}) == {}


@pytest.mark.parametrize(
    ("said", "meant"),
    [("le deuxième", [VISIT.id]), ("l'école de la 2e chance", []), ("depuis 1 mois", []), ("la 1", [FORUM.id])],
)
def test_a_number_that_ranks_nothing_points_at_nothing(said: str, meant: list[str]) -> None:
    assert pointed_at(Turn.of(asked(said)), rows(FORUM, VISIT)) == meant


@pytest.mark.parametrize(
    ("said", "facet"),
    [
        ("je peux deposer son cv a sa place", "in_stead"),
        ("je me connecte comment", "join"),
        ("peut on inscrire toute la classe", "class"),
        ("il faut payer", "price"),
        ("on peut y venir sans rdv", "appointment"),
    ],
)
def test_what_is_asked_of_a_thing_is_heard(said: str, facet: str) -> None:
    found = facets.asked(fold(said))
    assert found is not None
    assert found.key == facet


async def test_the_shortest_course_is_the_one_with_the_shortest_duration() -> None:
    short = item("training", "commis", "Commis de cuisine", details={"duration": "11 semaines", "funding": "Gratuit"})
    long = item("training", "cap2", "CAP cuisine", details={"duration": "2 ans"})
    assert (hours_of(short) or 0) < (hours_of(long) or 0)
    turn = asked("la courte là, elle coûte combien ?", "ask_details", shown=rows(long, short))
    played = await play("action_show_item", turn, FakeKnowledge(items=(long, short)))
    assert played.cards == [short.id]


def test_a_company_names_its_visit_but_its_town_does_not() -> None:
    visit = item(
        "event", "toyota", "Visite de l'usine Toyota d'Onnaing", place=BESANCON,
        details={"exhibitors": ["Toyota Onnaing"], "place": {"commune": "Onnaing"}},
    )  # fmt: skip
    assert brands(visit) == {"toyota"}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("mince, pas celle-là ! c'était l'atelier de mécanique qu'il fallait me rappeler", "mecanique"),
        ("mets moi une alerte avant la visite stp", ""),
        ("rappelle moi la veille", ""),
    ],
)
def test_a_reminder_tells_of_the_event_it_is_for(said: str, left: str) -> None:
    assert without_reminding(said) == left


def test_refusing_one_event_is_no_refusal_of_reminders() -> None:
    assert NO_REMINDER.search("non pas de rappel merci")
    assert not NO_REMINDER.search("pas celle la rappelle moi l autre")


@pytest.mark.parametrize("said", ["nan mais en vrai si, reprends avec la vente", "on en etait ou", "reprends"])
def test_going_back_is_no_starting_over(said: str) -> None:
    assert resumes(Turn.of(asked(said)))
    assert not resumes(Turn.of(asked("on reprend à zéro")))


async def test_reprends_shows_what_was_shown_though_it_was_taken_for_starting_over() -> None:
    played = await play("action_start_over", asked("si en vrai, reprends", "start_over", shown=rows(FORUM)))
    assert played.cards == [FORUM.id]


@pytest.mark.parametrize(
    ("said", "action", "response"),
    [
        ("ALLOOO YA QUELQUUNNN ????", "action_out_of_scope", "utter_bot_challenge"),
        ("tu vas m'écrire quand même ?", "action_reply", "utter_no_messages"),
        ("Dois-je vous communiquer son nom et son portable ?", "action_show_item", "utter_no_name_needed"),
    ],
)
async def test_what_is_asked_of_us_is_answered_whatever_it_was_taken_for(said: str, action: str, response: str) -> None:
    assert (await play(action, asked(said, "how_are_you"))).said == [response]


@pytest.mark.parametrize(("said", "response"), [("😭😭", "utter_crying"), ("mdr 😭", "utter_laugh")])
async def test_tears_alone_are_no_laughter(said: str, response: str) -> None:
    assert (await play("action_reply", asked(said, "laugh"))).said == [response]


async def test_thanks_taken_for_a_no_are_thanks() -> None:
    assert (await play("action_continue", asked("merci pour l'autre fois", "deny", shown=rows(COOK)))).said == [
        "utter_thank"
    ]


@pytest.mark.parametrize(
    ("said", "response"),
    [
        ("jai pas appelé, ya moyen par ecrit ?", "utter_line_written"),
        ("jose pas appeler", "utter_line_fear"),
        ("reste avec moi stp", "utter_here_with_you"),
    ],
)
async def test_what_is_asked_of_the_lines_is_answered(said: str, response: str) -> None:
    played = await play("action_rephrase", asked(said, "ask_human", asked="safety", danger="distress"))
    assert played.said == [response]


async def test_two_children_told_in_one_message_are_served_one_by_one() -> None:
    said = "j'ai deux enfants, une fille de 15 ans qui aime cuisiner et un garçon de 19 ans qui aime conduire"
    played = await play("action_explore_jobs", asked(said, "explore_jobs"))
    assert played.said[0] == "utter_one_by_one"
    assert (played.slots["who"], played.slots["age"]) == ("fille", 15)
    assert played.slots["people"]["fils"]["age"] == 19
    told = {name: played.slots.get(name) for name in ("about", "who", "likes", "people", "age")}
    then = await play("action_reply", asked("et maintenant le garçon", "ask_answer", **told))
    assert then.said[0] == "utter_for_whom"
    assert then.slots["likes"] == ["conduire"]


async def test_an_unknown_fact_of_a_place_comes_with_its_phone() -> None:
    office = item("place", "ml2", "Mission Locale", place=BESANCON, details={"phone": "03 81 00 00 00"})
    turn = asked("faut ramener quoi ?", "ask_details", shown=rows(office))
    played = await play("action_show_item", turn, FakeKnowledge(items=(office,)))
    assert played.said == ["utter_fact_to_ask"]
    assert "03 81" in played.messages[0]["who"]


@pytest.mark.parametrize(
    ("said", "likes", "dislikes"),
    [
        ("hmm non, oublie, pas le temps en ce moment", (), ()),
        ("nan laisse jveux pas y aller", (), ()),
        ("ni usine ni informatique, elle n'en veut pas : ce qui la touche, c'est prendre soin des personnes âgées",
         ("prendre soin des personnes âgées",), ("usine", "informatique")),
        ("une formation en informatique accessible à une personne sourde", ("informatique",), ()),
        ("un fils passionné d'informatique", ("informatique",), ()),
    ],
)  # fmt: skip
def test_wishes_of_siblings(said: str, likes: tuple[str, ...], dislikes: tuple[str, ...]) -> None:
    found = wishes_of(said)
    assert (found.likes, found.dislikes) == (likes, dislikes)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("à 45 ans, après vingt ans de magasin", {"age": 45}),
        ("des métiers dans la logistique autour de besancon", {"place": "besancon"}),
    ],
)
def test_facts_of_siblings(said: str, known: dict[str, Any]) -> None:
    found = {fact.entity: fact for fact in facts_in(said, {"besancon": 128_000})}
    assert {name: fact.value for name, fact in found.items()} == known
    if "place" in found:
        assert said[found["place"].start :].startswith("autour")
