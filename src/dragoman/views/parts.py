"""The parts of a dossier, each one question of SQL over the facts of a scope."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dragoman.record import Asked, identity
from dragoman.views.facets import PARTIES_SQL, Count, facet
from dragoman.views.rows import EventRow, rows
from dragoman.views.scope import HAPPENED_SQL, STATUS_SQL, Scope
from dragoman.views.subjects import Subject, code_name


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """Events of one category by the status each counts under; ``score`` is the mean PLOVER score of what happened."""

    category: str
    quad: str
    happened: int
    historical: int
    standing: int
    future: int
    desired: int
    hypothetical: int
    negation: int
    total: int
    score: float | None


@dataclass(frozen=True, slots=True)
class YearCount:
    """Events of one category and status whose first possible day lies in the year; None: nothing tells the day."""

    year: int | None
    category: str
    status: str
    events: int


@dataclass(frozen=True, slots=True)
class YearBalance:
    """Cooperation and conflict of what happened in a year, by PLOVER's quad classes; ``cooperation`` and ``conflict``
    are the sums of the positive and of the negative PLOVER scores, ``score`` both together."""

    year: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    cooperation: float
    conflict: float
    score: float


@dataclass(frozen=True, slots=True)
class Direction:
    """What happened from an actor to a recipient; ``recipient`` is None for what actors did together."""

    actor: str
    recipient: str | None
    events: int
    cooperation: float
    conflict: float
    last: date | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody on whose word events stand. ``code`` is the country or body he speaks for, ``office`` the one most often
    given; ``anonymous`` counts the events where the text keeps him unnamed; ``event`` is the latest as evidence."""

    entity: str
    name: str
    code: str | None
    office: str | None
    events: int
    anonymous: int
    outlets: int
    event: str


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place of events, with coordinates in degrees (WGS 84) where they are known; ``event`` is the latest."""

    name: str
    code: str | None
    latitude: float | None
    longitude: float | None
    events: int
    event: str


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Another country or body: how many events it is a party to, and how many are about it; ``event`` is the latest."""

    code: str
    name: str
    party: int
    about: int
    event: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity that a report ties to an event, with its words."""

    value: float
    unit: str | None
    of: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A habit or a lasting state of affairs, with its quantities ("buys 90 percent of its equipment from")."""

    row: EventRow
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office that articles give to a person: ``since`` and ``until`` as far as they are told, ``first`` and ``last``
    the days of publication between which articles say so; ``words`` with ``article`` and ``start`` are the evidence."""

    entity: str
    name: str
    office: str
    country: str | None
    former: bool
    since: date | None
    until: date | None
    first: date | None
    last: date | None
    articles: int
    article: str
    start: int | None
    words: str | None


# What was agreed bears the day of what it is about, which may be to come.
_DATED = f"{HAPPENED_SQL} AND f.category <> 'AGREE'"


def totals(record: Asked, scope: Scope) -> dict[str, Any]:
    """Events, happened, imported, reports, first and last of a scope, by these names."""
    condition, values = scope.condition()
    sql = f"""SELECT count(*) AS events, count(*) FILTER ({HAPPENED_SQL}) AS happened,
        count(*) FILTER (f.imported) AS imported, coalesce(sum(f.reports), 0)::BIGINT AS reports,
        min(f.when_start) FILTER ({_DATED}) AS first, max(f.when_end) FILTER ({_DATED}) AS last
        FROM facts f WHERE {condition}"""
    return record.select(sql, *values)[0]


def categories(record: Asked, scope: Scope) -> tuple[CategoryCount, ...]:
    """The categories of a scope, the most frequent first."""
    condition, values = scope.condition()
    counts = ", ".join(
        f"count(*) FILTER (status = '{each}') AS {each}"
        for each in ("happened", "historical", "standing", "future", "desired", "hypothetical", "negation")
    )
    sql = f"""SELECT category, first(quad) AS quad, {counts}, count(*) AS total,
        avg(score) FILTER (status IN ('happened', 'historical')) AS score
        FROM (SELECT f.category, f.quad, f.score, {STATUS_SQL} AS status FROM facts f WHERE {condition})
        GROUP BY category ORDER BY total DESC, category"""
    return tuple(CategoryCount(**row) for row in record.select(sql, *values))


def years(record: Asked, scope: Scope) -> tuple[YearCount, ...]:
    """Events by year, category and status; undated ones last."""
    condition, values = scope.condition()
    sql = f"""SELECT year(f.when_start) AS year, f.category, {STATUS_SQL} AS status, count(*) AS events
        FROM facts f WHERE {condition} GROUP BY ALL ORDER BY year NULLS LAST, category, status"""
    return tuple(YearCount(**row) for row in record.select(sql, *values))


def balance(record: Asked, scope: Scope) -> tuple[YearBalance, ...]:
    """What happened by year, oldest first; undated events have no year and are left out."""
    condition, values = scope.condition()
    quads = ", ".join(
        f"count(*) FILTER (f.quad = '{each}') AS {each}"
        for each in ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    )
    sql = f"""SELECT year(f.when_start) AS year, {quads}, {_SUMS}, coalesce(sum(f.score), 0) AS score
        FROM facts f WHERE {condition} AND {HAPPENED_SQL} AND f.when_start IS NOT NULL GROUP BY 1 ORDER BY 1"""
    return tuple(YearBalance(**row) for row in record.select(sql, *values))


_SUMS = """coalesce(sum(f.score) FILTER (f.score > 0), 0) AS cooperation,
    coalesce(sum(f.score) FILTER (f.score < 0), 0) AS conflict"""


def directions(record: Asked, scope: Scope) -> tuple[Direction, ...]:
    """Who did what happened to whom: pairs of codes within the scope's, the most frequent first.

    Where a scope names codes, only they are told; an event of several actors or recipients counts in each pair.
    """
    condition, values = scope.condition()
    among = (
        ""
        if len(scope.codes) < 2
        else "WHERE list_contains($codes, actor) AND (recipient IS NULL OR list_contains($codes, recipient))"
    )
    # one list taken apart after the other: both in one SELECT go side by side, and a join takes eight times as long
    sql = f"""SELECT actor, recipient, count(*) AS events, {_SUMS}, max(when_end) AS last FROM (
        SELECT actor, unnest(recipients) AS recipient, score, when_end FROM (
            SELECT unnest(f.actors) AS actor, CASE WHEN len(f.recipients) = 0 THEN [NULL] ELSE f.recipients END
                AS recipients, f.score, f.when_end
            FROM facts f WHERE {condition} AND {HAPPENED_SQL})) f {among}
        GROUP BY actor, recipient ORDER BY events DESC, actor, recipient NULLS LAST LIMIT 100"""
    if not among:
        return tuple(Direction(**row) for row in record.select(sql, *values))
    sql = sql.replace("$codes", "?::VARCHAR[]")
    return tuple(Direction(**row) for row in record.select(sql, *values, list(scope.codes), list(scope.codes)))


def voices(record: Asked, scope: Scope) -> tuple[Count, ...]:
    """Events by the voice they stand on: own, named, anonymous; an event can stand on several.

    What imported rows alone tell is left out: a list has no voice.
    """
    return facet(record, "voice", replace(scope, reported=True)).counts


def contexts(record: Asked, scope: Scope) -> tuple[Count, ...]:
    """Events by context, the most frequent first."""
    return facet(record, "context", scope).counts


# The id of the latest event of a group: undated ones are never the latest where there are dated ones.
_LATEST = "arg_max(f.event, (coalesce(f.when_start, DATE '0001-01-01'), f.event))"
# Who speaks most is known from the facts alone; only of those are the names and offices gathered from their mentions.
_SPEAKERS = f"""
WITH top AS MATERIALIZED (
    SELECT entity, count(*) AS events, {_LATEST} AS event
    FROM (SELECT f.event, f.when_start, unnest(f.sources) AS entity FROM facts f WHERE {{condition}}) f
    GROUP BY entity ORDER BY events DESC, entity LIMIT {{limit}}),
said AS MATERIALIZED (
    SELECT {identity.entity("p")} AS entity, e.event, {identity.name("p")} AS name, p.code, p.office, n.anonymous,
        a.outlet
    FROM facts f JOIN event_reports e ON e.event = f.event
    JOIN parties p ON p.article = e.article AND p.sequence = e.sequence
    JOIN attributions n ON n.article = p.article AND n.sequence = p.sequence AND n.number = p.attribution
    JOIN articles a ON a.id = p.article
    {identity.joins("p")}
    WHERE {{condition}} AND p.role = 'source'
        AND {identity.entity("p")} IN (SELECT entity FROM top)),
called AS (SELECT entity, mode(name) AS name, mode(code) AS code, mode(office) AS office FROM said GROUP BY entity),
-- groups of groups: to count what differs within a group takes twice as long
heard AS (SELECT entity, count(outlet) AS outlets FROM (SELECT DISTINCT entity, outlet FROM said) GROUP BY entity),
hidden AS (SELECT entity, count(*) AS anonymous
    FROM (SELECT DISTINCT entity, event FROM said WHERE anonymous) GROUP BY entity)
SELECT entity, t.events, t.event, c.name, c.code, c.office, coalesce(h.anonymous, 0) AS anonymous, o.outlets
FROM top t JOIN called c USING (entity) JOIN heard o USING (entity) LEFT JOIN hidden h USING (entity)
ORDER BY events DESC, name, entity
"""


def speakers(record: Asked, scope: Scope, *, limit: int) -> tuple[Speaker, ...]:
    """On whose word the events stand, those who speak most often first."""
    condition, values = scope.condition()
    found = record.select(_SPEAKERS.format(condition=condition, limit=int(limit)), *values, *values)
    return tuple(Speaker(**row) for row in found)


def places(record: Asked, scope: Scope, *, limit: int) -> tuple[PlaceCount, ...]:
    """Where the events of a scope were, the most frequent place first."""
    condition, values = scope.condition()
    sql = f"""SELECT f.where_name AS name, f.where_code AS code, any_value(f.where_latitude) AS latitude,
        any_value(f.where_longitude) AS longitude, count(*) AS events, {_LATEST} AS event
        FROM facts f WHERE {condition} AND f.where_name IS NOT NULL
        GROUP BY f.where_name, f.where_code ORDER BY events DESC, name, code LIMIT {int(limit)}"""
    return tuple(PlaceCount(**row) for row in record.select(sql, *values))


def third_parties(record: Asked, scope: Scope, subject: Subject, *, limit: int) -> tuple[ThirdParty, ...]:
    """The codes that stand in the events beside the subject's own, or that the events are about."""
    condition, values = scope.condition()
    sql = f"""SELECT code, count(*) FILTER (party) AS party, count(*) FILTER (NOT party) AS about,
        {_LATEST} AS event FROM (
        SELECT f.event, f.when_start, unnest({PARTIES_SQL}) AS code, true AS party
            FROM facts f WHERE {condition}
        UNION ALL SELECT f.event, f.when_start, unnest(f.about), false FROM facts f WHERE {condition}) f
        WHERE NOT list_contains(?::VARCHAR[], code)
        GROUP BY code ORDER BY count(*) DESC, code LIMIT {int(limit)}"""
    own = list(subject.ids) if subject.kind in ("dyad", "country") else []
    found = record.select(sql, *values, *values, own)
    return tuple(ThirdParty(name=code_name(row["code"]), **row) for row in found)


_BESIDE = """NOT f.rejected AND list_has_any(f.actors || f.recipients, ?::VARCHAR[])
    AND EXISTS (SELECT 1 FROM quantities q WHERE q.article = f.article AND q.sequence = f.sequence)
    AND f.article IN (SELECT f.article FROM facts f WHERE {condition})"""


def standing(record: Asked, scope: Scope, *, limit: int) -> tuple[Standing, ...]:
    """Habits and lasting states of affairs, those with quantities first.

    Of a dyad also what its articles say, with a figure, of one of the two and somebody else: where its arms come from.
    """
    condition, values = scope.condition()
    if len(scope.codes) > 1:
        beside = _BESIDE.format(condition=condition)
        condition, values = f"({condition} OR {beside})", [*values, list(scope.codes), *values]
    found = rows(record, f"{condition} AND {STATUS_SQL} = 'standing'", values, sort="-confidence", limit=limit)
    amounts = _amounts(record, found)
    told = [Standing(row, amounts.get((row.article, row.sequence), ())) for row in found]
    return tuple(sorted(told, key=lambda each: not each.amounts))


_AMOUNTS = """
SELECT q.* FROM quantities q
JOIN (SELECT unnest(?::VARCHAR[]) AS article, unnest(?::INTEGER[]) AS sequence) c
  ON c.article = q.article AND c.sequence = q.sequence
ORDER BY q.article, q.sequence, q.position
"""


def _amounts(record: Asked, found: tuple[EventRow, ...]) -> dict[tuple[str, int], tuple[Amount, ...]]:
    if not found:
        return {}
    told = record.select(_AMOUNTS, [row.article for row in found], [row.sequence for row in found])
    amounts: dict[tuple[str, int], tuple[Amount, ...]] = {}
    for row in told:
        key = row["article"], row["sequence"]
        amounts[key] = (*amounts.get(key, ()), Amount(row["value"], row["unit"], row["counted"], row["words"]))
    return amounts


_HOLDER = identity.entity("e", column="id")
_OFFICES = f"""
SELECT {_HOLDER} AS entity, mode({identity.name("e")}) AS name, o.office, o.country, o.former,
    min(o.since) AS since, max(o.until) AS until, min(a.published) AS first, max(a.published) AS last,
    count(DISTINCT o.article) AS articles,
    arg_min(o.article, (o.article, o.position)) AS article, arg_min(o.starts, (o.article, o.position)) AS start,
    arg_min(o.words, (o.article, o.position)) AS words
FROM offices o JOIN entities e ON e.article = o.article AND e.id = o.entity JOIN articles a ON a.id = o.article
{identity.joins("e", column="id")}
WHERE e.kind = 'person' AND {{whose}}
GROUP BY 1, o.office, o.country, o.former
ORDER BY max(a.published) DESC NULLS LAST, articles DESC, name, o.office LIMIT {{limit}}
"""
_IN_EVENTS = """{holder} IN (SELECT DISTINCT unnest(f.actor_entities || f.recipient_entities || f.sources)
    FROM facts f WHERE {condition})"""


def offices(record: Asked, scope: Scope, subject: Subject, *, limit: int) -> tuple[OfficeHeld, ...]:
    """Offices of the person, or of those who stand or speak in the events; of a dyad only its countries' offices."""
    condition, values = scope.condition()
    whose, chosen = _IN_EVENTS.format(holder=_HOLDER, condition=condition), list(values)
    if subject.kind == "person":
        whose, chosen = f"{_HOLDER} = ?", list[object](subject.ids)
    if subject.kind in ("dyad", "country"):
        whose, chosen = f"{whose} AND list_contains(?::VARCHAR[], o.country)", [*chosen, list(subject.ids)]
    found = record.select(_OFFICES.format(whose=whose, limit=int(limit)), *chosen)
    return tuple(OfficeHeld(**row) for row in found)
