"""Templates: every value is escaped unless it is Markup, and an undefined name is an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dragoman.views import telling
from dragoman.views.corrections import said
from dragoman.web import token


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the package."""
    made = Environment(
        loader=PackageLoader("dragoman.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"path": path_part, "count": count, "number": number}
    made.globals |= {"with_query": with_query, "static": static, "telling": telling, "said": said}
    return made


def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> HTMLResponse:
    """A page from a template; ``request`` and the server's settings are known to it."""
    settings = request.app.state.settings
    shown = {"path": request.url.path, "query": request.url.query, "corrections": settings.corrections}
    text = environment().get_template(template).render(shown | values)
    made = HTMLResponse(text, status, dict(headers or {}))
    if settings.corrections and "key" in values:
        token.keep(made, values["key"])
    return made


def path_part(text: object) -> str:
    """Any text as one part of a path."""
    return quote(str(text), safe=":~")


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 event``, ``1,200 events``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def number(value: float | None, *, places: int = 0) -> str:
    """``12,345`` or ``0.71``; a dash where nothing is known."""
    return "–" if value is None else f"{value:,.{places}f}"


def with_query(query: Mapping[str, Any], /, **changes: Any) -> str:
    """A query string with some values changed; None and what is empty are left out, lists are repeated."""
    kept = {name: value for name, value in (dict(query) | changes).items() if value not in (None, "", (), [])}
    return urlencode(kept, doseq=True)


@lru_cache(maxsize=32)
def static(name: str) -> str:
    """The address of a static file with a mark of its content, so that a browser may keep it for good."""
    from hashlib import sha256

    content = files("dragoman.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:12]}"
