"""Texts as cards show them: plain, short, not shouted."""

import pytest

from knowledge_base.importers.wording import plain, sentence, shortened, unshouted


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Un &amp; deux</p><ul><li>trois</li><li>quatre</li></ul>", "Un & deux : trois ; quatre"),
        ("<ul><li>scier&nbsp;;</li><li>cintrer</li></ul><br/>le bois", "scier ; cintrer le bois"),
        ("trop < peu", "trop < peu"),
        ("Moins de <25 ans>", "Moins de <25 ans>"),
        ("**Viens** voir [le _site_](https://x.fr)\n\nOuvert à tous", "Viens voir le site. Ouvert à tous"),
        ("une ligne\ncoupée", "une ligne coupée"),
        ("<script>voler()</script>Rien", "Rien"),
        ("snake_case_reste", "snake_case_reste"),
    ],
)
def test_markup_becomes_plain_words(written: str, read: str) -> None:
    assert plain(written) == read


def test_long_texts_are_cut_at_a_word() -> None:
    assert shortened("mot " * 200, 20) == "mot mot mot mot…"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("SALON DU BTS ET DU BUT - LYON", "Salon du BTS et du BUT - Lyon"),
        ("PORTES OUVERTES | Lycée X", "Portes ouvertes | Lycée X"),
        ("Le CAP, c'est quoi ?", "Le CAP, c'est quoi ?"),
        ("JPO 3D", "JPO 3D"),
    ],
)
def test_shouted_titles_are_written_as_sentences(written: str, read: str) -> None:
    assert unshouted(written, "Lyon") == read


def test_stray_quotation_marks_disappear_and_true_ones_stay() -> None:
    assert sentence('tir à l\'arc""') == "Tir à l'arc"
    assert sentence('licence "arts"') == 'Licence "arts"'
