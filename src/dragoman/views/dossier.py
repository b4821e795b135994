"""A dossier: what the record holds on two countries, or on a country, a person, an organisation or an outlet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.record import Asked, Record
from dragoman.views import parts
from dragoman.views.coverage import Coverage, coverage
from dragoman.views.disputes import Dispute, disputes
from dragoman.views.facets import Count
from dragoman.views.parts import (
    CategoryCount,
    Direction,
    OfficeHeld,
    PlaceCount,
    Speaker,
    Standing,
    ThirdParty,
    YearBalance,
    YearCount,
)
from dragoman.views.rows import LIMIT, EventRow, rows
from dragoman.views.scope import HAPPENED_SQL, Scope
from dragoman.views.subjects import Subject


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the record holds on a subject, each part with the ids of its evidence; ``scope`` is what it looks at.

    Counts are of events, rejected ones left out; ``imported`` are those that only imported rows tell of. ``reports``
    counts what articles say, ``stories`` the independent texts among the events' reports (imported rows are none).
    ``first`` and ``last`` are days of what happened. ``balance`` and ``directions`` are of what happened alone.
    ``timeline`` holds the latest ``LIMIT`` of what happened, oldest first; every event is a page away
    (:func:`dragoman.views.rows.page` with ``subject.scope``).
    """

    subject: Subject
    scope: Scope
    events: int
    happened: int
    imported: int
    reports: int
    stories: int
    first: date | None
    last: date | None
    categories: tuple[CategoryCount, ...]
    years: tuple[YearCount, ...]
    balance: tuple[YearBalance, ...]
    directions: tuple[Direction, ...]
    timeline: tuple[EventRow, ...]
    voices: tuple[Count, ...]
    speakers: tuple[Speaker, ...]
    contexts: tuple[Count, ...]
    places: tuple[PlaceCount, ...]
    third_parties: tuple[ThirdParty, ...]
    standing: tuple[Standing, ...]
    offices: tuple[OfficeHeld, ...]
    disputes: tuple[Dispute, ...]
    coverage: Coverage


def dossier(record: Record, subject: Subject, *, scope: Scope | None = None, limit: int = LIMIT) -> Dossier:
    """The dossier of a subject; ``scope`` narrows it (``dataclasses.replace(subject.scope, year=2020)``).

    :param limit: the most rows of the timeline and of each list of people, places and facts.
    :raises RecordError: the record cannot be read.
    """
    chosen = scope or subject.scope
    condition, values = chosen.condition()
    # what was picked needs no second test, only the codes by which directions are told apart
    picked = Scope(codes=chosen.codes, also=chosen.also)
    beside = len(chosen.codes) > 1  # of two countries also what is told of one of them and somebody else stands
    with record.among(condition, values) as told:
        held = coverage(told, chosen)
        return Dossier(
            subject=subject,
            scope=chosen,
            **parts.totals(told, picked),
            stories=held.stories,
            categories=parts.categories(told, picked),
            years=parts.years(told, picked),
            balance=parts.balance(told, picked),
            directions=parts.directions(told, picked),
            timeline=_timeline(told, picked, limit),
            voices=parts.voices(told, picked),
            speakers=parts.speakers(told, picked, limit=limit),
            contexts=parts.contexts(told, picked),
            places=parts.places(told, picked, limit=limit),
            third_parties=parts.third_parties(told, picked, subject, limit=limit),
            standing=parts.standing(record, chosen, limit=limit)
            if beside
            else parts.standing(told, picked, limit=limit),
            offices=parts.offices(told, picked, subject, limit=limit),
            disputes=disputes(told, picked, limit=limit),
            coverage=held,
        )


def _timeline(record: Asked, scope: Scope, limit: int) -> tuple[EventRow, ...]:
    condition, values = scope.condition()
    happened = f"{condition} AND f.when_start IS NOT NULL AND {HAPPENED_SQL}"
    latest = rows(record, happened, values, sort="-day", limit=limit)
    return tuple(
        sorted(latest, key=lambda row: (row.start or date.min, row.end or date.min, row.article, row.sequence))
    )
