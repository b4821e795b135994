"""``dragoman read``: reports into the record, or a text answered at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dragoman.cli.listing import list_events
from dragoman.cli.options import DEFAULT_RECORD, CsvOption, JsonOption, one_form, published_day
from dragoman.cli.output import err, out, warn
from dragoman.cli.render import print_events
from dragoman.model import Event
from dragoman.pipeline import AnySource, Outcome, Summary, Text, is_text, read_many
from dragoman.reading import sources
from dragoman.record import EventFilter, Record
from dragoman.views.show import event_lines

T = TypeVar("T")

NAME = "read"
EXAMPLES = """
A sentence, in memory: `dragoman read "Norway's prime minister met her Danish counterpart in Oslo on Monday."`

A folder, on all processors: `dragoman read articles/ --record news.duckdb`

A page: `dragoman read https://news.example/report.html`

A text without a date: `dragoman read report.txt --published 2020-10-02 --outlet "The Daily"`

From another program: `curl -s https://news.example/report.html | dragoman read - --json`
"""


class SourceFormat(StrEnum):
    """What the sources are; ``auto`` looks at each."""

    auto = "auto"
    html = "html"
    text = "text"


def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|TEXT|-…",
            help="Files, folders, patterns, web addresses, `-` for the standard input, or a text in quotes. What is no "
            "file and holds a space is text; texts alone are answered in memory and kept only with --record.",
            show_default=False,
        ),
    ],
    *,
    published: Annotated[
        date | None,
        typer.Option(
            parser=published_day,
            metavar="YYYY-MM-DD",
            help="Day of publication, for sources that do not give one. Without it 'Thursday' stays undated.",
        ),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who published, where the source does not say.")
    ] = None,
    format: Annotated[SourceFormat, typer.Option(help="What the sources are.")] = SourceFormat.auto,
    record: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help=f"The record, made if absent; {DEFAULT_RECORD} if left out."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes that read; by default one a processor.")
    ] = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Read reports into the record.

    What cannot be read is named with the reason, kept among the record's failures (`dragoman failures`), and does
    not stop the rest. Reading the same report twice changes nothing.
    """
    one_form(json=json, csv=csv)
    texts = [Text(each) for each in inputs if is_text(each)]
    named = [each for each in inputs if not is_text(each)]
    path = record or (DEFAULT_RECORD if named else None)
    articles: dict[str, None] = {}
    with _opened(path, in_memory=json or csv) as kept:
        items, bar = _with_progress(_items(texts, named))
        with bar as advance:

            def tell(outcome: Outcome) -> None:
                advance()
                _tell(outcome, table=not (named or json or csv))
                if outcome.reading is not None:
                    articles[outcome.reading.article.id] = None

            summary = read_many(
                items,
                kept,
                workers=workers,
                published=published,
                outlet=outlet,
                format=format.value,
                progress=tell,
            )
        if kept is not None and (json or csv):
            list_events(kept, _events(kept, articles), json=json, csv=csv)
    if path is not None:
        err().print(_summed(summary, path), soft_wrap=True)
    if summary.failed:
        raise typer.Exit(1)


def _items(texts: Iterable[Text], named: Sequence[str]) -> Iterator[AnySource]:
    yield from texts
    yield from sources(named, stdin=sys.stdin.buffer)


def _opened(path: Path | None, *, in_memory: bool) -> AbstractContextManager[Record | None]:
    if path is not None:
        return Record.open(path)
    return Record.open(":memory:") if in_memory else nullcontext()


def _tell(outcome: Outcome, *, table: bool) -> None:
    if outcome.failure is not None:
        warn(f"{outcome.failure.source}: {outcome.failure.reason}")
    elif table and outcome.reading is not None:
        print_events(out(), event_lines(outcome.reading.reports))


def _events(record: Record, articles: Iterable[str]) -> Iterator[Event]:
    """The events these articles tell of, each once."""
    seen = set()
    for article in articles:
        for event in record.events(EventFilter(article=article)):
            if event.id not in seen:
                seen.add(event.id)
                yield event


def _with_progress(items: Iterable[T]) -> tuple[Iterable[T], AbstractContextManager[Callable[[], None]]]:
    """A bar for many sources on a terminal. Only there are the sources counted first."""
    if not err().is_terminal:
        return items, nullcontext(_nothing)
    known = list(items)
    return known, _bar(len(known)) if len(known) > 1 else nullcontext(_nothing)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)


def _nothing() -> None:
    """No bar to move."""


def _summed(summary: Summary, path: Path) -> str:
    parts = [f"{summary.read} read ({summary.new} new, {summary.updated} updated, {summary.unchanged} unchanged)"]
    if summary.failed:
        parts.append(f"{summary.failed} failed (dragoman failures)")
    if summary.skipped:
        parts.append(f"{summary.skipped} skipped (not text or HTML by their suffix)")
    reports = f"{summary.reports} report{'' if summary.reports == 1 else 's'} of events"
    return f"{', '.join(parts)}; {reports}. Record: {path}"
