"""Sources that hold many documents, each taken apart by the module of its kind; any other source is one document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO, Literal, cast

from dragoman.errors import DragomanError, SourceError
from dragoman.reading.columns import Columns
from dragoman.reading.document import Document, Format, failed
from dragoman.reading.kinds import Kind, kind_of, unpacked_name
from dragoman.reading.opening import DAMAGE, damage, opened, sought, unpacked
from dragoman.reading.sources import Source

if TYPE_CHECKING:
    from dragoman.reading.polite import Visitor

SourceFormat = Literal["auto", "html", "text", "warc", "jsonl", "parquet", "feed"]
_PAGES: dict[SourceFormat, Format] = {"auto": "auto", "html": "html", "text": "text"}


@dataclass(frozen=True, slots=True)
class Opener:
    """How sources are taken apart: what they are, where their names do not tell it or the user knows better."""

    format: SourceFormat = "auto"
    columns: Columns = field(default_factory=Columns)
    visitor: Visitor | None = None

    def documents(self, source: Source) -> Iterator[Document]:
        """The documents of a source in its order, one at a time, whatever its size; each can go to another process.

        What cannot be read, of it or in it, is a document that says why.
        """
        try:
            yield from self._documents(source)
        except DragomanError as error:
            yield failed(source.name, error, source=source.name)
        except DAMAGE as error:
            yield failed(source.name, damage(error), source=source.name)

    def is_bulk(self, source: Source) -> bool:
        """Whether a source is one that is taken apart."""
        return self._kind(source) != "page"

    def _kind(self, source: Source) -> Kind:
        if self.format in _PAGES:
            return "page" if self.format != "auto" else kind_of(source.name) or "page"
        return cast(Kind, self.format)

    def _documents(self, source: Source) -> Iterator[Document]:
        match self._kind(source):
            case "page":
                yield _whole(source)
            case "feed":
                yield from self._feed(source)
            case kind:
                with ExitStack() as stack:
                    yield from self._from_stream(kind, self._stream(source, kind, stack), source.name)

    def _stream(self, source: Source, kind: Kind, stack: ExitStack) -> BinaryIO:
        """The source's bytes; FastWARC unpacks for itself, and what is read out of order needs the whole."""
        if source.missing is not None:
            raise SourceError(source.missing, source=source.name)
        stream = source.stream if source.stream is not None else stack.enter_context(opened(source.name))
        if kind == "warc":
            return stack.enter_context(sought(stream))
        plain = unpacked(stream, unpacked_name(source.name)[1], name=source.name)
        return stack.enter_context(sought(plain, copied=plain is not stream)) if kind == "parquet" else plain

    def _from_stream(self, kind: Kind, stream: BinaryIO, name: str) -> Iterator[Document]:
        if kind == "warc":
            from dragoman.reading import warc

            return warc.documents(stream, source=name)
        if kind == "jsonl":
            from dragoman.reading import jsonl

            return jsonl.documents(stream, source=name, columns=self.columns)
        from dragoman.reading import parquet

        return parquet.documents(stream, source=name, columns=self.columns)

    def _feed(self, source: Source) -> Iterator[Document]:
        from dragoman.reading import feeds
        from dragoman.reading.polite import Visitor

        whole = _whole(source)
        if self.format == "feed" or feeds.is_feed(whole.data):
            if whole.failure is not None:
                yield whole
                return
            visitor = self.visitor or Visitor()
            yield from feeds.documents(whole.data, name=source.name, visitor=visitor, content_type=whole.content_type)
        else:
            # an address with "feed" in it can be a page like any other
            yield whole


def _whole(source: Source) -> Document:
    """A source that is one document. Its failure is of the document, so that it is counted like any other."""
    counted = source.argument or source.name
    try:
        data = source.read()
    except DragomanError as error:
        return replace(failed(source.name, error, source=counted), url=source.url)
    return Document(source.name, counted, data, url=source.url, content_type=source.content_type)
