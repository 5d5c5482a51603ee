"""The people whom the founding articles speak of, each from the first word to a next step."""

import re
from typing import Any

from knowledge_base.french import fold
from tests.e2e.scripted import ways_on, words_of
from tests.stack import Stack

Message = dict[str, Any]


def cards_of(replies: list[Message], *kinds: str) -> list[dict[str, Any]]:
    return [card for message in replies for card in message["cards"] if card["kind"] in kinds]


def pressing(replies: list[Message], title: str) -> str:
    return next(payload for name, payload in ways_on(replies) if re.search(title, fold(name)))


def test_the_17_year_old_of_planoise_leaves_with_a_reminder_of_the_forum(stack: Stack) -> None:
    person = stack.open()
    person.say("wsh")
    replies = person.say(
        "jsp trop jkiffe les jeux video et demonter des pc, g 17 ans jsuis a planoise jvais plus en cours"
    )
    assert cards_of(replies, "job_family")
    forum = next(card for card in cards_of(replies, "event") if "numérique" in card["title"])
    assert forum["distance_km"] < 5
    replies = person.press(next(one["payload"] for one in forum["actions"] if one["title"] == "Me le rappeler"))
    assert "la veille" in words_of(replies)
    assert {"day_before", "after"} <= reminders_of(stack, person.id)


def test_the_father_asks_for_his_son_and_leaves_no_name(stack: Stack) -> None:
    person = stack.open()
    replies = person.say(
        "Bonjour, j'ai le CV de mon fils avec moi, il a 19 ans, il a arrêté le lycée et il aime la mécanique."
        " Nous habitons Besançon."
    )
    assert cards_of(replies, "job_family")
    replies = person.say("À qui puis-je laisser son CV ?")
    replies = person.say("quel service peut l'aider ?") if not cards_of(replies, "place") else replies
    served = cards_of(replies, "place")
    assert served[0]["title"].startswith("Mission Locale")
    assert any(action["url"] and action["url"].startswith("tel:") for action in served[0]["actions"])


def test_the_volunteer_who_asks_what_comes_after_gets_a_plain_answer(stack: Stack) -> None:
    person = stack.open()
    person.say("bonjour je suis bénévole sur le forum de planoise")
    replies = person.say("et après ? tout le monde va rentrer chez soi, est-ce qu'il y aura vraiment une suite ?")
    words = words_of(replies)
    assert re.search(r"apres", words)
    assert not re.search(r"\b(?:nous|on) (?:les |vous |te )?(?:recontacter|rappeler)(?:a|ons)\b", words)
    assert ways_on(replies)
    replies = person.press(pressing(replies, "rappel|appeler|evenement|formation"))
    assert ways_on(replies)


def test_the_girl_of_4e_finds_a_visit_and_nothing_is_kept_of_her(stack: Stack) -> None:
    person = stack.open()
    replies = person.say("coucou jsuis en 4e j'ai 13 ans j'habite a Besançon jadore les robots et les sciences")
    assert "trente minutes" in words_of(replies)
    assert cards_of(replies, "job_family")
    replies = person.say("est ce qu'on peut visiter une entreprise ?")
    visits = cards_of(replies, "event")
    assert visits
    replies = person.press(next(one["payload"] for one in visits[0]["actions"] if one["title"] == "Me le rappeler"))
    assert "15 ans" in words_of(replies)
    assert not reminders_of(stack, person.id)


def test_her_teacher_leaves_a_booking(stack: Stack) -> None:
    person = stack.open()
    replies = person.say(
        "Bonjour, je suis professeure de technologie, je voudrais emmener ma classe visiter une entreprise"
    )
    assert re.search(r"combien|classe", words_of(replies))
    person.say("25 élèves de 4e, collège à Strasbourg, plutôt en mars")
    replies = person.say("prof.techno@example.org")
    assert "prof techno@example org" in words_of(replies)  # folded
    replies = person.press(pressing(replies, "garder"))
    assert "lu" in words_of(replies)
    assert ways_on(replies)
    with stack.database() as connection:
        kept = connection.execute(
            "SELECT kind, told, contact FROM people.intakes WHERE conversation_id = %s", (person.id,)
        ).fetchall()
    assert len(kept) == 1
    assert kept[0][0] == "class"
    assert "25 élèves de 4e" in kept[0][1]
    assert kept[0][2] == "prof.techno@example.org"


def test_the_hairdresser_changes_trade(stack: Stack) -> None:
    person = stack.open()
    replies = person.say(
        "bonjour, je suis coiffeuse depuis 12 ans, j'ai 34 ans, j'aimerais travailler dans l'informatique,"
        " j'habite Metz"
    )
    families = [card["code"] for card in cards_of(replies, "job_family")]
    assert any(code.startswith(("M18", "E11", "I14", "H1")) for code in families)
    assert not any(code.startswith("D12") for code in families)
    trainings = cards_of(person.say("quelles formations je peux faire sans le bac ?"), "training")
    assert trainings
    answered = words_of(person.say("qui peut payer ma formation ?"))
    assert re.search(r"cpf|france travail|financ", answered)


def test_the_rural_job_seeker_without_a_car_gets_what_can_be_reached(stack: Stack) -> None:
    person = stack.open()
    person.say("jsuis au chomage jhabite a Amance en haute saone, 24 ans, pas de permis ni de voiture")
    replies = person.say("j'aime bien l'informatique, je veux me former")
    trainings = cards_of(replies, "training")
    assert trainings
    assert all(card["modality"] in ("remote", "hybrid") or (card["distance_km"] or 0) <= 20 for card in trainings)


def test_who_walks_into_the_espace_emploi_et_numerique_knows_what_they_find_there(stack: Stack) -> None:
    person = stack.open()
    replies = person.say(
        "je suis a Petite-Forêt, j'ai pas d'ordi et pas de rendez vous, je cherche du travail, j'ai 41 ans"
    )
    places = cards_of(replies, "place") or cards_of(person.say("où je peux aller ?"), "place")
    space = next(card for card in places if "Espace Emploi et Numérique" in card["title"])
    assert "sans rendez-vous" in space["subtitle"]
    assert space["distance_km"] < 3


def reminders_of(stack: Stack, conversation: str) -> set[str]:
    with stack.database() as connection:
        rows = connection.execute(
            "SELECT step FROM people.reminders WHERE conversation_id = %s", (conversation,)
        ).fetchall()
    return {row[0] for row in rows}
