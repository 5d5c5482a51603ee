"""Messages in another language: known as such, and what little of them can be served."""

import re

from knowledge_base.french import fold

# Words that only another language uses, folded; two of them tell that a message is in it.
FOREIGN = frozenset(
    """
    the and you are what how with want like live need help please where job work am is my hello hi cooking learn i can
    who quiero tengo donde como para trabajo vivo busco soy puedo favor gracias hola gusta anos cocina hablo
    ich bin suche mochte arbeit ausbildung deutsch sprechen guten hallo danke bitte kann mein nicht eine
    sono cerco vorrei lavoro eu quero procuro obrigado ola trabalho
    ana bghit wach fin kifach khedma f salam khoya sakn nemchi choukrane mwen ka pou enmen travay
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
OFTEN = 2  # words
# What people say they like, in English, Spanish and Arabic in Latin letters.
LIKED = {
    "cuisine": "cooking cook chef kitchen cocina cocinar cocinero tabkh",
    "voitures": "cars car mechanic mechanics coches mecanico tomobil tomobilat",
    "informatique": "computers computer coding programming informatica ordenadores",
    "animaux": "animals animal dogs animales",
    "enfants": "children kids ninos",
    "dessin": "drawing draw dibujar",
    "sport": "sport sports football soccer deporte futbol",
    "musique": "music musica",
    "bâtiment": "building construction construccion bni",
    "soigner": "nurse hospital enfermera sbitar",
    "coiffure": "hairdresser hair peluquera",
    "vente": "selling shop sales ventas",
}


def is_foreign(text: str) -> bool:
    """Say whether a message is in another language than French."""
    return len(FOREIGN.intersection(words_of(text))) >= OFTEN


def likes_in(text: str) -> list[str]:
    """Return what a message in another language says to like, in French."""
    said = set(words_of(text))
    return [like for like, words in LIKED.items() if said.intersection(words.split())]


def words_of(text: str) -> list[str]:
    """Return the words of a message, folded."""
    return re.findall(r"\w+", fold(text))
