"""Events as flat rows with the ids that lead to their evidence: a page of them in any order, counted whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.model import When
from dragoman.record import Asked, identity
from dragoman.views.scope import Scope, status_of
from dragoman.views.show import day

# The orders a list of events can have; events without the value stand last in either direction.
SORTS = {
    "day": "f.when_start {d} NULLS LAST, f.when_end {d}, f.article, f.sequence, f.event",
    "confidence": "f.confidence {d}, f.when_start NULLS LAST, f.event",
    "reports": "f.reports {d}, f.when_start NULLS LAST, f.event",
    "stories": "f.stories {d}, f.when_start NULLS LAST, f.event",
    "score": "f.score {d}, f.when_start NULLS LAST, f.event",
    "category": "f.category {d}, f.when_start NULLS LAST, f.event",
}
LIMIT = 100  # a page that a reader still looks through


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in an event: ``entity`` leads to the entity's page; ``office`` is the one named or known there."""

    entity: str
    name: str
    code: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event in words. ``event``, ``article`` and ``sequence`` lead to its evidence: the report that speaks for it.

    ``day`` is the time as exactly as it is known (``2006-02``), empty where it is not; ``start`` and ``end`` are the
    first and last day it can have been; ``score`` is PLOVER's (-10 to 10); ``reports`` counts its reports, ``stories``
    the independent ones among them (0 where only imported rows tell of it).
    """

    event: str
    article: str
    sequence: int
    day: str
    start: date | None
    end: date | None
    precision: str | None
    category: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    status: str
    auxiliary: tuple[str, ...]
    quad: str
    score: float
    actors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    by: tuple[Named, ...]
    voices: tuple[str, ...]
    about: tuple[str, ...]
    place: str | None
    place_code: str | None
    sentence: str
    cue: str
    confidence: float
    reports: int
    stories: int
    outlets: tuple[str, ...]
    imported: bool
    corrected: bool


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some of the events of a scope, in order, and how many there are in all."""

    total: int
    offset: int
    rows: tuple[EventRow, ...]


def page(
    record: Asked, scope: Scope | None = None, *, sort: str = "day", limit: int = LIMIT, offset: int = 0
) -> EventPage:
    """The events of a scope from ``offset`` on, at most ``limit``; ``-day`` sorts by day downwards.

    :raises ValueError: there is no such order, or a negative number.
    :raises RecordError: the record cannot be read.
    """
    condition, values = (scope or Scope()).condition()
    if limit < 0 or offset < 0:
        raise ValueError("limit and offset are 0 or more")
    total = record.select(f"SELECT count(*) AS n FROM facts f WHERE {condition}", *values)[0]["n"]
    return EventPage(total, offset, rows(record, condition, values, sort=sort, limit=limit, offset=offset))


def ids(record: Asked, scope: Scope, *, sort: str = "day", limit: int | None = None, offset: int = 0) -> list[str]:
    """The ids of the events of a scope, in order.

    :raises ValueError: there is no such order, or a negative number.
    :raises RecordError: the record cannot be read.
    """
    if (limit or 0) < 0 or offset < 0:
        raise ValueError("limit and offset are 0 or more")
    condition, values = scope.condition()
    sql = f"SELECT f.event FROM facts f WHERE {condition} ORDER BY {_order(sort)}"
    sql += f" OFFSET {int(offset)}" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    return [row["event"] for row in record.select(sql, *values)]


def of_ids(record: Asked, ids: Iterable[str]) -> dict[str, EventRow]:
    """The rows of these events by id, rejected ones too; an id that the record does not hold is left out."""
    chosen = list(ids)
    found = rows(record, "f.event IN (SELECT unnest(?::VARCHAR[]))", [chosen], limit=len(chosen))
    return {row.event: row for row in found}


def rows(
    record: Asked,
    condition: str,
    values: Sequence[object],
    *,
    sort: str = "day",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[EventRow, ...]:
    """The events whose row ``f`` of ``facts`` meets a condition of SQL.

    :raises ValueError: there is no such order.
    """
    order = _order(sort)
    sql = f"SELECT f.* FROM facts f WHERE {condition} ORDER BY {order}"
    if limit is not None:
        # only what orders them is sorted, not whole rows: at 100,000 events a page far on takes a fifth of the time
        chosen = f"SELECT f.event FROM facts f WHERE {condition} ORDER BY {order}"
        chosen += f" LIMIT {int(limit)} OFFSET {int(offset)}"
        sql = f"SELECT f.* FROM facts f WHERE f.event IN ({chosen}) ORDER BY {order}"
    found = record.select(sql, *values)
    return tuple(_row(fact, *people) for fact, people in zip(found, _people(record, found), strict=True))


def _order(sort: str) -> str:
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise ValueError(f"no order {sort!r}: one of {', '.join(SORTS)}, with - before it for the reverse")
    return SORTS[name].format(d="DESC" if sort.startswith("-") else "ASC")


_PARTIES = f"""
SELECT p.article, p.sequence, p.role, {identity.entity("p")} AS entity, {identity.name("p")} AS name, p.text, p.code,
    p.office
FROM parties p
JOIN (SELECT unnest(?::VARCHAR[]) AS article, unnest(?::INTEGER[]) AS sequence) c
  ON c.article = p.article AND c.sequence = p.sequence
{identity.joins("p")}
ORDER BY p.article, p.sequence, p.role, p.attribution, p.position
"""

_Triple = tuple[tuple[Named, ...], tuple[Named, ...], tuple[Named, ...]]


def _people(record: Asked, found: Sequence[dict[str, Any]]) -> list[_Triple]:
    """Actors, recipients and sources of the report that speaks for each event, in the order of ``found``."""
    told = record.select(_PARTIES, [row["article"] for row in found], [row["sequence"] for row in found])
    by_role: defaultdict[tuple[str, int, str], dict[str, Named]] = defaultdict(dict)
    for row in told:
        named = Named(row["entity"], row["name"] or row["text"], row["code"], row["office"])
        by_role[row["article"], row["sequence"], row["role"]].setdefault(named.entity, named)
    corrected = _corrected(record, [row["event"] for row in found if row["corrected"]])

    def who(row: dict[str, Any], role: str) -> tuple[Named, ...]:
        read = tuple(by_role[row["article"], row["sequence"], role].values())
        return corrected.get((row["event"], role), read)

    return [(who(row, "actor"), who(row, "recipient"), who(row, "source")) for row in found]


def _corrected(record: Asked, events: list[str]) -> dict[tuple[str, str], tuple[Named, ...]]:
    """Actors and recipients of events that an analyst corrected, as he says they are."""
    told: dict[tuple[str, str], tuple[Named, ...]] = {}
    for event in record.events_of(events):
        for role, parties in (("actor", event.reports[0].actors), ("recipient", event.reports[0].recipients)):
            told[event.id, role] = tuple(Named(each.entity, each.name, each.code, each.office) for each in parties)
    return told


def _row(
    fact: dict[str, Any], actors: tuple[Named, ...], recipients: tuple[Named, ...], by: tuple[Named, ...]
) -> EventRow:
    when = None
    if fact["when_start"] is not None:
        when = When(fact["when_start"], fact["when_end"], fact["when_precision"], "publication")
    auxiliary = tuple(fact["auxiliary"])
    return EventRow(
        event=fact["event"],
        article=fact["article"],
        sequence=fact["sequence"],
        day=day(when),
        start=fact["when_start"],
        end=fact["when_end"],
        precision=fact["when_precision"],
        category=fact["category"],
        modes=tuple(fact["modes"]),
        contexts=tuple(fact["contexts"]),
        status=status_of(auxiliary),
        auxiliary=auxiliary,
        quad=fact["quad"],
        score=fact["score"],
        actors=actors,
        recipients=recipients,
        by=by,
        voices=tuple(fact["voices"]),
        about=tuple(fact["about"]),
        place=fact["where_name"],
        place_code=fact["where_code"],
        sentence=fact["words"],
        cue=fact["cue_text"],
        confidence=fact["confidence"],
        reports=fact["reports"],
        stories=fact["stories"],
        outlets=tuple(fact["outlets"]),
        imported=fact["imported"],
        corrected=fact["corrected"],
    )
