"""What an accent stands for where a word is written as it sounds."""

import pytest

from bot.components.accents import sounded_out


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("jaime la meca é le dessin", "jaime la meca et le dessin"),
        ("j'aime ça Mé pas la vente", "j'aime ça mais pas la vente"),
        ("cé ou é cé kan", "c'est ou et c'est kan"),
        ("lé mangas, dé séries", "les mangas, des séries"),
    ],
)
def test_a_word_written_as_it_sounds_is_spelled(written: str, read: str) -> None:
    assert sounded_out(written) == read


@pytest.mark.parametrize("written", ["lancer un dé", "né à Dole", "été", "l'été é-mail", "clé", "CV et mél", ""])
def test_other_words_stay(written: str) -> None:
    assert sounded_out(written) == written
