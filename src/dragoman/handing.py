"""What a process that reads hands to the one that writes: so little to unpack that one writer keeps up with many."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.model import Reading

if TYPE_CHECKING:
    from dragoman.record.ready import Ready


class Packed:
    """A reading that goes from one process to another as bytes, and is unpacked only where somebody asks for it."""

    __slots__ = ("_held",)

    def __init__(self, held: Reading | bytes) -> None:
        self._held = held

    @property
    def reading(self) -> Reading:
        """The reading."""
        if isinstance(self._held, bytes):
            self._held = _unpacked(self._held)
        return self._held

    def __reduce__(self) -> tuple[Callable[[bytes], Packed], tuple[bytes]]:
        held = self._held
        return Packed, (held if isinstance(held, bytes) else pickle.dumps(held),)


def _unpacked(held: bytes) -> Reading:
    reading = pickle.loads(held)
    if not isinstance(reading, Reading):
        raise TypeError(f"{type(reading).__name__} is no reading")
    return reading


@dataclass(frozen=True, slots=True)
class Made:
    """A reading, where somebody asks for it, with its article, how many reports it has, and, where there is a record,
    ready to be written."""

    article: str
    reports: int
    packed: Packed | None
    ready: Ready | None


def made(reading: Reading, *, to_write: bool, to_tell: bool = True) -> Made:
    """A reading to be handed on: to be written, to be told of, or both.

    :raises RecordError: it is to be written, and claims something without words.
    """
    packed = Packed(reading) if to_tell else None
    if not to_write:
        return Made(reading.article.id, len(reading.reports), packed, None)
    from dragoman.record.ready import ready

    return Made(reading.article.id, len(reading.reports), packed, ready(reading))
