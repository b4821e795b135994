"""Where reports disagree: on one event's day, place, parties or status, or one denying what another tells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from dragoman.record import Record
from dragoman.views.scope import HAPPENED_SQL, Scope


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what is said, in which articles (ids), by which outlets, on whose word."""

    value: str
    event: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field of an event on which its reports differ; ``denial``: an event told as happened and denied elsewhere."""

    event: str
    category: str
    field: str
    sides: tuple[Side, ...]


# The fields in which reports of one event can differ: the value in words, an unknown one contradicts nobody; what the
# reports differ by, over all values of an event; and the field that an analyst settles it with. Days of whose one holds
# the other, such as a month and a day in it, can both be right.
_DIFFER = "count(DISTINCT {value}) > 1"
_FIELDS = {
    "date": (
        "r.when_start || CASE WHEN r.when_start < r.when_end THEN '..' || r.when_end ELSE '' END",
        "max(r.when_start) > min(r.when_end)",
        "when",
    ),
    "place": ("r.where_name", _DIFFER, "where"),
    "status": (
        "CASE WHEN len(r.auxiliary) = 0 THEN 'happened' ELSE array_to_string(list_sort(r.auxiliary), ', ') END",
        _DIFFER,
        "auxiliary",
    ),
    "category": ("r.category", _DIFFER, "category"),
    "mode": ("nullif(array_to_string(list_sort(r.modes), ', '), '')", _DIFFER, "modes"),
}
_SPLIT = """
WITH settled AS (SELECT DISTINCT a.event, c.field FROM applied a JOIN corrections c ON c.id = a.correction
    WHERE c.kind = 'field'),
told AS (SELECT f.event, {tests} FROM facts f JOIN event_reports e ON e.event = f.event
    JOIN reports r ON r.article = e.article AND r.sequence = e.sequence
    WHERE f.reports > 1 AND {condition} GROUP BY f.event),
split AS (UNPIVOT told ON {names} INTO NAME field VALUE differs)
SELECT s.event, s.field FROM split s
WHERE s.differs AND NOT EXISTS (SELECT 1 FROM settled t WHERE t.event = s.event AND t.field = {settles})
ORDER BY s.event, s.field LIMIT {limit}
"""
_SIDES = """
WITH told AS (SELECT f.event, f.category, r.article, a.outlet, {value} AS value,
        (SELECT list_sort(list(DISTINCT p.name)) FROM parties p
         WHERE p.article = r.article AND p.sequence = r.sequence AND p.role = 'source') AS sources
    FROM facts f JOIN event_reports e ON e.event = f.event
    JOIN reports r ON r.article = e.article AND r.sequence = e.sequence JOIN articles a ON a.id = r.article
    WHERE f.event IN (SELECT unnest(?::VARCHAR[])))
SELECT event, any_value(category) AS category, value, list(DISTINCT article ORDER BY article) AS articles,
    list_sort(list(DISTINCT outlet) FILTER (outlet IS NOT NULL)) AS outlets,
    list_sort(list_distinct(flatten(list(coalesce(sources, []::VARCHAR[]))))) AS sources
FROM told WHERE value IS NOT NULL GROUP BY event, value ORDER BY event, count(*) DESC, value
"""
# What happened on the one side and was denied on the other: the same category between the same parties, on days that
# can be the same. Without a day nothing shows that it is the same event.
_DENIED = """
WITH chosen AS (SELECT f.* FROM facts f WHERE {condition} AND f.when_start IS NOT NULL)
SELECT f.event AS told, d.event AS denied, f.category, f.article AS told_article, d.article AS denied_article,
    f.outlets AS told_outlets, d.outlets AS denied_outlets, f.sources AS told_sources, d.sources AS denied_sources,
    f.words AS told_words, d.words AS denied_words
FROM chosen f JOIN chosen d ON d.category = f.category
    AND list_has_all(d.actors || d.recipients, f.actors || f.recipients)
    AND list_has_all(f.actors || f.recipients, d.actors || d.recipients)
    AND d.when_start <= f.when_end AND f.when_start <= d.when_end AND list_contains(d.auxiliary, 'negation')
WHERE {happened} AND len(f.actors || f.recipients) > 0
ORDER BY f.when_start DESC, f.event, d.event LIMIT {limit}
"""


def disputes(record: Record, scope: Scope, *, limit: int = 50) -> tuple[Dispute, ...]:
    """Where the reports of the events of a scope disagree, at most ``limit`` events and as many denials.

    :raises RecordError: the record cannot be read.
    """
    condition, values = scope.condition()
    split = _split(record, condition, values, limit)
    found = [each for field, events in split.items() for each in _different(record, field, events)]
    denied = record.select(_DENIED.format(condition=condition, happened=HAPPENED_SQL, limit=int(limit)), *values)
    return (*found, *(_denial(row) for row in denied))


def _split(record: Record, condition: str, values: list[object], limit: int) -> dict[str, list[str]]:
    """The ids of the events whose reports differ, by field; what an analyst has settled is no dispute any more."""
    sql = _SPLIT.format(
        tests=", ".join(f"{test.format(value=value)} AS {name}" for name, (value, test, _) in _FIELDS.items()),
        names=", ".join(_FIELDS),
        settles=f"map { ({name: by for name, (_, _, by) in _FIELDS.items()}) }[s.field]",
        condition=condition,
        limit=int(limit),
    )
    rows = record.select(sql, *values)
    return {name: [row["event"] for row in rows if row["field"] == name] for name in _FIELDS}


def _different(record: Record, field: str, events: list[str]) -> list[Dispute]:
    if not events:
        return []
    sides: defaultdict[tuple[str, str], list[Side]] = defaultdict(list)
    for row in record.select(_SIDES.format(value=_FIELDS[field][0]), events):
        side = Side(
            row["value"], row["event"], tuple(row["articles"]), tuple(row["outlets"] or ()), tuple(row["sources"])
        )
        sides[row["event"], row["category"]].append(side)
    return [Dispute(event, category, field, tuple(told)) for (event, category), told in sides.items()]


def _denial(row: dict[str, Any]) -> Dispute:
    sides = (
        Side(
            row[f"{side}_words"],
            row[side],
            (row[f"{side}_article"],),
            tuple(row[f"{side}_outlets"]),
            tuple(row[f"{side}_sources"]),
        )
        for side in ("told", "denied")
    )
    return Dispute(row["told"], row["category"], "denial", tuple(sides))
