"""One import in a process of its own, within limits: `python -m knowledge_base.importers.guarded`.

For files that come from people's browsers: a hostile one may take this process down, and nothing else. Reads one JSON
object on its input (format, path, name, encoding, dry_run), prints one on its output: what was read, or what is wrong.
"""

import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge_base.database import UNAVAILABLE
from knowledge_base.errors import KnowledgeError
from knowledge_base.importers.running import Order, Report
from knowledge_base.library import KnowledgeBase

MEMORY = 3 * 1024**3  # bytes of addresses: the encoder's libraries reserve most of it
CPU_SECONDS = 900
LONGEST_TITLE = 120


def main() -> int:
    """Import what the input says; returns 0 whenever there is an answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    asked = json.load(sys.stdin)
    print(json.dumps(answer(asked)), flush=True)
    return 0


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the report, or the error that people can mend."""
    order = Order(
        asked["format"],
        Path(asked["path"]),
        today=datetime.now().astimezone().date(),
        name=asked["name"],
        encoding=asked["encoding"],
        dry_run=asked["dry_run"],
        leave_to_others=True,
    )
    try:
        knowledge = KnowledgeBase.open()
        try:
            return told(knowledge.run_import(order))
        finally:
            knowledge.close()
    except KnowledgeError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"{order.path.name}:0: takes too much memory to read. Remedy: split it"}
    except UNAVAILABLE as error:
        return {"failure": type(error).__name__}


def told(report: Report) -> dict[str, Any]:
    """Return a report as JSON."""
    return {
        "collection": report.collection,
        "read": report.read,
        "kept": report.kept,
        "rejected": report.rejected,
        "reasons": report.reasons,
        "titles": [title[:LONGEST_TITLE] for title in report.titles],
    }


if __name__ == "__main__":
    sys.exit(main())
