"""One import from the first byte to the last: read, refuse or stage, encode, publish; all of it or nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from psycopg import Connection
from psycopg.errors import LockNotAvailable
from psycopg.rows import DictRow

from knowledge_base.database import Pool
from knowledge_base.encoder import Encoder
from knowledge_base.errors import BadFile, KnowledgeError
from knowledge_base.importers import module_of
from knowledge_base.importers.columns import slug
from knowledge_base.importers.outcomes import Known, Outcome, Refused, Taken
from knowledge_base.importers.source import open_source
from knowledge_base.loading import mark_loaded
from knowledge_base.staging import Say, Staging

REASONS_KEPT = 100
TITLES_TOLD = 10
PATIENCE = 8  # seconds that somebody who removes a set waits for the import that runs
ONE_AT_A_TIME = 7_474_832  # key of the advisory lock under which imports run


@dataclass(frozen=True)
class Order:
    """What to import, and how."""

    format: str
    path: Path
    today: date
    name: str | None = None  # of the set, instead of the format's or the file's
    encoding: str = "utf-8-sig"
    verified_on: date | None = None
    dry_run: bool = False
    # Leave to other sets what they hold under the same id, instead of taking it over.
    leave_to_others: bool = False


@dataclass
class Report:
    """What came of an import. `reasons` holds the first refusals, each `file:line: reason`."""

    collection: str
    kept_of: Counter[str] = field(default_factory=Counter)  # file → rows
    rejected_of: Counter[str] = field(default_factory=Counter)
    reasons: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)  # the first taken

    @property
    def kept(self) -> int:
        """Rows taken."""
        return self.kept_of.total()

    @property
    def rejected(self) -> int:
        """Rows refused."""
        return self.rejected_of.total()

    @property
    def read(self) -> int:
        """Rows read: every one of them is either taken or refused."""
        return self.kept + self.rejected


def run_import(
    pool: Pool,
    encoder: Encoder,
    order: Order,
    say: Say = lambda _: None,
    refuse: Callable[[str], None] = lambda _: None,
    advance: Callable[[int], None] = lambda _: None,
) -> Report:
    """Import one source. `refuse` is told each rejected row at once; raises BadFile when nothing can be kept of it."""
    module = module_of(order.format)
    source = open_source(order.path, order.encoding, advance)
    report = Report(order.name or set_name(order, module.SET))
    with pool.connection() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        known = Known(order.today, order.verified_on or source.dated(), _families(connection))
        staging = Staging(connection, report.collection)
        _stage(module.read(source, known), staging, report, refuse)
        staging.finish()
        if order.leave_to_others:
            _leave(staging, source.path.name, report, refuse)
        report.titles = staging.titles(TITLES_TOLD)
        if order.dry_run:
            connection.rollback()
            return report
        staging.embed(pool, encoder, say)
        staging.publish(encoder)
        mark_loaded(connection, report.collection, f"import+{order.format}+{order.path.name}", report.kept)
        _note(connection, order, report)
    return report


def _note(connection: Connection[DictRow], order: Order, report: Report) -> None:
    """Keep that it was done, for technicians."""
    connection.execute(
        "INSERT INTO knowledge.imports (collection, format, source, read, kept, rejected, reasons)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (
            report.collection, order.format, order.path.name, report.read, report.kept, report.rejected,
            report.reasons,
        ),
    )  # fmt: skip


def remove_set(pool: Pool, encoder: Encoder, name: str) -> int:
    """Remove what an import brought; returns how many items that were. Raises KnowledgeError while another runs."""
    with pool.connection() as connection:
        connection.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        try:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        except LockNotAvailable as error:
            raise KnowledgeError("an import is running. Remedy: try again when it has ended") from error
        connection.execute("SET LOCAL lock_timeout = 0")
        row = connection.execute("SELECT count(*) AS n FROM knowledge.items WHERE collection = %s", (name,)).fetchone()
        staging = Staging(connection, name)
        staging.finish()
        staging.publish(encoder)
        connection.execute("DELETE FROM knowledge.collections WHERE name = %s", (name,))
    return row["n"] if row else 0


def set_name(order: Order, scope: str) -> str:
    """Name a set after its format, or after its file where several stand side by side."""
    return order.format if scope == "format" else f"{order.format}/{slug(order.path.stem)}"


def _stage(outcomes: Iterator[Outcome], staging: Staging, report: Report, refuse: Callable[[str], None]) -> None:
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            report.rejected_of[outcome.file] += 1
            reason = f"{outcome.file}:{outcome.line}: {outcome.reason}"
            refuse(reason)
            if len(report.reasons) < REASONS_KEPT:
                report.reasons.append(reason)
            continue
        if outcome.file:  # rows made of several lines count with the lines
            report.kept_of[outcome.file] += 1
        _add(staging, outcome)
    if report.rejected and not report.kept:
        raise BadFile(
            staging.collection,
            0,
            f"none of its {report.rejected} rows can be taken, so nothing is changed. "
            f"The first: {report.reasons[0]}. Remedy: is it the right format?",
        )


def _leave(staging: Staging, file: str, report: Report, refuse: Callable[[str], None]) -> None:
    """Refuse the items that another set holds; they were counted as kept."""
    left = staging.leave_to_others()
    for title, holder in left:
        reason = f"{file}:0: {title!r} is already in the set {holder!r}, and stays there"
        refuse(reason)
        if len(report.reasons) < REASONS_KEPT:
            report.reasons.append(reason)
    if left:
        # Rows do not say of which file an item came: the source counts.
        report.rejected_of[file] += len(left)
        most = report.kept_of.most_common(1)
        report.kept_of[most[0][0] if most else file] -= len(left)


def _add(staging: Staging, taken: Taken) -> None:
    if taken.entry is not None:
        staging.add(taken.entry)
    for table, row in taken.rows:
        staging.add_row(table, row)


def _families(connection: Connection[DictRow]) -> Callable[[str], str | None]:
    """Map a ROME code, child or parent, to its job family."""
    rows = connection.execute(
        "SELECT code, parent FROM knowledge.rome_fiches"
        " UNION SELECT code, code FROM knowledge.items WHERE kind = 'job_family'"
    ).fetchall()
    parents = {row["code"]: row["parent"] for row in rows}
    return parents.get
