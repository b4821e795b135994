"""The record's schema, step by step. A file of an older version is brought up to date when it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

import duckdb

from dragoman.errors import RecordError

APPLICATION = "dragoman"


@dataclass(frozen=True)
class Step:
    """One step of the schema: ``version`` is the version the record has once ``sql`` has run."""

    version: int
    sql: str


def load_step(name: str) -> Step:
    """The step in the schema file of this name; its number is the version."""
    sql = files("dragoman.record").joinpath("schema", f"{name}.sql").read_text(encoding="utf-8")
    return Step(int(name.split("_", maxsplit=1)[0]), sql)


# In order; a step that has been released is never changed: what it got wrong, the next one mends.
STEPS: tuple[str, ...] = ("0001_record", "0002_corrections", "0003_sources", "0004_links", "0005_identities")


def steps() -> tuple[Step, ...]:
    """Every step this program knows, oldest first."""
    return tuple(load_step(name) for name in STEPS)


def version_of(connection: duckdb.DuckDBPyConnection) -> int:
    """The schema version of an open database; 0 where it is empty.

    :raises RecordError: the database holds tables, but is no Dragoman record.
    """
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return 0
    columns = {
        row[0]
        for row in connection.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = 'meta'").fetchall()
    }
    if not {"key", "value"} <= columns:
        raise RecordError("it is a DuckDB file, but not a Dragoman record")
    meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    if meta.get("application") != APPLICATION or not str(meta.get("schema_version")).isdigit():
        raise RecordError("it is a DuckDB file, but not a Dragoman record")
    return int(meta["schema_version"])


def migrate(
    connection: duckdb.DuckDBPyConnection, *, read_only: bool = False, to: Sequence[Step] | None = None
) -> None:
    """Bring the database to the newest version in one transaction; on any failure it stays as it was.

    :param to: the steps to know, oldest first; all of the program's where it is left out.
    :raises RecordError: it is no record, it is newer than this program, or it is older and open for reading only.
    :raises duckdb.Error: a step failed.
    """
    known = steps() if to is None else to
    newest, found = known[-1].version, version_of(connection)
    if found > newest:
        raise RecordError(f"it is of schema version {found}, newer than this program, which knows {newest}")
    if found == newest:
        return
    if read_only:
        raise RecordError(f"it is of schema version {found}: open it once for writing to bring it to {newest}")
    _run([step for step in known if step.version > found], connection, fresh=found == 0)


def _run(pending: Sequence[Step], connection: duckdb.DuckDBPyConnection, *, fresh: bool) -> None:
    connection.begin()
    try:
        for step in pending:
            connection.execute(step.sql)
        if fresh:
            connection.execute("INSERT INTO meta VALUES ('application', ?), ('created_by', ?)", _created_by())
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)", [str(pending[-1].version)])
        connection.commit()
    except duckdb.Error:
        roll_back(connection)
        raise
    # The schema must not wait in the write-ahead log: DuckDB 1.4.0 cannot replay some of it after a crash.
    connection.execute("CHECKPOINT")


def roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    """End a failed transaction; a commit that failed has ended it already, and then there is nothing to do."""
    try:
        connection.rollback()
    except duckdb.Error:
        return


def _created_by() -> list[str]:
    try:
        return [APPLICATION, f"dragoman {version('dragoman')}"]
    except PackageNotFoundError:
        return [APPLICATION, "dragoman"]
