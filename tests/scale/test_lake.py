"""A lake holds what a record holds, in the same bytes whatever way it was filled."""

from __future__ import annotations

import io
import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.pipeline import Given, read_many
from dragoman.reading import Source, sources
from dragoman.reading.filters import Wanted
from dragoman.record import Record
from dragoman.scale import Asked, read_into
from dragoman.scale.lake import STAGING, Lake
from lakes import READ, ROWS, Here, archive, bytes_of, exports_of, told_by


def test_a_lake_exports_what_a_record_does_byte_for_byte(record: Path, lake: Path, tmp_path: Path) -> None:
    one, other = exports_of(record, tmp_path / "record"), exports_of(lake, tmp_path / "lake")
    assert one == other
    assert all(one.values())
    assert told_by(record) == told_by(lake)


def test_what_belongs_together_across_days_is_linked(lake: Path) -> None:
    told = told_by(lake)
    assert [row["articles"] for row in told["stories"] if row["articles"] > 1] == [3]
    assert len(told["story_links"]) == 3
    assert not told["unlinked"]


def test_a_lake_is_divided_by_day_and_nothing_else_lies_in_it(lake: Path) -> None:
    days = ["day=2021-05-04", "day=2021-05-05", "day=2021-05-06", "day=unknown"]
    assert sorted(path.name for path in (lake / "articles").iterdir()) == days
    assert all(len(list(day.iterdir())) == 1 for day in (lake / "reports").iterdir())
    assert not (lake / STAGING).exists()


@pytest.mark.parametrize(("unit", "round"), [(64, 160), (1, 1), (3, 2)])
def test_neither_units_nor_rounds_change_a_byte(
    record: Path, lake: Path, tmp_path: Path, unit: int, round: int
) -> None:
    read_into(archive(record.parent), tmp_path / "lake", engine=Here(), unit=unit, round=round)
    assert bytes_of(tmp_path / "lake") == bytes_of(lake)


def test_what_is_read_in_two_runs_is_as_if_it_were_read_in_one(record: Path, lake: Path, tmp_path: Path) -> None:
    for rows in (ROWS[4:], ROWS):
        summary = read_into(archive(record.parent, rows), tmp_path / "lake", engine=Here())
    assert (summary.new, summary.unchanged, summary.failed) == (4, READ - 4, 2)
    assert bytes_of(tmp_path / "lake").keys() == bytes_of(lake).keys()
    assert told_by(tmp_path / "lake") == told_by(lake)


def test_what_is_known_is_not_read_again_and_changes_nothing(record: Path, lake: Path, tmp_path: Path) -> None:
    again = tmp_path / "lake"
    shutil.copytree(lake, again)
    engine = Here()
    heard: list[tuple[str, bool]] = []
    summary = read_into(
        archive(record.parent), again, engine=engine, unit=1, progress=lambda s, f: heard.append((s, f is None))
    )
    # the text in another language and the missing file are tried again
    assert (engine.asked, summary.new, summary.unchanged, summary.failed) == (1, 0, READ, 2)
    assert sum(read for _, read in heard) == READ
    assert bytes_of(again) == bytes_of(lake)
    summary = read_into(archive(record.parent), again, engine=engine, again=True)
    assert (summary.unchanged, summary.failed) == (READ, 2)
    assert bytes_of(again) == bytes_of(lake)


def test_an_article_that_is_read_anew_takes_the_place_of_the_old_one(record: Path, tmp_path: Path) -> None:
    row = {"id": "1", "outlet": "The Daily", "text": "Japan imposed sanctions on Iran on Tuesday."}
    sources = archive(tmp_path, [row])[:1]
    lake, kept = tmp_path / "lake", tmp_path / "r.duckdb"
    for day in (date(2021, 5, 6), date(2022, 1, 3), date(2022, 1, 3)):
        summary = read_into(sources, lake, engine=Here(), asked=Asked(Given(published=day)))
        with Record.open(kept) as opened:
            expected = read_many(sources, opened, workers=1, published=day)
        assert summary == expected
    assert [path.name for path in (lake / "articles").iterdir()] == ["day=2022-01-03"]
    assert exports_of(kept, tmp_path / "one") == exports_of(lake, tmp_path / "two")
    assert told_by(kept) == told_by(lake)


def test_a_failure_goes_once_the_source_is_read_also_where_it_is_known(tmp_path: Path) -> None:
    lake, file = tmp_path / "lake", tmp_path / "a.txt"
    for text, failures in (("Japan imposed sanctions on Iran.", 0), ("", 1), ("Japan imposed sanctions on Iran.", 0)):
        file.write_text(text, encoding="utf-8")
        summary = read_into([Source(str(file))], lake, engine=Here())
        assert summary.failed == failures
        with Record.open(lake, read_only=True) as opened:
            assert len(list(opened.failures())) == failures


def test_what_is_left_out_is_counted_as_in_a_record(tmp_path: Path) -> None:
    wanted = Wanted(languages=("en",), first=date(2021, 5, 5))
    sources = archive(tmp_path)
    with Record.open(tmp_path / "r.duckdb") as opened:
        expected = read_many(sources, opened, workers=1, wanted=wanted)
    summary = read_into(sources, tmp_path / "lake", engine=Here(), asked=Asked(wanted=wanted), unit=3)
    assert summary == expected
    assert told_by(tmp_path / "r.duckdb") == told_by(tmp_path / "lake")
    read_into(sources, tmp_path / "lake", engine=Here())
    with Record.open(tmp_path / "lake", read_only=True) as opened:
        assert opened.left_out() == []


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_name_that_is_no_text_costs_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in ((b"\xff.txt", ROWS[5]["text"]), (b"\xfe.txt", "")):
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text(text, encoding="utf-8")
    files = list(sources([str(folder)], stdin=io.BytesIO()))
    summary = read_into(files, tmp_path / "lake", engine=Here())
    with Record.open(tmp_path / "r.duckdb") as opened:
        assert summary == read_many(files, opened, workers=1)
    assert (summary.new, summary.failed) == (1, 1)
    assert told_by(tmp_path / "r.duckdb") == told_by(tmp_path / "lake")
    assert [failure.source for failure in told_by(tmp_path / "lake")["failures"]] == [f"{folder}/\\xfe.txt"]


def test_one_process_writes_a_lake_at_a_time(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "lake"), pytest.raises(RecordError, match="another process is writing to it"):
        Lake.open(tmp_path / "lake")
    with Lake.open(tmp_path / "lake"):
        pass


def test_what_is_no_lake_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for path, reason in ((tmp_path, "other things in it"), (tmp_path / "notes.txt", "it is a file")):
        with pytest.raises(RecordError, match=reason):
            Lake.open(path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_what_others_put_into_a_lake_is_not_swept_away(record: Path, lake: Path, tmp_path: Path) -> None:
    shutil.copytree(lake, tmp_path / "lake")
    for name in ("notes.parquet", "articles/notes.txt", "mine/day=2021-05-04/a.parquet"):
        (tmp_path / "lake" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "lake" / name).write_text("mine")
    left = tmp_path / "lake" / "articles" / "day=2021-05-04" / "0123.parquet"
    left.write_text("a file that a killed process left")
    read_into(archive(record.parent), tmp_path / "lake", engine=Here())
    assert {name for name, data in bytes_of(tmp_path / "lake").items() if data == b"mine"} == {
        "notes.parquet", "articles/notes.txt", "mine/day=2021-05-04/a.parquet",
    }  # fmt: skip
    assert not left.exists()
