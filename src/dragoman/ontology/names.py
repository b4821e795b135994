"""Builds the names of countries, seats, organisations and regions from their data files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from dragoman.ontology.data import Data
from dragoman.ontology.terms import Country, Key, Name, NameKind, Organisation, Region
from dragoman.ontology.words import key, needs_capitals, spellings

_ORDER = {kind: place for place, kind in enumerate(get_args(NameKind))}
_NO_S = ("s", "ch", "sh", "ese", "z", "x")


def countries(data: Data) -> dict[str, Country]:
    """The countries of ``countries.yaml`` by code, in the file's order."""
    return {code: _country(code, entry) for code, entry in data["countries"].items()}


def _country(code: str, entry: Mapping[str, Any]) -> Country:
    adjectives = tuple(entry.get("adjectives", ()))
    return Country(
        code=code,
        name=entry["name"],
        adjectives=adjectives,
        people=tuple(entry["people"] if "people" in entry else people_of(adjectives)),
        capitals=tuple(entry.get("capital", ())),
        also=tuple(entry.get("also", ())),
        territory_of=entry.get("territory_of"),
    )


def people_of(adjectives: Iterable[str]) -> tuple[str, ...]:
    """The nouns for a country's people by rule: ``Algerian`` gives Algerian, Algerians; ``Chinese`` stays."""
    return tuple(form for word in adjectives for form in ((word,) if word.endswith(_NO_S) else (word, f"{word}s")))


def organisations(data: Data, seats: Iterable[Mapping[str, Any]]) -> dict[str, Organisation]:
    """The organisations of ``organisations.yaml`` and the institutions of the seats, by entity id."""
    found: dict[str, Organisation] = {}
    for entry in (*data["organisations"], *seats):
        made = _organisation(entry)
        found.setdefault(made.id, made)
    return found


def _organisation(entry: Mapping[str, Any]) -> Organisation:
    return Organisation(
        id=f"org:{entry['id']}",
        name=entry["name"],
        code=entry["code"],
        sector=entry.get("sector"),
        other_sectors=tuple(entry.get("other", ())),
        members=tuple(entry.get("members", ())),
    )


def regions(data: Data) -> dict[str, Region]:
    """The regions of ``regions.yaml`` by entity id."""
    made = (
        Region(f"region:{entry['id']}", entry["name"], tuple(entry.get("members", ()))) for entry in data["regions"]
    )
    return {region.id: region for region in made}


def names(files: Mapping[str, Data]) -> dict[Key, tuple[Name, ...]]:
    """Every reading of every name: countries first, then adjectives, people, capitals, seats, organisations, regions.

    Within a kind the readings stand in the order of the data file.
    """
    found: dict[Key, list[Name]] = {}
    for name in _all_names(files):
        readings = found.setdefault(key(name.written), [])
        if not any((other.kind, other.entity_id) == (name.kind, name.entity_id) for other in readings):
            readings.append(name)
    return {words: tuple(sorted(readings, key=_rank)) for words, readings in found.items()}


def _rank(name: Name) -> tuple[bool, int]:
    return name.historical, _ORDER[name.kind]


def _all_names(files: Mapping[str, Data]) -> Iterator[Name]:
    of_countries, of_organisations, of_regions = (files[name] for name in ("countries", "organisations", "regions"))
    listed = frozenset(
        key(word) for file in (of_countries, of_organisations, of_regions) for word in file.get("capital_letter", ())
    )
    for code, entry in of_countries["countries"].items():
        yield from _country_names(code, entry, _country(code, entry), listed)
    for entry in of_countries["former"]:
        yield from _country_names(entry["code"], {**entry, "historical": True}, _country(entry["code"], entry), listed)
    for entry in of_countries["seats"]:
        yield from _body_names(entry, "seat", entry["words"], listed)
    for entry in of_organisations["organisations"]:
        forms = (entry["name"], *entry.get("words", ()), *entry.get("people", ()))
        yield from _body_names(entry, "organisation", forms, listed)
    for entry in of_regions["regions"]:
        yield from _region_names(entry, listed)


def _country_names(code: str, entry: Mapping[str, Any], country: Country, listed: frozenset[Key]) -> Iterator[Name]:
    forms: dict[NameKind, tuple[str, ...]] = {
        "country": (country.name, *country.also),
        "adjective": country.adjectives,
        "people": country.people,
        "capital": country.capitals,
    }
    for kind, words in forms.items():
        for written in _spelled(words):
            yield Name(
                name=country.name,
                entity_id=f"state:{code}",
                kind=kind,
                code=code,
                sector="GOV" if kind == "capital" else None,
                other_sectors=(),
                members=(),
                case_sensitive=needs_capitals(written, listed),
                written=written,
                historical=entry.get("historical", False),
            )


def _body_names(
    entry: Mapping[str, Any], kind: NameKind, forms: Iterable[str], listed: frozenset[Key]
) -> Iterator[Name]:
    body = _organisation(entry)
    for written in _spelled(forms):
        yield Name(
            name=body.name,
            entity_id=body.id,
            kind=kind,
            code=body.code,
            sector=body.sector,
            other_sectors=body.other_sectors,
            members=body.members,
            case_sensitive=needs_capitals(written, listed),
            written=written,
            historical=entry.get("historical", False),
        )


def _region_names(entry: Mapping[str, Any], listed: frozenset[Key]) -> Iterator[Name]:
    members = tuple(entry.get("members", ()))
    for written in _spelled((entry["name"], *entry.get("words", ()), *entry.get("adjectives", ()))):
        yield Name(
            name=entry["name"],
            entity_id=f"region:{entry['id']}",
            kind="region",
            code=members[0] if len(members) == 1 else None,
            sector=None,
            other_sectors=(),
            members=members,
            case_sensitive=needs_capitals(written, listed),
            written=written,
        )


def _spelled(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        yield from spellings(form)
