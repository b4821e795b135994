"""PLOVER JSON Lines back into readings; the way out, and what it loses, is :mod:`dragoman.exchange.plover`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from dragoman.errors import FormatError, SourceError
from dragoman.exchange import plover_public
from dragoman.exchange.base import Incoming, Located
from dragoman.model import (
    Article,
    Attribution,
    Entity,
    Office,
    Paragraph,
    Party,
    Quantity,
    Reading,
    Report,
    Span,
    When,
    Where,
)

# Sources behind each other: no report cites more than a few, and what is nested without end is an attack.
NESTED = 20

Row = dict[str, Any]
T = TypeVar("T")


def load(path: Path, *, outlet: str | None = None) -> Iterator[Incoming]:
    """The readings of an export of Dragoman's own, or of a file of PLOVER records from elsewhere.

    An export is a folder with articles.jsonl, entities.jsonl and events.jsonl; see :func:`readings`. For files see
    :mod:`dragoman.exchange.plover_public`; a folder without articles.jsonl is taken for one of such files.

    :raises SourceError: a file is missing or cannot be read.
    :raises FormatError: a line of an export is not what the format has there; the message names file and line.
    """
    if not (path / "articles.jsonl").exists() and not (path / "events.jsonl").exists():
        yield from plover_public.load(path, outlet=outlet)
        return
    for reading in readings(path):
        yield Located(f"{path}, article {reading.article.id}", reading)


def readings(folder: Path) -> Iterator[Reading]:
    """The readings of an export, in the order of articles.jsonl.

    The entities and events of all articles are held in memory, the articles one by one.

    :raises SourceError: a file is missing or cannot be read.
    :raises FormatError: a line is not what the format has there; the message names file and line.
    """
    entities: dict[str, Entity] = {}
    first: defaultdict[str, list[str]] = defaultdict(list)
    for entity, namer in _each(folder / "entities.jsonl", _entity):
        entities[entity.id] = entity
        first[namer].append(entity.id)
    told: defaultdict[str, list[tuple[Report, str]]] = defaultdict(list)
    for report, version in _each(folder / "events.jsonl", _report):
        told[report.article].append((report, version))
    for article in _each(folder / "articles.jsonl", _article):
        yield _reading(article, told.pop(article.id, []), first.get(article.id, []), entities)
    if told:
        missing = min(told)
        raise FormatError(f"events.jsonl tells of article {missing!r}, which articles.jsonl lacks", source=str(folder))


def _reading(
    article: Article, told: list[tuple[Report, str]], first: list[str], entities: dict[str, Entity]
) -> Reading:
    reports = sorted((report for report, _ in told), key=lambda report: report.sequence)
    named = {party.entity for report in reports for party in everyone(report)} | set(first)
    if missing := named - entities.keys():
        raise FormatError(f"entities.jsonl lacks {min(missing)!r}", source=article.id)
    version = told[0][1] if told else ""
    return Reading(article, tuple(entities[one] for one in sorted(named)), tuple(reports), version)


def everyone(report: Report) -> Iterator[Party]:
    """Every mention of somebody in a report: the parties, and the sources behind each other."""
    yield from (*report.actors, *report.recipients)
    for said in report.attribution:
        step: Attribution | None = said
        while step is not None:
            yield from step.source
            step = step.parent


def _each(path: Path, build: Callable[[Row], T]) -> Iterator[T]:
    """What ``build`` makes of each line."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _built(line, build, source=f"{path}, line {number}")
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", source=str(path)) from error
    except UnicodeDecodeError as error:
        raise FormatError(f"is not UTF-8: {error.reason}", source=str(path)) from error


def _built(line: str, build: Callable[[Row], T], *, source: str) -> T:
    try:
        return build(json.loads(line))
    except KeyError as error:
        raise FormatError(f"the field {error} is missing", source=source) from error
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise FormatError(f"is not a row of this format: {error}", source=source) from error


def _article(row: Row) -> Article:
    return Article(
        id=row["id"],
        paragraphs=tuple(Paragraph(p["text"], p["role"], p["start"], p["credit"]) for p in row["paragraphs"]),
        title=row["title"],
        url=row["url"],
        outlet=row["publication"],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        published_basis=row["published_basis"],
        language=row["language"],
        origin=row.get("origin", "plover"),
    )


def _entity(row: Row) -> tuple[Entity, str]:
    """The entity, and the first article that names it."""
    entity = Entity(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        code=row["code"],
        sector=row["sector"],
        other_sectors=tuple(row["other_sectors"]),
        aliases=tuple(row["aliases"]),
        offices=tuple(Office(held["office"], held["country"], held["former"]) for held in row["offices"]),
        wikidata_id=row["wikidata_id"],
    )
    return entity, row["article"]


def _report(row: Row) -> tuple[Report, str]:
    """The report that speaks for the event, and the version of its reading."""
    info = row["text_info"]
    article = info["article"]
    report = Report(
        id=row["reports"][0],
        article=article,
        sequence=info["sequence"],
        category=row["event"][0],
        sentence=_span(info, article),
        cues=tuple(_span(cue, article) for cue in row["event_info"]),
        cue_text=" ".join(row["event_text"]),
        actors=_parties(row["actor"], article),
        recipients=_parties(row["recipient"], article),
        modes=tuple(row["mode"]),
        contexts=tuple(row["context"]),
        when=_when(row, article),
        where=_where(row["event_loc"], article),
        auxiliary=tuple(row["auxiliary_mode"]),
        quantities=tuple(_quantity(one, article) for one in row["quantities"]),
        about=tuple(row["about"]),
        attribution=tuple(_attribution(one, article) for one in row["attribution"]),
        confidence=row["confidence"],
    )
    return report, row["coded_date"]


def _span(row: Row, article: str) -> Span:
    return Span(article, row["start"], row["end"])


def _parties(rows: list[Row], article: str) -> tuple[Party, ...]:
    return tuple(
        Party(
            entity=row["identifier_id"],
            name=row["identifier_text"],
            text=row["entity_text"],
            span=_span(row, article),
            code=row["code"],
            sector=row["sector"],
            office=row["office"],
        )
        for row in rows
    )


def _when(row: Row, article: str) -> When | None:
    if "date" not in row:
        return None
    last = row["enddate"] if "enddate" in row else row["date"]
    return When(
        start=date.fromisoformat(row["date"]),
        end=date.fromisoformat(last),
        precision=row["date_precision"],
        basis=row["date_basis"],
        span=_span(row["date_info"], article) if "date_info" in row else None,
    )


def _where(row: Row | None, article: str) -> Where | None:
    if row is None:
        return None
    return Where(
        name=row["name"],
        span=_span(row, article),
        code=row["code"],
        latitude=row["lat"],
        longitude=row["lon"],
        geonameid=row["geonameid"],
        precision=row["precision"],
    )


def _attribution(row: Row, article: str, *, within: int = 0) -> Attribution:
    if within > NESTED:
        raise ValueError(f"a source stands behind more than {NESTED} others")
    return Attribution(
        content=_span(row, article),
        kind=row["kind"],
        source=_parties(row["source"], article),
        anonymous=row["anonymous"],
        cue=_span(row["cue_info"], article) if row["cue_info"] else None,
        parent=_attribution(row["parent"], article, within=within + 1) if row["parent"] else None,
    )


def _quantity(row: Row, article: str) -> Quantity:
    return Quantity(float(row["value"]), row["text"], _span(row, article), row["unit"], row["of"])
