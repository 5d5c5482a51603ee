"""Telephone numbers as people write them."""

import re


def phone_of(text: str) -> str | None:
    """Return the first number, in pairs; None for what is no number one could call.

    « 08 09 36 12 12 / Numéro gris… », « 0262 34 84 34 », « +33123456789 », « (687) 41 50 39 »; overseas prefixes stay.
    """
    first = re.sub(r"^\((\d{3})\)", r"+\1", " ".join(text.partition("/")[0].split()))
    first = re.sub(r"^\+33 ?(?:\(0\) ?)?", "0", first)
    digits = re.sub(r"\D", "", first)
    if first.startswith("+"):
        return first if 8 <= len(digits) <= 15 else None
    if re.fullmatch(r"3\d{3}", digits):  # 3949 is France Travail
        return digits
    if len(digits) not in (10, 20) or not digits.startswith("0"):
        return None
    return " ".join(digits[start : start + 2] for start in range(0, 10, 2))
