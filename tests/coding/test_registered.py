"""Persons and organisations of a user's register, as the coder reads with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.model import Entity
from make_docs import reading

REGISTER = """id,name,variants,kind,country,sector,office,from,until
Q900,Ana Ruiz,Anna Ruys,person,CHL,MIL,Chief of Staff,1990,1994
Q900,Ana Ruiz,,person,CHL,GOV,Defence Minister,2001,2005
Q901,Eva Luz,,person,PRT,,President,2001,2005
Q902,Eva Luz,,person,PRT,,President,1981,1985
"""
VISIT = "Anna/NNP/3/nsubj/PER Ruys/NNP/1/flat/+ visited/VBD/0/root Chile/NNP/3/obj/LOC ././3/punct"
PERUVIAN = (
    "Peruvian/JJ/2/amod president/NN/3/nmod:desc Ana/NNP/5/nsubj/PER Ruiz/NNP/3/flat/+ visited/VBD/0/root "
    "Ghana/NNP/5/obj/LOC ././5/punct"
)
MINISTER = (
    "Chilean/JJ/3/amod Defence/NNP/3/compound Minister/NNP/4/nmod:desc Ruys/NNP/5/nsubj/PER visited/VBD/0/root "
    "Ghana/NNP/5/obj/LOC ././5/punct"
)
FULL = "Anna/NNP/3/nsubj/PER Ruys/NNP/1/flat/+ left/VBD/0/root Ghana/NNP/3/obj/LOC ././3/punct"
EVA = "Eva/NNP/3/nsubj/PER Luz/NNP/1/flat/+ visited/VBD/0/root Ghana/NNP/3/obj/LOC ././3/punct"


@pytest.fixture(autouse=True)
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "names.csv").write_text(REGISTER, encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path))


def the_person(*sentences: str, published: date | None) -> Entity:
    (found,) = (e for e in reading(*sentences, published=published).entities if e.kind == "person")
    return found


@pytest.mark.parametrize(
    ("year", "sector", "offices"),
    [(1992, "MIL", ["Chief of Staff"]), (2003, "GOV", ["Defence Minister"]), (2010, "MIL", [])],
)
def test_a_variant_is_the_person_with_the_office_of_the_day(year: int, sector: str, offices: list[str]) -> None:
    found = the_person(VISIT, published=date(year, 6, 1))
    assert (found.id, found.name, found.code, found.wikidata_id) == ("person:Q900", "Ana Ruiz", "CHL", "Q900")
    assert (found.sector, [office.office for office in found.offices]) == (sector, offices)
    assert "Anna Ruys" in found.aliases


def test_the_party_of_an_event_holds_the_office() -> None:
    (report,) = reading(EVA, published=date(2003, 6, 1)).reports
    assert (report.actors[0].entity, report.actors[0].office) == ("person:Q901", "President")


def test_without_a_day_no_office_is_held() -> None:
    assert the_person(VISIT, published=None).offices == ()


def test_a_namesake_of_another_country_is_somebody_else() -> None:
    found = the_person(PERUVIAN, published=date(2003, 6, 1))
    assert (found.id, found.code, found.wikidata_id) == ("person:ana-ruiz:per", "PER", None)


def test_an_office_that_the_report_tells_keeps_its_words() -> None:
    found = the_person(MINISTER, FULL, published=date(2003, 6, 1))
    assert found.id == "person:Q900"
    assert [(office.office, office.evidence is not None) for office in found.offices] == [("Defence Minister", True)]


def test_homonyms_are_told_apart_by_the_day_or_left_alone() -> None:
    years = {year: the_person(EVA, published=date(year, 6, 1)).id for year in (1983, 1998, 2003)}
    assert years == {1983: "person:Q902", 1998: "person:eva-luz", 2003: "person:Q901"}
