"""The OpenAPI document, its words without the marks of docstrings."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

# What each parameter asks, where it asks the same at every address; then those of one address alone.
PARAMETERS = {
    "a": "one country or body: code or name",
    "b": "the other one",
    "actor": "a country or body among the actors: code or name",
    "before": "before this day",
    "category": "PLOVER's category, such as CONSULT",
    "context": "PLOVER's context, such as military",
    "country": "a country or body among the parties, in whatever role: code or name; several: all of them",
    "directed": "only what the first did and the second received",
    "entity": "an entity's id, among the parties or those on whose word it stands",
    "from": "can have been on this day or later",
    "id": "an id, or as much of its beginning as no other has",
    "level": "an actor of this level or higher: head_of_state, head_of_government, minister, deputy, official",
    "limit": "at most so many rows",
    "mode": "PLOVER's mode, such as visit",
    "offset": "leaving so many rows out",
    "office": "an actor of this office, by any of its names",
    "origin": "`read` for what Dragoman read itself, else the format its rows were imported from",
    "outlet": "who published an article that tells of it",
    "period": "year, month or all: the pieces of time that are told apart",
    "quad": "PLOVER's class: verbal_cooperation, material_cooperation, verbal_conflict, material_conflict",
    "query": "one query of SQL that reads",
    "recipient": "a country or body among the recipients: code or name",
    "sort": "by day, confidence, reports, stories, score or category; with - before it, the reverse",
    "status": "happened, or what keeps it from that: negation, hypothetical, future, desired, standing, historical",
    "to": "can have been on this day or earlier",
    "voice": "on whose word: own (the report's), named, anonymous",
    "year": "its first possible day lies in this year",
}
OF_ONE = {
    ("articles", "outlet"): "only those it published",
    ("chart", "name"): "timeline, balance, years, categories, places or network",
    ("dossier", "name"): "a country, a person, an organisation or an outlet: code, name or id",
    ("entities", "kind"): "state, person, organisation, group, place or thing",
    ("entities", "q"): "a part of a name",
    ("entity", "id"): "an entity's id",
    ("search", "q"): "words a sentence must hold, all of them; those in double quotes stand together",
}

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
            app.openapi_schema = _worded(_told(made))
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _told(document: dict[str, Any]) -> dict[str, Any]:
    """The document, every parameter with what it asks."""
    for path, methods in document["paths"].items():
        room = re.split(r"[/.]", path)[1]
        for operation in methods.values():
            for each in operation.get("parameters", ()):
                name = each["name"]
                each["description"] = OF_ONE.get((room, name)) or PARAMETERS[name]
    return document


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
