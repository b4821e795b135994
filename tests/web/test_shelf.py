"""The copy that the pages read: it is renewed, it locks nobody out, and it survives being read while it is replaced."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.record import Record
from dragoman.web import shelf as room
from dragoman.web.shelf import Shelf
from make import visit


STATE = "SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM reports) AS reports"


def count(shelf: Shelf) -> int:
    with shelf.record() as record:
        return int(record.select("SELECT count(*) AS n FROM articles")[0]["n"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Record.open(tmp_path / "r.duckdb") as record:
        record.add(visit("a1"))
    return tmp_path / "r.duckdb"


def test_what_is_written_shows_by_and_by(path, monkeypatch):
    monkeypatch.setattr(room, "LOOK_EVERY", 0.05)
    with Shelf(path) as shelf:
        with Record.open(path) as record:
            record.add(visit("a2"))
        end = time.monotonic() + 10
        while count(shelf) != 2 and time.monotonic() < end:
            time.sleep(0.05)
        assert count(shelf) == 2


def test_a_copy_stays_while_somebody_reads_it(path):
    with Shelf(path) as shelf, shelf.record() as old:
        with Record.open(path) as record:
            record.add(visit("a2"))
        shelf.renew()
        assert count(shelf) == 2
        assert old.select("SELECT count(*) AS n FROM articles") == [{"n": 1}]


def test_another_process_can_write_while_pages_are_open(path):
    with Shelf(path) as shelf, shelf.record():
        code = "import sys; from dragoman.record import Record; Record.open(sys.argv[1]).close()"
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_record_that_is_open_for_writing_elsewhere_is_shown(path):
    with Record.open(path) as record:
        record.add(visit("a2"))
        with Shelf(path) as shelf:
            assert count(shelf) == 2


def test_copies_are_taken_away(path):
    with Shelf(path) as shelf:
        for _ in range(3):
            shelf.renew()
        folder = Path(shelf._folder.name)
        assert len(list(folder.iterdir())) == 1
    assert not folder.exists()


def test_many_readers_see_whole_states_only(path, monkeypatch):
    """Each article has two reports: nobody may ever see one without the other."""
    monkeypatch.setattr(room, "LOOK_EVERY", 0.01)
    faults: list[object] = []
    done = threading.Event()

    def read(shelf: Shelf) -> None:
        while not done.is_set():
            with shelf.record() as record:
                row = record.select("SELECT (SELECT count(*) FROM articles) AS a, (SELECT count(*) FROM reports) AS r")[
                    0
                ]
                if row["r"] != 2 * row["a"]:
                    faults.append(row)

    with Shelf(path) as shelf:
        readers = [threading.Thread(target=read, args=(shelf,)) for _ in range(3)]
        for reader in readers:
            reader.start()
        with Record.open(path) as record:
            for number in range(30):
                record.add(visit(f"b{number}"))
                if number % 10 == 0:
                    record.flush()
        done.set()
        for reader in readers:
            reader.join()
        shelf.renew()
        assert count(shelf) == 31
    assert faults == []


@pytest.mark.parametrize("what", ["missing", "folder", "text"])
def test_what_is_no_record_is_refused_by_its_own_name(tmp_path, what):
    path = tmp_path / "r.duckdb"
    if what == "folder":
        path.mkdir()
    elif what == "text":
        path.write_text("The envoys met on Tuesday. " * 100)
    with pytest.raises(RecordError, match=r"r\.duckdb") as error:
        Shelf(path)
    assert error.value.source == str(path)
