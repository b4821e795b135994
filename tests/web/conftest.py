"""One small record, one server over it, one browser, for all tests of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the pages need the extra 'web'")

import httpx

from dragoman.model import Failure
from dragoman.record import Record
from make import visit
from serving import SCRIPT, Server, hostile, overlapping, serving

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with copies that differ in the day, overlapping claims, a hostile article and a failure."""
    path = tmp_path_factory.mktemp("web") / "r.duckdb"
    with Record.open(path) as record:
        record.add(visit("a1"))
        record.add(visit("a2", outlet="The Evening", monday=date(2021, 3, 8)))
        record.add(overlapping())
        record.add(hostile())
        record.fail(Failure("broken.html", "format", f"it is empty {SCRIPT}"))
    return path


@pytest.fixture(scope="session")
def server(filled: Path) -> Iterator[Server]:
    """The pages of the record, with forms."""
    with serving(filled, corrections=True) as running:
        yield running


@pytest.fixture(scope="session")
def http(server: Server) -> Iterator[httpx.Client]:
    """A client of the server that follows no redirection."""
    with httpx.Client(base_url=server.address, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium, the system's own."""
    engine = pytest.importorskip("playwright.sync_api", reason="the browser's tests need playwright")
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium")
    with engine.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield launched
        launched.close()
