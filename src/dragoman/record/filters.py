"""Which events to look at, as a value; and the same as a condition of SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from dragoman.model import Report

Status = Literal["happened", "historical", "future", "hypothetical", "negation", "desired", "standing"]
STATUSES: tuple[str, ...] = get_args(Status)

_VOICE = """EXISTS (SELECT 1 FROM event_reports e JOIN parties p ON p.article = e.article AND p.sequence = e.sequence
    WHERE e.event = f.event AND p.role = 'source' AND (p.code = upper(?) OR contains(
        strip_accents(lower(concat_ws(chr(10), p.name, p.office, p.text))), strip_accents(lower(?)))))"""
_ARTICLE = "EXISTS (SELECT 1 FROM event_reports e WHERE e.event = f.event AND e.article = ?)"
_PARTY = "(list_contains(f.actors, ?) OR list_contains(f.recipients, ?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """What an event must be to be looked at: as the report tells it that speaks for it, corrections applied.

    ``between``: codes that all stand among its actors and recipients; ``by``: part of the name, office or
    description of somebody on whose word it stands, or his code; ``event`` and ``mode``: PLOVER's names;
    ``start`` and ``end``: it can have been on a day from the one to the other, both included, so an event
    of unknown date never meets them; ``status``: ``happened``, or the auxiliary mode it has; ``article``: the id of
    an article that reports it, or the beginning of one; ``corrected`` and ``rejected``: whether a correction holds for
    it, and whether an analyst says that it is no event (None: either way).

    :raises ValueError: there is no such status, or ``end`` lies before ``start``.
    """

    between: tuple[str, ...] = ()
    by: str | None = None
    event: str | None = None
    mode: str | None = None
    start: date | None = None
    end: date | None = None
    status: str | None = None
    article: str | None = None
    corrected: bool | None = None
    rejected: bool | None = False

    def __post_init__(self) -> None:
        if self.status is not None and self.status not in STATUSES:
            raise ValueError(f"no status {self.status!r}: one of {', '.join(STATUSES)}")
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"the last day, {self.end}, lies before the first, {self.start}")

    def condition(self) -> tuple[str, list[object]]:
        """The condition on a row ``f`` of ``facts``, and its parameters."""
        parts: list[tuple[str, list[object]]] = [(_PARTY, [code, code]) for code in self.between]
        parts += [(sql, [value] * sql.count("?")) for sql, value in self._plain() if value is not None]
        if self.status == "happened":
            parts.append(("len(f.auxiliary) = 0", []))
        elif self.status is not None:
            parts.append(("list_contains(f.auxiliary, ?)", [self.status]))
        sql = " AND ".join(part for part, _ in parts) or "true"
        return sql, [value for _, values in parts for value in values]

    def _plain(self) -> Iterator[tuple[str, object]]:
        """The conditions on one value each, which are none where it is None."""
        yield _VOICE, self.by
        yield "f.category = ?", self.event
        yield "list_contains(f.modes, ?)", self.mode
        yield "f.when_end >= ?", self.start
        yield "f.when_start <= ?", self.end
        yield "f.corrected = ?", self.corrected
        yield "f.rejected = ?", self.rejected
        yield _ARTICLE, self.article


def status_of(report: Report) -> str:
    """``happened``, or the report's auxiliary modes in their order, joined by commas."""
    return ",".join(report.auxiliary) or "happened"
