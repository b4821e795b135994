"""TimeML documents as JSON Lines: id, dct, text, and time expressions with start, end, type and value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.errors import FormatError
from dragoman.evaluation.task import bad, read_lines


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Characters ``start`` to ``end`` (exclusive) of the document's text, with TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str | None


@dataclass(frozen=True, slots=True)
class TimeDocument:
    """``dct`` is the day of the document creation time, None where the file gives none."""

    id: str
    dct: date | None
    text: str
    timexes: tuple[TimeSpan, ...]


def read_timeml(path: Path) -> Iterator[TimeDocument]:
    """The documents of a file, one JSON object a line.

    Raises:
        SourceError: the file cannot be opened.
        FormatError: a line is not such an object; names file and line.
    """
    seen = False
    for number, line in read_lines(path):
        if not line.strip():
            continue
        try:
            yield _document(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
            raise bad(path, number, f"not a TimeML document in JSON: {reason}") from error
        seen = True
    if not seen:
        raise FormatError("no document in the file", source=str(path))


def _document(data: dict[str, Any]) -> TimeDocument:
    text = data["text"]
    spans = tuple(_span(each, text) for each in data["timexes"])
    dct = data.get("dct")
    return TimeDocument(str(data["id"]), date.fromisoformat(dct[:10]) if dct else None, text, spans)


def _span(data: dict[str, Any], text: str) -> TimeSpan:
    start, end = data["start"], data["end"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the span {start}:{end} lies outside the text")
    return TimeSpan(start, end, data["type"], data.get("value"))
