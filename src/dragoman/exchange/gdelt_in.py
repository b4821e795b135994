"""GDELT 2.0 events in: each line of an ``export.CSV`` as one event with its cells as words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from dragoman.exchange.base import Incoming, Located, Passed
from dragoman.exchange.cells import Row, RowError, row
from dragoman.exchange.coded import Event, Seen, identity, reading
from dragoman.exchange.lines import Line, lines
from dragoman.exchange.tab import cells
from dragoman.model import Failure, Reading, When, Where
from dragoman.ontology import from_cameo

NAME = "gdelt"
VERSION = "gdelt-1"
OUTLET = "GDELT 2.0"
KEPT_BY = f"{OUTLET}: "

_ACTOR = {
    "Code": "CAMEO code: country or body, then roles",
    "Name": "name in capitals",
    "CountryCode": "CAMEO's country code, three letters",
    "KnownGroupCode": "CAMEO's code of a known group; not written",
    "EthnicCode": "CAMEO's ethnic code; not written",
    "Religion1Code": "CAMEO's religious code; not written",
    "Religion2Code": "second religious code; not written",
    "Type1Code": "role: the sector",
    "Type2Code": "second role; not written",
    "Type3Code": "third role; not written",
}
_GEO = {
    "Type": "0 unknown, 1 country, 2 state of the USA, 3 town of the USA, 4 town elsewhere, 5 region elsewhere",
    "FullName": "name of the place",
    "CountryCode": "FIPS 10-4 code, two letters",
    "ADM1Code": "code of the region; not written",
    "ADM2Code": "code of the district; not written",
    "Lat": "degrees north",
    "Long": "degrees east",
    "FeatureID": "number in a gazetteer",
}
COLUMNS: dict[str, str] = {
    "GlobalEventID": "number of the event",
    "Day": "day, YYYYMMDD",
    "MonthYear": "month, YYYYMM",
    "Year": "year, YYYY",
    "FractionDate": "year and the fraction of it that has passed",
    **{f"Actor1{name}": text for name, text in _ACTOR.items()},
    **{f"Actor2{name}": text for name, text in _ACTOR.items()},
    "IsRootEvent": "1 where it is in the first words of a report",
    "EventCode": "CAMEO code",
    "EventBaseCode": "its first three digits",
    "EventRootCode": "its first two digits",
    "QuadClass": "1 verbal, 2 material cooperation; 3 verbal, 4 material conflict",
    "GoldsteinScale": "Goldstein's value of the code, -10 to 10",
    "NumMentions": "how often it was told",
    "NumSources": "by how many sources",
    "NumArticles": "in how many articles",
    "AvgTone": "tone of the articles",
    **{f"{whose}Geo_{name}": text for whose in ("Actor1", "Actor2", "Action") for name, text in _GEO.items()},
    "DATEADDED": "when it was added, YYYYMMDDHHMMSS",
    "SOURCEURL": "address of the report",
}

PASSED = "events of CAMEO's root 01 (statements) and events without any actor are passed over: PLOVER has no such event"
_STATEMENT = "CAMEO has it as a statement, which is no event of PLOVER"
_NOBODY = "it names nobody"

# GDELT finds events without understanding the text; its own users hold one row in four for right. No figure of ours
# stands behind a row, so the confidence is the middle of the scale.
CONFIDENCE = 0.5

_Precision = Literal["country", "region", "city", "unknown"]
_PRECISION: dict[str, _Precision] = {"1": "country", "2": "region", "3": "city", "4": "city", "5": "region"}


def load(path: Path, *, outlet: str | None = None) -> Iterator[Incoming]:
    """Each line of a file (plain, ``.zip`` or ``.gz``) as a reading, as a failure, or passed over.

    :raises SourceError: the file cannot be opened.
    :raises FormatError: it is packed and damaged.
    """
    for line in lines(path):
        if line.data is None or line.data.strip():
            yield _incoming(line, outlet or OUTLET)


def _incoming(line: Line, outlet: str) -> Incoming:
    try:
        found = _row(dict(cells(line.data, list(COLUMNS))), outlet)
        event = _event(found)
    except RowError as error:
        return Failure(line.source, "format", str(error))
    if isinstance(event, str):
        return Passed(line.source, event)
    return Located(line.source, _reading(found, event))


def _row(fields: dict[str, str], outlet: str) -> Row:
    for name in ("GlobalEventID", "Day", "EventCode"):
        if not fields[name].isascii() or not fields[name].isdecimal():
            raise RowError(f"its {name} is no number: {fields[name][:40]!r}")
    source = fields["SOURCEURL"]
    is_url = source.startswith(("http://", "https://"))
    return row(
        fields.items(),
        origin=NAME,
        keys=(fields["GlobalEventID"],),
        title=fields["GlobalEventID"],
        outlet=f"{outlet}: {source}" if source and not is_url else outlet,
        url=source if is_url else None,
        published=_added(fields["DATEADDED"]),
    )


def _added(text: str) -> date | None:
    """The day a row was added; the file gives the second."""
    if not text:
        return None
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day of UTC, which no zone changes
    except ValueError:
        raise RowError(f"its DATEADDED is no time: {text[:40]!r}") from None


def _event(cells: Row) -> Event | str:
    """The event, or why the row is passed over."""
    found = from_cameo.plover(cells.text("EventCode"))
    if found is None:
        if cells.text("EventCode")[:2] != "01":
            raise RowError(f"its EventCode is none of CAMEO: {cells.text('EventCode')!r}")
        return _STATEMENT
    actors, recipients = _actor(cells, "Actor1"), _actor(cells, "Actor2")
    if not actors and not recipients:
        return _NOBODY
    category, mode = found
    return Event(
        category=category,
        modes=(mode,) if mode else (),
        cue=cells.span("EventCode"),
        rule="gdelt:EventCode",
        actors=actors,
        recipients=recipients,
        when=_when(cells),
        where=_where(cells),
        confidence=CONFIDENCE,
    )


def _reading(cells: Row, event: Event) -> Reading:
    return reading(cells, event, version=VERSION)


def _when(cells: Row) -> When:
    text = cells.text("Day")
    try:
        day = datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a calendar day
    except ValueError:
        raise RowError(f"its Day is no day of the form YYYYMMDD: {text[:40]!r}") from None
    return When(day, day, "day", "words", cells.span("Day"))


def _actor(cells: Row, whose: str) -> tuple[Seen, ...]:
    """The actor of a side: its name where it has one, else the code, with what the codes say of it."""
    code, name = cells.text(f"{whose}Code"), cells.text(f"{whose}Name")
    if not code and not name:
        return ()
    column = f"{whose}Name" if name else f"{whose}Code"
    roles = [cells.text(f"{whose}Type{number}Code") for number in (1, 2, 3)]
    sectors = [found for role in roles if (found := from_cameo.sector(role))]
    country = from_cameo.country(cells.text(f"{whose}CountryCode")) or _body(code, roles)
    who = identity(name.title(), code=country, sector=sectors[0] if sectors else None, others=sectors[1:])
    return (Seen(who, cells.span(column), cells.text(column)),)


def _body(code: str, roles: list[str]) -> str | None:
    """PLOVER's code of an actor of no country, from its roles or the beginning of its code."""
    return next((found for role in (*roles, code[:3]) if (found := from_cameo.body(role))), None)


def _where(cells: Row) -> Where | None:
    name, kind = cells.text("ActionGeo_FullName"), cells.text("ActionGeo_Type")
    if not name:
        return None
    precision = _PRECISION.get(kind, "unknown")
    code = from_cameo.from_fips(cells.text("ActionGeo_CountryCode"))
    latitude, longitude = _degrees(cells, "Lat", 90), _degrees(cells, "Long", 180)
    if latitude is None or longitude is None:
        latitude = longitude = None
    return Where(name, cells.span("ActionGeo_FullName"), code, latitude, longitude, None, precision)


def _degrees(cells: Row, name: str, most: float) -> float | None:
    text = cells.text(f"ActionGeo_{name}")
    try:
        degrees = float(text) if text else None
    except ValueError:
        raise RowError(f"its ActionGeo_{name} is no number: {text[:40]!r}") from None
    if degrees is not None and not -most <= degrees <= most:
        raise RowError(f"its ActionGeo_{name} lies beyond {most:g} degrees: {text[:40]!r}")
    return degrees
