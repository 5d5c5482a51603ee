"""The console in a browser: a context in which somebody of it is signed in."""

import contextlib
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page

from tests.console import SignedIn

SIZES: dict[str, Any] = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


@contextlib.contextmanager
def signed_in(browser: Browser, someone: SignedIn, **options: Any) -> Iterator[Page]:
    """Open a tab in which somebody is signed in; an error of its scripts fails the block."""
    context = browser.new_context(
        locale="fr-FR", base_url=str(someone.client.base_url), **{"viewport": SIZES["desk"], **options}
    )
    context.add_cookies([someone.cookie])  # type: ignore[list-item]
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, errors
