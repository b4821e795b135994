"""Paths of stores other than the disk: S3, Google Cloud Storage, memory, whatever fsspec knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from dragoman.errors import MissingError, SourceError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

# The package that brings a store to fsspec, where fsspec does not name it itself.
_BRINGS = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs", "abfs": "adlfs"}


def open_object(address: str) -> IO[bytes]:
    """The object at an address, for reading; it can be sought in. Raises OSError as a file does, and SourceError."""
    store, path = _store(address)
    with _plain(address):
        return cast(IO[bytes], store.open(path, "rb"))


def is_folder(address: str) -> bool:
    """Whether objects lie under an address. Raises SourceError where the store cannot be reached."""
    store, path = _store(address)
    with _plain(address):
        return bool(store.isdir(path))


def under(address: str) -> Iterator[str]:
    """The addresses of all objects under a folder, sorted, however deep; hidden ones are left out."""
    store, path = _store(address)
    with _plain(address):
        found = sorted(store.find(path))
    root = path.rstrip("/")
    for each in found:
        inside = each.removeprefix(root).strip("/")
        if not any(part.startswith(".") for part in inside.split("/")):
            yield store.unstrip_protocol(each)


def matching(pattern: str) -> Iterator[str]:
    """The addresses of the objects that a pattern with ``*``, ``?`` or ``[`` meets, sorted."""
    store, path = _store(pattern)
    with _plain(pattern):
        found = sorted(each for each in store.glob(path) if not store.isdir(each))
    yield from map(store.unstrip_protocol, found)


def _store(address: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise MissingError(f"{address}: reading it", package="fsspec", extra="sources") from None
    scheme = address.split("://", maxsplit=1)[0].casefold()
    try:
        store, path = url_to_fs(address)
    except ImportError as error:
        package = _BRINGS.get(scheme)
        needed = f"the package {package} (pip install {package})" if package else str(error)
        raise SourceError(f"{scheme}:// needs {needed}", source=address) from error
    except (ValueError, OSError) as error:
        raise SourceError(f"{scheme}:// cannot be read: {error}", source=address) from error
    return store, str(path)


@contextmanager
def _plain(address: str) -> Iterator[None]:
    """Every error of a store as one that names the address; those that a file has too are left to the caller."""
    try:
        yield
    except (FileNotFoundError, PermissionError):
        raise
    except Exception as error:  # each store raises its library's own: credentials, network, permissions
        raise SourceError(f"cannot be read: {type(error).__name__}: {error}", source=address) from error
