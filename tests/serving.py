"""A server in a thread of the tests, and articles that a page must stand."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn

from dragoman.model import Reading
from dragoman.web.app import create_app
from dragoman.web.serving import listen
from dragoman.web.settings import Settings
from make import NORDMARK, SUEDLAND, article, party, report

# What a page would run if it did not escape what articles say.
SCRIPT = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"


@dataclass(frozen=True)
class Server:
    """A running server: where it is, and the file of its record."""

    address: str
    record: Path


def hostile(id: str = "h1") -> Reading:
    """An article whose every text tries to be markup, SQL or a path."""
    sentence = f"Norway accused Portugal {SCRIPT} '; DROP TABLE facts; -- ../../etc/passwd."
    text = article(
        id,
        ("headline", SCRIPT),
        sentence,
        title=f"</title>{SCRIPT}",
        outlet=f'"><b>{SCRIPT}',
        url="javascript:window.ran = 3",
        published=date(2022, 5, 1),
    )
    told = report(
        text,
        sentence,
        "accused",
        category="ACCUSE",
        actors=(party(text, "Norway", NORDMARK),),
        recipients=(party(text, "Portugal", SUEDLAND),),
    )
    return Reading(text, (NORDMARK, SUEDLAND), (told,), "reader-1")


def overlapping(id: str = "o1") -> Reading:
    """An article whose claims overlap in every way."""
    words = "Portugal and Norway met in Oslo and signed in Oslo."
    text = article(id, ("headline", "Overlaps"), words, title="Overlaps", published=date(2020, 1, 2))
    both = (party(text, "Portugal and Norway", SUEDLAND), party(text, "Norway met", NORDMARK))
    first = report(text, words, "met in", actors=both, recipients=())
    second = report(text, words, "signed", sequence=1, category="AGREE", actors=both)
    return Reading(text, (NORDMARK, SUEDLAND), (first, second), "reader-1")


@contextmanager
def serving(record: Path, **settings: Any) -> Iterator[Server]:
    """A server of its own over a record, in a thread."""
    app = create_app(Settings(record=record, **settings))
    with listen("127.0.0.1", 0) as opened:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Server(f"http://127.0.0.1:{opened.getsockname()[1]}", record)
        server.should_exit = True
        thread.join()
