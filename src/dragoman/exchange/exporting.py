"""A record out in a format: into a folder, or into one file where the format has only one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman.errors import FormatError, SourceError
from dragoman.exchange.base import Format
from dragoman.record import EventFilter, Record


def is_file(format: Format, path: Path) -> bool:
    """Whether a path names the one file of a format: it has the file's suffix, and no folder bears the name."""
    suffixes = {Path(name).suffix.lower() for name in format.files}
    return path.suffix.lower() in suffixes and not path.is_dir()


def send_out(record: Record, format: Format, path: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write the record, or the events that a filter lets through, to a folder or a file; returns the rows by kind.

    :raises FormatError: the format is not one that is written, or it has several files and ``path`` names one.
    :raises SourceError: the folder or file cannot be written.
    :raises RecordError: the record cannot be read.
    """
    if format.export is None:
        raise FormatError("is not a format that is written", source=format.name)
    if not is_file(format, path):
        return format.export(record, path, filter=filter)
    if len(format.files) > 1:
        raise FormatError(f"writes several files ({', '.join(format.files)}): name a folder", source=format.name)
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".dragoman-") as folder:
            counts = format.export(record, Path(folder), filter=filter)
            (Path(folder) / next(iter(format.files))).replace(path)
            return counts
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror or error}", source=str(path)) from error
