"""The public directory of orientation services (DILA's annuaire de l'administration, Licence Ouverte), as one CSV.

Its coordinates are those of the commune. The file was once written in windows-1252 and read as latin-1, and lost the
leading zeros of some postcodes: both are put right.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from knowledge_base.importers.columns import decimal
from knowledge_base.importers.outcomes import Known, Outcome, Unusable, judged
from knowledge_base.importers.phones import phone_of
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, every_row
from knowledge_base.importers.towns import written
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import PlaceRecord

SET = "format"
COLUMNS = ("id", "type", "name", "insee", "adresse", "ville")
SOURCE = {"name": "Annuaire de l'administration (service-public.fr, DILA)", "licence": "Licence Ouverte"}
# « d\x92orientation » is « d’orientation » in windows-1252.
MISREAD = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)} | {ord("’"): "'", 0x92: "'"}
CEDEX = re.compile(r"\s+cedex(?:\s+\d+)?$", re.IGNORECASE)
DISTRICT = re.compile(r"\s+\d+\s*(?:er|e|ème)\s+arrondissement$", re.IGNORECASE)
# « Roujol,97170,Petit-Bourg », « 22 avenue Notre-Dame, 6045, Nice Cedex »
ADDRESS = re.compile(r"(?P<street>.*?),?\s*(?P<postcode>\d{4,5}),\s*(?P<town>[^,]+)", re.DOTALL)
POST_BOX = re.compile(r"(?:^|\s+-\s+)(?:BP|CS|TSA)\s*\d+(?=\s+-|$)")
# Services of one name in one commune carry their number: « Greta - Sud-Aquitaine - Dax 40088-01 ».
NUMBERED = re.compile(r"\s+\d[\dAB]\d{3}-\d{2}$")
WORDY = " pour l'insertion professionnelle et sociale des jeunes (16-25 ans)"
PAID_CALL = "L'appel coûte plus qu'un appel normal."


class Service(NamedTuple):
    """What we call a type of the directory, and what one can ask there."""

    name: str
    summary: str


SERVICES = {
    "mission_locale": Service(
        "mission_locale",
        "Tu as entre 16 et 25 ans et tu n'es plus à l'école : une conseillère ou un conseiller peut chercher avec toi "
        "un métier, une formation ou un emploi, et parler aussi logement, santé, transports ou argent.",
    ),
    "cij": Service(
        "information_jeunesse",
        "Tu peux venir y poser gratuitement toutes tes questions : études, stages, jobs, logement, santé, droits, "
        "départ à l'étranger.",
    ),
    "cio": Service(
        "cio",
        "Au collège, au lycée ou après avoir quitté l'école, tu peux y parler gratuitement de tes envies et de ton "
        "orientation avec une ou un psychologue de l'Éducation nationale.",
    ),
    "greta": Service(
        "greta",
        "Le Greta forme surtout des adultes, dans des lycées : tu peux y demander comment apprendre un métier, "
        "préparer un diplôme ou revoir les bases, et qui pourrait payer.",
    ),
    "suio": Service(
        "suio",
        "À l'université ou avant d'y entrer, tu peux y demander de l'aide pour choisir tes études, changer de voie, "
        "chercher un stage ou préparer la suite.",
    ),
    "afpa": Service(
        "afpa",
        "Tu peux y demander quelles formations préparent à un métier, comment elles se passent et "
        "comment les financer.",
    ),
    "msap": Service(
        "france_services",
        "Un papier à remplir, une démarche en ligne, un droit à connaître : tu peux y demander un coup de main, par "
        "exemple pour la santé, la CAF ou l'emploi.",
    ),
    "cci": Service(
        "cci",
        "Tu peux y demander comment trouver un contrat d'apprentissage dans le commerce, l'industrie ou les services, "
        "ou comment créer ton entreprise.",
    ),
    "chambre_metier": Service(
        "chambre_metiers",
        "Si les métiers de l'artisanat t'attirent, du pain à la mécanique, tu peux y demander comment trouver un "
        "contrat d'apprentissage, ou comment te mettre à ton compte.",
    ),
    "crous": Service(
        "crous",
        "Pendant tes études, tu peux y poser tes questions sur la bourse, le logement en résidence, les repas, ou "
        "l'aide possible quand l'argent manque.",
    ),
    "apec": Service(
        "apec",
        "Si tu as un diplôme de niveau bac+3 ou plus, tu peux y parler de ta recherche d'emploi et de ton projet avec "
        "une consultante ou un consultant.",
    ),
}  # fmt: skip


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each service as a place."""
    return judged(every_row(source, COLUMNS), partial(_record, known=known))


def _record(row: Row, known: Known) -> PlaceRecord:
    service = SERVICES.get(row.text("type"))
    if service is None:
        raise Unusable(f"type {row.text('type')!r} is not one of {', '.join(SERVICES)}")
    for column in ("id", "name"):
        if not row.text(column):
            raise Unusable(f"{column} is empty")
    site = _site(row)
    young = service.name == "mission_locale"
    return PlaceRecord.model_validate(
        {
            "id": f"annuaire-{row.text('id')}",
            "title": _title(row, site["address"]),
            "summary": service.summary + (f" {PAID_CALL}" if "violet" in row.text("telephone") else ""),
            "service": service.name,
            "place": site,
            # Their legal public, and what their own names say: « des jeunes (16-25 ans) ».
            "public": {"age_min": 16, "age_max": 25, "text": "16 à 25 ans, hors de l'école"} if young else {},
            "phone": phone_of(row.text("telephone")),
            "url": _url(row.text("site")),
            "source": SOURCE,
            "verified_at": known.dated,
        }
    )


def _title(row: Row, street: str | None) -> str:
    """Shorten the Missions Locales' long name, and say the street where the source gave a number."""
    name = " ".join(_repaired(row.text("name")).replace(WORDY, "").split())
    bare = NUMBERED.sub("", name)
    last = (street or "").rpartition(" - ")[2]
    return f"{bare} ({last})" if bare != name and last else bare


def _site(row: Row) -> dict[str, Any]:
    address = _repaired(row.text("adresse"))
    parts = ADDRESS.fullmatch(address)
    street = POST_BOX.sub("", parts["street"] if parts else address).strip(" -,")
    town = _town(_repaired(row.text("ville")) or (parts["town"] if parts else ""))
    if not town:
        raise Unusable(f"ville is empty, and adresse {address!r} names no town")
    insee = row.text("insee").upper()
    if not re.fullmatch(r"\d[\dAB]\d{3}", insee):
        raise Unusable(f"insee {insee!r} is not a commune's code of five characters")
    return {
        "address": street or None,
        "commune": town,
        "code_insee": insee,
        "postcode": (row.text("code_postal") or (parts["postcode"] if parts else "")).zfill(5).replace("00000", "")
        or None,
        "latitude": decimal(row, "lat_commune"),
        "longitude": decimal(row, "lon_commune"),
    }


def _town(text: str) -> str:
    """« Marseille Cedex 8 » is « Marseille », « ST GENIS LAVAL » is « Saint-Genis-Laval »."""
    bare = DISTRICT.sub("", CEDEX.sub("", text.strip()))
    return written(bare).replace("-A-", "-à-") if bare.isupper() else bare


def _url(text: str) -> str | None:
    return web_address(text) or web_address(f"http://{text}") if re.match(r"(?:https?://)?[\w-]+\.", text) else None


def _repaired(text: str) -> str:
    return text.translate(MISREAD).strip()
