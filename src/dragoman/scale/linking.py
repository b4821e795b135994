"""What belongs together across the articles of a lake, and its facts: worked out when all is read.

A database in the staging folder has the lake's tables: those that linking works out as tables of its own, the others as
views of the files. In it a record does what it does in its own file (:mod:`dragoman.record.storylinks`,
:mod:`dragoman.record.eventlinks`): what came in since the last run is compared with what was published in the days
around it, and put together anew with that alone. So a lake links as a record does, a day against the days around it.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from dragoman.record import Record
from dragoman.record.faults import faults
from dragoman.record.lakes import MARKS, UNDATED, Contents, connect_lake, files_sql, text
from dragoman.scale.lake import MEMORY, Lake, remove_database, replaced, write_file

# What linking works out, in the order in which its rows are kept.
WORKED_OUT = {
    "facts": "when_start NULLS LAST, article, sequence, event",
    **dict.fromkeys(("signatures", "text_pairs", "story_links", "blocks", "links", "linked_events"), "ALL"),
    **dict.fromkeys(("identity_links", "entity_changes"), "ALL"),
}
# The one table of the readings that it changes: an article's story.
CHANGED = "articles"

_DAY = f"coalesce(published::VARCHAR, {text(UNDATED)})"
_MOVED = f"SELECT DISTINCT {_DAY} FROM (SELECT * FROM articles EXCEPT SELECT * FROM ({{before}})) ORDER BY ALL"


def link(lake: Lake) -> None:
    """Bring the links and the facts of a lake up to date, where anything came in or went out.

    :raises RecordError: a file cannot be read or written.
    """
    held = lake.contents()
    if not any(mark in held.tables for mark in MARKS):
        return
    database = lake.staging / "linking.duckdb"
    remove_database(database)
    connection = connect_lake(lake.path, database=database, loaded=(*WORKED_OUT, CHANGED))
    with Record(connection, str(lake.path), read_only=False) as record:
        record.flush()
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        with faults(lake.path):
            lake.count(_written(connection, lake.path, held))
    remove_database(database)


def _written(connection: duckdb.DuckDBPyConnection, lake: Path, held: Contents) -> Contents:
    """The contents with what was worked out, and without the marks."""
    now = held
    for table, order in WORKED_OUT.items():
        name = write_file(connection, f"SELECT * FROM {table} ORDER BY {order}", lake=lake, table=table)
        now = replaced(now, table, {"": name})
    for mark in MARKS:
        now = replaced(now, mark, {"": None})
    return replaced(now, CHANGED, _articles(connection, lake, held))


def _articles(connection: duckdb.DuckDBPyConnection, lake: Path, held: Contents) -> dict[str, str | None]:
    """The days of articles that belong to another story now, each written anew."""
    files = [lake / file for file in held.files(CHANGED)]
    if not files:
        return {}
    days = connection.execute(_MOVED.format(before=f"SELECT * FROM {files_sql(files)}")).fetchall()
    return {
        str(day): write_file(
            connection,
            f"SELECT * FROM articles WHERE {_DAY} = {text(day)} ORDER BY ALL",
            lake=lake,
            table=CHANGED,
            day=str(day),
        )
        for (day,) in days
    }
