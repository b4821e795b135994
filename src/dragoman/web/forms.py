"""The three forms of every page: the page itself, the same answer as JSON, its rows as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, get_type_hints

from fastapi import APIRouter, Depends, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from dragoman.web.problem import Failed
from dragoman.web.render import page

Cell = object
Row = Mapping[str, Cell]

FAILURES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Failed, "description": "The request is refused; `reason` says why."},
    "503": {"model": Failed, "description": "The record cannot be read just now."},
}

# Programs that open CSV as a sheet take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``answer`` is the question: its parameters are the request's, what it returns is the JSON.

    ``table`` makes the rows of the CSV of an answer; ``template`` takes the answer as ``found``; ``more`` adds what
    only the page shows. ``listed`` is the question where only the rows are wanted, if it is less than ``answer``.
    """

    path: str
    data: str
    template: str
    summary: str
    answer: Callable[..., Any]
    table: Callable[[Any], Iterable[Row]]
    more: Callable[[Any, Request], Mapping[str, Any]] = lambda found, request: {}
    listed: Callable[..., Any] | None = None


def add(router: APIRouter, shown: Page) -> None:
    """Serve a page at its path, and its answer at ``data`` with ``.json`` and ``.csv``."""
    asked = Annotated[Any, Depends(shown.answer)]
    listed = Annotated[Any, Depends(shown.listed or shown.answer)]
    returned = get_type_hints(shown.answer)["return"]
    plain = TypeAdapter(returned)

    def as_json(found: asked) -> Response:
        return Response(plain.dump_json(found), media_type="application/json")

    def as_csv(found: listed) -> Response:
        return Response(csv_text(list(shown.table(found))), media_type="text/csv; charset=utf-8")

    def as_page(request: Request, found: asked) -> Response:
        return page(request, shown.template, found=found, data=data_path(request, shown), **shown.more(found, request))

    # annotations are looked up when the route is made, where names of this function are not known
    for each, question in ((as_json, asked), (as_csv, listed), (as_page, asked)):
        each.__annotations__["found"] = question
    name = shown.data.strip("/").replace("/", "-").replace("{", "").replace("}", "").replace(":path", "")
    _data(router, shown, ".json", as_json, name, {"model": returned, "description": shown.summary})
    _data(router, shown, ".csv", as_csv, name, {"content": {"text/csv": {}}, "description": shown.summary})
    router.add_api_route(shown.path, as_page, methods=["GET"], include_in_schema=False)


def _data(
    router: APIRouter, shown: Page, ending: str, serve: Callable[..., Response], name: str, success: dict[str, Any]
) -> None:
    router.add_api_route(
        shown.data + ending,
        serve,
        methods=["GET"],
        summary=shown.summary,
        operation_id=f"{name}{ending.replace('.', '-')}",
        response_class=Response,
        responses={200: success, **FAILURES},
        description=shown.answer.__doc__,
    )


def data_path(request: Request, shown: Page) -> str:
    """Where this page's data is, without the ending: its own path, or ``data`` where that has no name."""
    return request.url.path.rstrip("/") if shown.path != "/" else shown.data


def csv_text(rows: Sequence[Row]) -> str:
    """Rows as CSV, a column for each name that one of them has."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return csv_table(names, ([row.get(name) for name in names] for row in rows))


def csv_table(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as CSV with a header; lists are joined by ``;``, and no cell is a formula to a sheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(name) for name in names])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | date):
        return str(value)
    text = ";".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
