"""The package's own styles, scripts and outlines: the only assets there are."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated

from fastapi import FastAPI
from fastapi import Path as PathParameter
from starlette.responses import Response

from dragoman.web.refusal import missing

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}

# Addresses carry a mark of the content (see dragoman.web.render.static): what is kept never grows old.
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


def install(app: FastAPI) -> None:
    """Serve the files of the folder ``static``, read once."""
    known = {
        each.name: each.read_bytes()
        for each in files("dragoman.web").joinpath("static").iterdir()
        if each.name[each.name.rfind(".") :] in KINDS
    }

    @app.get("/static/{name}", include_in_schema=False)
    def serve(name: Annotated[str, PathParameter()]) -> Response:
        if name not in known:
            raise missing(f"there is no file {name!r}")
        return Response(known[name], media_type=KINDS[name[name.rfind(".") :]], headers=KEPT)

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return Response(known["icon.svg"], media_type=KINDS[".svg"], headers=KEPT)
