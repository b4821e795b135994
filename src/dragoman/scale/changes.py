"""What a number of read units changes in a lake: which articles and documents come in, which go out, on which days.

It is worked out from a few columns: the text of an article is looked at by :mod:`dragoman.scale.days` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dragoman.record.faults import faults
from dragoman.record.lakes import UNDATED, Contents, files_sql, text
from dragoman.scale.days import CHANGES, TABLES, Day
from dragoman.scale.lake import Lake, engine_room, replaced, write_file
from dragoman.scale.reading import COLUMNS

# The rows of the units, numbered in the order of the run.
_OUTCOMES = """
CREATE TABLE outcomes AS
SELECT row_number() OVER (ORDER BY n.number, u.position) AS number, n.unit, u.source, u.mark, u.article,
       u.fingerprint, u.day, u.told, u.kind, u.reason, u.details, u.holds
FROM ({units}) u JOIN numbered n ON n.unit = parse_filename(u.filename, true)
"""
_KNOWN = f"""
CREATE TABLE known AS
SELECT id AS article, fingerprint, coalesce(published::VARCHAR, {text(UNDATED)}) AS day
FROM ({{articles}}) WHERE id IN (SELECT article FROM outcomes)
"""
# Of several readings of one article, now and before, the last stays.
_LATEST = """
CREATE TABLE latest AS
SELECT holds AS article, unit, fingerprint, day FROM outcomes WHERE holds IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY holds ORDER BY number DESC) = 1
"""
_PUT = """
CREATE TABLE put AS
SELECT l.article, l.unit, l.day FROM latest l LEFT JOIN known k ON k.article = l.article
WHERE k.fingerprint IS DISTINCT FROM l.fingerprint ORDER BY ALL
"""
_OUT = "CREATE TABLE out AS SELECT k.article, k.day FROM known k JOIN put p ON p.article = k.article ORDER BY ALL"

# A document is known by the reading it gave as long as its article has that reading.
_GAVE = """
CREATE TABLE gave AS
SELECT o.mark AS id, o.article, o.told AS reports, l.day FROM outcomes o JOIN latest l ON l.article = o.article
WHERE o.mark IS NOT NULL
QUALIFY o.number > coalesce(max(o.number) FILTER (o.fingerprint <> l.fingerprint) OVER (PARTITION BY o.article), 0)
        AND row_number() OVER (PARTITION BY o.mark ORDER BY o.number DESC) = 1
"""
_KNOWN_DOCUMENTS = """
CREATE TABLE known_documents AS
SELECT id, article, reports, regexp_extract(filename, 'day=([^/]+)/[^/]+$', 1) AS day FROM ({documents})
WHERE article IN (SELECT article FROM outcomes) OR id IN (SELECT id FROM gave)
"""
_OUT_DOCUMENTS = """
CREATE TABLE out_documents AS
SELECT id, day FROM known_documents
WHERE article IN (SELECT o.article FROM outcomes o JOIN known k ON k.article = o.article
                  WHERE o.fingerprint <> k.fingerprint)
   OR id IN (SELECT id FROM (FROM gave EXCEPT FROM known_documents))
ORDER BY ALL
"""
_PUT_DOCUMENTS = """
CREATE TABLE put_documents AS
FROM gave EXCEPT FROM known_documents WHERE id NOT IN (SELECT id FROM out_documents) ORDER BY ALL
"""
_STATUSES = """
SELECT CASE WHEN was IS NULL THEN 'new' WHEN was = fingerprint THEN 'unchanged' ELSE 'updated' END AS status, count(*)
FROM (SELECT o.fingerprint,
             coalesce(lag(o.fingerprint) OVER (PARTITION BY o.article ORDER BY o.number), k.fingerprint) AS was
      FROM outcomes o LEFT JOIN known k ON k.article = o.article WHERE o.article IS NOT NULL)
GROUP BY status
"""
_DAYS = """
SELECT day, list(DISTINCT unit ORDER BY unit) FILTER (unit IS NOT NULL) AS units
FROM (SELECT day, unit FROM put UNION ALL SELECT day, NULL FROM out
      UNION ALL SELECT day, NULL FROM put_documents UNION ALL SELECT day, NULL FROM out_documents)
GROUP BY day ORDER BY day
"""
# What became of a source the last time, a document that is known among it, decides whether it is a failure.
_FAILURES = """
WITH ends AS (
    SELECT source, kind, reason, details FROM outcomes WHERE reason IS NULL OR kind IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY number DESC) = 1
)
SELECT source, kind, reason, details FROM ({failures})
WHERE source NOT IN (SELECT source FROM ends) AND source NOT IN (SELECT source FROM cleared)
UNION ALL SELECT source, kind, reason, details FROM ends WHERE kind IS NOT NULL ORDER BY ALL
"""
# The events, as read, of what comes in and of what goes out.
_STALE = """
SELECT DISTINCT event FROM (
    SELECT event FROM ({stale})
    UNION ALL
    SELECT told.event FROM (SELECT unnest(u.reports) AS told FROM ({units}) u
                            JOIN put p ON p.article = u.holds AND p.unit = parse_filename(u.filename, true))
    UNION ALL
    SELECT event FROM ({reports}) WHERE article IN (SELECT article FROM out)
) ORDER BY event
"""
_UNLINKED = """
SELECT article FROM ({unlinked}) UNION SELECT p.article FROM put p ORDER BY ALL
"""
_EMPTY = {
    "articles": "SELECT '' AS id, '' AS fingerprint, NULL::DATE AS published WHERE false",
    "documents": "SELECT '' AS id, '' AS article, 0 AS reports, '' AS filename WHERE false",
    "reports": "SELECT '' AS article, '' AS event WHERE false",
    "failures": "SELECT '' AS source, '' AS kind, '' AS reason, '' AS details WHERE false",
    "stale": "SELECT '' AS event WHERE false",
    "unlinked": "SELECT '' AS article WHERE false",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """The days to be written; how many readings are new, updated and unchanged; and the lake's contents with its
    failures, and the marks of the facts that are to be made anew, up to date."""

    days: tuple[Day, ...]
    statuses: Counter[str]
    contents: Contents


def changes_of(lake: Lake, files: Sequence[Path], *, cleared: Sequence[str] = ()) -> Changes:
    """What the files of these units, in the order of the run, change.

    :param cleared: sources whose documents are known, so that they are no failures any more.
    :raises RecordError: a file cannot be read or written.
    """
    held = lake.contents()
    with faults(lake.path), closing(engine_room(lake.staging)) as connection:
        read = {table: _table(lake, held, table) for table in _EMPTY} | {"units": _units(files)}
        _work_out(connection, read, files, cleared)
        _lay(connection, lake)
        days = tuple(_day(lake, held, str(day), units) for day, units in connection.execute(_DAYS).fetchall())
        statuses = Counter({str(name): int(count) for name, count in connection.execute(_STATUSES).fetchall()})
        now = held
        for table, sql in (("failures", _FAILURES), ("stale", _STALE), ("unlinked", _UNLINKED)):
            now = replaced(now, table, {"": write_file(connection, sql.format(**read), lake=lake.path, table=table)})
        return Changes(days, statuses, now)


def _work_out(
    connection: duckdb.DuckDBPyConnection, read: dict[str, str], files: Sequence[Path], cleared: Sequence[str]
) -> None:
    connection.execute("CREATE TABLE numbered (unit VARCHAR, number INTEGER)")
    rows = [[file.stem for file in files], list(range(len(files)))]
    connection.execute("INSERT INTO numbered SELECT unnest(?::VARCHAR[]), unnest(?::INTEGER[])", rows)
    connection.execute("CREATE TABLE cleared AS SELECT unnest(?::VARCHAR[]) AS source", [list(cleared)])
    steps = (_OUTCOMES, _KNOWN, _LATEST, _PUT, _OUT, _GAVE, _KNOWN_DOCUMENTS, _OUT_DOCUMENTS, _PUT_DOCUMENTS)
    for step in steps:
        connection.execute(step.format(**read))


def _lay(connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    """Put what goes in and out where those find it who write the days."""
    (lake.staging / CHANGES).mkdir(exist_ok=True)
    for table in TABLES:
        target = text(lake.staging / CHANGES / f"{table}.parquet")
        connection.execute(f"COPY (FROM {table} ORDER BY day) TO {target} (FORMAT parquet)")


def _units(files: Sequence[Path]) -> str:
    """A query of the units' rows; of none where there is no unit."""
    if files:
        return f"SELECT * FROM {files_sql(files, named=True)}"
    columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in COLUMNS.items())
    return f"SELECT {columns}, []::STRUCT(event VARCHAR)[] AS reports, '' AS filename WHERE false"


def _table(lake: Lake, held: Contents, table: str) -> str:
    """A query of a table of the lake as it is; of no rows where there is none."""
    files = [lake.path / file for file in held.files(table)]
    return f"SELECT * FROM {files_sql(files, named=True)}" if files else _EMPTY[table]


def _day(lake: Lake, held: Contents, day: str, units: Sequence[str] | None) -> Day:
    files = tuple(str(lake.staging / f"{unit}.parquet") for unit in units or ())
    names = {table: days[day] for table, days in held.tables.items() if day in days}
    return Day(day, str(lake.path), files, names)
