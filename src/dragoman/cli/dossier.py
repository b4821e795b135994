"""``dragoman dossier``: what the record holds on two countries, or on one country, person, organisation or outlet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.drawing import print_dossier
from dragoman.cli.forms import HtmlOption, JsonObjectOption, one_of, write_csv, write_json, write_page
from dragoman.cli.options import DEFAULT_RECORD, CsvOption, EventOption, FromOption, RecordOption, most, until
from dragoman.cli.output import out
from dragoman.errors import NotFoundError
from dragoman.record import Record
from dragoman.views.dossier import Dossier
from dragoman.views.dossier import dossier as make
from dragoman.views.plain import COLUMNS, flat
from dragoman.views.rows import rows
from dragoman.views.scope import Scope
from dragoman.views.subjects import subject

NAME = "dossier"
EXAMPLES = """
Two countries, by code or name: `dragoman dossier USA Algeria`

A person: `dragoman dossier "Mark Esper"`

A page to keep or to send: `dragoman dossier KEN SOM --html kenya-somalia.html`
"""


def run(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME [NAME]",
            help="Two countries, or one country, person, organisation or outlet: a code, a name or an id.",
            show_default=False,
        ),
    ],
    *,
    event: EventOption = None,
    start: FromOption = None,
    end: Annotated[date | None, until("--to")] = None,
    limit: Annotated[int, most("The most rows of each list.")] = 100,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonObjectOption = False,
    csv: CsvOption = False,
    html: HtmlOption = None,
) -> None:
    """What the record holds: counts, timeline, who speaks for whom, places, offices, disagreements, coverage.

    --csv lists the events, a row each; --json and --html hold everything.
    """
    one_of(json=json, csv=csv, html=html)
    if len(names) > 2:
        raise typer.BadParameter("a dossier is about one name, or about two countries")
    try:
        narrowed = Scope(category=event, start=start, end=end)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    with Record.open(record, read_only=True) as kept:
        _print(kept, _dossier(kept, names, narrowed, limit), narrowed, json=json, csv=csv, html=html)


def _dossier(record: Record, names: list[str], narrowed: Scope, limit: int) -> Dossier:
    try:
        about = subject(record, *names)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    found = make(record, about, scope=_scope(about.scope, narrowed), limit=limit)
    if not found.events:
        raise NotFoundError(f"it holds no such event of {about.title} ({', '.join(about.ids)})", source=record.path)
    return found


def _scope(own: Scope, narrowed: Scope) -> Scope:
    return replace(own, category=narrowed.category, start=narrowed.start, end=narrowed.end)


def _print(record: Record, found: Dossier, narrowed: Scope, *, json: bool, csv: bool, html: Path | None) -> None:
    if json:
        write_json(found)
    elif csv:
        condition, values = _scope(found.subject.scope, narrowed).condition()
        write_csv(COLUMNS, flat(rows(record, condition, values)))
    elif html is not None:
        from dragoman.cli.report import dossier_page

        write_page(dossier_page(record, found), html)
    else:
        print_dossier(out(), found)
