"""The reports of one event side by side: what each says in each field, and whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.model import Report
from dragoman.views.show import day, parties, voice

Verdict = Literal["agree", "differ", "some say", "one report"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field as each report gives it, in the order of the reports; empty where a report does not say.

    ``verdict``: all that say it ``agree`` or ``differ``; ``some say`` it alike, others say nothing. Dates agree that
    have a day in common: "in May" and "on 5 May" can both be right.
    """

    field: str
    values: tuple[str, ...]
    verdict: Verdict


def _where(report: Report) -> str:
    where = report.where
    return "" if where is None else f"{where.name} ({where.code})" if where.code else where.name


def _quantities(report: Report) -> str:
    return "; ".join(quantity.text for quantity in report.quantities)


FIELDS: tuple[tuple[str, Callable[[Report], str]], ...] = (
    ("event", lambda report: " · ".join((report.category, *report.modes))),
    ("actor", lambda report: parties(report.actors)),
    ("recipient", lambda report: parties(report.recipients)),
    ("date", lambda report: day(report.when)),
    ("place", _where),
    ("status", lambda report: ", ".join(report.auxiliary) or "happened"),
    ("on whose word", lambda report: voice(report.attribution) or "the report's own voice"),
    ("context", lambda report: ", ".join(report.contexts)),
    ("about", lambda report: ", ".join(report.about)),
    ("quantity", _quantities),
)


def sides(reports: Sequence[Report]) -> tuple[Comparison, ...]:
    """The fields that at least one report gives."""
    told = ((field, tuple(value(report) for report in reports)) for field, value in FIELDS)
    alike = {"date": _same_day(reports)}
    return tuple(
        Comparison(field, values, _verdict(values, alike=alike.get(field, False)))
        for field, values in told
        if any(values)
    )


def _same_day(reports: Sequence[Report]) -> bool:
    """Whether there is a day on which it can have been by the word of all reports that date it."""
    days = [report.when for report in reports if report.when]
    return bool(days) and max(when.start for when in days) <= min(when.end for when in days)


def _verdict(values: tuple[str, ...], *, alike: bool) -> Verdict:
    if len(values) == 1:
        return "one report"
    if not alike and len({value for value in values if value}) > 1:
        return "differ"
    return "agree" if all(values) else "some say"
