"""Takes the pictures of the pages, docs/pages/*.png, in a headless Chromium, of a record made from examples/."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
CHROMIUM = "/usr/bin/chromium"
SCROLLING_MS = 800  # the way to the words that a link names

# Name of the picture, address, and what is clicked on there before the picture is taken.
PAGES = {
    "start": ("/", ""),
    "dossier": ("/dossier/KEN/SOM", ""),
    "events": ("/events?country=EGY&country=ETH", ""),
    "event": ("/events?category=SANCTION&sort=-reports", "main .events .category"),
    "article": ("/events?country=KEN&country=SOM&category=CONSULT", "main .events a[href*='#r']"),
    "entity": ("/entities?kind=person", "main td a"),
    "search": ("/search?q=agreement", ""),
    "since": ("/since/KEN/SOM?category=CONSULT", ""),
    "network": ("/network", ""),
    "coverage": ("/coverage", ""),
    "sql": ("/sql?query=SELECT+category%2C+count(*)+AS+events+FROM+facts+GROUP+BY+ALL+ORDER+BY+events+DESC", ""),
    "api": ("/api", ""),
}


@contextmanager
def served(record: Path, *options: str) -> Iterator[str]:
    """The address of a server over the record."""
    command = [sys.executable, "-m", "dragoman", "serve", "--record", str(record), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        yield process.stderr.readline().split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Reads the examples, or takes the record that is named, and writes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--to", type=Path, default=HERE / "pages")
    options = parser.parse_args()
    options.to.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        record = options.record or _read(Path(folder) / "examples.duckdb")
        with served(record, "--allow-corrections") as address, sync_playwright() as engine:
            browser = engine.chromium.launch(executable_path=CHROMIUM)
            for name, (path, click) in PAGES.items():
                picture(browser, address + path, options.to / f"{name}.png", click=click)
            dark, phone = options.to / "dossier-dark.png", options.to / "dossier-phone.png"
            picture(browser, address + PAGES["dossier"][0], dark, scheme="dark")
            picture(browser, address + PAGES["dossier"][0], phone, width=320, height=800)


def picture(
    browser: Browser,
    address: str,
    file: Path,
    *,
    click: str = "",
    width: int = 1000,
    height: int = 680,
    scheme: Literal["light", "dark"] = "light",
) -> None:
    """One page as a reader sees it, charts drawn."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(address)
    if click:
        with page.expect_navigation():
            page.locator(click).first.click()
        page.wait_for_timeout(SCROLLING_MS)
    elif page.locator("figure[data-spec]").count():
        _drawn(page)
    page.screenshot(path=file, type="png")
    page.close()


def _drawn(page: Page) -> None:
    for figure in page.locator("figure[data-spec]").all():
        figure.scroll_into_view_if_needed()
        page.wait_for_function("figure => figure.dataset.drawn", arg=figure.element_handle())
    page.evaluate("scrollTo(0, 0)")


def _read(record: Path) -> Path:
    reports = sorted(str(path) for ending in ("html", "txt") for path in (HERE.parent / "examples").glob(f"*.{ending}"))
    subprocess.run([sys.executable, "-m", "dragoman", "read", *reports, "--record", str(record)], check=True)
    return record


if __name__ == "__main__":
    main()
