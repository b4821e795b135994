"""``dragoman evaluate``: one task's figures on an annotated file."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.output import out, write
from dragoman.cli.render import print_rows
from dragoman.errors import SourceError

if TYPE_CHECKING:
    from dragoman.evaluation import Result

NAME = "evaluate"
TASKS_HELP = "`parse`, `entities`, `times`, `attribution`, `category`, `parties`, `events` or `same-event`."
FILE_HELP = "CoNLL-U, IOB2, TimeML, PolNeAR or ECB+ JSON Lines, marked TSV, BIO, or PLOVER JSON; may be gzipped."
FOLD_HELP = "Only one fifth (0 to 4) of the file, chosen by the document's id or the sentence's letters."
EXAMPLES = """
Trees and tags: `dragoman evaluate parse dev.conllu.gz`

One fifth of the documents: `dragoman evaluate times timebank.jsonl.gz --fold 0 --json`

The category of marked parties: `dragoman evaluate category sentences.tsv --predictions said.jsonl`
"""


def run(
    task: Annotated[str, typer.Argument(metavar="TASK", help=TASKS_HELP)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=FILE_HELP)],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
    predictions: Annotated[
        Path | None, typer.Option(metavar="OUT.jsonl", help="Keep what was predicted, an object on each line.")
    ] = None,
    fold: Annotated[int | None, typer.Option(min=0, metavar="N", help=FOLD_HELP)] = None,
) -> None:
    """Measure one task on an annotated file in a public format.

    Figures are fractions of one; docs/evaluation.md defines them.
    """
    from dragoman.evaluation import TASKS, Options
    from dragoman.language import load

    if task not in TASKS:
        raise typer.BadParameter(f"{task!r} is no task; there are: {', '.join(TASKS)}")
    result = TASKS[task].run(file, load(), Options(fold=fold))
    if predictions is not None:
        _keep(result.rows, predictions)
    if json:
        write(json_format.dumps(_figures(result)) + "\n")
    else:
        _print(result)


def _figures(result: Result) -> dict[str, Any]:
    """The figures under their names at the top level, and the rest beside them."""
    parts = {"by_type": dict(result.parts)} if result.parts else {}
    return {**result.figures, **parts, "counts": dict(result.counts)}


def _print(result: Result) -> None:
    print_rows(out(), ("figure", "value"), ((name, f"{value:.4f}") for name, value in result.figures.items()))
    if result.parts:
        names = list(next(iter(result.parts.values())))
        rows = ((part, *(f"{figures[name]:.4f}" for name in names)) for part, figures in result.parts.items())
        print_rows(out(), ("type", *names), rows)
    out().print("on " + ", ".join(f"{count:,} {name}" for name, count in result.counts.items()))


def _keep(rows: Iterable[dict[str, Any]], path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(json_format.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror or error}", source=str(path)) from error
