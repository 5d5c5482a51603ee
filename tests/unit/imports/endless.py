"""Files far longer than what importers keep of one.

Run with a folder, it prints what each took: [kind, format, error, megabytes, seconds].
"""

import json
import resource
import sys
import time
from pathlib import Path

from knowledge_base.importers import laposte
from tests.unit.imports.reading import NAMES, emptied, seeds, survives, written

TWENTY, HUNDRED = 20_000_000, 100_000_000
SPARE = 2_000_000_000  # bytes of addresses: what would take all of the machine's memory is stopped there
# Which files, how they begin (None: with the format's own and a quotation mark), what they repeat, and how long.
ENDLESS: dict[str, tuple[str, str | None, str, int]] = {
    "a line of zero bytes": ("", "", "\0", HUNDRED),
    "a line of letters": ("", "", "a", HUNDRED),
    "a last line of letters": ("", None, "a", TWENTY),
    "an unclosed quotation mark": (".csv", None, f"{'a' * 999}\n", TWENTY),
    "quotation marks that open again": (".csv", None, 'aaa","\n', 12_000_000),
    "a text of JSON": (".json", '{"results": [{"uid": "1", "title": "', "a", HUNDRED),
    "a key of JSON": (".json", '[{"', "a", HUNDRED),
    "a number of JSON": (".json", '[{"uid": ', "9", HUNDRED),
    "lists of JSON": (".json", '[{"uid": [', "[],", HUNDRED),
    "spaces of JSON": (".json", "[", f"{' ' * 999}\n", HUNDRED),
    "a text of XML": (".xml", "<lheo><offres><formation><FICHE>", "a", HUNDRED),
    "an attribute of XML": (".xml", '<lheo><formation a="', "a", HUNDRED),
    "a comment of XML": (".xml", "<lheo><!--", "a", HUNDRED),
    "elements inside the wanted one": (".xml", "<lheo><offres><formation><FICHE>", "<x/>", HUNDRED),
    "elements beside the wanted one": (".xml", "<lheo>", "<x/>", 3_000_000),
    "lines of an event": (".ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", f"X:{'a' * 999}\r\n", HUNDRED),
    "a line of an event": (".ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:", "a", HUNDRED),
}
READ = [
    (kind, name)
    for kind, (files, *_) in ENDLESS.items()
    for name in [name for name in NAMES if next(iter(seeds(name))).endswith(files)][: 1 if files else None]
]  # what is told by its kind of file is read by one reader, whatever the format


def write(path: Path, name: str, kind: str) -> None:
    """Write a file without holding it."""
    _, begins, repeated, size = ENDLESS[kind]
    own = next(iter(seeds(name).values()))
    with path.open("wb") as handle:
        handle.write((f'{own}"' if begins is None else begins).encode())
        if repeated == "\0":
            handle.truncate(size)  # sparse: it takes no room
            return
        block = repeated.encode() * (1_000_000 // len(repeated))
        for _ in range(size // len(block)):
            handle.write(block)


def main(folder: Path) -> None:
    """Read each; what the importers keep for ever is there after a first reading."""
    vars(laposte)["read_gazetteer"] = list  # GeoNames' towns are not what is measured
    for name in NAMES:
        survives(name, written(emptied(folder), name))
    most = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() + SPARE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for kind, name in READ:
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
        try:
            write(written(emptied(folder), name) / next(iter(seeds(name))), name, kind)
            survives(name, folder)
            error = ""
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"[:200]
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1000
        print(json.dumps([kind, name, error, grown, round(time.monotonic() - start, 1)]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
