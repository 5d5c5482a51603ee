"""Onisep's Idéo set of initial trainings: the diplomas and courses that exist in France, without their schools."""

import re
from collections.abc import Iterator
from functools import partial

from knowledge_base.french import fold
from knowledge_base.importers.columns import short_hash
from knowledge_base.importers.onisep_words import domains
from knowledge_base.importers.outcomes import Known, Outcome, Unusable, judged
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, every_row
from knowledge_base.importers.wording import sentence, sentences
from knowledge_base.records.parts import web_address
from knowledge_base.records.typed import TrainingRecord

SET = "format"
PUBLISHER = "Onisep, Idéo-Formations initiales en France"
REQUIRED = ("libellé formation principal", "libellé niveau RNCP", "durée", "lien site onisep.fr")
IDENTIFIER = re.compile(r"FOR\.\d+")
# The column « niveau RNCP » holds the scale of before 2019 (1 is a master's): only the label is read.
LEVEL = re.compile(r"niveau (\d)\b")
UNSAID = ("", "non renseigné")


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each training as a certification: what courses lead to."""
    return judged(every_row(source, REQUIRED), partial(_training, known=known))


def _training(row: Row, known: Known) -> TrainingRecord:
    label, rncp = row.text("libellé formation principal"), row.text("code RNCP")
    if not label:
        raise Unusable("libellé formation principal is empty")
    if rncp and not re.fullmatch("[0-9]{1,6}", rncp):
        raise Unusable(f"code RNCP {rncp!r} is not a number")
    link = web_address(row.text("lien site onisep.fr"))
    level = LEVEL.match(row.text("libellé niveau RNCP"))
    return TrainingRecord.model_validate(
        {
            "id": f"onisep-formations-{_identifier(row, link)}",
            "title": sentence(re.sub(r"^mastère spé\. ", "mastère spécialisé ", label)),
            "summary": _summary(row),
            "certification": True,
            "rncp_code": f"RNCP{rncp}" if rncp else None,
            "exit_level": int(level[1]) if level else None,
            "duration": row.text("durée") or None,
            "url": link,
            "source": {"name": PUBLISHER, "url": link},
            "verified_at": known.dated,
        }
    )


def _identifier(row: Row, link: str | None) -> str:
    if found := IDENTIFIER.search(link or ""):
        return found[0]
    return short_hash(*map(row.text, ("libellé formation principal", "libellé type formation", "durée")))


def _summary(row: Row) -> str:
    """Say what kind of training it is, in which domains, and the short name it goes by when the title lacks it."""
    kind, short = row.text("libellé type formation"), row.text("sigle formation")
    told = [kind if kind not in UNSAID else "", domains(row.text("domaine/sous-domaine"))]
    if short and fold(short) not in fold(row.text("libellé formation principal")):
        told.append(f"sigle : {short}")
    return sentences(told)
