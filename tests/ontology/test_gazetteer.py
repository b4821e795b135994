"""Places by name: countries, regions, cities, and which of several is meant."""

from __future__ import annotations

import pytest

from dragoman.ontology.gazetteer import Place, find


def found(name: str, *, country: str | None = None) -> Place:
    place = find(name, country=country)
    assert place is not None
    return place


def test_a_city_has_coordinates() -> None:
    algiers = found("Algiers")
    assert (algiers.code, algiers.precision, algiers.geonameid) == ("DZA", "city", 2507480)
    assert algiers.latitude == pytest.approx(36.7, abs=0.2)
    assert algiers.longitude == pytest.approx(3.1, abs=0.2)


def test_a_country_has_none() -> None:
    algeria = found("Algeria")
    assert (algeria.code, algeria.precision, algeria.geonameid) == ("DZA", "country", 2589581)
    assert algeria.latitude is None


def test_a_region_of_several_countries_has_no_code() -> None:
    assert found("the Sahel").code is None
    assert found("the Sahel").precision == "region"
    assert (found("Crimea").code, found("Crimea").precision) == ("UKR", "region")


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [
        ("Tripoli", None, "LBY"),  # capital before the city of Lebanon
        ("Tripoli", "LBN", "LBN"),
        ("Paris", None, "FRA"),
        ("Paris", "USA", "FRA"),
        ("Paris", "DZA", "FRA"),  # no such city there: the likeliest of all
        ("Georgia", None, "GEO"),
        ("Georgia", "USA", "USA"),
        ("Alexandria", None, "EGY"),  # the largest
        ("Washington", None, "USA"),
        ("San José", None, "CRI"),
    ],
)
def test_which_of_several(name: str, country: str | None, code: str) -> None:
    assert found(name, country=country).code == code


@pytest.mark.parametrize(("one", "other"), [("Kiev", "Kyiv"), ("Bogota", "Bogotá"), ("ALGIERS", "Algiers")])
def test_spellings_of_one_city(one: str, other: str) -> None:
    assert find(one) == find(other)


def test_a_federal_state_is_a_region() -> None:
    assert (found("Texas").code, found("Texas").precision) == ("USA", "region")


@pytest.mark.parametrize("name", ["", "   ", "xyzzy", "the Pentagon"])
def test_what_is_no_place(name: str) -> None:
    assert find(name) is None
