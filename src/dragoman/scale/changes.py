"""What a number of read units changes in a lake: which articles and inputs come in, which go out, on which days.

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
from dragoman.scale.days import CHANGES, Day
from dragoman.scale.lake import INPUTS, Lake, engine_room, replaced, write_file

# The rows of the units, numbered in the order of the run.
_OUTCOMES = """
CREATE TABLE outcomes AS
SELECT row_number() OVER (ORDER BY n.number, u.position) AS number, n.unit, u.source, u.stamp, u.article,
       u.fingerprint, u.day, u.kind, u.reason, u.details, u.holds
FROM {units} u JOIN numbered n ON n.unit = parse_filename(u.filename, true)
"""
# Of several readings of one article, now and before, the last stays; so it is with what became of an input.
_KNOWN = f"""
CREATE TABLE known AS
SELECT id AS article, fingerprint, coalesce(published::VARCHAR, {text(UNDATED)}) AS day
FROM ({{articles}}) WHERE id IN (SELECT article FROM outcomes)
"""
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
_DROP = "CREATE TABLE out AS SELECT k.article, k.day FROM known k JOIN put p ON p.article = k.article ORDER BY ALL"
_ENDS = """
CREATE TABLE ends AS
SELECT source, stamp, article, day, kind, reason, details FROM outcomes
QUALIFY row_number() OVER (PARTITION BY source ORDER BY number DESC) = 1
"""
_KNOWN_INPUTS = """
CREATE TABLE known_inputs AS
SELECT source, stamp, article, regexp_extract(filename, 'day=([^/]+)/[^/]+$', 1) AS day
FROM ({inputs}) WHERE source IN (SELECT source FROM ends)
"""
# An input that failed, or that cannot be told apart from what it was, is to be read again the next time.
_PUT_INPUTS = """
CREATE TABLE put_inputs AS
SELECT source, stamp, article, day FROM ends WHERE kind IS NULL AND stamp <> ''
EXCEPT SELECT source, stamp, article, day FROM known_inputs ORDER BY ALL
"""
_DROP_INPUTS = """
CREATE TABLE out_inputs AS
SELECT source, day FROM (SELECT source, stamp, article, day FROM known_inputs
                         EXCEPT SELECT source, stamp, article, day FROM ends WHERE kind IS NULL) ORDER BY ALL
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
      UNION ALL SELECT day, NULL FROM put_inputs UNION ALL SELECT day, NULL FROM out_inputs)
GROUP BY day ORDER BY day
"""
_FAILURES = """
SELECT source, kind, reason, details FROM ({failures}) WHERE source NOT IN (SELECT source FROM ends)
UNION ALL SELECT source, kind, reason, details FROM ends WHERE kind IS NOT NULL ORDER BY ALL
"""
# The events, as read, of what comes in and of what goes out.
_STALE = """
SELECT DISTINCT event FROM (
    SELECT event FROM ({stale})
    UNION ALL
    SELECT told.event FROM (SELECT unnest(u.reports) AS told FROM {units} u
                            JOIN put p ON p.article = u.holds AND p.unit = parse_filename(u.filename, true))
    UNION ALL
    SELECT event FROM ({reports}) WHERE article IN (SELECT article FROM out)
) ORDER BY event
"""
_EMPTY = {
    "articles": "SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS fingerprint, NULL::DATE AS published WHERE false",
    INPUTS: "SELECT '' AS source, '' AS stamp, '' AS article, '' AS filename WHERE false",
    "reports": "SELECT '' AS article, '' AS event WHERE false",
    "failures": "SELECT '' AS source, '' AS kind, '' AS reason, '' AS details WHERE false",
    "stale": "SELECT '' AS event WHERE false",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """The days to be written; how many readings are new, updated and unchanged; and the lake's contents with its
    failures, and the marks of the facts that are to be made anew, up to date."""

    days: tuple[Day, ...]
    statuses: Counter[str]
    contents: Contents


def changes_of(lake: Lake, files: Sequence[Path]) -> Changes:
    """What the files of these units, in the order of the run, change.

    :raises RecordError: a file cannot be read or written.
    """
    held = lake.contents()
    with faults(lake.path), closing(engine_room(lake.staging)) as connection:
        _work_out(connection, lake, held, files)
        days = tuple(_day(lake, held, str(day), units) for day, units in connection.execute(_DAYS).fetchall())
        statuses = Counter({str(name): int(count) for name, count in connection.execute(_STATUSES).fetchall()})
        failures = _FAILURES.format(failures=_table(lake, held, "failures"))
        now = replaced(held, "failures", {"": write_file(connection, failures, lake=lake.path, table="failures")})
        stale = _STALE.format(units=files_sql(files, named=True), **_read(lake, held, "stale", "reports"))
        now = replaced(now, "stale", {"": write_file(connection, stale, lake=lake.path, table="stale")})
        return Changes(days, statuses, now)


def _work_out(connection: duckdb.DuckDBPyConnection, lake: Lake, held: Contents, files: Sequence[Path]) -> None:
    connection.execute("CREATE TABLE numbered (unit VARCHAR, number INTEGER)")
    rows = [[file.stem for file in files], list(range(len(files)))]
    connection.execute("INSERT INTO numbered SELECT unnest(?::VARCHAR[]), unnest(?::INTEGER[])", rows)
    read = {"units": files_sql(files, named=True), **_read(lake, held, "articles", INPUTS)}
    steps = (_OUTCOMES, _KNOWN, _LATEST, _PUT, _DROP, _ENDS, _KNOWN_INPUTS, _PUT_INPUTS, _DROP_INPUTS)
    for step in steps:
        connection.execute(step.format(**read))
    (lake.staging / CHANGES).mkdir(exist_ok=True)
    for table in ("put", "out", "put_inputs", "out_inputs"):
        target = text(lake.staging / CHANGES / f"{table}.parquet")
        connection.execute(f"COPY (FROM {table} ORDER BY day) TO {target} (FORMAT parquet)")


def _read(lake: Lake, held: Contents, *tables: str) -> dict[str, str]:
    return {table: _table(lake, held, table) for table in tables}


def _table(lake: Lake, held: Contents, table: str) -> str:
    """A query of a table of the lake as it is; of no rows where there is none."""
    files = [lake.path / file for file in held.files(table)]
    return f"SELECT * FROM {files_sql(files, named=True)}" if files else _EMPTY[table]


def _day(lake: Lake, held: Contents, day: str, units: Sequence[str] | None) -> Day:
    files = tuple(str(lake.staging / f"{unit}.parquet") for unit in units or ())
    names = {table: days[day] for table, days in held.tables.items() if day in days}
    return Day(day, str(lake.path), files, names)
