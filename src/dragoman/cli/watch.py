"""``dragoman watch``: news feeds into the record, as long as it runs."""

from __future__ import annotations

import json as json_format
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT_RECORD
from dragoman.cli.output import err, out, warn
from dragoman.cli.read import summed
from dragoman.cli.wanting import FromOption, HostOption, LanguageOption, ToOption, wanted
from dragoman.pipeline import Outcome
from dragoman.reading.feed_list import addresses
from dragoman.reading.feeds import need
from dragoman.reading.polite import DELAY_SECONDS
from dragoman.watching import EVERY, Visit, Watch

NAME = "watch"
EXAMPLES = """
Every quarter of an hour, until Ctrl-C: `dragoman watch https://news.example/rss --record news.duckdb`

Feeds listed in a file, one a line or as OPML: `dragoman watch feeds.txt --every 1h`

From cron: `dragoman watch feeds.opml --once --record news.duckdb`
"""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def interval(text: str) -> timedelta:
    """``15m``, ``1h``, ``90s``, ``1d``: a length of time, from a second to thirty days."""
    found = re.fullmatch(r"(\d{1,7})([smhd])", text.strip().casefold())
    length = timedelta(seconds=int(found[1]) * _UNITS[found[2]]) if found else timedelta()
    if not timedelta(seconds=1) <= length <= timedelta(days=30):
        raise typer.BadParameter(f"{text!r} is not a time such as 15m, 1h or 1d")
    return length


def run(
    feeds: Annotated[
        list[str],
        typer.Argument(
            metavar="FEED…",
            help="Web addresses of RSS or Atom feeds, or files that list them: one a line, or OPML.",
            show_default=False,
        ),
    ],
    *,
    every: Annotated[
        timedelta | None,
        typer.Option(
            parser=interval, metavar="TIME", help="How often each feed is visited: 15m (the default), 1h, 1d."
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Visit each feed once, read what is new, and stop.")] = False,
    delay: Annotated[
        float, typer.Option(min=0.0, max=3600.0, metavar="SECONDS", help="Between two requests to one host, at least.")
    ] = DELAY_SECONDS,
    host: HostOption = None,
    language: LanguageOption = None,
    first: FromOption = None,
    last: ToOption = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who published; by default the page or the feed says it.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that read.")] = 1,
    record: Annotated[
        Path, typer.Option("--record", metavar="PATH", help="The record, made if absent.")
    ] = DEFAULT_RECORD,
    json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object on a line for each visit and each entry.")
    ] = False,
) -> None:
    """Watch news feeds: read what is new or changed into the record, again and again.

    An entry with its whole text is read from the feed; of one that points to a page, the page is fetched if the
    site's robots.txt allows it. Feeds are asked with their ETag and Last-Modified; a server that answers 429 or an
    error is asked more and more seldom, and not before it asks to. Ctrl-C or a SIGTERM stops it after the entry in
    hand; what it knows of the feeds is in the record, so that over a restart nothing is read twice and nothing lost.
    Between visits the record is free for other commands.
    """
    need()
    watch = Watch(
        addresses(feeds),
        record,
        _Teller(json=json),
        every=every or EVERY,
        delay=delay,
        wanted=wanted(host=host, language=language, first=first, last=last),
        outlet=outlet,
        workers=workers,
    )
    with _stopping(watch.stop):
        summary = watch.once() if once else watch.run()
    err().print(summed(summary, record), soft_wrap=True, markup=False)
    if once and summary.failed:
        raise typer.Exit(1)


@contextmanager
def _stopping(stop: Event) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM asks the watch to stop; a second one ends it at once, as it would any command."""

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()
        for each, handler in before.items():
            signal.signal(each, handler)

    before = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class _Teller:
    """Tells what happens: lines for people on the standard error, or JSON for programs on the standard output."""

    def __init__(self, *, json: bool) -> None:
        self._json = json

    def visit(self, visit: Visit) -> None:
        """A feed was visited."""
        if self._json:
            self._line(
                {"visit": visit.feed, **{name: value for name, value in asdict(visit).items() if name != "feed"}}
            )
        elif visit.failure is not None:
            warn(f"{visit.feed}: {visit.failure}; visited again {self._moment(visit)}")
        else:
            said = "unchanged" if visit.unchanged else f"{visit.entries} entries, {visit.new} new or changed"
            err().print(f"{visit.feed}: {said}", soft_wrap=True, markup=False)

    def outcome(self, outcome: Outcome) -> None:
        """An entry was read, or was not."""
        if self._json:
            reason = outcome.failure.reason if outcome.failure else outcome.reason
            told = {"entry": outcome.source, "outcome": outcome.kind, "article": outcome.article}
            self._line({**told, "reports": outcome.reports, "reason": reason})
        elif outcome.failure is not None:
            warn(f"{outcome.source}: {outcome.failure.reason}")

    def trouble(self, reason: str) -> None:
        """Something keeps the watch from going on for now."""
        warn(reason)

    def _line(self, told: dict[str, object]) -> None:
        out().print(json_format.dumps(told, ensure_ascii=False, default=str), soft_wrap=True, markup=False)
        out().file.flush()

    def _moment(self, visit: Visit) -> str:
        return f"after {visit.due:%Y-%m-%d %H:%M} UTC" if visit.due else "later"
