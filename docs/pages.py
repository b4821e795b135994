"""Takes the pictures of the pages, docs/pages/*.png, in a headless Chromium, of a record made from examples/."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
CHROMIUM = "/usr/bin/chromium"

# Name of the picture, address, and how it is looked at.
PAGES = {
    "start": "/",
    "dossier": "/dossier/KEN/SOM",
    "events": "/events?country=EGY&country=ETH",
    "event": "/events?country=POL&country=BLR&category=COERCE",
    "article": "/articles?outlet=Lakeside+Courier",
    "entity": "/entities?q=minister",
    "search": "/search?q=fishing+rights",
    "since": "/since/KEN/SOM?category=CONSULT",
    "network": "/network",
    "coverage": "/coverage",
    "sql": "/sql?query=SELECT+category%2C+count(*)+AS+events+FROM+facts+GROUP+BY+ALL+ORDER+BY+events+DESC",
    "api": "/api",
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
            for name, path in PAGES.items():
                picture(browser, address + path, options.to / f"{name}.png")
            picture(browser, address + PAGES["dossier"], options.to / "dossier-dark.png", scheme="dark")
            picture(browser, address + PAGES["events"], options.to / "events-phone.png", width=320, height=800)


def picture(
    browser: Browser, address: str, file: Path, *, width: int = 1100, height: int = 900, scheme: str = "light"
) -> None:
    """One page as a reader sees it, charts drawn."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    _drawn(page)
    page.screenshot(path=file)
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
