"""Where reports disagree: on one event's day, place, parties or status, or one denying what another tells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from dragoman.record import Asked
from dragoman.views.scope import HAPPENED_SQL, Scope

Row = dict[str, Any]


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
_DIFFER = "min({value}) <> max({value})"  # to count what differs takes three times as long
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
_TOLD = f"""
WITH chosen AS MATERIALIZED (
    SELECT event, article, sequence FROM event_reports WHERE event IN (SELECT unnest(?::VARCHAR[]))
), spoke AS (
    SELECT p.article, p.sequence, list(DISTINCT p.name) AS sources
    FROM chosen c JOIN parties p ON p.article = c.article AND p.sequence = c.sequence AND p.role = 'source' GROUP BY ALL
)
SELECT c.event, f.category AS of, c.article, a.outlet, coalesce(s.sources, []) AS sources,
    {", ".join(f"{value} AS {name}" for name, (value, _, _) in _FIELDS.items())}
FROM chosen c JOIN facts f ON f.event = c.event JOIN articles a ON a.id = c.article
JOIN reports r ON r.article = c.article AND r.sequence = c.sequence
LEFT JOIN spoke s ON s.article = c.article AND s.sequence = c.sequence
"""
# What happened on the one side and was denied on the other: the same category between the same parties, on days that
# can be the same. Without a day nothing shows that it is the same event.
_DENIED = """
WITH chosen AS (SELECT f.* FROM facts f WHERE {condition} AND f.when_start IS NOT NULL),
denials AS MATERIALIZED (FROM chosen WHERE list_contains(auxiliary, 'negation'))
SELECT f.event AS told, d.event AS denied, f.category, f.article AS told_article, d.article AS denied_article,
    f.outlets AS told_outlets, d.outlets AS denied_outlets, f.sources AS told_sources, d.sources AS denied_sources,
    f.words AS told_words, d.words AS denied_words
FROM chosen f JOIN denials d ON d.category = f.category
    AND list_has_all(d.actors || d.recipients, f.actors || f.recipients)
    AND list_has_all(f.actors || f.recipients, d.actors || d.recipients)
    AND d.when_start <= f.when_end AND f.when_start <= d.when_end
WHERE {happened} AND len(f.actors || f.recipients) > 0
ORDER BY f.when_start DESC, f.event, d.event LIMIT {limit}
"""


def disputes(record: Asked, scope: Scope, *, limit: int = 50) -> tuple[Dispute, ...]:
    """Where the reports of the events of a scope disagree, at most ``limit`` events and as many denials.

    :raises RecordError: the record cannot be read.
    """
    condition, values = scope.condition()
    split = _split(record, condition, values, limit)
    told = _told(record, {event for events in split.values() for event in events})
    found = [_dispute(field, told[event]) for field, events in split.items() for event in events]
    denied = record.select(_DENIED.format(condition=condition, happened=HAPPENED_SQL, limit=int(limit)), *values)
    return (*found, *(_denial(row) for row in denied))


def _split(record: Asked, condition: str, values: list[object], limit: int) -> dict[str, list[str]]:
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


def _told(record: Asked, events: set[str]) -> dict[str, list[Row]]:
    """The reports of these events, with what each says in every field."""
    told: defaultdict[str, list[Row]] = defaultdict(list)
    for row in record.select(_TOLD, sorted(events)) if events else ():
        told[row["event"]].append(row)
    return told


def _dispute(field: str, told: list[Row]) -> Dispute:
    """What the reports of one event say of a field, what most of them say first."""
    values: defaultdict[str, list[Row]] = defaultdict(list)
    for row in told:
        if row[field] is not None:
            values[row[field]].append(row)
    order = sorted(values, key=lambda value: (-len(values[value]), value))
    return Dispute(told[0]["event"], told[0]["of"], field, tuple(_side(value, values[value]) for value in order))


def _side(value: str, told: list[Row]) -> Side:
    return Side(
        value,
        told[0]["event"],
        tuple(sorted({row["article"] for row in told})),
        tuple(sorted({row["outlet"] for row in told if row["outlet"] is not None})),
        tuple(sorted({name for row in told for name in row["sources"]})),
    )


def _denial(row: Row) -> Dispute:
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
