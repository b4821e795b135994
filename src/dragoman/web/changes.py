"""Analysts' corrections as the pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request

from dragoman.model import Correction
from dragoman.views.rows import EventRow
from dragoman.web import token


@dataclass(frozen=True, slots=True)
class Change:
    """A correction (:class:`dragoman.model.Correction`); ``was`` and ``now`` are any JSON values."""

    id: int
    kind: str
    target: str
    who: str
    why: str
    made: datetime
    field: str | None
    was: Any
    now: Any
    undone_by: int | None
    dangling: bool


def change(made: Correction) -> Change:
    """The correction in the form of the pages."""
    return Change(**{name: getattr(made, name) for name in Change.__slots__})


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a form can change: its name, what it is called, and what it says now, as it is typed."""

    name: str
    words: str
    value: str


def fields_of(row: EventRow) -> tuple[Field, ...]:
    """What a form can change of an event."""
    days = row.day if row.start == row.end or row.precision in ("month", "year") else f"{row.start}..{row.end}"
    return (
        Field("category", "Event", row.category),
        Field("modes", "Modes", ", ".join(row.modes)),
        Field("auxiliary", "Status (empty: happened)", ", ".join(row.auxiliary)),
        Field("contexts", "Contexts", ", ".join(row.contexts)),
        Field("actors", "Actors (codes or ids)", ", ".join(each.entity for each in row.actors)),
        Field("recipients", "Recipients (codes or ids)", ", ".join(each.entity for each in row.recipients)),
        Field("about", "About (codes)", ", ".join(row.about)),
        Field("when", "When (2020-10-01, 2020-10 or 2020-10-01..2020-10-03)", days),
        Field("where", "Where", row.place or ""),
    )


def signature_of(found: object, request: Request) -> Mapping[str, Any]:
    """What a page with forms needs: the signature of the browser's key, and the key to leave with it."""
    key = token.key_of(request)
    return {"signature": token.signed(key), "key": key}
