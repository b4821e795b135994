"""Some of a record's events, picked once and asked about often."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Protocol

import duckdb

from dragoman.model import Event
from dragoman.record.faults import faults

# A table of a cursor's own stands before the record's of that name, in views too. To pick first and then read whole
# rows takes two thirds of the time where a row has a number; in a lake, where the facts are a view, it has none.
_NUMBERED = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'facts'"
_PICKED = (
    """CREATE TEMP TABLE facts AS
    SELECT f.* FROM facts f WHERE f.{key} IN (SELECT f.{key} FROM facts f WHERE {condition})""",
    "CREATE TEMP TABLE event_reports AS SELECT e.* FROM event_reports e WHERE e.event IN (SELECT event FROM facts)",
)


# Seconds until a question that found no memory is asked once more.
SOON = 0.2


class Asked(Protocol):
    """What answers questions about events: a record, or some of its events alone."""

    def select(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """The rows that a SELECT answers with (:meth:`dragoman.record.Record.select`)."""
        ...

    def events_of(self, ids: Sequence[str]) -> Iterator[Event]:
        """The events of these ids (:meth:`dragoman.record.Record.events_of`)."""
        ...


class Among:
    """A record in whose ``facts`` and ``event_reports`` only some events are; all else is as the record has it."""

    def __init__(self, record: Asked, cursor: duckdb.DuckDBPyConnection, path: str) -> None:
        self._record, self._cursor, self._path = record, cursor, path

    def select(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """As :meth:`dragoman.record.Record.select`; one question at a time."""
        with faults(self._path):
            return answer(self._cursor, sql, values)

    def events_of(self, ids: Sequence[str]) -> Iterator[Event]:
        """The events of these ids, whichever were picked."""
        return self._record.events_of(ids)


@contextmanager
def among(
    record: Asked, cursor: duckdb.DuckDBPyConnection, path: str, condition: str, values: Sequence[object]
) -> Iterator[Among]:
    """The events whose row ``f`` of ``facts`` meets a condition of SQL, picked with a cursor that is closed after."""
    with closing(cursor):
        with faults(path):
            facts, reports = _PICKED
            key = "rowid" if answer(cursor, _NUMBERED, ()) else "event"
            cursor.execute(facts.format(condition=condition, key=key), list(values))
            cursor.execute(reports)
        yield Among(record, cursor, path)


def answer(cursor: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object]) -> list[dict[str, Any]]:
    """The rows that a SELECT answers with, as dictionaries by column name."""
    try:
        cursor.execute(sql, list(values))
    except duckdb.OutOfMemoryException:  # whoever writes may be letting go of memory at the moment
        time.sleep(SOON)
        cursor.execute(sql, list(values))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
