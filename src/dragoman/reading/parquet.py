"""Parquet: a document in each row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from dragoman.errors import FormatError, MissingError
from dragoman.reading.columns import Columns, listed
from dragoman.reading.document import Document, failed
from dragoman.reading.rows import Rows, hopeful

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

# Rows decoded at once, and bytes read at once: the whole of a row group, often a million rows, is never in memory.
BATCH_ROWS = 16
BUFFER = 1 << 20


def documents(stream: BinaryIO, *, source: str, columns: Columns) -> Iterator[Document]:
    """The documents of a file, in its order, named ``source, row 3`` (from 1); of its columns only the mapped are read.

    Raises :class:`~dragoman.errors.FormatError` where it is no Parquet file or lacks a mapped column. Rows that are
    damaged are a document that says which.
    """
    file = _file(stream, source)
    found = _columns(file, columns, source)
    rows = Rows(source, columns)
    yield from hopeful(_documents(file, found, rows), source=source)
    yield from rows.unseen()


def _file(stream: BinaryIO, source: str) -> ParquetFile:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise MissingError(f"{source}: reading Parquet", package="pyarrow", extra="sources") from None
    try:
        return ParquetFile(stream, pre_buffer=False, buffer_size=BUFFER)
    except (ArrowException, OSError, ValueError) as error:
        raise FormatError(f"not a Parquet file, or a damaged one: {_first_line(error)}", source=source) from error


def _columns(file: ParquetFile, columns: Columns, source: str) -> list[str]:
    """The columns that hold what is wanted: the top ones, since what lies below is read with them."""
    names: list[str] = file.schema_arrow.names
    for wanted, column in columns.missing(names):
        raise FormatError(f"no column {column!r}, mapped to {wanted}; there are: {listed(names)}", source=source)
    found = columns.found(names)
    if "text" not in found:
        reason = f"no column holds the text; say which with --columns text=NAME; there are: {listed(names)}"
        raise FormatError(reason, source=source)
    return sorted({column if column in names else column.partition(".")[0] for column in found.values()})


def _documents(file: ParquetFile, found: list[str], rows: Rows) -> Iterator[Document]:
    """Group by group: one that is damaged costs the rest of itself, and none after it."""
    from pyarrow import ArrowException

    end = 0
    for group in range(file.num_row_groups):
        number, end = end, end + file.metadata.row_group(group).num_rows
        try:
            batches = file.iter_batches(BATCH_ROWS, row_groups=[group], columns=found, use_threads=False)
            for row in (row for batch in batches for row in batch.to_pylist()):
                number += 1
                yield rows.document(row, f"{rows.source}, row {number}")
        except (ArrowException, OSError, ValueError, OverflowError) as error:
            name = f"{rows.source}, rows {number + 1} to {end}"
            yield failed(name, f"damaged: {_first_line(error)}", source=rows.source)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
