"""Which reports tell of one event.

This is the thin first form of the room: reports in copies of one text are one event. The same event told in
other words by another story stays an event of its own here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dragoman.linking.stories import key_of, plain_words, story_key
from dragoman.model import Article, Event, Report, Span


def event_key(article: Article, report: Report, *, story: str | None = None) -> str:
    """The key of the event a report tells of: equal for the same statement in two copies of one story.

    It is made of the story, the words of the sentence and of the cues, the category and modes, the parties
    with their roles, and the words that date the event. The dates themselves are left out, because copies
    published on different days, or without a day, resolve "on Monday" differently or not at all.

    :param story: the article's story key, where the caller has it already.
    """
    text = article.text
    return key_of(
        story or story_key(article),
        plain_words(_words(text, report.sentence)),
        "|".join(plain_words(_words(text, cue)) for cue in report.cues),
        report.category,
        "|".join(sorted(report.modes)),
        "|".join(sorted(party.entity for party in report.actors)),
        "|".join(sorted(party.entity for party in report.recipients)),
        plain_words(_words(text, report.when.span)) if report.when and report.when.span else "",
    )


def merge(event: str, reports: Iterable[Report], *, stories: int, corrected: bool = False) -> Event:
    """The event of these reports. The report that speaks for it comes first, whatever order they came in.

    :param stories: the number of independent stories among the reports.
    :raises ValueError: there is no report: an event that nobody reports is no event.
    """
    ordered = tuple(sorted(reports, key=_rank))
    if not ordered:
        raise ValueError(f"event {event} has no report")
    return Event(id=event, reports=ordered, stories=stories, corrected=corrected)


def _rank(report: Report) -> tuple[bool, date, date, bool, float, str, int]:
    """Dated before undated, then the earliest date: a late reprint resolves "on Monday" to a later Monday."""
    when = report.when
    return (
        when is None,
        when.start if when else date.max,
        when.end if when else date.max,
        report.where is None,
        -report.confidence,
        report.article,
        report.sequence,
    )


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end]
