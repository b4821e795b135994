"""The store: the one place that writes a record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import duckdb

from dragoman.errors import RecordError
from dragoman.model import Failure, Reading
from dragoman.record.correcting import Correcting
from dragoman.record.faults import faults
from dragoman.record.known import Knowing
from dragoman.record.opening import MEMORY, connect
from dragoman.record.ready import Ready, joined, ready, rows_of
from dragoman.record.rows import READING_TABLES

Added = Literal["new", "updated", "unchanged"]

# So many articles are written until the database lets go of what it holds of the file, and how much it may then hold.
HELD, LEAST = 250, "16MB"


class Record(Correcting, Knowing):
    """A record: what was read, in one DuckDB file, or in memory only.

    Each article is written whole in a transaction of its own. When :meth:`add` or :meth:`fail` has returned, what it
    wrote is on the disk (in the file's write-ahead log) and survives the end of the process, however it
    ends; an article whose :meth:`add` did not return is not there at all. One process can write a record at a time.

    Every method raises :class:`dragoman.errors.RecordError`, and nothing else, for what is wrong with the file.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: str, *, read_only: bool) -> None:
        super().__init__(connection, path, read_only=read_only)
        self._closed = False
        self._inserts: dict[str, str] = {}
        self._let = 0

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False) -> Self:
        """The record at ``path``, or a new one where there is none; ``":memory:"`` is gone when it is closed.

        :raises RecordError: the file is damaged, of another kind, newer than this program, or not permitted; another
            process is writing to it; its folder does not exist; or there is none and it is to be read only.
        """
        return cls(connect(path, read_only=read_only), str(path), read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was written stays. Closing twice does nothing."""
        try:
            if not (self._closed or self.read_only):
                self._freshen()
        finally:
            self._closed = True
            with faults(self.path):
                self._connection.close()

    def add(self, reading: Reading | Ready, *, source: str | None = None, document: str | None = None) -> Added:
        """Write a reading in the place of what was read of the same article before; the same reading changes nothing.

        :param reading: a reading, or one that was made ready elsewhere (:func:`dragoman.record.ready.ready`).
        :param source: the name under which the article was read: a failure kept under it is taken away.
        :param document: the document that was read, known from now on (:meth:`known`).
        :raises RecordError: the reading claims something without words, or the file cannot be written; then the
            record is as it was.
        """
        self._check_writable()
        one = _made(reading)
        with self._lock, faults(self.path):
            state = self._state(one)
            self._on_one_thread(state != "unchanged")
            with self._transaction():
                self._forgive([source] if source is not None else [])
                if state == "updated":
                    self._delete(one.article)
                if state != "unchanged":
                    self._insert([one])
                self._know([(document, one, state)] if document is not None else [])
            self._stale = self._stale or state != "unchanged"
        return state

    def add_many(
        self, readings: Sequence[Reading | Ready], *, sources: Sequence[str] = (), documents: Sequence[str | None] = ()
    ) -> list[Added]:
        """Write readings in one transaction, all of them or none, and say what became of each; as :meth:`add` does.

        :param sources: the names under which they were read, as many as readings, or none.
        :param documents: the documents that were read, as many as readings (None for one not to be known), or none.
        :raises RecordError: as :meth:`add`, and where two of the readings are of one article.
        """
        self._check_writable()
        several = [_made(reading) for reading in readings]
        if len({each.article for each in several}) != len(several):
            raise RecordError("two of the readings are of one article", source=self.path)
        with self._lock, faults(self.path):
            states = self._states(several)
            self._on_one_thread(set(states) != {"unchanged"})
            with self._transaction():
                for each, state in zip(several, states, strict=True):
                    if state == "updated":
                        self._delete(each.article)
                new = [each for each, state in zip(several, states, strict=True) if state != "unchanged"]
                self._insert(new)
                self._forgive(sources)
                known = zip(documents, several, states, strict=True) if documents else ()
                self._know([(name, each, state) for name, each, state in known if name is not None])
                self._stale = self._stale or bool(new)
            self._let_go(len(new))
        return states

    def _let_go(self, written: int) -> None:
        """Give blocks of the file back to the system now and then: the database would fill four fifths of the machine's
        memory with them, and writing needs few."""
        self._let += written
        if self._let < HELD or self.path == MEMORY:
            return
        self._let = 0
        with suppress(duckdb.OutOfMemoryException):  # what it needs besides it keeps
            self._connection.execute(f"SET memory_limit = '{LEAST}'")
        self._connection.execute("RESET memory_limit")

    def forget(self, source: str) -> None:
        """Take away the failures that are kept of a source and of its lines (``source, line 3``)."""
        self._check_writable()
        with self._lock, faults(self.path):
            sql = "DELETE FROM failures WHERE source = ? OR starts_with(source, ?)"
            self._connection.execute(sql, [source, f"{source}, "])

    def forgive(self, source: str) -> None:
        """Take away the failure that is kept of a source, and of that alone."""
        self._check_writable()
        with self._lock, faults(self.path):
            self._connection.execute("DELETE FROM failures WHERE source = ?", [source])

    def fail(self, failure: Failure) -> None:
        """Keep a failure, in the place of an earlier one of the same source."""
        self._check_writable()
        with self._lock, faults(self.path):
            details = json.dumps(failure.details, sort_keys=True, ensure_ascii=False)
            row = [failure.source, failure.kind, failure.reason, details]
            self._connection.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", row)

    def _state(self, one: Ready) -> Added:
        found = self._connection.execute("SELECT fingerprint FROM articles WHERE id = ?", [one.article]).fetchone()
        if found is None:
            return "new"
        return "unchanged" if found[0] == one.fingerprint else "updated"

    def _states(self, several: Sequence[Ready]) -> list[Added]:
        sql = "SELECT id, fingerprint FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))"
        known = dict(self._connection.execute(sql, [[each.article for each in several]]).fetchall())
        found = [(known.get(each.article), each.fingerprint) for each in several]
        return ["new" if was is None else "unchanged" if was == now else "updated" for was, now in found]

    def _forgive(self, sources: Sequence[str]) -> None:
        if sources:
            names = json.dumps(list(sources), ensure_ascii=False)
            chosen = """source IN (SELECT unnest(from_json(?::VARCHAR, '["VARCHAR"]')))"""
            self._run("forgive", f"DELETE FROM failures WHERE {chosen}", names)

    def _know(self, documents: Sequence[tuple[str, Ready, Added]]) -> None:
        """Another document that gave the same article gave another reading of it: that one is not there any more."""
        for _, each, state in documents:
            if state == "updated":
                self._connection.execute("DELETE FROM documents WHERE article = ?", [each.article])
        rows = {id: {"id": id, "article": each.article, "reports": each.reports} for id, each, _ in documents}
        if rows:
            sql = self._insert_sql("documents").replace("INSERT INTO", "INSERT OR REPLACE INTO", 1)
            self._run("insert_documents", sql, json.dumps(list(rows.values())))

    def _delete(self, article: str) -> None:
        if article in self._spoken_of:
            self._mark_articles([article])
        self._run(
            "mark_old", "INSERT INTO stale SELECT DISTINCT event FROM reports WHERE article = ?::VARCHAR", article
        )
        self._run("mark_named", "INSERT INTO unjoined SELECT id FROM entities WHERE article = ?::VARCHAR", article)
        for table in READING_TABLES:
            column = "id" if table == "articles" else "article"
            self._run(f"delete_{table}", f"DELETE FROM {table} WHERE {column} = ?::VARCHAR", article)

    def _insert(self, several: Sequence[Ready]) -> None:
        """Write articles that are not there, and find what corrections say of them."""
        spoken_of = self._spoken_of.intersection(each.article for each in several)
        self._insert_rows(several)
        if spoken_of:
            self._after_reading(rows_of(several), spoken_of)

    def _insert_rows(self, several: Sequence[Ready]) -> None:
        names = """SELECT unnest(from_json(?::VARCHAR, '["VARCHAR"]'))"""
        read = [each.article for each in several if each.own]
        self._run("mark_unlinked", f"INSERT INTO unlinked {names}", json.dumps(read))
        events = sorted({event for each in several for event in each.events})
        self._run("mark_new", f"INSERT INTO stale {names}", json.dumps(events))
        for table, lines in joined(several).items():
            self._run(f"insert_{table}", self._insert_sql(table), lines)

    def _insert_sql(self, table: str) -> str:
        """An insert of the rows of a JSON array, shaped as the table's own columns; the same text on every call."""
        if table not in self._inserts:
            sql = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
            columns = self._connection.execute(sql, [table]).fetchall()
            shape = {name: [kind[:-2]] if kind.endswith("[]") else kind for name, kind in columns}
            self._inserts[table] = (
                f"INSERT INTO {table} ({', '.join(shape)}) SELECT {', '.join('line.' + name for name in shape)} "
                f"FROM (SELECT unnest(from_json(?::VARCHAR, '{json.dumps([shape])}')) AS line)"
            )
        return self._inserts[table]


def _made(reading: Reading | Ready) -> Ready:
    return reading if isinstance(reading, Ready) else ready(reading)
