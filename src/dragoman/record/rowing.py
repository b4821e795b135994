"""Rows in and out of an open database, for what is worked out of the record by SQL and Python in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import duckdb

from dragoman.model import Article
from dragoman.record import build

Row = dict[str, Any]

# Articles or pairs that are held in memory together: tens of megabytes.
AT_ONCE = 2000


def rows(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> list[Row]:
    """The rows that a SELECT answers with, by column."""
    found = connection.execute(sql, list(values))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def column(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> list[Any]:
    """The first column of the rows that a SELECT answers with."""
    return [row[0] for row in connection.execute(sql, list(values)).fetchall()]


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, kinds: Sequence[str], lines: Iterable[Sequence[object]]
) -> None:
    """Insert lines into a table whose columns are of these types, a parameter a column."""
    waiting = iter(lines)
    while several := list(islice(waiting, AT_ONCE)):
        unnested = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
        columns = [list(each) for each in zip(*several, strict=True)]
        connection.execute(f"INSERT INTO {table} SELECT {unnested}", columns)


def in_parts(items: Sequence[str], *, size: int = AT_ONCE) -> Iterator[list[str]]:
    """The items, some at a time."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def articles(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> Iterator[Article]:
    """The articles of these ids, by id."""
    for some in in_parts(sorted(ids)):
        heads = rows(connection, "SELECT * FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY id", some)
        parts = rows(
            connection,
            "SELECT * FROM paragraphs WHERE article IN (SELECT unnest(?::VARCHAR[])) ORDER BY article, position",
            some,
        )
        yield from build.articles(heads, parts)


def batches(parts: Iterable[frozenset[str]], *, size: int) -> Iterator[list[frozenset[str]]]:
    """Parts whose members are held in memory together, some at a time; one part alone may be larger."""
    batch: list[frozenset[str]] = []
    for part in parts:
        if batch and sum(map(len, batch)) + len(part) > size:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch
