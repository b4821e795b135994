"""Anybody's own question in SQL: read-only, within limits, in a process apart."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from dragoman.web.forms import FAILURES, csv_table
from dragoman.web.querying import MEMORY, ROWS, SECONDS
from dragoman.web.refusal import Refused
from dragoman.web.render import page
from dragoman.web.sandbox import Answered

router = APIRouter(tags=["sql"])

LONGEST = 8000

EXAMPLES = (
    (
        "Who meets whom, how often",
        "SELECT actors, recipients, count(*) AS events FROM facts\n"
        "WHERE category = 'CONSULT' GROUP BY ALL ORDER BY events DESC LIMIT 20",
    ),
    (
        "Whose word the record stands on",
        "SELECT name, office, count(*) AS reports FROM parties\n"
        "WHERE role = 'source' GROUP BY ALL ORDER BY reports DESC LIMIT 20",
    ),
    (
        "The tables",
        "SELECT table_name, comment FROM duckdb_tables()\n"
        "UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
    ),
    (
        "Every column and what it means",
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal",
    ),
)


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a query; ``cut`` says that there are more, ``seconds`` how long it took."""

    query: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[str | int | float | bool | None, ...], ...]
    cut: bool
    seconds: float


PLAIN = TypeAdapter(Table)
SUMMARY = "A query of SQL"


@dataclass(frozen=True, slots=True)
class SqlPage:
    """A query with its answer, or why there is none."""

    query: str
    table: Table | None = None
    error: str | None = None


def asked(request: Request, query: Annotated[str, Query(max_length=LONGEST)] = "") -> SqlPage:
    """One query of DuckDB's SQL over the record's tables; it reads, and it is limited in time, memory and rows."""
    if not query.strip():
        return SqlPage(query)
    with request.app.state.snapshots.file() as file:
        found: Answered = request.app.state.sandbox.ask(file, query)
    if found.error is not None:
        return SqlPage(query, error=found.error)
    return SqlPage(query, Table(query, found.columns, found.types, found.rows, found.cut, found.seconds))


def answered(found: Annotated[SqlPage, Depends(asked)]) -> Table:
    """The table of a query.

    :raises Refused: there is no query, or no answer to it.
    """
    if found.table is None:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "sql", found.error or "query: a query is needed")
    return found.table


@router.get("/sql", include_in_schema=False)
def as_page(request: Request, found: Annotated[SqlPage, Depends(asked)]) -> Response:
    """The form, with the answer or the reason why there is none: whoever asks mends his query here."""
    limits = {"seconds": SECONDS, "rows": ROWS, "memory": MEMORY, "longest": LONGEST}
    shown: dict[str, Any] = {"found": found, "examples": EXAMPLES, "limits": limits}
    if found.table:
        shown["data"] = "/sql"
    return page(request, "sql.html", status=422 if found.error else 200, **shown)


@router.get("/sql.json", summary=SUMMARY, responses={200: {"model": Table}, **FAILURES}, response_class=Response)
def as_json(found: Annotated[Table, Depends(answered)]) -> Response:
    """One query of DuckDB's SQL over the record's tables; it reads, and it is limited in time, memory and rows."""
    return Response(PLAIN.dump_json(found), media_type="application/json")


@router.get(
    "/sql.csv", summary=SUMMARY, responses={200: {"content": {"text/csv": {}}}, **FAILURES}, response_class=Response
)
def as_csv(found: Annotated[Table, Depends(answered)]) -> Response:
    """The same as a table."""
    return Response(csv_table(found.columns, found.rows), media_type="text/csv; charset=utf-8")
