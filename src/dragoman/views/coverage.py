"""What the record can know: which outlets and days it holds, which it does not, and what official lists it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.record import Record
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
    """What was read and imported. ``first`` and ``last`` are days of publication of what was read; ``days`` those
    with an article; ``gaps`` the longest stretches between them without one, longest first."""

    articles: int
    imported: int
    undated: int
    failures: int
    first: date | None
    last: date | None
    days: int
    outlets: tuple[OutletCoverage, ...]
    years: tuple[YearCoverage, ...]
    gaps: tuple[Gap, ...]


def coverage(record: Record, scope: Scope | None = None) -> Coverage:
    """What the record holds; with a scope, the articles and rows that tell of an event of it.

    :raises RecordError: the record cannot be read.
    """
    articles, values = _articles(scope)
    total = record.select(_TOTAL.format(articles=articles), *values)[0]
    failures = record.select("SELECT count(*) AS n FROM failures")[0]["n"]
    return Coverage(
        **total,
        failures=failures,
        outlets=_outlets(record, articles, values),
        years=_years(record, articles, values, scope),
        gaps=_gaps(record, articles, values),
    )


_TOTAL = """
SELECT count(*) FILTER (origin = 'read') AS articles, count(*) FILTER (origin <> 'read') AS imported,
    count(*) FILTER (origin = 'read' AND published IS NULL) AS undated,
    min(published) FILTER (origin = 'read') AS first, max(published) FILTER (origin = 'read') AS last,
    count(DISTINCT published) FILTER (origin = 'read') AS days
FROM {articles} a
"""
_OUTLETS = """
WITH told AS (SELECT r.article, count(DISTINCT r.event) AS events, min(r.when_start) AS first, max(r.when_end) AS last
    FROM reports r GROUP BY r.article)
SELECT a.outlet, a.origin, count(*) AS articles,
    count(*) FILTER (a.published IS NULL AND (a.origin = 'read' OR t.first IS NULL)) AS undated,
    min(coalesce(a.published, CASE WHEN a.origin <> 'read' THEN t.first END)) AS first,
    max(coalesce(a.published, CASE WHEN a.origin <> 'read' THEN t.last END)) AS last,
    coalesce(sum(t.events), 0)::BIGINT AS events
FROM {articles} a LEFT JOIN told t ON t.article = a.id
GROUP BY outlet, origin ORDER BY origin <> 'read', articles DESC, outlet NULLS LAST
"""
_YEARS = """
WITH held AS (SELECT year(published) AS year, count(*) FILTER (origin = 'read') AS articles,
        count(DISTINCT published) FILTER (origin = 'read') AS days
    FROM {articles} a WHERE published IS NOT NULL GROUP BY 1),
happened AS (SELECT year(f.when_start) AS year, count(*) AS events,
        count(*) FILTER (f.imported) AS imported FROM facts f
    WHERE f.when_start IS NOT NULL AND {condition} GROUP BY 1)
SELECT year, coalesce(articles, 0) AS articles, coalesce(days, 0) AS days, coalesce(imported, 0) AS imported,
    coalesce(events, 0) AS events
FROM held FULL JOIN happened USING (year) ORDER BY year
"""
_GAPS = f"""
WITH seen AS (SELECT DISTINCT published AS day FROM {{articles}} a WHERE origin = 'read' AND published IS NOT NULL),
steps AS (SELECT day, lag(day) OVER (ORDER BY day) AS before FROM seen)
SELECT before + 1 AS start, day - 1 AS end, (day - before - 1)::INTEGER AS days FROM steps
WHERE day - before - 1 >= {GAP_DAYS} ORDER BY days DESC, start LIMIT {GAPS}
"""


def _articles(scope: Scope | None) -> tuple[str, list[object]]:
    """The articles to look at as a table of SQL, and its parameters."""
    if scope is None or scope == Scope():
        return "articles", []
    condition, values = scope.condition()
    told = f"SELECT e.article FROM event_reports e JOIN facts f ON f.event = e.event WHERE {condition}"
    return f"(SELECT * FROM articles WHERE id IN ({told}))", values


def _outlets(record: Record, articles: str, values: list[object]) -> tuple[OutletCoverage, ...]:
    return tuple(OutletCoverage(**row) for row in record.select(_OUTLETS.format(articles=articles), *values))


def _years(record: Record, articles: str, values: list[object], scope: Scope | None) -> tuple[YearCoverage, ...]:
    condition, more = (scope or Scope()).condition()
    rows = record.select(_YEARS.format(articles=articles, condition=condition), *values, *more)
    return tuple(YearCoverage(**row) for row in rows)


def _gaps(record: Record, articles: str, values: list[object]) -> tuple[Gap, ...]:
    return tuple(Gap(**row) for row in record.select(_GAPS.format(articles=articles), *values))
