import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from dragoman.errors import FormatError, RecordError, SourceError
from dragoman.exchange.plover import LOSSES, export
from dragoman.exchange.plover_in import NESTED
from dragoman.exchange.plover_in import readings as load
from dragoman.model import Event, Reading, When
from dragoman.ontology import load as load_ontology
from dragoman.record import EventFilter, Record
from make import article, collections, emptied, entity, party, report, visit

FILES = ("articles.jsonl", "entities.jsonl", "events.jsonl")
# Drawing and writing whole readings takes longer than hypothesis likes on a busy machine.
LAW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


@cache
def shared() -> Record:
    return Record.open(":memory:")


def exported(readings: list[Reading], folder: Path, chosen: EventFilter | None = None) -> dict[str, bytes]:
    record = shared()
    emptied(record)
    for reading in readings:
        record.add(reading)
    export(record, folder, filter=chosen)
    return {name: (folder / name).read_bytes() for name in FILES}


def lines(content: bytes) -> list[dict]:
    return [json.loads(line) for line in content.decode("utf-8").split("\n") if line]


@pytest.fixture
def rows(tmp_path):
    return {name: lines(content) for name, content in exported([visit()], tmp_path / "out").items()}


def test_an_article_row(rows):
    assert rows["articles.jsonl"] == [
        {
            "id": "a1",
            "url": None,
            "title": "A visit",
            "publication": "The Daily",
            "published": "2021-03-02",
            "published_basis": "page",
            "language": None,
            "origin": "read",
            "paragraphs": [
                {"role": part.role, "text": part.text, "start": part.start, "credit": None}
                for part in visit().article.paragraphs
            ],
        }
    ]


def test_an_entity_row(rows):
    found = {row["id"]: row for row in rows["entities.jsonl"]}
    assert list(found) == ["NOR", "PRT", "group:aide", "person:ana-reis"]
    assert found["person:ana-reis"] == {
        "id": "person:ana-reis",
        "kind": "person",
        "name": "Ana Reis",
        "code": "PRT",
        "sector": "GOV",
        "other_sectors": ["SPY"],
        "aliases": ["Reis"],
        "offices": [{"office": "Foreign Minister", "country": "PRT", "former": False}],
        "wikidata_id": None,
        "article": "a1",
    }


def test_an_event_row_has_the_names_of_plover_and_the_words_of_the_article(rows):
    text, row = visit().article.text, rows["events.jsonl"][0]

    def words(part: dict) -> str:
        return text[part["start"] : part["end"]]

    assert (row["date"], row["date_precision"], row["date_basis"]) == ("2021-03-01", "day", "words")
    assert "enddate" not in row
    assert row["event"] == ["CONSULT"]
    assert row["event_text"] == ["visited"] == [words(part) for part in row["event_info"]]
    assert row["text"] == words(row["text_info"]) == visit().article.paragraphs[1].text
    assert row["text_info"]["article"] == "a1"
    actor, recipient = row["actor"][0], row["recipient"][0]
    assert (actor["code"], actor["sector"], actor["office"]) == ("PRT", "GOV", "Foreign Minister")
    assert actor["entity_text"] == actor["identifier_text"] == words(actor) == "Ana Reis"
    assert recipient["entity_text"] == words(recipient) == "Oslo"
    assert recipient["identifier_text"] == "Norway"
    assert words(row["date_info"]) == row["date_info"]["text"] == "on Monday"
    place = {key: row["event_loc"][key] for key in ("name", "code", "lat", "lon", "geonameid", "precision")}
    assert list(place.values()) == ["Oslo", "NOR", 59.91273, 10.74609, 3143244, "city"]
    said = row["attribution"][0]
    assert (said["kind"], said["anonymous"], said["cue"]) == ("mixed", False, None)
    assert said["source"][0]["identifier_text"] == "Norway"
    assert said["parent"]["cue"] == "citing" == words(said["parent"]["cue_info"])
    assert said["parent"]["anonymous"]
    assert row["confidence"] == 0.88
    assert (row["reports"], row["stories"], row["corrected"]) == (["a1#0"], 1, False)
    assert (row["coder"], row["coded_date"], row["cite_info"]["version"]) == ("dragoman", "reader-1", "reader-1")
    assert row["cite_info"]["title"] == "A visit"


def test_an_event_of_no_known_date_has_none(rows):
    row = rows["events.jsonl"][1]
    assert not [name for name in row if "date" in name and name != "coded_date"]
    assert row["auxiliary_mode"] == ["hypothetical"]
    assert row["event_loc"] is None
    assert row["about"] == ["NOR"]
    amount = row["quantities"][0]
    assert (amount["value"], amount["unit"], amount["of"], amount["text"]) == (
        20000000,
        "EUR",
        "aid",
        "20 million euros",
    )


@pytest.mark.parametrize(
    ("when", "wanted"),
    [
        (When(date(2006, 2, 1), date(2006, 2, 28), "month", "publication"), ("2006-02-01", "2006-02-28", "month")),
        (When(date(1795, 1, 1), date(1795, 12, 31), "year", "publication"), ("1795-01-01", "1795-12-31", "year")),
        (When(date(987, 7, 3), date(987, 7, 3), "day", "publication"), ("0987-07-03", None, "day")),
    ],
)
def test_a_date_is_the_first_day_it_can_have_been(tmp_path, when, wanted):
    reading = visit()
    dated = replace(reading, reports=(replace(reading.reports[0], when=when),))
    row = lines(exported([dated], tmp_path)["events.jsonl"])[0]
    assert (row["date"], row.get("enddate"), row["date_precision"]) == wanted
    assert "date_info" not in row


def test_scales_are_those_of_the_ontology(rows):
    ontology = load_ontology()
    visited, granted = rows["events.jsonl"]
    assert visited["quad_code"] == ontology.quad("CONSULT") == 1
    assert visited["event_scale"] == ontology.score("CONSULT", "visit")
    assert visited["cameo"] == ontology.cameo("CONSULT", "visit", ("diplomatic", "military")) == "042"
    assert granted["quad_code"] == ontology.quad("AID") == 2
    assert granted["event_scale"] == ontology.score("AID")


def test_the_strongest_mode_speaks_and_what_plover_does_not_know_has_no_scale(tmp_path):
    text = article("a", "Mali fought Chad.")
    told = report(
        text, text.text, "fought", category="COERCE", modes=("unheard", *load_ontology().categories["COERCE"].modes)
    )
    other = report(text, text.text, "fought", category="SING", sequence=1)
    strong, unknown = lines(exported([Reading(text, (), (told, other))], tmp_path)["events.jsonl"])
    modes = load_ontology().categories["COERCE"].modes.values()
    assert abs(strong["event_scale"]) == max(map(abs, modes))
    assert [unknown[name] for name in ("quad_code", "event_scale", "cameo")] == [None, None, None]


def test_text_is_utf_8_and_not_escaped(tmp_path):
    content = exported([visit(title="Élan \u2028 ‘vital’", outlet="صحيفة")], tmp_path)
    assert "Élan \u2028 ‘vital’".encode() in content["articles.jsonl"]
    assert "صحيفة".encode() in content["events.jsonl"]
    assert b"\r" not in content["articles.jsonl"]
    assert content["articles.jsonl"].count(b"\n") == 1


def test_copies_are_one_row(tmp_path):
    readings = [visit("b", outlet="The Evening"), visit("a"), visit("c", published=None)]
    content = exported(readings, tmp_path)
    events = lines(content["events.jsonl"])
    assert [(row["reports"], row["stories"]) for row in events] == [
        (["a#0", "b#0", "c#0"], 1),
        (["a#1", "b#1", "c#1"], 1),
    ]
    assert [row["id"] for row in lines(content["articles.jsonl"])] == ["a", "b", "c"]


def test_a_filter_takes_articles_and_entities_along(tmp_path):
    other = article("0", "Mali and Chad met.")
    mali, norway = entity("MLI"), entity("NOR", "Norge")
    met = report(other, other.text, "met", actors=(party(other, "Mali", mali),))
    readings = [visit(), Reading(other, (mali, norway), (met,), "1")]
    content = exported(readings, tmp_path, EventFilter(between=("MLI",)))
    assert [row["id"] for row in lines(content["articles.jsonl"])] == ["0"]
    assert [row["id"] for row in lines(content["entities.jsonl"])] == ["MLI"]
    assert len(lines(content["events.jsonl"])) == 1
    content = exported(readings, tmp_path, EventFilter(event="AID"))
    found = {row["id"]: row["article"] for row in lines(content["entities.jsonl"])}
    assert found == {"PRT": "a1"}
    assert exported(list(load(tmp_path)), tmp_path / "again") == content


@LAW
@given(several=collections())
def test_the_order_of_reading_changes_nothing(tmp_path, several):
    assert exported(several, tmp_path) == exported(several[::-1], tmp_path / "again")


def without_losses(content: dict[str, bytes]) -> dict[str, object]:
    """An export less what LOSSES tells of events that several copies report."""
    events = [row | {"reports": row["reports"][:1], "stories": 1} for row in lines(content["events.jsonl"])]
    return content | {"events.jsonl": events}


@LAW
@given(several=collections())
def test_export_then_import_is_the_same_export(tmp_path, several):
    first = exported(several, tmp_path / "out")
    back = list(load(tmp_path / "out"))
    again = exported(back, tmp_path / "again")
    assert without_losses(again) == without_losses(first)
    assert exported(list(load(tmp_path / "again")), tmp_path / "third") == again
    assert [reading.article.text for reading in back] == [
        one.article.text for one in sorted(several, key=lambda reading: reading.article.id)
    ]


def test_copies_come_back_as_the_report_that_speaks_for_them(tmp_path):
    readings = [visit("a", monday=date(2021, 3, 8)), visit("b"), visit("c", published=None)]
    first = exported(readings, tmp_path / "out")
    again = exported(list(load(tmp_path / "out")), tmp_path / "again")
    assert again != first
    assert without_losses(again) == without_losses(first)
    assert [row["reports"][0] for row in lines(first["events.jsonl"])] == ["b#0", "a#1"]


def test_import_gives_the_reading_less_the_losses(tmp_path):
    reading = visit(byline="A. Writer")
    exported([reading], tmp_path)
    back = next(load(tmp_path))
    first, second = reading.reports
    assert back.reports == (replace(first, confidence=0.88, reasons=(), vectors=None), second)
    assert back.article == replace(reading.article, byline=None)
    assert back.version == reading.version
    bare = [
        replace(one, offices=tuple(replace(held, evidence=None) for held in one.offices)) for one in reading.entities
    ]
    assert sorted(back.entities, key=lambda one: one.id) == sorted(bare, key=lambda one: one.id)
    assert any("byline" in loss for loss in LOSSES)
    assert any("reasons" in loss for loss in LOSSES)
    assert any("vectors" in loss for loss in LOSSES)


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("events.jsonl", "{", r"events\.jsonl, line 1: is not a row"),
        ("events.jsonl", "{}", r"events\.jsonl, line 1: the field 'text_info' is missing"),
        ("events.jsonl", "[1]", r"events\.jsonl, line 1: is not a row"),
        pytest.param("events.jsonl", "[" * 100_000, r"events\.jsonl, line 1: is not a row", id="deep"),
        ("articles.jsonl", '{"id": "a", "paragraphs": 3}', r"articles\.jsonl, line 1"),
        ("articles.jsonl", "", r"tells of article 'a1', which articles\.jsonl lacks"),
        ("entities.jsonl", "", r"a1: entities\.jsonl lacks 'NOR'"),
        ("entities.jsonl", "null", r"entities\.jsonl, line 1"),
    ],
)
def test_what_is_no_export_is_told_with_its_line(tmp_path, name, line, reason):
    exported([visit()], tmp_path)
    (tmp_path / name).write_text(line, encoding="utf-8")
    with pytest.raises(FormatError, match=reason):
        list(load(tmp_path))


def test_sources_behind_each_other_without_end_are_refused(tmp_path):
    first = exported([visit()], tmp_path)
    row = lines(first["events.jsonl"])[0]
    for _ in range(NESTED):
        row["attribution"] = [row["attribution"][0] | {"parent": row["attribution"][0]}]
    (tmp_path / "events.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(FormatError, match=f"behind more than {NESTED} others"):
        list(load(tmp_path))


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(SourceError, match=r"entities\.jsonl: cannot be read: No such file"):
        list(load(tmp_path))
    exported([visit()], tmp_path)
    (tmp_path / "events.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(FormatError, match="not UTF-8"):
        list(load(tmp_path))


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with Record.open(":memory:") as record, pytest.raises(SourceError, match="file: cannot be written"):
        export(record, tmp_path / "file")


def test_a_failed_export_leaves_the_last_one(tmp_path, monkeypatch):
    before = exported([visit()], tmp_path)

    def fail(self: Record, chosen: EventFilter | None = None) -> list[Event]:
        raise RecordError("gone")

    monkeypatch.setattr(Record, "events", fail)
    with pytest.raises(RecordError, match="gone"):
        exported([visit("b")], tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_counts_are_those_of_the_rows(tmp_path):
    with Record.open(":memory:") as record:
        assert export(record, tmp_path / "none" / "yet") == {"articles": 0, "entities": 0, "events": 0}
        record.add(visit())
        assert export(record, tmp_path) == {"articles": 1, "entities": 4, "events": 2}
