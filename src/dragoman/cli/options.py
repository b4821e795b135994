"""Options that several verbs share, and the forms of the values they take."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.record import STATUSES

DEFAULT_RECORD = Path("dragoman.duckdb")

# More rows than any terminal, sheet or record of ours holds, and a number that the database takes.
MOST = 1_000_000_000

RecordOption = Annotated[Path, typer.Option("--record", metavar="PATH", help="The record, as `dragoman read` made it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON: a list with an event on each line.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV with a header.")]


def most(text: str) -> Any:
    """An option that limits a number of rows; ``text`` says of what."""
    return typer.Option(min=1, metavar="N", help=text, callback=lambda rows: None if rows is None else min(rows, MOST))


def published_day(text: str) -> date:
    """``2020-10-02`` and nothing looser: a day of publication is given exactly or not at all."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day of the form YYYY-MM-DD, such as 2020-10-02") from None


def first_day(text: str) -> date:
    """The first day of a day, month or year: ``2006-02`` is 2006-02-01."""
    return _period(text)[0]


def last_day(text: str) -> date:
    """The last day of a day, month or year: ``2006-02`` is 2006-02-28."""
    return _period(text)[1]


def _period(text: str) -> tuple[date, date]:
    """First and last day of what is written as YYYY, YYYY-MM or YYYY-MM-DD."""
    try:
        if re.fullmatch(r"\d{4}", text):
            return date(int(text), 1, 1), date(int(text), 12, 31)
        if re.fullmatch(r"\d{4}-\d{2}", text):
            year, month = int(text[:4]), int(text[5:])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return published_day(text), published_day(text)
    except (ValueError, typer.BadParameter):
        raise typer.BadParameter(
            f"{text!r} is not a day, a month or a year of the form YYYY-MM-DD, YYYY-MM or YYYY"
        ) from None


def one_form(*, json: bool, csv: bool) -> None:
    """Refuses two forms of output at once."""
    if json and csv:
        raise typer.BadParameter("choose one of --json and --csv")


def category(text: str) -> str:
    """One of PLOVER's categories, in any letter-case."""
    from dragoman.ontology import load

    if text.upper() not in load().categories:
        raise typer.BadParameter(f"{text!r} is not a category of PLOVER; they are: {', '.join(load().categories)}")
    return text.upper()


def mode(text: str) -> str:
    """One of PLOVER's modes, in any letter-case."""
    return _word("mode", text)


def context(text: str) -> str:
    """One of PLOVER's contexts, in any letter-case."""
    return _word("context", text)


def _word(what: str, text: str) -> str:
    from dragoman.views.scope import check_words

    try:
        check_words(**{what: text.lower()})
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    return text.lower()


def code(name: str) -> str:
    """The code of a country or body given by its code or by any of its names."""
    from dragoman.views.subjects import known_code

    try:
        return known_code(name)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


# What events are asked for by, the same in every verb.
BetweenOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", metavar="A B", help="Both stand among the parties; ISO 3166-1 alpha-3 codes or names."),
]
EventOption = Annotated[
    str | None,
    typer.Option("--event", parser=category, metavar="CATEGORY", help="Only PLOVER's category, such as CONSULT."),
]
ModeOption = Annotated[
    str | None, typer.Option("--mode", parser=mode, metavar="MODE", help="Only PLOVER's mode, such as visit.")
]
ContextOption = Annotated[
    str | None,
    typer.Option("--context", parser=context, metavar="CONTEXT", help="Only PLOVER's context, such as military."),
]
StatusOption = Annotated[str | None, typer.Option("--status", metavar="STATUS", help=f"One of {', '.join(STATUSES)}.")]
FromOption = Annotated[
    date | None,
    typer.Option("--from", parser=first_day, metavar="DAY", help="It can have been on this day or later."),
]


def until(name: str) -> Any:
    """The option of the last day, which has another name where ``--to`` is the format."""
    return typer.Option(name, parser=last_day, metavar="DAY", help="It can have been on this day or earlier.")
