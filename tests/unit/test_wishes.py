"""Likes and dislikes, quoted from what people write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.wishes import LONGEST_QUOTE, flat, wishes_of

PIECES = [
    "j'aime", "je kiffe", "j'adore ça", "pas", "je veux pas", "jsp", "pourquoi pas", "sauf", "sans", "ni", "ou", "et",
    "mais", "la cuisine", "les ordis", "le service en salle", "l’Électricité", "pc", "c'est nul", "oui", "non",
    "me saoule", ",", ".", "\n", "  ", "bonjour", "16 ans", "İ", "ß", "œuvre", "😀", "…", "-", "'",
    "marre des", "tout", "par contre",
]  # fmt: skip
SENTENCES = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))


@pytest.mark.parametrize(
    ("said", "likes"),
    [
        ("j'adore dessiner et coder", ["dessiner", "coder"]),
        ("moi c surtout cuisiner", ["cuisiner"]),
        ("je kiffe grave le rap", ["le rap"]),
        ("ma passion c'est la photo", ["photo"]),
        ("Je voudrais un métier avec les animaux", ["les animaux"]),
        ("je veux devenir infirmière", ["infirmière"]),
        ("un truc avec les pc", ["les pc"]),
        ("J’ADORE l’Électricité !", ["l’Électricité"]),
        ("j'aime dessiner, j'aime dessiner", ["dessiner"]),
        ("pourquoi pas la mécanique", ["mécanique"]),
    ],
)
def test_what_a_person_likes_is_quoted_in_their_words(said: str, likes: list[str]) -> None:
    found = wishes_of(said)
    assert list(found.likes) == likes
    assert found.dislikes == ()


@pytest.mark.parametrize(
    ("said", "dislikes"),
    [
        ("je déteste le sport", ["le sport"]),
        ("tout sauf le commerce", ["le commerce"]),
        ("sans contact avec les gens", ["contact avec les gens"]),
        ("pas la vente ni l'accueil", ["vente", "l'accueil"]),
        ("l'élec me saoule", ["l'élec"]),
        ("hors de question de vendre", ["vendre"]),
        ("parler devant du monde je peux pas", ["parler devant du monde"]),
        ("j'en ai marre des bureaux", ["bureaux"]),
        ("je supporte pas le sang", ["le sang"]),
        ("berk la vente", ["vente"]),
        ("la vente c'est mort", ["vente"]),
        ("c mort la vente", ["vente"]),
        ("la vente, très peu pour moi", ["vente"]),
        ("la vente 🤮", ["vente"]),
        ("plutôt mourir que vendre", ["vendre"]),
        ("me parlez pas de vente", ["vente"]),
        ("jsuis pas fait pr la vente", ["vente"]),
        ("trop timide pour la vente", ["vente"]),
        ("la banque, les assurances, sans façon", ["banque", "les assurances"]),
        ("pas caissière pas serveuse", ["caissière", "serveuse"]),
        ("tout sauf les maths, le français et la chimie", ["les maths", "le français", "chimie"]),
        ("j'ai fait un stage en vente, plus jamais", ["vente"]),
        ("pas le dimanche", ["le dimanche"]),
    ],
)
def test_what_a_person_refuses_is_no_like(said: str, dislikes: list[str]) -> None:
    found = wishes_of(said)
    assert list(found.dislikes) == dislikes
    assert found.likes == ()


@pytest.mark.parametrize(
    ("said", "likes", "dislikes"),
    [
        ("j'aime cuisiner mais pas le service en salle", ["cuisiner"], ["le service en salle"]),
        ("j'aime pas les maths mais j'adore dessiner", ["dessiner"], ["les maths"]),
        ("les ordis oui, les clients non", ["les ordis"], ["les clients"]),
        (
            "j'aime le foot, la muscu et les enfants mais pas les bébés",
            ["le foot", "muscu", "les enfants"],
            ["les bébés"],
        ),
        ("je préfère la cuisine à la vente", ["cuisine"], ["vente"]),
        ("j'préfère balayer que d'être au téléphone", ["balayer"], ["au téléphone"]),
        ("moins de vente et plus de cuisine", ["cuisine"], ["vente"]),
        ("vente : non. cuisine : oui.", ["cuisine"], ["vente"]),
        ("véto c'est trop long, mais les chats j'adore", ["les chats"], ["véto"]),
        ("les piqûres et le sang je peux pas mais aider oui les vieux", ["les vieux"], ["les piqûres", "le sang"]),
        ("jveux pas de guichet, plutôt l'analyse", ["l'analyse"], ["guichet"]),
        ("on me propose la vente mais moi je veux la cuisine", ["cuisine"], ["vente"]),
        ("architecte faut trop bosser, les maquettes oui", ["les maquettes"], ["architecte"]),
        ("pas de contact client pas d'usine, les bêtes oui", ["les bêtes"], ["contact client", "usine"]),
        ("développeur c dur?", ["développeur"], []),
        ("développeur c dur", [], ["développeur"]),
        ("les bureaux c'est nul, ya quoi d'autre ?", [], ["les bureaux"]),
    ],
)
def test_a_contrast_tells_likes_from_dislikes(said: str, likes: list[str], dislikes: list[str]) -> None:
    found = wishes_of(said)
    assert (list(found.likes), list(found.dislikes)) == (likes, dislikes)


@pytest.mark.parametrize(
    ("said", "likes"),
    [
        ("ça me dérange pas de travailler la nuit", ["travailler la nuit"]),
        ("j'ai pas peur du sang ni des hôpitaux", ["sang", "hôpitaux"]),
        ("jdeteste pas les gosses, au contraire", ["gosses"]),
        ("je peux pas me passer de sport", ["sport"]),
        ("pourquoi pas la vente", ["vente"]),
        ("c'est dur la vente mais j'aime", ["vente"]),
    ],
)
def test_a_refusal_refused_is_a_wish(said: str, likes: list[str]) -> None:
    found = wishes_of(said)
    assert (list(found.likes), found.dislikes) == (likes, ())


def test_what_others_propose_is_refused_only_beside_a_wish_of_ones_own() -> None:
    alone, beside = wishes_of("on me propose la vente"), wishes_of("on me propose la vente, j'aimerais la cuisine")
    assert (alone.likes, alone.dislikes) == ((), ())
    assert (beside.likes, beside.dislikes) == (("cuisine",), ("vente",))


def test_why_something_is_refused_is_neither_liked_nor_refused() -> None:
    found = wishes_of("j'aime le sport mais pas la danse parce que les costumes coûtent cher")
    assert (found.likes, found.dislikes) == (("le sport",), ("danse",))


@pytest.mark.parametrize(
    "said",
    [
        "", "   ", "salut", "merci", "jsp", "jsp frr", "chai pas", "je sais pas trop", "pourquoi pas", "c'est pas mal",
        "sans problème", "j'ai 3 frères et 2 soeurs", "j'aime pas",
        "c pas grave", "ya koi com formation", "ya koi kom formation labas", "koi kom metié", "kel formation pr moi",
        "jveu savoir keske ya",
    ],
)  # fmt: skip
def test_words_without_a_wish_give_none(said: str) -> None:
    found = wishes_of(said)
    assert (found.likes, found.dislikes) == ((), ())


def test_ignored_spans_are_read_as_no_wish() -> None:
    said = "j'aime la mécanique planoise"
    start = said.index(" planoise")
    assert wishes_of(said).likes == ("mécanique planoise",)
    assert wishes_of(said, ((start, len(said)),)).likes == ("mécanique",)


def test_a_quote_is_never_longer_than_a_card_can_say() -> None:
    (quote,) = wishes_of("réparer " * 60).likes
    assert len(quote) <= LONGEST_QUOTE


@settings(deadline=None, max_examples=300)
@given(SENTENCES)
def test_every_quote_is_cut_from_the_text_itself(said: str) -> None:
    found = wishes_of(said)
    assert all(quote and quote in said for quote in (*found.likes, *found.dislikes))


@settings(deadline=None, max_examples=200)
@given(SENTENCES, st.integers(0, 40), st.integers(1, 20))
def test_with_a_span_ignored_quotes_come_from_what_is_left(said: str, start: int, length: int) -> None:
    end = min(len(said), start + length)
    start = min(start, end)
    found = wishes_of(said, ((start, end),))
    assert all(quote in said[:start] or quote in said[end:] for quote in (*found.likes, *found.dislikes))


@settings(deadline=None)
@given(st.text())
def test_flattening_keeps_every_position(said: str) -> None:
    assert len(flat(said)) == len(said)


@pytest.mark.parametrize(
    ("said", "likes"),
    [
        ("je passe mes aprem a dessiner des mangas", ["dessiner des mangas"]),
        ("il passe son temps sur la console", ["console"]),
        ("elle est tout le temps dehors", ["dehors"]),
        ("jsuis tjr en train de coiffer mes copines", ["coiffer mes copines"]),
        ("mon dada c'est les trains", ["les trains"]),
        ("je me débrouille pas mal en couture", ["couture"]),
        ("chuis pas mauvais en maths", ["maths"]),
        ("ma prof dit que je suis douée en arts plastiques", ["arts plastiques"]),
        ("les voisins m'appellent pour réparer leurs vélos", ["réparer leurs vélos"]),
        ("jaide mon oncle au garage", ["garage"]),
        ("jme verrais trop travailler avec les fleurs", ["les fleurs"]),
        ("il fait rien de ses journees a part demonter des ordinateurs", ["demonter des ordinateurs"]),
        ("rien m'intéresse à part la musique", ["musique"]),
        ("à part le rap rien", ["le rap"]),
        ("ma fille ne jure que par les chevaux", ["les chevaux"]),
        ("une élève à moi adore la chimie", ["chimie"]),
        ("autre chose dans la bouffe", ["bouffe"]),
        ("elle fait que dessiner", ["dessiner"]),
        ("jfais de la danse depuis toute petite", ["danse"]),
        ("je chante à l'église tous les dimanches", ["je chante à l'église"]),
    ],
)
def test_what_one_does_or_is_good_at_is_liked_too(said: str, likes: list[str]) -> None:
    found = wishes_of(said)
    assert list(found.likes) == likes
    assert found.dislikes == ()


@pytest.mark.parametrize(
    ("said", "likes"),
    [
        ("jsuis en bts compta mais jme verrais trop travailler avec les fleurs", ["les fleurs"]),
        ("jtaffe dans un kebab mais jveux faire de l'informatique", ["faire de l'informatique"]),
        ("j'étudie le droit mais ce que j'aime c'est la photo", ["photo"]),
        ("je travaille comme maçon et je voudrais changer de métier", []),
        ("je fais un cap cuisine", ["cuisine"]),
    ],
)
def test_what_is_done_now_is_no_wish_of_who_wants_something_else(said: str, likes: list[str]) -> None:
    level = next((said.find(word) for word in ("bts ", "cap ") if word in said), -1)
    assert list(wishes_of(said, ((level, level + 3),) if level >= 0 else ()).likes) == likes


@pytest.mark.parametrize(
    "said",
    [
        "les deux événements sont le même jour ?",
        "je veux pas y aller tout seul",
        "a qui je demande pour le visa",
        "je voudrais parler à quelqu'un de l'orientation",
        "mon petit frère",
        "c'est pour le fils de ma voisine",
        "mes parents peuvent venir avec moi ?",
        "merci je vais réfléchir",
    ],
)
def test_what_is_asked_or_told_of_people_is_no_wish(said: str) -> None:
    assert wishes_of(said).likes == ()


@pytest.mark.parametrize(
    ("said", "dislikes"),
    [
        ("laisse tomber la cuisine finalement", ["cuisine"]),
        ("oublie la cuisine", ["cuisine"]),
        ("le bâtiment tu peux enlever", ["le bâtiment"]),
        ("la vente j'ai changé d'avis", ["vente"]),
        ("jardinier non merci", ["jardinier"]),
    ],
)
def test_a_wish_is_taken_back(said: str, dislikes: list[str]) -> None:
    found = wishes_of(said)
    assert list(found.dislikes) == dislikes
    assert found.likes == ()


@pytest.mark.parametrize(
    ("text", "liked"),
    [
        ("Quelles formations dans l'industrie sont accessibles après la 3e ?", ("l'industrie",)),
        ("Y a-t-il une formation en chaudronnerie ?", ("chaudronnerie",)),
        ("est-ce qu'il existe des métiers avec les chevaux ?", ("les chevaux",)),
        ("dis moi les métiers de la coiffure", ("coiffure",)),
        ("ok. donc dautres metiers autour des livres", ("livres",)),
        ("j'étais caissière, j'adore organiser des mariages", ("organiser des mariages",)),
        ("je me dis pourquoi pas la cuisine", ("cuisine",)),
        ("ce qui me plaît vraiment mais alors vraiment c'est la sono", ("sono",)),
        ("jmange pas de viande", ()),
        ("j'ai pas d'argent pour les études", ()),
    ],
)
def test_the_frame_of_a_question_and_what_one_was_are_no_wish(text: str, liked: tuple[str, ...]) -> None:
    assert wishes_of(text).likes == liked


def test_of_a_long_story_only_what_is_said_to_be_liked_is_a_wish() -> None:
    story = "alors je dicte avec mon téléphone et " + "après j'ai gardé mon grand-père à la maison " * 6
    assert wishes_of(f"{story} moi ce qui me plaît c'est la sono pour les fêtes je branche les micros").likes == (
        "sono pour les fêtes",
    )
