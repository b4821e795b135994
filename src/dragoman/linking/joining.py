"""Which persons and organisations of different articles are one: by spellings, by office and surname, by initials.

Only what shares a key is compared, and each with one other of its block, so that the cost grows with the number of
names and not with that of their pairs. Precision counts for more than recall: whoever could be one of two is joined to
neither. What is one together must hold together: nobody is joined, by whatever way round, to somebody whom one article
names beside him, nor are two whom a register tells apart, or who are of two countries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from dragoman.linking.clustering import connected
from dragoman.linking.someone import (
    NEAR_DAYS,
    SAME_TIME_DAYS,
    Someone,
    apart,
    middles_agree,
    offices_conflict,
    offices_fit,
    sectors_agree,
    shared_office,
    surnames,
)
from dragoman.linking.spellings import acronym, alike, key, parts

Beside = Callable[[Mapping[str, str]], AbstractSet[str]]
"""Of entities by the group of each: the groups of which one article names two."""

# By how sure they are: what the later ones say gives way where it does not hold together with the earlier ones.
BASES = ("register", "variant", "initials", "office", "surname")


@dataclass(frozen=True, slots=True)
class Joining:
    """Two ids that are one identity. ``basis`` is variant, office, surname, initials or register; ``why`` in words."""

    entity: str
    other: str
    basis: str
    why: str


def persons(people: Iterable[Someone], beside: Beside, registered: Sequence[Joining] = ()) -> list[Joining]:
    """The joinings of persons, with those that a register tells; of a surname alone only to who bears it in full."""
    everybody = sorted(people, key=rank)
    of = {each.id: each for each in everybody}
    full = [each for each in everybody if len(parts(each.names[0])) > 1]
    found = _sound([*registered, *_spelt(full)], of, beside)
    alone = [each for each in everybody if len(parts(each.names[0])) == 1 and each.code]
    return _sound([*found, *_by_surname(alone, full, _heads(found))], of, beside)


def organisations(bodies: Iterable[Someone], beside: Beside, registered: Sequence[Joining] = ()) -> list[Joining]:
    """The joinings of organisations: initials to the one name they are of, and spellings."""
    everybody = sorted(bodies, key=rank)
    of = {each.id: each for each in everybody}
    found = _sound([*registered, *_same_body(everybody)], of, beside)
    return _sound([*found, *_by_initials(everybody, _heads(found))], of, beside)


def blocks(each: Someone, kind: str) -> set[str]:
    """What somebody must share with others of his country to be compared with them; an id of a register is one too.

    Who is of no known country is compared with those of any.
    """
    found = set(_person_blocks(each) if kind == "person" else _body_blocks(each))
    return {":".join((kind, *block)) for block in found} | ({each.id} if each.known else set())


def _person_blocks(each: Someone) -> Iterator[tuple[str, ...]]:
    yield from (block for name in each.names for block in _blocks(name))
    if each.code:
        alone = {said[0] for said in map(parts, each.names[:1]) if len(said) == 1}
        yield from ((name, each.code, "surname") for name in surnames(each.names, each.code) | alone)


def _body_blocks(each: Someone) -> Iterator[tuple[str, ...]]:
    if each.code:
        yield from ((each.code, "".join(map(key, parts(name))), "name") for name in each.names)
        initials = {acronym(name) for name in each.names} | {each.names[0]}
        yield from ((each.code, said, "initials") for said in initials if said)


def identities(joinings: Iterable[Joining], by: Callable[[str], tuple[object, ...]]) -> dict[str, str]:
    """Whom each joined entity is: the first ``by`` rank of all that hang together; itself is left out."""
    heads = _heads(joinings)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for entity, head in heads.items():
        groups[head].append(entity)
    chief = {head: min(several, key=by) for head, several in groups.items()}
    return {each: chief[heads[each]] for each in sorted(heads) if each != chief[heads[each]]}


def rank(each: Someone) -> tuple[object, ...]:
    """Whose id stands for all that are one: a register's, one made from a full name, the one of most articles."""
    return not each.known, len(parts(each.names[0])) == 1, -each.articles, each.id


def _heads(joinings: Iterable[Joining]) -> dict[str, str]:
    """The first id, by the alphabet, of the group of each that is joined."""
    pairs = [(each.entity, each.other) for each in joinings]
    groups = connected(sorted({each for pair in pairs for each in pair}), pairs)
    return {each: min(group) for group in groups for each in group}


def _sound(joinings: Iterable[Joining], of: Mapping[str, Someone], beside: Beside) -> list[Joining]:
    """The joinings without those of groups that do not hold together: of these the least sure kind goes, then the
    next, until what is left does."""
    left = list({(each.entity, each.other): each for each in joinings if each.entity != each.other}.values())
    while True:
        heads = _heads(left)
        bad = beside(heads) | _torn(heads, of)
        if not bad:
            return left
        worst: dict[str, int] = {}
        for each in left:
            head = heads[each.entity]
            worst[head] = max(worst.get(head, 0), BASES.index(each.basis))
        left = [e for e in left if heads[e.entity] not in bad or BASES.index(e.basis) < worst[heads[e.entity]]]


def _torn(heads: Mapping[str, str], of: Mapping[str, Someone]) -> set[str]:
    """The groups with two of a register, of Wikidata or of different countries."""
    told: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each, head in heads.items():
        someone = of.get(each)
        if someone is None or someone.known:  # whom nothing tells of is known from a register alone
            told[head, "register"].add((someone and someone.item) or each)
        if someone and someone.code:
            told[head, "country"].add(someone.code)
    return {head for (head, _), several in told.items() if len(several) > 1}


def _spelt(people: Sequence[Someone]) -> Iterator[Joining]:
    """Whose names share a key, each with the first of his country in its block."""
    sharing: defaultdict[Hashable, list[tuple[Someone, str]]] = defaultdict(list)
    for each in people:
        said = {block: name for name in reversed(each.names) for block in _blocks(name)}
        for block in said:
            sharing[block].append((each, said[block]))
    for members in sharing.values():
        if len(members) > 1:
            yield from _within(members)


def _blocks(name: str) -> Iterator[tuple[str, ...]]:
    """The name as a whole; and its first and last part, for a middle name or initial that one report leaves out."""
    said = [key(part) for part in parts(name)]
    if len(said) > 1:
        yield ("".join(said),)
        yield said[0], said[-1]


def _within(members: Sequence[tuple[Someone, str]]) -> Iterator[Joining]:
    countries = sorted({each.code for each, _ in members if each.code})
    only = countries[0] if len(countries) == 1 else None
    by_country: defaultdict[str | None, list[tuple[Someone, str]]] = defaultdict(list)
    for each, name in members:
        by_country[each.code or only].append((each, name))
    for several in by_country.values():
        head, known_as = next((one for one in several if one[0].code), several[0])
        for each, name in _unmistaken(several, known_as):
            reason = None if head.id == each.id else _one_name(each, name, head, known_as)
            if reason:
                yield Joining(each.id, head.id, "variant", reason)


def _unmistaken(members: list[tuple[Someone, str]], known_as: str) -> list[tuple[Someone, str]]:
    """Those of a block who can be the first: where its middle names tell two, who has another or none is neither."""
    middles = sorted({parts(name) for _, name in members if len(parts(name)) > 2})
    if all(middles_agree(one, other) for one, other in combinations(middles, 2)):
        return members
    return [(each, name) for each, name in members if parts(name) == parts(known_as)]


def _one_name(one: Someone, name: str, other: Someone, known_as: str) -> str | None:
    """Why two whose names share a key are one, if they are."""
    said, known = parts(name), parts(known_as)
    if offices_conflict(one, other) or not middles_agree(said, known) or not alike(*_without_middles(said, known)):
        return None
    office = shared_office(one, other)
    if one.code and other.code:
        same_time = apart(one, other) < SAME_TIME_DAYS and one.sector is not None and one.sector == other.sector
        sure = said == known or office is not None or same_time
    else:
        near = apart(one, other) <= NEAR_DAYS
        sure = near and (office is not None or (said == known and sectors_agree(one, other)))
    return f"{name}, {known_as}: one name{_said(one, other, office)}" if sure else None


def _without_middles(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str]:
    """Two names; by first and last part alone where one has nothing between them, or initials."""
    initials = any(len(part) == 1 for said in (one, other) for part in said[1:-1])
    as_a_whole = "".join(map(key, one)) == "".join(map(key, other))
    if as_a_whole or not (initials or min(len(one), len(other)) == 2):
        return " ".join(one), " ".join(other)
    return f"{one[0]} {one[-1]}", f"{other[0]} {other[-1]}"


def _said(one: Someone, other: Someone, office: str | None) -> str:
    shared = one.code if one.code == other.code else None
    return "".join(f", {told}" for told in (shared, office and f"both {office}") if told)


def _by_surname(alone: Sequence[Someone], full: Sequence[Someone], heads: Mapping[str, str]) -> Iterator[Joining]:
    bearers: defaultdict[Hashable, dict[str, list[Someone]]] = defaultdict(lambda: defaultdict(list))
    for each in full:
        if each.code:
            for surname in surnames(each.names, each.code):
                bearers[surname, each.code][heads.get(each.id, each.id)].append(each)
    for each in alone:
        found = _bearer(each, list(bearers.get((parts(each.names[0])[0], each.code), {}).values()))
        if found:
            yield found


def _bearer(alone: Someone, several: Sequence[Sequence[Someone]]) -> Joining | None:
    """The one who can be meant by a surname, if it is one: of those told of at that time, by what offices they hold."""
    near = [group for group in several if min(apart(alone, each) for each in group) < SAME_TIME_DAYS]
    fitting = [group for group in near if _group_fits(alone, group)]
    if len(fitting) != 1 or not _covers(fitting[0], alone):
        return None
    office, other = next(
        ((office, each) for each in fitting[0] if (office := shared_office(alone, each))), (None, fitting[0][0])
    )
    if office is None and (len(near) > 1 or not sectors_agree(alone, other)):
        return None
    only = "" if office else ", the only one of the name then"
    why = f"{alone.names[0]}: surname of {other.names[0]}{_said(alone, other, office)}{only}"
    return Joining(alone.id, other.id, "office" if office else "surname", why)


def _group_fits(alone: Someone, group: Sequence[Someone]) -> bool:
    """Whether his offices may be those of one who has these ids."""
    held = [each for each in group if each.offices]
    return not held or any(offices_fit(alone, each) for each in held)


def _covers(group: Sequence[Someone], alone: Someone) -> bool:
    """Whether all that is told of a surname is told within the time of him: else it may be of several people."""
    if not (alone.first and alone.last):
        return False
    first = min(each.first for each in group if each.first)
    last = max(each.last for each in group if each.last)
    return (first - alone.first).days < SAME_TIME_DAYS and (alone.last - last).days < SAME_TIME_DAYS


def _same_body(bodies: Sequence[Someone]) -> Iterator[Joining]:
    """Organisations of one country whose names are one, letter for letter or nearly."""
    sharing: defaultdict[Hashable, list[tuple[Someone, str]]] = defaultdict(list)
    for each in bodies:
        for name in each.names:
            if each.code and len(parts(name)) > 1:
                sharing[each.code, "".join(map(key, parts(name)))].append((each, name))
    for members in sharing.values():
        head, known_as = members[0]
        for each, name in members[1:]:
            same = parts(name) == parts(known_as) or alike(name, known_as)
            if each.id != head.id and same and each.sector == head.sector:
                yield Joining(each.id, head.id, "variant", f"{name}, {known_as}: one name{_said(each, head, None)}")


def _by_initials(bodies: Sequence[Someone], heads: Mapping[str, str]) -> Iterator[Joining]:
    of: defaultdict[Hashable, dict[str, tuple[Someone, str]]] = defaultdict(dict)
    for each in bodies:
        for name in each.names:
            initials = acronym(name)
            if initials and each.code:
                of[initials, each.code].setdefault(heads.get(each.id, each.id), (each, name))
    for each in bodies:
        itself = heads.get(each.id, each.id)
        others = [body for head, body in of.get((each.names[0], each.code), {}).items() if head != itself]
        yield from _initialled(each, others)


def _initialled(short: Someone, several: Sequence[tuple[Someone, str]]) -> Iterator[Joining]:
    """The one body whose initials these are; where they are those of two, nobody."""
    if len(several) == 1 and sectors_agree(short, several[0][0]):
        other, name = several[0]
        yield Joining(short.id, other.id, "initials", f"{short.names[0]}: initials of {name}")
