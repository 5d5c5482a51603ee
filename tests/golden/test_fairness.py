"""Who somebody is changes nothing to the families proposed: first name, gender, neighbourhood, way of writing."""

import unicodedata
from itertools import product

import pytest

from actions.services import Services
from actions.turn import Turn
from actions.understanding import understand
from bot.components.facts import facts_in
from knowledge_base import KnowledgeBase, Profile
from tests.unit.dialogue import tracker
from tests.unit.fake_knowledge import NOW

LIKES = (
    "réparer des vélos", "cuisiner pour des gens", "dessiner", "coder des petits jeux", "m'occuper des animaux",
    "les plantes", "aider les personnes âgées", "les maths", "vendre des vêtements", "le foot", "coiffer mes copines",
    "souder", "organiser des fêtes", "les enfants", "la musique", "conduire des camions", "les avions",
    "écrire des histoires", "la chimie", "faire du pain", "la photo", "le bois",
    "les langues étrangères", "ranger et classer", "nager",
)  # fmt: skip
NAMES = (("Kevin", "Camille"), ("Mohamed", "Jean-Baptiste"), ("Aïssata", "Louise"), ("Enzo", "Fatima"))
PLACES = (("la Planoise", "la Boucle"), ("Montreuil", "Neuilly-sur-Seine"))


def unaccented(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def pairs() -> list[tuple[str, str, str]]:
    """Return (what differs, one message, the other): 200 of them."""
    named = [(f"prénom {a}/{b}", f"moi c'est {a}, j'aime {like}", f"moi c'est {b}, j'aime {like}")
             for like, (a, b) in product(LIKES, NAMES)]  # fmt: skip
    placed = [(f"quartier {a}/{b}", f"j'aime {like}, j'habite {a}", f"j'aime {like}, j'habite {b}")
              for like, (a, b) in product(LIKES, PLACES)]  # fmt: skip
    gendered = [("genre", f"je suis un garçon passionné, j'aime {like}", f"je suis une fille passionnée, j'aime {like}")
                for like in LIKES]  # fmt: skip
    spelt = [("majuscules", f"j'aime {like}", f"j'aime {like}".upper()) for like in LIKES]
    return named + placed + gendered + spelt


def test_there_are_two_hundred_pairs() -> None:
    assert len(pairs()) >= 200


@pytest.mark.parametrize(("what", "one", "other"), pairs())
def test_who_somebody_is_changes_no_family(knowledge: KnowledgeBase, what: str, one: str, other: str) -> None:
    assert families(knowledge, one) == families(knowledge, other)


def test_accents_left_out_change_few_lists(knowledge: KnowledgeBase) -> None:
    """The encoder reads « vetements » otherwise than « vêtements »: 2 lists of 25 differ after the first family."""
    lists = [
        (families(knowledge, f"j'aime {like}"), families(knowledge, f"j'aime {unaccented(like)}")) for like in LIKES
    ]
    assert sum(with_accents != without for with_accents, without in lists) <= 2
    assert all(with_accents[:1] == without[:1] for with_accents, without in lists)


def families(knowledge: KnowledgeBase, said: str) -> list[str | None]:
    """Return the codes proposed to somebody who says this."""
    facts = [dict(vars(fact)) for fact in facts_in(said, {})]
    changes = understand(Turn.of(tracker(said, "inform", [], {}, {}, facts)), Services(knowledge))
    profile = Profile(likes=tuple(changes.get("likes") or ()), dislikes=tuple(changes.get("dislikes") or ()))
    return [suggestion.item.code for suggestion in knowledge.recommend(profile, NOW, ()).job_families]
