"""Mon Compte Formation: trainings that a person can pay with their CPF. One line for each job code of a training."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby, islice
from textwrap import shorten
from typing import Any

from knowledge_base.importers.capitals import readable, repaired
from knowledge_base.importers.columns import short_hash
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken, Unusable, judged
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, every_row
from knowledge_base.importers.wording import LONGEST_SUMMARY, sentence
from knowledge_base.records.typed import TrainingRecord

SET = "file"
PUBLISHER = "Mon Compte Formation, Caisse des Dépôts"
TITLE, ROME, HOURS = "formation.title", "formation.proximiteRomes.code", "duration"
ROMES = "codes"  # those of every line of a training
PRICE, POSTCODE = "totalPriceTTC", "address.postalCode"
CONDITIONS, MODALITY = "formation.specificCondition", "formation.codeModaliteEnseign"
REQUIRED = (TITLE, ROME, HOURS, PRICE, POSTCODE, MODALITY)
# LHEO 2.3, dict-modalites-enseignement: entièrement présentielle, mixte, entièrement à distance.
MODALITIES = {"0": "onsite", "1": "hybrid", "2": "remote"}
MOST_TOGETHER = 1000  # lines read at once, so that a file of one line repeated is no burden


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield one training for the lines that follow each other and differ by job and modality alone."""
    for _, lines in groupby(every_row(source, REQUIRED), _same):
        while together := list(islice(lines, MOST_TOGETHER)):
            yield from _judged_together(together, partial(_training, known=known))


def _same(row: Row) -> tuple[str, ...]:
    """Return what the lines of one training have in common."""
    return tuple(repaired(row.text(name)) for name in (TITLE, PRICE, POSTCODE, CONDITIONS, HOURS, ""))


def _judged_together(lines: list[Row], take: Callable[[Row], TrainingRecord]) -> Iterator[Outcome]:
    """Take one training for several lines, each of which counts as read."""
    first = lines[0]
    codes = {ROMES: [line.text(ROME) for line in lines], MODALITY: "|".join(dict.fromkeys(_modalities(lines)))}
    for outcome in judged((Row(first.file, first.line, {**first.values, **codes}),), take):
        yield outcome
        for line in lines[1:]:
            yield (Refused(line.file, line.line, outcome.reason) if isinstance(outcome, Refused) else Taken(line.file))


def _modalities(lines: list[Row]) -> Iterator[str]:
    return (line.text(MODALITY) for line in lines if line.text(MODALITY))


def _training(row: Row, known: Known) -> TrainingRecord:
    if not row.text(TITLE):
        raise Unusable(f"{TITLE} is empty")
    hours, euros = _number(row, HOURS), _number(row, PRICE)
    return TrainingRecord.model_validate(
        {
            "id": f"cpf-{short_hash(*_same(row))}",
            "title": sentence(readable(repaired(row.text(TITLE)))),
            "families": known.families(row.values[ROMES]),
            "place": _site(row),
            "entry_text": shorten(repaired(row.text(CONDITIONS)), LONGEST_SUMMARY, placeholder=" …") or None,
            "modality": _modality(row),
            "duration": f"{hours:g} heure{'s' if hours >= 2 else ''}" if hours else None,
            "price": {"euros": euros} if euros is not None else None,
            "funding": "Mon Compte Formation (CPF)",
            "source": {"name": PUBLISHER},
            "verified_at": known.dated,
        }
    )


def _modality(row: Row) -> str | None:
    """Return how it is taught; nothing where the lines of one training contradict each other."""
    codes = row.text(MODALITY).split("|") if row.text(MODALITY) else []
    for code in codes:
        if code not in MODALITIES:
            raise Unusable(f"{MODALITY} {code!r} is not one of {', '.join(MODALITIES)}")
    return MODALITIES[codes[0]] if len(codes) == 1 else None


def _site(row: Row) -> dict[str, Any] | None:
    """Return the postcode as a place; the gazetteer knows its commune."""
    postcode = row.text(POSTCODE)
    if postcode and not re.fullmatch(r"\d{5}", postcode):
        raise Unusable(f"{POSTCODE} {postcode!r} is not of five digits")
    return {"commune": postcode, "postcode": postcode} if postcode else None


def _number(row: Row, name: str) -> float | None:
    text = row.text(name).replace(",", ".")
    if text and not re.fullmatch(r"[0-9]{1,7}(\.[0-9]+)?", text):
        raise Unusable(f"{name} {text!r} is not a number")
    return float(text) if text else None
