"""What can befall a record's file: the reason is told, nothing else leaves the room, and what was read is kept."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

import pytest

from dragoman.errors import RecordError
from dragoman.model import Failure, Reading
from dragoman.record import Record, store
from make import article, visit

HERE = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)])


def child(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a program of its own; its output and how it ended."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": HERE}, check=False)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    """The bytes of a record of twenty articles."""
    path = tmp_path_factory.mktemp("sound") / "r.duckdb"
    with Record.open(path) as record:
        for number in range(20):
            record.add(visit(f"a{number:02}"))
    return path.read_bytes()


def read_through(path: Path) -> None:
    with Record.open(path, read_only=True) as record:
        assert len(list(record.readings())) == 20
        assert list(record.events())
        assert list(record.entities())
        assert record.misplaced() == []


def test_what_was_written_is_there_when_it_is_opened_again(tmp_path):
    path = tmp_path / "r.duckdb"
    with Record.open(path) as record:
        record.add(visit())
        record.fail(Failure("x", "source", "missing"))
        record.flush()
        record.add(visit("b"))
    record.close()
    with Record.open(path, read_only=True) as record:
        assert list(record.readings()) == [visit(), visit("b")]
        assert list(record.failures()) == [Failure("x", "source", "missing")]
        for write in (lambda: record.add(visit("c")), lambda: record.fail(Failure("x", "y", "z"))):
            with pytest.raises(RecordError, match="opened for reading only"):
                write()


def test_a_closed_record_says_so(tmp_path):
    record = Record.open(tmp_path / "r.duckdb")
    record.close()
    with pytest.raises(RecordError, match=r"r\.duckdb"):
        list(record.articles())
    with pytest.raises(RecordError, match=r"r\.duckdb"):
        record.add(visit())


@pytest.mark.parametrize(
    ("bytes_", "reason"),
    [
        (b"", "empty file"),
        (Random(1).randbytes(50_000), "not a record"),
        (b"The envoys met on Tuesday.\n" * 500, "not a record"),
        (b"SQLite format 3\0" + bytes(8000), "not a record"),
        (b"PAR1" + bytes(4000) + b"PAR1", "not a record"),
        (bytes(8) + b"DUCK" + bytes(20_000), "damaged|version"),
    ],
)
def test_a_file_of_another_kind_is_not_touched(tmp_path, bytes_, reason):
    path = tmp_path / "r.duckdb"
    path.write_bytes(bytes_)
    for read_only in (True, False):
        with pytest.raises(RecordError, match=reason) as caught:
            Record.open(path, read_only=read_only)
        assert str(caught.value).startswith(str(path))
    assert path.read_bytes() == bytes_
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("part", [0.001, 0.01, 0.3, 0.6, 0.95])
def test_a_cut_file_is_damaged(tmp_path, sound, part):
    path = tmp_path / "r.duckdb"
    path.write_bytes(sound[: int(len(sound) * part)])
    with pytest.raises(RecordError, match=r"r\.duckdb: .*(damaged|not a record)"):
        read_through(path)


@pytest.mark.parametrize("seed", range(8))
def test_a_scratched_file_is_damaged_or_whole(tmp_path, sound, seed):
    path, random = tmp_path / "r.duckdb", Random(seed)
    scratched = bytearray(sound)
    at = random.randrange(0, len(sound) - 4096)
    scratched[at : at + 4096] = random.randbytes(4096)
    path.write_bytes(scratched)
    try:
        read_through(path)
    except RecordError as error:
        assert str(error).startswith(str(path))
        assert "Traceback" not in str(error)


def test_places_where_no_record_can_be(tmp_path):
    cases = {
        tmp_path: "it is a folder",
        tmp_path / "none" / "r.duckdb": "its folder, .*none, does not exist",
        Path(os.devnull): "not an ordinary file",
    }
    for path, reason in cases.items():
        with pytest.raises(RecordError, match=reason):
            Record.open(path)
    with pytest.raises(RecordError, match="there is no record there"):
        Record.open(tmp_path / "r.duckdb", read_only=True)
    assert list(tmp_path.iterdir()) == []


WITHOUT_RIGHTS = """
import os, sys
from dragoman.errors import RecordError
from dragoman.record import Record, store
Record.open(":memory:").close()
if os.geteuid() == 0:
    os.setuid(65534)
for path in sys.argv[1:]:
    try:
        Record.open(path)
    except RecordError as error:
        print(error)
"""


def test_a_folder_or_file_that_may_not_be_written():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Record.open(folder / "old.duckdb").close()
        (folder / "old.duckdb").chmod(0o444)
        (folder / "secret.duckdb").write_bytes(b"x")
        (folder / "secret.duckdb").chmod(0)
        folder.chmod(0o555)
        paths = [folder / "new.duckdb", folder / "old.duckdb", folder / "secret.duckdb"]
        done = child(WITHOUT_RIGHTS, *paths)
        folder.chmod(0o755)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [f"{path}: permission denied" for path in paths]


HOLDS = """
import sys
from dragoman.record import Record, store
with Record.open(sys.argv[1]) as record:
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_record_that_another_process_writes(tmp_path):
    path = tmp_path / "r.duckdb"
    command = [sys.executable, "-c", HOLDS, str(path)]
    environment = os.environ | {"PYTHONPATH": HERE}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as other:
        assert other.stdout.readline() == "open\n"
        for read_only in (True, False):
            with pytest.raises(RecordError) as caught:
                Record.open(path, read_only=read_only)
            assert str(caught.value) == f"{path}: another process is writing to it"
        other.stdin.close()
    Record.open(path).close()


def test_a_record_that_this_process_has_open_in_another_mode(tmp_path):
    path = tmp_path / "r.duckdb"
    with Record.open(path), pytest.raises(RecordError, match="already open in this process"):
        Record.open(path, read_only=True)


KILLED = """
import os, signal, sys
from dataclasses import replace
from make import article, visit
from dragoman.record import Record, store
record = Record.open(sys.argv[1])
insert, count = record._insert, int(sys.argv[2])
def die_in_the_middle(several):
    one = several[0]
    if one.article == f"a{count:02}":
        insert([replace(one, tables=one.tables | dict.fromkeys(list(one.tables)[6:], ""))])
        os.kill(os.getpid(), signal.SIGKILL)
    insert(several)
record._insert = die_in_the_middle
for number in range(20):
    record.add(visit(f"a{number:02}"))
    print(f"a{number:02}", flush=True)
"""


def test_what_was_reported_as_read_survives_the_end_of_the_process(tmp_path):
    path = tmp_path / "r.duckdb"
    done = child(KILLED, path, 7)
    assert done.returncode == -signal.SIGKILL
    told = done.stdout.split()
    assert told == [f"a{number:02}" for number in range(7)]
    with Record.open(path) as record:
        assert list(record.readings()) == [visit(name) for name in told]
        assert record.misplaced() == []
        # of the article it died in, nothing is there, not even in the tables that were written already
        assert record._select("SELECT DISTINCT article FROM claims WHERE article > 'a06'") == []
        assert record.add(visit("a07")) == "new"


def test_a_process_killed_at_any_moment_leaves_whole_articles(tmp_path):
    path = tmp_path / "r.duckdb"
    code = KILLED.replace('f"a{count:02}"', '""')
    command = [sys.executable, "-c", code, str(path), "0"]
    environment = os.environ | {"PYTHONPATH": HERE}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as other:
        told = [other.stdout.readline().strip() for _ in range(3)]
        other.kill()
        told += other.stdout.read().split()
    with Record.open(path) as record:
        kept = list(record.readings())
    # one more may be there: written, but not yet told
    assert kept[: len(told)] == [visit(name) for name in told]
    assert len(kept) - len(told) in (0, 1)
    assert all(reading == visit(reading.article.id) for reading in kept)


FILLS_THE_DISK = """
import os, resource, sys
from dataclasses import replace
from make import article, visit
from dragoman.errors import RecordError
from dragoman.record import Record, store
record = Record.open(sys.argv[1])
record.flush()
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(sys.argv[1]) + 60_000, hard))
told = []
try:
    for number in range(200):
        record.add(visit(f"a{number:03}", byline="x" * 5000))
        told.append(f"a{number:03}")
except RecordError as error:
    print(error)
try:
    record.add(visit("b"))
except RecordError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
try:
    record.close()
except RecordError as error:
    print(error)
print(*told)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on the size of files")
def test_a_full_disk_is_told_and_the_record_is_intact(tmp_path):
    path = tmp_path / "r.duckdb"
    done = child(FILLS_THE_DISK, path)
    assert done.stderr == ""
    reason, *_, told = done.stdout.splitlines()
    assert reason == f"{path}: the file may not grow any further: the disk or its quota is full"
    names = told.split()
    assert 0 < len(names) < 200
    with Record.open(path) as record:
        kept = [reading.article.id for reading in record.readings()]
        assert [name for name in kept if name != "b"] == names
        assert record.misplaced() == []
        assert record.add(visit("c")) == "new"


def test_a_record_that_is_written_long_lets_go_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "HELD", 50)
    monkeypatch.setattr(store, "LEAST", "8MB")
    held = "SELECT sum(memory_usage_bytes)::BIGINT AS held FROM duckdb_memory() WHERE tag = 'BASE_TABLE'"
    dice = Random(7)
    texts = [article(f"a{number}", ("body", dice.randbytes(200_000).hex())) for number in range(60)]
    readings = [Reading(text, (), (), "reader-1") for text in texts]
    with Record.open(tmp_path / "r.duckdb") as record:
        limit = record.select("SELECT current_setting('memory_limit') AS is")
        record.add_many(readings[:49])
        record.flush()
        record.select("SELECT sum(length(text)) FROM paragraphs")
        assert record.select(held)[0]["held"] > 12_000_000
        record.add_many(readings[49:50])
        assert record.select(held)[0]["held"] < 9_000_000
        assert record.select("SELECT current_setting('memory_limit') AS is") == limit
        assert len(list(record.readings())) == 50


def test_articles_are_written_on_one_thread_and_questions_answered_on_all(tmp_path):
    threads = "SELECT current_setting('threads') AS threads"
    with Record.open(tmp_path / "r.duckdb") as record:
        all_of_them = record.select(threads)
        for write in (lambda: record.add(visit("a")), lambda: record.add_many([visit("b")])):
            write()
            assert record._select(threads) == [{"threads": 1}]  # as it is: a question brings the facts up to date
            assert record.select(threads) == all_of_them
            write()  # which changes nothing, so that no question need bring anything up to date
            assert record._select(threads) == all_of_them


def test_what_a_killed_process_held_beside_the_file_is_taken_away(tmp_path):
    beside = tmp_path / "r.duckdb.tmp"
    beside.mkdir()
    (beside / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"left")
    with Record.open(tmp_path / "r.duckdb"):
        assert not beside.exists()
