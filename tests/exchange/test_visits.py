"""Chronologies of state visits; the rows here are made up, the real ones are read where they are at hand."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import FormatError, SourceError
from dragoman.exchange.base import Located
from dragoman.exchange.visits import load
from dragoman.model import Failure, Reading
from dragoman.ontology.chronologies import state

REAL = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "state-visits"
ROW = {
    "id": "trip-1",
    "kind": "US official abroad",
    "traveller": "Henry Alfred Kissinger",
    "office": "Secretary of State",
    "from_country": "United States",
    "place": "Belgrade",
    "country": "Yugoslavia",
    "start": "1974-11-04",
    "end": "1974-11-05",
    "remarks": "Met with President Ana Marić and Foreign Minister Petar Ilić; signed an accord.",
}


def written(folder: Path, *rows: Any, name: str = "visits.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in rows), encoding="utf-8")
    return path


def reading(folder: Path, **changes: Any) -> Reading:
    found = next(load(written(folder, ROW | changes)))
    assert isinstance(found, Located)
    return found.reading


def failure(folder: Path, row: Any) -> Failure:
    found = next(load(written(folder, row)))
    assert isinstance(found, Failure)
    return found


def words(of: Reading, span: Any) -> str:
    return of.article.text[span.start : span.end]


def test_a_row_is_a_visit(tmp_path: Path) -> None:
    made = reading(tmp_path)
    report = made.reports[0]
    assert (report.category, report.modes, report.auxiliary, report.confidence) == ("CONSULT", ("visit",), (), 1.0)
    actor = report.actors[0]
    assert (actor.entity, actor.code, actor.office) == ("person:henry-kissinger:usa", "USA", "Secretary of State")
    assert words(made, actor.span) == actor.text == "Henry Alfred Kissinger"
    assert [(one.entity, one.name, one.code) for one in report.recipients] == [
        ("state:SRB", "Yugoslavia", "SRB"),
        ("person:ana-maric:srb", "Ana Marić", "SRB"),
        ("person:petar-ilic:srb", "Petar Ilić", "SRB"),
    ]
    assert all(words(made, one.span) == one.text for one in report.recipients)
    assert report.when is not None
    assert (report.when.start, report.when.end) == (date(1974, 11, 4), date(1974, 11, 5))
    assert (report.when.precision, words(made, report.when.span)) == ("day", "1974-11-04\nend: 1974-11-05")
    assert report.where is not None
    assert (report.where.name, report.where.code, report.where.precision) == ("Belgrade", "SRB", "city")
    assert words(made, report.sentence) == ROW["remarks"]
    assert words(made, report.cues[0]) == "US official abroad"


def test_the_text_is_the_row_as_published(tmp_path: Path) -> None:
    made = reading(tmp_path, note="kept", place=None)
    lines = [f"{name}: {value}" for name, value in (ROW | {"note": "kept"}).items() if name != "place"]
    assert made.article.text == "\n".join(lines)
    assert (made.article.origin, made.article.title) == ("visits", "trip-1")
    assert made.article.outlet is not None
    assert made.article.outlet.startswith("US Office of the Historian")
    where = made.reports[0].where
    assert where is not None
    assert (where.name, where.precision, words(made, where.span)) == ("Yugoslavia", "country", "Yugoslavia")


def test_the_traveller_holds_his_office_on_these_days(tmp_path: Path) -> None:
    made = reading(tmp_path)
    held = next(one for one in made.entities if one.kind == "person").offices[0]
    assert (held.office, held.country, held.since, held.until) == (
        "Secretary of State",
        "USA",
        date(1974, 11, 4),
        date(1974, 11, 5),
    )
    assert words(made, held.evidence) == "Secretary of State"
    assert [(one.id, one.name, one.aliases) for one in made.entities if one.kind == "state"] == [
        ("state:SRB", "Serbia", ("Yugoslavia",))
    ]


@pytest.mark.parametrize(
    ("traveller", "office", "name"),
    [
        ("President Berta Lind", "President", "Berta Lind"),
        ("General Berta Lind", None, "Berta Lind"),
        ("Berta Lind", None, "Berta Lind"),
        ("King", "King", "King"),
    ],
)
def test_titles_are_no_names(tmp_path: Path, traveller: str, office: str | None, name: str) -> None:
    made = reading(tmp_path, traveller=traveller, office=office, from_country="Norway", country="United States")
    actor = made.reports[0].actors[0]
    assert (actor.name, actor.office, actor.code) == (name, office, "NOR")


@pytest.mark.parametrize(
    ("remarks", "people"),
    [
        ("Met with President Bush May 3 during a private visit.", ["person:george-w-bush:usa"]),
        ("Met with Prime Minister Ola Nordmann.", ["person:ola-nordmann:usa"]),
        ("Met with Prime Minister Nordmann.", []),
        ("Attended a summit. Met with Prime Minister Ola Nordmann.", []),
        ("Met with President Vladimir Putin.", []),
        ("Met with Russian President Vladimir Putin.", []),
        ("Discussed trade with President Ola Nordmann.", []),
    ],
)
def test_whom_he_met_only_where_plain(tmp_path: Path, remarks: str, people: list[str]) -> None:
    changes = {"from_country": "Norway", "country": "United States", "start": "2005-05-03", "end": "2005-05-03"}
    made = reading(tmp_path, traveller="Prime Minister Kari Dahl", office="Prime Minister", remarks=remarks, **changes)
    assert [one.entity for one in made.reports[0].recipients] == ["state:USA", *people]


def test_a_private_stay_is_less_sure(tmp_path: Path) -> None:
    report = reading(tmp_path, remarks="Private visit to the coast.").reports[0]
    assert report.confidence == 0.5
    assert [reason.rule for reason in report.reasons] == ["visits:row", "visits:aside"]
    assert reading(tmp_path, remarks="Private visit. Met with President Ana Marić.").reports[0].confidence == 1.0


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Soviet Union", "1972-05-22", "RUS"),
        ("Germany, Federal Republic of", "1963-06-23", "DEU"),
        ("West Germany", "1963-06-23", "DEU"),
        ("Yugoslavia (Kosovo)", "2001-07-24", "SRB"),
        ("Dahomey (Benin)", "1962-01-01", "BEN"),
        ("Democratic Republic of the Congo (Zaire)", "1983-08-04", "COD"),
        ("Zaire", "1983-08-04", "COD"),
        ("China, People’s Republic of", "1999-04-08", "CHN"),
        ("China, Republic of", "1945-04-26", "CHN"),
        ("China, Republic of", "1961-07-31", "TWN"),
        ("Korea, South", "1999-01-01", "KOR"),
        ("Muscat & Oman", "1938-03-03", "OMN"),
        ("Palestinian Authority", "1998-12-12", "PSE"),
        ("West Bank", "2008-01-10", "PSE"),
        ("Hawaii", "1881-09-28", None),
    ],
)
def test_states_of_the_past(name: str, on: str, code: str | None) -> None:
    found = state(name, on=date.fromisoformat(on))
    assert found is not None
    assert found.code == code


def test_a_state_without_a_code_is_itself(tmp_path: Path) -> None:
    made = reading(tmp_path, traveller="King Kamaka", office="King", from_country="Hawaii", country="United States")
    assert made.reports[0].actors[0].code is None
    assert made.reports[0].actors[0].entity == "person:kamaka"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ROW | {"country": "Ruritania"}, "no state is known as 'Ruritania'"),
        (ROW | {"start": "1974"}, "its start, '1974', is not a day"),
        (ROW | {"end": "1974-11-03"}, "ends .1974-11-03. before it begins .1974-11-04."),
        (ROW | {"traveller": None}, "lacks traveller"),
        (ROW | {"id": " ", "kind": ""}, "lacks id, kind"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[1]", "is not a JSON object"),
        ("x" * (1 << 21), "too long"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, row: Any, reason: str) -> None:
    found = failure(tmp_path, row)
    assert found.source == f"{tmp_path / 'visits.jsonl'}, line 1"
    assert re.search(reason, found.reason)


def test_what_stands_around_a_bad_row_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, ROW, "x" * (1 << 21), "", ROW | {"id": "trip-2"})
    assert [type(one) for one in load(path)] == [Located, Failure, Located]


def test_packed_files(tmp_path: Path) -> None:
    plain = written(tmp_path, ROW).read_bytes()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(plain))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("b.jsonl", plain)
    zipped = next(load(tmp_path / "a.zip"))
    assert zipped == Located(f"{tmp_path / 'a.zip'}, b.jsonl, line 1", reading(tmp_path))
    assert len(list(load(tmp_path / "a.jsonl.gz"))) == 1
    (tmp_path / "cut.gz").write_bytes(gzip.compress(plain)[:-20])
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04")
    for name in ("cut.gz", "cut.zip"):
        with pytest.raises(FormatError, match="is damaged"):
            list(load(tmp_path / name))
    with pytest.raises(SourceError, match="No such file"):
        list(load(tmp_path / "none"))


@pytest.mark.skipif(not REAL.exists(), reason="the chronologies are not at hand")
def test_every_row_of_the_real_chronologies_is_read() -> None:
    found = [one for path in sorted(REAL.glob("*.jsonl.gz")) for one in load(path)]
    assert [one for one in found if not isinstance(one, Located)] == []
    assert len({one.reading.article.id for one in found if isinstance(one, Located)}) == len(found) == 7535
