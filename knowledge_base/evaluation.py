"""How often the right family is found: hit@k, MRR and their 95 % intervals, beside three baselines on the same texts.

A TSV has the columns `text` and `codes` (comma separated, any of them is right); `kind` groups the report, `refused`
lists codes or prefixes that must not be among the first three, and `plain` with `sms` give the same wish written twice.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import bm25s
import numpy as np

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.errors import BadRecord
from knowledge_base.french import fold
from knowledge_base.matching.letters import Letters
from knowledge_base.matching.metric import owners_in_order, pooled

TOP = 10
SHOWN = 3  # what a person sees first: a refused family has no place there
NORMAL_95 = 1.96
Search = Callable[[Sequence[str]], list[list[str]]]  # texts → codes, best first, at least TOP


@dataclass(frozen=True)
class Case:
    """One query of a golden set."""

    text: str
    codes: tuple[str, ...]
    kind: str
    refused: tuple[str, ...] = ()

    def rank(self, found: Sequence[str]) -> int:
        """Return the rank of the first right code among the first ten, from 1; 0 when there is none."""
        return next((i for i, code in enumerate(found[:TOP], start=1) if code in self.codes), 0)


def read_cases(path: Path) -> list[Case]:
    """Read a golden set; pairs of plain and SMS wordings become two kinds."""
    with path.open(newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    found = []
    for number, row in enumerate(rows, start=2):
        if not row.get("codes") or not (row.get("text") or row.get("plain")):
            raise BadRecord(str(path), number, "a row needs the columns text (or plain and sms) and codes")
        codes = tuple(row["codes"].split(","))
        refused = tuple((row.get("refused") or "").split(",")) if row.get("refused") else ()
        wordings = {row.get("kind") or "all": row["text"]} if row.get("text") else {k: row[k] for k in ("plain", "sms")}
        found += [Case(text, codes, kind, refused) for kind, text in wordings.items()]
    return found


def read_texts(path: Path) -> list[str]:
    """Read the texts of a TSV with a column `text`, or `plain` and `sms`."""
    with path.open(newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    return [row[name] for row in rows for name in ("text", "plain", "sms") if row.get(name)]


def report(cases: Sequence[Case], systems: dict[str, Search]) -> list[str]:
    """Return the lines of a report: each system on all cases, then the first system by kind."""
    lines = [f"{'':24}{'hit@1':>16}{'hit@5':>16}{'hit@10':>16}{'MRR':>8}{'n':>6}"]
    first: list[list[str]] = []
    for name, search in systems.items():
        found = search([case.text for case in cases])
        first = first or found
        lines.append(_line(name, cases, found))
    kinds = sorted({case.kind for case in cases})
    for kind in kinds if len(kinds) > 1 else ():
        chosen = [i for i, case in enumerate(cases) if case.kind == kind]
        lines.append(_line(f"  {kind}", [cases[i] for i in chosen], [first[i] for i in chosen]))
    if any(case.refused for case in cases):
        shown = sum(
            any(code.startswith(case.refused) for code in found[:SHOWN])
            for case, found in zip(cases, first, strict=True)
            if case.refused
        )
        lines.append(f"refused families among the first {SHOWN}: {shown} of {sum(bool(c.refused) for c in cases)}")
    return lines


def baselines(pool: Pool, encoder: Encoder) -> dict[str, Search]:
    """Return char TF-IDF, BM25 and the plain encoder, each taking a family's best text, on the texts of the index."""
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT i.code, t.text, t.embedding FROM knowledge.texts t JOIN knowledge.items i ON i.id = t.item_id"
            " WHERE t.kind = 'job_family' AND t.role <> 'hard' ORDER BY i.code"
        ).fetchall()
    codes, owners = owners_in_order([row["code"] for row in rows])
    texts = [row["text"] for row in rows]
    vectors = np.stack([row["embedding"].to_numpy() for row in rows]).astype(np.float32)
    letters = Letters.fit(texts)
    words = bm25s.BM25()
    words.index([fold(text).split() for text in texts], show_progress=False)

    def ordered(scores: np.ndarray) -> list[list[str]]:
        best = np.argsort(-pooled(scores, owners, len(codes)), axis=1, kind="stable")[:, :TOP]
        return [[codes[i] for i in row] for row in best]

    return {
        "char TF-IDF": lambda asked: ordered(letters.scores(asked)),
        "BM25": lambda asked: ordered(np.stack([words.get_scores(fold(text).split()) for text in asked])),
        "plain encoder": lambda asked: ordered(encoder.encode(list(asked), "query") @ vectors.T),
    }


def interval(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson, 1927)."""
    if not total:
        return 0.0, 1.0
    share, z2 = hits / total, NORMAL_95**2 / total
    middle = (share + z2 / 2) / (1 + z2)
    half = NORMAL_95 * sqrt(share * (1 - share) / total + z2 / (4 * total)) / (1 + z2)
    return max(0.0, middle - half), min(1.0, middle + half)


def _line(name: str, cases: Sequence[Case], found: Sequence[Sequence[str]]) -> str:
    ranks = [case.rank(codes) for case, codes in zip(cases, found, strict=True)]
    cells = []
    for limit in (1, 5, TOP):
        hits = sum(0 < rank <= limit for rank in ranks)
        low, high = interval(hits, len(ranks))
        cells.append(f"{hits / (len(ranks) or 1):.3f} {low:.2f}–{high:.2f}")
    mrr = sum(1 / rank for rank in ranks if rank) / (len(ranks) or 1)
    return f"{name:24}{cells[0]:>16}{cells[1]:>16}{cells[2]:>16}{mrr:>8.3f}{len(ranks):>6}"
