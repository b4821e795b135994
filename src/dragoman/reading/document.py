"""What every source comes down to: one document with its bytes, and what its holder says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Literal

from dragoman.errors import DragomanError, SourceError
from dragoman.model import Failure
from dragoman.reading.kinds import page_suffix

Format = Literal["auto", "html", "text"]


@dataclass(frozen=True, slots=True)
class Said:
    """What the holder of a document says of it: a row of a table, an entry of a feed.

    ``wins`` where the holder is believed before the page; else it only fills what the page leaves open. ``basis`` is
    what a day of publication from here rests on.
    """

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: date | None = None
    language: str | None = None
    wins: bool = True
    basis: Literal["given", "feed"] = "given"


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a source, with its bytes or the reason why there are none; it can go to another process.

    ``name`` is what messages call it (source and place in it), ``source`` what it is counted under. ``own_id`` tells
    apart documents of the same words that have no address; ``until`` is the day it was collected: it cannot have been
    published later. ``failure`` says why it cannot be read, ``left_out`` why it is not to be. ``mark`` names this
    version of it where its holder does, so that it is not read again whatever its bytes are.
    """

    name: str
    source: str
    data: bytes = b""
    url: str | None = None
    content_type: str | None = None
    format: Format = "auto"
    said: Said = NOTHING_SAID
    own_id: str | None = None
    until: date | None = None
    failure: Failure | None = None
    left_out: str | None = None
    mark: str | None = None

    def read(self) -> bytes:
        """The bytes. Raises :class:`~dragoman.errors.SourceError` where there are none to be had."""
        if self.failure is not None:
            raise SourceError(self.failure.reason, source=self.name)
        return self.data

    def digest(self, *context: object) -> str:
        """``d`` and 32 hexadecimal digits: the same for the same bytes, of which the same is said, in a ``context``.

        Of the name only the suffix counts, which tells HTML from text; so a file that was moved is known again.
        """
        if self.mark is not None:
            return self.mark
        told = (self.url, self.content_type, self.format, self.own_id, page_suffix(self.name), self.said, context)
        content = blake2b(self.data, digest_size=16)
        content.update(repr(told).encode("utf-8", "surrogatepass"))
        return "d" + content.hexdigest()


def failed(name: str, error: DragomanError | str, *, source: str, url: str | None = None) -> Document:
    """A document that cannot be read, and why; a reason alone is one of kind ``format``."""
    kind, reason = (error.kind, error.reason) if isinstance(error, DragomanError) else ("format", error)
    details = {"url": url} if url else {}
    return Document(name, source, url=url, failure=Failure(name, kind, reason, details))
