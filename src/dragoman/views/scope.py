"""Which events a view looks at, as a value; and the same as a condition of SQL over the table ``facts``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from dragoman.record import STATUSES, EventFilter

Voice = Literal["own", "named", "anonymous"]
VOICES: tuple[str, ...] = get_args(Voice)
Quad = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
QUADS: tuple[str, ...] = get_args(Quad)

# An event told with several auxiliary modes counts once, under the first of these it has: a denial of a plan is a
# denial before it is a plan, and only what nothing else holds back from having happened is history.
_ORDER = ("negation", "hypothetical", "future", "desired", "standing", "historical")
STATUS_SQL = (
    "CASE WHEN len(f.auxiliary) = 0 THEN 'happened' "  # most are told by one look
    + " ".join(f"WHEN list_contains(f.auxiliary, '{each}') THEN '{each}'" for each in _ORDER)
) + " ELSE 'happened' END"

# What did happen, be it the news or history.
HAPPENED_SQL = "(len(f.auxiliary) = 0 OR f.auxiliary = ['historical'])"


# Two looks into two lists are four times as fast as one into both put together.
_PARTY = "(list_contains(f.actors, ?) OR list_contains(f.recipients, ?))"
_EITHER = "(list_has_any(f.actors, ?::VARCHAR[]) OR list_has_any(f.recipients, ?::VARCHAR[]))"
_NAMED = """(list_contains(f.actor_entities, ?) OR list_contains(f.recipient_entities, ?)
    OR list_contains(f.sources, ?))"""


def check_words(**asked: str | None) -> None:
    """Refuse a ``category``, ``mode`` or ``context`` that PLOVER has not: misspelt, it would be answered with "none",
    and that be believed.

    :raises ValueError: there is no such one.
    """
    for what, value in asked.items():
        _check(what, value, _words_of_plover()[what])


def _check(what: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise ValueError(f"no {what} {value!r}: one of {', '.join(known)}")


@cache
def _words_of_plover() -> dict[str, tuple[str, ...]]:
    from dragoman.ontology import load

    modes = {mode for category in load().categories.values() for mode in category.modes}
    return {"category": tuple(load().categories), "mode": tuple(sorted(modes)), "context": tuple(load().contexts)}


def status_of(auxiliary: tuple[str, ...]) -> str:
    """The one status under which an event with these auxiliary modes is counted; ``happened`` without any."""
    return next((each for each in _ORDER if each in auxiliary), "happened")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an event must be for a view to look at it: every condition given holds. Rejected events are not,
    unless ``also`` asks for them.

    ``codes``: all stand among its actors and recipients; ``either``: at least one of these does; ``actor``,
    ``recipient``: codes in that role; ``entity``: an entity's id among its parties or its sources; ``outlet``: reports
    it; ``category``, ``mode``, ``context``, ``quad``: PLOVER's; ``status``: the one it counts under
    (:func:`status_of`); ``occurred``: it happened, as news or as history; ``voice``: own, named or anonymous; ``year``:
    its first possible day lies there; ``start``, ``end``: it can have been on a day from the one to the other, both
    included; ``reported``: at least one article that Dragoman read tells of it, not an imported row alone; ``also``: it
    meets this filter of the record too.

    :raises ValueError: there is no such status, voice or quad class, or ``end`` lies before ``start``.
    """

    codes: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    actor: str | None = None
    recipient: str | None = None
    entity: str | None = None
    outlet: str | None = None
    category: str | None = None
    mode: str | None = None
    context: str | None = None
    quad: str | None = None
    status: str | None = None
    occurred: bool = False
    voice: str | None = None
    year: int | None = None
    start: date | None = None
    end: date | None = None
    reported: bool = False
    also: EventFilter | None = None

    def __post_init__(self) -> None:
        for what, values in (("status", STATUSES), ("voice", VOICES), ("quad", QUADS)):
            _check(what, getattr(self, what), values)
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"the last day, {self.end}, lies before the first, {self.start}")

    def condition(self) -> tuple[str, list[object]]:
        """The condition on a row ``f`` of ``facts``, and its parameters in order."""
        asked_for = self.also is not None and self.also.rejected is not False
        parts: list[tuple[str, list[object]]] = [("true" if asked_for else "NOT f.rejected", [])]
        parts += [(_PARTY, [code, code]) for code in self.codes]
        if self.either:
            parts.append((_EITHER, [list(self.either)] * 2))
        if self.occurred:
            parts.append((HAPPENED_SQL, []))
        if self.reported:
            parts.append(("NOT f.imported", []))
        if self.also is not None:
            parts.append(self.also.condition())
        parts += [(sql, [value] * sql.count("?")) for sql, value in self._tests() if value is not None]
        return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]

    def _tests(self) -> tuple[tuple[str, object], ...]:
        return (
            ("list_contains(f.actors, ?)", self.actor),
            ("list_contains(f.recipients, ?)", self.recipient),
            (_NAMED, self.entity),
            ("list_contains(f.outlets, ?)", self.outlet),
            ("f.category = ?", self.category),
            ("list_contains(f.modes, ?)", self.mode),
            ("list_contains(f.contexts, ?)", self.context),
            ("f.quad = ?", self.quad),
            (f"{STATUS_SQL} = ?", self.status),
            ("list_contains(f.voices, ?)", self.voice),
            ("year(f.when_start) = ?", self.year),
            ("f.when_end >= ?", self.start),
            ("f.when_start <= ?", self.end),
        )
