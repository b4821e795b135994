"""What the record can know: which outlets and days it holds, which it does not, and what official lists it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.record import Asked
from dragoman.views.scope import Scope

GAP_DAYS = 7  # days without any article that count as a gap: shorter ones are weekends and holidays
GAPS = 20  # the longest gaps that are listed


@dataclass(frozen=True, slots=True)
class OutletCoverage:
    """One outlet, or one imported data set: its articles (rows), those of them without a day, and the days they span:
    of publication; of a data set's rows without one, those of their events.

    ``origin`` is ``read``, or the format it was imported from.
    """

    outlet: str | None
    origin: str
    articles: int
    undated: int
    first: date | None
    last: date | None
    events: int


@dataclass(frozen=True, slots=True)
class YearCoverage:
    """A year of publication: articles read, days with at least one; ``events`` that lie in the year, those known from
    imports alone among them."""

    year: int
    articles: int
    days: int
    imported: int
    events: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Days from ``start`` to ``end``, both included, without any article."""

    start: date
    end: date
    days: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read and imported; ``stories`` counts the independent texts among what was read.

    ``first`` and ``last`` are days of publication of what was read; ``days`` those with an article; ``gaps`` the
    longest stretches between them without one, longest first.
    """

    articles: int
    imported: int
    stories: int
    undated: int
    failures: int
    first: date | None
    last: date | None
    days: int
    outlets: tuple[OutletCoverage, ...]
    years: tuple[YearCoverage, ...]
    gaps: tuple[Gap, ...]


def coverage(record: Asked, scope: Scope | None = None) -> Coverage:
    """What the record holds; with a scope, the articles and rows that tell of an event of it; of an outlet its own.

    :raises RecordError: the record cannot be read.
    """
    condition, values = (scope or Scope()).condition()
    whole = scope is None or scope == Scope()
    outlet = scope.outlet if scope else None
    sql = _HELD.format(condition=condition, join="LEFT JOIN" if whole else "JOIN")
    row = record.select(sql, *values, outlet, outlet)[0]
    failures = record.select("SELECT count(*) AS n FROM failures")[0]["n"]
    return Coverage(
        **{name: row[name] for name in ("articles", "imported", "stories", "undated", "first", "last", "days")},
        failures=failures,
        outlets=tuple(OutletCoverage(**each) for each in row["outlets"] or ()),
        years=_years(record, row["years"] or (), condition, values),
        gaps=tuple(Gap(**each) for each in row["gaps"] or ()),
    )


# One pass over the facts and the articles; what is counted of them comes back as lists in one row.
_HELD = f"""
WITH once AS (
    SELECT e.article, e.event, any_value(f.when_start) AS first, any_value(f.when_end) AS last
    FROM facts f JOIN event_reports e ON e.event = f.event WHERE {{condition}} GROUP BY e.article, e.event),
told AS MATERIALIZED (
    SELECT article, count(*) AS events, min(first) AS first, max(last) AS last FROM once GROUP BY article),
held AS MATERIALIZED (
    SELECT a.outlet, a.origin, a.story, a.published, a.origin = 'read' AS was_read, t.events,
        coalesce(a.published, CASE WHEN a.origin <> 'read' THEN t.first END) AS first,
        coalesce(a.published, CASE WHEN a.origin <> 'read' THEN t.last END) AS last
    FROM articles a {{join}} told t ON t.article = a.id WHERE ?::VARCHAR IS NULL OR a.outlet = ?),
outlets AS (
    SELECT outlet, origin, count(*) AS articles, count(*) FILTER (first IS NULL) AS undated, min(first) AS first,
        max(last) AS last, coalesce(sum(events), 0)::BIGINT AS events
    FROM held GROUP BY outlet, origin),
published AS MATERIALIZED (
    SELECT published AS day, count(*) AS articles FROM held
    WHERE was_read AND published IS NOT NULL GROUP BY published),
years AS (SELECT year(day) AS year, sum(articles)::BIGINT AS articles, count(*) AS days FROM published GROUP BY 1),
steps AS (SELECT day, lag(day) OVER (ORDER BY day) AS before FROM published),
gaps AS (
    SELECT before + 1 AS start, day - 1 AS end, (day - before - 1)::INTEGER AS days FROM steps
    WHERE day - before - 1 >= {GAP_DAYS} ORDER BY days DESC, start LIMIT {GAPS})
SELECT count(*) FILTER (was_read) AS articles, count(*) FILTER (NOT was_read) AS imported,
    count(DISTINCT story) FILTER (was_read) AS stories,
    count(*) FILTER (was_read AND published IS NULL) AS undated,
    min(published) FILTER (was_read) AS first, max(published) FILTER (was_read) AS last,
    (SELECT count(*) FROM published) AS days,
    (SELECT list(o ORDER BY origin <> 'read', articles DESC, outlet NULLS LAST) FROM outlets o) AS outlets,
    (SELECT list(y ORDER BY year) FROM years y) AS years,
    (SELECT list(g ORDER BY g.days DESC, g.start) FROM gaps g) AS gaps
FROM held
"""
_HAPPENED = """
SELECT year(f.when_start) AS year, count(*) AS events, count(*) FILTER (f.imported) AS imported FROM facts f
WHERE f.when_start IS NOT NULL AND {condition} GROUP BY 1
"""


def _years(
    record: Asked, read: Iterable[dict[str, Any]], condition: str, values: list[object]
) -> tuple[YearCoverage, ...]:
    """What was published in each year and what happened in it, for every year of either."""
    held = {row["year"]: row for row in read}
    events = {row["year"]: row for row in record.select(_HAPPENED.format(condition=condition), *values)}
    none = {"articles": 0, "days": 0, "imported": 0, "events": 0}
    return tuple(
        YearCoverage(**{**none, **held.get(year, {}), **events.get(year, {}), "year": year})
        for year in sorted({*held, *events})
    )
