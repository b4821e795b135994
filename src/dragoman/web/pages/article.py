"""The articles, and one of them with the words marked that its reports rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request

from dragoman.model import Article
from dragoman.views.linked import StoryOf, story_of
from dragoman.views.show import EventLine, event_lines
from dragoman.web.asking import Kept, Paged, Word
from dragoman.web.forms import Page, Row, add
from dragoman.web.marks import WordClaim, claims, marked

router = APIRouter(tags=["articles"])


@dataclass(frozen=True, slots=True)
class Told:
    """One report of the article as it was read, and the event it tells of: ``corrected``, an analyst says something
    else of it; ``rejected``, he says that it is no event."""

    event: str
    report: EventLine
    corrected: bool
    rejected: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article, the reports it makes in text order, every claim on its words, and its story if it has copies."""

    article: Article
    told: tuple[Told, ...]
    claims: tuple[WordClaim, ...]
    story: StoryOf | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article of the list; ``events`` counts its reports."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    language: str | None
    origin: str
    events: int


@dataclass(frozen=True, slots=True)
class ArticleList:
    """Some of the articles and imported rows, the newest first, and how many there are."""

    total: int
    offset: int
    limit: int
    outlet: str | None
    origin: str | None
    rows: tuple[ArticleRow, ...]


def article(record: Kept, id: str) -> ArticlePage:
    """An article by its id or the beginning of one, with every word its reports rest on."""
    reading = record.reading(id)
    events = {row.pop("sequence"): row for row in record.select(_EVENTS, reading.article.id)}
    told = tuple(Told(report=line, **events[line.sequence]) for line in event_lines(reading.reports))
    story = story_of(record, reading.article.id)
    return ArticlePage(reading.article, told, claims(reading.article, reading.reports), story)


_EVENTS = """
SELECT e.sequence, e.event, f.corrected, f.rejected FROM event_reports e JOIN facts f ON f.event = e.event
WHERE e.article = ?
"""


def first_cues(found: Iterable[WordClaim]) -> dict[int, int]:
    """Where the first cue of each report ends."""
    ends: dict[int, int] = {}
    for claim in found:
        if claim.part == "cue":
            ends.setdefault(claim.sequence, claim.end)
    return ends


def articles(record: Kept, paged: Paged, outlet: Word = None, origin: Word = None) -> ArticleList:
    """The articles, the newest first; of one outlet where it is named, or of one origin: `read`, or the format of rows
    that were imported."""
    asked = {"outlet = ?": outlet, "origin = ?": origin}
    chosen = {test: value for test, value in asked.items() if value}
    where, values = f"WHERE {' AND '.join(chosen)}" if chosen else "", list(chosen.values())
    total = record.select(f"SELECT count(*) AS n FROM articles {where}", *values)[0]["n"]
    sql = f"""
        WITH shown AS (SELECT * FROM articles {where}
            ORDER BY published DESC NULLS LAST, id LIMIT {paged.limit} OFFSET {paged.offset})
        SELECT id, title, outlet, url, published, language, origin,
            (SELECT count(*) FROM reports r WHERE r.article = shown.id) AS events
        FROM shown ORDER BY published DESC NULLS LAST, id"""
    rows = tuple(ArticleRow(**row) for row in record.select(sql, *values))
    return ArticleList(total, paged.offset, paged.limit, outlet, origin, rows)


def _more(found: ArticlePage, request: Request) -> Mapping[str, Any]:
    return {
        "paragraphs": marked(found.article, found.claims),
        "events": {each.report.sequence: each.event for each in found.told},
        "anchors": first_cues(found.claims),
    }


def _claim_rows(found: ArticlePage) -> Iterable[Row]:
    events = {each.report.sequence: each.event for each in found.told}
    return ({"article": found.article.id, "event": events[each.sequence], **asdict(each)} for each in found.claims)


add(
    router,
    Page(
        path="/article/{id}",
        data="/article/{id}",
        template="article.html",
        summary="An article with the words its reports rest on",
        answer=article,
        table=_claim_rows,
        more=_more,
    ),
)
add(
    router,
    Page(
        path="/articles",
        data="/articles",
        template="articles.html",
        summary="The articles",
        answer=articles,
        table=lambda found: [asdict(row) for row in found.rows],
    ),
)
