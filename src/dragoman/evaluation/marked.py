"""Sentences with a marked source and target as tab-separated lines, as PLV has them (Hu et al. 2024).

The first line names the columns; ``marked_sentence`` holds the text with ``<s>…</s>`` around the source and
``<t>…</t>`` around the target, ``gold_root`` the PLOVER category. Other columns are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import FormatError
from dragoman.evaluation.places import Place, stripped
from dragoman.evaluation.roots import is_root, root_of
from dragoman.evaluation.task import bad, read_lines

SENTENCE, ROOT = "marked_sentence", "gold_root"
MARK = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class Marked:
    """One row: the sentence without its marks, its root (see :mod:`dragoman.evaluation.roots`), and the characters
    of source and target, None where a row marks one of them more or less than once."""

    line: int
    text: str
    root: str
    pair: tuple[Place, Place] | None


def read_marked(path: Path) -> Iterator[Marked]:
    """The rows of a file.

    Raises:
        SourceError: the file cannot be opened.
        FormatError: a column is missing, a line has more or fewer than the first, or a category is none of PLOVER's;
            the message names file and line.
    """
    columns: list[str] = []
    seen = False
    for number, line in read_lines(path):
        if not line.strip():
            continue
        fields = [_unquoted(field) for field in line.split("\t")]
        if columns:
            seen = True
            yield _row(path, number, columns, fields)
        else:
            columns = _header(path, number, fields)
    if not seen:
        raise FormatError("no row in the file", source=str(path))


def _unquoted(field: str) -> str:
    """The field as it was before a spreadsheet quoted it; quotation marks of the text itself stay."""
    inner = field[1:-1].replace('""', "")
    if len(field) > 1 and field[0] == field[-1] == '"' and '"' not in inner:
        return field[1:-1].replace('""', '"')
    return field


def _header(path: Path, number: int, fields: list[str]) -> list[str]:
    for name in (SENTENCE, ROOT):
        if name not in fields:
            raise bad(path, number, f"no column {name!r}")
    return fields


def _row(path: Path, number: int, columns: list[str], fields: list[str]) -> Marked:
    if len(fields) != len(columns):
        raise bad(path, number, f"{len(fields)} columns where the first line names {len(columns)}")
    row = dict(zip(columns, fields, strict=True))
    root = root_of(row[ROOT])
    if not is_root(root):
        raise bad(path, number, f"{row[ROOT]!r} is no category of PLOVER")
    text, pair = unmarked(row[SENTENCE])
    if not text.strip():
        raise bad(path, number, "a row without a sentence")
    return Marked(number, text, root, pair)


def unmarked(marked: str) -> tuple[str, tuple[Place, Place] | None]:
    """The text without its marks, and source and target in it, white space at their ends left out.

    None in place of the two where each is not marked exactly once, around at least one word.
    """
    at: dict[str, list[int]] = {}
    cut = 0
    for mark in MARK.finditer(marked):
        at.setdefault(mark[0], []).append(mark.start() - cut)
        cut += len(mark[0])
    text = MARK.sub("", marked)
    source, target = (_place(text, at.get(f"<{name}>", []), at.get(f"</{name}>", [])) for name in "st")
    return text, (source, target) if source and target else None


def _place(text: str, starts: list[int], ends: list[int]) -> Place | None:
    if len(starts) != 1 or len(ends) != 1:
        return None
    place = stripped(text, (starts[0], ends[0]))
    return place if place[0] < place[1] else None
