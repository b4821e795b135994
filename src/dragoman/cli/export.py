"""``dragoman export``: the record in the field's formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT_RECORD, RecordOption
from dragoman.cli.output import err
from dragoman.exchange.base import export_formats, named
from dragoman.record import Record

NAME = "export"
EXAMPLES = "As PLOVER's JSON Lines: `dragoman export --to plover out/ --record news.duckdb`"


def _format(name: str) -> str:
    if name not in export_formats():
        raise typer.BadParameter(f"{name!r} is not a format that is written; there are: {', '.join(export_formats())}")
    return name


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go; made if absent.")],
    *,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", callback=_format, help="The format, such as plover.")],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write the record to files, the same byte for byte whenever it holds the same.

    `plover`: articles.jsonl, entities.jsonl and events.jsonl, with PLOVER's field names.
    """
    write = named(to).export
    with Record.open(record, read_only=True) as kept:
        counts = write(kept, folder) if write else {}
    err().print(", ".join(f"{count} {name}" for name, count in counts.items()) + f" written to {folder}")
