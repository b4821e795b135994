"""Dragoman reads news reports and keeps a sourced record of who did or said what to whom, when, and on whose word.

>>> import dragoman                                                              # doctest: +SKIP
>>> result = dragoman.read("On 3 May 2021 the French minister met his Greek counterpart in Athens.")  # doctest: +SKIP
>>> [(event.category, event.cue_text) for event in result.events]               # doctest: +SKIP

``read`` answers for one text, path or address; ``load`` gives the spaCy pipeline; ``Record`` is the store. Every
public name is fetched on first use, so that ``import dragoman`` is quick and loads neither the network nor a store.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.errors import DragomanError
    from dragoman.language import load
    from dragoman.model import (
        Article,
        Attribution,
        Correction,
        Entity,
        Event,
        Failure,
        Office,
        Paragraph,
        Party,
        Quantity,
        Reading,
        Reason,
        Report,
        Span,
        When,
        Where,
    )
    from dragoman.pipeline import Result, read
    from dragoman.record import Record

__version__ = "0.1.0"

_ROOMS = {
    "dragoman.errors": ("DragomanError",),
    "dragoman.language": ("load",),
    "dragoman.model": (
        "Article",
        "Attribution",
        "Correction",
        "Entity",
        "Event",
        "Failure",
        "Office",
        "Paragraph",
        "Party",
        "Quantity",
        "Reading",
        "Reason",
        "Report",
        "Span",
        "When",
        "Where",
    ),
    "dragoman.pipeline": ("Result", "read"),
    "dragoman.record": ("Record",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Article",
    "Attribution",
    "Correction",
    "DragomanError",
    "Entity",
    "Event",
    "Failure",
    "Office",
    "Paragraph",
    "Party",
    "Quantity",
    "Reading",
    "Reason",
    "Record",
    "Report",
    "Result",
    "Span",
    "When",
    "Where",
    "__version__",
    "load",
    "read",
]


def __getattr__(name: str) -> object:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_ROOM_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
