"""Rows of other people's data into the record: many at a time, none lost without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from dragoman.errors import DragomanError, FormatError
from dragoman.exchange.base import Format, Incoming, Located, Passed
from dragoman.model import Failure
from dragoman.reading.normalise import without_surrogates
from dragoman.record import Added, Record

# Rows written together: enough that a transaction costs little, few enough to stay in memory.
BATCH = 500

# A file whose first rows all fail is of another kind; that is one failure, not one for each of a million lines.
HOPELESS = 100


@dataclass(slots=True)
class Imported:
    """What became of the rows. ``failed`` counts the record's new failures, ``passed`` other rows by the reason."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    passed: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """Rows that are in the record, whether or not they were before."""
        return self.new + self.updated + self.unchanged

    def count(self, state: Added) -> None:
        """Adds a row that the record took."""
        setattr(self, state, getattr(self, state) + 1)


def bring_in(
    record: Record,
    format: Format,
    paths: Iterable[Path],
    *,
    outlet: str | None = None,
    failed: Callable[[Failure], None] | None = None,
) -> Imported:
    """Read files of a format into the record, and tell ``failed`` of each row and file that could not be read.

    What cannot be read is among the record's failures, with its file, line and reason; importing the file again
    takes them away first. A row that was imported before is written in its own place, and the same rows again change
    nothing. Of two rows with one number in the same files, the later is a failure unless it says the same.

    :param outlet: who keeps the data, where the files do not say it.
    :raises RecordError: the record cannot be written; what was written before stays.
    """
    work = _Import(record, Imported(), failed or _nobody)
    for path in paths:
        record.forget(without_surrogates(str(path)))
        work.take(_incoming(format, path, outlet))
    return work.done


def _nobody(failure: Failure) -> None:
    """Nobody wants to hear of it; the record keeps it."""


def _incoming(format: Format, path: Path, outlet: str | None) -> Iterator[Incoming]:
    """The rows of one file; what is wrong with the whole of it is one failure at its end."""
    if format.load is None:
        raise FormatError("is not a format that is read", source=format.name)
    try:
        yield from _hopeful(format.load(path, outlet=outlet), path, format)
    except DragomanError as error:
        yield Failure(error.source or str(path), error.kind, error.reason)


def _hopeful(found: Iterator[Incoming], path: Path, format: Format) -> Iterator[Incoming]:
    """The rows, unless the first of them all fail; then the file is given up."""
    first = list(islice(found, HOPELESS))
    wrong = [each for each in first if isinstance(each, Failure)]
    if len(wrong) == HOPELESS:
        reason = f"is not of the format {format.name}: each of its first {HOPELESS} rows fails, the first because"
        raise FormatError(f"{reason} {wrong[0].reason} ({wrong[0].source})", source=str(path))
    yield from first
    yield from found


@dataclass(slots=True)
class _Import:
    record: Record
    done: Imported
    failed: Callable[[Failure], None]
    # What each number said, by article: two rows of one number must not take each other's place in silence.
    seen: dict[str, int] = field(default_factory=dict)

    def take(self, found: Iterator[Incoming]) -> None:
        while batch := list(islice(found, BATCH)):
            rows: dict[str, Located] = {}
            for each in batch:
                if isinstance(each, Failure):
                    self.fail(each)
                elif isinstance(each, Passed):
                    self.done.passed[each.reason] += 1
                elif self.agrees(each):
                    rows[each.reading.article.id] = each
            self.write(list(rows.values()))

    def agrees(self, row: Located) -> bool:
        """Whether the row's number is new in this import, or says again what it said before; else it is a failure."""
        said = hash(row.reading)
        if self.seen.setdefault(row.reading.article.id, said) == said:
            return True
        number = row.reading.article.title
        self.fail(Failure(row.source, "format", f"an earlier row has its number, {number}, and says something else"))
        return False

    def write(self, rows: list[Located]) -> None:
        """In one transaction; one by one where the record refuses the whole, so that it keeps what it can."""
        try:
            for state in self.record.add_many([row.reading for row in rows]):
                self.done.count(state)
        except DragomanError:
            for row in rows:
                self.write_alone(row)

    def write_alone(self, row: Located) -> None:
        try:
            self.done.count(self.record.add(row.reading))
        except DragomanError as error:
            self.fail(Failure(row.source, error.kind, error.reason))

    def fail(self, found: Failure) -> None:
        """Keeps a failure; a file whose name is no text is named by what of it is."""
        failure = replace(found, source=without_surrogates(found.source), reason=without_surrogates(found.reason))
        self.record.fail(failure)
        self.done.failed += 1
        self.failed(failure)
