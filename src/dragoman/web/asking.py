"""What a request asks, put as values: the record, the scope of events, the page of a list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from dragoman.record import Record
from dragoman.views.scope import Scope
from dragoman.views.subjects import known_code
from dragoman.web.refusal import refuse

# A page that a reader still looks through, and the most that a program may have at a time.
LIMIT, MOST = 25, 1000

# Beyond this no reader turns pages; a program asks by day or by category instead.
FARTHEST = 1_000_000

Word = Annotated[str | None, Query(max_length=200)]
Codes = Annotated[list[str], Query(max_length=4)]


def kept(request: Request) -> Iterator[Record]:
    """The newest copy of the record, for as long as the request lasts."""
    with request.app.state.snapshots.record() as record:
        yield record


Kept = Annotated[Record, Depends(kept)]


@contextmanager
def typed() -> Iterator[None]:
    """What a view says of a wrong value, as the refusal of the request."""
    try:
        yield
    except ValueError as error:
        raise refuse(str(error)) from None


def word(text: str | None) -> str | None:
    """A word of PLOVER's vocabulary as it is written there, which is in small letters; None where nothing is typed."""
    return text.strip().lower() or None if text else None


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list."""

    limit: int
    offset: int


def paging(
    limit: Annotated[int, Query(ge=1, le=MOST)] = LIMIT, offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0
) -> Paging:
    """Which part of a list: ``limit`` rows from ``offset`` on."""
    return Paging(limit, offset)


Paged = Annotated[Paging, Depends(paging)]


def scope(
    country: Codes = [],  # noqa: B006 - FastAPI copies it
    actor: Word = None,
    recipient: Word = None,
    entity: Word = None,
    outlet: Word = None,
    category: Word = None,
    mode: Word = None,
    context: Word = None,
    quad: Word = None,
    status: Word = None,
    voice: Word = None,
    year: Annotated[int | None, Query(ge=1, le=9999)] = None,
    start: Annotated[date | None, Query(alias="from")] = None,
    end: Annotated[date | None, Query(alias="to")] = None,
) -> Scope:
    """Which events: every condition given holds. `country` may be given several times: all are among the parties."""
    with typed():
        return Scope(
            codes=tuple(code(name) for name in country if name.strip()),
            actor=code(actor) if actor else None,
            recipient=code(recipient) if recipient else None,
            entity=entity or None,
            outlet=outlet or None,
            category=category.strip().upper() or None if category else None,
            mode=word(mode),
            context=word(context),
            quad=word(quad),
            status=word(status),
            voice=word(voice),
            year=year,
            start=start,
            end=end,
        )


Scoped = Annotated[Scope, Depends(scope)]


def code(name: str) -> str:
    """The code of a country or body by its code or by any of its names."""
    with typed():
        return known_code(name)


def asked(chosen: Scope) -> dict[str, Any]:
    """The query that asks for a scope: the inverse of :func:`scope`."""
    names = ("actor", "recipient", "entity", "outlet", "category", "mode", "context", "quad", "status", "voice", "year")
    found: dict[str, Any] = {name: getattr(chosen, name) for name in names if getattr(chosen, name) is not None}
    if chosen.codes:
        found["country"] = list(chosen.codes)
    if chosen.start:
        found["from"] = chosen.start.isoformat()
    if chosen.end:
        found["to"] = chosen.end.isoformat()
    return found
