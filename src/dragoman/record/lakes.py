"""A lake: the tables of a record as Parquet files, opened for reading as a record is.

    LAKE/lake.json                                  which files hold the tables now
    LAKE/articles/day=2020-10-02/1f0c8b2e….parquet  one file a table and day of publication
    LAKE/failures/93ab11d0….parquet                 a table that knows no day

A file is named by its bytes and never changed; what changes is ``lake.json``, in one step. So whoever opens a lake
sees it as it was at one moment, also while another process writes it. Who writes it is :mod:`dragoman.scale`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from dragoman.errors import RecordError
from dragoman.record.faults import faults
from dragoman.record.migrations import APPLICATION, migrate, steps

INDEX = "lake.json"

# The form of the folder and of its index; the schema of the tables is the record's own.
FORM = 1

# The day of articles that nothing dates.
UNDATED = "unknown"

# DuckDB's own number, said here because the bytes of a file depend on it.
ROW_GROUP = 122_880

# The tables that say what is to be worked out anew: events, and articles whose stories are not known yet.
MARKS = ("stale", "unlinked")

# The file that lies beside a database of a lake's views: what it reads, a JSON list of paths.
REACH = ".reach"


@dataclass(frozen=True, slots=True)
class Contents:
    """Which files hold a lake's tables: ``tables[table][day]`` is a file's name; a table without days has ``""``."""

    schema: int = field(default_factory=lambda: steps()[-1].version)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def files(self, table: str) -> list[str]:
        """The files of a table, by day, as paths inside the lake."""
        return [place(table, day, name) for day, name in sorted(self.tables.get(table, {}).items())]

    def all_files(self) -> Iterator[str]:
        """Every file that counts, as a path inside the lake."""
        for table in self.tables:
            yield from self.files(table)

    def text(self) -> str:
        """The bytes of ``lake.json``: the same contents, the same text."""
        head = {"application": APPLICATION, "form": FORM, "schema": self.schema}
        return json.dumps({**head, "tables": self.tables}, indent=1, sort_keys=True) + "\n"


def place(table: str, day: str, name: str) -> str:
    """Where a file lies inside the lake."""
    return f"{table}/day={day}/{name}" if day else f"{table}/{name}"


def is_lake(path: str | Path) -> bool:
    """Whether a lake lies at a path."""
    return (Path(path) / INDEX).is_file()


def contents_of(path: str | Path) -> Contents:
    """What a lake holds now.

    :raises RecordError: it cannot be read, it is damaged, or this program does not know its form or its schema.
    """
    with faults(path):
        text = (Path(path) / INDEX).read_text(encoding="utf-8")
    try:
        read = json.loads(text)
        known = read["application"] == APPLICATION
        form, schema, tables = int(read["form"]), int(read["schema"]), {**read["tables"]}
    except (ValueError, KeyError, TypeError) as error:
        raise RecordError(f"it is not a lake: its {INDEX} is damaged", source=str(path)) from error
    newest = steps()[-1].version
    if not known or form != FORM or schema != newest:
        told = f"it is a lake of form {form} and schema version {schema}; this program reads {FORM} and {newest}"
        raise RecordError(f"{told}: read the sources into a new one", source=str(path))
    return Contents(schema, tables)


def connect_lake(
    path: str | Path, *, database: str | Path = ":memory:", loaded: Collection[str] = ()
) -> duckdb.DuckDBPyConnection:
    """A database, in memory or in a new file, whose tables are views of a lake's files.

    What is not in the lake is an empty table, and tables to be ``loaded`` are filled, so that they can be changed. The
    facts are a view too where they are up to date; where they are not, they are a table, with the marks of what is to
    be made anew. A file has a list of what it reads beside it.

    :raises RecordError: as :func:`contents_of`, or a file of the lake is not there.
    """
    held = contents_of(path)
    connection = duckdb.connect(str(database), config={"autoinstall_known_extensions": False})
    try:
        with faults(path):
            connection.execute("SET parquet_metadata_cache = true")
            migrate(connection)
            read = [table for table in _tables(connection) if held.files(table)]
            for table in read:
                files = [Path(path).absolute() / file for file in held.files(table)]
                _replace(connection, table, files, loaded=table in loaded or _is_changed(table, held))
    except BaseException:
        connection.close()
        raise
    if str(database) != ":memory:":
        _tell_reach(Path(path), held, Path(database))
    return connection


def reach_of(database: Path) -> list[str]:
    """The files outside that a database made by :func:`connect_lake` reads; none where it is a record's own file."""
    listed = database.with_name(database.name + REACH)
    return [str(name) for name in json.loads(listed.read_text(encoding="utf-8"))] if listed.exists() else []


def files_sql(files: Iterable[str | Path], *, named: bool = False) -> str:
    """An expression of SQL that reads these Parquet files as one table; ``named``: with a column ``filename``."""
    listed = ", ".join(text(pattern(file)) for file in files)
    return f"read_parquet([{listed}], hive_partitioning = false, filename = {str(named).lower()})"


def copying(select: str, path: Path) -> str:
    """A statement that writes the rows of a query to a Parquet file; the same rows in the same order, the same bytes.

    Without TRY, DuckDB would mark a column as never null where the statistics of a table say so, and not where the
    same rows come from elsewhere.
    """
    form = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}"
    return f"COPY (SELECT TRY(COLUMNS(*)) FROM ({select})) TO {text(path)} ({form})"


def text(value: object) -> str:
    """A text of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def pattern(file: str | Path) -> str:
    """The pattern that only this path matches, as DuckDB takes patterns."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(file))


def _is_changed(table: str, held: Contents) -> bool:
    """Whether a table changes where the lake is only asked: the marks are taken away when the facts are made."""
    return table in MARKS or (table == "facts" and any(held.files(mark) for mark in MARKS))


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'meta' ORDER BY ALL")
    return [str(row[0]) for row in rows.fetchall()]


def _replace(connection: duckdb.DuckDBPyConnection, table: str, files: list[Path], *, loaded: bool) -> None:
    """Put a view of files in the place of an empty table, or load them into it; the columns stay as they are."""
    sql = "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
    columns = connection.execute(sql, [table]).fetchall()
    select = f"SELECT {', '.join(name for name, _ in columns)} FROM {files_sql(files)}"
    if loaded:
        connection.execute(f"INSERT INTO {table} {select}")
        return
    said = connection.execute("SELECT comment FROM duckdb_tables() WHERE table_name = ?", [table]).fetchone()
    connection.execute(f"DROP TABLE {table}")
    connection.execute(f"CREATE VIEW {table} AS {select}")
    comments = [(f"VIEW {table}", said[0] if said else None), *((f"COLUMN {table}.{name}", c) for name, c in columns)]
    for what, comment in comments:
        if comment:
            connection.execute(f"COMMENT ON {what} IS {text(comment)}")


def _tell_reach(path: Path, held: Contents, database: Path) -> None:
    files = [str(path.absolute() / file) for file in held.all_files()]
    with faults(database):
        database.with_name(database.name + REACH).write_text(json.dumps(files), encoding="utf-8")
