"""Marks that people paste or try: taken out before anything is read, each character by a space, so that places hold."""

import re
from typing import Text

MARKS = re.compile(
    r"</?[a-zA-Z][^<>]{0,300}>?"  # a tag, closed or not
    r"|&(?:[a-zA-Z]{2,8}|#\d{1,6});"  # « &nbsp; »
    r"|https?://\S+|www\.\S+"
    r"|[*_#`~|{}\[\]\\<>]+"
)
KEPT = re.compile(r"<+3+")  # a heart


def without_marks(text: Text) -> Text:
    """Return a text of the same length without markup, addresses and brackets; « c# » and « <3 » are words."""
    hearts = [match.span() for match in KEPT.finditer(text)]

    def blank(mark: "re.Match[str]") -> Text:
        inside = any(start <= mark.start() < end for start, end in hearts)
        sharp = mark[0] == "#" and mark.start() > 0 and text[mark.start() - 1].isalnum()
        return mark[0] if inside or sharp else " " * len(mark[0])

    return MARKS.sub(blank, text)
