"""One entity across articles: what each of them tells, put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from dragoman.model import Entity, Office
from dragoman.ontology.persons import slug

Value = TypeVar("Value", bound=str)


def merge_counted(counted: Iterable[tuple[Entity, int]]) -> Iterator[Entity]:
    """The entities with one row for each id, sorted by id; each comes with how many articles tell just this."""
    by_id: defaultdict[str, list[tuple[Entity, int]]] = defaultdict(list)
    for entity, times in counted:
        by_id[entity.id].append((entity, times))
    for key in sorted(by_id):
        yield _merged(by_id[key])


def merge(entities: Iterable[Entity]) -> Entity:
    """One entity from what several articles tell of it, the same whatever their order.

    Name, kind, code, sector and Wikidata id are those most articles give; the names that lose become aliases,
    the sectors that lose other sectors. Merging a merged entity changes nothing.

    :raises ValueError: there is no entity, or they do not share one id.
    """
    rows = list(entities)
    if len({row.id for row in rows}) != 1:
        raise ValueError("only entities of one id can be merged")
    return _merged([(row, 1) for row in rows])


def _merged(rows: Sequence[tuple[Entity, int]]) -> Entity:
    id, told = rows[0][0].id, [row for row, _ in rows]
    name = _commonest(((row.name, n) for row, n in rows), of=id) or ""
    sector = _commonest((row.sector, n) for row, n in rows)
    kinds = _counts((row.kind, n) for row, n in rows)
    names = {known for row in told for known in (row.name, *row.aliases)}
    sectors = {known for row in told for known in (row.sector, *row.other_sectors) if known}
    return Entity(
        id=id,
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        name=name,
        code=_commonest((row.code, n) for row, n in rows),
        sector=sector,
        other_sectors=tuple(sorted(sectors - {sector})),
        aliases=tuple(sorted(names - {name})),
        offices=merge_offices(office for row in told for office in row.offices),
        wikidata_id=_commonest((row.wikidata_id, n) for row, n in rows),
    )


def merge_offices(offices: Iterable[Office]) -> tuple[Office, ...]:
    """Offices with one row for each (office, country, former), in any letter case: held ones first, then by name.

    The row keeps the earliest day it is known from, the latest day it is known until, and the first evidence
    in the order of article ids.
    """
    by_key: defaultdict[tuple[bool, str, str, bool], list[Office]] = defaultdict(list)
    for office in offices:
        by_key[office.former, office.office.casefold(), office.country or "", office.country is None].append(office)
    return tuple(_merge_office(by_key[key]) for key in sorted(by_key))


def _merge_office(rows: list[Office]) -> Office:
    evidence = [row.evidence for row in rows if row.evidence]
    since: list[date] = [row.since for row in rows if row.since]
    until: list[date] = [row.until for row in rows if row.until]
    return Office(
        office=min(row.office for row in rows),
        country=rows[0].country,
        former=rows[0].former,
        since=min(since, default=None),
        until=max(until, default=None),
        evidence=min(evidence, key=lambda span: (span.article, span.start, span.end), default=None),
    )


def _counts(values: Iterable[tuple[Value, int]]) -> Counter[Value]:
    counts: Counter[Value] = Counter()
    for value, times in values:
        counts[value] += times
    return counts


def _commonest(values: Iterable[tuple[str | None, int]], *, of: str = "") -> str | None:
    """The value that most articles give, of how many give each; None if none does.

    Among equals the one that the id ``of`` is made from, then the longer, then the first in the alphabet.
    """
    counts = _counts((value, times) for value, times in values if value is not None)
    made_from = of.split(":")[1:2]
    return min(counts, key=lambda value: (-counts[value], [slug(value)] != made_from, -len(value), value), default=None)
