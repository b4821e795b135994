"""How far a long command is, on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain, islice

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from dragoman.cli.output import err
from dragoman.pipeline import AnySource
from dragoman.reading import Opener, Source

# A folder of more sources is not listed before the first of them is read.
COUNTED = 100_000


def with_progress(
    items: Iterable[AnySource],
) -> tuple[Iterable[AnySource], AbstractContextManager[Callable[[], None]]]:
    """The items, and a bar for many of them on a terminal: only there are they counted first, and only where each is
    one document."""
    if not err().is_terminal:
        return items, nullcontext(_nothing)
    stream = iter(items)
    known = list(islice(stream, COUNTED))
    opener = Opener()
    bulk = len(known) == COUNTED or any(isinstance(each, Source) and opener.is_bulk(each) for each in known)
    if len(known) < 2 and not bulk:
        return known, nullcontext(_nothing)
    return chain(known, stream), _bar(None if bulk else len(known))


@contextmanager
def _bar(total: int | None) -> Iterator[Callable[[], None]]:
    """A bar of a known number of documents; of an unknown one the count and the time."""
    count = MofNCompleteColumn() if total is not None else TextColumn("{task.completed} documents")
    time = TimeRemainingColumn() if total is not None else TimeElapsedColumn()
    columns = (TextColumn("reading"), BarColumn(), count, time)
    with Progress(*columns, console=err(), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)


def _nothing() -> None:
    """No bar to move."""
