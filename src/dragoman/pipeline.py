"""From sources to a record: every room in turn, for one text or for many, in one process or in several.

The rooms that load the network or the store are imported where they are used, so that a question to an existing
record does not wait for them.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from glob import iglob
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from dragoman import memory
from dragoman.errors import DragomanError, LanguageError, SourceError, error_of
from dragoman.handing import Made, Packed, made
from dragoman.intake import AnySource, Intake, Item, Known, LeftOut, Settled, Text, internal_failure
from dragoman.model import Article, Entity, Failure, Reading, Report
from dragoman.reading.bulk import Opener, SourceFormat
from dragoman.reading.columns import Columns
from dragoman.reading.document import NOTHING_SAID, Document, Format
from dragoman.reading.filters import EVERYTHING, Wanted
from dragoman.workers import Workers, default_workers

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from dragoman.record import Record
    from dragoman.record.ready import Ready

__all__ = [
    "AnySource",
    "Given",
    "Outcome",
    "Result",
    "Summary",
    "Text",
    "is_text",
    "page_format",
    "read",
    "read_many",
    "read_source",
    "understand",
]

OutcomeKind = Literal["new", "updated", "unchanged", "failed", "left out"]
Answer: TypeAlias = "Reading | Failure | LeftOut | Known"
_Handed: TypeAlias = "Made | Failure | LeftOut | Known"

# What every reading process imports; where processes can be forked from a clean one, it is imported once for all.
PRELOAD = ("dragoman.coding", "dragoman.language.component", "dragoman.reading")

# An article written alone takes twice the time of one that is written with fifteen others; more save little.
TOGETHER = 16
# The longest that a reading waits to be written while others come.
WAIT_SECONDS = 4.0

# Below this many sources, starting processes and loading the network in each costs more than it saves.
SMALL_BATCH = 8
# Looked at to tell whether there are so many: an archive may begin with a thousand records that are no pages.
_LOOKED_AT = 1000


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
class Outcome:
    """What became of one document: its :attr:`reading` and what the record did with it, or why there is none.

    ``source`` is its name, and where it was left out what it is counted under; ``reason`` is why it was. ``article`` is
    the id of its article, also of one that was read before and not again, and ``reports`` how many reports of events
    that holds. ``mark`` is what the record knows the document by.
    """

    source: str
    kind: OutcomeKind
    failure: Failure | None = None
    article: str | None = None
    reports: int = 0
    reason: str | None = None
    mark: str | None = None
    packed: Packed | None = field(default=None, repr=False)

    @property
    def reading(self) -> Reading | None:
        """Its reading, unpacked when it is asked for; None where there is none, or where nobody asked for readings."""
        return None if self.packed is None else self.packed.reading


@dataclass(slots=True)
class Summary:
    """How many documents ended which way, and how many reports of events the articles that were read hold.

    ``skipped`` counts files met in a folder that are nothing to read by their suffix, and ``left_out`` documents that
    were not wanted, by source and reason: neither are failures.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    skipped: int = 0
    reports: int = 0
    left_out: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Documents that are read, whether the record knew them or not."""
        return self.new + self.updated + self.unchanged

    @property
    def reasons(self) -> Counter[str]:
        """How many documents were left out for which reason, of all sources together."""
        return sum(self.left_out.values(), Counter())

    def count(self, outcome: Outcome) -> None:
        """Adds one outcome."""
        if outcome.kind == "left out":
            self.left_out.setdefault(outcome.source, Counter())[outcome.reason or ""] += 1
            return
        setattr(self, outcome.kind, getattr(self, outcome.kind) + 1)
        self.reports += outcome.reports

    def add(self, other: Summary) -> None:
        """Adds what another reading came to."""
        for name in ("new", "updated", "unchanged", "failed", "skipped", "reports"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for source, reasons in other.left_out.items():
            self.left_out.setdefault(source, Counter()).update(reasons)


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
    document = source if isinstance(source, Document) else None
    return read_bytes(
        data,
        name=source.name,
        url=url or source.url,
        outlet=given.outlet,
        published=given.published,
        format=document.format if document and document.format != "auto" else given.format,
        content_type=source.content_type,
        said=document.said if document else NOTHING_SAID,
        own_id=document.own_id if document else None,
    )


def _only_source(argument: str) -> AnySource:
    from dragoman.reading import sources

    items = Intake().items(sources([argument], stdin=sys.stdin.buffer))
    found = list(islice((item for item in items if not isinstance(_settled(item), LeftOut)), 2))
    if len(found) != 1:
        raise SourceError("holds no report" if not found else "holds several reports, not one", source=argument)
    only = found[0]
    if not isinstance(only, Settled):
        return only
    if isinstance(only.answer, Failure):
        raise error_of(only.answer.kind)(only.answer.reason, source=only.name)
    raise SourceError("holds no report", source=argument)


def read_source(source: AnySource, *, given: Given, wanted: Wanted = EVERYTHING) -> Reading | Failure | LeftOut:
    """One source's reading, or why there is none. No fault in a source or in the coder leaves this function."""
    try:
        article = _article(source, given=given)
        reason = wanted.after(article, url=getattr(source, "url", None))
        return _left_out(source, reason) if reason is not None else _reading(article)
    except LanguageError as error:
        reason = wanted.language(error.language)
        return Failure(source.name, error.kind, error.reason) if reason is None else _left_out(source, reason)
    except DragomanError as error:
        return Failure(source=source.name, kind=error.kind, reason=error.reason)
    except MemoryError:
        return Failure(source=source.name, kind="internal", reason="not enough memory to read it")
    except Exception as error:  # a fault of ours in one source must not cost the batch
        return internal_failure(source.name, error)


def _reading(article: Article) -> Reading:
    """An article's reading alone. The words that the pipeline met in it are forgotten, so that a process which reads
    for days grows no larger."""
    from dragoman.language import load

    memory.bound()
    with load().memory_zone():
        return understand(article).reading


def _left_out(source: AnySource, reason: str) -> LeftOut:
    return LeftOut(source.name, source.source if isinstance(source, Document) else source.name, reason)


def read_many(
    sources: Iterable[AnySource],
    record: Record | None,
    *,
    workers: int | None = None,
    published: date | None = None,
    outlet: str | None = None,
    format: SourceFormat = "auto",
    columns: Columns | None = None,
    wanted: Wanted = EVERYTHING,
    again: bool = False,
    counts_add: bool = False,
    together: int = TOGETHER,
    progress: Callable[[Outcome], None] | None = None,
    readings: bool = True,
) -> Summary:
    """Reads sources into a record (or into none), in the order given, and tells ``progress`` of each document.

    ``workers`` processes read; only this one writes, so the record does not depend on their number. Left out, it
    is the number of processors, or one where there are fewer than :data:`SMALL_BATCH` documents. A document that
    cannot be read is a failure in the record and never ends the batch. What is not ``wanted`` is counted, in the
    record too (``counts_add``: beside what was counted there before, not in its place); what the record knows was
    read by this same program is not read ``again`` unless asked. Readings are written ``together``, so many at a time
    or every few seconds: what a kill takes with it is read again, nothing else. Memory does not grow with the
    number of documents. Without ``readings`` the outcomes that ``progress`` is told have none, and several processes
    lose less time. Scripts that call this with more than one worker need the usual ``__main__`` guard.
    """
    memory.bound()
    given = Given(published=published, outlet=outlet, format=page_format(format))
    batch = _Batch(given, wanted, record, progress, together, readings and progress is not None)
    opener = Opener(format=format, columns=columns or Columns())
    intake = Intake(opener, wanted, record, None if again or record is None else _context(batch.given))
    try:
        for item, answer in batch.answers(intake.items(sources), workers=workers):
            batch.keep(item, answer)
    finally:
        batch.flush()
        batch.summary.skipped = intake.skipped
        _keep_left_out(record, batch.summary, intake.sources, add=counts_add)
    return batch.summary


def page_format(format: SourceFormat) -> Format:
    """What the documents of sources of a format are: of those that are taken apart, each is looked at."""
    return format if format in ("html", "text") else "auto"


def _context(given: Given) -> tuple[object, ...]:
    """What a reading depends on beside the document."""
    from dragoman.program import stamp

    return (given, stamp())


def _keep_left_out(record: Record | None, summary: Summary, sources: set[str], *, add: bool) -> None:
    """The counts of this reading in the place of the last one's in the record, or beside them."""
    if record is None or record.read_only:
        return
    before = set() if add else {source for source, _, _ in record.left_out()}
    for source in sorted(summary.left_out.keys() | (before & sources)):
        record.keep_left_out(source, summary.left_out.get(source, {}), more=add)


@dataclass(slots=True)
class _Batch:
    """The reading of many documents: what is asked of each, and what became of them."""

    given: Given
    wanted: Wanted
    record: Record | None
    progress: Callable[[Outcome], None] | None
    together: int
    readings: bool
    summary: Summary = field(default_factory=Summary)
    _pending: list[tuple[Item, _Handed]] = field(default_factory=list)
    _articles: set[str] = field(default_factory=set)
    _since: float = 0.0

    def answers(self, items: Iterator[Item], *, workers: int | None) -> Iterator[tuple[Item, _Handed]]:
        """Each item with its answer, in their order."""
        hand = partial(made, to_write=self.record is not None, to_tell=self.readings)
        function = partial(_answer, given=self.given, wanted=self.wanted, hand=hand)
        if workers is None:
            first, many = _beginning(items)
            items = chain(first, items)
            workers = default_workers() if many else 1
        if workers == 1:
            return ((item, function(item)) for item in items)
        crew = Workers[Item, _Handed](
            function,
            workers=workers,
            lost=lost,
            preload=PRELOAD,
            known=_settled,
            meanwhile=None if self.record is None else self.record.prepare,
        )
        return crew.map(items)

    def keep(self, item: Item, answer: _Handed) -> None:
        """Writes an answer, counts it and tells of it: at once, or with those after it, always in their order."""
        to_write = isinstance(answer, Made) and self.record is not None
        if not to_write and not self._pending:
            self._tell(item, self._settled(item, answer))
            return
        if isinstance(answer, Made):
            if answer.article in self._articles:
                self.flush()
            self._articles.add(answer.article)
        self._since = self._since if self._pending else time.monotonic()
        self._pending.append((item, answer))
        if len(self._articles) >= self.together or time.monotonic() - self._since > WAIT_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Writes what waits to be written."""
        pending, self._pending, self._articles = self._pending, [], set()
        added = iter(self._add([(item, answer) for item, answer in pending if isinstance(answer, Made)]))
        for item, answer in pending:
            self._tell(item, next(added) if isinstance(answer, Made) else self._settled(item, answer))

    def _tell(self, item: Item, outcome: Outcome) -> None:
        outcome = replace(outcome, mark=getattr(item, "mark", None))
        self.summary.count(outcome)
        if self.progress is not None:
            self.progress(outcome)

    def _settled(self, item: Item, answer: _Handed) -> Outcome:
        if isinstance(answer, LeftOut):
            return Outcome(answer.source, "left out", reason=answer.reason)
        if isinstance(answer, Known):
            return Outcome(answer.name, "unchanged", article=answer.article, reports=answer.reports)
        if isinstance(answer, Failure):
            return _failed(answer, self.record)
        return _read(item, answer, "new")

    def _add(self, readings: Sequence[tuple[Item, Made]]) -> list[Outcome]:
        """Writes readings together; one by one where the record refuses the whole, so that it keeps what it can."""
        if not readings or self.record is None:
            return []
        if len(readings) > 1:
            names, marks = [item.name for item, _ in readings], [_mark(item) for item, _ in readings]
            try:
                added = self.record.add_many([_to_write(each) for _, each in readings], sources=names, documents=marks)
                return [_read(item, each, state) for (item, each), state in zip(readings, added, strict=True)]
            except DragomanError:
                pass
        return [_add_alone(item, each, self.record) for item, each in readings]


def _read(item: Item, each: Made, added: OutcomeKind) -> Outcome:
    return Outcome(item.name, added, article=each.article, reports=each.reports, packed=each.packed)


def _to_write(each: Made) -> Ready:
    if each.ready is None:
        raise ValueError(f"{each.article} was not made ready to be written")
    return each.ready


def _mark(item: Item) -> str | None:
    return item.mark if isinstance(item, Document) else None


def _add_alone(item: Item, each: Made, record: Record) -> Outcome:
    try:
        return _read(item, each, record.add(_to_write(each), source=item.name, document=_mark(item)))
    except DragomanError as error:
        return _failed(Failure(item.name, error.kind, error.reason), record)


def _beginning(items: Iterator[Item]) -> tuple[list[Item], bool]:
    """The first items, and whether there are enough to be read for several processes."""
    first: list[Item] = []
    to_read = 0
    for item in islice(items, _LOOKED_AT):
        first.append(item)
        to_read += not isinstance(item, Settled)
        if to_read == SMALL_BATCH:
            return first, True
    return first, len(first) == _LOOKED_AT


def _answer(item: Item, *, given: Given, wanted: Wanted, hand: Callable[[Reading], Made]) -> _Handed:
    if isinstance(item, Settled):
        return item.answer
    answer = read_source(item, given=given, wanted=wanted)
    if not isinstance(answer, Reading):
        return answer
    try:
        return hand(answer)
    except DragomanError as error:
        return Failure(item.name, error.kind, error.reason)


def _settled(item: Item) -> _Handed | None:
    return item.answer if isinstance(item, Settled) else None


def lost(item: Item) -> Failure:
    """The failure of a source whose reading ended the process it ran in."""
    return Failure(item.name, "internal", "the process that read it died; it may have run out of memory")


def _failed(failure: Failure, record: Record | None) -> Outcome:
    """Keeps a failure in the record where that can be written; the caller hears of it in any case."""
    try:
        if record is not None:
            record.fail(failure)
    except DragomanError as error:
        details = failure.details | {"not kept": error.reason}
        failure = Failure(failure.source, failure.kind, failure.reason, details)
    return Outcome(failure.source, "failed", failure=failure)
