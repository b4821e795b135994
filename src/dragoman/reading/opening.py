"""Opens what a source names as a stream of bytes, unpacked where it is packed."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from dragoman.errors import FormatError, MissingError, SourceError
from dragoman.reading.kinds import Packing, is_address, is_web

EXTRA = "sources"
# above this a stream that is kept to be read out of order lies on the disk
IN_MEMORY = 8_000_000


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file or the object of a store, or a copy of what the web address holds; it can be sought in.

    Raises :class:`~dragoman.errors.SourceError`, and :class:`~dragoman.errors.MissingError` for a store whose package
    is not installed.
    """
    if is_web(name):
        from dragoman.reading.fetch import download

        with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
            download(name, into=cast(BinaryIO, copy))
            copy.seek(0)
            yield cast(BinaryIO, copy)
    else:
        with _file(name) as stream:
            yield cast(BinaryIO, stream)


def _file(name: str) -> IO[bytes]:
    try:
        if is_address(name):
            from dragoman.reading.remote import open_object

            return open_object(name)
        return Path(name).open("rb")
    except FileNotFoundError:
        raise SourceError("no such file", source=name) from None
    except PermissionError:
        raise SourceError("no permission to read it", source=name) from None
    except (OSError, ValueError) as error:
        raise SourceError(getattr(error, "strerror", None) or str(error), source=name) from error


@contextmanager
def sought(stream: IO[bytes], *, copied: bool = False) -> Iterator[BinaryIO]:
    """The stream, or a copy on the disk where it comes through a pipe or a packing and cannot be sought in."""
    if stream.seekable() and not copied:
        yield cast(BinaryIO, stream)
        return
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast(BinaryIO, copy)


def unpacked(stream: IO[bytes], packing: Packing | None, *, name: str) -> BinaryIO:
    """The stream without its packing. Reading from it raises what :func:`damage` puts into words."""
    if packing == "gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream, mode="rb"))
    if packing == "zst":
        return cast(BinaryIO, io.BufferedReader(_Zst(stream, name)))
    return cast(BinaryIO, stream)


# What reading a damaged stream raises: EOFError where gzip is cut off, zlib.error and OSError where it is wrong.
DAMAGE = (EOFError, OSError, zlib.error)


def damage(error: BaseException) -> str:
    """Why no more can be read, in plain words."""
    said = str(error)
    if isinstance(error, EOFError) or "incomplete frame" in said:
        return "it ends before it should: cut off, or still being written"
    if isinstance(error, zlib.error | gzip.BadGzipFile) or "decompress" in said.casefold():
        return f"the packing is damaged: {said}"
    return getattr(error, "strerror", None) or said or type(error).__name__


def unpacked_bytes(data: bytes, packing: Packing | None, *, name: str, limit: int) -> bytes:
    """A small packed file, whole. Raises FormatError where it is damaged and SourceError above ``limit`` bytes."""
    if packing is None:
        return data
    try:
        found = unpacked(io.BytesIO(data), packing, name=name).read(limit + 1)
    except DAMAGE as error:
        raise FormatError(damage(error), source=name) from error
    if len(found) > limit:
        raise SourceError(f"larger than {limit // 1_000_000} MB unpacked", source=name)
    return found


class _Zst(io.RawIOBase):
    """zstd as FastWARC reads it, several frames included, in the form that Python buffers."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        try:
            from fastwarc.stream_io import ZstdReader
        except ImportError:
            raise MissingError(f"{name}: reading .zst", package="fastwarc", extra=EXTRA) from None
        self._reader = ZstdReader(cast(Any, stream))

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer as far as one read goes; 0 at the end."""
        found = self._reader.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)
