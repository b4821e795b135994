"""What the events of a scope are made of: every value of every facet with its count."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.record import Asked
from dragoman.views.scope import STATUS_SQL, Scope

# How a facet's values come from a row of facts. The first group has one value an event, so that its counts add up to
# the events; of the others an event can have several or none.
SINGLE = {
    "category": "f.category",
    "status": STATUS_SQL,
    "year": "CAST(year(f.when_start) AS VARCHAR)",
    "quad": "f.quad",
}
# few stand on both sides, and telling a list's values apart costs most of the time
PARTIES_SQL = """CASE WHEN list_has_any(f.actors, f.recipients) THEN list_distinct(f.actors || f.recipients)
    ELSE f.actors || f.recipients END"""
SEVERAL = {
    "country": PARTIES_SQL,
    "mode": "f.modes",
    "context": "f.contexts",
    "outlet": "f.outlets",
    "voice": "f.voices",
}
FACETS = (*SINGLE, *SEVERAL)


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet and how many events have it; None: they have none (no day, no mode, no outlet named)."""

    value: str | None
    events: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet's values, the most frequent first (years in their order)."""

    name: str
    counts: tuple[Count, ...]


def facet(record: Asked, name: str, scope: Scope | None = None) -> Facet:
    """One facet over the events of a scope.

    :raises ValueError: there is no such facet.
    :raises RecordError: the record cannot be read.
    """
    if name not in FACETS:
        raise ValueError(f"no facet {name!r}: one of {', '.join(FACETS)}")
    condition, values = (scope or Scope()).condition()
    table = f"(SELECT {SINGLE.get(name) or SEVERAL[name]} AS value FROM facts f WHERE {condition})"
    if name in SEVERAL:
        table = f"(SELECT unnest(CASE WHEN len(value) = 0 THEN [NULL] ELSE value END) AS value FROM {table})"
    order = "value NULLS LAST" if name == "year" else "events DESC, value NULLS LAST"
    sql = f"SELECT value, count(*) AS events FROM {table} GROUP BY value ORDER BY {order}"
    return Facet(name, tuple(Count(row["value"], row["events"]) for row in record.select(sql, *values)))


def facets(record: Asked, scope: Scope | None = None) -> tuple[Facet, ...]:
    """Every facet over the events of a scope, in the order of :data:`FACETS`."""
    return tuple(facet(record, name, scope) for name in FACETS)
