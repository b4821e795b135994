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
    left_out: Annotated[
        bool,
        typer.Option(
            "--left-out", help="What was not to be read instead: how many documents of which source, and why."
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, with the details of each failure.")] = False,
) -> None:
    """List the sources that could not be read, each with the kind of failure and the reason.

    A source leaves the list as soon as it is read.
    """
    with Record.open(record, read_only=True) as kept:
        failures, passed = list(kept.failures()), kept.left_out()
    if left_out:
        _left_out(passed, json=json)
    elif json:
        write(json_format.dumps([asdict(failure) for failure in failures], ensure_ascii=False, indent=2) + "\n")
    elif failures:
        print_rows(out(), ("source", "kind", "reason"), ((each.source, each.kind, each.reason) for each in failures))
    else:
        out().print("No failures.")


def _left_out(passed: list[tuple[str, str, int]], *, json: bool) -> None:
    names = ("source", "reason", "documents")
    if json:
        write(
            json_format.dumps([dict(zip(names, row, strict=True)) for row in passed], ensure_ascii=False, indent=2)
            + "\n"
        )
    elif passed:
        print_rows(out(), names, ((source, reason, str(count)) for source, reason, count in passed))
    else:
        out().print("Nothing was left out.")
