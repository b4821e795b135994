"""The network of actors, and that of countries, as GraphML (graphml.graphdrawing.org)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from dragoman.exchange.base import Format
from dragoman.exchange.network import LOSSES, NODE_TYPES, Network, attribute, export_graphs, files, text
from dragoman.record import EventFilter, Record


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write ``actors.graphml`` and ``countries.graphml``; see :func:`dragoman.exchange.network.export_graphs`."""
    return export_graphs(record, folder, filter=filter, suffix="graphml", lines=_lines)


def _lines(found: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield from _keys("node", NODE_TYPES)
    yield from _keys("edge", found.edge_types)
    yield '<graph id="G" edgedefault="directed">'
    for node, values in found.nodes.items():
        yield f"<node id={attribute(node)}>{_data('node', values)}</node>"
    for edge in found.edges:
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
        yield f"<edge {ends}>{_data('edge', edge.values(found.categories))}</edge>"
    yield "</graph>"
    yield "</graphml>"


def _keys(of: str, types: Mapping[str, str]) -> Iterator[str]:
    for name, kind in types.items():
        yield f'<key id="{of}.{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'


def _data(of: str, values: Mapping[str, object]) -> str:
    # a carriage return as it stands would be read as a line feed
    return "".join(
        f'<data key="{of}.{name}">{escape(text(value), {chr(13): "&#13;"})}</data>' for name, value in values.items()
    )


FORMAT = Format(
    name="graphml",
    description="The network of actors and of countries as GraphML",
    export=export,
    files=files("graphml", "what the one did to the other as an edge"),
    opens="networkx (`read_graphml`), igraph, Gephi, Cytoscape, yEd",
    losses=LOSSES,
)
