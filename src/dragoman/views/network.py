"""The network of actors over time: who deals with whom, how often, and how friendly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from dragoman.record import Record
from dragoman.views.scope import HAPPENED_SQL, Scope
from dragoman.views.subjects import code_name

Period = Literal["year", "all"]
EDGES = 200  # more lines than that nobody tells apart on a page
WHOLE = 10_000  # more than the pairs of two countries with all others in all directions


@dataclass(frozen=True, slots=True)
class Node:
    """A country or body: the events it stands in, within the network's edges."""

    code: str
    name: str
    events: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What happened between two codes in a period (a year, or None for all time). ``a`` acts on ``b``; where actors
    acted together without a recipient, ``a`` and ``b`` stand in the order of the alphabet and ``joint`` is set.

    ``weight`` is the sum of PLOVER scores (below 0: more conflict than cooperation), ``cooperation`` and ``conflict``
    the sums of the positive and negative ones; ``event`` is the latest as evidence.
    """

    a: str
    b: str
    joint: bool
    period: int | None
    events: int
    weight: float
    cooperation: float
    conflict: float
    event: str


@dataclass(frozen=True, slots=True)
class Network:
    """The edges of a scope, most events first, and the nodes between them; ``edges_left_out`` counts the rest."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    edges_left_out: int


# Each pair of an event once, even where a code stands on both sides; a code has no edge to itself.
_PAIRS = """
WITH chosen AS (SELECT f.* FROM facts f WHERE {condition} AND {happened}),
pairs AS (
    SELECT event, when_start, score, a, b, false AS joint FROM (
        SELECT event, when_start, score, a, unnest(recipients) AS b FROM (
            SELECT event, when_start, score, recipients, unnest(actors) AS a FROM chosen))
    WHERE a <> b
    UNION ALL
    SELECT event, when_start, score, a, b, true FROM (
        SELECT event, when_start, score, a, unnest(actors) AS b FROM (
            SELECT event, when_start, score, actors, unnest(actors) AS a FROM chosen
            WHERE len(recipients) = 0 AND len(actors) > 1))
    WHERE a < b)
SELECT a, b, joint, {period} AS period, count(*) AS events, coalesce(sum(score), 0) AS weight,
    coalesce(sum(score) FILTER (score > 0), 0) AS cooperation, coalesce(sum(score) FILTER (score < 0), 0) AS conflict,
    arg_max(event, (coalesce(when_start, DATE '0001-01-01'), event)) AS event, count(*) OVER () AS edges
FROM pairs {dated} GROUP BY ALL ORDER BY events DESC, a, b, joint, period LIMIT {limit}
"""


def network(record: Record, scope: Scope | None = None, *, period: Period = "all", limit: int = EDGES) -> Network:
    """Who dealt with whom in a scope, of what happened alone, by year or over all time.

    By year, undated events are left out: they lie in no year.

    :raises RecordError: the record cannot be read.
    """
    condition, values = (scope or Scope()).condition()
    by_year = period == "year"
    sql = _PAIRS.format(
        condition=condition,
        happened=HAPPENED_SQL,
        period="year(when_start)" if by_year else "NULL",
        dated="WHERE when_start IS NOT NULL" if by_year else "",
        limit=int(limit),
    )
    rows = record.select(sql, *values)
    total = rows[0]["edges"] if rows else 0
    edges = tuple(Edge(**{name: value for name, value in row.items() if name != "edges"}) for row in rows)
    return Network(_nodes(edges), edges, total - len(edges))


def around(record: Record, scope: Scope, *, limit: int = EDGES) -> Network:
    """The network of a scope; of a dyad, the two and those with whom both of them deal, since two alone are a line.

    :raises RecordError: the record cannot be read.
    """
    if len(scope.codes) != 2:
        return network(record, scope, limit=limit)
    a, b = scope.codes
    every = network(record, replace(scope, codes=(), either=scope.codes), limit=WHOLE).edges
    known = {a, b} | (_met(a, every) & _met(b, every))
    edges = [each for each in every if {each.a, each.b} <= known and {each.a, each.b} & {a, b}]
    ordered = sorted(edges, key=lambda each: {each.a, each.b} != {a, b})  # the two first, whatever is cut
    return Network(_nodes(tuple(ordered[:limit])), tuple(ordered[:limit]), len(ordered[limit:]))


def _met(code: str, edges: tuple[Edge, ...]) -> set[str]:
    return {each.a if each.b == code else each.b for each in edges if code in (each.a, each.b)}


def _nodes(edges: tuple[Edge, ...]) -> tuple[Node, ...]:
    counts: dict[str, int] = {}
    for edge in edges:
        for code in (edge.a, edge.b):
            counts[code] = counts.get(code, 0) + edge.events
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Node(code, code_name(code), events) for code, events in ordered)
