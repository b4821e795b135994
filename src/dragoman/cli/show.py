"""``dragoman show``: an article with its records marked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT_RECORD, RecordOption, published_day
from dragoman.cli.output import out
from dragoman.cli.render import print_article, print_rows
from dragoman.model import Article
from dragoman.pipeline import read
from dragoman.record import Record

NAME = "show"
EXAMPLES = """
Every article of the record: `dragoman show`

One of them: `dragoman show 3f9a`

A file, read in memory: `dragoman show report.html`
"""


def run(
    article: Annotated[
        str | None,
        typer.Argument(metavar="ARTICLE", help="The beginning of an article's id, or a file. Left out: list all."),
    ] = None,
    *,
    published: Annotated[
        date | None,
        typer.Option(parser=published_day, metavar="YYYY-MM-DD", help="For a file: its day of publication."),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show a report with the words its records rest on, then its events.

    Colours tell cue, date, place, actor, recipient and speaker apart; the number after a cue is that of the event.
    """
    if article is not None and Path(article).exists():
        result = read(Path(article), published=published)
        print_article(out(), result.article, result.events)
        return
    with Record.open(record, read_only=True) as kept:
        if article is None:
            _list(kept)
        else:
            reading = kept.reading(article)
            print_article(out(), reading.article, reading.reports)


def _list(record: Record) -> None:
    rows = [_row(reading.article, len(reading.reports)) for reading in record.readings()]
    if rows:
        print_rows(out(), ("id", "published", "outlet", "title", "events"), rows)
    else:
        out().print("No articles.")


def _row(article: Article, events: int) -> tuple[str, ...]:
    return article.id, str(article.published or ""), article.outlet or "", article.title or "", str(events)
