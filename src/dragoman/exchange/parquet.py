"""The record as Parquet: its tables, and its events with nested columns. DuckDB itself writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from dragoman.errors import SourceError
from dragoman.exchange.base import Format, replacing, told
from dragoman.exchange.plover import event_row
from dragoman.record import EventFilter, Record
from dragoman.record.rows import READING_TABLES

EVENTS, FACTS, CORRECTIONS = "events.parquet", "facts.parquet", "corrections.parquet"

_SPAN = {"start": "INTEGER", "end": "INTEGER"}
_MENTION = {"text": "VARCHAR", **_SPAN}
_PARTY: dict[str, Any] = {
    "code": "VARCHAR",
    "sector": "VARCHAR",
    "entity_text": "VARCHAR",
    "identifier_id": "VARCHAR",
    "identifier_text": "VARCHAR",
    "office": "VARCHAR",
    **_SPAN,
}
_SAID: dict[str, Any] = {
    "source": [_PARTY],
    "kind": "VARCHAR",
    "anonymous": "BOOLEAN",
    "cue": "VARCHAR",
    **_SPAN,
    "cue_info": _SPAN,
    # attributions may nest without end, and a column may not
    "parent": "VARCHAR",
}
_PLACE = {
    "name": "VARCHAR",
    "code": "VARCHAR",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "geonameid": "BIGINT",
    "precision": "VARCHAR",
    **_SPAN,
}
_CITED = dict.fromkeys(("url", "title", "publication", "language", "coder", "codebook", "version"), "VARCHAR")
# An article's sentence can be as long as its page; DuckDB's own limit is made for lines of logs.
_LIMITS = f"maximum_object_size = {1 << 28}"

# The columns of events.parquet: the fields of the PLOVER export, with types.
_TYPES: dict[str, Any] = {
    "id": "VARCHAR",
    "date": "DATE",
    "enddate": "DATE",
    "date_precision": "VARCHAR",
    "date_basis": "VARCHAR",
    "date_info": _MENTION,
    "actor": [_PARTY],
    "recipient": [_PARTY],
    "event": ["VARCHAR"],
    "event_text": ["VARCHAR"],
    "event_info": [_SPAN],
    "event_loc": _PLACE,
    "quad_code": "INTEGER",
    "event_scale": "DOUBLE",
    "cameo": "VARCHAR",
    "mode": ["VARCHAR"],
    "context": ["VARCHAR"],
    "auxiliary_mode": ["VARCHAR"],
    "attribution": [_SAID],
    "about": ["VARCHAR"],
    "quantities": [{"value": "DOUBLE", "unit": "VARCHAR", "of": "VARCHAR", **_MENTION}],
    "confidence": "DOUBLE",
    "text": "VARCHAR",
    "text_info": {"article": "VARCHAR", "sequence": "INTEGER", **_SPAN},
    "cite_info": _CITED,
    "coded_date": "VARCHAR",
    "reports": ["VARCHAR"],
    "stories": "INTEGER",
    "corrected": "BOOLEAN",
}


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write the tables and the events under ``folder``; with a filter, the events and the articles that tell of them.

    :raises SourceError: the folder cannot be written.
    :raises RecordError: the record cannot be read.
    """
    events, articles = (None, None) if filter is None else _chosen(record, filter)
    with replacing(folder, (EVENTS, FACTS, CORRECTIONS, *map(_file, READING_TABLES))) as paths:
        counts = {"events": _events(record, filter, paths[EVENTS])}
        counts["facts"] = _copy(record, "facts", "event", events, paths[FACTS])
        counts["corrections"] = record.copy(*_made(events, paths[CORRECTIONS]))
        for table in READING_TABLES:
            column = "id" if table == "articles" else "article"
            counts[table] = _copy(record, table, column, articles, paths[_file(table)])
    return counts


def _file(table: str) -> str:
    return f"{table}.parquet"


def _chosen(record: Record, filter: EventFilter) -> tuple[list[str], list[str]]:
    """The events that a filter lets through, and the articles that tell of them."""
    events: list[str] = []
    articles: set[str] = set()
    for event in record.events(filter):
        events.append(event.id)
        articles.update(report.article for report in event.reports)
    return events, sorted(articles)


def _copy(record: Record, table: str, column: str, ids: list[str] | None, path: Path) -> int:
    if ids is None:
        return record.copy(f"SELECT * FROM {table} ORDER BY ALL", path)
    return record.copy(f"SELECT * FROM {table} WHERE {column} IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL", path, ids)


def _made(events: list[str] | None, path: Path) -> tuple[Any, ...]:
    """The corrections, with the events they hold for; of some events those that hold for them."""
    held = "(SELECT list(a.event ORDER BY a.event) FROM applied a WHERE a.correction = c.id) AS holds_for"
    sql = f"SELECT c.*, {held} FROM corrections c {{chosen}} ORDER BY c.id"
    if events is None:
        return sql.format(chosen=""), path
    chosen = "WHERE c.id IN (SELECT correction FROM applied WHERE event IN (SELECT unnest(?::VARCHAR[])))"
    return sql.format(chosen=chosen), path, events


def _events(record: Record, chosen: EventFilter | None, path: Path) -> int:
    """Events as the PLOVER export has them: as JSON first, from which DuckDB makes typed columns."""
    lines = path.with_name(f"{path.name}.jsonl")
    count = 0
    try:
        with lines.open("w", encoding="utf-8", newline="\n") as file:
            for each in told(record, record.events(chosen)):
                row = event_row(each)
                file.write(json.dumps({name: row.get(name) for name in _TYPES}, ensure_ascii=False) + "\n")
                count += 1
        _convert(lines, path)
        return count
    finally:
        lines.unlink(missing_ok=True)


def _convert(lines: Path, path: Path) -> None:
    shape = ", ".join(f"{_quoted(name)}: {_quoted(_type(kind))}" for name, kind in _TYPES.items())
    source = f"read_json({_quoted(str(lines))}, columns = {{{shape}}}, format = 'newline_delimited', {_LIMITS})"
    try:
        with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
            connection.execute(f"COPY (FROM {source}) TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    except duckdb.Error as error:
        raise SourceError(f"cannot be written: {error}", source=str(path.parent)) from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _type(kind: Any) -> str:
    """The DuckDB type of a column: a list has one kind of member, a mapping is a struct."""
    if isinstance(kind, list):
        return f"{_type(kind[0])}[]"
    if isinstance(kind, dict):
        return f"STRUCT({', '.join(f'{_name(name)} {_type(inner)}' for name, inner in kind.items())})"
    return str(kind)


def _name(name: str) -> str:
    return f'"{name}"'


FORMAT = Format(
    name="parquet",
    description="The record's tables, and its events with nested columns, as Parquet",
    export=export,
    files={
        EVENTS: "one event a row with the fields of the PLOVER export: lists of parties, attributions, quantities",
        FACTS: "one event a row, flat, as the table `facts` of the record; rejected ones too, marked so",
        CORRECTIONS: "what analysts changed, with who, when and why, and the events it holds for",
        **{_file(table): f"the table `{table}` of the record, as it was read" for table in READING_TABLES},
    },
    opens="DuckDB, pyarrow, pandas, polars, R's arrow, Spark",
    losses=(
        "corrections hold in events.parquet and facts.parquet; the other tables are as read",
        "the attribution that another is nested in is JSON text, since columns cannot nest without end",
        "the same bytes come from the same version of DuckDB",
    ),
)
