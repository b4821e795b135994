"""What all writing to a record has in common: one writer at a time, whole transactions, facts brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import RLock

import duckdb

from dragoman.errors import RecordError
from dragoman.linking.telling import model
from dragoman.model import Report
from dragoman.record import joinings
from dragoman.record.eventlinks import link_events
from dragoman.record.facts import is_stale, refresh, refresh_beside
from dragoman.record.faults import faults
from dragoman.record.migrations import roll_back
from dragoman.record.opening import MEMORY
from dragoman.record.questions import Questions
from dragoman.record.storylinks import link_stories

# What the database may hold of the tables that linking works with; 20,000 articles need more, and take no longer.
LINKING = "256MB"

_HAS_TABLES = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'articles'"


class Writing(Questions):
    """A record that can be written. Other threads may ask meanwhile; writers wait for each other."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: str, *, read_only: bool) -> None:
        super().__init__(connection, path)
        self.read_only = read_only
        self._lock = RLock()
        self._prepared: set[str] = set()
        self._alone = False
        with faults(path):
            self._stale = is_stale(connection)

    def prepare(self) -> None:
        """Load what bringing the facts up to date needs besides the file: half a second's work, else done then."""
        joinings.prepare()
        model()

    def flush(self) -> None:
        """Bring the facts up to date and move what the write-ahead log holds into the file itself.

        Nothing is lost without it.
        """
        self._freshen()
        with self._lock, faults(self.path):
            self._connection.execute("CHECKPOINT")
            self._on_one_thread(False)

    def _freshen(self) -> None:
        if not self._stale:
            return
        with self._lock, faults(self.path):
            if not self._stale:
                return
            if self.read_only:
                self._search_path = refresh_beside(self._connection, self._corrected)
            else:
                self._on_one_thread(False)
                self._bounded(self._bring_up_to_date)
            self._stale = False

    def _on_one_thread(self, alone: bool) -> None:
        """Have the database work on one thread, or on all again. Several take a tenth longer over the small writes of
        articles and hold a tenth more memory; linking and questions gain from them."""
        if alone != self._alone:
            self._connection.execute("SET threads = 1" if alone else "RESET threads")
            self._alone = alone

    def _bounded(self, work: Callable[[], None]) -> None:
        """Do work in one transaction for which the database holds little in memory, and the rest beside its file; where
        that is not enough, with all that it may have."""
        if self.path == MEMORY:
            work()
            return
        try:
            self._connection.execute(f"SET memory_limit = '{LINKING}'")
            work()
        except duckdb.OutOfMemoryException:
            self._connection.execute("RESET memory_limit")
            work()
        finally:
            self._connection.execute("RESET memory_limit")

    def _bring_up_to_date(self) -> None:
        with self._transaction():
            self._link()
            refresh(self._connection, self._corrected)

    def _link(self) -> None:
        """Work out what belongs together in what was written since; a copy of a lake has no tables for that."""
        if not self._connection.execute(_HAS_TABLES).fetchone():
            return
        if self._connection.execute("SELECT 1 FROM unlinked LIMIT 1").fetchone():
            changed = joinings.join_identities(self._connection)
            if changed:
                self._after_joining(changed)
        link_stories(self._connection)
        if link_events(self._connection):
            self._after_linking()

    def _after_joining(self, changed: Collection[str]) -> None:
        """These entities are others than before, or others are these now."""

    def _after_linking(self) -> None:
        """Links changed which events there are."""

    def _corrected(self, events: list[str]) -> Iterator[tuple[str, Report]]:
        """The report that speaks for each of these events, with its corrections."""
        rows = [{"event": event, "stories": 0, "corrected": True, "rejected": False} for event in events]
        return ((event.id, event.reports[0]) for event in self._events(rows))

    def _check_writable(self) -> None:
        if self.read_only:
            raise RecordError("it was opened for reading only", source=self.path)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.begin()
        try:
            yield
            self._connection.commit()
        except BaseException:
            roll_back(self._connection)
            raise

    def _run(self, name: str, sql: str, value: str) -> duckdb.DuckDBPyConnection:
        """Run a statement of one parameter that is planned once for the connection.

        Planning is most of the cost of a small insert. With one JSON text a table, an article of ten tables
        takes a third of the time it takes unprepared, a quarter of that of placeholders, a tenth of executemany.
        """
        if name not in self._prepared:
            self._connection.execute(f"PREPARE {name} AS {sql}")
            self._prepared.add(name)
        # EXECUTE takes no parameters of the client, so the value goes in as a literal
        literal = value.replace("'", "''")
        return self._connection.execute(f"EXECUTE {name}('{literal}')")
