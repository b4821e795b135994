"""POLECAT in: each line of a tab-separated file as one event with its cells as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from dragoman.errors import FormatError
from dragoman.exchange.base import Incoming, Located
from dragoman.exchange.cells import Row, RowError, row
from dragoman.exchange.coded import Event, Seen, identity, reading
from dragoman.exchange.lines import Line, lines
from dragoman.exchange.tab import text
from dragoman.model import Entity, Failure, Office, Span, When, Where
from dragoman.ontology import key
from dragoman.ontology import load as load_ontology

NAME = "polecat"
VERSION = "polecat-1"
OUTLET = "POLECAT"
KEPT_BY = f"{OUTLET}: "
NONE = "None"
SEPARATOR = "; "

_ACTOR = {
    "{} Name": "resolved names",
    "{} Country": "ISO 3166-1 alpha-3 codes, or PLOVER's of bodies without a country",
    "{} COW": "Correlates of War numbers; not written",
    "Primary {} Sector": "PLOVER sectors",
    "{} Sectors": "all sectors; written as the primary one",
    "{} Title": "offices",
    "{} Name Raw": "the words of the report",
    "Wikipedia {} ID": "Wikipedia titles; not written",
}
COLUMNS: dict[str, str] = {
    "Event ID": "identifier of the event",
    "Event Date": "day, YYYY-MM-DD",
    "Event Type": "PLOVER category",
    "Event Mode": "PLOVER modes",
    "Intensity": "PLOVER score, -10 to 10",
    "Quad Code": "VERBAL or MATERIAL, COOPERATION or CONFLICT",
    "Contexts": "PLOVER contexts",
    **{name.format("Actor"): meaning for name, meaning in _ACTOR.items()},
    **{name.format("Recipient"): meaning for name, meaning in _ACTOR.items()},
    "Placename": "name of the place",
    "City": "the same where it is a town",
    "District": "not written",
    "Province": "not written",
    "Country": "ISO 3166-1 alpha-3 code of the place",
    "Latitude": "degrees north",
    "Longitude": "degrees east",
    "GeoNames ID": "number of the place in GeoNames",
    "Raw Placename": "the words of the report",
    "Feature Type": "not written",
    "Source": "outlet",
    "Publication Date": "day, YYYY-MM-DD",
    "Story People": "not written",
    "Story Organizations": "not written",
    "Story Locations": "not written",
    "Language": "ISO 639-1 code",
    "Version": "the coder and data that made the reading",
}
NEEDED = ("Event ID", "Event Date", "Event Type")
# Names that columns have in some of the published files.
_ALIASES = {"Event Intensity": "Intensity"}

# The data set codes by machine and tells no confidence of a row.
CONFIDENCE = 0.5


def load(path: Path, *, outlet: str | None = None) -> Iterator[Incoming]:
    """Each line after the header as a reading or a failure. Columns are found by their names, in any order.

    :raises SourceError: the file cannot be opened.
    :raises FormatError: it is packed and damaged, or its first line is not a header with the needed columns.
    """
    names: list[str] | None = None
    for line in lines(path):
        if line.number == 1:
            names = _header(line, path)
        elif names is not None and (line.data is None or line.data.strip()):
            yield _incoming(line, names, outlet or OUTLET)


def _header(line: Line, path: Path) -> list[str]:
    try:
        first = text(line.data or b"").removeprefix("\ufeff").split("\t")
    except RowError as error:
        raise FormatError(f"is no POLECAT file: of its first line, {error}", source=str(path)) from error
    names = [_ALIASES.get(name.strip(), name.strip()) for name in first]
    if missing := [name for name in NEEDED if name not in names]:
        raise FormatError(f"is no POLECAT file: its first line lacks {', '.join(missing)}", source=str(path))
    return names


def _incoming(line: Line, names: list[str], outlet: str) -> Incoming:
    try:
        found = _row(_fields(line, names), outlet)
        return Located(line.source, reading(found, _event(found), version=VERSION))
    except RowError as error:
        return Failure(line.source, "format", str(error))


def _fields(line: Line, names: list[str]) -> dict[str, str]:
    if line.data is None:
        raise RowError("the line is too long to be a row")
    values = text(line.data).split("\t")
    if len(values) < len(names) or any(values[len(names) :]):
        raise RowError(f"it has {len(values)} cells, not {len(names)}")
    fields = {name: value for name, value in zip(names, values, strict=False) if name and value not in ("", NONE)}
    if missing := [name for name in NEEDED if name not in fields]:
        raise RowError(f"it lacks {', '.join(missing)}")
    return fields


def _row(fields: dict[str, str], outlet: str) -> Row:
    language = fields.get("Language", "")
    return row(
        fields.items(),
        origin=NAME,
        keys=(fields["Event ID"],),
        title=fields["Event ID"],
        outlet=f"{outlet}: {fields['Source']}" if "Source" in fields and outlet == OUTLET else outlet,
        published=_day(fields, "Publication Date"),
        language=language.lower() if re.fullmatch("[A-Za-z]{2}", language) else None,
    )


def _day(fields: dict[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(fields[name][:10]) if name in fields else None
    except ValueError:
        raise RowError(f"its {name}, {fields[name][:40]!r}, is not a day of the form YYYY-MM-DD") from None


def _event(cells: Row) -> Event:
    ontology, category = load_ontology(), cells.text("Event Type").strip().upper()
    if category not in ontology.categories:
        raise RowError(f"its Event Type is no category of PLOVER: {cells.text('Event Type')[:40]!r}")
    day = _day({"Event Date": cells.text("Event Date")}, "Event Date")
    modes = [one.lower() for one in _list(cells.text("Event Mode"))]
    contexts = [one.lower() for one in _list(cells.text("Contexts"))]
    return Event(
        category=category,
        modes=tuple(mode for mode in modes if mode in ontology.categories[category].modes),
        contexts=tuple(context for context in contexts if context in ontology.contexts),
        cue=cells.span("Event Type"),
        rule="polecat:Event Type",
        actors=tuple(_side(cells, "Actor")),
        recipients=tuple(_side(cells, "Recipient")),
        when=When(day, day, "day", "words", cells.span("Event Date")) if day else None,
        where=_where(cells),
        confidence=CONFIDENCE,
    )


def _list(cell: str) -> list[str]:
    return [part for part in (one.strip() for one in cell.split(";")) if part and part != NONE]


def _side(cells: Row, role: str) -> Iterator[Seen]:
    """The parties of a side; a side without a name is its country."""
    column = next((f"{role} {what}" for what in ("Name", "Name Raw", "Country") if cells.text(f"{role} {what}")), None)
    if column is None:
        return
    names = _parts(cells, column)
    words = _parts(cells, f"{role} Name Raw") if cells.text(f"{role} Name Raw") else []
    columns = [name.format(role) for name in ("{} Country", "Primary {} Sector", "{} Title")]
    about = zip(*(_aligned(cells, name, len(names)) for name in columns), strict=True)
    for (_, written), (span, words_of), (code, sector, office) in zip(
        names, words if len(words) == len(names) else names, about, strict=True
    ):
        if written == NONE:
            continue
        code = _code(code or (written if column.endswith("Country") else None))
        who = _who("" if column.endswith("Country") else written, code=code, sector=_sector(sector), office=office)
        yield Seen(who, span, words_of, office)


def _who(name: str, *, code: str | None, sector: str | None, office: str | None) -> Entity:
    return identity(name, code=code, sector=sector, offices=(Office(office, code),) if office else ())


def _parts(cells: Row, column: str) -> list[tuple[Span, str]]:
    """The values of a cell with their places, ``None`` among them left out."""
    found = re.finditer(r"[^;\s](?:[^;]*[^;\s])?", cells.text(column))
    return [(cells.within(column, one.start(), one.end()), one.group()) for one in found]


def _aligned(cells: Row, column: str, count: int) -> list[str | None]:
    """The values of a cell, one for each name; unknown where their number is another."""
    values = [one.strip() for one in cells.text(column).split(";")] if cells.text(column) else []
    if len(values) != count:
        return [None] * count
    return [None if value in ("", NONE) else value for value in values]


def _code(country: str | None) -> str | None:
    """An alpha-3 code or one of PLOVER's; a country's name stands for its code."""
    ontology = load_ontology()
    if country is None or country.upper() in ontology.countries or country.upper() in ontology.nonstate:
        return country and country.upper()
    readings = ontology.names.get(key(country), ())
    return next((one.code for one in readings if one.kind == "country"), None)


def _sector(sector: str | None) -> str | None:
    return sector if sector in load_ontology().sectors else None


def _where(cells: Row) -> Where | None:
    column = next((name for name in ("Placename", "City", "Country") if cells.text(name)), None)
    if column is None:
        return None
    latitude, longitude = _degrees(cells, "Latitude", 90), _degrees(cells, "Longitude", 180)
    if latitude is None or longitude is None:
        latitude = longitude = None
    precision: Literal["city", "country", "unknown"] = "unknown"
    if cells.text("City") or column == "Country":
        precision = "city" if cells.text("City") else "country"
    number = cells.text("GeoNames ID")
    geonameid = int(number) if re.fullmatch("[0-9]{1,15}", number) else None
    code = _code(cells.text("Country") or None)
    words = "Raw Placename" if cells.text("Raw Placename") else column
    return Where(cells.text(column), cells.span(words), code, latitude, longitude, geonameid, precision)


def _degrees(cells: Row, name: str, most: float) -> float | None:
    try:
        degrees = float(cells.text(name)) if cells.text(name) else None
    except ValueError:
        raise RowError(f"its {name} is no number: {cells.text(name)[:40]!r}") from None
    if degrees is not None and not -most <= degrees <= most:
        raise RowError(f"its {name} lies beyond {most:g} degrees: {cells.text(name)[:40]!r}")
    return degrees
