"""``dragoman since``: the last time before a day, how often, the gaps, and whether "the first since" is borne out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import typer

from dragoman.cli.drawing import print_since
from dragoman.cli.forms import HtmlOption, JsonObjectOption, one_of, write_csv, write_json, write_page
from dragoman.cli.options import (
    DEFAULT_RECORD,
    ContextOption,
    CsvOption,
    EventOption,
    ModeOption,
    RecordOption,
    code,
    first_day,
    most,
)
from dragoman.cli.output import out
from dragoman.record import Record
from dragoman.views.plain import COLUMNS, flat
from dragoman.views.since import Since
from dragoman.views.since import since as ask

NAME = "since"
EXAMPLES = """
The last visit before a day: `dragoman since USA DZA --event CONSULT --mode visit --before 2020-10-01`

Only visits by ministers and above, and only one way: `dragoman since USA DZA --mode visit --level minister --one-way`

With official chronologies to stand on: `dragoman import --from visits visits.jsonl.gz`
"""


def run(
    a: Annotated[str, typer.Argument(metavar="A", help="A country or body: code or name.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    *,
    event: EventOption = None,
    mode: ModeOption = None,
    context: ContextOption = None,
    level: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="An actor of this level or higher: head_of_state, head_of_government, minister, deputy or official.",
        ),
    ] = None,
    office: Annotated[str | None, typer.Option(metavar="OFFICE", help="An actor of this office, by any name.")] = None,
    one_way: Annotated[bool, typer.Option("--one-way", help="Only what A did and B received.")] = False,
    before: Annotated[
        date | None,
        typer.Option(parser=first_day, metavar="DAY", help="Before this day (its first, of a month or year)."),
    ] = None,
    limit: Annotated[int, most("The most times to tell one by one.")] = 50,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonObjectOption = False,
    csv: CsvOption = False,
    html: HtmlOption = None,
) -> None:
    """When did this last happen between A and B, how often does it, and what does the record not cover?

    What reports say themselves ("the first since 2006", "rare") is checked against the record: supported,
    contradicted or not checkable, with why. --csv lists the events, a row each; --json and --html hold everything.
    """
    one_of(json=json, csv=csv, html=html)
    codes = code(a), code(b)
    if codes[0] == codes[1]:
        raise typer.BadParameter(f"{a!r} and {b!r} are the same: {codes[0]}")
    with Record.open(record, read_only=True) as kept:
        try:
            found = ask(
                kept, *codes, category=event, mode=mode, context=context, level=level, office=office, directed=one_way,
                before=before, limit=limit,
            )  # fmt: skip
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
    if json:
        write_json(found)
    elif csv:
        write_csv(("when", *COLUMNS), _rows(found))
    elif html is not None:
        from dragoman.cli.report import since_page

        write_page(since_page(found), html)
    else:
        print_since(out(), found)


def _rows(found: Since) -> Iterator[dict[str, Any]]:
    """The events of each time, latest first, then those that may be before or after the day, then undated ones."""
    times = [("before", time.rows) for time in (found.last, *found.earlier) if time is not None]
    times += [("perhaps before", time.rows) for time in found.perhaps]
    for name, rows in (*times, ("unknown", found.undated)):
        for row in flat(rows):
            yield {"when": name, **row}
