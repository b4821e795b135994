"""Options that say which documents of a source are wanted, and where a table holds what."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

import typer

from dragoman.cli.options import first_day, last_day
from dragoman.reading import Columns, Wanted

HostOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="HOST", help="Only pages of this host and those below it (bbc.co.uk); may be given several times."
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        metavar="en",
        help="Only texts in this language; others, which are failures without it, are left out and counted.",
    ),
]
FromOption = Annotated[
    date | None,
    typer.Option("--from", parser=first_day, metavar="DAY", help="Only what was published on this day or later."),
]
ToOption = Annotated[
    date | None,
    typer.Option("--to", parser=last_day, metavar="DAY", help="Only what was published on this day or earlier."),
]

_HOST = re.compile(r"[^\s/:@?#]+(?:\.[^\s/:@?#]+)*")
READ = ("en",)  # the languages of the package's reader


def wanted(*, host: list[str] | None, language: str | None, first: date | None, last: date | None) -> Wanted:
    """What the options ask for. Raises typer.BadParameter for what nothing could meet."""
    if first is not None and last is not None and first > last:
        raise typer.BadParameter(f"--from {first} is after --to {last}: nothing could lie between them")
    hosts = tuple(_host(each) for each in host or ())
    return Wanted(hosts, _languages(language), first, last)


def columns_of(text: str) -> Columns:
    """``text=body,title=headline`` as a mapping."""
    try:
        return Columns.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _host(text: str) -> str:
    """A host in small letters; of an address, its host."""
    bare = re.sub(r"^[a-z]+://", "", text.strip().casefold()).partition("/")[0].strip(".")
    if not _HOST.fullmatch(bare):
        raise typer.BadParameter(f"{text!r} is not a host, such as bbc.co.uk")
    return bare


def _languages(text: str | None) -> tuple[str, ...]:
    if text is None:
        return ()
    if text.casefold() not in READ:
        raise typer.BadParameter(f"{text!r} is no language that can be read; there is: {', '.join(READ)}")
    return (text.casefold(),)
