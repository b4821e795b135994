"""Who and what the record names: a list to look through, and one of them with offices, names and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import APIRouter, Request

from dragoman.model import Entity
from dragoman.views.facets import Facet, facet
from dragoman.views.rows import EventRow
from dragoman.views.rows import page as event_page
from dragoman.views.scope import Scope
from dragoman.web.asking import Kept, Paged, Word, asked
from dragoman.web.changes import signature_of
from dragoman.web.forms import Page, Row, add
from dragoman.web.refusal import missing
from dragoman.web.render import with_query

router = APIRouter(tags=["entities"])

LATEST = 10


@dataclass(frozen=True, slots=True)
class EntityPage:
    """An entity as all articles together tell of it, how many name it, and the events it stands in or speaks for."""

    entity: Entity
    articles: int
    events: int
    categories: Facet
    latest: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity of the list; ``articles`` counts those that name it."""

    id: str
    kind: str
    name: str
    code: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class EntityList:
    """Some of the entities, those that most articles name first."""

    q: str
    kind: str | None
    total: int
    offset: int
    limit: int
    rows: tuple[EntityRow, ...]


def entity(record: Kept, id: str) -> EntityPage:
    """An entity by its id, with its offices, its other names and its latest events."""
    found = next(iter(record.entities([id])), None)
    if found is None:
        raise missing(f"the record names no entity {id!r}")
    sql = "SELECT count(DISTINCT article) AS n FROM entities WHERE id = ?"
    scope = Scope(entity=id)
    latest = event_page(record, scope, sort="-day", limit=LATEST)
    named = record.select(sql, id)[0]["n"]
    return EntityPage(found, named, latest.total, facet(record, "category", scope), latest.rows)


_LIST = """
WITH named AS (
    SELECT id, first(kind) AS kind, mode(name) AS name, max(code) AS code, count(DISTINCT article) AS articles
    FROM entities WHERE {where} GROUP BY id)
SELECT *, count(*) OVER () AS total FROM named ORDER BY articles DESC, name, id LIMIT {limit} OFFSET {offset}
"""


def entities(record: Kept, paged: Paged, q: Word = None, kind: Word = None) -> EntityList:
    """The entities whose name holds `q`, without regard to case and accents; of one kind where it is named."""
    tests, values = ["true"], []
    if q:
        tests.append("contains(strip_accents(lower(name)), strip_accents(lower(?)))")
        values.append(q)
    if kind:
        tests.append("kind = ?")
        values.append(kind)
    sql = _LIST.format(where=" AND ".join(tests), limit=paged.limit, offset=paged.offset)
    found = record.select(sql, *values)
    rows = tuple(EntityRow(**{name: row[name] for name in EntityRow.__slots__}) for row in found)
    return EntityList(q or "", kind, found[0]["total"] if found else 0, paged.offset, paged.limit, rows)


def _more(found: EntityPage, request: Request) -> Mapping[str, Any]:
    query = asked(Scope(entity=found.entity.id))
    return {"asked": query, "chart_query": with_query(query), **signature_of(found, request)}


def _rows(found: EntityPage) -> Iterable[Row]:
    who = found.entity
    yield {"what": "name", "value": who.name, "code": who.code, "sector": who.sector}
    yield from ({"what": "alias", "value": alias} for alias in who.aliases)
    for each in who.offices:
        span = each.evidence
        yield {
            "what": "office",
            "value": each.office,
            "code": each.country,
            "former": each.former,
            "since": each.since,
            "until": each.until,
            "article": span.article if span else None,
            "start": span.start if span else None,
            "end": span.end if span else None,
        }


add(
    router,
    Page(
        path="/entity/{id:path}",
        data="/entity/{id:path}",
        template="entity.html",
        summary="A person, state, organisation, group or place",
        answer=entity,
        table=_rows,
        more=_more,
    ),
)
add(
    router,
    Page(
        path="/entities",
        data="/entities",
        template="entities.html",
        summary="Who and what the record names",
        answer=entities,
        table=lambda found: [asdict(row) for row in found.rows],
    ),
)
