"""Text in lower case without accents, each character where it stood."""

import unicodedata


def flat(text: str) -> str:
    """Lower case without accents, character for character, so that positions in it are positions in `text`."""
    plain = text.replace("’", "'").replace("`", "'")
    return "".join(unicodedata.normalize("NFD", c.lower())[:1] or c for c in plain)
