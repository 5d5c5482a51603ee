"""The French that actions build: dates, distances, lists, reasons, facts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from actions import texts
from actions.texts import items
from knowledge_base import Item, Kind, Reason, Suggestion
from tests.unit.fake_knowledge import BESANCON, COOK, FORUM, item

WEDNESDAY = datetime(2026, 12, 2, 13, 0, tzinfo=UTC)


def because(*reasons: Reason, distance: float | None = None) -> str:
    return texts.why(Suggestion(FORUM, 0.9, reasons, distance))


def labelled(kind: Kind, **details: Any) -> dict[str, str]:
    level = details.pop("entry_level", None)
    found = items.facts(item(kind, "x", "X", details=details, entry_level=level), WEDNESDAY)
    return {fact["label"]: fact["value"] for fact in found}


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (WEDNESDAY, "mercredi 2 décembre à 14\u00a0h"),
        (datetime(2026, 7, 1, 7, 30, tzinfo=UTC), "mercredi 1er juillet à 9\u00a0h\u00a030"),
        (datetime(2026, 8, 31, 22, 5, tzinfo=UTC), "mardi 1er septembre à 0\u00a0h\u00a005"),
        (datetime(2027, 2, 28, 9, 0, tzinfo=UTC), "dimanche 28 février à 10\u00a0h"),
    ],
)
def test_a_date_is_said_as_on_a_french_poster_at_paris_time(moment: datetime, said: str) -> None:
    assert texts.day(moment) == said


@pytest.mark.parametrize(("date", "said"), [("2027-01-01", "1er janvier 2027"), ("2026-08-15", "15 août 2026")])
def test_a_date_without_an_hour_says_its_year(date: str, said: str) -> None:
    assert items.day_only(date) == said


@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (None, None),
        (0.0, "à moins d'un kilomètre"),
        (0.9, "à moins d'un kilomètre"),
        (1.0, "à environ 1 km"),
        (12.6, "à environ 13 km"),
    ],
)  # fmt: skip
def test_a_distance_is_rounded_as_people_do(distance: float | None, said: str | None) -> None:
    assert texts.kilometres(distance) == said


@pytest.mark.parametrize(
    ("distance", "said"),
    [(None, ""), (0.3, " (5\u00a0min à pied)"), (6.7, " (35\u00a0min à vélo)"), (12.6, "")],
)
def test_a_short_way_is_told_in_minutes(distance: float | None, said: str) -> None:
    assert texts.on_foot_or_by_bike(distance) == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["le son"], "le son"), (["le son", "le bois"], "le son et le bois"), (["a", "b", "c"], "a, b et c")],
)
def test_a_list_ends_with_et(parts: list[str], said: str) -> None:
    assert texts.listed(parts) == said


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [(1, "training", "une formation"), (3, "event", "3 événements"), (1, "place", "un endroit")],
)
def test_one_is_written_in_words(number: int, kind: str, said: str) -> None:
    assert texts.counted(number, kind) == said


def test_a_reason_quotes_the_person() -> None:
    assert (
        because(Reason("words", words="bidouiller des ordis"))
        == "Parce que tu as dit «\u00a0bidouiller des ordis\u00a0»."
    )


def test_circumstances_follow_the_quote() -> None:
    reasons = (
        Reason("words", words="cuisiner"),
        Reason("family", fact="G1602"),
        Reason("near", fact="Besançon"),
        Reason("without_car"),
    )
    assert because(*reasons, distance=3.2) == (
        "Parce que tu as dit «\u00a0cuisiner\u00a0», "
        "et c'est à environ 3 km de Besançon (15\u00a0min à vélo) et tu peux y aller sans voiture."
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("remote"), "Parce que ça se suit de chez toi."),
        pytest.param(
            Reason("level", fact="0"),
            "Parce qu'aucun diplôme n'est demandé.",
        ),
        (Reason("level", fact="3"), "Parce que ton niveau suffit pour entrer."),
        (Reason("without_car"), "Parce que tu peux y aller sans voiture."),
    ],
)
def test_a_circumstance_alone_is_a_sentence(reason: Reason, said: str) -> None:
    assert because(reason) == said


def test_without_any_reason_it_is_still_said_why() -> None:
    assert because() == because(Reason("near", fact="Besançon")) == "Parce que tu cherches un événement."


@pytest.mark.parametrize(
    ("town", "said"),
    [
        ("Besançon", "de Besançon"),
        pytest.param("Arras", "d'Arras"),
        pytest.param("Évreux", "d'Évreux"),
        pytest.param("Le Mans", "du Mans"),
        pytest.param("Les Abymes", "des Abymes"),
    ],
)
def test_a_town_is_named_as_french_does(town: str, said: str) -> None:
    assert because(Reason("near", fact=town), distance=15.0) == f"Parce que c'est à environ 15 km {said}."


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (COOK, None),
        (item("job_family", "x", "X", details={"domain_name": "Cuisine"}), "Cuisine"),
        (
            item(
                "event",
                "x",
                "X",
                details={"type": "open_day"},
                place=BESANCON,
                starts_at=datetime(2026, 12, 2, 13, tzinfo=UTC),
            ),
            "Portes ouvertes · mercredi 2 décembre à 14\u00a0h · Besançon",
        ),
        (item("event", "x", "X", details={"type": "unheard of"}, modality="remote"), "en ligne"),
        (item("event", "x", "X", details={"place": {"commune": "Dole"}}), "Dole"),
        (item("training", "x", "X", details={"organiser": "GRETA"}, modality="remote"), "GRETA · à distance"),
        (item("training", "x", "X", details={"organiser": "GRETA"}), "GRETA"),
        (
            item("event", "x", "X", details={"all_day": True}, starts_at=datetime(2026, 12, 2, 13, tzinfo=UTC)),
            "mercredi 2 décembre",
        ),
        (
            item("place", "x", "X", details={"appointment": "walk_in"}, place=BESANCON),
            "Besançon · sans rendez-vous",
        ),
        (item("place", "x", "X"), None),
    ],
)
def test_a_subtitle_says_what_is_known_and_no_more(one: Item, said: str | None) -> None:
    assert items.subtitle(one) == said


def test_facts_not_known_are_left_out() -> None:
    assert labelled("place", hours=None, equipment=[], place={"address": None, "commune": None}) == {}


def test_facts_of_a_training_say_how_to_enter_and_what_comes_out() -> None:
    outcomes = {"text": "75 % en emploi", "year": 2019, "source": "GEN"}
    assert labelled(
        "training",
        entry_level=3,
        exit_level=5,
        sessions=[{"starts_on": "2027-01-04"}],
        outcomes=outcomes,
        organiser="GRETA",
    ) == {
        "Pour entrer": "niveau CAP",
        "Diplôme au bout": "niveau bac+2",
        "Prochaine session": "4 janvier 2027",
        "Résultats": "75 % en emploi (2019, GEN)",
    }


def test_what_the_record_says_of_entry_comes_before_its_level() -> None:
    assert (
        labelled("training", entry_level=0, entry_text="Aucun diplôme demandé")["Pour entrer"]
        == "Aucun diplôme demandé"
    )
    assert labelled("training", entry_level=0)["Pour entrer"] == "sans diplôme"


def test_three_titles_at_most_tell_what_a_family_holds() -> None:
    assert (
        labelled("job_family", titles=["Chef", "Commis", "Pizzaïolo", "Crêpier"])["Métiers"]
        == "Chef, Commis et Pizzaïolo"
    )
