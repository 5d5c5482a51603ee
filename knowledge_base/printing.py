"""How the command line prints what it found and what it took."""

import json
from typing import Any

from knowledge_base.importers.running import Report


def print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows as one JSON array on a line, or one row a line for people."""
    if as_json:
        print(json.dumps(rows, ensure_ascii=False), flush=True)
        return
    for row in rows:
        print("  ".join(str(value) for value in row.values() if value is not None), flush=True)


def print_report(report: Report, done: str = "kept") -> None:
    """Print what was read of each file, and in all."""
    for name in sorted(report.kept_of | report.rejected_of):
        print(f"  {name}: {report.kept_of[name]} kept, {report.rejected_of[name]} rejected")
    print(f"{report.collection}: {report.read} read, {report.kept} {done}, {report.rejected} rejected")
