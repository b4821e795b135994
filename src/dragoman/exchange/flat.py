"""Events as one flat CSV file, the columns of ``dragoman events --csv``."""

from __future__ import annotations

from pathlib import Path

from dragoman.exchange.base import Format, write_files
from dragoman.exchange.table import COLUMNS, csv_lines, rows
from dragoman.record import EventFilter, Record

FILE = "events.csv"

MEANING = {
    "id": "identifier of the event",
    "date": "the day, or first and last day with `..` between them",
    "precision": "how exactly the words fix it: day, week, month, year, decade, unknown",
    "actor": "codes and names, `; ` between several",
    "event": "PLOVER category",
    "mode": "PLOVER modes",
    "recipient": "codes and names",
    "status": "`happened`, or what keeps it from being news that happened",
    "by": "on whose word; in brackets who passes the word on",
    "place": "name of the place",
    "sentence": "the words",
    "article": "identifier of the article that speaks for it",
    "outlet": "who published it, or which data set it was imported from",
    "stories": "how many independent texts tell of it; 0: imported",
    "confidence": "how sure the coder is, 0 to 1",
}


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write ``events.csv`` under ``folder``.

    :raises SourceError: the folder cannot be written.
    :raises RecordError: the record cannot be read.
    """
    counts = write_files(folder, {FILE: lambda: csv_lines(rows(record, record.events(filter)))})
    return {"events": counts[FILE] - 1}


FORMAT = Format(
    name="csv",
    description="Events as one flat CSV file",
    export=export,
    files={FILE: "a header, then one event a row; UTF-8, quoted as RFC 4180 says"},
    columns={name: MEANING[name] for name in COLUMNS},
    opens="spreadsheets, pandas, R, DuckDB",
    losses=(
        "all reports of an event but the one that speaks for it, and where in its text the words stand",
        "sectors, offices, contexts, quantities, third parties, coordinates",
        "a sentence may hold line ends, within quotes: count rows with a CSV reader",
    ),
)
