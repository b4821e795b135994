"""What can go wrong with a record's file, said in plain words. No other module knows the database's own errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from dragoman.errors import RecordError

BUSY = "another process is writing to it"
# What the database says (DuckDB 1.4 to 2.0) and what it means; the first that is found answers.
_PLAIN: tuple[tuple[str, str], ...] = (
    (r"different configuration", "it is already open in this process in another mode"),
    (r"already attached|unique file handle conflict", "it is already open in this process"),
    (r"set lock on file", BUSY),
    (r"read-only mode: database does not exist", "there is no record there"),
    (r"not a valid DuckDB database", "it is not a record: the file is damaged or of another kind"),
    (r"version number", "it was written by another version of DuckDB than the one installed"),
    (r"no space left|disk quota|not enough (?:free )?(?:disk )?space", "the disk is full"),
    (r"file too large|max_temp_directory_size", "the file may not grow any further: the disk or its quota is full"),
    (r"permission denied|operation not permitted", "permission denied"),
    (r"read-only file system", "its folder is read-only"),
    (r"read-only mode|read-only transaction", "it was opened for reading only"),
    (r"no files found that match", "a file of the lake is gone: it was written to meanwhile; open it again"),
    (r"is a directory", "it is a folder, and neither a record nor a lake"),
    (r"no such file or directory", "its folder does not exist"),
    (r"database has been invalidated", "a failure before this one closed it: open it again"),
    (
        r"read enough bytes|corrupt|checksum|failed to deserialize|serialization error|wal file",
        "the file is damaged",
    ),
    (r"cannot encode str", "it was asked for what is no text: half a surrogate pair, or bytes that are not UTF-8"),
    (r"write|conflict on tuple|transaction conflict", "it could not be written"),
)


@contextmanager
def faults(path: str | Path) -> Iterator[None]:
    """Turn every error of the database below into a :class:`RecordError` that names the record and the reason."""
    try:
        yield
    except duckdb.ConstraintException as error:
        raise RecordError(f"the record refuses it: {_first_line(error)}", source=str(path)) from error
    except (duckdb.Error, OSError) as error:
        raise RecordError(reason(error), source=str(path)) from error


def reason(error: Exception) -> str:
    """The plain reason of a database error, with its own words where they are not known."""
    said = str(error)
    for pattern, plain in _PLAIN:
        if re.search(pattern, said, re.IGNORECASE):
            return plain
    return f"the database failed: {_first_line(error)}"


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
