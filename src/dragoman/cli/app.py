"""The verbs of the command line, put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

import dragoman
from dragoman.cli import (
    correct,
    dossier,
    evaluate,
    events,
    export,
    failures,
    import_,
    names,
    read,
    serve,
    show,
    since,
    watch,
)
from dragoman.cli.output import out, silence

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 all read, 1 some sources failed (each is named, with why), 2 usage.",
)


def _version(wanted: bool) -> None:
    if wanted:
        out().print(f"dragoman {dragoman.__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Read news reports into a record of who did or said what to whom, when, where, and on whose word."""


def _for_whoever_reads(run: Callable[..., None]) -> Callable[..., None]:
    """The verb, ending quietly where the reader of its output has gone: he has what he wanted."""

    @wraps(run)
    def quietly(*arguments: Any, **options: Any) -> None:
        try:
            run(*arguments, **options)
        except BrokenPipeError:
            silence()
            raise typer.Exit from None

    return quietly


for verb in (read, watch, show, events, dossier, since, correct, serve, export, import_, names, failures, evaluate):
    app.command(verb.NAME, epilog=verb.EXAMPLES)(_for_whoever_reads(verb.run))
