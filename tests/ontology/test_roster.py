"""A user's own register of names: its rows, what stands over what, and namesakes told apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DataError
from dragoman.ontology import load, roster
from dragoman.ontology.persons import Asked, country_of_holder, load_persons, plain

HEADER = "id,name,variants,kind,country,sector,office,from,until\n"
Write = Callable[..., Path]


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a register into a data folder that is read."""
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path))

    def write(*rows: str, name: str = "names.csv", header: str = HEADER) -> Path:
        path = tmp_path / name
        path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return path

    return write


def faults(path: Path) -> list[tuple[int, str]]:
    return [(line, str(row)) for line, row in roster.rows(path) if isinstance(row, roster.RowError)]


def test_rows_of_one_id_are_one_person_with_several_offices(names: Write) -> None:
    path = names(
        "Q1,Ana Reis,A. Reis; Ana M. Reis,person,PRT,GOV,Minister,2001-05,2003",
        "Q1,Ana Reis,Anna Reis,,PRT,MIL,Chief of Staff,2004-02-01,",
    )
    (found,) = roster.read(path)
    assert found.entity_id == "person:Q1"
    assert found.variants == ("A. Reis", "Ana M. Reis", "Anna Reis")
    assert found.offices == (
        roster.Held("Minister", date(2001, 5, 1), date(2003, 12, 31), "GOV"),
        roster.Held("Chief of Staff", date(2004, 2, 1), None, "MIL"),
    )


def test_an_id_that_is_not_given_is_made_of_name_and_country(names: Write) -> None:
    persons = names(",Ana Reis,,,PRT,,,,", ",Bodies Watch,,organisation,NGO,,,,", "person:x:prt,Xenia Po,,,PRT,,,,")
    assert [each.entity_id for each in roster.read(persons)] == [
        "person:ana-reis:prt", "org:bodies-watch", "person:x:prt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,,,,PRT,,,,", "lacks a name"),
        ("1,Ana,,,Portugal,,,,", "country is three capital letters"),
        ("1,Ana,,,PRT,gov,,,", "sector is three capital letters"),
        ("1,Ana,,ship,PRT,,,,", "kind is person or organisation"),
        ("a b,Ana,,,PRT,,,,", "id has letters"),
        ("1,Ana,,,PRT,,Minister,2003-02-30,", "from is a day"),
        ("1,Ana,,,PRT,,Minister,0000,", "from is a day"),
        ("1,Ana,,,PRT,,Minister,spring,", "from is a day"),
        ("1,Ana,,,PRT,,Minister,2003,2001", "is after until"),
        ("1,Ana,,,PRT,,,2003,", "days of an office"),
        ("1,Ana,,,PRT", "has 5 cells, the header 9"),
        ('1,"Ana,,,PRT,,,,', "is not good CSV"),
    ],
)
def test_a_bad_row_costs_itself_and_says_why(names: Write, row: str, reason: str) -> None:
    path = names("2,Rui Sá,,,PRT,,,,", row, "3,Eva Luz,,,PRT,,,,")
    ((line, said),) = faults(path)
    assert line == 3 and reason in said
    assert [each.name for _, each in roster.rows(path) if isinstance(each, roster.Named)] == ["Rui Sá", "Eva Luz"]
    with pytest.raises(DataError, match="line 3"):
        roster.read(path)


def test_bytes_that_are_no_text_cost_their_row(names: Write) -> None:
    path = names("2,Rui Sá,,,PRT,,,,")
    path.write_bytes(path.read_bytes() + b"3,Ana \xff,,,PRT,,,,\n4,Eva Luz,,,PRT,,,,\n")
    assert faults(path) == [(3, "is not UTF-8")]


def test_a_header_must_be_known_and_whole(names: Write) -> None:
    for header, reason in {"id,nmae\n": "unknown column 'nmae'", "id,name\n": "lacks the column country"}.items():
        with pytest.raises(DataError, match=reason):
            list(roster.rows(names("1,x", header=header)))
    with pytest.raises(DataError, match="is empty"):
        list(roster.rows(names(header="\n")))


def test_rows_of_one_id_must_agree(names: Write) -> None:
    with pytest.raises(DataError, match=r"line 3.*country is 'ESP'"):
        roster.read(names("1,Ana Reis,,,PRT,,,,", "1,Ana Reis,,,ESP,,,,"))


@given(st.text())
def test_no_line_raises_anything_but_a_reason(line: str) -> None:
    for _, row in roster.parsed([HEADER, line], source="x"):
        assert isinstance(row, roster.RowError | roster.Named)


def test_a_name_of_the_register_is_known_and_stands_over_the_packages(names: Write) -> None:
    names("Q42,Sergey Lavrov,Sergei Lawrow,,RUS,,Envoy of the Moon,2030,", "Q43,Ana Reis,,,PRT,MIL,,,")
    lavrov = load_persons()[plain("Sergei Lawrow")]
    assert (lavrov.entity_id, lavrov.wikidata_id, lavrov.sector) == ("person:Q42", "Q42", "GOV")
    assert load_persons()["lavrov"] is lavrov, "what the package knows of him stays"
    assert {"Envoy of the Moon", "Foreign Minister"} <= {office.office for office in lavrov.offices}
    assert load_persons()["ana reis"].sector == "MIL"


def test_namesakes_are_told_apart_by_country_office_and_day(names: Write) -> None:
    names(
        "a,Ana Reis,,,PRT,,President,1990,1994", "b,Ana Reis,,,PRT,,President,2002,2006", "c,Ana Reis,,,BRA,,,,",
        "d,Rui Sá,,,PRT,,Minister,1990,1994", "e,Rui Sá,,,PRT,,Bishop,1990,1994",
    )  # fmt: skip
    assert "ana reis" not in load_persons()

    def who(name: str, year: int, *codes: str, office: str = "") -> str | None:
        offices = frozenset(filter(None, [office]))
        found = Asked(date(year, 6, 1), frozenset(codes), offices).get(name)
        return found.entity_id if found else None

    assert who("ana reis", 1992, "PRT") == who("ana reis", 1992) == "person:a"
    assert who("ana reis", 2003, "PRT", office="president") == "person:b"
    assert who("ana reis", 1992, "BRA") == "person:c"
    assert who("ana reis", 1998, "PRT") is None
    assert who("ana reis", 1992, "ESP") is None
    assert who("rui sá".replace("á", "a"), 1992) is None
    assert who("rui sa", 1992, office="bishop") == "person:e"


def test_without_a_register_a_name_two_persons_claim_is_nobodys() -> None:
    assert Asked(date(2003, 1, 1), frozenset({"USA"})).get("george bush") is None


def test_a_later_register_stands_over_an_earlier_one(names: Write) -> None:
    names("Q7,Ana Reis,Ana da Costa Reis,,PRT,,Minister,2001,2003", name="names_wikidata.csv")
    names("mine,Ana Reis,,,PRT,MIL,,,")
    found = load_persons()["ana da costa reis"]
    assert (found.entity_id, found.sector, found.offices[0].office) == ("person:mine", "MIL", "Minister")


def test_holders_of_the_register_hold_their_offices(names: Write) -> None:
    names("a,Ana Zzreis,,,PRT,,President,2002,2006")
    assert country_of_holder("Zzreis", "president", 2003) == "PRT"
    assert country_of_holder("Zzreis", "president", 2013) is None


def test_organisations_are_names_of_the_ontology(names: Write) -> None:
    names("tf,Tideland Front,TF;Tidelanders,organisation,PRT,REB,,,")
    (found,) = load().names[("tideland", "front")]
    assert (found.entity_id, found.code, found.sector) == ("org:tf", "PRT", "REB")
    assert load().names[("tf",)][0].fits("TF") and not load().names[("tf",)][0].fits("tf")


def test_an_organisation_of_an_unknown_country_is_refused(names: Write) -> None:
    names("tf,Tideland Front,,organisation,QQQ,,,,")
    with pytest.raises(DataError, match="Tideland Front: unknown country 'QQQ'"):
        load()
