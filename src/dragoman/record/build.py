"""The record's rows as readings and reports again; the inverse of :mod:`dragoman.record.rows`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from dragoman.model import (
    Article,
    Attribution,
    Entity,
    Office,
    Paragraph,
    Party,
    Quantity,
    Reason,
    Report,
    Span,
    Vectors,
    When,
    Where,
)

# What the database hands back: its values are typed by the schema, which no checker of Python sees.
Row = dict[str, Any]
Tables = dict[str, list[Row]]


def grouped(rows: Iterable[Row], *names: str) -> defaultdict[Hashable, list[Row]]:
    """Rows by the values of the named columns, in the order they come."""
    groups: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in names)].append(row)
    return groups


def articles(rows: list[Row], paragraphs: list[Row]) -> list[Article]:
    """The articles of these rows in the same order, with their paragraphs."""
    parts = grouped(paragraphs, "article")
    return [_article(row, parts[row["id"],]) for row in rows]


def entities(rows: list[Row], offices: list[Row]) -> list[Entity]:
    """The entities of these rows in the same order, each as its own article tells."""
    held = grouped(offices, "article", "entity")
    return [_entity(row, held[row["article"], row["id"]]) for row in rows]


def counted_entities(rows: list[Row], offices: list[Row]) -> Iterator[tuple[Entity, int]]:
    """The entities of these rows, each with how many articles tell just this (``articles``); the offices of each id go
    with its first row."""
    held = grouped(offices, "entity")
    for row in rows:
        yield _entity(row, held.pop((row["id"],), [])), row["articles"]


def reports(rows: Tables) -> list[Report]:
    """The reports of ``rows["reports"]`` in the same order, with their parts from the other tables."""
    names = ("cues", "parties", "attributions", "quantities", "reasons", "vectors")
    parts = {name: grouped(rows[name], "article", "sequence") for name in names}
    return [
        _report(row, {name: parts[name][row["article"], row["sequence"]] for name in names}) for row in rows["reports"]
    ]


def _held(rows: list[Row]) -> Vectors | None:
    return Vectors(tuple(rows[0]["cue"]), tuple(rows[0]["sentence"])) if rows else None


def _article(row: Row, paragraphs: list[Row]) -> Article:
    names = ("id", "title", "url", "outlet", "byline", "published", "published_basis", "language", "origin", "credit")
    return Article(
        paragraphs=tuple(Paragraph(p["text"], p["role"], p["starts"], p["credit"]) for p in paragraphs),
        **{name: row[name] for name in names},
    )


def _entity(row: Row, offices: list[Row]) -> Entity:
    return Entity(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        code=row["code"],
        sector=row["sector"],
        other_sectors=tuple(row["other_sectors"]),
        aliases=tuple(row["aliases"]),
        offices=tuple(
            Office(o["office"], o["country"], o["former"], o["since"], o["until"], _span(o)) for o in offices
        ),
        wikidata_id=row["wikidata_id"],
    )


def _report(row: Row, parts: Tables) -> Report:
    parties = grouped(parts["parties"], "role", "attribution")
    return Report(
        id=row["id"],
        article=row["article"],
        sequence=row["sequence"],
        category=row["category"],
        sentence=_claimed(row),
        cues=tuple(_claimed(cue) for cue in parts["cues"]),
        cue_text=row["cue_text"],
        actors=_parties(parties["actor", None]),
        recipients=_parties(parties["recipient", None]),
        modes=tuple(row["modes"]),
        contexts=tuple(row["contexts"]),
        when=_when(row),
        where=_where(row),
        auxiliary=tuple(row["auxiliary"]),
        quantities=tuple(
            Quantity(q["value"], q["text"], _claimed(q), q["unit"], q["counted"]) for q in parts["quantities"]
        ),
        about=tuple(row["about"]),
        attribution=_attributions(parts["attributions"], parties),
        confidence=row["confidence"],
        reasons=tuple(Reason(r["field"], r["rule"], r["score"], _span(r)) for r in parts["reasons"]),
        vectors=_held(parts["vectors"]),
    )


def _parties(rows: list[Row]) -> tuple[Party, ...]:
    return tuple(
        Party(row["entity"], row["name"], row["text"], _claimed(row), row["code"], row["sector"], row["office"])
        for row in rows
    )


def _attributions(rows: list[Row], parties: defaultdict[Hashable, list[Row]]) -> tuple[Attribution, ...]:
    by_number = {row["number"]: row for row in rows}

    def build(row: Row) -> Attribution:
        return Attribution(
            content=_claimed(row),
            kind=row["kind"],
            source=_parties(parties["source", row["number"]]),
            anonymous=row["anonymous"],
            cue=_span(row, "cue_"),
            parent=None if row["parent"] is None else build(by_number[row["parent"]]),
        )

    return tuple(build(row) for row in rows if row["listed"])


def _when(row: Row) -> When | None:
    if row["when_start"] is None:
        return None
    return When(row["when_start"], row["when_end"], row["when_precision"], row["when_basis"], _span(row, "when_"))


def _where(row: Row) -> Where | None:
    if row["where_name"] is None:
        return None
    return Where(
        name=row["where_name"],
        span=_claimed(row, "where_"),
        code=row["where_code"],
        latitude=row["where_latitude"],
        longitude=row["where_longitude"],
        geonameid=row["where_geonameid"],
        precision=row["where_precision"],
    )


def _claimed(row: Row, prefix: str = "") -> Span:
    return Span(row["article"], row[f"{prefix}starts"], row[f"{prefix}ends"])


def _span(row: Row, prefix: str = "") -> Span | None:
    return None if row[f"{prefix}starts"] is None else _claimed(row, prefix)
