"""Who dealt with whom, as nodes and edges: what the graph formats write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import combinations, product
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from dragoman.exchange.base import write_files
from dragoman.model import Entity
from dragoman.ontology import load as load_ontology
from dragoman.record import EventFilter, Record

# What XML 1.0 cannot hold in any form (section 2.2 of the specification).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ACTORS, COUNTRIES = "actors", "countries"

NODE_TYPES = {"name": "string", "kind": "string", "code": "string", "sector": "string"}
_SQL = """
SELECT f.event, f.category, f.quad, f.score, f.when_start, f.when_end, f.stories, f.imported,
       f.{actors} AS actors, f.{recipients} AS recipients,
       len(f.recipient_entities) = 0 AND coalesce(f.quad, '') LIKE '%_cooperation' AS mutual
FROM facts f WHERE NOT f.rejected AND {condition}
ORDER BY f.when_start NULLS LAST, f.event
"""
_COLUMNS = {ACTORS: ("actor_entities", "recipient_entities"), COUNTRIES: ("actors", "recipients")}

LOSSES = (
    "events that did not happen are left out, unless the filter asks for a status",
    "an event is no node: of each pair there are counts by category, dates and scores, not the events",
    "cooperation of actors without a recipient (a meeting, a treaty) joins each pair of them, from the first in the "
    "alphabet to the other; a pair within one node, and a party alone, is no edge",
    "characters that XML cannot hold are U+FFFD",
)


@dataclass(slots=True)
class Edge:
    """All dealings of one node with another: counts, sums and days."""

    source: str
    target: str
    events: int = 0
    stories: int = 0
    imported: int = 0
    scores: list[float] = field(default_factory=list)
    quads: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    spells: set[tuple[date, date]] = field(default_factory=set)

    def add(self, row: dict[str, Any]) -> None:
        """Counts one event."""
        self.events += 1
        self.stories += row["stories"]
        self.imported += row["imported"]
        self.categories[row["category"]] += 1
        self.quads[row["quad"] or ""] += 1
        if row["score"] is not None:
            self.scores.append(row["score"])
        if row["when_start"] is not None:
            self.spells.add((row["when_start"], row["when_end"]))

    def values(self, categories: Iterable[str]) -> dict[str, str | int | float]:
        """The edge's attributes; ``first`` and ``last`` are absent where no day is known."""
        days = {}
        if self.spells:
            days = {"first": min(self.spells)[0].isoformat(), "last": max(end for _, end in self.spells).isoformat()}
        return {
            "weight": self.events,
            "stories": self.stories,
            "imported": self.imported,
            "score": round(sum(self.scores) / len(self.scores), 4) if self.scores else 0.0,
            "cooperation": self.quads["verbal_cooperation"] + self.quads["material_cooperation"],
            "conflict": self.quads["verbal_conflict"] + self.quads["material_conflict"],
            **days,
            **{category: self.categories[category] for category in categories},
        }


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by id in its order, with the attributes of :data:`NODE_TYPES`; edges by source and target."""

    nodes: dict[str, dict[str, str]]
    edges: list[Edge]
    categories: tuple[str, ...]

    @property
    def edge_types(self) -> dict[str, str]:
        """The edges' attributes and their types."""
        counts = dict.fromkeys(("weight", "stories", "imported"), "int")
        balance = {"score": "double", "cooperation": "int", "conflict": "int", "first": "string", "last": "string"}
        return {**counts, **balance, **dict.fromkeys(self.categories, "int")}


def export_graphs(
    record: Record, folder: Path, *, filter: EventFilter | None, suffix: str, lines: Callable[[Network], Iterator[str]]
) -> dict[str, int]:
    """Write the networks of actors and of countries as two files with this suffix; returns their nodes and edges.

    :raises SourceError: the folder cannot be written.
    :raises RecordError: the record cannot be read.
    """
    both = {of: network(record, of, filter) for of in (ACTORS, COUNTRIES)}
    write_files(folder, {f"{of}.{suffix}": partial(lines, found) for of, found in both.items()})
    counted = {of: {"nodes": len(found.nodes), "edges": len(found.edges)} for of, found in both.items()}
    return {f"{what} of {of}": count for of, counts in counted.items() for what, count in counts.items()}


def files(suffix: str, edges: str) -> dict[str, str]:
    """What the two files hold; ``edges`` says what an edge is."""
    return {
        f"{ACTORS}.{suffix}": f"people, bodies, groups and states as nodes; {edges}",
        f"{COUNTRIES}.{suffix}": "the same by the codes of countries and bodies",
    }


def network(record: Record, of: str, chosen: EventFilter | None) -> Network:
    """The network of actors (:data:`ACTORS`: entities) or of countries and bodies (:data:`COUNTRIES`: codes).

    :raises RecordError: the record cannot be read.
    :raises NotFoundError: the filter names an article that it does not hold.
    """
    edges: dict[tuple[str, str], Edge] = {}
    for row in _rows(record, of, chosen):
        for source, target in pairs(row["actors"], row["recipients"], mutual=row["mutual"]):
            edges.setdefault((source, target), Edge(source, target)).add(row)
    ids = sorted({node for pair in edges for node in pair})
    named = _entities(record, ids) if of == ACTORS else _codes(ids)
    used = {category for edge in edges.values() for category in edge.categories}
    known = load_ontology().categories
    order = sorted(used, key=lambda name: (list(known).index(name) if name in known else len(known), name))
    return Network(named, [edges[pair] for pair in sorted(edges)], tuple(order))


def pairs(actors: list[str], recipients: list[str], *, mutual: bool) -> Iterator[tuple[str, str]]:
    """Who deals with whom in one event, each pair once; in what is ``mutual`` the actors deal with each other."""
    found = combinations(sorted(actors), 2) if mutual else product(actors, recipients)
    return (pair for pair in dict.fromkeys(found) if pair[0] != pair[1])


def _rows(record: Record, of: str, chosen: EventFilter | None) -> list[dict[str, Any]]:
    chosen = chosen or EventFilter()
    if chosen.status is None:
        chosen = replace(chosen, status="happened")
    if chosen.article is not None:
        chosen = replace(chosen, article=record.find_article(chosen.article))
    condition, values = chosen.condition()
    actors, recipients = _COLUMNS[of]
    return record.select(_SQL.format(actors=actors, recipients=recipients, condition=condition), *values)


def _entities(record: Record, ids: list[str]) -> dict[str, dict[str, str]]:
    known = {entity.id: entity for entity in record.entities(ids)}
    return {one: _entity(known.get(one), one) for one in ids}


def _entity(entity: Entity | None, node: str) -> dict[str, str]:
    if entity is None:
        return {"name": node}
    values = {"name": entity.name, "kind": entity.kind, "code": entity.code, "sector": entity.sector}
    return {name: value for name, value in values.items() if value}


def _codes(ids: list[str]) -> dict[str, dict[str, str]]:
    ontology = load_ontology()
    return {
        code: {
            "name": ontology.countries[code].name if code in ontology.countries else ontology.nonstate.get(code, code),
            "kind": "state" if code in ontology.countries else "organisation",
            "code": code,
        }
        for code in ids
    }


def attribute(value: object) -> str:
    """A value in quotes as an attribute of XML; what XML cannot hold is U+FFFD."""
    return quoteattr(text(value))


def text(value: object) -> str:
    """A value as characters that XML can hold."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", str(value))
