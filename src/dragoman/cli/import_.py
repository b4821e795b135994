"""``dragoman import``: other people's events and official chronologies into the record."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT_RECORD
from dragoman.cli.output import err, warn, write
from dragoman.exchange.base import import_formats, named
from dragoman.exchange.importing import Imported, bring_in
from dragoman.model import Failure
from dragoman.record import Record

NAME = "import"
EXAMPLES = """
A chronology of state visits: `dragoman import --from visits visits.jsonl.gz`

GDELT's events, packed as they come: `dragoman import --from gdelt 20150219000000.export.CSV.zip`

An export of Dragoman's own: `dragoman import --from plover out/ --record other.duckdb`
"""

# More lines than this on the standard error help nobody; all failures are in the record.
SHOWN = 20


def _format(name: str) -> str:
    if not any(name in (known, *named(known).also) for known in import_formats()):
        raise typer.BadParameter(f"{name!r} is not a format that is read; there are: {', '.join(import_formats())}")
    return name


def run(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Files, also packed with gzip or zip, or folders of them.")
    ],
    *,
    source: Annotated[
        str, typer.Option("--from", metavar="FORMAT", callback=_format, help="The format, such as visits.")
    ],
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who keeps the data, where the files do not say it.")
    ] = None,
    record: Annotated[
        Path, typer.Option("--record", metavar="PATH", help="The record, made if absent.")
    ] = DEFAULT_RECORD,
    json: Annotated[bool, typer.Option("--json", help="Print what became of the rows as a JSON object.")] = False,
) -> None:
    """Import rows of other data sets, each with its source; they never count as independent reports.

    A row that cannot be read is named with its line and the reason, kept among the record's failures (`dragoman
    failures`), and does not stop the rest. Importing the same file twice changes nothing.
    """
    with Record.open(record) as kept:
        done = bring_in(kept, named(source), paths, outlet=outlet, failed=_Teller())
    if json:
        write(json_format.dumps(_summary(done), ensure_ascii=False) + "\n")
    else:
        err().print(f"{_summed(done)}. Record: {record}", soft_wrap=True)
    if done.failed:
        raise typer.Exit(1)


class _Teller:
    """Names the first failures on the standard error, and says where the others are."""

    def __init__(self) -> None:
        self.told = 0

    def __call__(self, failure: Failure) -> None:
        self.told += 1
        if self.told <= SHOWN:
            warn(f"{failure.source}: {failure.reason}")
        elif self.told == SHOWN + 1:
            warn("further failures are not shown here; all are kept: dragoman failures")


def _summary(done: Imported) -> dict[str, object]:
    counts = {"rows": done.rows, "new": done.new, "updated": done.updated, "unchanged": done.unchanged}
    return {**counts, "failed": done.failed, "passed": dict(sorted(done.passed.items()))}


def _summed(done: Imported) -> str:
    parts = [f"{done.rows} imported ({done.new} new, {done.updated} updated, {done.unchanged} unchanged)"]
    if done.failed:
        parts.append(f"{done.failed} failed (dragoman failures)")
    parts += [f"{count} passed over ({reason})" for reason, count in sorted(done.passed.items())]
    return ", ".join(parts)
