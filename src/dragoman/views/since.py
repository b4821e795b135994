"""Since when: the last time before a day that a kind of event happened between two parties, how often, and the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dragoman.ontology.ranks import load_ranks
from dragoman.record import Record
from dragoman.views.known import Knowledge, knowledge
from dragoman.views.occasions import Kind, Occasion, events_of, occasions
from dragoman.views.rows import EventRow, of_ids
from dragoman.views.scope import Scope, check_words
from dragoman.views.subjects import code_name
from dragoman.views.verdicts import ClaimCheck, check_claims

LIMIT = 50  # earlier times that are told one by one
YEAR = 365.25  # days


@dataclass(frozen=True, slots=True)
class Time:
    """One time at which it happened, with the events that tell of it, best dated first."""

    occasion: Occasion
    day: str
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from the end of one time to the start of the next; to ``before`` where ``until`` has no event."""

    start: date
    end: date
    days: int
    after: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Since:
    """When a kind of event happened before a day.

    ``last`` is the latest time that lies wholly before ``before``, ``earlier`` those before it, latest first (at most
    ``LIMIT``), ``times`` how many there are in all, ``last`` included. ``intervals`` lie between them, oldest first,
    and ``longest`` is the longest of them; ``open`` is from the last one to ``before``. ``rate`` is times a year from
    the first one to ``before`` (to the last one where ``before`` is not given), None where that is less than a year.
    ``perhaps`` can have been before the day or after it; ``undated`` have no known day. ``claims`` are what reports say
    themselves of how new or rare it is; ``knowledge`` and ``notes`` say what the record does and does not cover.
    """

    kind: Kind
    names: tuple[str, ...]
    before: date | None
    last: Time | None
    earlier: tuple[Time, ...]
    times: int
    per_year: tuple[tuple[int, int], ...]
    intervals: tuple[Interval, ...]
    longest: Interval | None
    open: Interval | None
    rate: float | None
    perhaps: tuple[Time, ...]
    undated: tuple[EventRow, ...]
    claims: tuple[ClaimCheck, ...]
    knowledge: Knowledge
    notes: tuple[str, ...]


def since(
    record: Record,
    a: str,
    b: str,
    *,
    category: str | None = None,
    mode: str | None = None,
    context: str | None = None,
    level: str | None = None,
    office: str | None = None,
    directed: bool = False,
    before: date | None = None,
    limit: int = LIMIT,
) -> Since:
    """When a kind of event happened between two codes before a day, all days where ``before`` is None.

    :param directed: only what ``a`` did and ``b`` received.
    :param level: the least level of office of an actor, one of :func:`levels`; ``office``: an actor's office by any
    name.
    :raises ValueError: there is no such level, category, mode or context, or both are the same.
    :raises RecordError: the record cannot be read.
    """
    if a == b:
        raise ValueError(f"{a} and {b} are the same: two parties are needed")
    check_words(category=category, mode=mode, context=context)
    if level is not None and level not in levels():
        raise ValueError(f"no level {level!r}: one of {', '.join(levels())}")
    roles = {"actor": a, "recipient": b} if directed else {}
    scope = Scope(codes=(a, b), category=category, mode=mode, context=context, occurred=True, **roles)  # type: ignore[arg-type]
    kind = Kind(scope, level=level, office=load_ranks().office(office) if office else None)
    return _answer(record, kind, before, limit)


def levels() -> tuple[str, ...]:
    """The levels of office, highest first."""
    return load_ranks().levels


def _answer(record: Record, kind: Kind, before: date | None, limit: int) -> Since:
    events = events_of(record, kind)
    found = occasions(events)
    past = [one for one in found if before is None or one.end < before]
    straddling = [one for one in found if before is not None and one.start < before <= one.end]
    undated = [each.event for each in events if each.start is None]
    times = _times(record, [*past[-limit - 1 :], *straddling[:limit]])
    told = times[: min(len(past), limit + 1)][::-1]
    gaps = _intervals(past)
    known = knowledge(record, kind, past, before)
    rows = of_ids(record, undated[:limit])
    return Since(
        kind=kind,
        names=tuple(map(code_name, kind.scope.codes)),
        before=before,
        last=told[0] if told else None,
        earlier=tuple(told[1:]),
        times=len(past),
        per_year=_per_year(past),
        intervals=tuple(gaps),
        longest=max(gaps, key=lambda gap: gap.days, default=None),
        open=_open(past, before),
        rate=_rate(past, before),
        perhaps=tuple(times[len(told) :]),
        undated=tuple(rows[event] for event in undated[:limit] if event in rows),
        claims=check_claims(record, kind, before, limit=limit),
        knowledge=known,
        notes=known.notes,
    )


def _times(record: Record, found: Sequence[Occasion]) -> list[Time]:
    rows = of_ids(record, (event for one in found for event in one.events))
    return [
        Time(one, rows[one.events[0]].day, tuple(rows[event] for event in one.events if event in rows)) for one in found
    ]


def _intervals(past: Sequence[Occasion]) -> list[Interval]:
    return [
        Interval(one.end, after.start, (after.start - one.end).days, one.events[0], after.events[0])
        for one, after in pairwise(past)
    ]


def _open(past: Sequence[Occasion], before: date | None) -> Interval | None:
    if not past or before is None:
        return None
    return Interval(past[-1].end, before, (before - past[-1].end).days, past[-1].events[0], None)


def _per_year(past: Sequence[Occasion]) -> tuple[tuple[int, int], ...]:
    counts: dict[int, int] = {}
    for one in past:
        counts[one.start.year] = counts.get(one.start.year, 0) + 1
    return tuple(sorted(counts.items()))


def _rate(past: Sequence[Occasion], before: date | None) -> float | None:
    if not past:
        return None
    years = ((before or past[-1].end) - past[0].start).days / YEAR
    return len(past) / years if years >= 1 else None
