"""One shape for every error, as a page and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse, Response

from dragoman.errors import CorrectionError, DragomanError, NotFoundError, RecordError
from dragoman.web.render import page


@dataclass(frozen=True, slots=True)
class Problem:
    """``status`` is HTTP's, ``kind`` a word for programs, ``reason`` a sentence for people."""

    status: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """What every request that fails is answered with."""

    error: Problem


def install(app: FastAPI) -> None:
    """Answer every failure in the one shape."""
    app.add_exception_handler(StarletteHTTPException, _http)
    app.add_exception_handler(RequestValidationError, _input)
    app.add_exception_handler(DragomanError, _ours)


def answer(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as a page, or as JSON where the request is for data."""
    if wants_data(request):
        return JSONResponse(asdict(Failed(problem)), problem.status, headers)
    return page(request, "problem.html", status=problem.status, headers=headers, problem=problem)


def wants_data(request: Request) -> bool:
    """Whether a program asks: by the path's ending, or since it accepts JSON and no page."""
    accepted = request.headers.get("accept", "")
    by_path = request.url.path.endswith((".json", ".csv"))
    return by_path or ("application/json" in accepted and "text/html" not in accepted)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    kind = getattr(error, "kind", None) or HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    return answer(request, Problem(error.status_code, kind, str(error.detail)), error.headers)


async def _input(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(_one(each) for each in error.errors())
    return answer(request, Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "input", said))


def _one(error: Mapping[str, Any]) -> str:
    named = ".".join(str(part) for part in error["loc"][1:])
    return f"{named}: {error['msg']}"


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, DragomanError)
    kind, status = next((kind, status) for of, kind, status in _STATUS if isinstance(error, of))
    # the reason alone: the path of the file is the server's own affair
    return answer(request, Problem(status, kind, error.reason))


_STATUS: tuple[tuple[type[DragomanError], str, HTTPStatus], ...] = (
    (NotFoundError, "not-found", HTTPStatus.NOT_FOUND),
    (CorrectionError, "correction", HTTPStatus.UNPROCESSABLE_ENTITY),
    (RecordError, "record", HTTPStatus.SERVICE_UNAVAILABLE),
    (DragomanError, "input", HTTPStatus.UNPROCESSABLE_ENTITY),
)
