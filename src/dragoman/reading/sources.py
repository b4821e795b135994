"""What a user names to be read: files, folders, patterns, addresses, standard input."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import SourceError

MAX_BYTES = 20_000_000
SUFFIXES = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml"})
STDIN = "-"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PATTERN = re.compile(r"[*?\[]")


@dataclass(slots=True)
class Source:
    """One source as the user named it. ``skipped`` says why a file met in a folder is not to be read, if so;
    ``missing`` why there is nothing to read.

    ``content_type`` is known after :meth:`read`, for an address only.
    """

    name: str
    url: str | None = None
    skipped: str | None = None
    missing: str | None = None
    content_type: str | None = None
    _load: Callable[[], bytes] | None = field(default=None, repr=False)

    def read(self) -> bytes:
        """The source's bytes, at most :data:`MAX_BYTES`. Raises :class:`~dragoman.errors.SourceError`."""
        if self.skipped or self.missing:
            raise SourceError(self.skipped or self.missing or "", source=self.name)
        if self.url is not None:
            from dragoman.reading.fetch import fetch

            data, self.content_type = fetch(self.url, limit=MAX_BYTES)
            return data
        data = self._load() if self._load else _file_bytes(self.name)
        if len(data) > MAX_BYTES:
            raise SourceError(f"larger than {MAX_BYTES // 1_000_000} MB", source=self.name)
        return data


def sources(arguments: Sequence[str], *, stdin: BinaryIO) -> Iterator[Source]:
    """The sources that the arguments name, in their order, folders and patterns sorted; each source once.

    A folder is walked whole; files in it that are no text by their suffix come with ``skipped``, hidden ones not at
    all. Nothing is opened here: what is wrong with a source, :meth:`Source.read` tells.
    """
    seen: set[str] = set()
    for argument in arguments:
        for source in _named(argument, stdin):
            if source.name not in seen:
                seen.add(source.name)
                yield source


def is_text(argument: str) -> bool:
    """Whether an argument is a sentence to read rather than the name of a source: words, and no such file."""
    if _URL.match(argument) or len(argument.split()) < 2:
        return False
    return not _exists(argument)


def _named(argument: str, stdin: BinaryIO) -> Iterator[Source]:
    if argument == STDIN:
        yield Source("standard input", _load=lambda: stdin.read(MAX_BYTES + 1))
    elif _URL.match(argument):
        yield Source(argument, url=argument)
    elif _exists(argument) and Path(argument).is_dir():
        yield from _in_folder(Path(argument))
    elif _PATTERN.search(argument) and not _exists(argument):
        yield from _matching(argument)
    else:
        yield Source(argument)


def _exists(argument: str) -> bool:
    try:
        return Path(argument).exists()
    except (OSError, ValueError):
        # longer than a path may be, or with a NUL in it: a name of nothing
        return False


def _in_folder(folder: Path) -> Iterator[Source]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            yield _in_walk(Path(here) / name)


def _in_walk(path: Path) -> Source:
    if path.suffix.casefold() not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        return Source(str(path), skipped=f"skipped: {path.suffix or 'no suffix'} is not one of {known}")
    return Source(str(path), skipped=None if path.is_file() else "skipped: not a regular file")


def _matching(pattern: str) -> Iterator[Source]:
    # the module and not Path.glob, which takes no absolute patterns
    found = sorted(path for path in glob.glob(pattern, recursive=True) if not Path(path).is_dir())  # noqa: PTH207
    if not found:
        yield Source(pattern, missing="no file matches this pattern")
    yield from map(Source, found)


def _file_bytes(name: str) -> bytes:
    try:
        with Path(name).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SourceError("no such file", source=name) from None
    except PermissionError:
        raise SourceError("no permission to read it", source=name) from None
    except (OSError, ValueError) as error:
        raise SourceError(getattr(error, "strerror", None) or str(error), source=name) from error
