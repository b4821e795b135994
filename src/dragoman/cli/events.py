"""``dragoman events``: the events of the record that meet every condition given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.drawing import print_facets
from dragoman.cli.forms import HtmlOption, one_of, write_csv, write_json, write_page
from dragoman.cli.listing import list_events
from dragoman.cli.options import (
    DEFAULT_RECORD,
    BetweenOption,
    ContextOption,
    CsvOption,
    EventOption,
    FromOption,
    JsonOption,
    ModeOption,
    RecordOption,
    StatusOption,
    code,
    most,
    until,
)
from dragoman.cli.output import out
from dragoman.record import EventFilter, Record
from dragoman.views.facets import facets as count_facets
from dragoman.views.rows import SORTS, ids
from dragoman.views.scope import VOICES, Scope

NAME = "events"
EXAMPLES = """
Two countries, by code or name: `dragoman events --between USA Algeria`

What did happen, not what was promised: `dragoman events --event CONSULT --status happened --from 2020`

On whose word: `dragoman events --by Pentagon --json`

The ten surest accusations: `dragoman events --event ACCUSE --sort -confidence --limit 10`

What there is of what: `dragoman events --between KEN SOM --facets`
"""


def run(
    *,
    between: BetweenOption = None,
    by: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="On whose word: part of a name or an office, or a code.")
    ] = None,
    event: EventOption = None,
    mode: ModeOption = None,
    start: FromOption = None,
    end: Annotated[date | None, until("--to")] = None,
    status: StatusOption = None,
    article: Annotated[str | None, typer.Option(metavar="ID", help="Only what this article tells.")] = None,
    context: ContextOption = None,
    voice: Annotated[str | None, typer.Option(metavar="VOICE", help=f"One of {', '.join(VOICES)}.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="An article of this outlet tells of it.")] = None,
    corrected: Annotated[bool, typer.Option("--corrected", help="Only those that an analyst corrected.")] = False,
    rejected: Annotated[bool, typer.Option("--rejected", help="Only those that an analyst rejected.")] = False,
    sort: Annotated[
        str, typer.Option(metavar="ORDER", help=f"By {', '.join(SORTS)}; with - before it, the reverse.")
    ] = "day",
    limit: Annotated[int | None, most("At most so many.")] = None,
    facets: Annotated[
        bool, typer.Option("--facets", help="Instead of the events, how many there are of each value.")
    ] = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
    html: HtmlOption = None,
) -> None:
    """List events: those that meet every condition given, by day, undated ones last.

    A DAY is YYYY-MM-DD, YYYY-MM or YYYY. An event without a known day meets neither --from nor --to.
    """
    one_of(json=json, csv=csv, html=html)
    codes = tuple(code(name) for name in between or ())
    try:
        chosen = EventFilter(
            between=codes,
            by=by,
            event=event,
            start=start,
            end=end,
            status=status,
            article=article,
            corrected=corrected or None,
            rejected=rejected,
        )
        scope = Scope(also=chosen, mode=mode, context=context, voice=voice, outlet=outlet)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    with Record.open(record, read_only=True) as kept:
        if article is not None:
            scope = replace(scope, also=replace(chosen, article=kept.find_article(article)))
        if facets:
            _facets(kept, scope, json=json, csv=csv, html=html)
        else:
            _events(kept, scope, sort, limit, json=json, csv=csv, html=html)


def _events(
    record: Record, scope: Scope, sort: str, limit: int | None, *, json: bool, csv: bool, html: Path | None
) -> None:
    try:
        found = ids(record, scope, sort=sort, limit=limit)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if html is not None:
        from dragoman.cli.report import events_page

        write_page(events_page(record, scope, found), html)
    else:
        list_events(record, record.events_of(found), json=json, csv=csv)


def _facets(record: Record, scope: Scope, *, json: bool, csv: bool, html: Path | None) -> None:
    if html is not None:
        raise typer.BadParameter("--facets has no page; take --html without it")
    found = count_facets(record, scope)
    if json:
        write_json({each.name: [{"value": one.value, "events": one.events} for one in each.counts] for each in found})
    elif csv:
        rows = [
            {"facet": each.name, "value": one.value or "", "events": one.events}
            for each in found
            for one in each.counts
        ]
        write_csv(("facet", "value", "events"), rows)
    else:
        print_facets(out(), found)
