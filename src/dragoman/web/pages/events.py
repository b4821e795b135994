"""The start page, the events by facets, and the sentences by words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from dragoman.views import facets as counted
from dragoman.views import rows as listed
from dragoman.views.facets import Count, Facet
from dragoman.views.plain import flat
from dragoman.views.rows import SORTS, EventPage, EventRow
from dragoman.views.scope import HAPPENED_SQL, Scope
from dragoman.views.search import Found, search
from dragoman.views.subjects import code_name
from dragoman.web.asking import FARTHEST, LIMIT, Kept, Paged, Scoped, Word, asked, typed
from dragoman.web.forms import Page, Row, add

router = APIRouter(tags=["events"])

# In the order in which they narrow a list down most often.
FACETS = ("country", "category", "mode", "status", "year", "outlet", "voice", "context", "quad")

# Values of a facet that the page shows before it says how many more there are.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the record holds, in figures; ``stories`` are independent texts, ``imported`` rows of other data; ``first``
    and ``last`` are days of what happened."""

    articles: int
    stories: int
    imported: int
    outlets: int
    events: int
    reports: int
    first: date | None
    last: date | None
    failures: int
    corrections: int


@dataclass(frozen=True, slots=True)
class Start:
    """What the record holds, who stands in it most, what it tells of, and its newest articles."""

    holdings: Holdings
    countries: tuple[Count, ...]
    categories: tuple[Count, ...]
    dyads: tuple[Dyad, ...]


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two countries or bodies and the number of events between them."""

    a: str
    b: str
    events: int


@dataclass(frozen=True, slots=True)
class EventList:
    """Some of the events of a scope, how many there are, and what they are made of."""

    scope: Scope
    sort: str
    total: int
    offset: int
    limit: int
    rows: tuple[EventRow, ...]
    facets: tuple[Facet, ...]


_HOLDINGS = f"""
SELECT (SELECT count(*) FROM articles WHERE origin = 'read') AS articles,
    (SELECT count(DISTINCT story) FROM articles WHERE origin = 'read') AS stories,
    (SELECT count(*) FROM articles WHERE origin <> 'read') AS imported,
    (SELECT count(DISTINCT outlet) FROM articles WHERE origin = 'read') AS outlets,
    (SELECT count(*) FROM facts WHERE NOT rejected) AS events,
    (SELECT count(*) FROM reports) AS reports,
    (SELECT min(f.when_start) FROM facts f WHERE NOT f.rejected AND {HAPPENED_SQL}) AS first,
    (SELECT max(f.when_end) FROM facts f WHERE NOT f.rejected AND {HAPPENED_SQL}) AS last,
    (SELECT count(*) FROM failures) AS failures,
    (SELECT count(*) FROM corrections) AS corrections
"""
_DYADS = """
SELECT a, b, count(*) AS events FROM (
    SELECT a, unnest(parties) AS b FROM (
        SELECT parties, unnest(parties) AS a FROM (
            SELECT CASE WHEN list_has_any(actors, recipients) THEN list_distinct(actors || recipients)
                ELSE actors || recipients END AS parties
            FROM facts WHERE NOT rejected)))
WHERE a < b GROUP BY a, b ORDER BY events DESC, a, b LIMIT ?
"""


def start(record: Kept) -> Start:
    """What the record holds."""
    holdings = Holdings(**record.select(_HOLDINGS)[0])
    dyads = tuple(Dyad(**row) for row in record.select(_DYADS, SHOWN))
    countries, categories = (counted.facet(record, name).counts for name in ("country", "category"))
    return Start(holdings, tuple(each for each in countries if each.value)[:SHOWN], categories, dyads)


def events(record: Kept, chosen: Scoped, paged: Paged, sort: Word = "-day") -> EventList:
    """The events that meet every condition given, a page at a time, and the counts of every facet among them."""
    found = paged_rows(record, chosen, paged, sort)
    made = tuple(counted.facet(record, name, chosen) for name in FACETS)
    return EventList(chosen, sort or "-day", found.total, paged.offset, paged.limit, found.rows, made)


def paged_rows(record: Kept, chosen: Scoped, paged: Paged, sort: Word = "-day") -> EventPage:
    """The events alone: to count the facets takes longer than to list a thousand."""
    with typed():
        return listed.page(record, chosen, sort=sort or "-day", limit=paged.limit, offset=paged.offset)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences that hold every word asked for, a page at a time."""

    q: str
    offset: int
    limit: int
    found: Found


def sentences(
    record: Kept,
    q: Annotated[str, Query(max_length=500)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = LIMIT,
    offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0,
) -> Sentences:
    """The sentences of all articles that hold every word of `q`; words in double quotes stand together."""
    return Sentences(q, offset, limit, search(record, q, limit=limit, offset=offset))


def _start_rows(found: Start) -> Iterable[Row]:
    yield from ({"what": "holds", "value": name, "events": value} for name, value in asdict(found.holdings).items())
    yield from ({"what": "country", "value": each.value, "events": each.events} for each in found.countries)
    yield from ({"what": "category", "value": each.value, "events": each.events} for each in found.categories)
    yield from ({"what": "dyad", "value": f"{each.a} {each.b}", "events": each.events} for each in found.dyads)


def _sentence_rows(found: Sentences) -> Iterable[Row]:
    return ({**asdict(hit), "marks": None} for hit in found.found.hits)


def _events_more(found: EventList, request: Request) -> Mapping[str, Any]:
    return {
        "asked": asked(found.scope) | {"sort": None if found.sort == "-day" else found.sort},
        "shown": SHOWN,
        "sorts": SORTS,
        "name_of": code_name,
        "limit": None if found.limit == LIMIT else found.limit,
    }


def _marked_hits(found: Sentences, request: Request) -> Mapping[str, Any]:
    return {"pieces": [_pieces(hit.text, hit.marks) for hit in found.found.hits]}


def _pieces(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text cut into runs, each with whether it was asked for."""
    found, at = [], 0
    for start, end in marks:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*found, (text[at:], False)]


add(
    router,
    Page(
        path="/",
        data="/start",
        template="start.html",
        summary="What the record holds",
        answer=start,
        table=_start_rows,
        more=lambda found, request: {"name_of": code_name},
    ),
)
add(
    router,
    Page(
        path="/events",
        data="/events",
        template="events.html",
        summary="Events by facets",
        answer=events,
        table=lambda found: flat(found.rows),
        more=_events_more,
        listed=paged_rows,
    ),
)
add(
    router,
    Page(
        path="/search",
        data="/search",
        template="search.html",
        summary="Sentences by their words",
        answer=sentences,
        table=_sentence_rows,
        more=_marked_hits,
    ),
)
