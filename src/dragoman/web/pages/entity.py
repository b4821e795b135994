"""Who and what the record names: a list to look through, and one of them with offices, names and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import APIRouter, Request

from dragoman.model import Entity
from dragoman.ontology import load
from dragoman.views.entities import EntityRow, Joined, articles_naming, entity_rows, joined_to
from dragoman.views.facets import Facet, facet
from dragoman.views.rows import EventRow
from dragoman.views.rows import page as event_page
from dragoman.views.scope import Scope
from dragoman.views.subjects import code_name
from dragoman.web.asking import Kept, Paged, Word, asked
from dragoman.web.changes import signature_of
from dragoman.web.forms import Page, Row, add
from dragoman.web.render import with_query

router = APIRouter(tags=["entities"])

LATEST = 10


@dataclass(frozen=True, slots=True)
class EntityPage:
    """An entity as all articles together tell of it, how many name it, and the events it stands in or speaks for.

    ``joined``: ids of other articles that are this entity too, and why.
    """

    entity: Entity
    articles: int
    events: int
    categories: Facet
    years: Facet
    latest: tuple[EventRow, ...]
    joined: tuple[Joined, ...]


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
    """An entity by its id, or by one it had before a merge, with its offices, other names and latest events."""
    found = record.entity(id)
    scope = Scope(entity=found.id)
    latest = event_page(record, scope, sort="-day", limit=LATEST)
    categories, years = (facet(record, name, scope) for name in ("category", "year"))
    articles, joined = articles_naming(record, found.id), joined_to(record, found.id)
    return EntityPage(found, articles, latest.total, categories, years, latest.rows, joined)


def entities(record: Kept, paged: Paged, q: Word = None, kind: Word = None) -> EntityList:
    """The entities whose name holds `q`, without regard to case and accents; of one kind where it is named."""
    found = entity_rows(record, q=q or "", kind=kind, limit=paged.limit, offset=paged.offset)
    return EntityList(q or "", kind, found.total, paged.offset, paged.limit, found.rows)


def _more(found: EntityPage, request: Request) -> Mapping[str, Any]:
    query = asked(Scope(entity=found.entity.id))
    known = {"asked": query, "chart_query": with_query(query), "name_of": code_name, "sectors": load().sectors}
    return {**known, **signature_of(found, request)}


def _rows(found: EntityPage) -> Iterable[Row]:
    who = found.entity
    yield {"what": "name", "value": who.name, "code": who.code, "sector": who.sector}
    yield from ({"what": "alias", "value": alias} for alias in who.aliases)
    yield from ({"what": "joined", "value": each.why, "article": each.articles[0]} for each in found.joined)
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
