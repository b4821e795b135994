"""PLOVER JSON from elsewhere: records with the field names of the PLOVER manual, one event each.

A file is JSON Lines, or one JSON list; gzip and zip are unpacked. ``id``, ``date``, ``actor`` and ``event`` are
needed, as in the manual (draft 2.0, chapter "Data Fields"); the older names ``source`` and ``target`` are read too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from dragoman.errors import SourceError
from dragoman.exchange.base import Incoming, Located, Passed
from dragoman.exchange.cells import Row, RowError, row
from dragoman.exchange.coded import Event, Seen, identity, reading
from dragoman.exchange.lines import lines
from dragoman.model import Failure, Office, Span, When, Where
from dragoman.ontology import load as load_ontology

NAME = "plover"
VERSION = "plover-1"
OUTLET = "PLOVER"
SUFFIXES = (".jsonl", ".json", ".gz", ".zip")

# PLOVER has no field for how sure a coder is of a record.
CONFIDENCE = 0.5

# Nested deeper than any record of the manual; what is deeper is kept as JSON in one cell.
_DEPTH = 4

_PRECISION: dict[int, Literal["country", "region", "city"]] = {
    1: "country",
    2: "region",
    3: "region",
    4: "city",
    5: "city",
}
# GeoNames' numbers have eight digits; what is longer does not fit the record.
_LONGEST_NUMBER = 15

# The manual's category INVESTIGATE and others of earlier drafts are no category of draft 2.0.
_EARLIER = {
    "INVESTIGATE": ("ACCUSE", "investigate"),
    "DISAPPROVE": ("ACCUSE", "disapprove"),
    "DEMAND": ("REQUEST", None),
}

Fields = dict[str, Any]


def load(path: Path, *, outlet: str | None = None) -> Iterator[Incoming]:
    """Each record of a file, or of the files of a folder, as a reading, as a failure, or passed over.

    :raises SourceError: the path cannot be opened, or the folder holds no such file.
    :raises FormatError: a file is packed and damaged.
    """
    files = [path]
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.suffix in SUFFIXES)
        if not files:
            raise SourceError("holds no file of PLOVER records", source=str(path))
    for file in files:
        for source, text in _texts(file):
            yield from _incoming(source, text, outlet or OUTLET)


def _texts(path: Path) -> Iterator[tuple[str, bytes | None]]:
    """The records as text; a file that begins with a bracket is one list, whose lines belong together."""
    listed: list[bytes] | None = None
    for line in lines(path):
        if (
            listed is None
            and line.data is not None
            and line.data.strip().removeprefix(b"\xef\xbb\xbf").startswith(b"[")
        ):
            listed = []
        if listed is None:
            if line.data is None or line.data.strip():
                yield line.source, line.data
        else:
            listed.append(line.data or b"")
    if listed is not None:
        yield str(path), b"\n".join(listed)


def _incoming(source: str, text: bytes | None, outlet: str) -> Iterator[Incoming]:
    try:
        if text is None:
            raise RowError("the line is too long to be a record")
        found = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        yield Failure(source, "format", str(error) if isinstance(error, RowError) else f"it is not JSON: {error}")
        return
    several = isinstance(found, list)
    for number, record in enumerate(found if several else [found], start=1):
        yield _record(f"{source}, record {number}" if several else source, record, outlet)


def _record(source: str, record: Any, outlet: str) -> Incoming:
    try:
        if not isinstance(record, dict):
            raise RowError("it is not a JSON object")
        if record.get("has_event") is False:
            return Passed(source, "it says that there is no event")
        if missing := [name for name in ("id", "date", "event") if not record.get(name)]:
            raise RowError(f"it lacks {', '.join(missing)}")
        cells = _row(record, outlet)
        return Located(source, reading(cells, *_events(record, cells), version=VERSION))
    except RowError as error:
        return Failure(source, "format", str(error))


def _row(record: Fields, outlet: str) -> Row:
    cited = record.get("cite_info")
    cited = cited if isinstance(cited, dict) else {}
    publication, url = cited.get("publication"), cited.get("url")
    language = cited.get("language")
    return row(
        _cells(record),
        origin=NAME,
        keys=(outlet, str(record["id"])),
        title=str(record["id"]),
        outlet=f"{outlet}: {publication}" if publication else outlet,
        url=url if isinstance(url, str) and url.startswith(("http://", "https://")) else None,
        language=language if isinstance(language, str) else None,
    )


def _cells(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Each value of a record under the path to it: ``actor.0.code``."""
    if isinstance(value, dict | list) and value and depth < _DEPTH:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from _cells(inner, f"{name}.{key}" if name else str(key), depth + 1)
    elif value is not None and value != [] and value != {}:
        yield name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _events(record: Fields, cells: Row) -> Iterator[Event]:
    """The record's events: one for each category it gives its parties."""
    several = len(record["event"]) if isinstance(record["event"], list) else 0
    columns = [f"event.{place}" for place in range(several)] or ["event"]
    return (_event(record, cells, column) for column in columns)


def _event(record: Fields, cells: Row, column: str) -> Event:
    category, earlier = _category(cells.text(column))
    ontology = load_ontology()
    said = [*([earlier] if earlier else []), *_texts_of(record.get("mode"))]
    modes = [mode for mode in said if mode in ontology.categories[category].modes]
    actor = "actor" if record.get("actor") else "source"
    recipient = "recipient" if record.get("recipient") else "target"
    actors = tuple(_parties(record, cells, actor))
    if not actors:
        raise RowError("it lacks actor")
    return Event(
        category=category,
        modes=tuple(dict.fromkeys(modes)),
        contexts=tuple(one for one in _texts_of(record.get("context")) if one in ontology.contexts),
        cue=_cue(cells, column.removeprefix("event")) or cells.span(column),
        rule="plover:event",
        actors=actors,
        recipients=tuple(_parties(record, cells, recipient)),
        when=_when(record, cells),
        where=_where(record, cells),
        auxiliary=_auxiliary(record),
        sentence=cells.span("text") if cells.text("text") else None,
        confidence=_confidence(record),
    )


def _category(text: str) -> tuple[str, str | None]:
    name = text.strip().upper()
    category, mode = _EARLIER.get(name, (name, None))
    if category not in load_ontology().categories:
        raise RowError(f"its event is no category of PLOVER: {text[:40]!r}")
    return category, mode


def _texts_of(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one.strip().lower() for one in values if isinstance(one, str) and one.strip()]


def _auxiliary(record: Fields) -> tuple[str, ...]:
    known = load_ontology().auxiliary
    said = (*_texts_of(record.get("auxiliary_mode")), *_texts_of(record.get("mode")))
    return tuple(dict.fromkeys(one for one in said if one in known))


def _confidence(record: Fields) -> float:
    value = record.get("confidence")
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else CONFIDENCE


def _cue(cells: Row, place: str) -> Span | None:
    """The words of the event in the text, else where the record gives them."""
    column = next((name for name in (f"event_text{place}", "event_text") if cells.text(name)), None)
    if column is None:
        return None
    at = cells.text("text").find(cells.text(column))
    return cells.within("text", at, at + len(cells.text(column))) if at >= 0 else cells.span(column)


def _parties(record: Fields, cells: Row, role: str) -> Iterator[Seen]:
    value = record.get(role)
    several = isinstance(value, list)
    for place, one in enumerate(value if isinstance(value, list) else [value]):
        seen = _party(one, cells, f"{role}.{place}" if several else role)
        if seen is not None:
            yield seen


def _party(value: Any, cells: Row, column: str) -> Seen | None:
    """A party: an entity object, or a code alone, of three letters and more for the sectors."""
    fields = value if isinstance(value, dict) else {"code": value}
    words = ("entity_text", "identifier_text", "code")
    columns = [f"{column}.{name}" for name in words] if isinstance(value, dict) else [column]
    named = next((name for name in columns if cells.text(name).strip("-_ ")), None)
    if named is None:
        return None
    pieces = _pieces(fields.get("code"))
    sectors = [one for one in (*_pieces(fields.get("sector")), *pieces[1:]) if one in load_ontology().sectors]
    code = next(
        (one for one in pieces[:1] if one in load_ontology().countries or one in load_ontology().nonstate), None
    )
    name = next((fields[one] for one in ("identifier_text", "entity_text") if isinstance(fields.get(one), str)), "")
    office = fields.get("office") if isinstance(fields.get("office"), str) else None
    who = identity(
        name, code=code, sector=sectors[0] if sectors else None, others=sectors[1:],
        offices=(Office(office, code),) if office else (),
    )  # fmt: skip
    return Seen(who, cells.span(named), cells.text(named), office)


def _pieces(code: Any) -> list[str]:
    letters = "".join(sign for sign in code.upper() if sign.isalnum()) if isinstance(code, str) else ""
    return [letters[at : at + 3] for at in range(0, len(letters), 3)]


def _when(record: Fields, cells: Row) -> When:
    start = _day(record["date"], "date")
    end = _day(record["enddate"], "enddate") if record.get("enddate") else start
    if end < start:
        raise RowError(f"it ends ({end}) before it begins ({start})")
    return When(start, end, "day", "words", cells.across("date", "enddate") if end > start else cells.span("date"))


def _day(value: Any, name: str) -> date:
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError):
        raise RowError(f"its {name}, {str(value)[:40]!r}, is not a day of the form YYYY-MM-DD") from None


def _where(record: Fields, cells: Row) -> Where | None:
    place = record.get("event_loc")
    names = ("resolved_place", "extracted_place", "name", "city", "province", "country")
    column = next((f"event_loc.{name}" for name in names if cells.text(f"event_loc.{name}")), None)
    if column is None or not isinstance(place, dict):
        return None
    latitude, longitude = _degrees(place.get("lat"), 90), _degrees(place.get("lon"), 180)
    if latitude is None or longitude is None:
        latitude = longitude = None
    code = place.get("country_code") or place.get("code")
    number, level = place.get("geonameid"), place.get("resolution")
    return Where(
        name=cells.text(column),
        span=cells.span(column),
        code=code if isinstance(code, str) and code in load_ontology().countries else None,
        latitude=latitude,
        longitude=longitude,
        geonameid=_number(number),
        precision=_PRECISION.get(level, "unknown") if isinstance(level, int) else "unknown",
    )


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def _degrees(value: Any, most: float) -> float | None:
    try:
        degrees = float(value) if value is not None else None
    except (ValueError, TypeError):
        raise RowError(f"a coordinate of its event_loc is no number: {str(value)[:40]!r}") from None
    if degrees is not None and not -most <= degrees <= most:
        raise RowError(f"a coordinate of its event_loc lies beyond {most:g} degrees: {degrees}")
    return degrees
