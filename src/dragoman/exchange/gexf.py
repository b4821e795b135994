"""The network of actors, and that of countries, through time, as GEXF 1.2 (gexf.net)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from dragoman.exchange.base import Format
from dragoman.exchange.network import LOSSES, NODE_TYPES, Edge, Network, attribute, export_graphs, files
from dragoman.record import EventFilter, Record

_TYPES = {"int": "integer", "double": "double", "string": "string"}


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write ``actors.gexf`` and ``countries.gexf``; see :func:`dragoman.exchange.network.export_graphs`."""
    return export_graphs(record, folder, filter=filter, suffix="gexf", lines=_lines)


def _lines(found: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="date">'
    yield from _attributes("node", NODE_TYPES)
    yield from _attributes("edge", found.edge_types)
    yield "<nodes>"
    for node, values in found.nodes.items():
        label = attribute(values.get("name", node))
        yield f"<node id={attribute(node)} label={label}>{_values('node', values)}</node>"
    yield "</nodes>"
    yield "<edges>"
    yield from (_edge(number, edge, found) for number, edge in enumerate(found.edges))
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _attributes(of: str, types: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{of}">'
    for name, kind in types.items():
        # an edge's weight has a place of its own in the format
        if name != "weight":
            yield f'<attribute id="{of}.{name}" title="{name}" type="{_TYPES[kind]}"/>'
    yield "</attributes>"


def _edge(number: int, edge: Edge, found: Network) -> str:
    ends = f'id="{number}" source={attribute(edge.source)} target={attribute(edge.target)} weight="{edge.events}"'
    return f"<edge {ends}>{_values('edge', edge.values(found.categories))}{_spells(edge.spells)}</edge>"


def _values(of: str, values: Mapping[str, object]) -> str:
    cells = (
        f'<attvalue for="{of}.{name}" value={attribute(value)}/>' for name, value in values.items() if name != "weight"
    )
    return f"<attvalues>{''.join(cells)}</attvalues>"


def _spells(days: Iterable[tuple[date, date]]) -> str:
    spells = "".join(f'<spell start="{start}" end="{end}"/>' for start, end in sorted(days))
    return f"<spells>{spells}</spells>" if spells else ""


FORMAT = Format(
    name="gexf",
    description="The network of actors and of countries through time as GEXF",
    export=export,
    files=files("gexf", "each edge has the days of its events as spells"),
    opens="Gephi with its timeline, networkx (`read_gexf`)",
    losses=(*LOSSES, "an edge without a known day has no spell and is there at all times"),
)
