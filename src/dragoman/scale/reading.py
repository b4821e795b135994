"""What a process of a run does: reads the documents of a unit and writes what became of them to one file.

The file has one row a document, with the rows of the record's tables for its article as lists of structures. It
appears whole or not at all, under a name that the unit's documents decide, so that a unit is read twice to one end.

A document that ends the process it is read in is found by the note that a process leaves of what it is at: whoever
reads the unit next in the same run goes on, and a document that :data:`DEATHS` processes died of is a failure.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from dragoman.errors import RecordError
from dragoman.intake import Item, Known, LeftOut, Settled
from dragoman.model import Failure, Reading
from dragoman.pipeline import Answer, lost, read_source
from dragoman.reading.document import Document
from dragoman.record import Record
from dragoman.record.faults import faults
from dragoman.record.lakes import UNDATED, text
from dragoman.record.opening import MEMORY, connect
from dragoman.record.rows import READING_TABLES
from dragoman.scale.units import Asked, Task

# A process may be killed from outside while it happens to read a sound document; twice at the same one is its doing.
DEATHS = 2

NOTE = ".at"

# The columns of a unit's file before those of the tables. ``holds`` is the article where the row has its rows: of
# several readings of one article in a unit the last. ``counted`` is the source that a document left out is counted of.
COLUMNS = {
    "source": "VARCHAR",
    "mark": "VARCHAR",
    "position": "INTEGER",
    "article": "VARCHAR",
    "fingerprint": "VARCHAR",
    "day": "VARCHAR",
    "told": "INTEGER",
    "kind": "VARCHAR",
    "reason": "VARCHAR",
    "details": "VARCHAR",
    "counted": "VARCHAR",
    "holds": "VARCHAR",
}

Cells = dict[str, str | int | None]


@dataclass
class Note:
    """What a process is at: the place of a document in its unit, and how many died at each."""

    run: str
    at: int | None = None
    deaths: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, path: Path, run: str) -> Note:
        """The note to go on with: where another process of this run left one, it died at that document."""
        try:
            left = cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls(run)
        if left.run != run:
            return cls(run)
        if left.at is not None:
            left.deaths[str(left.at)] = left.deaths.get(str(left.at), 0) + 1
        return left

    def is_deadly(self, position: int) -> bool:
        """Whether a document is not to be read again."""
        return self.deaths.get(str(position), 0) >= DEATHS

    def write(self, path: Path, position: int) -> None:
        """Say what is read next, before it is read."""
        self.at = position
        part = path.with_suffix(f"{NOTE}.{os.getpid()}")
        part.write_text(json.dumps(asdict(self)), encoding="utf-8")
        part.replace(path)


def read_unit(task: Task) -> str:
    """Read a unit and write its file, unless it is there; its key.

    :raises RecordError: the file cannot be written.
    """
    with faults(task.folder):
        if not task.file.exists():
            unit, note = task.unit(), task.file.with_suffix(NOTE)
            _write(unit.items, _read(unit.items, unit.asked, note, task.run), task.file)
            note.unlink(missing_ok=True)
    return task.key


def _read(items: Sequence[Item], asked: Asked, path: Path, run: str) -> list[Answer]:
    """What became of each item, in their order."""
    note, said = Note.begin(path, run), list[Answer]()
    for position, item in enumerate(items):
        if isinstance(item, Settled):
            said.append(item.answer)
            continue
        note.write(path, position)
        is_deadly = note.is_deadly(position)
        said.append(lost(item) if is_deadly else read_source(item, given=asked.given, wanted=asked.wanted))
    return said


def _write(items: Sequence[Item], said: list[Answer], file: Path) -> None:
    with closing(connect(MEMORY)) as connection:
        connection.execute("SET threads = 1")
        said = _keep(Record(connection, MEMORY, read_only=False), items, said)
        prints = dict(connection.execute("SELECT id, fingerprint FROM articles").fetchall())
        holds = {each.article.id: at for at, each in enumerate(said) if isinstance(each, Reading)}
        rows = []
        for at, (item, each) in enumerate(zip(items, said, strict=True)):
            mark = item.mark if isinstance(item, Document) else None
            row: Cells = {"source": item.name, "mark": mark, "position": at}
            rows.append({**row, **_cells(each, prints)})
            if isinstance(each, Reading) and holds[each.article.id] == at:
                rows[-1]["holds"] = each.article.id
        _copy(connection, rows, file)


def _keep(record: Record, items: Sequence[Item], said: list[Answer]) -> list[Answer]:
    """Put the readings into a record in memory, which looks whether every claim has its words."""
    last = {each.article.id: each for each in said if isinstance(each, Reading)}
    try:
        record.add_many(list(last.values()))
    except RecordError:
        return [_keep_one(record, item.name, each) for item, each in zip(items, said, strict=True)]
    return said


def _keep_one(record: Record, source: str, each: Answer) -> Answer:
    try:
        if isinstance(each, Reading):
            record.add(each)
    except RecordError as error:
        return Failure(source, error.kind, error.reason)
    return each


def _cells(each: Answer, prints: dict[str, str]) -> Cells:
    match each:
        case Failure():
            details = json.dumps(each.details, sort_keys=True, ensure_ascii=False)
            return {"kind": each.kind, "reason": each.reason, "details": details}
        case LeftOut():
            return {"counted": each.source, "reason": each.reason}
        case Known():
            return {"told": each.reports}
    article = each.article
    day = article.published.isoformat() if article.published else UNDATED
    return {"article": article.id, "fingerprint": prints[article.id], "day": day, "told": len(each.reports)}


def _copy(connection: duckdb.DuckDBPyConnection, rows: list[Cells], file: Path) -> None:
    lines = f"SELECT unnest(from_json(?::VARCHAR, '{json.dumps([COLUMNS])}'), max_depth := 2)"
    connection.execute(f"CREATE TEMP TABLE outcomes AS {lines}", [json.dumps(rows, ensure_ascii=False)])
    lists = ", ".join(f"{table}.rows AS {table}" for table in READING_TABLES)
    joins = " ".join(_join(table) for table in READING_TABLES)
    select = f"SELECT o.*, {lists} FROM outcomes o {joins} ORDER BY o.position"
    # one that is cut off leaves a part under another name
    part = file.with_suffix(f".{os.getpid()}.part")
    connection.execute(f"COPY ({select}) TO {text(part)} (FORMAT parquet, COMPRESSION zstd)")
    part.replace(file)


def _join(table: str) -> str:
    """The rows of a table, gathered into one list an article."""
    key = "id" if table == "articles" else "article"
    gathered = f"SELECT {key} AS key, list(t ORDER BY t) AS rows FROM {table} t GROUP BY ALL"
    return f"LEFT JOIN ({gathered}) {table} ON {table}.key = o.holds"
