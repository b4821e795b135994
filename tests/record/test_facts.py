"""The table of facts: what it says of each event, and that no end of a process leaves it wrong."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dragoman.model import Report
from dragoman.ontology.scales import scales
from dragoman.record import EventFilter, Record
from dragoman.record.migrations import migrate, steps
from dragoman.record.rows import reading_rows
from make import visit

HERE = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)])
FACTS = "SELECT * FROM facts ORDER BY event"


@pytest.fixture
def record():
    with Record.open(":memory:") as record:
        yield record


def test_a_row_says_what_the_report_says_that_speaks_for_the_event(record):
    record.add(visit("b", outlet="The Evening"))
    record.add(visit())
    rows = {row["category"]: row for row in record.select(FACTS)}
    first, second = rows["CONSULT"], rows["AID"]
    at = scales("CONSULT", ["visit"], ["diplomatic", "military"])
    assert (first["quad"], first["score"], first["goldstein"], first["cameo"]) == (
        "verbal_cooperation",
        at.score,
        at.goldstein,
        "042",
    )
    assert (first["actors"], first["recipients"], first["about"]) == (["PRT"], ["NOR"], [])
    assert (first["actor_entities"], first["recipient_entities"]) == (["person:ana-reis"], ["NOR"])
    assert (first["voices"], first["sources"]) == (["named"], ["NOR", "group:aide"])
    assert (second["voices"], second["sources"], second["auxiliary"]) == (["own"], [], ["hypothetical"])
    assert (first["reports"], first["stories"], first["outlets"]) == (2, 1, ["The Daily", "The Evening"])
    assert (first["article"], first["sequence"], first["cue_text"]) == ("a1", 0, "visited")
    assert first["words"].startswith("Foreign Minister Ana Reis visited Oslo")
    assert (first["when_start"], second["when_start"]) == (visit().reports[0].when.start, None)
    assert (first["where_name"], first["where_code"], first["where_latitude"]) == ("Oslo", "NOR", 59.91273)
    assert not (first["imported"] or first["corrected"] or first["rejected"])


def test_a_category_of_no_plover_has_no_scale(record):
    record.add(replace(visit(), reports=(replace(visit().reports[0], category="DANCE"),)))
    (row,) = record.select(FACTS)
    assert {row[name] for name in ("quad", "score", "goldstein", "cameo")} == {None}


def test_what_is_imported_counts_as_no_story(record):
    record.add(visit(origin="visits"))
    assert record.article("a1").origin == "visits"
    assert {(row["stories"], row["imported"]) for row in record.select(FACTS)} == {(0, True)}
    record.add(visit("b"))
    assert {(row["stories"], row["imported"], row["reports"]) for row in record.select(FACTS)} == {(1, False, 2)}
    assert [event.stories for event in record.events()] == [1, 1]
    assert record.add(visit(origin="visits")) == "unchanged"
    assert record.add(visit()) == "updated"


def test_events_come_in_pages(record):
    for number in range(5):
        record.add(
            visit(f"a{number}", monday=None if number == 2 else visit().reports[0].when.start, outlet=str(number))
        )
        record.add(replace(visit(f"b{number}", outlet=str(number)), reports=visit(f"b{number}").reports[1:]))
    every = [event.id for event in record.events()]
    assert record.count() == len(every)
    paged = [event.id for start in range(0, len(every), 2) for event in record.events(limit=2, offset=start)]
    assert paged == every
    assert {event.id for event in record.events(order="last")} == set(every)
    days = [event.reports[0].when for event in record.events(order="last")]
    assert days == sorted(days, key=lambda when: (when is None, -when.start.toordinal() if when else 0))
    assert record.count(EventFilter(event="AID")) == len(list(record.events(EventFilter(event="AID"))))


def test_facts_of_what_is_read_anew_or_gone_are_made_anew(record):
    record.add(visit())
    before = record.select(FACTS)
    record.add(replace(visit(), reports=visit().reports[:1], version="2"))
    assert record.select(FACTS) == [row for row in before if row["category"] == "CONSULT"]
    record.add(visit())
    assert record.select(FACTS) == before


DIES = """
import os, signal, sys
from make import visit
from dragoman.record import Record
record = Record.open(sys.argv[1])
record.add(visit("a"))
record.flush()
record.add(visit("b"))
record.correct(next(record.events()).id, "category", "AGREE", who="A", why="B")
record.add(visit("c", outlet="Other"))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("read_only", [True, False])
def test_whoever_opens_a_record_after_its_writer_was_killed_finds_true_facts(tmp_path, read_only):
    path = tmp_path / "r.duckdb"
    environment = os.environ | {"PYTHONPATH": HERE}
    done = subprocess.run([sys.executable, "-c", DIES, str(path)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    with Record.open(path, read_only=read_only) as record:
        assert record._select("SELECT count(*) > 0 AS marks FROM stale") == [{"marks": True}]
        found = record.select(FACTS)
        assert [row["reports"] for row in found] == [3, 3]
        assert [row["category"] for row in record.select("SELECT category FROM facts ORDER BY category")] == [
            "AGREE",
            "AID",
        ]
        assert sum(event.corrected for event in record.events()) == 1
        assert record.count() == 2
        assert record._select("SELECT count(*) > 0 AS marks FROM stale") == [{"marks": read_only}]
    with Record.open(path) as record:
        assert record.select(FACTS) == found
    with Record.open(path, read_only=True) as record:
        assert record._select("SELECT * FROM stale") == [] and record.select(FACTS) == found


@pytest.mark.parametrize("name", ["fresh", "it's", 'a"b', "a,b", "news.2020", "temp", "select"])
def test_facts_are_made_in_memory_whatever_the_file_is_called(tmp_path, name):
    path = tmp_path / f"{name}.duckdb"
    with Record.open(path) as record:
        record.add(visit())
        record._stale = False  # as a writer leaves it who is killed
    with Record.open(path, read_only=True) as record:
        assert [len(event.reports) for event in record.events()] == [1, 1]


def old_record(path: Path) -> None:
    """A record of schema version 1 with two copies of a visit and a correction, written by statements of its time."""
    with duckdb.connect(str(path)) as connection:
        migrate(connection, to=steps()[:1])
        for reading in (visit(), visit("b", outlet="The Evening")):
            for table, rows in reading_rows(replace(reading, reports=tuple(map(bare, reading.reports)))).items():
                for row in rows:
                    names = [name for name in row if name not in ("origin", "credit")]
                    marks = ", ".join("?" for _ in names)
                    values = [row[name] for name in names]
                    connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
        values = "event, 'mode', '[\"visit\"]', '[\"phone\"]', 'A', 'seen', now()"
        chosen = "FROM reports WHERE category = 'CONSULT' LIMIT 1"
        connection.execute(f"INSERT INTO corrections SELECT {values} {chosen}")
        connection.execute("INSERT INTO corrections VALUES ('gone', 'event', NULL, '\"AID\"', '', '', now())")


def bare(report: Report) -> Report:
    """A report as it was before reports had vectors."""
    return replace(report, vectors=None)


def test_a_record_of_the_first_version_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.duckdb"
    old_record(path)
    with Record.open(path) as record:
        read = [visit(), visit("b", outlet="The Evening")]
        assert list(record.readings()) == [replace(each, reports=tuple(map(bare, each.reports))) for each in read]
        first, second = record.events()
        assert first.reports[0].modes == ("phone",) and first.read[0].modes == ("visit",)
        assert (first.corrected, second.corrected, first.stories) == (True, False, 1)
        made, gone = sorted(record.corrections(), key=lambda each: each.dangling)
        assert (made.field, made.was, made.now, made.who, made.target) == ("modes", ["visit"], ["phone"], "A", first.id)
        assert (gone.field, gone.who, gone.dangling) == ("category", "unknown", True)
        assert record.add(replace(visit(), reports=tuple(map(bare, visit().reports)))) == "unchanged"
        changed = replace(visit().reports[0], category="AGREE")
        record.add(replace(visit(), reports=(changed, visit().reports[1]), version="2"))
        assert record.event(first.id).corrected
        record.undo(made.id, who="B", why="C")
        assert next(record.events()).reports[0].modes == ("visit",)
        assert record.misplaced() == []
    with Record.open(path, read_only=True) as record:
        assert record.count() == 3
