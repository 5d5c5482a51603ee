"""The widget: its weight, how soon the first message is read, and what moves in the page that holds it."""

import gzip
import statistics
import time

from playwright.sync_api import Browser, sync_playwright

from deploy.browser import install_browser
from deploy.instance import ROOT
from tests.browser.talking import site
from tests.stack import running

ROUNDS = 9
FILES = ROOT / "connectors/static/widget"
SHIFT = """() => new Promise((done) => {
    let moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { moved += entry.value; }))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(moved), 300);
})"""


def widgets() -> None:
    """Print the table of docs/benchmarks.md."""
    weight = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in sorted(FILES.iterdir())}
    first = weight["loader.js"]
    print(f"widget, gzipped: {sum(weight.values()) / 1000:.1f} kB in {len(weight)} files,"
          f" {first / 1000:.1f} kB of them before it is opened")  # fmt: skip
    with running("bench-widget") as stack, site(stack.url) as school, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install_browser(), args=["--no-sandbox"])
        seconds, shifts = zip(*(opened(browser, school.url) for _ in range(ROUNDS)), strict=True)
        browser.close()
    middle, slowest = statistics.median(seconds), max(seconds)
    print(f"first message visible, empty cache, {ROUNDS} openings: median {middle:.2f} s, slowest {slowest:.2f} s")
    print(f"layout shift of the page that holds it, opening included: {max(shifts)}")


def opened(browser: Browser, url: str) -> tuple[float, float]:
    """Open the widget in a browser that has never seen it; returns seconds to the first message, and layout shift."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(url)
    button = page.get_by_role("button", name="Parler avec Piste")
    button.wait_for()
    began = time.monotonic()
    button.click()
    page.locator(".message.bot").first.wait_for()
    taken = time.monotonic() - began
    shift: float = page.evaluate(SHIFT)
    context.close()
    return taken, shift
