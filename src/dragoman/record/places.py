"""Places as an analyst names them."""

from __future__ import annotations

from dragoman.errors import CorrectionError
from dragoman.model import Json
from dragoman.ontology import load

PLACE = ("name", "code", "latitude", "longitude", "geonameid", "precision")
_PRECISIONS = ("country", "region", "city", "unknown")


def place_said(value: Json) -> Json:
    """A place with the keys of :data:`PLACE`; one that is only named is looked up, and None means that none is known.

    :raises CorrectionError: it is no place, its country is not known, or its coordinates are none on earth.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        return _found(value.strip())
    if not isinstance(value, dict) or not isinstance(value.get("name"), str) or not str(value["name"]).strip():
        raise CorrectionError(f"{value!r} is no place: it needs a name")
    if unknown := sorted(value.keys() - set(PLACE)):
        raise CorrectionError(f"a place has no {unknown[0]!r}: only {', '.join(PLACE)}")
    return _checked({**dict.fromkeys(PLACE), "precision": "unknown", **value})


def _found(name: str) -> Json:
    from dragoman.ontology.gazetteer import find  # loads 24,000 towns

    place = find(name)
    if place is None:
        return {**dict.fromkeys(PLACE), "name": name, "precision": "unknown"}
    return {
        "name": name,
        "code": place.code,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonameid": place.geonameid,
        "precision": place.precision,
    }


def _checked(place: dict[str, Json]) -> Json:
    if place["code"] is not None and place["code"] not in load().countries:
        raise CorrectionError(f"no country has the code {place['code']!r}")
    if place["precision"] not in _PRECISIONS:
        raise CorrectionError(f"no precision {place['precision']!r} of a place: one of {', '.join(_PRECISIONS)}")
    for name, most in (("latitude", 90), ("longitude", 180)):
        number = place[name]
        if number is not None and (not isinstance(number, int | float) or not -most <= number <= most):
            raise CorrectionError(f"the {name} {number!r} is not between -{most} and {most} degrees")
    if place["geonameid"] is not None and not isinstance(place["geonameid"], int):
        raise CorrectionError(f"{place['geonameid']!r} is no number of GeoNames")
    return place
