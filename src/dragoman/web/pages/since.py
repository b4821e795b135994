"""The last time before a day, how often, the longest gap, and whether a report's own claim agrees with the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from dragoman.views import charts as drawn
from dragoman.views.charts import Chart
from dragoman.views.plain import flat
from dragoman.views.since import Since, Time, levels, since
from dragoman.views.subjects import code_name
from dragoman.web.asking import Kept, Word, code, typed, word
from dragoman.web.charts import event_address, svg
from dragoman.web.forms import FAILURES, Page, Row, add
from dragoman.web.render import page, path_part, with_query

router = APIRouter(tags=["since"])

Flag = Annotated[bool, Query()]


def answer(
    record: Kept,
    a: str,
    b: str,
    category: Word = None,
    mode: Word = None,
    context: Word = None,
    level: Word = None,
    office: Word = None,
    directed: Flag = False,
    before: date | None = None,
) -> Since:
    """When a kind of event happened between two countries or bodies before a day, and what the record cannot know."""
    chosen: dict[str, Any] = {
        "category": category.strip().upper() or None if category else None,
        "mode": word(mode),
        "context": word(context),
        "level": word(level),
        "office": office or None,
    }
    with typed():
        return since(record, code(a), code(b), directed=directed, before=before, **chosen)


@router.get("/since", include_in_schema=False)
def ask(request: Request, a: Word = None, b: Word = None) -> Response:
    """The form; once two are named, their page."""
    if not (a and b):
        return page(request, "since_ask.html", **_choices())
    rest = {name: value for name, value in request.query_params.items() if name not in ("a", "b")}
    query = with_query(rest)
    return RedirectResponse(f"/since/{path_part(code(a))}/{path_part(code(b))}" + (f"?{query}" if query else ""), 303)


def times(found: Annotated[Since, Depends(answer)]) -> Chart:
    """The times as a chart."""
    return drawn.times(found, link=event_address)


@router.get("/since/{a}/{b}.vl.json", summary="The times as a Vega-Lite specification", responses=FAILURES)
def spec(found: Annotated[Chart, Depends(times)]) -> JSONResponse:
    """The times at which it happened, as a chart."""
    return JSONResponse(found.spec)


@router.get(
    "/since/{a}/{b}.svg",
    summary="The times as a picture",
    responses={200: {"content": {"image/svg+xml": {}}}, **FAILURES},
    response_class=Response,
)
def picture(found: Annotated[Chart, Depends(times)]) -> Response:
    """The times at which it happened, drawn."""
    return Response(svg(found), media_type="image/svg+xml")


def _choices() -> dict[str, Any]:
    from dragoman.ontology import load

    return {"categories": list(load().categories), "levels": levels()}


def _more(found: Since, request: Request) -> Mapping[str, Any]:
    return {"asked": dict(request.query_params), "name_of": code_name, **_choices()}


def _rows(found: Since) -> Iterable[Row]:
    told: list[tuple[str, Time]] = [("last", found.last)] if found.last else []
    told += [("earlier", each) for each in found.earlier] + [("perhaps", each) for each in found.perhaps]
    for what, time in told:
        yield from ({"what": what, "time": time.day, **row} for row in flat(time.rows))
    yield from ({"what": "undated", **row} for row in flat(found.undated))


add(
    router,
    Page(
        path="/since/{a}/{b}",
        data="/since/{a}/{b}",
        template="since.html",
        summary="The last time before a day, and how often",
        answer=answer,
        table=_rows,
        more=_more,
    ),
)
