"""Which persons and organisations of different articles are one: by spellings, by office and surname, by initials.

Only what shares a key is compared, and each with one other of its block, so that the cost grows with the number of
names and not with that of their pairs. Precision counts for more than recall: whoever could be one of two is joined to
neither. Nobody is joined to somebody whom one article names beside him, nor are two whom a register tells apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from dragoman.linking.spellings import acronym, alike, key, parts

Pair = tuple[str, str]
Beside = Callable[[Sequence[Pair]], AbstractSet[Pair]]
"""Of pairs of entities, those that one article names both."""

FAMILY_FIRST = frozenset({"CHN", "HKG", "KOR", "MAC", "PRK", "TWN", "VNM"})
"""Countries whose people the press names by a first word that is the family's."""
NEAR_DAYS = 31  # of a name without a country: told of in the same weeks
SAME_TIME_DAYS = 730  # of a surname alone: an office is held for years, a namesake follows a generation later


@dataclass(frozen=True, slots=True)
class Someone:
    """A person or an organisation as the articles tell of it that give it one id.

    ``names``: all of them, the chief one first; ``offices``: those held, in plain words; ``first``, ``last``: days of
    publication; ``articles``: how many name it; ``known``: whether its id is that of a register.
    """

    id: str
    names: tuple[str, ...]
    code: str | None = None
    sector: str | None = None
    offices: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    articles: int = 1
    known: bool = False


@dataclass(frozen=True, slots=True)
class Joining:
    """Two ids that are one identity. ``basis`` is variant, office, surname, initials or register; ``why`` in words."""

    entity: str
    other: str
    basis: str
    why: str


def persons(people: Iterable[Someone], beside: Beside) -> list[Joining]:
    """The joinings of persons; of a surname alone only to who bears it in full."""
    # "foreign minister of Kenya": no name, and somebody else next year
    everybody = sorted((each for each in people if "of" not in each.names[0].split()), key=rank)
    full = [each for each in everybody if len(parts(each.names[0])) > 1]
    found = _kept(_spelt(full), beside)
    heads = _heads(found)
    surnames = [each for each in everybody if len(parts(each.names[0])) == 1 and each.code]
    return [*found, *_kept(_by_surname(surnames, full, heads), beside)]


def organisations(bodies: Iterable[Someone], beside: Beside) -> list[Joining]:
    """The joinings of organisations: initials to the one name they are of, and spellings."""
    everybody = sorted(bodies, key=rank)
    return _kept([*_spelt(everybody), *_by_initials(everybody)], beside)


def identities(joinings: Iterable[Joining], by: Callable[[str], tuple[object, ...]]) -> dict[str, str]:
    """Whom each joined entity is: the first ``by`` rank of all that hang together; itself is left out."""
    heads = _heads(joinings)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for entity in heads:
        groups[_head(heads, entity)].append(entity)
    chief = {head: min(several, key=by) for head, several in groups.items()}
    return {each: chief[_head(heads, each)] for each in sorted(heads) if each != chief[_head(heads, each)]}


def rank(each: Someone) -> tuple[object, ...]:
    """Whose id stands for all that are one: a register's, one made from a full name, the one of most articles."""
    return not each.known, len(parts(each.names[0])) == 1, -each.articles, each.id


def _kept(found: Iterable[Joining], beside: Beside) -> list[Joining]:
    pairs = {(each.entity, each.other): each for each in found}
    apart = beside(sorted(pairs))
    return [each for pair, each in pairs.items() if pair not in apart]


def _heads(joinings: Iterable[Joining]) -> dict[str, str]:
    heads: dict[str, str] = {}
    for each in joinings:
        one, other = _head(heads, each.entity), _head(heads, each.other)
        heads.setdefault(one, one)
        heads.setdefault(other, other)
        heads[max(one, other)] = min(one, other)
    return heads


def _head(heads: dict[str, str], entity: str) -> str:
    while heads.get(entity, entity) != entity:
        entity = heads[entity]
    return entity


def _spelt(people: Sequence[Someone]) -> Iterator[Joining]:
    """Whose names share a key, each with the first of his country in its block."""
    blocks: defaultdict[Hashable, list[tuple[Someone, str]]] = defaultdict(list)
    for each in people:
        for spelling, block in {block: name for name in each.names for block in _blocks(name)}.items():
            blocks[spelling].append((each, block))
    for members in blocks.values():
        if len(members) > 1:
            yield from _within(members)


def _blocks(name: str) -> Iterator[Hashable]:
    """The name as a whole; and its first and last part, for a middle name or initial that one report leaves out."""
    said = [key(part) for part in parts(name)]
    if len(said) > 1:
        yield "".join(said)
        yield said[0], said[-1]


def _within(members: Sequence[tuple[Someone, str]]) -> Iterator[Joining]:
    first: dict[str | None, tuple[Someone, str]] = {}
    for each, name in members:
        first.setdefault(each.code, (each, name))
    countries = [code for code in first if code is not None]
    several = _of_several_middles(members)
    for each, name in members:
        code = each.code if each.code or len(countries) != 1 else countries[0]
        head, known_as = first[code]
        reason = None if head.id == each.id else _one_name(each, name, head, known_as)
        if reason and not (code in several and len(parts(name)) != len(parts(known_as))):
            yield Joining(each.id, head.id, "variant", reason)


def _of_several_middles(members: Sequence[tuple[Someone, str]]) -> set[str | None]:
    """The countries of which the middle names tell two: then a name without one could be either."""
    found: defaultdict[str | None, set[str]] = defaultdict(set)
    for each, name in members:
        middle = "".join(key(part) for part in parts(name)[1:-1] if len(part) > 1)
        if middle:
            found[each.code].add(middle)
    return {code for code, middles in found.items() if len(middles) > 1}


def _one_name(one: Someone, name: str, other: Someone, known_as: str) -> str | None:
    """Why two whose names share a key are one, if they are."""
    if (one.known and other.known) or not _middles_agree(parts(name), parts(known_as)):
        return None
    office = _office(one, other)
    if one.code is None or other.code is None:
        sure = office or (
            parts(name) == parts(known_as) and _apart(one, other) <= NEAR_DAYS and _sectors_agree(one, other)
        )
    elif parts(name) == parts(known_as):
        sure = True
    else:
        sure = alike(*_without_middles(name, known_as)) and (
            office or (one.sector is not None and one.sector == other.sector)
        )
    return f"{name}, {known_as}: one name{_said(one, other, office)}" if sure else None


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the parts between first and last say the same, or one name has none or initials only."""
    middles = [[part for part in name[1:-1] if len(part) > 1] for name in (one, other)]
    return not all(middles) or "".join(map(key, one)) == "".join(map(key, other))


def _without_middles(*names: str) -> list[str]:
    """The names by first and last part, where not all of them have a part between these."""
    said = [
        [part for at, part in enumerate(found) if at in (0, len(found) - 1) or len(part) > 1]
        for found in map(parts, names)
    ]
    shortest = min(map(len, said))
    return [" ".join((found[0], found[-1]) if shortest < 3 and len(found) > 2 else found) for found in said]


def _office(one: Someone, other: Someone) -> str | None:
    return min(one.offices & other.offices, default=None)


def _sectors_agree(one: Someone, other: Someone) -> bool:
    return one.sector is None or other.sector is None or one.sector == other.sector


def _apart(one: Someone, other: Someone) -> int:
    """The days between the times in which two are told of; a large number where these are not known."""
    if not (one.first and one.last and other.first and other.last):
        return SAME_TIME_DAYS
    return max((one.first - other.last).days, (other.first - one.last).days, 0)


def _said(one: Someone, other: Someone, office: str | None) -> str:
    shared = one.code if one.code == other.code else None
    return "".join(f", {told}" for told in (shared, office and f"both {office}") if told)


def _surname(name: str, code: str | None) -> str:
    said = parts(name)
    return key(said[0] if code in FAMILY_FIRST else said[-1])


def _by_surname(alone: Sequence[Someone], full: Sequence[Someone], heads: dict[str, str]) -> Iterator[Joining]:
    bearers: defaultdict[Hashable, dict[str, list[Someone]]] = defaultdict(lambda: defaultdict(list))
    for each in full:
        if each.code:
            bearers[_surname(each.names[0], each.code), each.code][_head(heads, each.id)].append(each)
    for each in alone:
        found = _bearer(each, list(bearers.get((_surname(each.names[0], each.code), each.code), {}).values()))
        if found:
            yield found


def _bearer(alone: Someone, several: Sequence[Sequence[Someone]]) -> Joining | None:
    """The one who can be meant by a surname, if it is one: by an office that both hold, else by being the only one."""
    near = [group for group in several if min(_apart(alone, each) for each in group) < SAME_TIME_DAYS]
    sharing = [next((e for e in group if _office(alone, e)), None) for group in near]
    holders = [each for each in sharing if each is not None]
    if holders or len(several) != 1 or not near:
        return _surname_of(alone, holders[0], "office") if len(holders) == 1 else None
    told_otherwise = alone.offices and any(each.offices for each in near[0])
    fits = not told_otherwise and _sectors_agree(alone, near[0][0])
    return _surname_of(alone, near[0][0], "surname") if fits else None


def _surname_of(alone: Someone, other: Someone, basis: str) -> Joining | None:
    if alone.known and other.known:
        return None
    office = _office(alone, other)
    only = "" if office else ", the only one of the name"
    return Joining(
        alone.id, other.id, basis, f"{alone.names[0]}: surname of {other.names[0]}{_said(alone, other, office)}{only}"
    )


def _by_initials(bodies: Sequence[Someone]) -> Iterator[Joining]:
    of: defaultdict[str, dict[str, tuple[Someone, str]]] = defaultdict(dict)
    for each in bodies:
        for name in each.names:
            initials = acronym(name)
            if initials:
                of[initials].setdefault(each.id, (each, name))
    for each in bodies:
        if each.names[0] in of:
            yield from _initialled(each, list(of[each.names[0]].values()))


def _initialled(short: Someone, several: Sequence[tuple[Someone, str]]) -> Iterator[Joining]:
    """The one body whose initials these are; where they are those of two, nobody."""
    fitting = [(each, name) for each, name in several if each.id != short.id and each.code == short.code]
    if len(fitting) == 1 and not (short.known and fitting[0][0].known):
        other, name = fitting[0]
        yield Joining(short.id, other.id, "initials", f"{short.names[0]}: initials of {name}")
