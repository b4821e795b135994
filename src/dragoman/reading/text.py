"""Plain text, as saved or scraped, to blocks: paragraphs by blank lines, by lines, or hard-wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.reading.furniture import Raw
from dragoman.reading.normalise import one_line

_BULLET = re.compile(r"^(?:[•●▪■◦‣∙]|[-*–—](?=\s))\s*")
_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_QUOTED = re.compile(r"^>\s?")
_RULE = re.compile(r"^[-=_*~#.\s]{3,}$")
# no line of a wrapped text is longer; a paragraph on one line nearly always is
_LONGEST_WRAP = 130
_SHORTEST_WRAP = 45


def blocks_of(text: str) -> list[Raw]:
    """The blocks of a normalised text, in order; quotations marked by ">" have the hint ``quote``."""
    lines = [line.rstrip() for line in text.split("\n")]
    width = _wrap_width(lines)
    return [raw for group in _groups(lines) for raw in _group_blocks(group, width)]


def _groups(lines: list[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if line.strip() and not _RULE.match(line):
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _wrap_width(lines: list[str]) -> int | None:
    """The column at which the text was wrapped by hand; None where a line is a paragraph."""
    followed = [(line, after) for line, after in pairwise(lines) if line.strip() and after.strip()]
    longest = max((len(line) for line, _ in followed), default=0)
    if len(followed) < 3 or not _SHORTEST_WRAP <= longest <= _LONGEST_WRAP:
        return None
    # lines over the paragraphs (title, byline, date) are no wrapped text; they are few and the paragraphs long
    if sum(len(line) for line, _ in followed) < 0.4 * sum(map(len, lines)):
        return None
    # of the long lines of a wrapped text, most stop in the middle of a sentence and go on in the next line
    full = [line for line, _ in followed if len(line) > 0.6 * longest]
    broken = sum(line[-1] not in ".!?:”\"’'" for line in full)
    return longest if broken >= max(2, 0.5 * len(full)) else None


def _group_blocks(group: list[str], width: int | None) -> Iterator[Raw]:
    joined: list[str] = []
    for number, line in enumerate(group):
        if joined and not _goes_on(group[number - 1], line, width):
            yield from _block(joined)
            joined = []
        joined.append(line)
    yield from _block(joined)


def _goes_on(before: str, line: str, width: int | None) -> bool:
    """Whether a line belongs to the paragraph before it: its first word would not have fitted there."""
    if before.startswith(">") and line.startswith(">"):
        return True
    if width is None or _BULLET.match(line) or (line[0].isspace() and not before[0].isspace()):
        return False
    return len(before) + 1 + len(line.split(maxsplit=1)[0]) > width


def _block(lines: list[str]) -> Iterator[Raw]:
    quoted = all(line.startswith(">") for line in lines) and len(" ".join(lines)) > 20
    text = one_line(" ".join(_QUOTED.sub("", line) if quoted else line for line in lines))
    heading = _HEADING.match(text)
    text = _BULLET.sub("", _HEADING.sub("", text))
    if text:
        yield Raw(text, "quote" if quoted else "subhead" if heading else None)
