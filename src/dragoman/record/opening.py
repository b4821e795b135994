"""Opening a record's file: whether it is one, whether it may be opened, and whether its schema is up to date."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from dragoman.errors import RecordError
from dragoman.record.faults import faults
from dragoman.record.lakes import connect_lake, is_lake
from dragoman.record.migrations import migrate

MEMORY = ":memory:"

# DuckDB's mark, after the checksum of the first block. Other files are never handed to DuckDB, which would try to
# open some of them through extensions that it fetches from the network.
_MARK, _MARK_AT = b"DUCK", 8
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def connect(path: str | Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """An open connection to the record at ``path``, brought to the newest schema; a new record where nothing is.

    A lake is opened for reading only, and answers as a record does.

    :raises RecordError: see :class:`dragoman.record.Record`.
    """
    if is_lake(path):
        if not read_only:
            raise RecordError("it is a lake, which only `dragoman read --lake` writes", source=str(path))
        return connect_lake(path)
    place = MEMORY
    if str(path) != MEMORY:
        with faults(path):
            check_file(Path(path), read_only=read_only)
            # an absolute path is never taken for the address of a remote database
            place = str(Path(path).absolute())
    with faults(path):
        connection = duckdb.connect(place, read_only=read_only and place != MEMORY, config=_CONFIG)
    if place != MEMORY and not read_only:
        # what a process that was killed held beside the file: nobody else has it open
        shutil.rmtree(f"{place}.tmp", ignore_errors=True)
    try:
        with faults(path):
            migrate(connection, read_only=read_only and place != MEMORY)
    except RecordError as error:
        connection.close()
        raise RecordError(error.reason, source=str(path)) from error
    return connection


def check_file(path: Path, *, read_only: bool) -> None:
    """Look whether there can be a record at a path, before the database does.

    :raises RecordError: there is something else there; or nothing, and it is to be read only.
    """
    if path.is_dir():
        raise RecordError("it is a folder, and neither a record nor a lake", source=str(path))
    if not path.exists():
        if not path.parent.is_dir():
            raise RecordError(f"its folder, {path.parent}, does not exist", source=str(path))
        if read_only:
            raise RecordError("there is no record there", source=str(path))
        return
    if not path.is_file():
        raise RecordError("it is not an ordinary file", source=str(path))
    with path.open("rb") as file:
        start = file.read(_MARK_AT + len(_MARK))
    if not start:
        raise RecordError("it is an empty file, not a record: remove it to begin one here", source=str(path))
    if start[_MARK_AT:] != _MARK:
        raise RecordError("it is not a record: the file is damaged or of another kind", source=str(path))
