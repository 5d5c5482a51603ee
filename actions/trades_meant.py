"""Which trades a message is about: pressed, pointed at, named, looked at last, or shown."""

import re
from typing import Any

from actions.base import Reply, Slots
from actions.cards import directive
from actions.pointing import pointed_at
from actions.services import Services
from actions.situations import situations_in
from actions.suggest import remember
from actions.turn import Turn
from knowledge_base import Item, KnowledgeBase, Suggestion
from knowledge_base.flat_text import flat
from knowledge_base.french import fold, plain_words

COMPARED = 2  # trades set side by side
MOST = 3  # trades told of or offered when none is named
# What stands before a trade that somebody has: « je suis », « ancien », « 34 ans, », nothing at all.
HELD = re.compile(
    r"(?:\b(?:suis|sui|chui|jsuis|etais|etai|ete|ancien(?:ne)?|ex|en tant que|(?:boss|travaill|taff)\w* comme)"
    r"|\bans\s?,|^(?:\W*(?:bonjour|bonsoir|salut|slt|bjr|cc|coucou)\W)?)(?:\W|\b(?:une?|actuellement|deja|encore)\b)*$"
)
WANTING = re.compile(
    r"\b(?:deven\w+|faire|etre|veu[xt]|voudrai\w*|voudrais|aimerai\w*|souhait\w*|reve|reconver\w*|changer|passer|formation"
    r"|quitter|vers|plutot)\b"
)
# « et un keuf il fait quoi », « et coiffeur ? »: a trade by a name that was not taken for one.
ONE_CALLED = re.compile(
    r"^(?:(?:et|ou|sinon|mais|bon|ok|alors) )*(?:pour |c est quoi |c quoi )?(?:une?|le metier de|la metier de) "
    r"(?P<name>\w+(?: (?!il\b|elle\b|ca\b|c\b|fai|gagn|on\b)\w+)?) "
    r"(?=(?:il|elle|ca|c|on) |fai\w* |gagn\w* |bosse |consiste)"
)
NAME = 5  # letters by which a title's word is named


def shown_jobs(turn: Turn) -> list[dict[str, Any]]:
    """Return the trades among what was last shown."""
    return [row for row in turn.slot("shown", []) if row["kind"] == "job_family"]


def shown_items(turn: Turn, services: Services) -> list[Item]:
    """Return the trades shown: the first is told of when a message names none, the others are offered."""
    found = [services.knowledge.item(row["id"]) for row in shown_jobs(turn)[:MOST]]
    return [one for one in found if one is not None]


def jobs_meant(turn: Turn, services: Services, *, many: bool = False) -> list[Item]:
    """Return the trades that a message is about: pressed, pointed at, named, looked at last, or the only one shown."""
    known, rows = services.knowledge, shown_jobs(turn)
    ids = [str(turn.entities["item"])] if "item" in turn.entities else pointed_at(turn, rows)
    if not ids:
        ids = _named_in(turn, rows) if many else _named_in(turn, rows)[:1]  # « cuisinier »: the best of those shown
    if not ids or (many and len(ids) < COMPARED):
        ids += [one for one in _known_by_name(turn, known) if one not in ids]
    if not ids and not many:
        ids = [turn.slot("chosen")] if str(turn.slot("chosen", "")).startswith("job-") else []
        ids = ids or [row["id"] for row in rows if len(rows) == 1]
    found = [known.item(one) for one in ids]
    return [one for one in found if one is not None and one.kind == "job_family"]


def wanted_jobs(turn: Turn, *, strictly: bool = False) -> tuple[str, ...]:
    """Return the trades named but for the one held: « vendeuse, je voudrais devenir coiffeuse ».

    `strictly`: nor the one held where it is the only one named.
    """
    said = flat(turn.text)
    held = [name for name in turn.named_jobs if HELD.search(said[: max(said.find(flat(name)), 0)])]
    wanted = [name for name in turn.named_jobs if name not in held]
    if held and not wanted and strictly:
        return ()
    if held and not wanted and "job_seeker" in situations_in(turn.text):  # « ouvrière, plus de travail depuis mars »
        return ()
    return tuple(wanted) if held and wanted and WANTING.search(said) else turn.named_jobs


def refuses_trade(turn: Turn, services: Services) -> bool:
    """Say whether a message refuses the trade that it names: « pas bûcheron, il a le dos fragile »."""
    refused = services.knowledge.wishes(turn.text, turn.spans).dislikes if turn.named_jobs else ()
    return any(name in one for name in turn.named_jobs for one in refused)


def names_called(turn: Turn) -> tuple[str, ...]:
    """Return the names that a message gives to trades, slang among them: « et un keuf il fait quoi »."""
    return wanted_jobs(turn) or tuple(match["name"] for match in ONE_CALLED.finditer(turn.plain))


def other_name(job: Item, turn: Turn) -> str | None:
    """Return what a message calls a trade whose title says nothing of it, plainly: « policier » for « keuf »."""
    names = names_called(turn) if "item" not in turn.entities else ()
    if len(names) != 1:
        return None
    plain = plain_words(names[0])
    known = _stems(f"{job.title} {' '.join(job.details.get('titles') or ())}")
    return None if _stems(plain) & _stems(job.title) or not known or len(plain) < NAME else plain


def _named_in(turn: Turn, rows: list[dict[str, Any]]) -> list[str]:
    said = _stems(turn.text)
    return [row["id"] for row in rows if said & _stems(row["title"])]


def _stems(text: str) -> set[str]:
    """Return how the longer words begin: « mécano » and « mécanicienne » begin alike."""
    return {word[:NAME] for word in re.findall(rf"\w{{{NAME},}}", fold(text))}


def _known_by_name(turn: Turn, knowledge: KnowledgeBase) -> list[str]:
    found = [knowledge.job_called(name) for name in names_called(turn)]
    return list(dict.fromkeys(one for one in found if one))


def show_card(job: Item, turn: Turn, reply: Reply) -> Slots:
    """Show the card of a trade that the person named and has not seen: it can be kept, refused, gone on from."""
    shown = turn.slot("shown", [])
    if not turn.named_jobs or any(row["id"] == job.id for row in shown):
        return {}
    named = [Suggestion(job, 1.0, ())]
    reply.attach(directive(named, turn.now, vous=turn.vous))
    return {} if shown else remember(named, turn.slots)
