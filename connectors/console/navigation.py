"""What stands in the console's menu, for who may go there."""

from dataclasses import dataclass

from connectors.console import texts
from connectors.console.rights import Act, Staff, may


@dataclass(frozen=True)
class Entry:
    """A page of the menu."""

    path: str
    title: str
    act: Act


ENTRIES = (
    Entry("/console/conversations", texts.CONVERSATIONS, Act.READ),
    Entry("/console/savoirs", texts.KNOWLEDGE, Act.KNOWLEDGE),
)


def entries_of(staff: Staff) -> list[Entry]:
    """Return the pages that somebody may open."""
    return [entry for entry in ENTRIES if may(staff, entry.act)]
