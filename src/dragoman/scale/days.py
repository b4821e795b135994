"""One day of a lake written anew: what it held, less what was read again, and what was read now.

A day's rows are a function of the readings it holds, so that its files have the same bytes whatever the order, the
number of runs or processes in which they were read.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from dragoman.record.faults import faults
from dragoman.record.lakes import files_sql, place
from dragoman.record.rows import READING_TABLES
from dragoman.scale.lake import DOCUMENTS, STAGING, engine_room, write_file

# The folder, in the staging folder, of what comes in and goes out: articles, and documents that are known.
CHANGES = "changes"
TABLES = ("put", "out", "put_documents", "out_documents")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the lake at ``lake``: ``units`` are the files that hold readings for it, ``held`` its own by table.

    What goes in and out on which day lies in the staging folder (:mod:`dragoman.scale.changes`).
    """

    day: str
    lake: str
    units: tuple[str, ...]
    held: Mapping[str, str] = field(default_factory=dict)


def write_day(day: Day) -> dict[str, str | None]:
    """Write the files of a day's tables; their names by table, None where no row is left.

    :raises RecordError: a file cannot be read or written.
    """
    with faults(day.lake), closing(engine_room(Path(day.lake) / STAGING, threads=1)) as connection:
        _load(connection, day)
        written = {table: _write(connection, day, table, _sql(day, table)) for table in READING_TABLES}
        return {**written, DOCUMENTS: _write(connection, day, DOCUMENTS, _documents_sql(day))}


def _load(connection: duckdb.DuckDBPyConnection, day: Day) -> None:
    """The rows that come in, as they lie in the files of their units, and the names of what goes out."""
    for name in TABLES:
        file = files_sql([Path(day.lake) / STAGING / CHANGES / f"{name}.parquet"])
        connection.execute(f"CREATE TABLE {name}_today AS SELECT * FROM {file} WHERE day = ?", [day.day])
    if day.units:
        connection.execute(f"""
            CREATE TABLE readings AS SELECT u.* FROM {files_sql(day.units, named=True)} u
            JOIN put_today p ON p.article = u.holds AND p.unit = parse_filename(u.filename, true)
        """)


def _sql(day: Day, table: str) -> str:
    key = "id" if table == "articles" else "article"
    parts = []
    if table in day.held:
        parts.append(f"SELECT * FROM {_held(day, table)} WHERE {key} NOT IN (SELECT article FROM out_today)")
    if day.units:
        parts.append(f"SELECT unnest({table}, max_depth := 2) FROM readings")
    return " UNION ALL BY NAME ".join(parts)


def _documents_sql(day: Day) -> str:
    parts = ["SELECT id, article, reports FROM put_documents_today"]
    if DOCUMENTS in day.held:
        parts.append(f"SELECT * FROM {_held(day, DOCUMENTS)} WHERE id NOT IN (SELECT id FROM out_documents_today)")
    return " UNION ALL BY NAME ".join(parts)


def _held(day: Day, table: str) -> str:
    return files_sql([Path(day.lake) / place(table, day.day, day.held[table])])


def _write(connection: duckdb.DuckDBPyConnection, day: Day, table: str, sql: str) -> str | None:
    if not sql:
        return None
    return write_file(connection, f"FROM ({sql}) ORDER BY ALL", lake=Path(day.lake), table=table, day=day.day)
