"""Official chronologies of state visits: JSON Lines with who went where, when, and what the chronology remarks.

A row has ``id``, ``kind``, ``traveller``, ``office``, ``from_country``, ``place``, ``country``, ``start``, ``end``
(days, ISO 8601) and ``remarks``; office, place and remarks may be null, further fields are kept as words. Each row
is one CONSULT of mode visit: the traveller is the actor, the country he came to the recipient.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.exchange.base import Format, Incoming, Located
from dragoman.exchange.cells import CERTAIN, Row, RowError, row
from dragoman.exchange.lines import Line, lines
from dragoman.exchange.people import Holder, met, traveller
from dragoman.model import Entity, Failure, Office, Party, Reading, Reason, Report, When, Where
from dragoman.ontology import gazetteer
from dragoman.ontology.chronologies import State, load_chronologies, state

NAME = "visits"
VERSION = "visits-1"
NEEDED = ("id", "kind", "traveller", "from_country", "country", "start", "end")

# A stay that the remarks call private, or a stop on the way: somebody came, but perhaps to nobody.
ASIDE = 0.5


def load(path: Path, *, outlet: str | None = None) -> Iterator[Incoming]:
    """Each row of a chronology (``.jsonl``, also packed with gzip or zip) as a reading, or as a failure.

    :param outlet: who keeps the chronology, where ``chronologies.yaml`` does not know its kind.
    :raises SourceError: the file cannot be opened.
    :raises FormatError: it is packed and damaged.
    """
    for line in lines(path):
        if line.data is None or line.data.strip():
            yield _row(line, outlet)


def _row(line: Line, outlet: str | None) -> Incoming:
    try:
        return Located(line.source, reading(_fields(line.data), outlet=outlet))
    except RowError as error:
        return Failure(line.source, "format", str(error))


def _fields(data: bytes | None) -> dict[str, str]:
    if data is None:
        raise RowError("the line is too long to be a row")
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RowError(f"it is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise RowError("it is not a JSON object")
    fields = {str(name): _text(value) for name, value in found.items() if value is not None}
    if missing := [name for name in NEEDED if not fields.get(name, "").strip()]:
        raise RowError(f"it lacks {', '.join(missing)}")
    return fields


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def reading(fields: dict[str, str], *, outlet: str | None = None) -> Reading:
    """The visit that one row tells of.

    :raises RowError: a day is none, the visit ends before it begins, or no rule tells what state a name means.
    """
    start, end = _day(fields, "start"), _day(fields, "end")
    if end < start:
        raise RowError(f"it ends ({end}) before it begins ({start})")
    home, host = _state(fields, "from_country", start), _state(fields, "country", start)
    keeper = load_chronologies().outlets.get(fields["kind"]) or outlet or fields["kind"]
    cells = row(
        fields.items(), origin=NAME, keys=(fields["kind"], fields["id"]), title=fields["id"], outlet=keeper,
        language="en",
    )  # fmt: skip
    return _reading(cells, home, host, start, end)


def _day(fields: dict[str, str], name: str) -> date:
    try:
        return date.fromisoformat(fields[name])
    except ValueError:
        raise RowError(f"its {name}, {fields[name]!r}, is not a day of the form YYYY-MM-DD") from None


def _state(fields: dict[str, str], name: str, on: date) -> State:
    if found := state(fields[name], on=on):
        return found
    raise RowError(f"no state is known as {fields[name]!r} ({name}); a user's own countries.yaml can name it")


def _reading(cells: Row, home: State, host: State, start: date, end: date) -> Reading:
    who = traveller(cells, home.code, start)
    known = met(cells, host.code, start) if host.code else []
    aside = not known and cells.text("remarks").startswith(load_chronologies().aside)
    hosts = (_party(cells, host), *(_person(cells, one, "remarks") for one in known))
    report = Report(
        id=f"{cells.article.id}#0",
        article=cells.article.id,
        sequence=0,
        category="CONSULT",
        modes=("visit",),
        sentence=cells.span("remarks" if cells.text("remarks") else "kind"),
        cues=(cells.span("kind"),),
        cue_text=cells.text("kind"),
        actors=(_person(cells, who, "traveller"),),
        recipients=hosts,
        when=When(start, end, "day", "words", cells.across("start", "end") if end > start else cells.span("start")),
        where=_where(cells, host),
        confidence=ASIDE if aside else CERTAIN,
        reasons=_reasons(cells, aside=aside),
    )
    entities = {one.id: one for one in (_entity(cells, who, start, end), _host(host), *map(_known, known))}
    return Reading(cells.article, tuple(entities.values()), (report,), VERSION)


def _reasons(cells: Row, *, aside: bool) -> tuple[Reason, ...]:
    reason = Reason("category", "visits:row", CERTAIN, cells.span("kind"))
    return (reason, Reason("confidence", "visits:aside", ASIDE, cells.span("remarks"))) if aside else (reason,)


def _person(cells: Row, who: Holder, column: str) -> Party:
    span = cells.within(column, who.start, who.end)
    words = cells.article.text[span.start : span.end]
    return Party(who.id, who.name, words, span, who.code, who.sector, who.office)


def _party(cells: Row, host: State) -> Party:
    return Party(host.entity_id, host.name, cells.text("country"), cells.span("country"), host.code)


def _host(host: State) -> Entity:
    alias = (host.name,) if host.name != host.today else ()
    return Entity(host.entity_id, "state", host.today, host.code, aliases=alias)


def _entity(cells: Row, who: Holder, start: date, end: date) -> Entity:
    """The traveller, with his office as far as this visit shows it held."""
    written = cells.text("traveller")
    office = cells.text("office")
    held = (Office(office, who.code, since=start, until=end, evidence=cells.span("office")),) if office else ()
    return Entity(who.id, "person", who.name, who.code, who.sector, aliases=_others(who, written), offices=held)


def _others(who: Holder, written: str) -> tuple[str, ...]:
    return tuple(sorted({written[who.start : who.end]} - {who.name}))


def _known(who: Holder) -> Entity:
    return Entity(who.id, "person", who.name, who.code, who.sector)


def _where(cells: Row, host: State) -> Where:
    """The place where the gazetteer knows it in that country; else by its name alone; else the country."""
    place = cells.text("place")
    if not place:
        return Where(host.name, cells.span("country"), host.code, precision="country")
    found = _place(place, host.code)
    if found is None:
        return Where(place, cells.span("place"), host.code)
    return Where(
        place, cells.span("place"), host.code, found.latitude, found.longitude, found.geonameid, found.precision
    )


@cache
def _place(name: str, code: str | None) -> gazetteer.Place | None:
    found = gazetteer.find(name, country=code)
    return found if found and found.code == code and found.precision == "city" else None


FORMAT = Format(
    name=NAME,
    description="Official chronologies of state visits",
    load=load,
    takes="JSON Lines (also `.gz`, `.zip`): "
    + ", ".join(f"`{name}`" for name in (*NEEDED, "office", "place", "remarks")),
    gaps=(
        "what the remarks say beyond whom the traveller met is kept as words, not as events",
        "somebody met is a recipient only where the remarks name him with his title, and he is known to be the host's",
        "a state that is no more has the code of its successor; Hawaii and Texas before they were American have none",
        "several places in one cell are one place without coordinates",
    ),
)
