"""The API as a page: made from the OpenAPI document, with no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.web.render import page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Operation:
    """One address that can be asked."""

    method: str
    path: str
    summary: str
    about: str
    tag: str
    parameters: tuple[Mapping[str, Any], ...]
    answer: str


@router.get("/api", include_in_schema=False)
def api(request: Request) -> Response:
    """Every address of the API with its parameters and the shape of its answer."""
    document = request.app.openapi()
    shapes = document.get("components", {}).get("schemas", {})
    return page(request, "api.html", operations=list(operations(document)), shapes=shapes, words=type_words)


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """The addresses of an OpenAPI document, in its order."""
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            content = told["responses"]["200"].get("content", {})
            shape = content.get("application/json", {}).get("schema", {}).get("$ref", "")
            yield Operation(
                method.upper(),
                path,
                told.get("summary", ""),
                told.get("description", ""),
                ", ".join(told.get("tags", ())),
                tuple(told.get("parameters", ())),
                shape.rpartition("/")[2] or next(iter(content), ""),
            )


def type_words(schema: Mapping[str, Any]) -> str:
    """The type of a value in a few words: ``string or null``, ``list of EventRow``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(type_words(each) for each in schema["anyOf"])
    if "prefixItems" in schema:
        return f"[{', '.join(type_words(each) for each in schema['prefixItems'])}]"
    if schema.get("type") == "array":
        return f"list of {type_words(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(repr(each) for each in schema["enum"])
    form = f" ({schema['format']})" if "format" in schema else ""
    return str(schema.get("type", "any")) + form
