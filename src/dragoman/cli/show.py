"""``dragoman show``: an article with its records marked."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import DEFAULT_RECORD, RecordOption, published_day
from dragoman.cli.output import out
from dragoman.cli.render import (
    print_article,
    print_corrections,
    print_joined,
    print_links,
    print_rows,
    print_story,
    print_why,
)
from dragoman.errors import NotFoundError
from dragoman.language import load
from dragoman.model import Article, Event, Reading, Report
from dragoman.pipeline import read
from dragoman.record import EventFilter, Record
from dragoman.views.entities import joined_to
from dragoman.views.linked import links_of, story_of
from dragoman.views.why import trees
from dragoman.views.why import why as why_lines

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "show"
EXAMPLES = """
Every article of the record: `dragoman show`

One of them: `dragoman show 3f9a`

A file, read in memory: `dragoman show report.html`

Why its third event is as it is: `dragoman show report.html --why 3`

The same of an event of the record, by its id: `dragoman show --why baf9679b`
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
    why: Annotated[
        str | None,
        typer.Option(metavar="EVENT", help="What an event rests on: its number in ARTICLE, or its id in the record."),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show a report with the words its records rest on, then its events.

    Colours tell cue, date, place, actor, recipient and speaker apart; the number after a cue is that of the event.
    Of an article in the record, the versions of its story too. With --why: the event's sentence, what set each of
    its fields, and the sentence's tree as it is read now; why other texts tell of the same event; and what analysts
    corrected.
    """
    if article is not None and Path(article).exists():
        result = read(Path(article), published=published)
        _show(result.reading, why, result.doc)
        return
    with Record.open(record, read_only=True) as kept:
        if article is not None:
            _kept(kept, article, why)
        elif why is not None:
            _event(kept, why)
        else:
            _list(kept)


def _kept(record: Record, id: str, why: str | None) -> None:
    """An article of the record; what is no article's id but an event's is told as that event."""
    try:
        reading = record.reading(id)
    except NotFoundError as missing:
        if why is not None:
            raise
        with suppress(NotFoundError):
            return _event(record, id)
        raise missing from None
    _show(reading, why)
    print_story(out(), story_of(record, reading.article.id))
    told = record.events(EventFilter(article=id, corrected=True, rejected=None))
    print_corrections(out(), {each.id: each for event in told for each in event.corrections}.values())
    return None


def _event(record: Record, id: str) -> None:
    event = record.event(id)
    for report in event.read or event.reports:
        _why(record.article(report.article), report, None)
    print_links(out(), links_of(record, event.id))
    people = _people(event).items()
    print_joined(out(), [(name, each) for id, name in people for each in joined_to(record, id)])
    print_corrections(out(), record.corrections(event.id))


def _people(event: Event) -> dict[str, str]:
    """Who stands in an event or speaks for it: id to name."""
    sources = (each for report in event.reports for said in report.attribution for each in said.source)
    parties = (each for report in event.reports for each in (*report.actors, *report.recipients))
    return {each.entity: each.name or each.text for each in (*parties, *sources)}


def _show(reading: Reading, event: str | None, doc: Doc | None = None) -> None:
    """The article, or of its events the one of this number or of this report's id."""
    if event is None:
        print_article(out(), reading.article, reading.reports)
        return
    named = [each for each in reading.reports if event in (str(each.sequence + 1), each.id)]
    if not named:
        count = len(reading.reports)
        raise typer.BadParameter(f"no event {event!r} among the {count} of the article", param_hint="--why")
    _why(reading.article, named[0], doc)


def _why(article: Article, report: Report, doc: Doc | None) -> None:
    """What the report rests on; the Doc of the article is read anew where there is none at hand."""
    sentence = article.text[report.sentence.start : report.sentence.end]
    out().print(f"report {report.id}", style="dim")
    print_why(out(), sentence, why_lines(article, report), trees(doc or load()(article.text), report))


def _list(record: Record) -> None:
    rows = [_row(reading.article, len(reading.reports)) for reading in record.readings()]
    if rows:
        print_rows(out(), ("id", "published", "outlet", "title", "events"), rows)
    else:
        out().print("No articles.")


def _row(article: Article, events: int) -> tuple[str, ...]:
    return article.id, str(article.published or ""), article.outlet or "", article.title or "", str(events)
