"""Words as people type them find the words that texts hold."""

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.lexemes import lexemes_of


@pytest.fixture(scope="module")
def known(knowledge: KnowledgeBase) -> set[str]:
    with knowledge.pool.connection() as connection:
        return {row["lexeme"] for row in connection.execute("SELECT lexeme FROM knowledge.lexemes").fetchall()}


def read(knowledge: KnowledgeBase, *wishes: str) -> list[list[str]]:
    with knowledge.pool.connection() as connection:
        return lexemes_of(connection, wishes)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("boulangerei", "boulangerie"), ("cyberséqurité", "cybersécurité"), ("électrissien", "électricien")],
)
def test_a_misspelt_word_counts_as_the_known_one(knowledge: KnowledgeBase, typed: str, meant: str) -> None:
    assert read(knowledge, typed) == read(knowledge, meant)


def test_a_known_word_stays(knowledge: KnowledgeBase, known: set[str]) -> None:
    [lexemes] = read(knowledge, "mission locale jeunes soudure")
    assert len(lexemes) == 4
    assert set(lexemes) <= known


def test_what_resembles_nothing_stays_as_it_is(knowledge: KnowledgeBase) -> None:
    assert read(knowledge, "xkzqwv") == [["xkzqwv"]]


def test_wishes_keep_their_order(knowledge: KnowledgeBase) -> None:
    assert read(knowledge, "soudure", "", "piscine") == [*read(knowledge, "soudure"), [], *read(knowledge, "piscine")]


def test_a_misspelt_name_finds_what_bears_it(knowledge: KnowledgeBase) -> None:
    found = knowledge.search("misison locael valencienois", kind="place", top=3)
    assert any("Valenciennois" in one.title for one in found)
