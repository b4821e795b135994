"""Stretches of a text: (start, end), end exclusive; in characters where nothing else is said."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

Place = tuple[int, int]


def stripped(text: str, place: Place) -> Place:
    """A stretch without the white space at its ends; empty where there is nothing else."""
    words = text[slice(*place)]
    start = place[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def overlaps(place: Place, others: Iterable[Place]) -> bool:
    """Whether it shares a character (or whatever is counted) with one of the others."""
    return any(place[0] < end and start < place[1] for start, end in others)


def moved(place: Place, before: str, after: str) -> Place:
    """Where a stretch of one text lies in another form of it; empty where nothing of it is left."""
    if before == after:
        return place
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = [
        (max(place[0], block.a) - block.a + block.b, min(place[1], block.a + block.size) - block.a + block.b)
        for block in blocks
        if overlaps(place, [(block.a, block.a + block.size)])
    ]
    return (kept[0][0], kept[-1][1]) if kept else (0, 0)
