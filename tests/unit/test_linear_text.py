"""A small classifier, taught a few sentences."""

from pathlib import Path

import numpy as np
import pytest

from bot.components.linear_text import LinearText, likely, views

TAUGHT = {
    "greet": ["bonjour", "salut toi", "coucou", "slt", "bonsoir à tous", "hello", "wesh salut"],
    "cook": ["j'aime cuisiner", "faire des gâteaux", "la cuisine c'est ma vie", "jadore cuisiner", "les gateaux"],
    "cars": ["réparer des voitures", "la mécanique", "les moteurs", "bricoler des voitures", "mécano auto"],
}


@pytest.fixture(scope="module")
def model() -> LinearText:
    pairs = [(text, label) for label, texts in TAUGHT.items() for text in texts]
    return LinearText.fit([text for text, _ in pairs], [label for _, label in pairs], penalty=1.0)


@pytest.mark.parametrize(
    ("text", "label"), [("bonjour", "greet"), ("jadore la kuizine", "cook"), ("réparé dé voitur", "cars")]
)
def test_sentences_find_their_class(model: LinearText, text: str, label: str) -> None:
    assert model.classes[int(model.scores([text])[0].argmax())] == label


def test_what_is_saved_is_read_back(model: LinearText, tmp_path: Path) -> None:
    model.save(tmp_path / "model.joblib")
    read = LinearText.load(tmp_path / "model.joblib")
    texts = [text for texts in TAUGHT.values() for text in texts]
    assert np.allclose(read.scores(texts), model.scores(texts), atol=0.01)


def test_a_text_without_letters_has_scores_too(model: LinearText) -> None:
    assert np.isfinite(model.scores(["", "😂", "?!"])).all()


def test_probabilities_add_up_and_follow_the_scores() -> None:
    chances = likely(np.array([[0.5, -1.0, -0.2]], np.float32), sharpness=5.0)
    assert chances.sum() == pytest.approx(1.0)
    assert list(chances[0].argsort()) == [1, 2, 0]


def test_slang_is_read_plainly() -> None:
    assert views("jkiffe bidouiller des ordis")["plain"] == "j aime bricoler des ordinateurs"
