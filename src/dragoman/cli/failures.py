"""``dragoman failures``: what could not be read, and why."""

from __future__ import annotations

import json as json_format
from dataclasses import asdict
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT_RECORD, RecordOption
from dragoman.cli.output import out, write
from dragoman.cli.render import print_rows
from dragoman.record import Record

NAME = "failures"
EXAMPLES = "Read them again once mended: `dragoman failures --json | jq -r .[].source | xargs dragoman read`"


def run(
    *,
    record: RecordOption = DEFAULT_RECORD,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, with the details of each failure.")] = False,
) -> None:
    """List the sources that could not be read, each with the kind of failure and the reason.

    A source leaves the list as soon as it is read.
    """
    with Record.open(record, read_only=True) as kept:
        failures = list(kept.failures())
    if json:
        write(json_format.dumps([asdict(failure) for failure in failures], ensure_ascii=False, indent=2) + "\n")
    elif failures:
        print_rows(out(), ("source", "kind", "reason"), ((each.source, each.kind, each.reason) for each in failures))
    else:
        out().print("No failures.")
