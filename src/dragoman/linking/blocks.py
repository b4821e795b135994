"""Which tellings are compared at all: those that share a block, which is parties and a category on a day.

Two tellings of one category whose days can be one lie in one block at least, because each lies in the blocks of its own
days and of those after them. A stretch of months or years is a block of its own. Versions of one story share blocks
whatever their days. A telling without a day that is no news, and a habit, is compared within its story only.

Tellings of two categories are not compared: with them 463 of 54,940 likely pairs were of two categories, and not one of
4,542 pairs of stories more was found (benchmarks/link_weights.py, at that time).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from dragoman.linking.telling import EXACT, NEAR, Telling


class Block(NamedTuple):
    """A block: tellings of one key and place are compared where one of the two is ``lone``.

    Of a telling with several parties the blocks of single ones are not lone: with another of several parties it is
    compared where they share two. ``place`` is a day as its number from 1 January of year 1, or 0.
    """

    key: str
    place: int
    lone: bool


def blocks(telling: Telling) -> frozenset[Block]:
    """The blocks of a telling."""
    return frozenset((*_of_stories(telling), *_of_days(telling)))


def _of_stories(telling: Telling) -> Iterator[Block]:
    for story in telling.stories:
        yield Block(f"{story} {telling.category}", 0, lone=True)


def _of_days(telling: Telling) -> Iterator[Block]:
    if telling.stretch is None or "standing" in telling.status:
        return
    first, last = telling.stretch
    days = range(first.toordinal(), last.toordinal() + NEAR.days + 1)
    for key, lone in _keys(telling):
        if (last - first).days > EXACT:
            yield Block(f"{key} {first}..{last}", 0, lone=lone)
        else:
            yield from (Block(key, day, lone=lone) for day in days)


def _keys(telling: Telling) -> Iterator[tuple[str, bool]]:
    parties = sorted(telling.parties)
    for one, other in combinations(parties, 2):
        yield f"{telling.category} {one}+{other}", True
    for party in parties:
        yield f"{telling.category} {party}", len(parties) == 1
