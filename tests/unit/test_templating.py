"""Addresses that pages made on the server may open."""

import pytest

from connectors.templating import safe_url


@pytest.mark.parametrize(
    "url",
    ["https://a.fr/x?y=1", "http://a.fr", "tel:+33381000000", "mailto:a@b.fr", "/api/v1/events/1.ics", "HTTPS://A.FR"],
)
def test_pages_calls_and_mails_open(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
     "//ailleurs.fr", "/\\ailleurs.fr", "http://[", "file:///etc/passwd", "n'importe quoi"],
)  # fmt: skip
def test_nothing_else_opens(url: str | None) -> None:
    assert safe_url(url) is None
