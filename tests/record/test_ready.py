"""Readings made ready to be written: the record is the one that they make themselves."""

import pickle
from dataclasses import replace

from dragoman.record import Record
from dragoman.record.ready import joined, ready, rows_of
from dragoman.record.rows import reading_rows
from make import visit


def test_a_record_of_readings_made_ready_elsewhere_is_the_same(tmp_path):
    readings = [visit("a"), visit("b"), visit("c")]
    elsewhere = [pickle.loads(pickle.dumps(ready(each))) for each in readings]
    with Record.open(tmp_path / "one.duckdb") as one, Record.open(tmp_path / "other.duckdb") as other:
        assert one.add_many(readings) == other.add_many(elsewhere) == ["new"] * 3
        assert one.add(readings[0]) == other.add(elsewhere[0]) == "unchanged"
        assert list(one.readings()) == list(other.readings()) == readings


def test_tables_without_rows_are_left_out_and_the_others_hold_all_rows():
    bare = [
        replace(each, reports=tuple(replace(one, quantities=()) for one in each.reports)) for each in map(visit, "ab")
    ]
    several = [ready(each) for each in bare]
    assert "quantities" not in joined(several)
    both = rows_of(several)
    assert both["quantities"] == []
    whole = [row for each in bare for row in reading_rows(each)["reports"]]
    assert [row["id"] for row in both["reports"]] == [row["id"] for row in whole]


def test_it_tells_which_events_it_is_about():
    one, rows = ready(visit()), reading_rows(visit())
    assert one.reports == len(rows["reports"])
    assert one.events == tuple(sorted({row["event"] for row in rows["reports"]}))
    assert one.own
