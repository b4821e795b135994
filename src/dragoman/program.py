"""Which program reads: another one may read the same document differently."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dragoman.ontology.data import user_folder

# What an article and its reading are made by; the other rooms only keep and show them.
_ROOMS = ("reading", "language", "coding", "linking", "ontology")
_LIBRARIES = ("trafilatura", "htmldate", "spacy", "lemminflect", "onnxruntime")


@cache
def stamp() -> str:
    """A hash of the files that read (path, size, time of change), a user's own data among them, and of the versions of
    the libraries they use: the same as long as nothing was installed, edited or added."""
    here = Path(__file__).parent
    folders = [here / room for room in _ROOMS] + [folder for folder in [user_folder()] if folder is not None]
    found = [line for folder in folders for line in _lines(folder)]
    found += [f"{name} {_version(name)}" for name in _LIBRARIES]
    return blake2b("\n".join(found).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _lines(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*") if folder.is_dir() else [folder]):
        if path.is_file() and path.suffix != ".pyc":
            seen = path.stat()
            yield f"{folder.name}/{path.relative_to(folder)} {seen.st_size} {seen.st_mtime_ns}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
