"""The charts of the pages: those of the views, with addresses behind their marks and an outline under the map."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any, Literal

from dragoman.record import Record
from dragoman.views import charts as drawn
from dragoman.views import parts
from dragoman.views.charts import Chart, Spec
from dragoman.views.network import around
from dragoman.views.rows import rows
from dragoman.views.scope import HAPPENED_SQL, Scope
from dragoman.views.svg import drawn as drawn_as_svg
from dragoman.web.asking import asked
from dragoman.web.render import path_part, static, with_query

Name = Literal["timeline", "balance", "years", "categories", "places", "network"]

# As many points as can be told apart; a longer time shows in the charts by year.
POINTS = 300
PLACES = 200
EDGES = 80

# A drawing needs an engine of a hundred megabytes and a tenth of a second: one at a time, the latest kept.
_DRAWING = Lock()
DRAWN_KEPT = 64


@dataclass(frozen=True, slots=True)
class Figures:
    """A chart as data: what it shows, in words, and a row for each mark. ``url``: the page behind the mark."""

    name: str
    title: str
    description: str
    rows: tuple[dict[str, Any], ...]


def chart(record: Record, name: Name, scope: Scope) -> Chart:
    """The chart of this name over the events of a scope, each mark leading to the page that shows what it counts."""
    made = _MAKERS[name](record, scope)
    return _leading(made, _LEADS[name], scope) if name in _LEADS else made


def figures(made: Chart) -> Figures:
    """The data of a chart."""
    return Figures(made.name, made.title, made.description, made.data)


def svg(made: Chart) -> str:
    """The chart drawn, on white ground."""
    whole = _with_outline(made.spec)
    return _draw(json.dumps({**whole, "background": "white"}))


@lru_cache(maxsize=DRAWN_KEPT)
def _draw(spec: str) -> str:
    with _DRAWING:
        return drawn_as_svg(spec)


def _timeline(record: Record, scope: Scope) -> Chart:
    condition, values = scope.condition()
    happened = f"{condition} AND f.when_start IS NOT NULL AND {HAPPENED_SQL}"
    latest = rows(record, happened, values, sort="-day", limit=POINTS)
    return drawn.timeline(tuple(reversed(latest)), link=event_address)


def _places(record: Record, scope: Scope) -> Chart:
    made = drawn.places(parts.places(record, scope, limit=PLACES), link=event_address)
    circles = made.spec["layer"][1:]  # the first are dots that show where land is
    outline = {
        "data": {"url": static("world.json"), "format": {"type": "json"}},
        "mark": {"type": "geoshape", "fill": "currentColor", "fillOpacity": 0.12, "stroke": "currentColor"}
        | {"strokeOpacity": 0.35, "strokeWidth": 0.5},
    }
    return replace(made, spec={**made.spec, "layer": [outline, *circles]})


def _network(record: Record, scope: Scope) -> Chart:
    made = drawn.network(around(record, scope, limit=EDGES))
    return replace(made, spec={**made.spec, "layer": [_dossiers(layer) for layer in made.spec["layer"]]})


def _dossiers(layer: Spec) -> Spec:
    """A layer of the network with the dossier behind each line and each circle."""
    if layer["mark"]["type"] == "text":
        return layer
    values = [{**row, "url": dossier_address(*_codes(row))} for row in layer["data"]["values"]]
    return {**layer, "data": {"values": values}, "encoding": {**layer["encoding"], "href": HREF}}


def _codes(row: Mapping[str, Any]) -> list[str]:
    return [str(row["code"])] if "code" in row else [part for part in str(row["pair"]).split() if part not in "–→"]


_MAKERS: dict[Name, Callable[[Record, Scope], Chart]] = {
    "timeline": _timeline,
    "balance": lambda record, scope: drawn.balance(parts.balance(record, scope)),
    "years": lambda record, scope: drawn.years(parts.years(record, scope)),
    "categories": lambda record, scope: drawn.categories(parts.categories(record, scope)),
    "places": _places,
    "network": _network,
}

# What narrows the list of events behind a bar: the fields of its row that name a value of a facet.
_LEADS: dict[Name, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "balance": lambda row: {"year": row["year"], "quad": str(row["class"]).replace(" ", "_")},
    "years": lambda row: {"year": row["year"], "status": row["status"]},
    "categories": lambda row: {"category": row["category"], "status": row["status"]},
}
HREF = {"field": "url", "type": "nominal"}


def _leading(made: Chart, narrowed: Callable[[Mapping[str, Any]], dict[str, Any]], scope: Scope) -> Chart:
    query = asked(scope)
    data = tuple({**row, "url": f"/events?{with_query(query, **narrowed(row))}"} for row in made.data)
    encoding = {**made.spec["encoding"], "href": HREF}
    return replace(made, data=data, spec={**made.spec, "data": {"values": list(data)}, "encoding": encoding})


def event_address(event: str) -> str:
    """The page of an event."""
    return f"/event/{path_part(event)}"


def dossier_address(*codes: str) -> str:
    """The dossier of a code or of two."""
    return "/dossier/" + "/".join(map(path_part, codes))


def _with_outline(spec: Spec) -> Spec:
    """The specification with the outline inside: the drawing engine fetches nothing."""
    layers = [
        {**layer, "data": {"values": outline()}} if layer.get("data", {}).get("url") else layer
        for layer in spec.get("layer", ())
    ]
    return {**spec, "layer": layers} if layers else spec


@lru_cache(maxsize=1)
def outline() -> Any:
    """The outlines of the countries (Natural Earth, public domain), as GeoJSON."""
    return json.loads(files("dragoman.web").joinpath("static", "world.json").read_text(encoding="utf-8"))


def addresses(name: str, query: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Where a chart is, in each of its forms."""
    asked_for = with_query(query)
    for ending in (".csv", ".json", ".vl.json", ".svg"):
        yield ending, f"/chart/{path_part(name)}{ending}" + (f"?{asked_for}" if asked_for else "")
