"""The fields of an event that an analyst can correct: what he may write, and what is kept of it.

Everything is plain JSON: text for ``category``; lists of it for ``modes``, ``contexts``, ``auxiliary`` and ``about``;
``{"start", "end", "precision"}`` with ISO days for ``when``; ``{"name", "code", "latitude", "longitude", "geonameid",
"precision"}`` for ``where``; lists of ``{"entity", "kind", "name", "code", "sector", "office"}`` for ``actors`` and
``recipients``. What is not known is null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from dragoman.errors import CorrectionError
from dragoman.model import Entity, Json, Party, Report, When, Where
from dragoman.ontology import load
from dragoman.record.days import time_said
from dragoman.record.people import PARTY, parties_said
from dragoman.record.places import place_said

FIELDS = ("category", "modes", "contexts", "auxiliary", "when", "where", "actors", "recipients", "about")

# The names that exports and commands have for the same fields.
ALIASES = {
    "event": "category",
    "mode": "modes",
    "context": "contexts",
    "auxiliary_mode": "auxiliary",
    "status": "auxiliary",
    "actor": "actors",
    "recipient": "recipients",
    "place": "where",
    "event_loc": "where",
}
DATE_PARTS = ("date", "enddate", "precision")

Find = Callable[[str], Entity | None]


def said_of(report: Report) -> dict[str, Json]:
    """Every field of a report that can be corrected, as plain JSON."""
    return {
        "category": report.category,
        "modes": list(report.modes),
        "contexts": list(report.contexts),
        "auxiliary": list(report.auxiliary),
        "when": _time(report.when),
        "where": _place(report.where),
        "actors": [_party(party) for party in report.actors],
        "recipients": [_party(party) for party in report.recipients],
        "about": list(report.about),
    }


def checked(changes: Mapping[str, Json], reports: Sequence[Report], find: Find) -> dict[str, Json]:
    """The changes in the form in which they are kept; only what differs from what at least one of the reports says.

    ``date``, ``enddate`` and ``precision`` are parts of ``when``; the names of exports (``event``, ``mode``, ``actor``)
    are known too, and a list may be one text with commas.

    :param reports: those of the event, with the corrections made before; the first speaks for it.
    :param find: the entity of the record of this id, or None.
    :raises CorrectionError: there is no such field, a value is none that it can have, the values do not go together,
        or nothing would change.
    """
    before, *others = map(said_of, reports)
    named = _named(changes)
    after = {name: _checked(name, value, before, named, find) for name, value in named.items()}
    _together({**before, **after}, after)
    everyone = (before, *others)
    changed = {name: now for name, now in after.items() if not all(same(name, now, said[name]) for said in everyone)}
    if not changed:
        raise CorrectionError(f"nothing would change: it says so already ({', '.join(named)})")
    return changed


def same(name: str, one: Json, other: Json) -> bool:
    """Whether two values of a field say the same."""
    if name in ("actors", "recipients") and isinstance(one, list) and isinstance(other, list):
        return [_core(party) for party in one] == [_core(party) for party in other]
    return one == other


def _core(party: Json) -> Json:
    return {name: party.get(name) for name in PARTY if name != "kind"} if isinstance(party, dict) else party


def _named(changes: Mapping[str, Json]) -> dict[str, Json]:
    """The changes by the record's names for the fields; the parts of a date put together."""
    named: dict[str, Json] = {}
    parts = {name: changes[name] for name in DATE_PARTS if name in changes}
    for name, value in changes.items():
        if name in DATE_PARTS:
            continue
        field = ALIASES.get(name, name)
        if field not in FIELDS:
            raise CorrectionError(f"no field {name!r}: one of {', '.join((*FIELDS, *DATE_PARTS))}")
        if field in named:
            raise CorrectionError(f"the field {field} is given twice")
        named[field] = value
    if parts and "when" in named:
        raise CorrectionError("give either when, or date, enddate and precision")
    return {**named, "when": {"parts": parts}} if parts else named


def _checked(name: str, value: Json, before: Mapping[str, Json], named: Mapping[str, Json], find: Find) -> Json:
    if name == "category":
        return _category(value)
    if name == "when":
        return time_said(value, before["when"])
    if name == "where":
        return place_said(value)
    if name in ("actors", "recipients"):
        return parties_said(value, find, [*_list(before["actors"]), *_list(before["recipients"])])
    if name == "modes":
        return _modes(value, _category(named.get("category", before["category"])))
    return _known(name, listed(value))


def _category(value: Json) -> str:
    known = load().categories
    if not isinstance(value, str) or value.strip().upper() not in known:
        raise CorrectionError(f"{value!r} is not a category of PLOVER; they are: {', '.join(known)}")
    return value.strip().upper()


def _modes(value: Json, category: str) -> Json:
    known = load().categories[category].modes
    for mode in (modes := listed(value)):
        if mode not in known:
            there = ", ".join(known) or "none"
            raise CorrectionError(f"{mode!r} is not a mode of {category}; its modes: {there}")
    return list(modes)


def _known(name: str, values: list[str]) -> Json:
    """Contexts, auxiliary modes or codes, each of which must be known."""
    ontology = load()
    if name == "about":
        return [code_said(value) for value in values]
    if name == "auxiliary":
        values = sorted(value for value in values if value != "happened")
    known = ontology.contexts if name == "contexts" else ontology.auxiliary
    for value in values:
        if value not in known:
            raise CorrectionError(f"{value!r} is none of the {name}; they are: {', '.join(known)}")
    return list(values)


def code_said(value: str) -> str:
    """A country's code, or that of a body without a state.

    :raises CorrectionError: no such code is known.
    """
    ontology, code = load(), value.strip().upper()
    if code not in ontology.countries and code not in ontology.nonstate:
        raise CorrectionError(f"no country or body has the code {value!r}; ISO 3166-1 alpha-3 is meant, such as DZA")
    return code


def listed(value: Json) -> list[str]:
    """A list of texts, or a text with commas, each text once.

    :raises CorrectionError: it is neither.
    """
    parts = value.split(",") if isinstance(value, str) else [] if value is None else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise CorrectionError(f"{value!r} is no list of names")
    return list(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))


def _together(whole: Mapping[str, Json], changed: Iterable[str]) -> None:
    """Nobody stands on both sides, and an act has somebody who does it or to whom it is done."""
    if not {"actors", "recipients"} & set(changed):
        return
    actors, recipients = (_entities(whole[name]) for name in ("actors", "recipients"))
    if both := actors & recipients:
        raise CorrectionError(f"{min(both)} would be actor and recipient; change both fields at once to exchange them")
    if not actors and not recipients:
        raise CorrectionError("the event would have neither actor nor recipient; reject it if it is none")


def _entities(parties: Json) -> set[str]:
    return {str(party["entity"]) for party in _list(parties) if isinstance(party, dict)}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _time(when: When | None) -> Json:
    if when is None:
        return None
    return {"start": when.start.isoformat(), "end": when.end.isoformat(), "precision": when.precision}


def _place(where: Where | None) -> Json:
    if where is None:
        return None
    return {
        "name": where.name,
        "code": where.code,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "geonameid": where.geonameid,
        "precision": where.precision,
    }


def _party(party: Party) -> Json:
    known = {"entity": party.entity, "name": party.name, "code": party.code}
    return {**known, "sector": party.sector, "office": party.office}
