"""Watches news feeds: visits them politely, reads what is new or changed, and can be stopped at any moment.

What a visit brings is written in one transaction: the feed's ETag and its new entries, which wait from then on. An
entry waits until its reading is in the record, and it is known as read by the transaction that writes its article. So
a watch that is killed loses nothing and reads nothing twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Protocol

from dragoman.errors import DragomanError, RecordError, SourceError
from dragoman.model import Failure
from dragoman.pipeline import Outcome, Summary, read_many
from dragoman.reading import feeds as reading_feeds
from dragoman.reading.document import Document, failed
from dragoman.reading.filters import EVERYTHING, Wanted, host_of
from dragoman.reading.polite import DELAY_SECONDS, LaterError, Visitor
from dragoman.record import Record
from dragoman.record.faults import BUSY
from dragoman.record.known import WaitingEntry, WatchedFeed

EVERY = timedelta(minutes=15)
# A feed that cannot be had is asked half as often each time, down to this.
RAREST = timedelta(days=1)
# A page that cannot be had is tried again after 1, 5, 25 minutes and 2 hours, then given up: by then it is mostly gone.
TRIES = 5
_FIRST_WAIT, _LONGER = timedelta(minutes=1), 5.0
# While another process has the record open; it is asked again after this.
LOCKED = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit to a feed brought: how many entries it has and how many of them are new or changed; ``unchanged``
    where the server says that nothing changed. ``failure`` where it could not be had, or not whole."""

    feed: str
    entries: int = 0
    new: int = 0
    unchanged: bool = False
    failure: str | None = None
    due: datetime | None = None


class Teller(Protocol):
    """Who hears what happens."""

    def visit(self, visit: Visit) -> None:
        """A feed was visited."""

    def outcome(self, outcome: Outcome) -> None:
        """An entry was read, or was not."""

    def trouble(self, reason: str) -> None:
        """Something keeps the watch from going on for now."""


class _StoppedError(Exception):
    """The watch was asked to stop while it waited for a server."""


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Watch:
    """Feeds, the record they are read into, and how. ``stop`` ends it as soon as what is in hand is finished."""

    feeds: tuple[str, ...]
    path: Path
    teller: Teller
    every: timedelta = EVERY
    delay: float = DELAY_SECONDS
    wanted: Wanted = EVERYTHING
    outlet: str | None = None
    workers: int = 1
    stop: Event = field(default_factory=Event)
    clock: Callable[[], datetime] = now
    summary: Summary = field(default_factory=Summary)
    _visitor: Visitor = field(init=False)

    def __post_init__(self) -> None:
        self._visitor = Visitor(delay=self.delay, sleep=self._sleep)

    def run(self) -> Summary:
        """Watches until it is stopped; the record is open only while there is something to write.

        Raises RecordError where the record cannot be opened for another reason than that another process has it.
        """
        while not self.stop.is_set():
            try:
                with Record.open(self.path) as record:
                    self._round(record, everything=False)
                    due = self._due(record)
            except RecordError as error:
                if error.reason != BUSY:
                    raise
                self.teller.trouble(f"{error}; asked again in {LOCKED.seconds} seconds")
                due = self.clock() + LOCKED
            self.stop.wait(max(0.0, (due - self.clock()).total_seconds()))
        return self.summary

    def once(self) -> Summary:
        """Visits every feed once, but for those that asked to be left alone, and reads what can be read now.

        Raises RecordError where the record cannot be opened.
        """
        with Record.open(self.path) as record:
            self._round(record, everything=True)
        return self.summary

    def _round(self, record: Record, *, everything: bool) -> None:
        for url in self.feeds:
            known = record.feed(url) or WatchedFeed(url, self.clock())
            calm = everything and not known.failures
            if not self.stop.is_set() and (calm or known.due <= self.clock()):
                self._visit(record, known)
        self._read(record)

    def _due(self, record: Record) -> datetime:
        """When there is something to do again."""
        known = [feed.due for url in self.feeds if (feed := record.feed(url)) is not None]
        return min([*known, *(due for _, due, _ in record.waiting(self.feeds))], default=self.clock())

    def _visit(self, record: Record, known: WatchedFeed) -> None:
        try:
            answer = self._visitor.feed(known.url, etag=known.etag, modified=known.modified)
            if answer.status == 304:
                self._keep(record, known, replace(known, failures=0, due=self.clock() + self.every), None)
                return
            found = reading_feeds.parse(answer.data, name=known.url, content_type=answer.content_type)
        except _StoppedError:
            return
        except DragomanError as error:
            self._missed(record, known, error)
            return
        # of a damaged feed the rest may come with the next visit, so it is not taken for known
        etag, modified = (None, None) if found.damage else (answer.etag, answer.modified)
        had = WatchedFeed(known.url, self.clock() + self.every, etag, modified)
        self._keep(record, known, had, found)

    def _keep(self, record: Record, known: WatchedFeed, had: WatchedFeed, found: reading_feeds.Feed | None) -> None:
        entries = {entry.mark: entry.dump() for entry in found.entries} if found else {}
        new = record.keep_feed(had, entries.items(), now=self.clock())
        damage = found.damage if found else None
        if damage is not None:
            record.fail(Failure(known.url, "format", damage))
        else:
            record.forgive(known.url)
        self.teller.visit(Visit(known.url, len(entries), new, found is None, damage, had.due))

    def _missed(self, record: Record, known: WatchedFeed, error: DragomanError) -> None:
        failures = known.failures + 1
        wait = min(self.every * 2 ** min(failures, 16), RAREST)
        if isinstance(error, LaterError) and error.seconds is not None:
            wait = max(wait, timedelta(seconds=min(error.seconds, RAREST.total_seconds())))
        missed = replace(known, failures=failures, due=self.clock() + wait)
        record.keep_feed(missed, now=self.clock())
        record.fail(Failure(known.url, error.kind, error.reason))
        self.teller.visit(Visit(known.url, failure=error.reason, due=missed.due))

    def _read(self, record: Record) -> None:
        begun: dict[str, WaitingEntry] = {}
        reading = read_many(
            self._documents(record, begun),
            record,
            workers=self.workers,
            outlet=self.outlet,
            wanted=self.wanted,
            counts_add=True,
            together=1,
            progress=lambda outcome: self._settle(record, outcome, begun),
        )
        self.summary.add(reading)

    def _settle(self, record: Record, outcome: Outcome, begun: dict[str, WaitingEntry]) -> None:
        entry = begun.pop(outcome.mark or "")
        fault = outcome.failure is not None and outcome.failure.kind in ("record", "internal")
        record.settle(entry.mark, again=self._again(entry) if fault else None)
        self.teller.outcome(outcome)

    def _again(self, entry: WaitingEntry, seconds: float | None = None) -> datetime | None:
        """When an entry is to be tried again; None where it was tried often enough."""
        if entry.tries >= TRIES:
            return None
        asked = timedelta(seconds=min(seconds or 0.0, RAREST.total_seconds()))
        return self.clock() + max(_FIRST_WAIT * _LONGER ** (entry.tries - 1), asked)

    def _documents(self, record: Record, begun: dict[str, WaitingEntry]) -> Iterator[Document]:
        """The documents of the entries that wait, each fetched when it is asked for."""
        for mark in self._in_turn(record):
            entry = record.begin(mark)
            if entry is None:
                continue
            try:
                document = self._document(record, entry)
            except _StoppedError:
                record.settle(mark, again=entry.due, untried=True)
                return
            if document is not None:
                begun[mark] = entry
                yield document

    def _document(self, record: Record, entry: WaitingEntry) -> Document | None:
        """The document of an entry; None where its page may be had later. A left out one is not fetched."""
        told = reading_feeds.Entry.restored(entry.told)
        known = reading_feeds.told(told)
        if self.wanted.before(known) is not None:
            return known
        if entry.tries > TRIES:
            return replace(failed(told.name, f"given up after {TRIES} tries", source=told.feed), mark=entry.mark)
        try:
            return reading_feeds.document(told, self._visitor)
        except LaterError as error:
            again = self._again(entry, error.seconds)
            if again is not None:
                self._later(record, entry, told, error, again)
                return None
            return replace(failed(told.name, error, source=told.feed, url=told.link), mark=entry.mark)
        except SourceError as error:
            return replace(failed(told.name, error, source=told.feed, url=told.link), mark=entry.mark)

    def _later(
        self, record: Record, entry: WaitingEntry, told: reading_feeds.Entry, error: LaterError, again: datetime
    ) -> None:
        record.settle(entry.mark, again=again)
        reason = f"{error.reason}; to be tried again"
        failure = Failure(told.name, error.kind, reason, {"url": told.link or "", "tries": str(entry.tries)})
        record.fail(failure)
        self.teller.outcome(Outcome(told.name, "failed", failure=failure))

    def _in_turn(self, record: Record) -> Iterator[str]:
        """The marks of what is due, each when its host may be asked; of several hosts the one that is free first."""
        queues: dict[str, deque[tuple[str, str]]] = {}
        for mark, due, page in record.waiting(self.feeds):
            if due <= self.clock():
                queues.setdefault(_host(page), deque()).append((mark, page or ""))
        while queues and not self.stop.is_set():
            wait, host = min((self._wait(queue[0][1]), host) for host, queue in queues.items())
            if self.stop.wait(wait):
                return
            mark, _ = queues[host].popleft()
            if not queues[host]:
                del queues[host]
            yield mark

    def _wait(self, page: str) -> float:
        return self._visitor.wait(page) if page else 0.0

    def _sleep(self, seconds: float) -> None:
        if self.stop.wait(seconds):
            raise _StoppedError


def _host(page: str | None) -> str:
    return host_of(page) or ""
