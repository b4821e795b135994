"""A small archive, engines and comparisons for the tests of lakes."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dragoman.exchange import parquet, plover
from dragoman.reading import Source
from dragoman.reading.document import Document
from dragoman.record import Record

# What a record and a lake of the same sources must agree in beside what they export.
TABLES = (
    *("documents", "facts", "stale", "unlinked", "signatures", "text_pairs", "story_links", "blocks", "links"),
    *("linked_events", "stories", "event_reports"),
)

T = TypeVar("T")
R = TypeVar("R")

TALKS = "The foreign minister of Norway met the president of Chile in Santiago on Monday. Chile accused Peru of spying."
SPANISH = (
    "El ministro de Chile visitó ayer la capital de Noruega, donde habló con el presidente del parlamento sobre el "
    "acuerdo de pesca que los dos países firmaron hace un año y que todavía no ha entrado en vigor."
)
# Of the nine the fifth is in no language that is read, the second a copy of the first, the eighth a near copy of it of
# another day, and the last tells in other words what the sixth does.
ROWS: tuple[dict[str, str], ...] = (
    {"id": "1", "published": "2021-05-04", "outlet": "The Daily", "text": TALKS},
    {"id": "2", "published": "2021-05-04", "outlet": "The Eye", "text": TALKS},
    {"id": "3", "published": "2021-05-05", "outlet": "The Daily", "text": "France expelled two Russian diplomats."},
    {"id": "4", "outlet": "The Daily", "text": "Kenya's president visited Somalia, the ministry said."},
    {"id": "5", "published": "2021-05-05", "text": SPANISH},
    {"id": "6", "published": "2021-05-06", "outlet": "The Eye", "text": "Japan imposed sanctions on Iran on Tuesday."},
    {"id": "7", "published": "2021-05-06", "outlet": "The Eye", "text": "Ghana sent 200 troops to Mali in April."},
    {"id": "8", "published": "2021-05-05", "outlet": "The Sun", "text": f"{TALKS} Peru said nothing."},
    {
        "id": "9",
        "published": "2021-05-06",
        "outlet": "The Sun",
        "text": "Tehran deplored what Japan did. On Tuesday Japan sanctioned Iran.",
    },
)
READ = len(ROWS) - 1


def archive(folder: Path, rows: Sequence[dict[str, str]] = ROWS) -> list[Source]:
    """The rows as JSON Lines, and a file that is not there."""
    (folder / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return [Source(str(folder / "news.jsonl")), Source(str(folder / "missing.txt"))]


class Here:
    """An engine in this process; what it is given last it answers first, since an order of answers means nothing."""

    name, lost = "here", ""

    def __init__(self, *, workers: int = 1) -> None:
        self.workers, self.asked = workers, 0

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R]]:
        for item in reversed(items):
            self.asked += 1
            yield item, function(item)


@dataclass(frozen=True, slots=True)
class Deadly(Document):
    """A document whose reading ends the process."""

    def read(self) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def exports_of(record: Path, folder: Path) -> dict[str, bytes]:
    """What a record, or a lake, exports."""
    with Record.open(record, read_only=True) as opened:
        plover.export(opened, folder / "plover")
        parquet.export(opened, folder / "parquet")
    return bytes_of(folder)


def told_by(record: Path) -> dict[str, Any]:
    """What a record, or a lake, says beside what it exports."""
    with Record.open(record, read_only=True) as opened:
        tables = {table: opened.select(f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES}
        readings, failures = list(opened.readings()), list(opened.failures())
        left_out, misplaced = opened.left_out(), opened.misplaced()
    return {**tables, "readings": readings, "failures": failures, "left out": left_out, "misplaced": misplaced}
