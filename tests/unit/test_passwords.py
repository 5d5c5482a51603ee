"""Passwords that are refused, and those that fit."""

import pytest

from connectors.console import passwords


@pytest.mark.parametrize(
    "password",
    ["court", "x" * 201, "motdepasse123", "samia.kadri2026", "azertyazerty1", "aaaaaaaaaaaaaa", "Piste-2026-Piste"],
)
def test_what_is_guessed_at_once_is_refused(password: str) -> None:
    assert passwords.fault_of(password, "samia.kadri@exemple.fr", "Samia Kadri")


@pytest.mark.parametrize("password", ["girafe tambour violet", "Tr0ubl3-de-la-mer!", "une phrase que j'aime"])
def test_a_phrase_will_do(password: str) -> None:
    assert not passwords.fault_of(password, "samia.kadri@exemple.fr", "Samia Kadri")


def test_a_password_fits_its_hash_alone() -> None:
    stored = passwords.hashed("girafe tambour violet")
    assert passwords.fits(stored, "girafe tambour violet")
    assert not passwords.fits(stored, "girafe tambour vert")
    assert not passwords.fits(None, "no account has this password")
    assert not passwords.fits("not a hash", "girafe tambour violet")
