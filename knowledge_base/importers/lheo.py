"""LHEO, the exchange language of French training supply: each action (a training at a place and a time) of an XML file.

Contacts are people: nothing of them is read.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from lxml import etree

from knowledge_base.entries import item_entry
from knowledge_base.errors import BadFile
from knowledge_base.importers.capitals import readable
from knowledge_base.importers.columns import short_hash
from knowledge_base.importers.french_dates import in_column, read_day, read_moment
from knowledge_base.importers.lheo_elements import Schema, bare, children, line_of, schema_of, text_of
from knowledge_base.importers.lheo_places import site_of
from knowledge_base.importers.outcomes import Known, Outcome, Taken, Unusable, judged
from knowledge_base.importers.source import Member, Source
from knowledge_base.importers.tables import Row
from knowledge_base.importers.wording import plain, shortened
from knowledge_base.importers.xml import elements
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import TrainingRecord

SET = "file"
# The tables are LHEO's own (lheo.gouv.fr/2.3: dict-niveaux, dict-FOAD, dict-etat-recrutement). Levels 2 to 8 are those
# of 1969, VI to I (2 illettrisme, 3 V bis, 4 CAP, 5 bac, 6 BTS, 7 licence, 8 beyond); 11 to 18 are the 1 to 8 of 2019.
LEVELS = {"4": 3, "5": 4, "6": 5, "7": 6, "8": 7, "13": 3, "14": 4, "15": 5, "16": 6, "17": 7, "18": 8}
NO_LEVEL_NEEDED = ("1", "2", "3", "11", "12")
LEVEL_NAMES = {3: "niveau CAP", 4: "niveau bac", 5: "niveau bac+2", 6: "niveau bac+3", 7: "niveau bac+5", 8: "doctorat"}
MODALITIES = {"0": "onsite", "1": "hybrid", "2": "remote"}
CLOSED = {"2": "fermé", "3": "suspendu"}
UNKNOWN_DAYS = ("00000000", "99999999")
# The Formacodes of publics (version 10 and after) that tell a young person something.
PUBLICS = {
    "80001": "personnes sans emploi",
    "80006": "demandeurs d'emploi",
    "80009": "demandeurs d'emploi de moins de 26 ans",
    "81018": "femmes",
    "81020": "personnes handicapées",
    "81024": "jeunes",
    "81061": "élèves et étudiants",
    "82027": "contrat d'apprentissage",
    "82029": "contrat de professionnalisation",
    "82044": "salariés",
    "83056": "tout public",
}
WORK_CONTRACTS = {"82027", "82029"}


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each action as a training."""
    schema = schema_of(source)

    def take(row: Row) -> Taken:
        if fault := row.values.get("fault"):
            raise Unusable(fault)
        return Taken(row.file, item_entry(_training(row.values["formation"], row.values["action"], known).item()))

    for member in source.of_kind("*.xml"):
        yield from judged(_actions(source, member, schema), take)


def _actions(source: Source, member: Member, schema: Schema | None) -> Iterator[Row]:
    """Yield a row for each action; a formation that is invalid or has none is one row, to be refused."""
    formation = None
    for formation in elements(source, member, "formation"):
        line = line_of(formation)
        if schema is not None and (fault := schema.fault(formation)):
            yield Row(member.name, fault.line or line, {"fault": fault.message})
            continue
        actions = children(formation, "action")
        for action in actions:
            yield Row(member.name, line_of(action), {"formation": formation, "action": action})
        if not actions:
            yield Row(member.name, line, {"fault": "formation has no action"})
    if formation is None:
        raise BadFile(member.name, 1, "holds no formation. Remedy: is it LHEO?")


def _training(formation: etree._Element, action: etree._Element, known: Known) -> TrainingRecord:
    title = plain(text_of(formation, "intitule-formation"))
    if not title:
        raise Unusable("intitule-formation is empty")
    organiser = _organiser(formation)
    modality = MODALITIES.get(text_of(action, "modalites-enseignement"))
    publics = {code.text.strip() for code in children(action, "code-public-vise") if code.text}
    return TrainingRecord.model_validate(
        {
            "id": _identifier(formation, action),
            "title": readable(title),
            "summary": _summary(formation),
            "families": known.families(one.text or "" for one in children(formation, "domaine-formation", "code-ROME")),
            "place": site_of(action, modality),
            "public": {"text": _public(action, publics)},
            "access": text_of(action, "transport") or None,
            "accessibility": text_of(action, "acces-handicapes") or None,
            "url": _url(text_of(action, "url-action", "urlweb")) or _url(text_of(formation, "url-formation", "urlweb")),
            "source": {
                "name": "Offre de formation (LHEO)",
                "url": _url(formation.get("uri") or formation.get("href") or ""),
            },
            "verified_at": _updated(formation, action) or known.dated,
            "organiser": readable(organiser) if organiser else None,
            "labels": ["formation certifiante"] if text_of(formation, "certifiante") == "1" else [],
            "rncp_code": _certification(formation),
            "entry_level": _entry_level(formation, action),
            "entry_text": _entry_text(formation, action),
            "exit_level": LEVELS.get(text_of(formation, "code-niveau-sortie")),
            "modality": modality,
            "duration": _duration(action),
            "alternance": True if publics & WORK_CONTRACTS else None,
            "price": _price(action),
            "funding": _funding(formation, action, known.today),
        }
        | _dates(action)
    )


def _identifier(formation: etree._Element, action: etree._Element) -> str:
    numbers = formation.get("numero", ""), action.get("numero", "")
    if all(numbers):
        return f"lheo-{numbers[0]}-{numbers[1]}"
    place = text_of(action, "lieu-de-formation", "coordonnees", "adresse", "codepostal")
    begins = text_of(action, "session", "periode", "debut")
    said = text_of(formation, "intitule-formation"), _organiser(formation), place, begins
    return f"lheo-{short_hash(*numbers, *said)}"


def _organiser(formation: etree._Element) -> str:
    names = ("raison-sociale", "nom-organisme")
    return next(filter(None, (plain(text_of(formation, "organisme-formation-responsable", one)) for one in names)), "")


def _summary(formation: etree._Element) -> str:
    told = (
        plain(text_of(formation, f"{one}")) for one in ("objectif-formation", "contenu-formation", "resultats-attendus")
    )
    return shortened(next(filter(None, told), ""))


def _certification(formation: etree._Element) -> str | None:
    """Return « RNCP474 » or « RS5211 », of the first certification that has a number there."""
    for certification in children(formation, "certification"):
        for repertory in ("RNCP", "RS"):
            if match := re.fullmatch(rf"(?:{repertory})?\s*(\d+)", text_of(certification, f"code-{repertory}")):
                return f"{repertory}{match[1]}"
    return None


def _entry_level(formation: etree._Element, action: etree._Element) -> int | None:
    """Return the level one must have; one that is merely advised is told in words, and shuts nobody out."""
    code = text_of(formation, "code-niveau-entree")
    if code in NO_LEVEL_NEEDED:
        return 0
    return LEVELS.get(code) if text_of(action, "niveau-entree-obligatoire") == "1" else None


def _entry_text(formation: etree._Element, action: etree._Element) -> str | None:
    conditions = plain(text_of(action, "conditions-specifiques"))
    level = LEVEL_NAMES.get(LEVELS.get(text_of(formation, "code-niveau-entree"), 0))
    advised = text_of(action, "niveau-entree-obligatoire") != "1"
    if level and (advised or conditions):
        conditions = " ; ".join(filter(None, (f"{level} conseillé" if advised else level, conditions)))
    return shortened(conditions, 300) or None


def _public(action: etree._Element, codes: Iterable[str]) -> str | None:
    told = plain(text_of(action, "info-public-vise")) or ", ".join(
        PUBLICS[code] for code in sorted(codes) if code in PUBLICS
    )
    return told[:1].upper() + shortened(told, 300)[1:] or None


def _duration(action: etree._Element) -> str | None:
    if told := plain(text_of(action, "duree-indicative")):
        return told
    total, at_work = text_of(action, "nombre-heures-total"), text_of(action, "nombre-heures-entreprise")
    if not re.fullmatch(r"[1-9]\d*", total):
        return None
    return f"{total} heures" + (f", dont {at_work} en entreprise" if re.fullmatch(r"[1-9]\d*", at_work) else "")


def _price(action: etree._Element) -> dict[str, Any] | None:
    left, total = plain(text_of(action, "frais-restants")), text_of(action, "prix-total-TTC").replace(",", ".")
    if total and not re.fullmatch(r"\d{1,7}(?:\.\d+)?", total):
        raise Unusable(f"prix-total-TTC {total!r} is not a number of euros")
    euros = float(total or 0) or None  # 0 is what is written when it is not known
    return {"euros": euros, "text": left or None} if left or euros else None


def _funding(formation: etree._Element, action: etree._Element, today: date) -> str | None:
    told = []
    extras = children(action, "session", "extras") + children(action, "extras") + children(formation, "extras")
    if text_of(formation, "certification", "code-CPF") or any(_opens_cpf(one, today) for one in extras):
        told.append("éligible au CPF")
    if text_of(action, "prise-en-charge-frais-possible") == "1":
        told.append(plain(text_of(action, "detail-conditions-prise-en-charge")) or "prise en charge possible")
    return shortened(" ; ".join(told), 300) or None


def _opens_cpf(extras: etree._Element, today: date) -> bool:
    """Tell whether a list of the CPF holds today for anyone: public 1 is employees, inter-branche 0 some branches."""
    if extras.get("info") != "eligibilite-cpf":
        return False
    said = {one.get("info"): (one.text or "").strip() for one in children(extras, "extra")}
    last = _day("extra fin-validite", said.get("fin-validite", ""))
    return said.get("public") != "1" and said.get("inter-branche") != "0" and (last is None or last >= today)


def _dates(action: etree._Element) -> dict[str, Any]:
    """Return the open sessions; where one enters at any time, or no beginning is dated, when the last one ends."""
    sessions = children(action, "session")
    states = [text_of(one, "etat-recrutement") for one in sessions]
    if sessions and all(state in CLOSED for state in states):
        raise Unusable(f"etat-recrutement {states[0]!r} ({CLOSED[states[0]]}): no session of the action is open")
    runs = [_session(one) for one, state in zip(sessions, states, strict=True) if state not in CLOSED]
    dated = [one for one in runs if one["starts_on"]]
    if dated and text_of(action, "modalites-entrees-sorties") != "1":
        return {"sessions": dated}
    ends = [one["ends_on"] for one in runs]
    return {"valid_until": max(ends) if ends and all(ends) else None}


def _session(session: etree._Element) -> dict[str, Any]:
    starts, ends = (_day(f"periode/{one}", text_of(session, "periode", one)) for one in ("debut", "fin"))
    if starts and ends and ends < starts:
        raise Unusable(f"periode/fin {ends:%Y%m%d} is before its debut {starts:%Y%m%d}")
    closes = _day("periode-inscription/fin", text_of(session, "periode-inscription", "periode", "fin"))
    return {"starts_on": starts, "ends_on": ends, "register_by": closes}


def _day(name: str, text: str) -> date | None:
    return None if text in ("", *UNKNOWN_DAYS) else in_column(name, read_day, text)


def _updated(formation: etree._Element, action: etree._Element) -> date | None:
    """Return the day the source changed what it says: of the action, else the formation, else of its export."""
    for element in (action, formation):
        if moment := element.get("horodatage-modification"):
            return in_column("horodatage-modification", read_moment, moment).date()
        if day := _day("datemaj", element.get("datemaj", "")):
            return day
    extras = (
        one for one in children(formation, "extras", "extra") if one.get("info", "").upper().startswith("DATE EXPORT")
    )
    return next((_day(one.get("info", ""), bare(one.text)) for one in extras), None)


def _url(text: str) -> str | None:
    if not re.match(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+", text, re.IGNORECASE):
        return None
    return web_address(text) or web_address(f"http://{text}")
