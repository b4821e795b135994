"""Events of a record as a table, as JSON or as CSV: the same three forms wherever events are listed."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterable
from dataclasses import replace

from dragoman.cli.output import out, write
from dragoman.cli.render import ID_LENGTH, print_events
from dragoman.exchange import plover, table
from dragoman.exchange.base import told
from dragoman.model import Event
from dragoman.record import Record
from dragoman.views.show import EventLine, event_line


def list_events(record: Record, events: Iterable[Event], *, json: bool, csv: bool) -> None:
    """Prints events; a table where neither JSON nor CSV is asked for."""
    if json:
        _json(record, events)
    elif csv:
        table.write_csv(sys.stdout, table.rows(record, events))
    else:
        _table(record, events)


def _json(record: Record, events: Iterable[Event]) -> None:
    """A JSON list with an event on each line, in PLOVER's names; written as it comes, however many there are."""
    before = "[\n"
    for each in told(record, events):
        write(before + json_format.dumps(plover.event_row(each), ensure_ascii=False))
        before = ",\n"
    write("[]\n" if before == "[\n" else "\n]\n")


def _table(record: Record, events: Iterable[Event]) -> None:
    found = list(told(record, events))
    lines = [_line(each.event) for each in found]
    sources = [f"{each.article.id[:ID_LENGTH]} {each.article.outlet or ''}".rstrip() for each in found]
    print_events(out(), lines, articles=sources, ids=[each.event.id[:ID_LENGTH] for each in found])


def _line(event: Event) -> EventLine:
    """The event as the report tells it that speaks for it; what an analyst said of it stands with its status."""
    line = event_line(event.reports[0])
    said = "rejected" if event.rejected else "corrected" if event.corrected else ""
    return replace(line, status=", ".join(part for part in (line.status, said) if part))
