"""The console over 100,000 conversations that all concern one structure: how long its pages take."""

import statistics
import time
from collections.abc import Callable
from urllib.parse import quote

from tests.console import SignedIn, World
from tests.many import fill
from tests.stack import Stack, running

CONVERSATIONS = 100_000
ROUNDS = 40
PAGES = {
    "inbox": "/console/conversations",
    "inbox, waiting": "/console/conversations?etat=waiting",
    "inbox, alerts": "/console/conversations?etat=flagged",
    "inbox, not understood": "/console/conversations?etat=unclear",
    "inbox, unread": "/console/conversations?etat=unread",
    "inbox, to review, a department and a theme": "/console/conversations?etat=to_review&departement=25&theme=numerique",
    "inbox, a department without conversations": "/console/conversations?departement=976",
    "inbox, a month": "/console/conversations?du=2026-09-01&au=2026-09-30",
    "search, a common word": f"/console/conversations?q={quote('aime')}",
    "search, a word that nobody wrote": f"/console/conversations?q={quote('zythologie')}",
    "search, two words and a state": f"/console/conversations?q={quote('formation cuisine')}&etat=to_review",
    "counts of an open inbox": "/console/conversations/etat",
    "dashboard": "/console/tableau",
}


def consoles() -> None:
    """Print the table of docs/benchmarks.md: milliseconds of a whole request, HTML included."""
    with running("bench-console") as stack:
        world = World(stack)
        ours = world.structure("Mission Locale")
        someone = world.account("supervisor", ours)
        began = time.monotonic()
        with stack.database() as connection, connection.transaction():
            fill(connection, CONVERSATIONS, ours, one_in=1)
        with stack.database() as connection:
            connection.execute("VACUUM ANALYZE")
        print(f"{CONVERSATIONS} conversations made in {time.monotonic() - began:.0f} s")
        latest = one_of(stack)
        pages = PAGES | {"a transcript": f"/console/conversations/{latest}"}
        print(f"{'page':45} {'p50':>7} {'p95':>7} {'worst':>7}  (ms, {ROUNDS} rounds, pages taken in turn)")
        for name, (middle, late, worst) in timed(someone, pages).items():
            print(f"{name:45} {middle:7.0f} {late:7.0f} {worst:7.0f}")
        world.close()


def one_of(stack: Stack) -> str:
    """Return a conversation of many messages."""
    with stack.database() as connection:
        row = connection.execute("SELECT id FROM people.conversations ORDER BY last_seq DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def timed(someone: SignedIn, pages: dict[str, str]) -> dict[str, tuple[float, float, float]]:
    """Return median, 95th percentile and worst milliseconds of each page, all asked for in turn after a first time."""
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for round_ in range(ROUNDS + 1):
        for name, path in pages.items():
            spent = milliseconds(lambda path=path: someone.get(path).raise_for_status())  # type: ignore[misc]
            if round_:
                taken[name].append(spent)
    return {
        name: (statistics.median(times), statistics.quantiles(times, n=20)[-1], max(times))
        for name, times in taken.items()
    }


def milliseconds(work: Callable[[], object]) -> float:
    """Time one call."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
