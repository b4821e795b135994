"""The dossier of two countries, or of a country, a person, an organisation or an outlet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse

from dragoman.views.dossier import Dossier, dossier
from dragoman.views.network import Network, Period, network
from dragoman.views.plain import flat
from dragoman.views.scope import Scope
from dragoman.views.subjects import Subject, code_name, subject
from dragoman.web.asking import Kept, Scoped, asked, typed
from dragoman.web.charts import dossier_address
from dragoman.web.forms import Page, Row, add
from dragoman.web.render import with_query

router = APIRouter(tags=["dossiers"])

# Of each list of people, places and facts: what a page shows before it becomes a directory.
SHOWN = 20
EDGES = 100

Named = Annotated[str, Query(max_length=200)]


def dyad(record: Kept, a: str, b: str) -> Dossier:
    """What the record holds on two countries or bodies, by code or by name."""
    return _dossier(record, a, b)


def single(record: Kept, name: str) -> Dossier:
    """What the record holds on a country, a person, an organisation or an outlet."""
    return _dossier(record, name)


def _dossier(record: Kept, *names: str) -> Dossier:
    with typed():
        about = subject(record, *names)
    return dossier(record, about, limit=SHOWN)


@router.get("/find", include_in_schema=False)
def find(record: Kept, a: Named, b: Named = "") -> RedirectResponse:
    """Lead to the dossier of what was typed."""
    with typed():
        about = subject(record, *(name for name in (a, b) if name.strip()))
    return RedirectResponse(dossier_address(*about.ids), 303)


def address(about: Subject) -> str:
    """The dossier's address that stays."""
    return dossier_address(*about.ids)


def _more(found: Dossier, request: Request) -> Mapping[str, Any]:
    scope = found.subject.scope
    return {
        "address": address(found.subject),
        "chart_query": with_query(asked(scope)),
        "asked": asked(scope),
        "name_of": code_name,
    }


def _rows(found: Dossier) -> Iterable[Row]:
    yield from ({"part": "category", **asdict(each)} for each in found.categories)
    yield from ({"part": "year", **asdict(each)} for each in found.years)
    yield from ({"part": "balance", **asdict(each)} for each in found.balance)
    yield from ({"part": "direction", **asdict(each)} for each in found.directions)
    yield from ({"part": "speaker", **asdict(each)} for each in found.speakers)
    yield from ({"part": "place", **asdict(each)} for each in found.places)
    yield from ({"part": "third party", **asdict(each)} for each in found.third_parties)
    yield from ({"part": "office", **asdict(each)} for each in found.offices)
    yield from ({"part": "event", **row} for row in flat(found.timeline))


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Who dealt with whom within a scope, over all time or year by year (``period`` of an edge)."""

    scope: Scope
    period: Period
    network: Network


def actors(record: Kept, chosen: Scoped, period: Period = "all") -> NetworkPage:
    """Who dealt with whom, how often and how friendly, in what happened; with `period=year`, in each year."""
    return NetworkPage(chosen, period, network(record, chosen, period=period, limit=EDGES))


add(
    router,
    Page(
        path="/dossier/{a}/{b}",
        data="/dossier/{a}/{b}",
        template="dossier.html",
        summary="The dossier of two countries or bodies",
        answer=dyad,
        table=_rows,
        more=_more,
    ),
)
add(
    router,
    Page(
        path="/dossier/{name}",
        data="/dossier/{name}",
        template="dossier.html",
        summary="The dossier of a country, a person, an organisation or an outlet",
        answer=single,
        table=_rows,
        more=_more,
    ),
)
add(
    router,
    Page(
        path="/network",
        data="/network",
        template="network.html",
        summary="Who deals with whom",
        answer=actors,
        table=lambda found: [asdict(each) for each in found.network.edges],
        more=lambda found, request: (
            {"chart_query": with_query(asked(found.scope)), "asked": asked(found.scope)} | {"name_of": code_name}
        ),
    ),
)
