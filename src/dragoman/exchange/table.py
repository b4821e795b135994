"""Events as flat rows: for a table in the terminal, CSV, or JSON without nesting."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TextIO

from dragoman.exchange.base import Told, told
from dragoman.model import Attribution, Event, Party
from dragoman.record import Record, status_of

# Between several parties, modes or speakers in one cell.
SEPARATOR = "; "

# The module csv puts a cell in quotes for the characters of its own line end only; both must be among them.
_QUOTED_ENDS = "\r\n"

COLUMNS = (
    "id",
    "date",
    "precision",
    "actor",
    "event",
    "mode",
    "recipient",
    "status",
    "by",
    "place",
    "sentence",
    "article",
    "outlet",
    "stories",
    "confidence",
)


def rows(record: Record, events: Iterable[Event]) -> Iterator[dict[str, str | int | float]]:
    """One flat row an event, with the keys of :data:`COLUMNS`; what is not known is the empty string.

    ``date`` is one day, or first and last day with ``..`` between them (ISO 8601 days); ``by`` names the speakers,
    each with those he is quoted by in brackets.

    :raises RecordError: the record cannot be read.
    """
    return (_row(each) for each in told(record, events))


def write_csv(file: TextIO, flat: Iterable[dict[str, str | int | float]]) -> int:
    """Write rows as CSV (RFC 4180 quoting, ``\\n`` line ends) with a header; returns how many.

    ``file`` must be open with ``newline=""``.
    """
    count = -1
    for line in csv_lines(flat):
        file.write(line + "\n")
        count += 1
    return count


def csv_lines(flat: Iterable[dict[str, str | int | float]]) -> Iterator[str]:
    """The header and each row as CSV without its line end; a cell with a line end of any kind is in quotes."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator=_QUOTED_ENDS)
    writer.writeheader()
    yield buffer.getvalue().removesuffix(_QUOTED_ENDS)
    for row in flat:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(row)
        yield buffer.getvalue().removesuffix(_QUOTED_ENDS)


def _row(each: Told) -> dict[str, str | int | float]:
    report, article = each.event.reports[0], each.article
    return {
        "id": each.event.id,
        "date": _date(each.event),
        "precision": report.when.precision if report.when else "",
        "actor": SEPARATOR.join(_party(party) for party in report.actors),
        "event": report.category,
        "mode": SEPARATOR.join(report.modes),
        "recipient": SEPARATOR.join(_party(party) for party in report.recipients),
        "status": status_of(report),
        "by": SEPARATOR.join(_voice(said) for said in report.attribution),
        "place": report.where.name if report.where else "",
        "sentence": article.text[report.sentence.start : report.sentence.end],
        "article": article.id,
        "outlet": article.outlet or "",
        "stories": each.event.stories,
        "confidence": round(report.confidence, 2),
    }


def _date(event: Event) -> str:
    when = event.reports[0].when
    if when is None:
        return ""
    return when.start.isoformat() if when.start == when.end else f"{when.start.isoformat()}..{when.end.isoformat()}"


def _party(party: Party) -> str:
    """The code, then the name where it says more: ``USA Mark Esper``."""
    return " ".join(part for part in (party.code, party.name) if part)


def _voice(said: Attribution) -> str:
    """Who says so; ``unnamed`` where the text cites nobody by words of its own."""
    names = ", ".join(party.name or party.text for party in said.source) or "unnamed"
    return f"{names} ({_voice(said.parent)})" if said.parent else names
