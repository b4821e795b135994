"""Which reports tell of one event.

Reports in verbatim copies of one text are one event, whoever printed them (:func:`event_key`). Tellings of different
texts are one event where they are likely to be (:mod:`dragoman.linking.telling`) and nothing speaks against it
(:func:`together`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

from dragoman.linking.clustering import NEVER, clusters, connected
from dragoman.linking.stories import key_of, plain_words, story_key
from dragoman.linking.telling import Model, Telling, compare
from dragoman.model import Article, Event, Report, Span

# Tellings whose every pair is compared at a time: a hundred thousand pairs, some seconds.
LARGEST = 500
# By so much the least likelihood is raised, again and again, where more than that hang together.
STEP = 0.02

Links = Mapping[tuple[str, str], float]


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


def together(tellings: Mapping[str, Telling], links: Links, by: Model) -> list[list[str]]:
    """The events of these tellings, each a list of their ids, earliest published first.

    Average link over how likely every two are, so that one likely pair does not draw two events together; two that
    contradict each other are never one.

    :param links: the likely pairs and how likely they are; all that hang together must be given at once.
    """
    order = sorted(tellings, key=lambda event: (tellings[event].published or date.max, event))
    found: list[list[str]] = []
    for part in _parts(order, links, by.pair):
        members = [event for event in order if event in part] if len(part) < len(order) else order
        found += clusters(members, _pairs(members, tellings, by), by.mean)
    return found


def _parts(events: list[str], links: Links, least: float) -> Iterator[frozenset[str]]:
    """What hangs together by links that are likely enough; where that is too much, only by likelier ones."""
    for part in connected(events, (pair for pair, likely in links.items() if likely >= least)):
        if len(part) <= LARGEST or least >= 1:
            yield part
        else:
            inside = {pair: likely for pair, likely in links.items() if pair[0] in part}
            yield from _parts(sorted(part), inside, least + STEP)


def _pairs(members: list[str], tellings: Mapping[str, Telling], by: Model) -> dict[tuple[str, str], float]:
    found = {}
    for one, other in combinations(members, 2):
        compared = compare(tellings[one], tellings[other])
        found[one, other] = NEVER if compared.against is not None else by.likely(compared)
    return found


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
