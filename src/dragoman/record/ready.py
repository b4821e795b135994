"""A reading made ready to be written: checked, and its rows as the texts that the database takes.

Whoever reads makes it, so that the one process that writes does little else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.model import Reading
from dragoman.record.rows import READING_TABLES, Row, Rows, reading_rows


@dataclass(frozen=True, slots=True)
class Ready:
    """The rows of a reading: by table the members of a JSON array, empty where the table gets none.

    ``article`` is the id of its article, ``own`` whether Dragoman read that itself, ``events`` the ids of the events
    that its ``reports`` tell of, so many.
    """

    article: str
    fingerprint: str
    own: bool
    events: tuple[str, ...]
    reports: int
    tables: Mapping[str, str]


def ready(reading: Reading) -> Ready:
    """A reading ready to be written.

    :raises RecordError: it claims something without words, as :func:`dragoman.record.rows.reading_rows` says.
    """
    rows = reading_rows(reading)
    article, reports = rows["articles"][0], rows["reports"]
    return Ready(
        article=str(article["id"]),
        fingerprint=str(article["fingerprint"]),
        own=article["origin"] == "read",
        events=tuple(sorted({str(row["event"]) for row in reports})),
        reports=len(reports),
        tables={table: _members(lines) for table, lines in rows.items()},
    )


def _members(lines: list[Row]) -> str:
    return json.dumps(lines, ensure_ascii=False, allow_nan=False, default=str)[1:-1]


def joined(several: Iterable[Ready]) -> dict[str, str]:
    """A JSON array of the rows of several readings for each table that gets some."""
    held = list(several)
    members = {table: ", ".join(filter(None, (each.tables[table] for each in held))) for table in READING_TABLES}
    return {table: f"[{texts}]" for table, texts in members.items() if texts}


def rows_of(several: Iterable[Ready]) -> Rows:
    """The rows again, days as text."""
    none: Rows = {table: [] for table in READING_TABLES}
    return none | {table: json.loads(text) for table, text in joined(several).items()}
