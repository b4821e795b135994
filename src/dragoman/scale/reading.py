"""What a process of a run does: reads the sources of a unit and writes what became of them to one file.

The file has one row a source, with the rows of the record's tables for its article as lists of structures. It appears
whole or not at all, under a name that the unit's sources decide, so that a unit is read twice to the same end.

A source that ends the process it is read in is found by the note that a process leaves of what it is at: whoever
reads the unit next in the same run goes on, and a source that a process died of :data:`DEATHS` times is a failure.
"""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from dragoman.errors import RecordError
from dragoman.model import Failure, Reading
from dragoman.pipeline import lost_source, read_source
from dragoman.record import Record
from dragoman.record.faults import faults
from dragoman.record.lakes import UNDATED, text
from dragoman.record.opening import MEMORY, connect
from dragoman.record.rows import READING_TABLES
from dragoman.scale.units import Unit

# A process may be killed from outside while it happens to read a sound source; twice at the same one is its doing.
DEATHS = 2

NOTE = ".at"

# The columns of a unit's file before those of the tables; of several readings of one article the last holds its rows.
_COLUMNS = {
    "source": "VARCHAR",
    "stamp": "VARCHAR",
    "position": "INTEGER",
    "article": "VARCHAR",
    "fingerprint": "VARCHAR",
    "day": "VARCHAR",
    "told": "INTEGER",
    "kind": "VARCHAR",
    "reason": "VARCHAR",
    "details": "VARCHAR",
    "holds": "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class Task:
    """A unit to be read into a file of ``folder``; ``run`` tells this run's notes from those of another."""

    unit: Unit
    folder: str
    run: str

    @property
    def file(self) -> Path:
        """Where the unit's file is when it is there."""
        return Path(self.folder) / f"{self.unit.key}.parquet"


@dataclass
class Note:
    """What a process is at: the place of a source in its unit, and how many died at each."""

    run: str
    at: int | None = None
    deaths: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, path: Path, run: str) -> Note:
        """The note to go on with: where another process of this run left one, it died at that source."""
        try:
            left = cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls(run)
        if left.run != run:
            return cls(run)
        if left.at is not None:
            left.deaths[str(left.at)] = left.deaths.get(str(left.at), 0) + 1
        return left

    def is_lost(self, position: int) -> bool:
        """Whether a source is not to be read again."""
        return self.deaths.get(str(position), 0) >= DEATHS

    def write(self, path: Path, position: int) -> None:
        """Say what is read next, before it is read."""
        self.at = position
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.write_text(json.dumps(asdict(self)), encoding="utf-8")
        part.replace(path)


def read_unit(task: Task) -> Path:
    """Read a unit and write its file, unless it is there; its path.

    :raises RecordError: the file cannot be written.
    """
    with faults(task.folder):
        if task.file.exists():
            return task.file
        note = task.file.with_suffix(NOTE)
        _write(task, _read(task, note))
        note.unlink(missing_ok=True)
    return task.file


def _read(task: Task, path: Path) -> list[Reading | Failure]:
    """What became of each source, in their order."""
    note, said = Note.begin(path, task.run), list[Reading | Failure]()
    for position, source in enumerate(task.unit.sources):
        note.write(path, position)
        said.append(lost_source(source) if note.is_lost(position) else read_source(source, given=task.unit.given))
    return said


def _write(task: Task, said: list[Reading | Failure]) -> None:
    with closing(connect(MEMORY)) as connection:
        connection.execute("SET threads = 1")
        kept = _keep(Record(connection, MEMORY, read_only=False), task.unit, said)
        prints = dict(connection.execute("SELECT id, fingerprint FROM articles").fetchall())
        holds = {each.article.id: at for at, each in enumerate(kept) if isinstance(each, Reading)}
        named = zip(task.unit.pairs(), kept, strict=True)
        rows = [_row(source.name, stamp, at, each, prints, holds) for at, ((source, stamp), each) in enumerate(named)]
        _copy(connection, rows, task.file)


def _keep(record: Record, unit: Unit, said: list[Reading | Failure]) -> list[Reading | Failure]:
    """Put the readings into a record in memory, which looks whether every claim has its words."""
    last = {each.article.id: each for each in said if isinstance(each, Reading)}
    try:
        record.add_many(list(last.values()))
    except RecordError:
        return [_keep_one(record, source.name, each) for source, each in zip(unit.sources, said, strict=True)]
    return said


def _keep_one(record: Record, source: str, each: Reading | Failure) -> Reading | Failure:
    try:
        if isinstance(each, Reading):
            record.add(each)
    except RecordError as error:
        return Failure(source, error.kind, error.reason)
    return each


def _row(
    source: str, stamp: str, at: int, each: Reading | Failure, prints: dict[str, str], holds: dict[str, int]
) -> dict[str, object]:
    row: dict[str, object] = {"source": source, "stamp": stamp, "position": at}
    if isinstance(each, Failure):
        details = json.dumps(each.details, sort_keys=True, ensure_ascii=False)
        return {**row, "kind": each.kind, "reason": each.reason, "details": details}
    article = each.article
    day = article.published.isoformat() if article.published else UNDATED
    told = {"article": article.id, "fingerprint": prints[article.id], "day": day, "told": len(each.reports)}
    return {**row, **told, "holds": article.id if holds[article.id] == at else None}


def _copy(connection: duckdb.DuckDBPyConnection, rows: list[dict[str, object]], file: Path) -> None:
    lines = f"SELECT unnest(from_json(?::VARCHAR, '{json.dumps([_COLUMNS])}'), max_depth := 2)"
    connection.execute(f"CREATE TEMP TABLE outcomes AS {lines}", [json.dumps(rows, ensure_ascii=False)])
    lists = ", ".join(f"{table}.rows AS {table}" for table in READING_TABLES)
    joins = " ".join(_join(table) for table in READING_TABLES)
    select = f"SELECT o.*, {lists} FROM outcomes o {joins} ORDER BY o.position"
    # one that is cut off leaves a part under another name
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    connection.execute(f"COPY ({select}) TO {text(part)} (FORMAT parquet, COMPRESSION zstd)")
    part.replace(file)


def _join(table: str) -> str:
    """The rows of a table, gathered into one list an article."""
    key = "id" if table == "articles" else "article"
    gathered = f"SELECT {key} AS key, list(t ORDER BY t) AS rows FROM {table} t GROUP BY ALL"
    return f"LEFT JOIN ({gathered}) {table} ON {table}.key = o.holds"
