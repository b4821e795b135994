"""Places by name: countries, regions, cities, and which of several is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.ontology.gazetteer import COLUMNS, Place, find


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


ROWS = {
    "a word for a number": "x,Zzvila,,PRT,1,2,3",
    "an unknown country": "1,Zzvila,,QQQ,1,2,3",
    "too few cells": "1,Zzvila,,PRT",
    "no figure": "1,Zzvila,,PRT,north,2,3",
}


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_a_place_of_a_users_own_that_breaks_the_form_is_named(
    row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "places.csv").write_text(f"{','.join(COLUMNS)}\n2,Zzboa,,PRT,1,2,3\n{row}\n", encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path))
    with pytest.raises(DataError, match=r"places\.csv, line 3: is no place with geonameid"):
        find("Zzboa")
