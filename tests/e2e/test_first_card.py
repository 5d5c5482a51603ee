"""How many turns from « salut » to a first card, and whether anything is asked that was already said."""

import re
import statistics

from tests.e2e.scripted import ways_on, words_of
from tests.stack import Conversation, Stack

TURNS = 3  # the median held to
# What each person says after « salut », in their order; « [réparer] » is pressed.
PEOPLE = (
    ("16 ans", "les motos", "valenciennes"),
    ("j'aime dessiner", "g 15 ans"),
    ("jsp", "[cuisiner]"),
    ("g 17 ans jhabite a denain", "jaime les animaux"),
    ("je cherche un stage de 3e", "dans un garage", "Besançon"),
    ("[18 a 25]", "[informatique]"),
    ("chui en term", "la bio et le sport"),
    ("je veux une formation", "electricien", "dole"),
    ("ya des forums bientot ?", "besançon"),
    ("jveux un taf", "la vente", "jai 19 ans"),
    ("rien me plait", "bah le foot un peu"),
    ("Je voudrais changer de métier", "j'ai 34 ans, je suis caissière", "m'occuper des enfants"),
    ("c koi ce truc", "ok. moi cest les chevaux"),
    ("bonjour c'est pour mon fils", "il a 15 ans, il aime bricoler"),
    ("mission locale besancon",),
    ("[moins de 15]", "le dessin et les mangas"),
    ("jai arrete l'ecole", "coiffure", "17 ans"),
    ("pontarlier", "21 ans", "conduire des camions"),
    ("jveux gagner de l'argent vite", "livreur ou un truc comme ca"),
    ("je suis en 4eme", "je sais pas trop", "les avions peut etre"),
    ("ca va ?", "oklm. jkiffe la mecanique"),
    ("une visite d'entreprise pour ma classe de 3e", "l'industrie", "Valenciennes"),
    ("je fais du baby sitting et j'adore", "18 ans"),
    ("j'ai un bac pro vente", "plus envie de vendre", "travailler dehors"),
)
ASKED_AGE = re.compile(r"(?:tu as|vous avez|a) quel age")
ASKED_PLACE = re.compile(r"(?:tu es|vous etes) ou \?|ta ville ou ton code|votre ville ou votre code")
AGE = re.compile(r"\b\d\d ans|18 a 25|moins de 15")
PLACE = re.compile(r"valenciennes|denain|besan[cç]on|dole|pontarlier", re.IGNORECASE)


def turn(person: Conversation, said: str, before: list[tuple[str, str]]) -> list[dict[str, object]]:
    if not said.startswith("["):
        return person.say(said)
    titles = re.compile(said.strip("[]"))
    return person.press(next(payload for title, payload in reversed(before) if titles.search(words_of_title(title))))


def words_of_title(title: str) -> str:
    return words_of([{"text": title, "cards": []}])


def test_a_first_card_comes_at_the_third_turn_and_nothing_is_asked_twice(stack: Stack) -> None:
    first: dict[str, int] = {}
    for says in PEOPLE:
        person = stack.open()
        offered, told = ways_on(person.welcome), ""
        for number, said in enumerate(("salut", *says), start=1):
            replies = turn(person, said, offered)
            offered += ways_on(replies)
            told += f" {said}"
            words = words_of(replies)
            assert not (AGE.search(told) and ASKED_AGE.search(words)), f"{told}: {words}"
            assert not (PLACE.search(told) and ASKED_PLACE.search(words)), f"{told}: {words}"
            if any(message["cards"] for message in replies):
                first.setdefault(" / ".join(says), number)
    without = [" / ".join(says) for says in PEOPLE if " / ".join(says) not in first]
    assert not without, without
    assert statistics.median(first.values()) <= TURNS, first
