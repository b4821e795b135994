"""One entity across articles: what each of them tells, put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from dragoman.model import Entity, Office
from dragoman.ontology.persons import slug


def merge_all(entities: Iterable[Entity]) -> Iterator[Entity]:
    """The entities with one row for each id, sorted by id."""
    by_id: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_id[entity.id].append(entity)
    for key in sorted(by_id):
        yield merge(by_id[key])


def merge(entities: Iterable[Entity]) -> Entity:
    """One entity from what several articles tell of it, the same whatever their order.

    Name, kind, code, sector and Wikidata id are those most articles give; the names that lose become aliases,
    the sectors that lose other sectors. Merging a merged entity changes nothing.

    :raises ValueError: there is no entity, or they do not share one id.
    """
    rows = list(entities)
    if len({row.id for row in rows}) != 1:
        raise ValueError("only entities of one id can be merged")
    name = _commonest((row.name for row in rows), of=rows[0].id) or ""
    sector = _commonest(row.sector for row in rows)
    names = {known for row in rows for known in (row.name, *row.aliases)}
    sectors = {known for row in rows for known in (row.sector, *row.other_sectors) if known}
    return Entity(
        id=rows[0].id,
        kind=min(Counter(row.kind for row in rows).items(), key=lambda item: (-item[1], item[0]))[0],
        name=name,
        code=_commonest(row.code for row in rows),
        sector=sector,
        other_sectors=tuple(sorted(sectors - {sector})),
        aliases=tuple(sorted(names - {name})),
        offices=merge_offices(office for row in rows for office in row.offices),
        wikidata_id=_commonest(row.wikidata_id for row in rows),
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


def _commonest(values: Iterable[str | None], *, of: str = "") -> str | None:
    """The value that most rows give; None if none does.

    Among equals the one that the id ``of`` is made from, then the longer, then the first in the alphabet.
    """
    counts = Counter(value for value in values if value is not None)
    made_from = of.split(":")[1:2]
    return min(counts, key=lambda value: (-counts[value], [slug(value)] != made_from, -len(value), value), default=None)
