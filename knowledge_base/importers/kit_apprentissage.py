"""France compétences' apprenticeship kit: which diplomas can be prepared in apprenticeship (one line a diploma code).

Its titles are the ministry's, in capitals without accents, the kind of diploma last: « BANQUE (BTS) ».
"""

import re
from collections.abc import Iterator

from knowledge_base.importers.certifications import end_of_registration, fiche_page, written_title
from knowledge_base.importers.french_dates import in_column, read_day
from knowledge_base.importers.outcomes import Known, Outcome, Unusable, judged
from knowledge_base.importers.source import Source
from knowledge_base.importers.tables import Row, every_row
from knowledge_base.records.typed import TrainingRecord

SET = "format"
CODE, TITLE, RNCP = "Code_Diplome", "Intitulé diplôme (DEPP)", "Code_RNCP"
OPEN = "Accès à l'apprentissage de la fiche RNCP (oui/non)"
LEVEL, SHORT, UPDATED = "Niveau fiche RNCP", "Abrégé de diplôme (RNCP)", "Dernière MaJ"
END, STATE = "Date d'échéance de la fiche RNCP", "Fiche ACTIVE/INACTIVE"
REQUIRED = (CODE, TITLE, RNCP, LEVEL, UPDATED, OPEN, END, STATE)
PUBLISHER = "France compétences, kit apprentissage"
SUMMARY = "Se prépare en apprentissage, entre l'école et l'entreprise."


def read(source: Source, known: Known) -> Iterator[Outcome]:
    """Yield each diploma; the few codes that stand for several RNCP fiches yield one for each."""
    seen: set[str] = set()

    def take(row: Row) -> TrainingRecord:
        record = _diploma(row, known, again=row.text(CODE) in seen)
        seen.add(row.text(CODE))
        return record

    return judged(every_row(source, REQUIRED), take)


def _diploma(row: Row, known: Known, *, again: bool) -> TrainingRecord:
    for name in (CODE, TITLE):
        if not row.text(name):
            raise Unusable(f"{name} is empty")
    rncp = row.text(RNCP) if row.text(RNCP) != "NR" else None
    level, opened = row.text(LEVEL).removeprefix("Niveau "), row.text(OPEN) == "oui"
    page = fiche_page(rncp) if rncp else None
    updated = row.text(UPDATED).partition("CI-")[2]  # CI-18122023; a version number is no date
    changed = f"{updated[:2]}/{updated[2:4]}/{updated[4:]}"
    return TrainingRecord.model_validate(
        {
            "id": f"kit-{row.text(CODE)}" + (f"-{rncp}" if again else ""),
            "title": written_title(row.text(TITLE), row.text(SHORT)),
            "summary": SUMMARY if opened else "",
            "certification": True,
            "alternance": {"oui": True, "non": False}.get(row.text(OPEN)),
            "rncp_code": rncp,
            "exit_level": int(level) if re.fullmatch("[0-8]", level) else None,
            "url": page,
            "source": {"name": PUBLISHER, "url": page},
            "verified_at": in_column(UPDATED, read_day, changed) if updated else known.dated,
            "valid_until": end_of_registration(row.text(END), END, row.text(STATE), known.today),
        }
    )
