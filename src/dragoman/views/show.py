"""An article with its records marked, and its events in a few words each: plain data for any medium."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dragoman.model import Article, Attribution, Paragraph, Party, Report, Span, When

MarkKind = Literal["cue", "date", "place", "actor", "recipient", "speaker"]

# Where words have several parts to play, the first of these gives them their colour: a cue is rarest and tells
# most; a speaker is last, since he is often a party too.
MARK_KINDS: tuple[MarkKind, ...] = ("cue", "date", "place", "actor", "recipient", "speaker")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that a report rests on: offsets in the article's text, their part, and the report's sequence."""

    start: int
    end: int
    kind: MarkKind
    sequence: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with the same marks throughout. ``ends`` lists the reports with a cue that ends here."""

    text: str
    kind: MarkKind | None
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph cut into segments; their texts joined are the paragraph's text."""

    paragraph: Paragraph
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    """One report in words: what a reader needs to check it against the text."""

    sequence: int
    day: str
    event: str
    actors: str
    recipients: str
    status: str
    by: str
    text: str
    place: str


def marked_paragraphs(article: Article, reports: Sequence[Report]) -> tuple[MarkedParagraph, ...]:
    """The article's paragraphs in order, each with the words its reports rest on."""
    marks = sorted(_marks(reports), key=lambda mark: (mark.start, mark.end))
    return tuple(_marked(paragraph, _within(marks, paragraph)) for paragraph in article.paragraphs)


def event_lines(reports: Iterable[Report]) -> tuple[EventLine, ...]:
    """The reports in text order, in words."""
    return tuple(event_line(report) for report in reports)


def event_line(report: Report) -> EventLine:
    """One report in words."""
    return EventLine(
        sequence=report.sequence,
        day=day(report.when),
        event=" · ".join((report.category, *report.modes)),
        actors=parties(report.actors),
        recipients=parties(report.recipients),
        status=", ".join(report.auxiliary),
        by=voice(report.attribution),
        text=report.cue_text,
        place=report.where.name if report.where else "",
    )


def day(when: When | None) -> str:
    """The time as exactly as it is known: ``2020-10-01``, ``2006-02``, ``1795``, ``1954–1962``, or nothing."""
    if when is None or when.precision == "unknown":
        return ""
    length = {"year": 4, "month": 7}.get(when.precision, 10)
    first, last = when.start.isoformat()[:length], when.end.isoformat()[:length]
    if when.precision == "decade":
        return f"{when.start.year // 10 * 10}s"
    return first if first == last else f"{first}–{last}"


def parties(parties: Iterable[Party]) -> str:
    """Who, each once: the resolved name with its country's or body's code."""
    return ", ".join(dict.fromkeys(party(each) for each in parties))


def party(party: Party) -> str:
    """``Mark Esper (USA)``; the words of the text where nothing was resolved."""
    name = party.name or party.text
    return f"{name} ({party.code})" if party.code and party.code != name else name


def voice(attribution: Sequence[Attribution]) -> str:
    """On whose word; ``via`` names the source that passes another's word on. Empty for the report's own voice."""
    return "; ".join(_source(each) for each in attribution)


def _source(attribution: Attribution) -> str:
    words = ", ".join(dict.fromkeys(party.name or party.text for party in attribution.source))
    words = words or "a source not named"
    return f"{words}, via {_source(attribution.parent)}" if attribution.parent else words


def _marks(reports: Iterable[Report]) -> Iterator[Mark]:
    for report in reports:
        for kind, span in _spans(report):
            yield Mark(span.start, span.end, kind, report.sequence)


def _spans(report: Report) -> Iterator[tuple[MarkKind, Span]]:
    yield from (("cue", span) for span in report.cues)
    yield from (("actor", party.span) for party in report.actors)
    yield from (("recipient", party.span) for party in report.recipients)
    yield from (("speaker", party.span) for each in report.attribution for party in each.source)
    if report.when is not None and report.when.span is not None:
        yield "date", report.when.span
    if report.where is not None:
        yield "place", report.where.span


def _within(marks: Sequence[Mark], paragraph: Paragraph) -> list[Mark]:
    return [mark for mark in marks if mark.start < paragraph.end and mark.end > paragraph.start]


def _marked(paragraph: Paragraph, marks: Sequence[Mark]) -> MarkedParagraph:
    cuts = {paragraph.start, paragraph.end}
    for mark in marks:
        cuts |= {max(mark.start, paragraph.start), min(mark.end, paragraph.end)}
    bounds = sorted(cuts)
    segments = (_segment(paragraph, marks, start, end) for start, end in pairwise(bounds))
    return MarkedParagraph(paragraph, tuple(segments))


def _segment(paragraph: Paragraph, marks: Sequence[Mark], start: int, end: int) -> Segment:
    over = [mark for mark in marks if mark.start < end and mark.end > start]
    kind = min((mark.kind for mark in over), key=MARK_KINDS.index, default=None)
    ends = sorted({mark.sequence for mark in over if mark.kind == "cue" and mark.end == end})
    return Segment(paragraph.text[start - paragraph.start : end - paragraph.start], kind, tuple(ends))
