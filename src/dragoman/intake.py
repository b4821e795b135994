"""What comes before the reading: sources taken apart, and what is not wanted or was read before sorted out."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import TYPE_CHECKING, TypeAlias

from dragoman.errors import DragomanError
from dragoman.model import Failure
from dragoman.reading.bulk import Opener
from dragoman.reading.document import Document
from dragoman.reading.filters import EVERYTHING, Wanted
from dragoman.reading.sources import Source

if TYPE_CHECKING:
    from dragoman.record import Record

# Long enough to know a text again by, short enough for a line of a terminal.
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Text:
    """A report given by its words instead of the name of a source."""

    text: str

    @property
    def name(self) -> str:
        """The first words, in quotes: what messages call it."""
        return f'"{shorten(self.text, NAME_LENGTH, placeholder=" …")}"'


AnySource: TypeAlias = "Source | Text | Document"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that is not to be read, the source it is counted under, and why."""

    name: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """A document that was read before: its article, and how many reports of events that has."""

    name: str
    article: str
    reports: int


@dataclass(frozen=True, slots=True)
class Settled:
    """An item that is answered before any reading; it keeps its place among those that are read."""

    name: str
    answer: Failure | LeftOut | Known
    mark: str | None = None


def internal_failure(source: str, error: Exception) -> Failure:
    """A fault of the program itself: its type and message, and the way to it for whoever mends it."""
    where = "".join(traceback.format_exception(error))
    return Failure(source, "internal", f"{type(error).__name__}: {error}", {"traceback": where})


Item: TypeAlias = "AnySource | Settled"


@dataclass(slots=True)
class Intake:
    """Makes items to read of sources, in their order. ``context`` is all that a reading depends on but the document;
    where it is None, what was read before is read again. ``skipped`` counts files of folders that are nothing to read,
    ``sources`` are the names under which documents are counted."""

    opener: Opener = field(default_factory=Opener)
    wanted: Wanted = EVERYTHING
    record: Record | None = None
    context: tuple[object, ...] | None = None
    skipped: int = 0
    sources: set[str] = field(default_factory=set)

    def items(self, sources: Iterable[AnySource]) -> Iterator[Item]:
        """The items, each when it is asked for; a source is open no longer than its documents are taken."""
        for source in sources:
            if getattr(source, "skipped", None):
                self.skipped += 1
                continue
            try:
                for document in self._documents(source):
                    yield self._sorted(document) if isinstance(document, Document) else document
            except DragomanError:
                raise
            except Exception as error:  # a fault of ours, or of a library, in one source must not cost the others
                yield Settled(source.name, internal_failure(source.name, error))

    def _documents(self, source: AnySource) -> Iterator[AnySource]:
        """A source of the web that is one page is fetched by the process that reads it, so that many are at a time."""
        if not isinstance(source, Source):
            yield source
        elif source.url is None or self.opener.is_bulk(source):
            yield from self.opener.documents(source)
        else:
            reason = self.wanted.before(Document(source.name, source.name, url=source.url))
            known = Document(source.name, source.name, url=source.url, left_out=reason)
            yield source if reason is None else known

    def _sorted(self, document: Document) -> Item:
        self.sources.add(document.source)
        if document.failure is not None:
            return Settled(document.name, document.failure, document.mark)
        reason = document.left_out or self.wanted.before(document)
        if reason is not None:
            return Settled(document.name, LeftOut(document.name, document.source, reason), document.mark)
        return self._known(document)

    def _known(self, document: Document) -> Item:
        if self.record is None or self.context is None:
            return document
        mark = document.digest(*self.context)
        found = self.record.known(mark, source=document.name)
        if found is not None:
            return Settled(document.name, Known(document.name, found.article, found.reports), mark)
        return replace(document, mark=mark)
