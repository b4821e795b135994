"""Events of one kind between the same parties, put together into occasions in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.ontology.ranks import load_ranks
from dragoman.record import Record
from dragoman.views.scope import Scope


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of event that is asked about: ``scope`` says what it is (parties, category, mode, context).

    ``level``: somebody of at least this level of office (``ranks.yaml``) is among the actors; ``office``: somebody of
    this office, by its common name; ``person``: this entity. An actor without a known office meets neither of the two.
    """

    scope: Scope
    level: str | None = None
    office: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time at which it happened: ``start`` and ``end`` are the first and last day it can have been, ``events``
    the ids of the events that tell of it or can tell of it, best dated first; ``told_by``: their articles.

    Events whose days overlap are one occasion: a visit told by three articles and by an official list is one visit, and
    what is only known to lie in February 2006 is taken for the visit of that month where there is one.
    """

    start: date
    end: date
    precision: str
    events: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """An event of the kind as the database tells it; ``start`` is None where no day is known."""

    event: str
    article: str
    start: date | None
    end: date | None
    precision: str


_CHOSEN = """
SELECT f.event, f.article, f.when_start, f.when_end, f.when_precision, f.actor_entities, f.corrected,
    list(DISTINCT p.office) AS offices
FROM facts f LEFT JOIN parties p ON p.article = f.article AND p.sequence = f.sequence AND p.role = 'actor'
WHERE {condition} GROUP BY ALL ORDER BY f.when_start NULLS LAST, f.when_end, f.article, f.event
"""


def events_of(record: Record, kind: Kind) -> list[Dated]:
    """The events of a kind by first possible day, undated ones last.

    :raises RecordError: the record cannot be read.
    """
    condition, values = kind.scope.condition()
    rows = record.select(_CHOSEN.format(condition=condition), *values)
    corrected = _corrected_offices(record, [row["event"] for row in rows if row["corrected"]])
    return [
        Dated(row["event"], row["article"], row["when_start"], row["when_end"], row["when_precision"] or "unknown")
        for row in rows
        if _by(kind, corrected.get(row["event"], row["offices"]))
        and (kind.person is None or kind.person in row["actor_entities"])
    ]


def _by(kind: Kind, offices: Iterable[str | None]) -> bool:
    """Whether actors with these offices are of the level and the office that the kind asks for."""
    ranks, held = load_ranks(), [office for office in offices if office]
    return (kind.level is None or any(ranks.reaches(office, kind.level) for office in held)) and (
        kind.office is None or any(ranks.office(office) == kind.office for office in held)
    )


def _corrected_offices(record: Record, events: Sequence[str]) -> dict[str, list[str | None]]:
    """The offices of the actors of these events as an analyst says they are."""
    return {event.id: [party.office for party in event.reports[0].actors] for event in record.events_of(events)}


def occasions(events: Iterable[Dated]) -> list[Occasion]:
    """The occasions of dated events, oldest first. Undated events belong to none.

    Exact events are put together first; what is known less exactly joins the occasions within its days, or is one
    itself.
    """
    dated = [each for each in events if each.start is not None]
    exact = [each for each in dated if each.precision in ("day", "week")]
    loose = [each for each in dated if each.precision not in ("day", "week")]
    found = [_occasion(group) for group in _runs(exact)]
    rest: list[Dated] = []
    for each in sorted(loose, key=lambda one: (_length(one), one.start or date.max, one.article, one.event)):
        within = [place for place, one in enumerate(found) if _meets(one, each)]
        if len(within) == 1:
            found[within[0]] = _joined(found[within[0]], each)
        elif not within:
            rest.append(each)
    return sorted([*found, *map(_occasion, _runs(rest))], key=lambda one: (one.start, one.end, one.events))


def _length(each: Dated) -> timedelta:
    return (each.end or date.max) - (each.start or date.min)


def _meets(one: Occasion, each: Dated) -> bool:
    return each.start is not None and each.end is not None and each.start <= one.end and one.start <= each.end


def _runs(events: Sequence[Dated]) -> list[list[Dated]]:
    """Events in runs whose days overlap."""
    runs: list[list[Dated]] = []
    last = date.min
    for each in sorted(events, key=lambda one: (one.start or date.min, one.end or date.min, one.article, one.event)):
        if each.start is None or each.end is None:
            continue
        if runs and each.start <= last:
            runs[-1].append(each)
            last = max(last, each.end)
        else:
            runs.append([each])
            last = each.end
    return runs


def _occasion(run: Sequence[Dated]) -> Occasion:
    best = min(run, key=lambda one: (_length(one), one.start or date.max, one.article, one.event))
    return Occasion(
        start=min(each.start for each in run if each.start),
        end=max(each.end for each in run if each.end),
        precision=best.precision,
        events=tuple(dict.fromkeys(each.event for each in (best, *run))),
        articles=tuple(dict.fromkeys(each.article for each in (best, *run))),
    )


def _joined(one: Occasion, each: Dated) -> Occasion:
    return Occasion(
        one.start,
        one.end,
        one.precision,
        tuple(dict.fromkeys((*one.events, each.event))),
        tuple(dict.fromkeys((*one.articles, each.article))),
    )
