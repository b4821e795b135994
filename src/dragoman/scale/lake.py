"""A lake that is written: its lock, its files by their bytes, and the one step in which they come to count."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from dragoman.errors import RecordError
from dragoman.record.faults import faults
from dragoman.record.lakes import INDEX, Contents, contents_of, copying, is_lake, place, text
from dragoman.record.rows import READING_TABLES

# The tables that are divided by day: those of the readings, and the documents that gave them.
DOCUMENTS = "documents"
DAY_TABLES = (*READING_TABLES, DOCUMENTS)
UNDIVIDED = (
    *("failures", "left_out", "facts", "stale", "unlinked"),
    *("signatures", "text_pairs", "story_links", "blocks", "links", "linked_events"),
    *("identity_links", "entity_changes"),
)

STAGING = "_staging"
LOCK = ".lock"

# As a record's keys: among a billion files the chance that any two agree by accident is below one in a million.
NAME_BYTES = 10
_BLOCK = 1 << 20

# What one process may take for sorting a day's rows; beyond it DuckDB sorts in files of the staging folder.
MEMORY = "1GB"


class Lake:
    """A lake open for writing, by this process alone; a new one where nothing is.

    What is written in the staging folder counts for nothing. :meth:`count` makes files count, and from then on they
    are never changed. A process that is killed leaves the lake as it was at the last :meth:`count`, and files that
    the next one takes up again or sweeps away.
    """

    def __init__(self, path: Path) -> None:
        self.path, self._lock = path, -1

    @classmethod
    def open(cls, path: Path) -> Self:
        """The lake at ``path``.

        :raises RecordError: something else lies there, another process writes to it, or it cannot be written.
        """
        lake = cls(path)
        with faults(path):
            if path.is_file():
                raise RecordError("it is a file, not the folder of a lake", source=str(path))
            path.mkdir(parents=True, exist_ok=True)
            lake._claim()
        return lake

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._lock)

    @property
    def staging(self) -> Path:
        """The folder of what does not count yet."""
        return self.path / STAGING

    def contents(self) -> Contents:
        """What counts now."""
        return contents_of(self.path)

    def count(self, contents: Contents) -> None:
        """Make these files the lake's, all of them in one step."""
        part = self.path / f"{INDEX}.part"
        with faults(self.path):
            with part.open("w", encoding="utf-8") as file:
                file.write(contents.text())
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path / INDEX)

    def sweep(self, *kept: Contents) -> None:
        """Remove the files that none of these contents name; only such as a lake has where a lake has them."""
        named = {self.path / file for contents in kept for file in contents.all_files()}
        with faults(self.path):
            for file in list(self._files()):
                if file not in named:
                    file.unlink()
            for folder in list(self._folders()):
                if not any(folder.iterdir()):
                    folder.rmdir()

    def clear(self) -> None:
        """Remove the staging folder."""
        with faults(self.path):
            shutil.rmtree(self.staging, ignore_errors=True)

    def _claim(self) -> None:
        if not is_lake(self.path) and any(each.name != LOCK for each in self.path.iterdir()):
            raise RecordError("it is a folder with other things in it, and no lake", source=str(self.path))
        self._lock = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise RecordError("another process is writing to it", source=str(self.path)) from None
        if not is_lake(self.path):
            self.count(Contents())
        self.contents()
        self.staging.mkdir(exist_ok=True)

    def _files(self) -> Iterator[Path]:
        for table in (*DAY_TABLES, *UNDIVIDED):
            yield from (self.path / table).rglob("*.parquet")

    def _folders(self) -> Iterator[Path]:
        """The folders of tables, inner ones first."""
        for table in (*DAY_TABLES, *UNDIVIDED):
            yield from (self.path / table).glob("day=*")
            if (self.path / table).is_dir():
                yield self.path / table


def write_file(
    connection: duckdb.DuckDBPyConnection, select: str, *, lake: Path, table: str, day: str = ""
) -> str | None:
    """Write the rows of a query, which orders them whole, as a file of a table; its name, or None where it has no row.

    The same rows give the same name and bytes, with one version of DuckDB.

    :raises duckdb.Error: the query fails.
    :raises OSError: the file cannot be written.
    """
    part = lake / STAGING / f"{table}.{day}.{os.getpid()}.part"
    found = connection.execute(copying(select, part)).fetchone()
    return adopt(part, int(found[0]) if found else 0, lake=lake, table=table, day=day)


def adopt(part: Path, rows: int, *, lake: Path, table: str, day: str = "") -> str | None:
    """Give a file that was written its name and place; None, and it is gone, where it has no row.

    :raises OSError: the file cannot be moved.
    """
    if not rows:
        part.unlink(missing_ok=True)
        return None
    name = f"{_hash(part)}.parquet"
    target = lake / place(table, day, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    part.replace(target)
    return name


def replaced(contents: Contents, table: str, files: Mapping[str, str | None]) -> Contents:
    """The contents with these files, by day, in the place of a table's; None takes a day away."""
    now = {**contents.tables.get(table, {}), **{day: name for day, name in files.items() if name}}
    for day in [day for day, name in files.items() if name is None]:
        now.pop(day, None)
    tables = {name: held for name, held in contents.tables.items() if name != table}
    return Contents(contents.schema, {**tables, table: now} if now else tables)


def engine_room(staging: Path, *, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory to sort rows in; what does not fit goes into files of the staging folder."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET temp_directory = {text(staging / 'sorting')}")
    if threads:
        connection.execute(f"SET threads = {threads}")
    return connection


def remove_database(path: Path) -> None:
    """Remove a database's file with its log and what lies beside it."""
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


def _hash(file: Path) -> str:
    digest = blake2b(digest_size=NAME_BYTES)
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
        os.fsync(stream.fileno())
    return digest.hexdigest()
