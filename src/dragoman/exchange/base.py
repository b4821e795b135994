"""What a format is, and the register of all of them: a module of this folder with a ``FORMAT`` is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

from dragoman.errors import SourceError
from dragoman.model import Article, Event, Failure, Reading
from dragoman.record import EventFilter, Record

# Events whose articles are fetched together.
CHUNK = 500


class Exporter(Protocol):
    """Writes a record, or the events of it that a filter lets through, under ``folder``.

    Returns how many rows of each kind were written. The same content gives the same bytes, whatever the order in
    which it was read. Raises :class:`SourceError` where the folder cannot be written.
    """

    def __call__(self, record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]: ...


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that is in order and holds nothing to record: where it stands, and why it was passed over."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Located:
    """A reading and where its row stands (``file, line 3``)."""

    source: str
    reading: Reading


Incoming = Located | Failure | Passed


class Importer(Protocol):
    """Reads a file, or a folder of them: each row as a reading, as a failure with its line, or passed over.

    Raises :class:`SourceError` where the file cannot be opened and :class:`FormatError` where it is not of the
    format at all. ``outlet`` is who keeps the data, where the file does not say it.
    """

    def __call__(self, path: Path, *, outlet: str | None = None) -> Iterator[Incoming]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, how it goes out and comes in, and what it cannot carry.

    ``files`` names what an export writes, ``opens`` the tools it is for, ``columns`` the columns of a table in
    their order; ``takes`` is what an import reads. ``losses`` are what an export leaves behind, ``gaps`` what an
    import does. ``also`` are other names the format goes by.
    """

    name: str
    description: str
    export: Exporter | None = None
    load: Importer | None = None
    losses: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    opens: str = ""
    takes: str = ""
    also: tuple[str, ...] = ()


@cache
def formats() -> dict[str, Format]:
    """Every format by name. Modules import what only they need inside their functions."""
    folder = str(Path(__file__).parent)
    modules = [import_module(f"dragoman.exchange.{found.name}") for found in iter_modules([folder])]
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {each.name: each for each in sorted(found, key=lambda each: each.name)}


def export_formats() -> list[str]:
    """The names of the formats a record can go out in."""
    return [name for name, each in formats().items() if each.export]


def import_formats() -> list[str]:
    """The names of the formats that can come in."""
    return [name for name, each in formats().items() if each.load]


def named(name: str) -> Format:
    """The format of this name.

    :raises SourceError: there is none.
    """
    try:
        return next(each for each in formats().values() if name in (each.name, *each.also))
    except StopIteration:
        raise SourceError(f"no such format; there are {', '.join(formats())}", source=name) from None


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the article of the report that speaks for it, and the version that read it."""

    event: Event
    article: Article
    version: str


def told(record: Record, events: Iterable[Event]) -> Iterator[Told]:
    """The events in their order, each with the article of its first report; articles are fetched many at a time."""
    waiting = iter(events)
    while chunk := list(islice(waiting, CHUNK)):
        ids = {event.reports[0].article for event in chunk}
        articles = {article.id: article for article in record.articles(ids)}
        versions = record.versions(ids)
        for event in chunk:
            article = articles[event.reports[0].article]
            yield Told(event, article, versions[article.id])


def write_files(folder: Path, files: Mapping[str, Callable[[], Iterator[str]]]) -> dict[str, int]:
    """Write lines to files of ``folder``, all of them or none: each is written beside its name, then renamed.

    UTF-8, ``\\n`` after each line. Returns the number of lines by file name.

    :raises SourceError: the folder cannot be made or written.
    """
    with replacing(folder, files) as temporary:
        return {name: _write(temporary[name], lines()) for name, lines in files.items()}


@contextmanager
def replacing(folder: Path, names: Iterable[str]) -> Iterator[dict[str, Path]]:
    """Paths to write files of ``folder`` to, by name: once all are written they take their names, or none does.

    :raises SourceError: the folder cannot be made or written.
    """
    temporary = {name: folder / f".{name}.part" for name in names}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield temporary
        for name, path in temporary.items():
            path.replace(folder / name)
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror or error}", source=str(folder)) from error
    finally:
        _remove(temporary.values())


def _write(path: Path, lines: Iterator[str]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line + "\n")
            count += 1
    return count


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            # the error that brought us here says more about the folder than this one
            continue
