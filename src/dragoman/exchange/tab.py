"""Tab-separated tables: one event a line, nothing quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dragoman.exchange.cells import RowError

# What would end a cell or a line, for any reader: all that Unicode and old files take for a line's end, and controls.
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")

LOSS = "tabs, line ends and control characters of a text: each run of them is one space"


def cell(value: object) -> str:
    """A value as a cell: nothing for None, a number without a needless fraction, text without tabs and line ends."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if value.is_integer() else repr(value)
    return _BREAKS.sub(" ", str(value)).strip()


def line(values: Iterable[object]) -> str:
    """One line of a table."""
    return "\t".join(map(cell, values))


def text(data: bytes) -> str:
    """The text of a line in UTF-8; some of the published tables hold lines of Windows-1252, which are read as such.

    :raises RowError: it is neither.
    """
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RowError("it is text of no known encoding")


def cells(data: bytes | None, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The cells of a line under their names.

    :raises RowError: the line is too long, has another number of cells, or is no text.
    """
    if data is None:
        raise RowError("the line is too long to be a row")
    values = text(data).split("\t")
    if len(values) != len(names):
        raise RowError(f"it has {len(values)} cells, not {len(names)}")
    return zip(names, values, strict=True)
