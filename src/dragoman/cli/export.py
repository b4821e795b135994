"""``dragoman export``: the record in the field's formats."""

from __future__ import annotations

import json as json_format
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import (
    DEFAULT_RECORD,
    BetweenOption,
    EventOption,
    FromOption,
    RecordOption,
    StatusOption,
    code,
    until,
)
from dragoman.cli.output import err, write
from dragoman.exchange.base import Format, export_formats, named
from dragoman.exchange.exporting import is_file, send_out
from dragoman.record import EventFilter, Record

NAME = "export"
EXAMPLES = """
As PLOVER's JSON Lines: `dragoman export --to plover out/ --record news.duckdb`

A table for a spreadsheet: `dragoman export --to csv events.csv --event CONSULT --from 2020`

Who dealt with whom, for Gephi: `dragoman export --to gexf out/ --between USA Algeria`

What analysts corrected, to train and to measure on: `dragoman export --to training out/`
"""


def _format(name: str) -> str:
    if not any(name in (known, *named(known).also) for known in export_formats()):
        raise typer.BadParameter(f"{name!r} is not a format that is written; there are: {', '.join(export_formats())}")
    return name


def run(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="DIR|FILE", help="The folder where the files go, made if absent; or the file, of a format with one."
        ),
    ],
    *,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", callback=_format, help="The format, such as plover.")],
    between: BetweenOption = None,
    event: EventOption = None,
    start: FromOption = None,
    end: Annotated[date | None, until("--until")] = None,
    status: StatusOption = None,
    record: RecordOption = DEFAULT_RECORD,
    json: Annotated[bool, typer.Option("--json", help="Print the rows written by kind, as a JSON object.")] = False,
) -> None:
    """Write the record to files, the same byte for byte whenever it holds the same.

    With conditions, the events that meet every one of them, and the articles and entities of these only.
    """
    chosen = _chosen(between=between, event=event, start=start, end=end, status=status)
    _check_path(named(to), path)
    with Record.open(record, read_only=True) as kept:
        counts = send_out(kept, named(to), path, filter=chosen)
    if json:
        write(json_format.dumps(counts) + "\n")
    else:
        said = ", ".join(f"{count} {name}" for name, count in counts.items())
        err().print(f"{said} written to {path}", soft_wrap=True)


def _chosen(
    *, between: tuple[str, str] | None, event: str | None, start: date | None, end: date | None, status: str | None
) -> EventFilter | None:
    """The conditions; None where there is none, so that the whole record goes out."""
    try:
        chosen = EventFilter(between=tuple(map(code, between or ())), event=event, start=start, end=end, status=status)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    return None if chosen == EventFilter() else chosen


def _check_path(format: Format, path: Path) -> None:
    if is_file(format, path) and len(format.files) > 1:
        raise typer.BadParameter(f"{format.name} writes several files, {', '.join(format.files)}: name a folder")
