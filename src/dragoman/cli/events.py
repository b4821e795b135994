"""``dragoman events``: the events of the record that meet every condition given."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from dragoman.cli.listing import list_events
from dragoman.cli.options import (
    DEFAULT_RECORD,
    CsvOption,
    JsonOption,
    RecordOption,
    category,
    code,
    first_day,
    last_day,
    one_form,
)
from dragoman.record import STATUSES, EventFilter, Record

NAME = "events"
EXAMPLES = """
Two countries, by code or name: `dragoman events --between USA Algeria`

What did happen, not what was promised: `dragoman events --event CONSULT --status happened --from 2020`

On whose word: `dragoman events --by Pentagon --json`
"""


def run(
    *,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Both stand among the parties; ISO 3166-1 alpha-3 codes or names."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="On whose word: part of a name or an office, or a code.")
    ] = None,
    event: Annotated[
        str | None, typer.Option(parser=category, metavar="CATEGORY", help="PLOVER's category, such as CONSULT.")
    ] = None,
    mode: Annotated[str | None, typer.Option(metavar="MODE", help="PLOVER's mode, such as visit.")] = None,
    start: Annotated[
        date | None,
        typer.Option("--from", parser=first_day, metavar="DAY", help="It can have been on this day or later."),
    ] = None,
    end: Annotated[
        date | None,
        typer.Option("--to", parser=last_day, metavar="DAY", help="It can have been on this day or earlier."),
    ] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help=f"One of {', '.join(STATUSES)}.")] = None,
    article: Annotated[str | None, typer.Option(metavar="ID", help="Only what this article tells.")] = None,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """List events: those that meet every condition given, by day, undated ones last.

    A DAY is YYYY-MM-DD, YYYY-MM or YYYY. An event without a known day meets neither --from nor --to.
    """
    one_form(json=json, csv=csv)
    codes = tuple(code(name) for name in between or ())
    try:
        chosen = EventFilter(
            between=codes, by=by, event=event, mode=mode, start=start, end=end, status=status, article=article
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    with Record.open(record, read_only=True) as kept:
        list_events(kept, kept.events(chosen), json=json, csv=csv)
