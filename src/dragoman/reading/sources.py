"""What a user names to be read: files, folders, patterns, addresses of the web and of stores, standard input."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import DragomanError, SourceError
from dragoman.reading.kinds import SUFFIXES, is_address, is_web, kind_of, unpacked_name

MAX_BYTES = 20_000_000
STDIN = "-"
_PATTERN = re.compile(r"[*?\[]")


@dataclass(slots=True)
class Source:
    """One source as the user named it. ``skipped`` says why a file met in a folder is not to be read, if so;
    ``missing`` why there is nothing to read.

    ``content_type`` is known after :meth:`read`, for an address only. ``argument`` is what the user wrote, where that
    stands for several sources. ``stream`` is the standard input.
    """

    name: str
    url: str | None = None
    skipped: str | None = None
    missing: str | None = None
    content_type: str | None = None
    argument: str | None = None
    stream: BinaryIO | None = field(default=None, repr=False)
    _load: Callable[[], bytes] | None = field(default=None, repr=False)

    def read(self) -> bytes:
        """The source's bytes, unpacked, at most :data:`MAX_BYTES`. Raises :class:`~dragoman.errors.SourceError`, and
        :class:`~dragoman.errors.FormatError` where its packing is damaged."""
        if self.skipped or self.missing:
            raise SourceError(self.skipped or self.missing or "", source=self.name)
        if self.url is not None:
            from dragoman.reading.fetch import fetch

            data, self.content_type = fetch(self.url, limit=MAX_BYTES)
        else:
            data = self._bytes()
        if len(data) > MAX_BYTES:
            raise SourceError(f"larger than {MAX_BYTES // 1_000_000} MB", source=self.name)
        return _unpacked(data, self.name)

    def _bytes(self) -> bytes:
        if self._load is not None:
            return self._load()
        if self.stream is not None:
            return self.stream.read(MAX_BYTES + 1)
        from dragoman.reading.opening import opened

        with opened(self.name) as stream:
            try:
                return stream.read(MAX_BYTES + 1)
            except OSError as error:
                raise SourceError(error.strerror or str(error), source=self.name) from error


def sources(arguments: Sequence[str], *, stdin: BinaryIO) -> Iterator[Source]:
    """The sources that the arguments name, in their order, folders and patterns sorted; each source once.

    A folder is walked whole; files in it that are nothing to read by their suffix come with ``skipped``, hidden ones
    not at all. No file is opened here: what is wrong with a source, :meth:`Source.read` tells.
    """
    seen: set[str] = set()
    for argument in arguments:
        for source in _named(argument, stdin):
            if source.name not in seen:
                seen.add(source.name)
                yield source


def is_text(argument: str) -> bool:
    """Whether an argument is a sentence to read rather than the name of a source: words, and no such file."""
    if is_address(argument) or len(argument.split()) < 2:
        return False
    return not _exists(argument)


def _named(argument: str, stdin: BinaryIO) -> Iterator[Source]:
    if argument == STDIN:
        yield Source("standard input", stream=stdin)
    elif is_web(argument):
        yield Source(argument, url=argument)
    elif is_address(argument):
        yield from _of_store(argument)
    elif _exists(argument) and Path(argument).is_dir():
        yield from _in_folder(Path(argument), argument)
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


def _of_store(argument: str) -> Iterator[Source]:
    """What lies at an address of a store; a store that cannot be asked is one source that says why."""
    from dragoman.reading import remote

    try:
        if _PATTERN.search(argument):
            names = list(remote.matching(argument))
            yield from (Source(name, argument=argument) for name in names)
            if not names:
                yield Source(argument, missing="nothing there matches this pattern")
        elif remote.is_folder(argument):
            yield from (_in_walk(name, argument) for name in remote.under(argument))
        else:
            yield Source(argument)
    except (DragomanError, OSError) as error:
        reason = error.reason if isinstance(error, DragomanError) else (error.strerror or str(error))
        yield Source(argument, missing=reason)


def _in_folder(folder: Path, argument: str) -> Iterator[Source]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(here) / name
            source = _in_walk(str(path), argument)
            if source.skipped is None and not path.is_file():
                source.skipped = "skipped: not a regular file"
            yield source


def _in_walk(name: str, argument: str) -> Source:
    if kind_of(name) is not None:
        return Source(name, argument=argument)
    suffix = Path(unpacked_name(name)[0]).suffix
    known = ", ".join(sorted(SUFFIXES))
    skipped = f"skipped: {suffix or 'no suffix'} is not one of {known}"
    return Source(name, argument=argument, skipped=skipped)


def _matching(pattern: str) -> Iterator[Source]:
    # the module and not Path.glob, which takes no absolute patterns
    found = sorted(path for path in glob.glob(pattern, recursive=True) if not Path(path).is_dir())  # noqa: PTH207
    if not found:
        yield Source(pattern, missing="no file matches this pattern")
    yield from (Source(path, argument=pattern) for path in found)


def _unpacked(data: bytes, name: str) -> bytes:
    _, packing = unpacked_name(name)
    if packing is None:
        return data
    from dragoman.reading.opening import unpacked_bytes

    return unpacked_bytes(data, packing, name=name, limit=MAX_BYTES)
