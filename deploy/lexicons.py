"""Word lists that the dialogue model learns with: it cannot read the knowledge base, which runs elsewhere."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from deploy.instance import ROOT
from knowledge_base import geography
from knowledge_base.catalogue import load_families
from knowledge_base.french import fold

PLACES, JOBS, AREAS, STAMP = "places.tsv", "jobs.txt", "areas.txt", "made-from"
AREAS_FROM = ROOT / "knowledge_base" / AREAS
LONGEST_JOB = 6  # words; longer titles are said by nobody


def build(folder: Path) -> list[Path]:
    """Write `places.tsv` (`name<TAB>inhabitants`), `jobs.txt` and `areas.txt` unless up to date; returns them."""
    written = [folder / PLACES, folder / JOBS, folder / AREAS]
    areas = AREAS_FROM.read_text()
    jobs = "\n".join(sorted(set(job_names())))
    wanted = f"{geography.fingerprint()} {hashlib.sha256((jobs + areas).encode()).hexdigest()}"
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return written
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PLACES).write_text("\n".join(f"{name}\t{count}" for name, count in sorted(inhabitants().items())))
    (folder / JOBS).write_text(jobs)
    (folder / AREAS).write_text(areas)
    stamp.write_text(wanted)
    return written


def inhabitants() -> dict[str, int]:
    """Return the folded name of each place and the inhabitants of the largest that bears it."""
    largest: dict[str, int] = {}
    for row in geography.read_gazetteer():
        largest[row["folded"]] = max(largest.get(row["folded"], 0), row["population"])
    return largest


def job_names() -> Iterator[str]:
    """Yield the folded names of occupations in the catalogue, masculine and feminine apart."""
    for family in load_families():
        for title in (family.title, *family.titles, *family.names):
            for name in title.split(" / "):
                folded = fold(name.split("(")[0].replace(",", " "))
                if 0 < len(folded.split()) <= LONGEST_JOB:
                    yield folded
