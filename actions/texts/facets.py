"""What people ask of an event, a training or a place, and the fact of its card that answers."""

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Facet:
    """One thing to know. `labels` are those of the card's facts that tell it, `words` how it is asked, folded."""

    key: str
    name: str
    labels: tuple[str, ...]
    words: re.Pattern[str]


def _facet(key: str, name: str, labels: tuple[str, ...], *words: str) -> Facet:
    pattern = "|".join(words).replace("'", "['’ ]")  # what is folded has no apostrophe left
    return Facet(key, name, labels, re.compile(rf"\b[jlmst]?(?:{pattern})\b"))  # « japporte », « sinscrire »


FACETS = (
    _facet(
        "in_stead",
        "si on peut venir à la place de quelqu'un",
        (),
        r"a (?:sa|ca|leur|ma|notre) place",
        r"(?:venir|aller|appeler|deposer|passer|inscrire|inscris|demander|prendre (?:un )?(?:rdv|rendez-vous))"
        r" (?:\w+ ){0,4}(?:pour (?:lui|elle|eux|mon|ma)|sans (?:lui|elle|eux))",
    ),
    _facet(
        "join",
        "comment se connecter",
        ("Inscription", "Y aller"),
        r"connect\w+",
        "(?:le|un|quel) lien",
        "visio",
        "zoom",
    ),
    _facet(
        "bring",
        "ce qu'il faut apporter",
        ("À apporter",),
        r"apport\w+",
        r"depose\w* (?:son|mon|un|le) cv",
        r"am[ei]n\w+",
        r"ramen\w+",
        r"(?:comme|quelles?|des|en) (?:chaussures?|baskets?|vetements?|habits?|tenue|fringues)",
        r"(?:m |s |nous )?habill\w+",
        "prendre avec",
        "faut (?:venir avec|un cv)",
        "mon cv",
        "un cv",
    ),
    _facet(
        "who",
        "qui sera là",
        ("Exposants", "Organisé par"),
        r"exposants?",
        r"stands?",
        r"entreprises?",
        "qui (?:sera|seront|il y a|ya)",
        "y aura qui",
        "ya qui",
        "il y a qui",
        "y a qui",
    ),
    _facet(
        "for_whom",
        "pour qui c'est",
        ("Pour qui", "Pour entrer"),
        "pour qui",
        "quel age",
        "a partir de quel",
        "ouvert aux?",
        "le droit(?! de (?:travailler|bosser|taffer|rester|sejour))",
        "sans diplome",
        "sans le bac",
        "quel niveau",
        "faut quoi pour entrer",
        r"(?:pour )?y (?:r?entrer|etre (?:pris|admis)e?s?)",
        r"(?:des |de |bonnes? )notes?",
        "dossier",
        "concours",
        "selection",
        r"(?:sont|serai\w*|seront) (?:pris|admis)e?s?",
        r"(?:quels? |un |le |aucun |de )?diplomes?",
        "avoir le bac",
        r"(?:quels? |de )niveau",
        r"(?:ca|cela|il|elle) (?:me |nous )?suffi\w*",
        r"peu\w* venir",
        "trop (?:vieux|vieille|jeune)",
    ),
    _facet(
        "class",
        "si toute une classe peut venir",
        ("Pour qui", "Inscription"),
        "(?:toute )?(?:la|ma|une|notre|leur) classe",
        "(?:tous )?(?:mes|les|nos) eleves",
        "en groupe",
        "(?:un|mon) groupe",
    ),
    _facet(
        "consent",
        "s'il faut l'accord des parents",
        ("Inscription",),
        r"(?:parents?|mere|pere|daron\w*|tuteur) (?:doi\w+ |peu\w+ |faut )?(?:pas )?(?:signe\w*|autoris\w*)",
        "autorisation (?:parentale|des parents)",
        "accord (?:parental|des parents)",
        r"accord de (?:ma|mon|mes|leurs?|son|sa) (?:mere|pere|parents?|tuteur|tutrice|daron\w*)",
    ),
    _facet(
        "company",
        "si on peut venir à plusieurs",
        ("Pour qui",),
        r"accompagn\w+",
        "venir (?:avec|a plusieurs)",
        r"(?:parents?|mere|pere|amie?s?|copine?s?|potes?) (?:peu\w*|pourr\w*|a le droit)",
        "tou(?:t|te) seule?",
    ),
    _facet(
        "register",
        "comment s'inscrire",
        ("Inscription",),
        r"inscri\w+",
        r"reserv\w+",
    ),
    _facet("appointment", "s'il faut un rendez-vous", ("Rendez-vous", "Inscription"), "rendez vous", "rdv"),
    _facet(
        "price",
        "le prix",
        ("Prix", "Financement"),
        "combien ca coute",
        r"cout\w+",
        "prix",
        "tarifs?",
        "payante?s?",
        "payan",
        "gratuite?",
        "gratos",
        "cher",
        r"(?:je )?pay(?:er|e|ez|es)",
        "frais",
        "c'est combien",
        "finance\\w*",
        "prise? en charge",
        r"qui (?:\w+ ){0,3}(?:paie|paye\w*|finance\w*|rembourse\w*)",
        r"(?:on|je|j|il|elle) (?:est|suis|serai\w*|sera) (?:paye|remunere)\w*",
        r"(?:c est|c|ca|cest|est) (?:bien |mal )?(?:paye|remunere)\w*(?=\W*$)",
        r"(?:un|le|du) salaire",
        r"remuner\w*",
    ),
    _facet(
        "duration",
        "la durée",
        ("Durée",),
        "combien de temps",
        "dure",
        "duree",
        "longtemps",
        r"plus (?:court|long)\w*",
        "combien de mois",
        "combien d'heures",
    ),
    _facet(
        "outcomes",
        "les résultats",
        ("Résultats",),
        "taux",
        r"resultats?",
        r"debouches?",
        r"(?:re)?trouve\w* (?:du |un )?(?:travail|boulot|taf|emploi|job)",
        "apres la formation",
        "serieux",
    ),
    _facet("access", "l'accessibilité", ("Accessibilité",), "fauteuil", r"handicap\w*", "accessible", "pmr"),
    _facet(
        "way",
        "comment y aller",
        ("Y aller", "Adresse"),
        "comment (?:on )?y (?:va|aller)",
        "bus",
        "tram",
        "metro",
        "train",
        "parking",
        "sans voiture",
        r"(?:pas|plus) (?:de|la|le|d') ?(?:voiture|permis|caisse|bagnole|scooter)",
        "y aller",
        r"y (?:va|vais|vas) (?:comment|en|avec)",
    ),
    _facet(
        "address",
        "l'adresse",
        ("Adresse",),
        "c'est ou",
        "c ou",
        "cest ou",
        "quelle adresse",
        r"ladresse",
        "l'adresse",
        "adresse",
        "ou ca",
        "ou exactement",
        "a quel endroit",
    ),
    _facet(
        "hours",
        "les horaires",
        ("En ce moment", "Horaires"),
        "ouverts?",
        r"horaires?",
        "ferme",
        "ouvre",
        "quelle heure",
    ),
    _facet(
        "contact",
        "comment les joindre autrement",
        ("Adresse", "Horaires", "Téléphone"),
        r"(?:les |le |la |vous )?contacter",
        "joindre",
        r"(?:leur |par |un |une )(?:mails?|e mails?|courriels?|adresse mail)",
        "ecrire a",
    ),
    _facet("phone", "le téléphone", ("Téléphone",), "numero", "telephone", "tel", "appeler"),
    _facet(
        "date",
        "la date",
        ("Prochaine session",),
        "quand(?! meme)",
        "quel jour",
        "quelle date",
        "ca commence",
        "session",
    ),
    _facet(
        "equipment",
        "ce qu'il y a sur place",
        ("Sur place",),
        "imprim\\w+",
        "scanner",
        "ordinateurs?",
        "ordis?",
        "wifi",
        "internet",
        "materiel",
    ),
)


BY_KEY = {one.key: one for one in FACETS}


def asked(folded: str) -> Facet | None:
    """Return what a message asks to know."""
    return next((one for one in FACETS if one.words.search(folded)), None)


def all_asked(folded: str) -> list[Facet]:
    """Return all that a message asks to know, in the order of `FACETS`."""
    return [one for one in FACETS if one.words.search(folded)]


def told(facet: Facet, card: dict[str, Any]) -> str | None:
    """Return what a card says of it, None when it says nothing."""
    known = {fact["label"]: fact["value"] for fact in card["facts"]}
    said = [f"{label} : {known[label]}." for label in facet.labels if label in known]
    if facet.key == "contact" and card["url"]:
        said.insert(0, f"Site : {card['url']}.")
    if facet.key in ("date", "hours", "address") and card["starts_at"]:
        said.insert(0, f"{card['subtitle']}.")
    if facet.key == "class" and said:
        said.append("Pour une classe entière, mieux vaut les prévenir avant.")
    return "\n".join(said) or None
