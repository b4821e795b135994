"""A person or an organisation as the articles of one id tell of it, and what speaks for and against two being one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.linking.spellings import alike, key, parts

FAMILY_FIRST = frozenset({"CHN", "HKG", "KOR", "MAC", "PRK", "TWN", "VNM"})
"""Countries whose people the press names by a first word that is the family's."""
NEAR_DAYS = 31  # of a name without a country: told of in the same weeks
SAME_TIME_DAYS = 730  # an office is held for years, a namesake follows a generation later
# Words of an office that make it another one, held by somebody else beside its holder.
BESIDE = frozenset({"deputy", "vice", "assistant", "under", "acting", "interim", "shadow", "former", "designate"})


@dataclass(frozen=True, slots=True)
class Holding:
    """An office in plain words, and the days between which articles tell that it is held; None where not known."""

    office: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Someone:
    """A person or an organisation as the articles tell of it that give it one id.

    ``names``: all of them that name nobody else besides, the chief one first; ``offices``: those held; ``first``,
    ``last``: days of publication; ``articles``: how many name it; ``known``: whether its id is that of a register;
    ``item``: its number in Wikidata.
    """

    id: str
    names: tuple[str, ...]
    code: str | None = None
    sector: str | None = None
    offices: tuple[Holding, ...] = ()
    first: date | None = None
    last: date | None = None
    articles: int = 1
    known: bool = False
    item: str | None = None


def is_named(name: str, *, titles: frozenset[str]) -> bool:
    """Whether it is the name of one person or body, and no description: "Rosa Lenz", not "prime minister".

    A name begins and ends with a capital, or with a letter that knows none, and is not made of words of ``titles``
    alone.
    """
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    capitals = bool(words) and all(word[0] == word[0].upper() for word in (words[0], words[-1]))
    return capitals and not all(word.casefold() in titles for word in words)


def is_persons(name: str, *, titles: frozenset[str]) -> bool:
    """The same of a person's: "Consul of Mali" is somebody else next year."""
    return "of" not in name.split() and is_named(name, titles=titles)


def apart(one: Someone | Holding, other: Someone | Holding) -> int:
    """The days between the times in which two are told of; a large number where these are not known."""
    if not (one.first and one.last and other.first and other.last):
        return SAME_TIME_DAYS
    return max((one.first - other.last).days, (other.first - one.last).days, 0)


def shared_office(one: Someone, other: Someone) -> str | None:
    """An office that both hold at one time."""
    return min((a.office for a, b in _together(one, other, SAME_TIME_DAYS) if a.office == b.office), default=None)


def offices_fit(one: Someone, other: Someone) -> bool:
    """Whether the offices of two can be those of one person at one time: one of them has none, or they share one."""
    if not one.offices or not other.offices:
        return True
    return any(_compatible(a.office, b.office) for a, b in _together(one, other, SAME_TIME_DAYS))


def offices_conflict(one: Someone, other: Someone) -> bool:
    """Whether two hold offices at the same time of which none could be the other's."""
    at_once = _together(one, other, NEAR_DAYS)
    return bool(at_once) and not any(_compatible(a.office, b.office) for a, b in at_once)


def _together(one: Someone, other: Someone, days: int) -> list[tuple[Holding, Holding]]:
    return [(a, b) for a in one.offices for b in other.offices if apart(a, b) < days]


def _compatible(one: str, other: str) -> bool:
    """Whether the words of one office are among those of the other, which then says more (foreign minister)."""
    first, second = set(one.split()), set(other.split())
    return (first <= second or second <= first) and first & BESIDE == second & BESIDE


def sectors_agree(one: Someone, other: Someone) -> bool:
    """Whether both are of one sector, or one of an unknown one."""
    return one.sector is None or other.sector is None or one.sector == other.sector


def middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the parts of two names between first and last say the same: or one has none, or their initials."""
    first, second = one[1:-1], other[1:-1]
    if not first or not second:
        return True
    if len(first) == len(second):
        return all(_part_agrees(a, b) for a, b in zip(first, second, strict=True))
    return "".join(map(key, one)) == "".join(map(key, other))


def _part_agrees(one: str, other: str) -> bool:
    return (key(one) == key(other) and alike(one, other)) or (1 in (len(one), len(other)) and one[0] == other[0])


def surnames(names: Iterable[str], code: str | None) -> set[str]:
    """What people of a country are called by who bear these names of several parts."""
    found = [said for said in map(parts, names) if len(said) > 1]
    return {said[0] if code in FAMILY_FIRST else said[-1] for said in found}
