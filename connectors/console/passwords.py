"""Passwords: hashed with argon2, refused when they are short or guessed at once."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from connectors.console import texts_accounts as texts

SHORTEST, LONGEST = 12, 200
# Parts that half of all bad passwords are made of, in French offices.
GUESSED = ("motdepasse", "password", "azerty", "qwerty", "123456", "000000", "bonjour", "missionlocale", "piste")
_hasher = PasswordHasher()
# What is checked where there is no account: as long to refuse as a wrong password.
NOBODYS = _hasher.hash("no account has this password")


def fault_of(password: str, login: str, name: str) -> str:
    """Return what is wrong with a new password, a sentence; nothing when it will do."""
    if not SHORTEST <= len(password) <= LONGEST:
        return texts.PASSWORD_LENGTH
    bare = "".join(letter for letter in password.lower() if letter.isalnum())
    own = [part for part in (login.partition("@")[0], *name.split()) if len(part) > 2]
    rest = bare
    for part in (*GUESSED, *(one.lower() for one in own)):
        rest = rest.replace(part, "")
    if len(rest) < SHORTEST // 2 or len(set(bare)) < SHORTEST // 2:
        return texts.PASSWORD_GUESSED
    return ""


def hashed(password: str) -> str:
    """Return what is stored."""
    return _hasher.hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Say whether a password is the one stored; takes the same time where there is none."""
    try:
        _hasher.verify(stored or NOBODYS, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
