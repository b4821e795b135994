"""PLOVER events in the columns of POLECAT, out; the way in is :mod:`dragoman.exchange.polecat_in`.

The columns are those of the POLECAT data set (Halterman, Bagozzi, Beger, Schrodt, Scraborough, 2023; Harvard
Dataverse): tab separated, one header line, ``None`` where nothing is known, ``; `` between several values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.exchange.base import Format, Told, told, write_files
from dragoman.exchange.polecat_in import COLUMNS, KEPT_BY, NAME, NONE, OUTLET, SEPARATOR, load
from dragoman.exchange.tab import LOSS, cell, line
from dragoman.model import Party, Where
from dragoman.ontology.scales import scales
from dragoman.record import EventFilter, Record

FILE = "polecat.txt"


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write the events that happened to ``polecat.txt`` under ``folder``.

    :raises SourceError: the folder cannot be written.
    :raises RecordError: the record cannot be read.
    """
    counts = write_files(folder, {FILE: lambda: _lines(record, filter)})
    return {"events": counts[FILE] - 1}


def _lines(record: Record, chosen: EventFilter | None) -> Iterator[str]:
    yield line(COLUMNS)
    for each in told(record, record.events(chosen)):
        report = each.event.reports[0]
        if report.when is not None and not report.auxiliary and report.actors:
            row = _row(each)
            yield line(cell(row.get(name)) or NONE for name in COLUMNS)


def _row(each: Told) -> dict[str, object]:
    report, article = each.event.reports[0], each.article
    found = scales(report.category, report.modes, report.contexts)
    return {
        "Event ID": article.title if article.origin == NAME and article.title else each.event.id,
        "Event Date": report.when.start.isoformat() if report.when else None,
        "Event Type": report.category,
        "Event Mode": _several(report.modes),
        "Intensity": found.score,
        "Quad Code": (found.quad_name or "").replace("_", " ").upper(),
        "Contexts": _several(report.contexts),
        **_side("Actor", report.actors),
        **_side("Recipient", report.recipients),
        **_place(report.where, article.text),
        "Source": None if article.outlet == OUTLET else (article.outlet or "").removeprefix(KEPT_BY),
        "Publication Date": article.published.isoformat() if article.published else None,
        "Language": article.language,
        "Version": each.version,
    }


def _several(values: Iterable[str | None]) -> str:
    """Values in one cell, each with its own place; a separator within one becomes a comma."""
    return SEPARATOR.join(cell(value).replace(SEPARATOR.strip(), ",") or NONE for value in values)


def _side(role: str, parties: tuple[Party, ...]) -> dict[str, object]:
    sectors = _several(party.sector for party in parties)
    return {
        f"{role} Name": _several(cell(party.name) or cell(party.text) or party.entity for party in parties),
        f"{role} Country": _several(party.code for party in parties),
        f"Primary {role} Sector": sectors,
        f"{role} Sectors": sectors,
        f"{role} Title": _several(party.office for party in parties),
        f"{role} Name Raw": _several(party.text for party in parties),
    }


def _place(where: Where | None, text: str) -> dict[str, object]:
    if where is None or not cell(where.name):
        return {}
    return {
        "Placename": where.name,
        "City": where.name if where.precision == "city" else None,
        "Country": where.code,
        "Latitude": where.latitude,
        "Longitude": where.longitude,
        "GeoNames ID": where.geonameid,
        "Raw Placename": cell(text[where.span.start : where.span.end]) or where.name,
    }


FORMAT = Format(
    name=NAME,
    description="PLOVER events in the columns of POLECAT",
    export=export,
    load=load,
    files={FILE: "a header, then one event a line, tab separated, UTF-8"},
    columns=COLUMNS,
    opens='whatever reads POLECAT: R\'s readr, pandas with `sep="\\t"`',
    takes="POLECAT's text files, tab separated with a header, also packed",
    losses=(
        "events without a day, without an actor, and all that did not happen: POLECAT has no column for the status",
        "the last day and the precision: an event stands on its first possible day; whether a place is a region",
        "Version is the reading's: what comes back in says that it was imported",
        "on whose word it stands, the words but for the names, quantities, third parties",
        "Correlates of War numbers, Wikipedia titles, districts and provinces, and the people, organisations and "
        "places of the story are not known to Dragoman: those columns say None",
        "a semicolon within a name is a comma",
        LOSS,
    ),
    gaps=(
        "where a cell has several names and another number of countries, sectors or titles, those of the names are "
        "unknown",
        "Correlates of War numbers, Wikipedia titles and what POLECAT tells of the story are kept as words only",
        "a name that neither the ontology nor the register knows is a group of its country, with a title a person",
    ),
)
