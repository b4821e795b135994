"""Walks through the records of a WARC file, past those that are broken.

FastWARC reads the records. Where it stops, because a part of the archive is damaged, a length is wrong or a head is no
head, the next place at which a record begins is looked for and the walk goes on there.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from dragoman.errors import FormatError, MissingError
from dragoman.reading.opening import DAMAGE, damage

# what a record may hold beside the page: the heads of the server's answer
_HEADS = 65_536
# how much is looked through at once for the beginning of a record
_WINDOW = 1 << 20
_PLAIN, _GZIP, _ZSTD = b"WARC/1.", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
# a record that begins inside another: the other's length is wrong
_INSIDE = re.compile(rb"\r\n\r\n(?=WARC/1\.\d\r\nWARC-)")
_BETWEEN, _BEGIN = b"\r\n\r\n", b"WARC/"


@dataclass(frozen=True, slots=True)
class Record:
    """A record: where it begins in the file (of a file packed as a whole, where that does), its type in small letters,
    its heads, and what it holds. ``too_large`` where it holds more than the limit; then the rest is not there."""

    offset: int
    kind: str
    heads: dict[str, str]
    block: bytes
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A record at ``offset`` that cannot be read, or, where it is ``after``, one that should begin behind it."""

    offset: int
    reason: str
    after: bool = False


class _DamagedError(Exception):
    """FastWARC can read no further from here."""


def walk(stream: BinaryIO, *, source: str, limit: int) -> Iterator[Record | Broken]:
    """The records of a file that can be sought in; plain, or packed with gzip, zstd or LZ4.

    Raises :class:`~dragoman.errors.FormatError` where not one can be read, OSError where the stream itself fails, and
    :class:`~dragoman.errors.MissingError` without FastWARC.
    """
    if stream.seek(0, io.SEEK_END) == 0:
        raise FormatError("the source is empty", source=source)
    yield from _Walk(stream, source, limit)


class _Walk:
    def __init__(self, stream: BinaryIO, source: str, limit: int) -> None:
        self._stream, self._source, self._limit = stream, source, limit
        stream.seek(0)
        start = stream.read(len(_ZSTD))
        self._magic = next((each for each in (_GZIP, _ZSTD) if start.startswith(each)), _PLAIN)
        self._next: int | None = 0

    def __iter__(self) -> Iterator[Record | Broken]:
        while self._next is not None:
            yield from self._stretch(self._next)

    def _stretch(self, start: int) -> Iterator[Record | Broken]:
        """The records from an offset on, up to one that is broken; then ``_next`` is where to go on."""
        at, whole, self._next = start, False, None
        try:
            for raw in self._raws(start):
                at, whole = raw.stream_pos, False
                record, ended = self._record(raw)
                yield record
                whole = True
                if not ended:
                    self._next = self._begin_after(at)
                    return
            self._end(at)
        except _DamagedError as error:
            self._next = self._begin_after(at)
            if at == start == 0 and self._next is None and not whole:
                raise FormatError(f"not a WARC file, or a damaged one: {error}", source=self._source) from error
            yield Broken(at, self._told(error), after=whole)

    def _end(self, at: int) -> None:
        """Raises where the file does not end with the record at ``at``.

        FastWARC takes what is cut off in the head of a record for the end.
        """
        if self._magic == _GZIP:
            self._stream.seek(at)
            begun = self._stream.read(len(_GZIP)) == _GZIP
            self._stream.seek(at if begun else 0)
            with _damage():
                packed = gzip.GzipFile(fileobj=self._stream, mode="rb")
                while packed.read(_WINDOW):
                    pass
        elif self._magic == _PLAIN:
            self._stream.seek(max(at + 1, self._stream.seek(0, io.SEEK_END) - _HEADS))
            rest = self._stream.read(_HEADS).rpartition(_BETWEEN)[2]
            if rest and _BEGIN.startswith(rest[: len(_BEGIN)]):
                raise _DamagedError("the file ends in the head of a record")

    def _told(self, error: Exception) -> str:
        on = f"reading goes on at offset {self._next}" if self._next is not None else "nothing after it can be read"
        return f"{error}; {on}"

    def _raws(self, start: int) -> Iterator[Any]:
        try:
            from fastwarc.warc import ArchiveIterator
        except ImportError:
            raise MissingError(f"{self._source}: reading WARC", package="fastwarc", extra="sources") from None
        self._stream.seek(start)
        with _damage():
            records = iter(ArchiveIterator(self._stream, parse_http=False))
        while True:
            with _damage():
                raw = next(records, None)
            if raw is None:
                return
            yield raw

    def _record(self, raw: Any) -> tuple[Record, bool]:
        """The record, and whether it ends where its length says."""
        heads = {name.casefold(): value for name, value in raw.headers.items()}
        length = raw.content_length
        wanted = min(length, self._limit + _HEADS)
        with _damage():
            block = raw.reader.read(wanted) if wanted else b""
        inside = _INSIDE.search(block)
        # a head that is cut off has no length, or the first digits of it and nothing after them
        if not heads.get("content-length", "").strip().isdigit() or (len(block) < wanted and inside is None):
            raise _DamagedError("the record is cut off: it is shorter than it says, or the file ends in it")
        held = block[: inside.start()] if inside else block
        too_large = length > wanted and inside is None
        return Record(raw.stream_pos, heads.get("warc-type", "").casefold(), heads, held, too_large), inside is None

    def _begin_after(self, offset: int) -> int | None:
        """The first offset behind another at which a record can be read; None where there is none."""
        for candidate in self._candidates(offset + 1):
            try:
                if next(self._raws(candidate), None) is not None:
                    return candidate
            except _DamagedError:
                continue
        return None

    def _candidates(self, offset: int) -> Iterator[int]:
        """Offsets at which the file has the mark that records begin with."""
        while True:
            self._stream.seek(offset)
            window = self._stream.read(_WINDOW)
            for found in re.finditer(re.escape(self._magic), window):
                yield offset + found.start()
            if len(window) < _WINDOW:
                return
            # a mark may lie across the end of the window
            offset += _WINDOW - len(self._magic) + 1


@contextmanager
def _damage() -> Iterator[None]:
    """What FastWARC raises for a damaged file, as one error; its faults in such a file among them."""
    try:
        yield
    except DAMAGE as error:
        raise _DamagedError(damage(error)) from error
    except BaseException as error:
        # how a fault in its native code arrives; pyo3 does not let the class be imported
        if type(error).__name__ != "PanicException":
            raise
        raise _DamagedError(f"FastWARC fails at it: {error}") from error
