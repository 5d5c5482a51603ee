"""What is personal in a message is found, however it is written; what only looks so stays."""

import pytest

from connectors.masking import Masker, masked
from connectors.masking.spans import Kind, Span, apart


@pytest.fixture(scope="module")
def masker() -> Masker:
    return Masker()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("je m'appelle léa et j'ai 16 ans", "je m'appelle [nom] et j'ai 16 ans"),
        ("moi c karim benzarti", "moi c [nom]"),
        ("lucas martin 16 ans j'aime le foot", "[nom] 16 ans j'aime le foot"),
        ("mon fils théo cherche un stage", "mon fils [nom] cherche un stage"),
        ("mme dupont ma prof", "mme [nom] ma prof"),
        ("nolwenn le goff, brest", "[nom], brest"),
        ("Martin Dupont, responsable", "[nom], responsable"),
        ("bonjour je suis la maman de Fatoumata Diallo", "bonjour je suis la maman de [nom]"),
        ("mon num 06 12 34 56 78 stp", "mon num [téléphone] stp"),
        ("0612345678", "[téléphone]"),
        ("appelez moi au +33 6 12 34 56 78", "appelez moi au [téléphone]"),
        ("zéro six douze trente quatre cinquante six soixante dix huit", "[téléphone]"),
        ("lea.martin@gmail.com", "[adresse mail]"),
        ("lea.martin arobase gmail point com", "[adresse mail]"),
        ("mon insta c lea_25", "mon insta c [pseudo]"),
        ("jhabite 12 rue des lilas et je cherche", "jhabite [adresse] et je cherche"),
        ("née le 12/03/2009 à Dole", "[date de naissance] à Dole"),
    ],
)
def test_what_is_personal_is_hidden(masker: Masker, written: str, shown: str) -> None:
    assert masked(written, masker.spans(written)) == shown


@pytest.mark.parametrize(
    "written",
    [
        "je suis au lycée Jules Haag à Besançon",
        "comme mbappé je veux être connu",
        "j'adore Aya Nakamura et Jul",
        "mon fils cherche un stage",
        "rose ou bleu, jsp",
        "la mission locale de Dole m'a appelé",
        "chui en seconde et chui perdu",
        "appelle le 08 00 23 52 36",
        "c koi un bts à Lyon",
        "l'ambiance, c'est ça qui me plaît",
        "je cherche 3 ou 4 adresses à Paris",
    ],
)
def test_what_is_nobodys_stays(masker: Masker, written: str) -> None:
    assert masker.spans(written) == []


def test_a_name_said_once_is_hidden_in_the_whole_conversation(masker: Masker) -> None:
    texts = ["je m'appelle Zerwalia", "zerwalia ça s'écrit avec un z", "j'aime cuisiner"]
    hidden = [masked(text, spans) for text, spans in zip(texts, masker.transcript(texts), strict=True)]
    assert hidden == ["je m'appelle [nom]", "[nom] ça s'écrit avec un z", "j'aime cuisiner"]


def test_spans_that_meet_become_one() -> None:
    found = apart([Span(4, 9, Kind.MAIL), Span(8, 12, Kind.NAME), Span(0, 2, Kind.NAME)])
    assert found == [Span(0, 2, Kind.NAME), Span(4, 12, Kind.MAIL)]
