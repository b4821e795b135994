"""The record as JSON-LD: which statement derives from which words, on whose word it stands, and who corrected it.

Three public vocabularies say it: schema.org (events, articles, people, places), PROV-O of the W3C (what derives from
what, to whom a statement is attributed, which activity changed it) and Web Annotation of the W3C (the words, by
position and by quotation). What none of them has a name for is under ``urn:dragoman:term:``. The context is in the
file: no tool needs the network to read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dragoman.exchange.base import Format, Told, told, write_files
from dragoman.exchange.plover import touched
from dragoman.model import Article, Attribution, Correction, Entity, Event, Office, Party, Report, Span, When, Where
from dragoman.record import EventFilter, Record, status_of

FILE = "record.jsonld"

Node = dict[str, Any]

_DAY = {"@type": "http://www.w3.org/2001/XMLSchema#date"}
_LINK = {"@type": "@id"}
CONTEXT: Node = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "term": "urn:dragoman:term:",
    **{name: {"@id": name, **_DAY} for name in ("schema:startDate", "schema:endDate", "schema:datePublished")},
    "prov:endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    **{
        name: {"@id": name, **_LINK}
        for name in (
            "prov:wasDerivedFrom",
            "prov:wasAttributedTo",
            "prov:wasGeneratedBy",
            "prov:wasAssociatedWith",
            "prov:used",
            "prov:agent",
            "oa:hasSource",
            "schema:about",
            "schema:sameAs",
            "schema:url",
            "term:actor",
            "term:recipient",
            "term:sentence",
            "term:cue",
            "term:content",
            "term:speaksFor",
            "term:undoneBy",
        )
    },
}
_TYPES = {
    "state": "schema:Country",
    "person": "schema:Person",
    "organisation": "schema:Organization",
    "group": "schema:Organization",
    "place": "schema:Place",
    "thing": "schema:Thing",
}

# What the target of a correction is, where it is no event.
_CHANGES = {"split_entity": "entity", "merge_entities": "entity", "undo": "correction"}


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write ``record.jsonld`` under ``folder``: one object, each node of its graph on a line of its own.

    :raises SourceError: the folder cannot be written.
    :raises RecordError: the record cannot be read.
    """
    counts = write_files(folder, {FILE: lambda: _lines(record, filter)})
    return {"nodes": counts[FILE] - 4}


def _lines(record: Record, chosen: EventFilter | None) -> Iterator[str]:
    yield f'{{"@context": {_json(CONTEXT)},'
    yield '"@graph": ['
    first = True
    for node in _nodes(record, chosen):
        yield ("" if first else ",") + _json(node)
        first = False
    yield "]"
    yield "}"


def _json(value: Node) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _nodes(record: Record, chosen: EventFilter | None) -> Iterator[Node]:
    articles, entities = (None, None) if chosen is None else touched(record.events(chosen))
    yield from (_article(article) for article in record.articles(articles))
    yield from (_entity(entity) for entity in record.entities(entities))
    seen: set[int] = set()
    for each in told(record, record.events(chosen)):
        yield _event(each.event)
        yield from _reports(record, each)
        seen.update(correction.id for correction in each.event.corrections)
    yield from (_correction(made) for made in record.corrections() if chosen is None or made.id in seen)


def _id(kind: str, *parts: object) -> str:
    return ":".join(("urn:dragoman", kind, *(quote(str(part), safe="") for part in parts)))


def _article(article: Article) -> Node:
    """An article; of a row that was imported, the row and the data set it is from."""
    kind = "schema:NewsArticle" if article.origin == "read" else "schema:Dataset"
    publisher = {"@type": "schema:Organization", "schema:name": article.outlet} if article.outlet else None
    return _node(
        _id("article", article.id),
        [kind, "prov:Entity"],
        {
            "schema:headline": article.title,
            "schema:url": _address(article.url),
            "schema:publisher": publisher,
            "schema:author": article.byline,
            "schema:datePublished": article.published.isoformat() if article.published else None,
            "schema:inLanguage": article.language,
            "schema:text": article.text,
            "term:origin": article.origin,
        },
    )


def _address(url: str | None) -> str | None:
    """A web address as an IRI: what it may not hold is escaped; any other address is left out."""
    if url is None or not url.startswith(("http://", "https://")):
        return None
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")


def _entity(entity: Entity) -> Node:
    return _node(
        _id("entity", entity.id),
        [_TYPES[entity.kind], "prov:Agent"],
        {
            "schema:name": entity.name,
            "schema:alternateName": list(entity.aliases),
            "schema:identifier": entity.code,
            "term:sector": entity.sector,
            "schema:hasOccupation": [_office(office) for office in entity.offices],
            "schema:sameAs": f"http://www.wikidata.org/entity/{entity.wikidata_id}" if entity.wikidata_id else None,
        },
    )


def _office(held: Office) -> Node:
    return _plain(
        {
            "@type": "schema:Role",
            "schema:roleName": held.office,
            "term:country": held.country,
            "term:former": held.former,
            "schema:startDate": held.since.isoformat() if held.since else None,
            "schema:endDate": held.until.isoformat() if held.until else None,
        }
    )


def _event(event: Event) -> Node:
    """An event as its first report tells it, corrections applied."""
    report = event.reports[0]
    return _node(
        _id("event", event.id),
        ["schema:Event", "prov:Entity"],
        {
            **_said(report),
            "term:stories": event.stories,
            "term:rejected": event.rejected or None,
            "prov:wasDerivedFrom": [_id("report", one.id) for one in event.reports],
            "prov:wasGeneratedBy": [_id("correction", one.id) for one in event.corrections],
        },
    )


def _said(report: Report) -> Node:
    """What a report says of its event."""
    return {
        "term:category": report.category,
        "term:mode": list(report.modes),
        "term:context": list(report.contexts),
        "term:status": status_of(report),
        "term:actor": _who(report.actors),
        "term:recipient": _who(report.recipients),
        "term:about": list(report.about),
        **_days(report.when),
        "schema:location": _place(report.where),
    }


def _who(parties: Iterable[Party]) -> list[str]:
    return list(dict.fromkeys(_id("entity", party.entity) for party in parties))


def _days(when: When | None) -> Node:
    if when is None:
        return {}
    days = {"schema:startDate": when.start.isoformat(), "schema:endDate": when.end.isoformat()}
    return {**days, "term:precision": when.precision}


def _place(where: Where | None) -> Node | None:
    if where is None:
        return None
    point = {"@type": "schema:GeoCoordinates", "schema:latitude": where.latitude, "schema:longitude": where.longitude}
    return _plain(
        {
            "@type": "schema:Place",
            "schema:name": where.name,
            "schema:addressCountry": where.code,
            "schema:geo": point if where.latitude is not None and where.longitude is not None else None,
        }
    )


def _reports(record: Record, each: Told) -> Iterator[Node]:
    articles = {each.article.id: each.article}
    others = {report.article for report in each.event.reports} - articles.keys()
    articles |= {article.id: article for article in record.articles(others)} if others else {}
    return (_report(report, each.event, articles[report.article].text) for report in each.event.reports)


def _report(report: Report, event: Event, text: str) -> Node:
    """One article's statement of the event: the words it derives from, and on whose word it stands."""
    words = [report.sentence, *report.cues, *(party.span for party in (*report.actors, *report.recipients))]
    words += [one.span for one in (report.when, report.where) if one is not None and one.span is not None]
    spans = sorted(dict.fromkeys(words), key=lambda span: (span.start, span.end))
    sources = [_id("entity", party.entity) for said in report.attribution for party in said.source]
    return _node(
        _id("report", report.id),
        ["schema:Claim", "prov:Entity"],
        {
            "schema:about": _id("event", event.id),
            **_said(report),
            "schema:text": text[report.sentence.start : report.sentence.end],
            "term:confidence": round(report.confidence, 2),
            "term:sentence": _span_id(report.sentence),
            "term:cue": [_span_id(cue) for cue in report.cues],
            "prov:wasDerivedFrom": [_span(span, text) for span in spans],
            "prov:wasAttributedTo": list(dict.fromkeys(sources)),
            "prov:qualifiedAttribution": [_attribution(said, text) for said in report.attribution],
        },
    )


def _attribution(said: Attribution, text: str) -> Node:
    return _plain(
        {
            "@type": "prov:Attribution",
            "prov:agent": _who(said.source),
            "term:kind": said.kind,
            "term:anonymous": said.anonymous,
            "term:content": _span(said.content, text),
            "term:cue": _span(said.cue, text) if said.cue else None,
            "term:speaksFor": _attribution(said.parent, text) if said.parent else None,
        }
    )


def _span_id(span: Span) -> str:
    return _id("span", span.article, span.start, span.end)


def _span(span: Span, text: str) -> Node:
    """Words of an article, by their place and by quotation (Web Annotation Data Model, 4.2.4 and 4.2.5)."""
    node = _span_id(span)
    place = {"@id": f"{node}:place", "@type": "oa:TextPositionSelector", "oa:start": span.start, "oa:end": span.end}
    words = {"@id": f"{node}:words", "@type": "oa:TextQuoteSelector", "oa:exact": text[span.start : span.end]}
    source = {"oa:hasSource": _id("article", span.article), "oa:hasSelector": [place, words]}
    return {"@id": node, "@type": ["oa:SpecificResource", "prov:Entity"], **source}


def _correction(made: Correction) -> Node:
    """A change as the activity of an analyst; ``was`` and ``now`` are JSON text, as the record keeps them."""
    return _node(
        _id("correction", made.id),
        ["prov:Activity"],
        {
            "prov:used": _id(_CHANGES.get(made.kind, "event"), made.target),
            "prov:wasAssociatedWith": {"@type": ["prov:Person", "prov:Agent"], "schema:name": made.who},
            "prov:endedAtTime": made.made.isoformat(),
            "rdfs:comment": made.why,
            "term:kind": made.kind,
            "term:field": made.field,
            "term:undoneBy": _id("correction", made.undone_by) if made.undone_by else None,
            "term:was": json.dumps(made.was, ensure_ascii=False, sort_keys=True),
            "term:now": json.dumps(made.now, ensure_ascii=False, sort_keys=True),
        },
    )


def _node(node: str, kinds: list[str], values: Node) -> Node:
    return {"@id": node, "@type": kinds, **_plain(values)}


def _plain(values: Node) -> Node:
    """Without what is unknown or empty: in RDF it is not there."""
    return {name: value for name, value in values.items() if value is not None and value != []}


FORMAT = Format(
    name="jsonld",
    description="Statements with the words they derive from, as JSON-LD",
    export=export,
    files={FILE: "articles, entities, events, reports with their spans, corrections; the context is in the file"},
    opens="rdflib, Apache Jena, any JSON reader",
    losses=(
        "quantities, the reasons of a report's fields, the roles of paragraphs",
        "the order of parties, modes, contexts and cues: sets in RDF",
        "an address that is none of the web is left out",
    ),
)
