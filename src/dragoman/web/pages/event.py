"""One event: its reports side by side, what they agree on and where they differ, and each one's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from dragoman.model import Article, Report
from dragoman.views.linked import Links, links_of
from dragoman.views.rows import EventRow, of_ids
from dragoman.web.asking import FARTHEST, Kept
from dragoman.web.changes import Change, change, fields_of, signature_of
from dragoman.web.forms import Page, Row, add
from dragoman.web.marks import WordClaim, claims, marked_words
from dragoman.web.pages.article import first_cues
from dragoman.web.refusal import missing
from dragoman.web.sides import Comparison, sides

router = APIRouter(tags=["events"])

# More columns than that are not compared by eye, nor are they read on a phone.
COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Source:
    """The article of a report, as far as it tells where the words stand."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    origin: str
    story: str


@dataclass(frozen=True, slots=True)
class ReportOf:
    """One report of the event with its article, its sentence, and every claim on the sentence's words and beyond."""

    report: Report
    source: Source
    sentence: str
    claims: tuple[WordClaim, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event as the record has it, some of its reports from ``offset`` on, and these compared field by field.

    ``rejected``: an analyst says that it is no event. ``corrections``: what analysts changed, oldest first. ``links``:
    why texts that are no copies are one event, and what was kept apart.
    """

    row: EventRow
    rejected: bool
    total: int
    offset: int
    reports: tuple[ReportOf, ...]
    sides: tuple[Comparison, ...]
    corrections: tuple[Change, ...]
    links: Links


def event(record: Kept, id: str, offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0) -> EventPage:
    """An event by its id or the beginning of one, with its reports side by side, some at a time."""
    found = record.event(id)
    shown = found.reports[offset : offset + COLUMNS]
    if not shown:
        raise missing(f"it has {len(found.reports)} reports, none from {offset} on")
    articles = {article.id: article for article in record.articles({report.article for report in shown})}
    stories = _stories(record, list(articles))
    told = tuple(_report(report, articles[report.article], stories[report.article]) for report in shown)
    row = of_ids(record, [found.id])[found.id]
    changes = tuple(map(change, found.corrections))
    return EventPage(
        row, found.rejected, len(found.reports), offset, told, sides(shown), changes, links_of(record, found.id)
    )


def _stories(record: Kept, ids: list[str]) -> dict[str, str]:
    sql = "SELECT id, story FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    return {row["id"]: row["story"] for row in record.select(sql, ids)}


def _report(report: Report, article: Article, story: str) -> ReportOf:
    published = article.published.isoformat() if article.published else None
    source = Source(article.id, article.title, article.outlet, published, article.url, article.origin, story)
    sentence = article.text[report.sentence.start : report.sentence.end]
    return ReportOf(report, source, sentence, claims(article, [report]))


def _more(found: EventPage, request: Request) -> Mapping[str, Any]:
    shown = {"marked": [_sentence(each) for each in found.reports], "columns": COLUMNS}
    return {**shown, "fields": fields_of(found.row), **signature_of(found, request)}


def _sentence(each: ReportOf) -> dict[str, Any]:
    marks = marked_words(each.sentence, each.report.sentence.start, each.claims)
    return {"marks": marks, "anchors": first_cues(each.claims)}


def _rows(found: EventPage) -> Iterable[Row]:
    names = [side.field for side in found.sides]
    for place, each in enumerate(found.reports):
        said = {name: side.values[place] for name, side in zip(names, found.sides, strict=True)}
        yield {
            "event": found.row.event,
            "article": each.source.id,
            "sequence": each.report.sequence,
            "outlet": each.source.outlet,
            "published": each.source.published,
            **said,
            "confidence": each.report.confidence,
            "sentence": each.sentence,
            "start": each.report.sentence.start,
            "end": each.report.sentence.end,
        }


add(
    router,
    Page(
        path="/event/{id}",
        data="/event/{id}",
        template="event.html",
        summary="An event with its reports side by side",
        answer=event,
        table=_rows,
        more=_more,
    ),
)
