"""What a structure types in the console: found by the bot at once, its own, and never a script."""

import re
import time
from datetime import date
from html import unescape
from typing import Any

from knowledge_base import KnowledgeBase
from knowledge_base.kept import COLLECTION
from tests.console import SignedIn, World
from tests.e2e.console.kept_items import IN_TEN_DAYS, cards, event, keep, words


def test_an_event_typed_is_found_by_the_bot_in_the_next_message(world: World, keeper: SignedIn) -> None:
    talking = world.stack.open()
    talking.say("je veux fabriquer des instruments de musique en bois à Dole")
    begun = time.monotonic()
    item = keep(keeper, event())
    spent = time.monotonic() - begun
    found = cards(talking.say("des événements sur la lutherie près de Dole"))
    assert item in found, found.keys()
    card = found[item]
    assert card["title"] == "Atelier lutherie : fabrique ton ukulélé"
    assert {"S'inscrire"} <= {action["title"] for action in card["actions"]}
    assert spent < 5, spent
    assert next(line["detail"] for line in world.audited("knowledge_created")).startswith(item)


def test_who_joins_a_structure_s_event_by_its_code_concerns_that_structure(world: World, keeper: SignedIn) -> None:
    item = keep(keeper, event(title="Journée des métiers de l'eau"))
    page = keeper.get(f"/console/savoirs/{item}").text
    code = re.search(r'class="code">([A-Z2-9]{6})<', page)
    assert code, words(page)
    assert code[1] in world.stack.people.get(f"/affiche/{item}").text
    assert world.stack.people.get(f"/qr/{item}.svg").status_code == 200
    talking = world.stack.open(join_code=code[1])
    assert any("Journée des métiers de l'eau" in one["text"] for one in talking.welcome)
    with world.stack.database() as connection:
        seen = connection.execute(
            "SELECT structure_id, why FROM people.concerns WHERE conversation_id = %s", (talking.id,)
        ).fetchall()
    assert seen == [(keeper.structure, "event")]


def test_another_structure_sees_nothing_of_it_and_the_installation_everything(world: World, keeper: SignedIn) -> None:
    item = keep(keeper, event(title="Visite de la scierie du Haut-Doubs"))
    other = world.account("supervisor", world.structure())
    page = f"/console/savoirs/{item}"
    assert other.get(page).status_code == 404
    assert other.get(f"{page}/supprimer").status_code == 404
    for path in (page, f"{page}/annuler", f"{page}/supprimer"):
        assert other.post(path, event(do="save", title="Volé")).status_code == 404
    assert "scierie" not in words(other.get("/console/savoirs", params={"q": "scierie"}).text)
    # Its id in the form of something new takes nothing over.
    assert keep(other, event(id=item, title="Autre chose")) != item
    assert world.account("administrator").get(page).status_code == 200
    assert world.account("counsellor", keeper.structure).get(page).status_code == 403


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(keeper: SignedIn) -> None:
    wrong = event(
        title="", starts_on="2027-02-30", ends_time="13:00", town="Besanson", registration_url="javascript:alert(1)",
        age_min="25", age_max="16", summary="x" * 700, exhibitors="Atelier <b>gras</b>",
    )  # fmt: skip
    answered = keeper.post("/console/savoirs/nouveau/event", {"do": "save", **wrong})
    assert answered.status_code == 422
    said = words(answered.text)
    beside = ("Donnez un titre.", "n'est pas une date du calendrier", "700 caractères, pour 600", "Besançon (25)",
              "ouvrir sans danger", "L'âge minimum est au-dessus")  # fmt: skip
    for sentence in beside:
        assert sentence in said, sentence
    assert answered.text.count('aria-invalid="true"') == 6
    for name, value in wrong.items():
        assert unescape(answered.text).count(value), name
    chosen = keeper.post(
        "/console/savoirs/nouveau/event", {"do": "save", **event(town="Besanson", town_choice="Besançon (25)")}
    )
    assert chosen.status_code == 303


def test_a_script_in_every_field_runs_nowhere(world: World, keeper: SignedIn) -> None:
    script = "<script>document.title='hacked'</script>"
    filled = {name: f"{script} {name}" for name in (
        "title", "summary", "place_label", "address", "public", "registration_text", "bring", "campaign", "organiser",
        "access", "accessibility", "exhibitors",
    )}  # fmt: skip
    item = keep(keeper, event(**filled))
    talking = world.stack.open()
    replies = talking.say("un événement sur la lutherie à Dole")
    world.stack.people.cookies.clear()
    pages = [
        keeper.get(f"/console/savoirs/{item}").text,
        keeper.get("/console/savoirs").text,
        keeper.get(f"/console/savoirs/{item}/supprimer").text,
        keeper.post(f"/console/savoirs/{item}", {"do": "preview", **event(**filled)}).text,
        world.stack.people.get(f"/affiche/{item}").text,
        world.stack.people.get("/agenda", params={"near": "39100"}).text,
    ]
    for page in pages:
        assert "<script>document" not in page
        assert "&lt;script&gt;document" in page
    assert cards(replies).get(item, {"title": script})["title"].startswith(script)  # as words: pages escape them


def test_a_preview_shows_the_card_and_its_rank_and_keeps_nothing(world: World, keeper: SignedIn) -> None:
    form = event(title="Découvre la taille de pierre", summary="On taille un bloc de calcaire avec un compagnon.")
    asked = form | {"do": "preview", "sentences": "j'aime tailler la pierre\nje veux coder des jeux vidéo"}
    said = words(keeper.post("/console/savoirs/nouveau/event", asked).text)
    assert "« j'aime tailler la pierre » 1er" in said
    assert "Atelier · " in said
    assert "À apporter" not in said.partition("Quoi")[0]
    assert "taille de pierre" not in words(keeper.get("/console/savoirs").text)
    with world.stack.database() as connection:
        kept = connection.execute("SELECT FROM knowledge.items WHERE title = %s", (form["title"],)).fetchall()
    assert not kept
    page = words(keeper.get(f"/console/savoirs/{keep(keeper, form)}").text)
    assert page.partition("Trouvé pour")[2].count("«") >= 5  # sentences of ours


def test_an_event_cancelled_is_proposed_no_more_and_who_waits_for_it_is_told(world: World, keeper: SignedIn) -> None:
    item = keep(keeper, event(title="Forum de la plongée sous-marine", summary="On essaie un scaphandre en piscine."))
    talking = world.stack.open()
    found = cards(talking.say("un événement sur la plongée sous-marine à Dole"))
    assert item in found
    talking.press(next(one["payload"] for one in found[item]["actions"] if one["title"] == "Me le rappeler"))
    page = f"/console/savoirs/{item}"
    assert "1 personne a demandé un rappel" in words(keeper.get(f"{page}/annuler").text)
    last = talking.messages()[-1]["seq"]
    assert keeper.post(f"{page}/annuler").status_code == 303
    told = wait_for_message(talking, last)
    assert "annulé" in told or "plus" in told, told
    assert item not in cards(world.stack.open().say("un événement sur la plongée sous-marine à Dole"))
    assert world.stack.people.get(f"/affiche/{item}").status_code == 404
    assert world.audited("knowledge_cancelled")[0]["detail"].startswith(item)
    # Kept again, it is proposed again.
    version = re.search(r'name="version" value="(\d+)"', keeper.get(page).text)
    assert version
    again = event(title="Forum de la plongée sous-marine", version=version[1], do="save")
    assert keeper.post(page, again).status_code == 303
    assert item in cards(world.stack.open().say("un événement sur la plongée sous-marine à Dole"))


def wait_for_message(talking: Any, after: int, limit: float = 40.0) -> str:
    """Return the text of the first message after a seq, once it has come."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        if found := talking.messages(after):
            return str(found[0]["text"])
        time.sleep(0.5)
    raise AssertionError("nothing was said")


def test_a_form_opened_before_somebody_else_saved_says_so(world: World, keeper: SignedIn) -> None:
    item = keep(keeper, event(title="Atelier vitrail"))
    page = f"/console/savoirs/{item}"
    colleague = world.account("supervisor", keeper.structure, name="Karim")
    assert colleague.post(page, event(title="Atelier vitrail et mosaïque", version="1", do="save")).status_code == 303
    late = keeper.post(page, event(title="Atelier mosaïque", version="1", do="save"))
    assert late.status_code == 409
    assert "Karim a enregistré une autre version" in words(late.text)
    assert 'value="Atelier mosaïque"' in late.text
    assert keeper.post(page, event(title="Atelier mosaïque", version="2", do="save")).status_code == 303


def test_an_item_deleted_is_gone_everywhere(world: World, keeper: SignedIn) -> None:
    item = keep(keeper, event(title="Rencontre avec des apicultrices"))
    assert keeper.post(f"/console/savoirs/{item}/supprimer").headers["Location"] == "/console/savoirs?fait=supprime"
    assert keeper.get(f"/console/savoirs/{item}").status_code == 404
    assert world.stack.people.get(f"/affiche/{item}").status_code == 404
    assert world.audited("knowledge_deleted")[0]["detail"] == f"{item} Rencontre avec des apicultrices"


def test_an_item_of_the_catalogue_is_read_and_not_edited(keeper: SignedIn) -> None:
    found = words(keeper.get("/console/savoirs", params={"q": "Forum des métiers du numérique"}).text)
    assert "Exemple, d'après le forum" in found
    page = keeper.get("/console/savoirs/event-forum-numerique-planoise")
    assert page.status_code == 200
    assert "<form" not in page.text.partition("<main")[2]
    assert keeper.post("/console/savoirs/event-forum-numerique-planoise", event(do="save")).status_code == 404


TRAINING = {
    "title": "Devenir luthière ou luthier", "summary": "On apprend à fabriquer des guitares et des violons à la main.",
    "modality": "onsite", "town": "Dole", "sessions": IN_TEN_DAYS, "entry_level": "0", "exit_level": "3",
    "price": "gratuit", "labels": "Qualiopi", "rncp_code": "rncp 37674", "families": "B1501",
}  # fmt: skip
PLACE = {
    "title": "La Passerelle numérique", "summary": "Des ordinateurs en libre accès et quelqu'un pour aider.",
    "service": "espace_numerique", "town": "39100 Dole", "phone": "0384000000", "appointment": "walk_in",
    "hours_Mo": "9h-12h, 14h-17h30", "hours_Sa": "10h-12h", "holidays": "closed", "equipment": "imprimante",
}  # fmt: skip


def test_a_training_and_a_place_are_found_too(world: World, keeper: SignedIn) -> None:
    training, place = keep(keeper, TRAINING, "training"), keep(keeper, PLACE, "place")
    found = cards(world.stack.open().say("une formation pour devenir luthier à Dole"))
    assert training in found, found.keys()
    assert found[training]["code"] == "RNCP37674"
    found = cards(world.stack.open().say("où trouver un espace numérique à Dole ?"))
    assert place in found, found.keys()
    facts = {fact["label"]: fact["value"] for fact in found[place]["facts"]}
    assert facts["Horaires"].startswith("lundi 9\u00a0h à 12\u00a0h, 14\u00a0h à 17\u00a0h\u00a030")
    assert facts["Téléphone"] == "03 84 00 00 00"
    for item in (training, place):
        assert "Aperçu" in words(keeper.get(f"/console/savoirs/{item}").text)


def test_a_campaign_groups_the_events_that_name_it(world: World, keeper: SignedIn) -> None:
    form = {"title": "Les Journées du bois", "summary": "Des ateliers autour du bois dans tout le Jura.",
            "starts_on": IN_TEN_DAYS, "ends_on": IN_TEN_DAYS}  # fmt: skip
    campaign = keep(keeper, form, "campaign")
    assert 'value="Les Journées du bois"' in keeper.get("/console/savoirs/nouveau/event").text
    keep(keeper, event(title="Atelier tournage sur bois", campaign="Les Journées du bois"))
    assert "Atelier tournage sur bois" in words(keeper.get(f"/console/savoirs/{campaign}").text)
    agenda = world.stack.people.get("/agenda", params={"campaign": "Les Journées du bois"}).text
    assert "Atelier tournage sur bois" in words(agenda)


def test_job_families_are_looked_for_and_ticked(keeper: SignedIn) -> None:
    page = keeper.post("/console/savoirs/nouveau/event", event(do="trades", trade="réparer des ordinateurs")).text
    codes = re.findall(r'name="families" value="([A-N]\d{4})">', page)
    assert "I1401" in codes
    assert 'value="Atelier lutherie' in page
    item = keep(keeper, event(families="I1401"))
    assert 'value="I1401" checked' in keeper.get(f"/console/savoirs/{item}").text


def test_an_item_duplicated_is_a_form_filled_and_saves_another(keeper: SignedIn) -> None:
    item = keep(keeper, event(title="Café des métiers"))
    page = keeper.get("/console/savoirs/nouveau/event", params={"copie": item}).text
    assert 'value="Café des métiers"' in page
    given = re.search(r'name="id" value="([^"]+)"', page)
    assert given
    assert keep(keeper, event(title="Café des métiers", id=given[1])) == given[1] != item
    # The same form sent twice keeps it once.
    assert keep(keeper, event(title="Café des métiers", id=given[1])) == given[1]


def test_the_same_thing_typed_by_two_structures_is_proposed_once(world: World, keeper: SignedIn) -> None:
    title = "Concours de robots en carton"
    other = world.account("supervisor", world.structure())
    ours, theirs = keep(keeper, event(title=title)), keep(other, event(title=title))
    asked = "un événement sur les robots en carton à Dole"
    found = {ours, theirs} & set(cards(world.stack.open().say(asked)))
    assert len(found) == 1
    first = found.pop()
    second = ({ours, theirs} - {first}).pop()
    whose = keeper if second == ours else other
    assert "déjà annoncée par une autre source" in words(whose.get(f"/console/savoirs/{second}").text)
    (other if second == ours else keeper).post(f"/console/savoirs/{first}/supprimer")
    assert second in cards(world.stack.open().say(asked))


def test_what_was_typed_is_there_again_when_the_index_is_made_anew(
    world: World, keeper: SignedIn, knowledge: KnowledgeBase
) -> None:
    item = keep(keeper, event(title="Initiation à la fauconnerie", summary="On fait voler une buse."))
    with world.stack.database() as connection:
        connection.execute("DELETE FROM knowledge.items WHERE collection = %s", (COLLECTION,))
    assert item not in cards(world.stack.open().say("un événement de fauconnerie à Dole"))
    assert "n'est plus dans l'index" in words(keeper.get(f"/console/savoirs/{item}").text)
    knowledge.build(date.today(), demo=True)  # noqa: DTZ011
    assert item in cards(world.stack.open().say("un événement de fauconnerie à Dole"))
