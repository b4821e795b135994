"""A row of a table, or a JSON object, to a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain, islice
from typing import Any

from dragoman.reading.columns import Columns, listed
from dragoman.reading.document import Document, Said, failed
from dragoman.reading.published import EARLIEST, date_in

# A file whose first rows all fail is of another kind, or mapped wrongly: one failure, not one for each of a million.
HOPELESS = 100

_ISO_DAY = re.compile(r"((?:1[789]|20)\d\d)-?(\d\d)-?(\d\d)(?=$|[TZ+\s]|(?:\d{4}|\d{6})Z?$)")
# seconds, milliseconds, microseconds since 1970 by their size: as seconds the first bound is in the year 5138
_EPOCH_UNITS = ((1e11, 1), (1e14, 1e3), (1e17, 1e6))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


@dataclass(slots=True)
class Rows:
    """The rows of one source as documents; ``columns`` that no row had are told at the end."""

    source: str
    columns: Columns
    _unseen: dict[str, str] = field(init=False)
    _count: int = 0

    def __post_init__(self) -> None:
        self._unseen = dict(self.columns.named)

    def document(self, row: Mapping[str, Any], name: str) -> Document:
        """The document of a row; a row that holds none is a document that says why."""
        self._count += 1
        values = self.columns.values(row)
        for wanted in values:
            self._unseen.pop(wanted, None)
        try:
            return _document(values, name, self.source)
        except KeyError:
            return failed(name, self._no_text(row), source=self.source)
        except ValueError as error:
            return failed(name, str(error), source=self.source, url=_text_of(values.get("url")))

    def unseen(self) -> Iterator[Document]:
        """A failure for each mapped column that none of the rows had."""
        for wanted, column in self._unseen.items() if self._count else ():
            reason = f"none of its {self._count} rows has a value in the column {column!r}, mapped to {wanted}"
            yield failed(self.source, reason, source=self.source)

    def _no_text(self, row: Mapping[str, Any]) -> str:
        wanted = self.columns.named.get("text")
        if wanted is not None:
            return f"there is no text in the column {wanted!r}; the columns are: {listed(row.keys())}"
        return f"no column holds the text; say which with --columns text=NAME; there are: {listed(row.keys())}"


def hopeful(documents: Iterator[Document], *, source: str) -> Iterator[Document]:
    """The documents, unless the first of them all fail; then the source is given up, as one failure."""
    first = list(islice(documents, HOPELESS))
    wrong = [each.failure for each in first if each.failure is not None]
    if len(wrong) == HOPELESS:
        reason = f"given up: each of its first {HOPELESS} rows fails, the first because {wrong[0].reason}"
        yield failed(source, reason, source=source)
        return
    yield from chain(first, documents)


def _document(values: Mapping[str, Any], name: str, source: str) -> Document:
    text = _text_of(values.get("text"))
    if not text:
        raise KeyError("text")
    said = Said(
        title=_line(values.get("title")),
        byline=_line(values.get("byline")),
        outlet=_line(values.get("outlet")),
        published=day_of(values["published"]) if "published" in values else None,
        language=_language(values.get("language")),
    )
    data = text.encode("utf-8", "replace")
    return Document(
        name, source, data, url=_line(values.get("url")), said=said, own_id=_line(values.get("id")),
        content_type="text/plain; charset=utf-8",
    )  # fmt: skip


def _text_of(value: object) -> str | None:
    """A text; of a list (paragraphs, or objects that hold them under ``text``) its parts with a blank line between."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, Mapping):
        return _text_of(value.get("text"))
    if isinstance(value, list | tuple):
        return "\n\n".join(part for each in value if (part := _text_of(each))) or None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return None


def _line(value: object) -> str | None:
    """A short value as one line: names in a list with commas between, a number as it is written."""
    if isinstance(value, list | tuple):
        return ", ".join(part for each in value if (part := _line(each))) or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _language(value: object) -> str | None:
    """The first part of a language's tag, in lower case: ``en`` of ``en-GB``."""
    found = _LANGUAGE.match(value.strip()) if isinstance(value, str) else None
    return found[0].casefold() if found else None


def day_of(value: object) -> date | None:
    """The calendar day that a value names as it is written, whatever its time zone; None for an empty one.

    ISO 8601 (also without hyphens), seconds, milliseconds or microseconds since 1970 (UTC), and what a page can print
    ("Fri, 02 Oct 2020 10:14 GMT"). Raises ValueError for anything else: a wrong day is worse than a failure.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return _written_day(value.strip()) if value.strip() else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        # a day as 20201002 is as common as the seconds of August 1970 are rare
        return _written_day(str(value)) if _ISO_DAY.fullmatch(str(value)) else _epoch_day(float(value))
    raise ValueError(f"{str(value)[:40]!r} is not a day of publication")


def _written_day(text: str) -> date:
    iso = _ISO_DAY.match(text)
    if iso:
        try:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        except ValueError:
            raise ValueError(f"{text[:40]!r} is not a day of publication") from None
    found = date_in(text)
    if found is not None and found >= EARLIEST:
        return found
    if re.fullmatch(r"-?\d{9,17}(?:\.\d*)?", text):
        return _epoch_day(float(text))
    raise ValueError(f"{text[:40]!r} is not a day of publication")


def _epoch_day(number: float) -> date:
    for bound, unit in _EPOCH_UNITS:
        if 0 < number < bound:
            return datetime.fromtimestamp(number / unit, UTC).date()
    raise ValueError(f"{number:g} is not a day of publication")
