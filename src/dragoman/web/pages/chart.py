"""Every chart as a page of its own, as data, as a Vega-Lite specification and as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from dragoman.views.charts import Chart
from dragoman.web.asking import Kept, Scoped
from dragoman.web.charts import Figures, Name, chart, figures, svg
from dragoman.web.forms import FAILURES, Page, add

router = APIRouter(tags=["charts"])


def made(record: Kept, name: Name, chosen: Scoped) -> Chart:
    """A chart over the events that meet every condition given."""
    return chart(record, name, chosen)


def told(found: Annotated[Chart, Depends(made)]) -> Figures:
    """The figures behind a chart over the events that meet every condition given, a row for each mark."""
    return figures(found)


@router.get(
    "/chart/{name}.vl.json",
    summary="A chart as a Vega-Lite specification",
    responses=FAILURES,
    operation_id="chart-spec",
)
def spec(found: Annotated[Chart, Depends(made)]) -> JSONResponse:
    """The chart as a Vega-Lite specification with its data inside; `url` is the page behind each mark."""
    return JSONResponse(found.spec)


@router.get(
    "/chart/{name}.svg",
    summary="A chart as a picture",
    responses={200: {"content": {"image/svg+xml": {}}}, **FAILURES},
    response_class=Response,
    operation_id="chart-svg",
)
def picture(found: Annotated[Chart, Depends(made)]) -> Response:
    """The chart drawn."""
    return Response(svg(found), media_type="image/svg+xml")


def _more(found: Figures, request: Request) -> Mapping[str, Any]:
    return {"name": request.path_params["name"]}


add(
    router,
    Page(
        path="/chart/{name}",
        data="/chart/{name}",
        template="chart.html",
        summary="The figures behind a chart",
        answer=told,
        table=lambda found: found.rows,
        more=_more,
    ),
)
