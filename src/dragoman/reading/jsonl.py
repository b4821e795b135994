"""JSON Lines: a document on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.errors import DragomanError
from dragoman.reading.columns import Columns
from dragoman.reading.decode import decode
from dragoman.reading.document import Document, failed
from dragoman.reading.opening import DAMAGE, damage
from dragoman.reading.rows import Rows, hopeful

# A line's text is at most what a page may have; escapes and other columns may double it.
MAX_LINE = 40_000_000
_CHUNK = 1 << 20


def documents(stream: BinaryIO, *, source: str, columns: Columns) -> Iterator[Document]:
    """The documents of a stream of lines, named ``source, line 3``; an empty line is none.

    A line that is no JSON object, is too long or lacks the text is a document that says so. Where the stream is
    damaged, the last document tells after which line.
    """
    rows = Rows(source, columns)
    yield from hopeful(_documents(stream, rows), source=source)
    yield from rows.unseen()


def _documents(stream: BinaryIO, rows: Rows) -> Iterator[Document]:
    number = 0
    try:
        for number, line in enumerate(_lines(stream), 1):
            name = f"{rows.source}, line {number}"
            if line is None:
                yield failed(name, f"longer than {MAX_LINE // 1_000_000} MB", source=rows.source)
            elif line.strip():
                yield _document(line, name, rows)
    except DAMAGE as error:
        name = f"{rows.source}, after line {number}"
        yield failed(name, damage(error), source=rows.source)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines; None for one that is too long, which is passed over without being held."""
    while line := stream.readline(MAX_LINE):
        if len(line) < MAX_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield None


def _document(line: bytes, name: str, rows: Rows) -> Document:
    try:
        row = json.loads(_text(line, name))
    except DragomanError as error:
        return failed(name, error, source=rows.source)
    except json.JSONDecodeError as error:
        return failed(name, f"not JSON: {error.msg} at character {error.pos + 1}", source=rows.source)
    except (ValueError, RecursionError) as error:
        return failed(name, f"JSON that cannot be read: {error}", source=rows.source)
    if not isinstance(row, dict):
        return failed(name, f"a JSON {type(row).__name__}, not an object", source=rows.source)
    return rows.document(row, name)


def _text(line: bytes, name: str) -> str:
    """UTF-8, as JSON is; a file that says so and is not is decoded as a page would be."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(line, name=name)
