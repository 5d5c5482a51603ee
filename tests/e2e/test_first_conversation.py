"""The two conversations that the project began with, from first word to something one can act on."""

from datetime import UTC, datetime
from typing import Any

from tests.stack import Stack


def cards_of(replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [card for message in replies for card in message["cards"]]


def test_a_17_year_old_of_planoise_gets_jobs_the_digital_forum_and_an_open_training(stack: Stack) -> None:
    person = stack.open()
    cards = cards_of(person.say("slt moi c surtout bidouiller des ordis et g 17 ans, jhabite planoise"))

    families = [card["code"] for card in cards if card["kind"] == "job_family"]
    assert families
    assert families[0][:3] in ("M18", "I14")
    forums = [card for card in cards if card["kind"] == "event" and "forum" in card["title"].lower()]
    assert forums
    assert datetime.fromisoformat(forums[0]["starts_at"]) > datetime.now(UTC)
    assert forums[0]["distance_km"] < 5
    trainings = [card for card in cards if card["kind"] == "training"]
    assert any("diplôme" in fact["value"] for card in trainings for fact in card["facts"])
    for card in cards:
        assert card["why"]
        assert card["source"]
        assert card["verified_at"]
        assert card["kind"] == "job_family" or card["modality"] == "remote" or card["distance_km"] is not None


def test_a_cook_without_a_car_gets_kitchens_only_and_what_can_be_reached(stack: Stack) -> None:
    person = stack.open()
    said = "j'aime cuisiner mais pas le service en salle, je suis à Petite-Forêt et j'ai pas le permis"
    cards = cards_of(person.say(said))

    families = [card["code"] for card in cards if card["kind"] == "job_family"]
    assert any(code.startswith("G16") for code in families)
    assert not any(code.startswith("G18") for code in families)
    around = [card for card in cards if card["kind"] in ("event", "training")]
    assert around
    assert any("sans voiture" in card["why"] for card in around)
    assert all(card["distance_km"] is None or card["distance_km"] < 20 for card in around)


def test_refusing_changes_the_list_and_why_quotes_the_person(stack: Stack) -> None:
    person = stack.open()
    first = cards_of(person.say("moi c'est la mécanique, je suis à Besançon"))
    refused = first[0]
    again = cards_of(person.press(refused["actions"][-1]["payload"]))
    assert refused["id"] not in [card["id"] for card in again]
    why = person.say("pourquoi ?")
    assert "mécanique" in why[0]["text"]


def test_a_place_named_like_others_is_asked_about_and_an_unknown_one_gets_a_way_out(stack: Stack) -> None:
    person = stack.open()
    person.say("j'aime cuisiner")
    unknown = person.say("j'habite à Trifouillis")
    assert "code postal" in unknown[-1]["text"]
    known = cards_of(person.say("59300"))
    assert any(card["distance_km"] is not None for card in known)
