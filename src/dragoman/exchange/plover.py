"""PLOVER as JSON Lines: articles.jsonl, entities.jsonl and events.jsonl, for any tool that reads the field's names.

The field names are those of the PLOVER manual (Open Event Data Alliance, draft 2.0, chapter "Data Fields"); what
PLOVER has no name for stands beside them. All offsets count Unicode code points of the article's text: the texts of
its paragraphs joined by two line feeds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.exchange.base import Format, Told, told, write_files
from dragoman.exchange.plover_in import everyone, load
from dragoman.model import Article, Attribution, Entity, Event, Party, Quantity, Report, Span, When, Where
from dragoman.ontology.scales import scales
from dragoman.record import EventFilter, Record

ARTICLES, ENTITIES, EVENTS = "articles.jsonl", "entities.jsonl", "events.jsonl"
CODER = "dragoman"
CODEBOOK = "PLOVER draft 2.0"

Row = dict[str, Any]

# What does not come back when an export is read in again.
LOSSES = (
    "of an event told more than once, all reports but the one that speaks for it",
    "the reasons of a report's fields",
    "the vectors of a report's cue and sentence",
    "the byline of an article, and the reading version of one that tells of no event",
    "since when and until when an office is held, and where the article says so",
    "what one article tells of an entity apart from what all of them tell; an entity no event names keeps one article",
    "the cue text where it is not the cue words in their order; the digits of a confidence after the second",
    "corrections",
)

# What an import of records from elsewhere leaves out.
GAPS = (
    "an article of an own export keeps where it came from; a record from elsewhere counts as imported",
    "times of day, gender, age, religion, ethnicity, sizes and comments are kept as words only",
    "a name that neither the ontology nor the register knows is a group of its country, with an office a person",
    "modes and contexts that are none of PLOVER 2.0; of earlier drafts INVESTIGATE, DISAPPROVE and DEMAND are read",
)


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write the record to ``folder``: ``{"articles": n, "entities": n, "events": n}`` rows.

    With a filter, the events it lets through, and the articles and entities of these only. The same content gives
    the same bytes, whatever the order in which it was read.

    :raises SourceError: the folder cannot be written.
    :raises RecordError: the record cannot be read.
    """
    articles, entities = (None, None) if filter is None else touched(record.events(filter))
    counts = write_files(
        folder,
        {
            ARTICLES: lambda: _lines(article_row(article) for article in record.articles(articles)),
            ENTITIES: lambda: _lines(_entity_rows(record, entities, articles)),
            EVENTS: lambda: _lines(event_row(each) for each in told(record, record.events(filter))),
        },
    )
    return {name.removesuffix(".jsonl"): count for name, count in counts.items()}


def touched(events: Iterable[Event]) -> tuple[set[str], set[str]]:
    """The articles that tell of the events, and the entities these reports name."""
    articles: set[str] = set()
    entities: set[str] = set()
    for event in events:
        for report in event.reports:
            articles.add(report.article)
            entities.update(party.entity for party in everyone(report))
    return articles, entities


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    return (json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows)


def article_row(article: Article) -> Row:
    """One line of articles.jsonl."""
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "publication": article.outlet,
        "published": _day(article.published),
        "published_basis": article.published_basis,
        "language": article.language,
        "origin": article.origin,
        "paragraphs": [
            {"role": part.role, "text": part.text, "start": part.start, "credit": part.credit}
            for part in article.paragraphs
        ],
    }


def _entity_rows(record: Record, ids: set[str] | None, articles: set[str] | None) -> Iterator[Row]:
    first = record.first_articles(articles)
    return (entity_row(entity) | {"article": first[entity.id]} for entity in record.entities(ids))


def entity_row(entity: Entity) -> Row:
    """One line of entities.jsonl, less ``article``, the first article by id that names the entity."""
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "code": entity.code,
        "sector": entity.sector,
        "other_sectors": list(entity.other_sectors),
        "aliases": list(entity.aliases),
        "offices": [{"office": held.office, "country": held.country, "former": held.former} for held in entity.offices],
        "wikidata_id": entity.wikidata_id,
    }


def event_row(each: Told) -> Row:
    """One line of events.jsonl: the event as the report tells it that speaks for it.

    ``date``, ``enddate``, ``date_precision``, ``date_basis`` and ``date_info`` are absent where nothing fixes the day;
    ``enddate`` and ``date_info`` also where they would add nothing. ``identifier_id`` is the id in entities.jsonl.
    """
    event, article, report, text = each.event, each.article, each.event.reports[0], each.article.text
    cues = [_mention(text, cue) for cue in report.cues]
    return {
        "id": event.id,
        **_dates(report.when, text),
        "actor": [_party(party) for party in report.actors],
        "recipient": [_party(party) for party in report.recipients],
        "event": [report.category],
        "event_text": [cue["text"] for cue in cues],
        "event_info": [{"start": cue["start"], "end": cue["end"]} for cue in cues],
        "event_loc": _place(report.where),
        **_scales(report),
        "mode": list(report.modes),
        "context": list(report.contexts),
        "auxiliary_mode": list(report.auxiliary),
        "attribution": [_attribution(said, text) for said in report.attribution],
        "about": list(report.about),
        "quantities": [_quantity(quantity) for quantity in report.quantities],
        "confidence": round(report.confidence, 2),
        "link": None,
        "text": text[report.sentence.start : report.sentence.end],
        "text_info": {"article": article.id, "sequence": report.sequence, **_offsets(report.sentence)},
        "cite_info": _citation(each),
        "coder": CODER,
        "coded_date": each.version,
        "reports": [one.id for one in event.reports],
        "stories": event.stories,
        "corrected": event.corrected,
    }


def _scales(report: Report) -> Row:
    """PLOVER's quad class and score, and the CAMEO code for users of older data; null for a category of no PLOVER."""
    found = scales(report.category, report.modes, report.contexts)
    return {"quad_code": found.quad, "event_scale": found.score, "cameo": found.cameo}


def _dates(when: When | None, text: str) -> Row:
    if when is None:
        return {}
    end = {"enddate": when.end.isoformat()} if when.end != when.start else {}
    basis = {"date_precision": when.precision, "date_basis": when.basis}
    info = {"date_info": _mention(text, when.span)} if when.span else {}
    return {"date": when.start.isoformat(), **end, **basis, **info}


def _party(party: Party) -> Row:
    return {
        "code": party.code,
        "sector": party.sector,
        "entity_text": party.text,
        "identifier_id": party.entity,
        "identifier_text": party.name,
        "office": party.office,
        **_offsets(party.span),
    }


def _place(where: Where | None) -> Row | None:
    if where is None:
        return None
    return {
        "name": where.name,
        "code": where.code,
        "lat": where.latitude,
        "lon": where.longitude,
        "geonameid": where.geonameid,
        "precision": where.precision,
        **_offsets(where.span),
    }


def _attribution(said: Attribution, text: str) -> Row:
    cue = _mention(text, said.cue) if said.cue else None
    return {
        "source": [_party(party) for party in said.source],
        "kind": said.kind,
        "anonymous": said.anonymous,
        "cue": cue["text"] if cue else None,
        **_offsets(said.content),
        "cue_info": {"start": cue["start"], "end": cue["end"]} if cue else None,
        "parent": _attribution(said.parent, text) if said.parent else None,
    }


def _quantity(quantity: Quantity) -> Row:
    value = int(quantity.value) if quantity.value.is_integer() else quantity.value
    return {
        "value": value,
        "unit": quantity.unit,
        "of": quantity.of,
        "text": quantity.text,
        **_offsets(quantity.span),
    }


def _citation(each: Told) -> Row:
    return {
        "url": each.article.url,
        "title": each.article.title,
        "publication": each.article.outlet,
        "language": each.article.language,
        "coder": CODER,
        "codebook": CODEBOOK,
        "version": each.version,
    }


def _mention(text: str, span: Span) -> Row:
    return {"text": text[span.start : span.end], **_offsets(span)}


def _offsets(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


FORMAT = Format(
    name="plover",
    description="PLOVER JSON Lines: articles, entities and events",
    export=export,
    load=load,
    files={
        ARTICLES: "one article a line, with its paragraphs",
        ENTITIES: "one entity a line: who and what the articles name",
        EVENTS: "one event a line, with PLOVER's field names; see the data dictionary",
    },
    opens="any JSON reader; pandas, R's jsonlite, DuckDB's `read_json`",
    takes="an export of Dragoman's own (the folder), or PLOVER records from elsewhere: JSON Lines or a JSON list",
    losses=LOSSES,
    gaps=GAPS,
)
