"""Which tellings are compared at all: those that share a block, which is two parties, or one and a category, in a week.

Two tellings whose days can be one lie in one block at least, because each lies in the weeks of the days around its own.
A stretch of months or years is a block of its own. Versions of one story share blocks whatever their days. A telling
without a day that is no news, and a habit, is compared within its story only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import NamedTuple

from dragoman.linking.telling import EXACT, NEAR, Telling

WEEK = 7


class Block(NamedTuple):
    """A block: tellings of one key and place are compared where one of the two is ``lone``.

    Of a telling with several parties the blocks of single ones are not lone: with another of several parties it is
    compared where they share two.
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
    for key, lone in _keys(telling):
        if (last - first).days > EXACT:
            yield Block(f"{key} {first}..{last}", 0, lone=lone)
        else:
            yield from (Block(key, week, lone=lone) for week in range(_week(first - NEAR), _week(last + NEAR) + 1))


def _keys(telling: Telling) -> Iterator[tuple[str, bool]]:
    parties = sorted(telling.parties)
    for one, other in combinations(parties, 2):
        yield f"{one}+{other}", True
    for party in parties:
        yield f"{party} {telling.category}", len(parties) == 1


def _week(day: date) -> int:
    return day.toordinal() // WEEK
