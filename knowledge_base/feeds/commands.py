"""The commands `feeds` and `links` of `python -m knowledge_base` (docs/feeds.md)."""

import argparse
from datetime import UTC, datetime
from functools import partial
from typing import Any

from knowledge_base.errors import KnowledgeError
from knowledge_base.feeds import links, table
from knowledge_base.feeds.addresses import shown
from knowledge_base.feeds.errors import FeedError
from knowledge_base.feeds.running import remove_set, run_feed
from knowledge_base.feeds.settings import read_settings
from knowledge_base.feeds.visits import visit
from knowledge_base.importers import FORMATS
from knowledge_base.library import KnowledgeBase
from knowledge_base.printing import print_report

BETWEEN_NOTES = 60.0  # seconds: what is tried by hand is noted that often
EVERYTHING = 1_000_000_000
Commands = Any  # argparse's own type of it is private


def describe(commands: Commands) -> None:
    """Describe both commands."""
    feeds = commands.add_parser("feeds", help="data taken at intervals from its publisher's address (docs/feeds.md)")
    actions = feeds.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="fetch an address from now on")
    add.add_argument("name", help="of the set, in small letters: agenda-besancon")
    add.add_argument("format", metavar="FORMAT", help=", ".join(sorted(FORMATS)))
    add.add_argument("url")
    add.add_argument("--every", type=int, default=60, metavar="MINUTES", help="60 unless told, 5 at least")
    add.add_argument("--encoding", default="utf-8-sig", help="of text files, e.g. windows-1252")
    add.set_defaults(run=run_add)
    actions.add_parser("list", help="every feed, and what came of it last").set_defaults(run=run_list)
    remove = actions.add_parser("remove", help="fetch it no more; what it brought stays")
    remove.add_argument("name")
    remove.add_argument("--items", action="store_true", help="remove what it brought, too")
    remove.set_defaults(run=run_remove)
    now = actions.add_parser("run", help="fetch one, or all, now")
    now.add_argument("name", nargs="?")
    now.add_argument("--afresh", action="store_true", help="import even what has not changed")
    now.set_defaults(run=run_now)
    dead = commands.add_parser("links", help="addresses that lead nowhere, and what names them")
    dead.add_argument("--check", action="store_true", help="first try those that are due")
    dead.set_defaults(run=run_links)


def run_add(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Add a feed."""
    table.add_feed(
        knowledge.pool,
        options.name,
        options.format,
        options.url,
        options.every,
        options.encoding,
        datetime.now(UTC),
    )
    print(f"{options.name}: fetched from now on. To see at once what comes: feeds run {options.name}")


def run_list(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Print each feed, its keys masked, and its failure with the remedy."""
    feeds = table.every_feed(knowledge.pool)
    for feed in feeds:
        print(f"{feed.name}  {feed.format}, every {feed.every_minutes} min  {shown(feed.url)}")
        print(f"  fetched {moment(feed.checked_at)}, imported {moment(feed.changed_at)}, next {moment(feed.due_at)}")
        if feed.error:
            print(f"  failed ({feed.failures} in a row): {feed.error}")
    if not feeds:
        print("no feed. `feeds add NAME FORMAT URL` adds one")


def run_remove(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Remove a feed, and what it brought if that is asked."""
    table.remove_feed(knowledge.pool, options.name)
    if options.items:
        print(f"{options.name}: removed, with its {remove_set(knowledge, options.name)} items")
    else:
        print(f"{options.name}: removed; what it brought stays")


def run_now(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Fetch one feed or all, and print what `import` prints; the failure of one does not stop the others."""
    if options.name:
        fetch(knowledge, options.name, afresh=options.afresh)
        return
    names, failed = [one.name for one in table.every_feed(knowledge.pool)], []
    for name in names:
        try:
            fetch(knowledge, name, afresh=options.afresh)
        except KnowledgeError as error:
            print(f"{name}: {error}")
            failed.append(name)
    if failed:
        raise FeedError(f"{len(failed)} of {len(names)} feeds failed: {', '.join(failed)}. Remedy: see above")


def fetch(knowledge: KnowledgeBase, name: str, *, afresh: bool) -> None:
    """Fetch one feed, printing each refused row as it is met."""
    report = run_feed(
        knowledge.pool,
        lambda: knowledge,
        name,
        datetime.now(UTC),
        allow_private=read_settings().allow_private,
        afresh=afresh,
        say=lambda text: print(f"· {text}"),
        refuse=print,
    )
    if report:
        print_report(report)
    else:
        print(f"{name}: has not changed")


def run_links(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Print the dead addresses, having tried those due if that is asked."""
    now = datetime.now(UTC)
    tried = partial(visit, allow_private=read_settings().allow_private)
    while options.check and (
        answers := links.check(knowledge.pool, tried, now, BETWEEN_NOTES, most=EVERYTHING, per_host=EVERYTHING)
    ):
        print(f"· {len(answers)} tried, {sum(not one.works for one in answers)} failed")
    for one in links.dead(knowledge.pool, now):
        why = f"HTTP {one.status}" if one.status else one.error
        more = f" and {one.items - len(one.named_by)} more" if one.items > len(one.named_by) else ""
        print(f"{one.url}\n  {why}, since {moment(one.failing_since)}: {', '.join(one.named_by)}{more}")
    found = links.counts(knowledge.pool)
    print(f"{found['dead']} dead of {found['tried']} tried; {found['known'] - found['tried']} not tried yet")


def moment(at: datetime | None) -> str:
    """Print a moment in local time."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else "never"
