"""Ten readers while another process writes: what they see is what the record was at one moment, whole."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread

import pytest

from dragoman.errors import RecordError
from dragoman.record import Record, Snapshots
from dragoman.record import snapshots as room
from make import visit

HERE = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)])

WRITES = """
import sys
from make import visit
from dragoman.record import Record
with Record.open(sys.argv[1]) as record:
    for number in range(int(sys.argv[2])):
        record.add(visit(f"a{number:04}", outlet=f"The {number}"))
        if number % 7 == 0:
            record.flush()
        print(number, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the copies lie."""
    place = tmp_path / "copies"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def path(tmp_path):
    with Record.open(tmp_path / "r.duckdb") as record:
        record.add(visit("start"))
    return tmp_path / "r.duckdb"


def writer(path: Path, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITES, str(path), str(count)]
    environment = os.environ | {"PYTHONPATH": HERE}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def whole(record: Record) -> int:
    """How many articles there are, each of them whole and in the facts."""
    count = len(list(record.readings()))
    assert record.misplaced() == []
    assert record.select("SELECT sum(reports)::INTEGER AS n FROM facts") == [{"n": 2 * count}]
    assert sum(len(event.reports) for event in record.events()) == 2 * count
    return count


def test_ten_readers_while_another_process_writes(path, folder):
    with writer(path, 150) as other, Snapshots(path, pause=0.0) as copies:
        assert other.stdout.readline()
        with pytest.raises(RecordError, match="another process is writing to it"):
            Record.open(path, read_only=True)
        seen: list[list[int]] = [[] for _ in range(10)]
        failed: list[BaseException] = []
        most = [0]

        def read(into: list[int]) -> None:
            try:
                while not into or into[-1] < 60:
                    with copies.record() as record:
                        into.append(whole(record))
                    most[0] = max(most[0], len(list(folder.iterdir())))
            except BaseException as error:
                failed.append(error)

        threads = [Thread(target=read, args=(into,)) for into in seen]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=240)
        assert failed == []
        assert all(counts == sorted(counts) and counts[-1] >= 60 for counts in seen)
        assert most[0] <= room.COPIES + 1
        assert other.poll() is None
        other.kill()
    assert list(folder.iterdir()) == []


def test_a_copy_at_any_moment_is_a_whole_record(path, folder, tmp_path):
    counts = []
    with writer(path, 80) as other:
        assert other.stdout.readline()
        target = tmp_path / "copy.duckdb"
        while not counts or counts[-1] < 40:
            told = counts[-1] if counts else 0
            room.copy_record(path, target)
            with Record.open(target) as record:
                counts.append(whole(record))
            assert counts[-1] >= told
        other.kill()
    assert len(set(counts)) > 3


def test_what_is_told_as_written_is_seen(path, folder):
    with writer(path, 5) as other:
        for _ in range(5):
            other.stdout.readline()
        with Snapshots(path) as copies, copies.record() as record:
            assert whole(record) == 6
        other.send_signal(signal.SIGKILL)


def test_a_copy_stays_as_it_was_while_it_is_read(path, folder):
    with Snapshots(path, pause=0.0) as copies, copies.record() as held:
        time.sleep(0.1)
        with Record.open(path) as record:
            record.add(visit("next"))
        wait_for(copies, 2)
        assert len(list(held.articles())) == 1
        with Record.open(path) as record:
            record.add(visit("last"))
        with copies.record() as record:
            assert len(list(record.articles())) == 2
        assert len(list(folder.iterdir())) == 2


def wait_for(copies: Snapshots, count: int) -> None:
    for _ in range(100):
        with copies.record() as record:
            if len(list(record.articles())) == count:
                return
        time.sleep(0.05)
    raise AssertionError("the change is never seen")


def test_an_unchanged_record_is_copied_once(path, folder):
    with Snapshots(path, pause=0.0) as copies:
        for _ in range(5):
            with copies.record() as record:
                first = record
            time.sleep(0.05)
            with copies.record() as record:
                assert record is first


def test_a_copy_is_for_reading_and_names_the_record(path, folder):
    with Snapshots(path) as copies, copies.record() as record:
        with pytest.raises(RecordError) as caught:
            record.add(visit())
        assert str(caught.value) == f"{path}: it was opened for reading only"
        with pytest.raises(RecordError, match="reading only"):
            record.reject(next(record.events()).id, who="A", why="B")
    with pytest.raises(RecordError, match="closed"), copies.record():
        pass


def test_a_correction_is_seen_at_once(path, folder):
    with Snapshots(path, pause=60.0) as copies:
        with copies.writing() as record:
            record.reject(next(record.events()).id, who="A", why="B")
        with copies.record() as record:
            assert record.count() == 1
        with writer(path, 3) as other:
            other.stdout.readline()
            with pytest.raises(RecordError, match="another process is writing"), copies.writing():
                pass
            other.kill()


def test_nothing_is_left_of_copies_of_dead_processes(path, folder):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (folder / f"{room._PREFIX}{dead.pid}-x").mkdir()
    (folder / f"{room._PREFIX}{os.getpid()}-y").mkdir()
    with Snapshots(path):
        assert len(list(folder.iterdir())) == 2
    assert [each.name for each in folder.iterdir()] == [f"{room._PREFIX}{os.getpid()}-y"]


def test_what_is_no_record_is_not_copied(tmp_path, folder):
    with pytest.raises(RecordError, match="no record there"):
        Snapshots(tmp_path / "none.duckdb")
    (tmp_path / "x").write_bytes(b"x" * 100)
    with pytest.raises(RecordError, match="not a record"):
        Snapshots(tmp_path / "x")
    assert list(folder.iterdir()) == []
