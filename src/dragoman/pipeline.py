"""From sources to a record: every room in turn, for one text or for many, in one process or in several.

The rooms that load the network or the store are imported where they are used, so that a question to an existing
record does not wait for them.
"""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from glob import iglob
from itertools import chain, islice
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Literal, TypeAlias

from dragoman.errors import DragomanError, SourceError
from dragoman.model import Article, Entity, Failure, Reading, Report
from dragoman.workers import Workers, default_workers

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from dragoman.reading import Format, Source
    from dragoman.record import Record

AnySource: TypeAlias = "Source | Text | Held"
OutcomeKind = Literal["new", "updated", "unchanged", "failed"]

# What every reading process imports; where processes can be forked from a clean one, it is imported once for all.
PRELOAD = ("dragoman.coding", "dragoman.language.component", "dragoman.reading")

# Long enough to know a text again by, short enough for a line of a terminal.
NAME_LENGTH = 60

# Below this many sources, starting processes and loading the network in each costs more than it saves.
SMALL_BATCH = 8


@dataclass(frozen=True, slots=True)
class Result:
    """What one text yields. ``events`` are its reports in text order; ``doc`` is the parse they rest on."""

    article: Article
    events: tuple[Report, ...]
    entities: tuple[Entity, ...]
    doc: Doc
    reading: Reading


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of his sources, where they do not say it themselves. ``format`` is auto, html or text."""

    published: date | None = None
    outlet: str | None = None
    format: Format = "auto"


@dataclass(frozen=True, slots=True)
class Text:
    """A report given by its words instead of the name of a source."""

    text: str

    @property
    def name(self) -> str:
        """The first words, in quotes: what messages call it."""
        return f'"{shorten(self.text, NAME_LENGTH, placeholder=" …")}"'


@dataclass(frozen=True, slots=True)
class Held:
    """A source whose bytes, or the reason why there are none, were fetched before: it can go to another process."""

    name: str
    data: bytes = b""
    error: str | None = None
    url: str | None = None
    content_type: str | None = None

    def read(self) -> bytes:
        """The bytes. Raises :class:`~dragoman.errors.SourceError` where they could not be had."""
        if self.error is not None:
            raise SourceError(self.error, source=self.name)
        return self.data


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: its reading and what the record did with it, or why there is none."""

    source: str
    kind: OutcomeKind
    reading: Reading | None = None
    failure: Failure | None = None


@dataclass(slots=True)
class Summary:
    """How many sources ended which way, and how many reports of events the articles that were read hold.

    ``skipped`` counts files met in a folder that are neither text nor HTML by their suffix: no failures.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    skipped: int = 0
    reports: int = 0

    @property
    def read(self) -> int:
        """Sources that were read, whether or not the record knew them."""
        return self.new + self.updated + self.unchanged

    def count(self, outcome: Outcome) -> None:
        """Adds one outcome."""
        setattr(self, outcome.kind, getattr(self, outcome.kind) + 1)
        if outcome.reading is not None and outcome.kind != "failed":
            self.reports += len(outcome.reading.reports)


def is_text(argument: str) -> bool:
    """Whether an argument is a text to be read, not the name of a source.

    A text is two words at least, and is no address, no existing path and no pattern that matches one.
    """
    from dragoman.reading import is_text as is_words

    return is_words(argument) and not _matches(argument)


def _matches(pattern: str) -> bool:
    if "\n" in pattern or not any(sign in pattern for sign in "*?["):
        return False
    return next(iglob(pattern, recursive=True), None) is not None  # noqa: PTH207 - Path.glob takes no absolute pattern


def read(
    text_or_path: str | Path,
    *,
    published: date | None = None,
    outlet: str | None = None,
    url: str | None = None,
    format: Format = "auto",
    nlp: Language | None = None,
) -> Result:
    """Reads one report: a text, or the path or address of one.

    A string is taken for a text when it holds white space and no such file exists. ``published`` is the day of
    publication where the source does not give it; without either, no day is claimed for words such as "Thursday".
    ``nlp`` is a spaCy pipeline to read with instead of the package's (docs/own-pipeline.md).
    Raises :class:`~dragoman.errors.DragomanError` with the source and the reason.
    """
    given = Given(published=published, outlet=outlet, format=format)
    is_words = isinstance(text_or_path, str) and is_text(text_or_path)
    source = Text(str(text_or_path)) if is_words else _only_source(str(text_or_path))
    return understand(_article(source, given=given, url=url), nlp=nlp)


def understand(article: Article, *, nlp: Language | None = None) -> Result:
    """Parses and codes one article, by the package's pipeline or another.

    Raises :class:`~dragoman.errors.DataError` where that pipeline does not write what coding needs.
    """
    from dragoman.coding import code
    from dragoman.language import load
    from dragoman.language.complete import complete

    nlp = load() if nlp is None else nlp
    doc = complete(nlp(article.text), nlp)
    reading = code(doc, article)
    return Result(reading.article, reading.reports, reading.entities, doc, reading)


def _article(source: AnySource, *, given: Given, url: str | None = None) -> Article:
    from dragoman.reading import read_bytes, read_text

    if isinstance(source, Text):
        return read_text(source.text, name=source.name, url=url, published=given.published, outlet=given.outlet)
    data = source.read()
    return read_bytes(
        data,
        name=source.name,
        url=url or source.url,
        outlet=given.outlet,
        published=given.published,
        format=given.format,
        content_type=source.content_type,
    )


def _only_source(argument: str) -> Source:
    from dragoman.reading import sources

    found = list(islice(sources([argument], stdin=sys.stdin.buffer), 2))
    if len(found) != 1:
        raise SourceError("holds no report" if not found else "holds several reports, not one", source=argument)
    return found[0]


def read_source(source: AnySource, *, given: Given) -> Reading | Failure:
    """One source's reading, or why there is none. No fault in a source or in the coder leaves this function."""
    try:
        return understand(_article(source, given=given)).reading
    except DragomanError as error:
        return Failure(source=source.name, kind=error.kind, reason=error.reason)
    except MemoryError:
        return Failure(source=source.name, kind="internal", reason="not enough memory to read it")
    except Exception as error:  # a fault of ours in one source must not cost the batch
        return internal_failure(source.name, error)


def internal_failure(source: str, error: Exception) -> Failure:
    """A fault of the program itself: its type and message, and the way to it for whoever mends it."""
    where = "".join(traceback.format_exception(error))
    return Failure(source, "internal", f"{type(error).__name__}: {error}", {"traceback": where})


def lost_source(source: AnySource) -> Failure:
    """The failure of a source whose reading ended the process it ran in."""
    return Failure(source.name, "internal", "the process that read it died; it may have run out of memory")


def read_many(
    sources: Iterable[AnySource],
    record: Record | None,
    *,
    workers: int | None = None,
    published: date | None = None,
    outlet: str | None = None,
    format: Format = "auto",
    progress: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Reads sources into a record (or into none), in the order given, and tells ``progress`` of each.

    ``workers`` processes read; only this one writes, so the record does not depend on their number. Left out, it
    is the number of processors, or one where there are fewer than :data:`SMALL_BATCH` sources. A source that
    cannot be read is a failure in the record and never ends the batch. Memory does not grow with the number
    of sources. Scripts that call this with more than one worker need the usual ``__main__`` guard.
    """
    given = Given(published=published, outlet=outlet, format=format)
    summary = Summary()
    for source, answer in _answers(readable(sources, summary), given=given, workers=workers):
        outcome = _keep(source.name, answer, record)
        summary.count(outcome)
        if progress is not None:
            progress(outcome)
    return summary


def readable(sources: Iterable[AnySource], summary: Summary) -> Iterator[AnySource]:
    """The sources to be read; other files met in a folder are counted in the summary and passed over."""
    for source in sources:
        if getattr(source, "skipped", None):
            summary.skipped += 1
        else:
            yield source


def _answers(
    sources: Iterator[AnySource], *, given: Given, workers: int | None
) -> Iterator[tuple[AnySource, Reading | Failure]]:
    function = partial(read_source, given=given)
    if workers is None:
        first = list(islice(sources, SMALL_BATCH))
        sources = chain(first, sources)
        workers = 1 if len(first) < SMALL_BATCH else default_workers()
    if workers == 1:
        return ((source, function(source)) for source in sources)
    crew = Workers[AnySource, Reading | Failure](
        function, workers=workers, lost=lost_source, setup=prepare_worker, preload=PRELOAD
    )
    return crew.map(portable(source) for source in sources)


def portable(source: AnySource) -> AnySource:
    """The standard input belongs to this process, so it is read here; all else is read where it is coded."""
    try:
        pickle.dumps(source)
    except (pickle.PicklingError, AttributeError, TypeError):
        return _held(source)
    return source


def _held(source: AnySource) -> AnySource:
    if isinstance(source, Text):
        return source
    try:
        return Held(source.name, source.read(), url=source.url, content_type=source.content_type)
    except SourceError as error:
        return Held(source.name, error=error.reason, url=source.url)


def prepare_worker() -> None:
    """First thing in a process that reads: one thread each, since the processes share out the processors."""
    os.environ.setdefault("DRAGOMAN_THREADS", "1")


def _keep(source: str, answer: Reading | Failure, record: Record | None) -> Outcome:
    if isinstance(answer, Failure):
        return _failed(answer, record)
    if record is None:
        return Outcome(source, "new", answer)
    try:
        return Outcome(source, record.add(answer, source=source), answer)
    except DragomanError as error:
        return _failed(Failure(source, error.kind, error.reason), record)


def _failed(failure: Failure, record: Record | None) -> Outcome:
    """Keeps a failure in the record where that can be written; the caller hears of it in any case."""
    try:
        if record is not None:
            record.fail(failure)
    except DragomanError as error:
        details = failure.details | {"not kept": error.reason}
        failure = Failure(failure.source, failure.kind, failure.reason, details)
    return Outcome(failure.source, "failed", failure=failure)
