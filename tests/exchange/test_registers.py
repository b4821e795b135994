"""Registers of names and dumps into a data folder; all of them small files written here."""

from __future__ import annotations

import bz2
import gzip
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commands import Command
from dragoman.ontology import gazetteer, roster
from dragoman.ontology.persons import Asked, load_persons

CSV = """name,country,office,from,until,variants
Ana Reis,Portugal,President,2001,2005,Anna Reys;A. Reis
Rui Sá,PT,,,,
Eva Luz,Atlantis,,,,
"Bo Lind,SWE,,,,
Bo Lind,SWE,Chancellor,2005,2001,
Jo May,UNO,,,,
Rui Sá,PRT,Minister,1999,,
"""


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)


@pytest.fixture
def read_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path / "data"))


def test_a_register_is_taken_and_bad_rows_are_named(dragoman: Command, read_with: None) -> None:
    Path("mine.csv").write_text(CSV, encoding="utf-8")
    done = dragoman("names", "mine.csv", "--to", "data")
    assert done.status == 1
    assert [line.split(":")[1].strip() for line in done.err.splitlines() if line.startswith("dragoman: ")] == [
        "mine.csv, line 4", "mine.csv, line 5", "mine.csv, line 6",
    ]  # fmt: skip
    assert "unknown country 'Atlantis'" in done.err
    assert "4 rows taken, 3 failed. Written: data/names.csv" in done.err
    people = roster.read(Path("data/names.csv"))
    assert [(each.entity_id, each.country) for each in people] == [
        ("person:ana-reis:prt", "PRT"), ("person:rui-sá:prt".replace("á", "a"), "PRT"), ("person:jo-may:uno", "UNO"),
    ]  # fmt: skip
    assert load_persons()["anna reys"].offices[0].first == date(2001, 1, 1)


def test_what_is_written_is_taken_again_unchanged(dragoman: Command) -> None:
    Path("mine.csv").write_text(CSV, encoding="utf-8")
    dragoman("names", "mine.csv", "--to", "one")
    done = dragoman("names", "one/names.csv", "--to", "two", "--json")
    assert (done.status, json.loads(done.out)) == (0, {"rows": 4, "failed": 0, "passed": {}})
    assert Path("one/names.csv").read_bytes() == Path("two/names.csv").read_bytes()


def test_a_register_that_is_broken_by_hand_can_be_mended(dragoman: Command, read_with: None) -> None:
    Path("data").mkdir()
    Path("data/names.csv").write_text("name,country\nAna Reis,PRT\nEva Luz,Atlantis\n", encoding="utf-8")
    done = dragoman("names", "data/names.csv", "--to", "data")
    assert (done.status, "1 rows taken, 1 failed" in done.err) == (1, True)
    assert [each.name for each in roster.read(Path("data/names.csv"))] == ["Ana Reis"]


@pytest.mark.parametrize("kind", ["csv", "wikidata", "geonames"])
def test_a_source_that_cannot_be_read_leaves_what_was(dragoman: Command, kind: str) -> None:
    Path("mine.csv").write_text(CSV, encoding="utf-8")
    dragoman("names", "mine.csv", "--to", "data")
    before = sorted((path.name, path.read_bytes()) for path in Path("data").iterdir())
    assert dragoman("names", "absent", "--to", "data", "--from", kind).status == 1
    if kind != "csv":
        Path("other").write_text('{"Q5": \n' * 120)
        done = dragoman("names", "other", "--to", "data", "--from", kind)
        assert done.status == 1 and "of another format" in done.err
    assert sorted((path.name, path.read_bytes()) for path in Path("data").iterdir()) == before


def test_an_unknown_kind_is_a_usage_error(dragoman: Command) -> None:
    assert dragoman("names", "x", "--to", "data", "--from", "excel").status == 2


# Wikidata


def item(number: str, label: str | None = None, *aliases: str, tongue: str = "en", **claims: Any) -> dict[str, Any]:
    labels = {tongue: {"language": tongue, "value": label}} if label else {}
    return {
        "type": "item", "id": number, "labels": labels,
        "aliases": {"en": [{"language": "en", "value": each} for each in aliases]} if aliases else [],
        "claims": claims,
    }  # fmt: skip


def said(value: Any, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    told = {"entity-type": "item", "id": value} if value[:1] == "Q" else value
    snak = {"snaktype": "value", "datavalue": {"value": told}}
    return {
        "mainsnak": snak, "rank": rank,
        "qualifiers": {name: [{"datavalue": {"value": when}} for when in (of,)] for name, of in qualifiers.items()},
    }  # fmt: skip


def on(time: str, precision: int = 11) -> dict[str, Any]:
    return {"time": f"+{time}T00:00:00Z", "precision": precision}


HUMAN = [said("Q5")]
DUMP = [
    item("Q10", "Ana Reis", "Anna Reys", "Reis", P31=HUMAN, P27=[said("Q701", P582=on("1999-01-01")), said("Q700")],
         P39=[said("Q800", P580=on("2001-05-06"), P582=on("2005-00-00", 9)), said("Q801", rank="deprecated")]),
    item("Q700", "Portugal", P298=[said("PRT")]),
    item("Q701", "Angola", P297=[said("AO")]),
    item("Q702", "Norway"),
    item("Q800", "Foreign Minister of Portugal"),
    item("Q801", "King of Portugal"),
    item("Q11", "Per Berg", tongue="mul", P31=HUMAN, P27=[said("Q702")], P39=[said("Q802", P580=on("1950-03-00", 10))]),
    item("Q802", "bishop of Hamar"),
    item("Q12", "Jo Nobody", P31=HUMAN, P27=[said("Q700")]),
    item("Q13", None, P31=HUMAN, P27=[said("Q700")], P39=[said("Q800")]),
    item("Q14", "Of Nowhere", P31=HUMAN, P39=[said("Q800")]),
    item("Q15", "A Town", P31=[said("Q515")]),
]  # fmt: skip


def dumped(path: Path, *more: str) -> Path:
    text = "[\n" + ",\n".join([*(json.dumps(each) for each in DUMP), *more]) + "\n]\n"
    opened = {".gz": gzip.compress, ".bz2": bz2.compress}.get(path.suffix, bytes)
    path.write_bytes(opened(text.encode()))
    return path


@pytest.mark.parametrize("name", ["dump.json", "dump.json.gz", "dump.json.bz2"])
def test_holders_of_offices_from_wikidata(dragoman: Command, read_with: None, name: str) -> None:
    done = dragoman("names", dumped(Path(name)), "--from", "wikidata", "--to", "data", "--json")
    assert done.status == 0
    passed = {"never held an office": 1, "no English name": 1, "of no country that is known": 1}
    assert json.loads(done.out) == {"rows": 2, "failed": 0, "passed": passed}
    ana, per = roster.read(Path("data/names_wikidata.csv"))
    assert (ana.entity_id, ana.country, ana.variants, ana.sector) == ("person:Q10", "PRT", ("Anna Reys",), "GOV")
    assert ana.offices == (
        roster.Held("Foreign Minister of Portugal", date(2001, 5, 6), date(2005, 12, 31), "GOV"),
    )  # fmt: skip
    assert (per.country, per.sector, per.offices[0].since) == ("NOR", "REL", date(1950, 3, 1))
    known = Asked(date(2003, 1, 1)).get("anna reys")
    assert known is not None and known.wikidata_id == "Q10"


def test_everybody_of_a_country_is_taken_if_asked_for(dragoman: Command) -> None:
    done = dragoman("names", dumped(Path("d.json")), "--from", "wikidata", "--to", "data", "--everybody", "--json")
    assert json.loads(done.out)["rows"] == 3


def test_bad_entities_cost_themselves(dragoman: Command) -> None:
    path = dumped(
        Path("d.json"), '{"id": "Q5"', json.dumps(DUMP[0]), '{"id": "Q90", "claims": {"P31": [{"Q5": "Q5"}]}}'
    )
    done = dragoman("names", path, "--from", "wikidata", "--to", "data")
    assert done.status == 1
    told = [line for line in done.err.splitlines() if line.startswith("dragoman: ")]
    assert [line.split(": ")[1] for line in told] == [f"d.json, line {number}" for number in (14, 15, 16)]
    assert "Q10 stands twice" in told[1] and "not of Wikidata's form" in told[2]
    assert "2 rows taken, 3 failed" in done.err


# GeoNames


def town(number: int, name: str, code: str = "PPL", *, of: str = "PT", people: int = 2000, others: str = "") -> str:
    row = [
        str(number),
        name,
        name,
        others,
        "39.5",
        "-8.25",
        "P" if code[:3] == "PPL" else "T",
        code,
        of,
        "",
        "",
        "",
        "",
    ]
    return "\t".join([*row, "", str(people), "", "10", "Europe/Lisbon", "2024-01-01"])


TOWNS = [
    town(1, "Vila Zzada"),
    town(2, "Zzunto", others="Zzuntopolis,ZZU,Ззунто", people=60_000),
    town(3, "Zzminor", people=10),
    town(4, "Zzcapital", "PPLC", people=10),
    town(5, "Zzruin", "PPLQ"),
    town(6, "Monte Zz", "MT"),
    town(7, "Zzland", of="QQ"),
    "eight\tcolumns",
]


@pytest.mark.parametrize("packed", [False, True])
def test_towns_from_geonames(dragoman: Command, read_with: None, packed: bool) -> None:
    path, text = Path("PT.zip" if packed else "PT.txt"), "\n".join(TOWNS) + "\n"
    if packed:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("PT.txt", text)
            file.writestr("readme.txt", "Readme for GeoNames\n")
    else:
        path.write_text(text, encoding="utf-8")
    done = dragoman("names", path, "--from", "geonames", "--to", "data")
    assert done.status == 1
    assert "line 7: unknown country 'QQ'" in done.err and "line 8: has 2 columns, a row of GeoNames 19" in done.err
    assert "3 rows taken, 2 failed, 1 passed over (fewer than 1000 people), 2 passed over (no town)" in done.err
    place = gazetteer.find("Vila Zzada")
    assert place == gazetteer.Place("Vila Zzada", "PRT", 39.5, -8.25, 1, 2000, "city")
    assert gazetteer.find("Zzuntopolis") == gazetteer.find("Zzunto") and gazetteer.find("ZZU") is None
    assert gazetteer.find("Zzcapital") and not gazetteer.find("Zzminor")
    lisbon = gazetteer.find("Lisbon")
    assert lisbon is not None and lisbon.code == "PRT"


def test_how_small_a_town_may_be(dragoman: Command) -> None:
    Path("PT.txt").write_text("\n".join(TOWNS[:3]), encoding="utf-8")
    done = dragoman("names", "PT.txt", "--from", "geonames", "--to", "data", "--population", "50000", "--json")
    assert json.loads(done.out) == {"rows": 1, "failed": 0, "passed": {"fewer than 50000 people": 2}}
