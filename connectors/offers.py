"""Buttons that somebody types: « autre chose », or « 2 » for the second, means what pressing it means."""

import re
import unicodedata
from collections.abc import Sequence
from uuid import UUID

from connectors import texts
from connectors.database import Connection

LAST_TURN = """
SELECT buttons, cards FROM people.messages
WHERE conversation_id = %(conversation)s AND author = 'bot' AND turn_id = (
    SELECT turn_id FROM people.messages
    WHERE conversation_id = %(conversation)s AND author = 'bot' ORDER BY seq DESC LIMIT 1
)
ORDER BY seq
"""


async def typed(connection: Connection, conversation_id: UUID, text: str) -> str | None:
    """Return the payload of what a text names: a button of the bot's last answer, else an entry of the menu."""
    cursor = await connection.execute(LAST_TURN, {"conversation": conversation_id})
    rows = await cursor.fetchall()
    buttons = [(button["title"], button["payload"]) for row in rows for button in row["buttons"]]
    # Where cards are shown, a number points at one of them: the dialogue knows which.
    numbered = not any(row["cards"] for row in rows)
    return named(text, buttons, numbered=numbered) or named(text, texts.MENU, numbered=False)


def named(text: str, buttons: Sequence[tuple[str, str]], *, numbered: bool) -> str | None:
    """Return the payload of the (title, payload) that a text names, by its title or by its number."""
    said = bare(text)
    if numbered and re.fullmatch(r"[1-9]", said):
        return buttons[int(said) - 1][1] if int(said) <= len(buttons) else None
    return next((payload for title, payload in buttons if said and bare(title) == said), None)


def bare(text: str) -> str:
    """Keep letters and digits, without case or accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))
