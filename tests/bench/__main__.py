"""`make bench [PART…]`: every measurement that docs/decisions/ quotes, printed as tables.

Parts: console, conversation, encoder, search (10,000 items, then a million: 20 minutes and 8 GB of disk), understanding (an hour
more when Rasa's usual pipeline must be trained first).
"""

import sys

from tests.bench.console import consoles
from tests.bench.conversation import conversations
from tests.bench.encoder import encoders
from tests.bench.index import indexes
from tests.bench.understanding import understandings
from tests.bench.widget import widgets

PARTS = {
    "console": consoles,
    "conversation": conversations,
    "encoder": encoders,
    "search": indexes,
    "understanding": understandings,
    "widget": widgets,
}


def main(names: list[str]) -> int:
    """Run the parts named, all without a name."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"piste: no part {', '.join(unknown)}. Remedy: one of {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in names or PARTS:
        PARTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
