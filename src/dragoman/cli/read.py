"""``dragoman read``: reports into the record, or a text answered at once."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.lake import EngineOption, Filling, LakeOption, RayOption, fill, lake_of
from dragoman.cli.listing import list_events
from dragoman.cli.options import DEFAULT_RECORD, CsvOption, JsonOption, one_form, published_day
from dragoman.cli.output import err, out, warn
from dragoman.cli.progress import with_progress
from dragoman.cli.render import print_events
from dragoman.cli.wanting import FromOption, HostOption, LanguageOption, ToOption, columns_of, wanted
from dragoman.model import Event
from dragoman.pipeline import AnySource, Given, Outcome, Summary, Text, is_text, page_format, read_many
from dragoman.reading import Columns, Opener, sources
from dragoman.record import EventFilter, Record
from dragoman.views.show import event_lines

NAME = "read"
EXAMPLES = """
A sentence, in memory: `dragoman read "Norway's prime minister met her Danish counterpart in Oslo on Monday."`

A folder, on all processors: `dragoman read articles/ --record news.duckdb`

An archive of pages: `dragoman read CC-NEWS-*.warc.gz --host bbc.co.uk --language en --from 2024-01`

A table: `dragoman read news.parquet --columns text=body,title=headline,published=day`

A page, or a feed: `dragoman read https://news.example/report.html https://news.example/rss`

A text without a date: `dragoman read report.txt --published 2020-10-02 --outlet "The Daily"`

A whole archive into a folder of Parquet files, by day: `dragoman read CC-NEWS-*.warc.gz --engine daft --lake news/`

From another program: `curl -s https://news.example/report.html | dragoman read - --json`
"""


class SourceFormat(StrEnum):
    """What the sources are; ``auto`` looks at each."""

    auto = "auto"
    html = "html"
    text = "text"
    warc = "warc"
    jsonl = "jsonl"
    parquet = "parquet"
    feed = "feed"


def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|TEXT|-…",
            help="Files (pages, texts, WARC, JSON Lines, Parquet, RSS, Atom; also as .gz and .zst), folders, patterns, "
            "addresses of the web and of stores (s3://, gs://), `-` for the standard input, or a text in quotes. What "
            "is no file and holds a space is text; texts alone are answered in memory and kept only with --record.",
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
    format: Annotated[
        SourceFormat, typer.Option(help="What the sources are, where their names do not tell it.")
    ] = SourceFormat.auto,
    columns: Annotated[
        Columns | None,
        typer.Option(
            parser=columns_of,
            metavar="WHAT=COLUMN,…",
            help="Which columns of a table, or keys of JSON Lines, hold text, title, published, url, outlet, byline, "
            "language, id. Usual names are found without.",
        ),
    ] = None,
    host: HostOption = None,
    language: LanguageOption = None,
    first: FromOption = None,
    last: ToOption = None,
    record: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help=f"The record, made if absent; {DEFAULT_RECORD} if left out."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes that read; by default one a processor.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read again what the record holds already.")] = False,
    lake: LakeOption = None,
    engine: EngineOption = None,
    ray: RayOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Read reports into the record.

    What cannot be read is named with the reason, kept among the record's failures (`dragoman failures`), and does
    not stop the rest. What --host, --language, --from or --to leave out is counted by reason, also in the record
    (`dragoman failures --left-out`). Reading the same report twice changes nothing, and a reading that was
    interrupted is taken up where it stopped when it is begun again.
    """
    one_form(json=json, csv=csv)
    texts = [Text(each) for each in inputs if is_text(each)]
    named = [each for each in inputs if not is_text(each)]
    asked = wanted(host=host, language=language, first=first, last=last)
    folder = lake_of(lake, engine=engine, ray=ray, record=record, listed=json or csv)
    items = _items(texts, named)
    if folder is not None:
        page = Given(published, outlet, page_format(format.value))
        opener = Opener(format.value, columns or Columns())
        how = Filling(engine=engine, ray=ray, workers=workers, given=page, wanted=asked, opener=opener, again=again)
        _close(fill(items, folder, how), folder, json=False)
        return
    given: dict[str, Any] = {"published": published, "outlet": outlet, "format": format.value, "workers": workers}
    given |= {"columns": columns, "wanted": asked, "again": again}
    _into_record(items, record or (DEFAULT_RECORD if named else None), given, shown=not named, json=json, csv=csv)


def _into_record(
    items: Iterable[AnySource], path: Path | None, given: dict[str, Any], *, shown: bool, json: bool, csv: bool
) -> None:
    """Read into a record, or into none, and list the events where a program asked for them; what is only read, as
    texts alone are, is shown as it comes."""
    listed = json or csv
    told = _Told(table=shown and not listed, listed=listed)
    with _opened(path, in_memory=listed) as kept:
        summary = _read(kept, items, told, given)
        if kept is not None and listed:
            list_events(kept, _events(kept, told.articles), json=json, csv=csv)
    _close(summary, path, json=json)


class _Told:
    """What is said of each source as it is read, and, where they are listed at the end, which articles there were, in
    the order of the sources."""

    def __init__(self, *, table: bool, listed: bool) -> None:
        self.table, self.listed = table, listed
        self.articles: dict[str, None] = {}

    def __call__(self, outcome: Outcome) -> None:
        _tell(outcome, table=self.table)
        if self.listed and outcome.article is not None:
            self.articles[outcome.article] = None


def _read(kept: Record | None, items: Iterable[AnySource], told: _Told, given: dict[str, Any]) -> Summary:
    """Read everything, with a bar where somebody looks on."""
    known, bar = with_progress(items)
    with bar as advance:

        def tell(outcome: Outcome) -> None:
            advance()
            told(outcome)

        return read_many(known, kept, progress=tell, readings=told.table, **given)


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


def _close(summary: Summary, path: Path | None, *, json: bool) -> None:
    """The counts, beside what was printed: a line for people, or a JSON object for programs that asked for JSON."""
    if path is not None and json:
        err().print(json_format.dumps(_counts(summary, path), ensure_ascii=False), soft_wrap=True, markup=False)
    elif path is not None:
        err().print(summed(summary, path), soft_wrap=True, markup=False)
    if summary.failed:
        raise typer.Exit(1)


def _counts(summary: Summary, path: Path) -> dict[str, object]:
    names = ("read", "new", "updated", "unchanged", "failed", "skipped", "reports")
    counts: dict[str, object] = {name: getattr(summary, name) for name in names}
    left_out = {source: dict(sorted(reasons.items())) for source, reasons in sorted(summary.left_out.items())}
    return {**counts, "left_out": left_out, "record": str(path)}


def summed(summary: Summary, path: Path) -> str:
    """The counts of a reading in a line."""
    parts = [f"{summary.read} read ({summary.new} new, {summary.updated} updated, {summary.unchanged} unchanged)"]
    if summary.failed:
        parts.append(f"{summary.failed} failed (dragoman failures)")
    if summary.skipped:
        parts.append(f"{summary.skipped} skipped (nothing to read by their suffix)")
    reasons = summary.reasons
    if reasons:
        told = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
        parts.append(f"{reasons.total()} left out ({told})")
    reports = f"{summary.reports} report{'' if summary.reports == 1 else 's'} of events"
    return f"{', '.join(parts)}; {reports}. Record: {path}"
