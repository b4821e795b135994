"""Rows of other people's data in the record: each where it belongs, none lost without a word."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commands import Command
from dragoman.exchange.base import named
from dragoman.exchange.importing import HOPELESS, bring_in
from dragoman.model import Event, Failure
from dragoman.record import Record
from make import visit

VISIT = {
    "id": "trip-1",
    "kind": "US official abroad",
    "traveller": "Berta Lind",
    "office": "Secretary of State",
    "from_country": "United States",
    "place": "Oslo",
    "country": "Norway",
    "start": "1974-11-04",
    "end": "1974-11-04",
    "remarks": "Met with King Olav.",
}
GDELT = {
    "GlobalEventID": "410412347",
    "Day": "20150218",
    "Actor1Code": "KENGOV",
    "Actor1Name": "KENYA",
    "Actor1CountryCode": "KEN",
    "Actor1Type1Code": "GOV",
    "Actor2Code": "NGO",
    "Actor2Name": "RELIEF UNION",
    "Actor2Type1Code": "NGO",
    "EventCode": "0841",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Mombasa, Mombasa, Kenya",
    "ActionGeo_CountryCode": "KE",
    "ActionGeo_Lat": "-4.05",
    "ActionGeo_Long": "39.6667",
    "ActionGeo_FeatureID": "-2256241",
    "DATEADDED": "20150219000000",
    "SOURCEURL": "https://news.example/1",
}
POLECAT = {
    "Event ID": "P1",
    "Event Date": "2023-05-01",
    "Event Type": "CONSULT",
    "Event Mode": "visit",
    "Contexts": "diplomatic;sport",
    "Actor Name": "Angela Merkel; Unheard Of",
    "Actor Country": "DEU; None",
    "Primary Actor Sector": "GOV; XXX",
    "Actor Title": "None; envoy",
    "Recipient Country": "Kenya",
    "Placename": "Nairobi",
    "City": "Nairobi",
    "Country": "KEN",
    "Source": "Daily",
}
PLOVER = {
    "id": "X-1",
    "date": "2016-07-24",
    "enddate": "2016-07-25",
    "actor": [{"code": "USA", "sector": "GOV", "entity_text": "Washington"}],
    "recipient": ["CANGOV"],
    "event": ["CONSULT", "AGREE"],
    "mode": ["visit", "future"],
    "text": "Washington called on Ottawa.",
    "event_text": ["called on"],
    "event_loc": {"resolved_place": "Ottawa", "country_code": "CAN", "lat": "45.4", "lon": -75.7, "resolution": 4},
    "cite_info": {"publication": "Daily", "url": "https://news.example/2", "language": "en"},
}


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)


def line(name: str, **cells: str) -> str:
    return "\t".join(cells.get(column, "") for column in named(name).columns)


def gdelt(**changes: str) -> str:
    return line("gdelt", **GDELT | changes)


def polecat(**changes: str) -> str:
    return line("polecat", **POLECAT | changes)


HEADER = "\t".join(named("polecat").columns)


def file(folder: Path, *rows: str, name: str = "rows") -> Path:
    path = folder / name
    path.write_bytes("".join(f"{row}\n" for row in rows).encode("utf-8", "surrogateescape"))
    return path


def brought(name: str, *paths: Path, outlet: str | None = None) -> tuple[Any, list[Event], list[Failure]]:
    """What became of the rows, the events, and the failures that the record keeps."""
    told: list[Failure] = []
    with Record.open(":memory:") as record:
        done = bring_in(record, named(name), paths, outlet=outlet, failed=told.append)
        assert record.misplaced() == []
        kept = list(record.failures())
        assert sorted(kept, key=str) == sorted(told, key=str)
        assert done.failed == len(kept)
        return done, list(record.events()), kept


def test_a_line_of_gdelt(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("20150219.export.CSV", gdelt() + "\n")
    with Record.open(":memory:") as record:
        assert bring_in(record, named("gdelt"), [path]).new == 1
        event = next(iter(record.events()))
        article = record.article(event.reports[0].article)
    report = event.reports[0]
    assert (report.category, report.modes, report.cue_text) == ("RETREAT", ("release",), "0841")
    assert [(one.entity, one.code, one.sector, one.text) for one in (*report.actors, *report.recipients)] == [
        ("state:KEN", "KEN", "GOV", "KENYA"),
        ("group:relief-union:ngo", "NGO", None, "RELIEF UNION"),
    ]
    assert report.when is not None
    assert (report.when.start, report.when.precision) == (date(2015, 2, 18), "day")
    assert report.where is not None
    assert (report.where.code, report.where.latitude, report.where.precision) == ("KEN", -4.05, "city")
    assert (article.origin, article.url, article.title) == ("gdelt", "https://news.example/1", "410412347")
    assert (article.outlet, article.published) == ("GDELT 2.0", date(2015, 2, 19))
    assert "EventCode: 0841\n" in article.text
    assert event.stories == 0


def test_statements_and_nobody_are_passed_over(tmp_path: Path) -> None:
    nobody = dict.fromkeys([name for name in GDELT if name.startswith("Actor")], "")
    rows = (gdelt(EventCode="010"), gdelt(EventCode="0111"), gdelt(**nobody), gdelt())
    done, events, failures = brought("gdelt", file(tmp_path, *rows))
    assert (len(events), failures, sorted(done.passed.values())) == (1, [], [1, 2])


def test_a_line_of_polecat(tmp_path: Path) -> None:
    done, events, failures = brought("polecat", file(tmp_path, HEADER, polecat(), ""))
    assert (done.new, failures) == (1, [])
    report = events[0].reports[0]
    assert (report.category, report.modes, report.contexts) == ("CONSULT", ("visit",), ("diplomatic",))
    assert [(one.entity, one.name, one.code, one.sector, one.office) for one in report.actors] == [
        ("person:angela-merkel:deu", "Angela Merkel", "DEU", "GOV", None),
        ("person:unheard-of", "Unheard Of", None, None, "envoy"),
    ]
    assert [(one.entity, one.text, one.code) for one in report.recipients] == [("state:KEN", "Kenya", "KEN")]


def test_columns_of_polecat_are_found_by_name(tmp_path: Path) -> None:
    path = file(tmp_path, "Event Type\tEvent ID\tEvent Date\tHeadline", "ACCUSE\tP1\t2023-05-01\tFar\udce9\t\t")
    done, events, failures = brought("polecat", path)
    assert (done.new, failures, events[0].reports[0].category) == (1, [], "ACCUSE")


def test_a_plover_record_from_elsewhere(tmp_path: Path) -> None:
    listed = file(tmp_path, json.dumps([PLOVER, {"id": "none", "has_event": False}], indent=1), name="a.json")
    with Record.open(":memory:") as record:
        done = bring_in(record, named("plover"), [listed])
        events = list(record.events())
        article = next(iter(record.articles()))
    assert (done.new, dict(done.passed)) == (1, {"it says that there is no event": 1})
    assert [one.reports[0].category for one in events] == ["CONSULT", "AGREE"]
    report = events[0].reports[0]
    assert (report.modes, report.auxiliary, report.cue_text) == (("visit",), ("future",), "called on")
    assert article.text[report.sentence.start : report.sentence.end] == PLOVER["text"]
    assert [(one.entity, one.text, one.code, one.sector) for one in (*report.actors, *report.recipients)] == [
        ("group:washington:usa", "Washington", "USA", "GOV"),
        ("state:CAN", "CANGOV", "CAN", "GOV"),
    ]
    assert report.when is not None
    assert (report.when.start, report.when.end) == (date(2016, 7, 24), date(2016, 7, 25))
    assert report.where is not None
    assert (report.where.name, report.where.code, report.where.precision) == ("Ottawa", "CAN", "city")
    assert (article.outlet, article.url, article.origin) == ("PLOVER: Daily", "https://news.example/2", "plover")


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("gdelt", "1\t2", "it has 2 cells, not 61"),
        ("gdelt", gdelt(Day="20150231"), "its Day is no day of the form YYYYMMDD: '20150231'"),
        ("gdelt", gdelt(EventCode="CONSULT"), "its EventCode is no number: 'CONSULT'"),
        ("gdelt", gdelt(EventCode="99"), "its EventCode is none of CAMEO: '99'"),
        ("gdelt", gdelt(ActionGeo_Lat="91"), "its ActionGeo_Lat lies beyond 90 degrees: '91'"),
        ("gdelt", gdelt(ActionGeo_Long="nan"), "its ActionGeo_Long lies beyond 180 degrees: 'nan'"),
        ("gdelt", gdelt(DATEADDED="now"), "its DATEADDED is no time: 'now'"),
        ("gdelt", "x" * (1 << 21), "the line is too long to be a row"),
        ("polecat", polecat(**{"Event Type": "YODEL"}), "its Event Type is no category of PLOVER: 'YODEL'"),
        ("polecat", polecat(**{"Event Date": "May 2023"}), "'May 2023', is not a day of the form YYYY-MM-DD"),
        ("polecat", polecat(**{"Event ID": "None"}), "it lacks Event ID"),
        ("polecat", polecat(Latitude="north"), "its Latitude is no number: 'north'"),
        ("polecat", "P1\t2023-05-01", "it has 2 cells, not 40"),
        ("plover", "{", "it is not JSON"),
        ("plover", "3", "it is not a JSON object"),
        ("plover", json.dumps(PLOVER | {"date": None}), "it lacks date"),
        ("plover", json.dumps(PLOVER | {"actor": []}), "it lacks actor"),
        ("plover", json.dumps(PLOVER | {"event": "YODEL"}), "its event is no category of PLOVER: 'YODEL'"),
        (
            "plover",
            json.dumps(PLOVER | {"enddate": "2016-07-01"}),
            "it ends (2016-07-01) before it begins (2016-07-24)",
        ),
        ("plover", json.dumps(PLOVER | {"event_loc": {"name": "X", "lat": []}}), "a coordinate of its event_loc"),
        ("visits", json.dumps(VISIT | {"country": "Ruritania"}), "no state is known as 'Ruritania'"),
        ("visits", json.dumps(VISIT | {"remarks": "\ud800"}), "half a surrogate pair"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_costs_no_other(
    tmp_path: Path, name: str, row: str, reason: str
) -> None:
    good = {"gdelt": gdelt(), "polecat": polecat(), "plover": json.dumps(PLOVER), "visits": json.dumps(VISIT)}[name]
    top = [HEADER] if name == "polecat" else []
    path = file(tmp_path, *top, row, good.replace("X-1", "X-2"))
    done, events, failures = brought(name, path)
    assert done.new == 1
    assert events
    assert [failure.source for failure in failures] == [f"{path}, line {len(top) + 1}"]
    assert reason in failures[0].reason


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("polecat", b"\x81\xff\n", "is no POLECAT file: of its first line, it is text of no known encoding"),
        ("gdelt", "a\tb\n" * HOPELESS, "is not of the format gdelt: each of its first 100 rows fails"),
        ("polecat", "a\tb\n", "its first line lacks Event ID, Event Date, Event Type"),
        ("gdelt", None, "cannot be read: No such file"),
        ("visits", None, "cannot be read: No such file"),
        ("plover", None, "cannot be read: No such file"),
    ],
)
def test_a_file_of_another_kind_is_one_failure(
    tmp_path: Path, name: str, content: str | bytes | None, reason: str
) -> None:
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    done, events, failures = brought(name, path)
    assert (done.rows, events, len(failures)) == (0, [], 1)
    assert failures[0].source == str(path)
    assert reason in failures[0].reason


@pytest.mark.parametrize("name", ["gdelt", "polecat", "visits", "plover"])
def test_a_device_without_end_is_no_file(name: str) -> None:
    _, _, failures = brought(name, Path("/dev/zero"))
    assert [(each.source, each.reason) for each in failures] == [("/dev/zero", "is not an ordinary file")]


def test_a_file_whose_name_is_no_text_is_a_failure_too(tmp_path: Path) -> None:
    _, _, failures = brought("visits", tmp_path / os.fsdecode(b"\xff.jsonl"))
    assert [each.source for each in failures] == [f"{tmp_path}/\N{REPLACEMENT CHARACTER}.jsonl"]


def test_importing_again_changes_nothing_and_mends(tmp_path: Path) -> None:
    path = file(tmp_path, json.dumps(VISIT), "{")
    with Record.open(":memory:") as record:
        first = bring_in(record, named("visits"), [path])
        assert (first.new, first.failed, len(list(record.failures()))) == (1, 1, 1)
        file(tmp_path, json.dumps(VISIT | {"remarks": "Departed."}), json.dumps(VISIT | {"id": "trip-2"}))
        again = bring_in(record, named("visits"), [path])
        assert (again.new, again.updated, again.failed, list(record.failures())) == (1, 1, 0, [])
        third = bring_in(record, named("visits"), [path])
        assert (third.new, third.updated, third.unchanged) == (0, 0, 2)


def test_two_rows_of_one_number(tmp_path: Path) -> None:
    other = json.dumps(VISIT | {"end": "1974-11-05"})
    path = file(tmp_path, json.dumps(VISIT), json.dumps(VISIT), other)
    done, events, failures = brought("visits", path)
    assert (done.rows, len(events)) == (1, 1)
    assert [(failure.source, failure.reason) for failure in failures] == [
        (f"{path}, line 3", "an earlier row has its number, trip-1, and says something else")
    ]


def test_imported_rows_are_no_independent_reports(tmp_path: Path) -> None:
    path = file(tmp_path, json.dumps(VISIT))
    with Record.open(":memory:") as record:
        record.add(visit())
        bring_in(record, named("visits"), [path])
        assert [(event.stories, event.reports[0].category) for event in record.events()][:1] == [(0, "CONSULT")]
        assert record.select("SELECT sum(articles) AS n FROM stories")[0]["n"] == 1
        row = record.select("SELECT imported, outlets FROM facts WHERE stories = 0")[0]
    assert row == {"imported": True, "outlets": ["US Office of the Historian: travels abroad"]}


def test_who_keeps_the_data_can_be_said(tmp_path: Path) -> None:
    path = file(tmp_path, json.dumps(VISIT | {"kind": "royal journeys"}))
    with Record.open(":memory:") as record:
        bring_in(record, named("visits"), [path], outlet="Court Circular")
        assert next(iter(record.articles())).outlet == "Court Circular"


def test_the_command(tmp_path: Path, dragoman: Command) -> None:
    file(tmp_path, json.dumps(VISIT), "{", name="visits.jsonl")
    done = dragoman("import", "--from", "visits", "visits.jsonl", "--record", "r.duckdb")
    assert done.status == 1
    assert "visits.jsonl, line 2: it is not JSON" in done.err
    assert "1 imported (1 new, 0 updated, 0 unchanged), 1 failed (dragoman failures)" in done.err
    told = dragoman("import", "--from", "visits", "visits.jsonl", "--record", "r.duckdb", "--json")
    assert json.loads(told.out) == {"rows": 1, "new": 0, "updated": 0, "unchanged": 1, "failed": 1, "passed": {}}
    assert "visits.jsonl, line 2" in dragoman("failures", "--record", "r.duckdb").out
    file(tmp_path, json.dumps(VISIT), name="visits.jsonl")
    assert dragoman("import", "--from", "visits", "visits.jsonl", "--record", "r.duckdb").status == 0
    assert dragoman("import", "--from", "csv", "visits.jsonl").status == 2
    assert dragoman("import", "visits.jsonl").status == 2


def test_the_export_command_takes_conditions_and_a_file(tmp_path: Path, dragoman: Command) -> None:
    file(tmp_path, json.dumps(VISIT), json.dumps(VISIT | {"id": "trip-2", "country": "Peru"}), name="v.jsonl")
    assert dragoman("import", "--from", "visits", "v.jsonl", "--record", "r.duckdb").status == 0
    done = dragoman("export", "--to", "csv", "e.csv", "--between", "USA", "Norway", "--record", "r.duckdb", "--json")
    assert (done.status, json.loads(done.out)) == (0, {"events": 1})
    assert "trip" not in (tmp_path / "e.csv").read_text(encoding="utf-8").splitlines()[0]
    none = dragoman("export", "--to", "cameo", "out", "--until", "1970", "--record", "r.duckdb", "--json")
    assert json.loads(none.out) == {"events": 0}
    assert dragoman("export", "--to", "gexf", "net.gexf", "--record", "r.duckdb").status == 2
    assert dragoman("export", "--to", "csv", "e.csv", "--status", "maybe", "--record", "r.duckdb").status == 2
    assert dragoman("export", "--to", "visits", "out", "--record", "r.duckdb").status == 2
