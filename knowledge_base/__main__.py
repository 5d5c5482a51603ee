"""Command line: `python -m knowledge_base build|import|feeds|links|search|rank|recommend|evaluate|stats`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from tqdm import tqdm

from knowledge_base.database import UNAVAILABLE
from knowledge_base.errors import BadRecord, KnowledgeError
from knowledge_base.evaluation import baselines, read_cases, read_texts, report
from knowledge_base.feeds import commands as feed_commands
from knowledge_base.importers import FORMATS
from knowledge_base.importers.running import Order
from knowledge_base.importers.source import open_source
from knowledge_base.library import KnowledgeBase
from knowledge_base.matching.confidence import FEATURES, calibrated
from knowledge_base.printing import print_report, print_rows
from knowledge_base.records import KINDS, Profile, Suggestion
from knowledge_base.wishes import wishes_of

Commands = Any  # argparse's own type of it is private


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        knowledge = KnowledgeBase.open(threads=os.cpu_count() or 1)
        try:
            options.run(knowledge, options)
        finally:
            knowledge.close()
    except BrokenPipeError:  # its reader has seen enough: `| head`
        sys.stderr.close()
        return 1
    except KnowledgeError as error:
        print(f"piste: {error}", file=sys.stderr)
        return 1
    except UNAVAILABLE as error:
        print(f"piste: the database does not answer ({type(error).__name__}). Remedy: `make run`", file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    top = argparse.ArgumentParser(prog="python -m knowledge_base", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    describe_filling(commands)
    feed_commands.describe(commands)
    describe_asking(commands)
    judge = commands.add_parser("evaluate", help="hit@k and MRR of a TSV with columns text and codes")
    judge.add_argument("file", type=Path)
    judge.set_defaults(run=run_evaluate)
    tune = commands.add_parser("calibrate", help="weights by which a wish is told from small talk (TSVs with a text)")
    tune.add_argument("wishes", type=Path, nargs="+")
    tune.add_argument("--nothing", type=Path, required=True, help="texts that say no wish")
    tune.set_defaults(run=run_calibrate)
    commands.add_parser("stats", help="what the index holds").set_defaults(run=run_stats)
    return top


def describe_filling(commands: Commands) -> None:
    """Describe what puts something into the index."""
    build = commands.add_parser("build", help="bring the index up to date")
    build.add_argument("--demo", action="store_true", default=os.environ.get("DEMO") == "1")
    build.set_defaults(run=run_build)
    take = commands.add_parser("import", help="take published data into the index (docs/importers.md)")
    take.add_argument("format", choices=sorted(FORMATS), metavar="FORMAT", help=", ".join(sorted(FORMATS)))
    take.add_argument("path", type=Path, help="a file, a folder or a zip")
    take.add_argument("--name", help="of the set, when several stand side by side (default: the format, or the file)")
    take.add_argument("--encoding", default="utf-8-sig", help="of text files, e.g. windows-1252")
    take.add_argument("--verified-on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day this was true")
    take.add_argument("--dry-run", action="store_true", help="read and report, change nothing")
    take.set_defaults(run=run_import)


def describe_asking(commands: Commands) -> None:
    """Describe what asks the index."""
    find = commands.add_parser("search", help="what is nearest to a text")
    find.add_argument("text", nargs="?")
    find.add_argument("--stdin", action="store_true", help="one query a line")
    find.add_argument("--kind", choices=KINDS, default="job_family")
    find.add_argument("--top", type=int, default=10)
    find.add_argument("--json", action="store_true")
    find.set_defaults(run=run_search)
    rank = commands.add_parser("rank", help="rank any corpus for any queries (two-column TSV: id, text)")
    rank.add_argument("--queries", type=Path, required=True)
    rank.add_argument("--corpus", type=Path, required=True)
    rank.add_argument("--top", type=int, default=20)
    rank.add_argument("--json", action="store_true")
    rank.set_defaults(run=run_rank)
    advise = commands.add_parser("recommend", help="what to propose to somebody who says this")
    advise.add_argument("text")
    advise.add_argument("--place")
    advise.add_argument("--age", type=int)
    advise.add_argument("--level", type=int, help="RNCP scale, 0 without diploma to 8")
    advise.add_argument("--without-car", action="store_true")
    advise.add_argument("--json", action="store_true")
    advise.set_defaults(run=run_recommend)


def run_build(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Bring the index up to date."""
    knowledge.build(datetime.now().astimezone().date(), demo=options.demo, say=lambda text: print(f"· {text}"))


def run_import(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Print each refused row as it is met, then what was read, kept and rejected."""
    order = Order(
        options.format,
        options.path,
        today=datetime.now().astimezone().date(),
        name=options.name,
        encoding=options.encoding,
        verified_on=options.verified_on,
        dry_run=options.dry_run,
    )
    size = open_source(order.path, order.encoding).size()
    with tqdm(total=size, unit="B", unit_scale=True, desc=order.format, disable=None, leave=False) as bar:
        report = knowledge.run_import(
            order, say=lambda text: bar.write(f"· {text}", file=sys.stderr), refuse=bar.write, advance=bar.update
        )
    print_report(report, "would be kept (dry run)" if order.dry_run else "kept")


def run_search(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Print one JSON array a query, or a readable list."""
    if not options.stdin and not (options.text or "").strip():
        raise KnowledgeError("no text to search for. Remedy: give a text, or --stdin and one query a line")
    for text in (line.rstrip("\n") for line in sys.stdin) if options.stdin else [options.text]:
        found = knowledge.search(text, options.kind, options.top) if text.strip() else []
        rows = [{"code": one.code or one.item_id, "title": one.title, "score": round(one.score, 4)} for one in found]
        print_rows(rows, as_json=options.json)


def run_rank(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Print one JSON array a query."""
    for best in knowledge.rank(read_pairs(options.queries), read_pairs(options.corpus), options.top):
        print_rows([{"id": key, "score": round(score, 4)} for key, score in best], as_json=options.json)


def run_recommend(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Print what would be proposed, with the reasons as data."""
    wishes = knowledge.wishes(options.text)
    places = knowledge.places_named(options.place) if options.place else []
    if options.place and not places:
        raise KnowledgeError("no such place. Remedy: a commune's name, or its five-digit postcode")
    profile = Profile(
        likes=wishes.likes,
        dislikes=wishes.dislikes,
        place=places[0] if places else None,
        age=options.age,
        level=options.level,
        without_car=options.without_car,
    )
    found = knowledge.recommend(profile, datetime.now(UTC))
    groups = (found.job_families, found.trainings, found.events, found.places)
    print_rows([as_row(one) for group in groups for one in group], as_json=options.json)


def run_evaluate(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Print hit@k and MRR with their intervals, by kind, beside the baselines."""
    cases = read_cases(options.file)

    def ours(texts: Sequence[str]) -> list[list[str]]:
        return [[one.code or "" for one in knowledge.search(text, top=10)] for text in texts]

    print("\n".join(report(cases, {"Piste": ours, **baselines(knowledge.pool, knowledge.encoder)})))


def run_calibrate(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Print the weights of `matching/confidence.yml`, and how much passes of each file.

    They are fitted on the wishes and on the likes that the dialogue would quote from them.
    """
    said = {path.name: read_texts(path) for path in (*options.wishes, options.nothing)}
    wishes = [text for path in options.wishes for text in said[path.name]]
    said["likes quoted from these wishes"] = [like for text in wishes for like in wishes_of(text).likes if like != text]
    features = {name: knowledge.features(texts) for name, texts in said.items()}
    nothing = features[options.nothing.name]
    found = calibrated(np.vstack([one for one in features.values() if one is not nothing]), nothing)
    for name, one in features.items():
        print(f"# {name}: {(found.probability(one) >= 0.5).mean():.0%} of {len(one)} would be taken for wishes")
    weights = {name: round(weight, 4) for name, weight in zip(FEATURES, found.weights, strict=True)}
    print(yaml.safe_dump({"weights": weights, "bias": round(found.bias, 4)}, sort_keys=False))


def run_stats(knowledge: KnowledgeBase, options: argparse.Namespace) -> None:
    """Print what the index holds."""
    print(json.dumps(knowledge.stats(), indent=1))


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Read a two-column TSV of id and text."""
    found = []
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        columns = line.split("\t")
        if len(columns) != 2:
            raise BadRecord(str(path), number, f"{len(columns)} columns instead of 2 (id, text)")
        found.append((columns[0], columns[1]))
    return found


def as_row(suggestion: Suggestion) -> dict[str, Any]:
    """Turn a suggestion into what the command line prints."""
    item = suggestion.item
    return {
        "kind": item.kind,
        "code": item.code or item.id,
        "title": item.title,
        "score": suggestion.score,
        "distance_km": suggestion.distance_km,
        "reasons": [[reason.kind, reason.words or reason.fact] for reason in suggestion.reasons],
    }


if __name__ == "__main__":
    sys.exit(main())
