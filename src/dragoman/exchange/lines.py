"""The lines of a file that may be packed: plain, gzip, bzip2 or zip, told by their first bytes."""

from __future__ import annotations

import bz2
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple, cast

from dragoman.errors import FormatError, SourceError

# A row of any published event table is under 100 kB; what is longer is no row, and must not fill the memory.
LONGEST = 1 << 20

_GZIP, _BZIP2, _ZIP = b"\x1f\x8b", b"BZh", b"PK\x03\x04"


class Line(NamedTuple):
    """One line without its end, its number from 1, and where it stands (``file, line 3``). None: it is too long."""

    number: int
    source: str
    data: bytes | None


def lines(path: Path, *, longest: int = LONGEST) -> Iterator[Line]:
    """The lines of a file; of a zip, those of each file in it, in the order of their names.

    :param longest: bytes of the longest line that is handed on.
    :raises SourceError: it cannot be opened.
    :raises FormatError: it is packed and damaged.
    """
    if path.exists() and not path.is_file():  # a device may have no end
        raise SourceError("is not an ordinary file", source=str(path))
    try:
        with ExitStack() as stack:
            for name, file in _opened(path, stack):
                yield from _lines(name, file, longest)
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise FormatError(f"is damaged: {error}", source=str(path)) from error
        raise SourceError(f"cannot be read: {error.strerror or error}", source=str(path)) from error
    except (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise FormatError(f"is damaged: {error}", source=str(path)) from error


def _opened(path: Path, stack: ExitStack) -> Iterator[tuple[str, IO[bytes]]]:
    file = stack.enter_context(path.open("rb"))
    start = file.read(len(_ZIP))
    file.seek(0)
    if start.startswith(_GZIP):
        yield str(path), cast(IO[bytes], stack.enter_context(gzip.GzipFile(fileobj=file)))
    elif start.startswith(_BZIP2):
        yield str(path), cast(IO[bytes], stack.enter_context(bz2.BZ2File(file)))
    elif start == _ZIP:
        packed = stack.enter_context(zipfile.ZipFile(file))
        for name in sorted(name for name in packed.namelist() if not name.endswith("/")):
            yield f"{path}, {name}", stack.enter_context(packed.open(name))
    else:
        yield str(path), file


def _lines(name: str, file: IO[bytes], longest: int) -> Iterator[Line]:
    number = 0
    while data := file.readline(longest + 1):
        number += 1
        source = f"{name}, line {number}"
        if len(data) <= longest:
            yield Line(number, source, data.rstrip(b"\r\n"))
            continue
        while data and not data.endswith(b"\n"):
            data = file.readline(longest)
        yield Line(number, source, None)
