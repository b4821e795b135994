"""The OpenAPI document, its words without the marks of docstrings."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

_ROLE = re.compile(r":[a-z]+:`~?([^`]+)`")
_FIELDS = re.compile(r"\n\s*:(?:raises|param)\b.*", re.DOTALL)


def install(app: FastAPI) -> None:
    """Let the application answer with the document, made once."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=app.description,
                routes=app.routes,
            )
            app.openapi_schema = _worded(made)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _worded(node: Any) -> Any:
    """The document with every description as a reader of no Python takes it."""
    if isinstance(node, dict):
        return {name: _words(value) if name == "description" else _worded(value) for name, value in node.items()}
    return [_worded(each) for each in node] if isinstance(node, list) else node


def _words(text: Any) -> Any:
    if not isinstance(text, str):
        return _worded(text)
    plain = _ROLE.sub(r"\1", _FIELDS.sub("", text)).replace("``", "`")
    return re.sub(r"\s*\n\s*", " ", plain).strip()
