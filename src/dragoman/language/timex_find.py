"""Time expressions found by rule alone: for pipelines whose network has no time head, and to mend span borders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.language.timex_patterns import compiled, cores, openers

Candidate = tuple[int, int, str]

# More characters than stand before the telling word of any expression ("at least the last hundred and twenty-five").
REACH = 60
_WORD = re.compile(r"(?<![\w$#£€])(?:(?P<word>[^\W\d_]+)|\d|'(?=\d0s))")


def find(text: str) -> list[Candidate]:
    """(start, end, type) of each time expression the rules see, in text order and without overlaps.

    Offsets count characters of ``text``, end exclusive; type is DATE, TIME, DURATION or SET. Of overlapping
    candidates the longest stays, of equally long ones that of the earlier rule.
    """
    found: list[tuple[int, int, int, str]] = []
    for begin in begins(text):
        for order, (kind, pattern) in enumerate(compiled()):
            match = pattern.match(text, begin)
            if match is not None:
                start, end = match.span("own" if "own" in pattern.groupindex else 0)
                found.append((start, _end(text, start, end), order, kind))
    return sorted(_longest(found))


def begins(text: str) -> Iterator[int]:
    """Where an expression can begin: at a word that can open one, a little before a word that makes one. Trying the
    patterns there alone takes a third of the time of looking for each in the whole text."""
    first_words, making_words = openers(), cores()
    waiting: list[int] = []
    for match in _WORD.finditer(text):
        word = (match["word"] or "").lower()
        if not word or word in first_words:
            waiting.append(match.start())
        if not word or word in making_words:
            yield from (begin for begin in waiting if match.start() - begin < REACH)
            waiting.clear()


def _end(text: str, start: int, end: int) -> int:
    """A full stop stays inside only where it belongs to "a.m.", as it does in TimeBank."""
    words = text[start:end].rstrip()
    if words.endswith(".") and re.search(r"\bm\.$", words, re.IGNORECASE) is None:
        words = words.rstrip(".")
    return start + len(words)


def _longest(found: list[tuple[int, int, int, str]]) -> list[Candidate]:
    kept: list[Candidate] = []
    taken: set[int] = set()
    for start, end, _, kind in sorted(found, key=lambda each: (each[0] - each[1], each[2], each[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, kind))
    return kept


_LOOSE_HEAD = re.compile(
    r"(?:[\s,;:(\"']+|(?:on|in|at|by|since|until|till|during|from|of|for|within)\s+)+", re.IGNORECASE
)


def mend(text: str, start: int, end: int) -> tuple[int, int]:
    """A network's span with the borders of TimeBank: no preposition before it, no punctuation around it.

    Offsets count characters of ``text``. A span that holds nothing else is returned as it is.
    """
    head = _LOOSE_HEAD.match(text, start, end)
    first = head.end() if head else start
    last = start + len(text[start:end].rstrip(" \t\n,;:)\"'"))
    return (first, last) if first < last else (start, end)
