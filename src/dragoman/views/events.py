"""Which events: the filters of ``dragoman events`` as plain functions over a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from dragoman.model import Event, Report
from dragoman.record import EventFilter, Record, status_of

__all__ = ["find", "happened", "lead", "parties_of", "select", "tally"]


def select(
    *,
    between: Iterable[str] = (),
    by: str | None = None,
    event: str | None = None,
    mode: str | None = None,
    start: date | None = None,
    end: date | None = None,
    status: str | None = None,
    article: str | None = None,
) -> EventFilter:
    """The filter of these words as a user types them: codes, categories and statuses in either case, blanks taken off.

    :raises ValueError: there is no such status, or ``end`` lies before ``start``.
    """
    return EventFilter(
        between=tuple(code.strip().upper() for code in between),
        by=by.strip() or None if by else None,
        event=event.strip().upper() if event else None,
        mode=mode.strip() if mode else None,
        start=start,
        end=end,
        status=status.strip().lower() if status else None,
        article=article.strip() or None if article else None,
    )


def find(record: Record, chosen: EventFilter | None = None) -> Iterator[Event]:
    """The events that the filter lets through: by first possible day, undated ones last.

    :raises NotFoundError: the record holds no article that the filter names.
    """
    return record.events(chosen)


def lead(event: Event) -> Report:
    """The report that speaks for an event."""
    return event.reports[0]


def parties_of(event: Event) -> frozenset[str]:
    """The codes of an event's actors and recipients."""
    report = lead(event)
    return frozenset(party.code for party in (*report.actors, *report.recipients) if party.code)


def happened(event: Event) -> bool:
    """Whether the event is told as one that happened and is the news."""
    return not lead(event).auxiliary


def tally(events: Iterable[Event]) -> Counter[tuple[str, str]]:
    """How many events there are of each category and status."""
    return Counter((lead(event).category, status_of(lead(event))) for event in events)
