"""What runs a function over many items in processes: the plain engine here, Daft and Ray in
:mod:`dragoman.scale.frames`.

An engine knows nothing of articles. The order of its answers, the number of its processes and the death of some decide
nothing: whoever asks gives items whose answers do not depend on each other, and asks again for what was not answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from dragoman.errors import DragomanError
from dragoman.pipeline import PRELOAD
from dragoman.workers import Workers, default_workers

T = TypeVar("T")
R = TypeVar("R")


class EngineError(DragomanError):
    """The engine cannot run: it is not there, not reachable, or its processes do not start."""

    kind = "engine"


class Engine(Protocol):
    """Runs functions in ``workers`` processes. ``lost`` is what is known of the last process that was lost."""

    name: str
    workers: int
    lost: str

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R]]:
        """Items with their answers, in any order. An item whose process died, or was lost, is left out.

        ``function`` is importable by name; items and answers can be pickled. What the function raises is raised here.

        :raises EngineError: it cannot run.
        """
        ...


class Plain:
    """Processes of this machine, as `dragoman read` into a record has them."""

    name = "plain"

    def __init__(self, *, workers: int | None = None) -> None:
        self.workers, self.lost = workers or default_workers(), ""

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R]]:
        """See :class:`Engine`."""
        crew = Workers[T, R | None](function, workers=self.workers, lost=_nothing, preload=PRELOAD)
        for item, answer in crew.map(items):
            if answer is not None:
                yield item, answer


def _nothing(item: object) -> None:
    """The answer of an item that ended its process."""
