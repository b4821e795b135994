"""WARC archives, of Common Crawl or another crawler: a page in each response."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any, BinaryIO

from dragoman.reading.document import Document, failed
from dragoman.reading.sources import MAX_BYTES
from dragoman.reading.warc_walk import Broken, Record, walk

# What can be an article: the rest (images, styles, feeds, PDF) is left out by what the server says that it is.
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_SUCCESS = 200
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/[\d.]+[ \t]+(\d{3})(?=\s|$)[^\n]*\n")
_HEAD_BYTES = 65_536
_CHUNK = 65_536


def documents(stream: BinaryIO, *, source: str) -> Iterator[Document]:
    """The records of an archive in its order, named ``source, record 3 (offset 1204)``.

    What is no page (requests, metadata, images, answers other than 200) comes with ``left_out``. A record that is
    broken, cut off or too large is a document that says so, and those after it are found again where they can be.
    """
    for number, found in enumerate(walk(stream, source=source, limit=MAX_BYTES), 1):
        if isinstance(found, Broken):
            where = f"after offset {found.offset}" if found.after else f"offset {found.offset}"
            yield failed(f"{source}, {where}", found.reason, source=source)
        else:
            yield _document(found, f"{source}, record {number} (offset {found.offset})", source)


def _document(record: Record, name: str, source: str) -> Document:
    if record.kind not in ("response", "resource", "conversion"):
        return Document(name, source, left_out=f"record of type {record.kind}")
    url = record.heads.get("warc-target-uri", "").strip("<> ") or None
    if record.kind == "response" and record.heads.get("content-type", "").casefold().startswith("application/http"):
        return _response(record, name, source, url)
    return _page(record, record.block, record.heads.get("content-type", ""), name, source, url)


def _response(record: Record, name: str, source: str, url: str | None) -> Document:
    status = _STATUS.match(record.block)
    end = _HEAD_END.search(record.block[:_HEAD_BYTES])
    if status is None or end is None:
        return failed(name, "the answer of the server has no HTTP head", source=source, url=url)
    if int(status[1]) != _SUCCESS:
        return Document(name, source, url=url, left_out=f"HTTP status {int(status[1])}")
    head = BytesHeaderParser().parsebytes(record.block[status.end() : end.end()])
    content_type = str(head.get("Content-Type") or "")
    wanted = _bare(content_type) in _PAGES and not record.too_large
    body = _decoded(record.block[end.end() :], head) if wanted else b""
    return _page(record, body, content_type, name, source, url)


def _page(record: Record, data: bytes, content_type: str, name: str, source: str, url: str | None) -> Document:
    if _bare(content_type) not in _PAGES:
        return Document(name, source, url=url, left_out=f"not a page: {_bare(content_type)}")
    if record.too_large or len(data) > MAX_BYTES:
        return failed(name, f"larger than {MAX_BYTES // 1_000_000} MB", source=source, url=url)
    return Document(name, source, data, url=url, content_type=content_type or None, until=_day(record.heads))


def _bare(content_type: str) -> str:
    """The media type without its parameters; empty where the server says none."""
    return content_type.partition(";")[0].partition(",")[0].strip().casefold()


def _day(heads: dict[str, str]) -> date | None:
    """The day (UTC) the record was collected."""
    try:
        collected = datetime.fromisoformat(heads.get("warc-date", "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return (collected.astimezone(UTC) if collected.tzinfo else collected).date()


def _decoded(body: bytes, head: Message) -> bytes:
    """The body without the codings that its head names; as it is where they were taken off before, as many do."""
    for coding in (*_codings(head, "Transfer-Encoding"), *_codings(head, "Content-Encoding")):
        reader = _reader(body, coding)
        body = body if reader is None else _read(reader) or body
    return body


def _codings(head: Message, name: str) -> list[str]:
    """The codings in the order in which they are taken off."""
    said = ",".join(map(str, head.get_all(name) or ()))
    return [coding.strip().casefold() for coding in reversed(said.split(","))]


def _reader(body: bytes, coding: str) -> Any:
    from fastwarc import stream_io

    stream = io.BytesIO(body)
    match coding:
        case "chunked":
            return stream_io.ChunkedReader(stream)
        case "gzip" | "x-gzip":
            return stream_io.GzipReader(stream)
        case "deflate":
            return stream_io.GzipReader(stream, zlib=True)
        case "br":
            return stream_io.BrotliReader(stream)
        case "zstd":
            return stream_io.ZstdReader(stream)
        case _:
            return None


def _read(reader: Any) -> bytes:
    """What can be read; of a body that was cut off its beginning."""
    data = bytearray()
    try:
        while len(data) <= MAX_BYTES and (piece := reader.read(_CHUNK)):
            data += piece
    except OSError:
        pass
    return bytes(data)
