"""The forms of output that questions share: tables in the terminal, JSON, CSV, and a page in a file."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.output import err, write
from dragoman.errors import SourceError
from dragoman.views.plain import plain

HtmlOption = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write a page with charts, whole in one file (needs the extra `web`)."),
]
JsonObjectOption = Annotated[bool, typer.Option("--json", help="Print JSON: one object with everything.")]


def one_of(*, json: bool, csv: bool, html: Path | None) -> None:
    """Refuses two forms of output at once."""
    if json + csv + (html is not None) > 1:
        raise typer.BadParameter("choose one of --json, --csv and --html")


def write_json(value: Any) -> None:
    """A view's answer as one JSON object."""
    write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as CSV with a header (RFC 4180 quoting, ``\\n`` line ends)."""
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def write_page(text: str, path: Path) -> None:
    """A page into a file, and a line on the standard error that says so.

    :raises SourceError: the file cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror or error}", source=str(path)) from error
    err().print(f"{path} written", soft_wrap=True)
