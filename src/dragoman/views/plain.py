"""The answers of the views as plain data for JSON, and events as flat rows for CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from dragoman.views.rows import EventRow, Named

SEPARATOR = "; "  # between several names in one cell, as in the table of events
COLUMNS = (
    "event",
    "day",
    "start",
    "end",
    "precision",
    "actor",
    "category",
    "mode",
    "recipient",
    "status",
    "by",
    "place",
    "sentence",
    "article",
    "outlets",
    "imported",
    "stories",
    "score",
    "confidence",
    "context",
    "about",
    "voice",
    "class",
    "country",
    "reports",
    "corrected",
    "sequence",
)


def plain(value: Any) -> Any:
    """Dataclasses as objects, tuples as lists, days as ISO 8601 text. Raises TypeError for what is neither."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} is no plain data")


def flat(rows: Iterable[EventRow]) -> Iterator[dict[str, str | int | float]]:
    """A flat row an event, with the keys of :data:`COLUMNS`; what is not known is the empty string."""
    return (_flat(row) for row in rows)


def _flat(row: EventRow) -> dict[str, str | int | float]:
    return {
        "event": row.event,
        "day": row.day,
        "start": row.start.isoformat() if row.start else "",
        "end": row.end.isoformat() if row.end else "",
        "precision": row.precision or "",
        "actor": _names(row.actors),
        "category": row.category,
        "mode": SEPARATOR.join(row.modes),
        "recipient": _names(row.recipients),
        "status": row.status,
        "by": _names(row.by),
        "place": row.place or "",
        "sentence": row.sentence,
        "article": row.article,
        "outlets": SEPARATOR.join(row.outlets),
        "imported": int(row.imported),
        "stories": row.stories,
        "score": row.score if row.score is not None else "",
        "confidence": round(row.confidence, 2),
        "context": SEPARATOR.join(row.contexts),
        "about": SEPARATOR.join(row.about),
        "voice": SEPARATOR.join(row.voices),
        "class": row.quad or "",
        "country": row.place_code or "",
        "reports": row.reports,
        "corrected": int(row.corrected),
        "sequence": row.sequence,
    }


def _names(named: Iterable[Named]) -> str:
    return SEPARATOR.join(" ".join(part for part in (each.code, each.name) if part) for each in named)
