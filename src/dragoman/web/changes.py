"""Analysts' corrections as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dragoman.model import Correction


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
