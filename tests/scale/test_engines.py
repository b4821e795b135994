"""Processes of this machine, of Daft and of Ray: the same bytes, and a document that kills its process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from socket import socket

import pytest

from commands import SOURCE, Command, Done, finish, start
from dragoman.errors import MissingError
from dragoman.model import Failure
from dragoman.record import Record
from dragoman.scale import EngineError, Plain, read_into
from dragoman.scale.engines import Engine
from dragoman.scale.reading import Note
from lakes import READ, ROWS, Deadly, Here, archive, bytes_of

daft = pytest.mark.skipif(find_spec("daft") is None, reason="Daft comes with the extra 'scale'")
ray = pytest.mark.skipif(find_spec("ray") is None, reason="Ray comes with the extra 'cluster'")

# What a machine under load may take for one of these commands.
SECONDS = 240


def test_processes_give_the_bytes_that_this_one_gives_and_a_deadly_document_is_lost_alone(
    record: Path, lake: Path, tmp_path: Path
) -> None:
    deadly = Deadly("deadly.html", "deadly.html", b"x")
    heard: dict[str, Failure | None] = {}
    sources = [*archive(record.parent)[:1], deadly]
    summary = read_into(sources, tmp_path / "lake", engine=Plain(workers=2), unit=3, progress=heard.__setitem__)
    assert (summary.new, summary.failed, len(heard)) == (READ, 2, READ + 2)
    failure = heard["deadly.html"]
    assert failure is not None
    assert "the process that read it died" in failure.reason
    told = bytes_of(tmp_path / "lake")
    assert {name: data for name, data in bytes_of(lake).items() if not name.startswith(("failures", "lake.json"))} == {
        name: data for name, data in told.items() if not name.startswith(("failures", "lake.json"))
    }


def test_a_death_counts_against_a_document_in_the_same_run_alone(tmp_path: Path) -> None:
    path = tmp_path / "u.at"
    for run, lost in (("one", False), ("one", False), ("one", True), ("two", False), ("one", False)):
        note = Note.begin(path, run)
        assert note.is_deadly(3) is lost
        note.write(path, 3)
    path.write_text("no note")
    assert not Note.begin(path, "one").deaths


class Dying(Here):
    """An engine whose processes end before they do anything."""

    name, lost = "dying", "exec format error"

    def map(self, function: object, items: object) -> Iterator[object]:  # type: ignore[override]
        return iter(())


def test_an_engine_that_never_answers_is_an_error_and_no_endless_loop(tmp_path: Path) -> None:
    engine: Engine = Dying()  # type: ignore[assignment]
    with pytest.raises(EngineError, match=r"dying: its processes end before they read anything \(exec format error\)"):
        read_into(archive(tmp_path), tmp_path / "lake", engine=engine)
    read_into(archive(tmp_path, ROWS[:1]), tmp_path / "lake", engine=Here())


@daft
def test_daft_gives_the_same_bytes(record: Path, lake: Path, tmp_path: Path) -> None:
    done = read(record, tmp_path / "lake", "--engine", "daft")
    assert (done.status, done.out) == (1, "")
    assert f"{READ} read ({READ} new, 0 updated, 0 unchanged), 2 failed" in done.err
    assert bytes_of(tmp_path / "lake") == bytes_of(lake)


@daft
@ray
def test_ray_gives_the_same_bytes(record: Path, lake: Path, tmp_path: Path, cluster: str) -> None:
    done = read(record, tmp_path / "lake", "--ray", cluster)
    assert f"{READ} read ({READ} new, 0 updated, 0 unchanged), 2 failed" in done.err
    assert bytes_of(tmp_path / "lake") == bytes_of(lake)


def read(record: Path, lake: Path, *options: str) -> Done:
    sources = [source.name for source in archive(record.parent)]
    command = start("read", *sources, "--lake", lake, "--workers", "2", *options, folder=record.parent)
    return finish(command, seconds=SECONDS)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A Ray cluster of two processors on this machine, reached by the loopback address."""
    port = free_port()
    folder = Path("/tmp") / f"dragoman-ray-{os.getpid()}"  # the sockets in it must have short names
    options = ["--head", "--block", "--num-cpus=2", "--include-dashboard=false", "--disable-usage-stats"]
    place = ["--node-ip-address=127.0.0.1", f"--port={port}", f"--temp-dir={folder}"]
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("ray")), "start", *options, *place],
        env=os.environ | {"PYTHONPATH": str(SOURCE), "RAY_USAGE_STATS_ENABLED": "0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert listens(port, process), "Ray did not start"
        yield f"127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def listens(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Whether the cluster answers, after a while."""
    for _ in range(SECONDS):
        with socket() as trial:
            trial.settimeout(1)
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return True
        if process.poll() is not None:
            return False
        time.sleep(1)
    return False


@daft
def test_a_cluster_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    from dragoman.scale.frames import Frames

    if find_spec("ray") is None:
        with pytest.raises(MissingError, match="ray"):
            Frames(ray="127.0.0.1:1")
    else:
        with pytest.raises(EngineError, match=r"127\.0\.0\.1:1: no Ray cluster is there"):
            Frames(ray="127.0.0.1:1")


def test_options_that_do_not_go_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command = Command(monkeypatch, capsys)
    for options in (
        ("--lake", "x", "--record", "y"),
        ("--engine", "daft", "--record", "y"),
        ("--lake", "x", "--json"),
        ("--engine", "plain", "--ray", "127.0.0.1:1"),
        ("--engine", "spark"),
    ):
        assert command("read", "a.txt", *options).status == 2
    assert list(tmp_path.iterdir()) == []


def test_without_daft_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.scale import frames

    monkeypatch.setattr(frames, "find_spec", lambda name: None)
    with pytest.raises(MissingError, match=r"daft.*dragoman\[scale\]"):
        frames.Frames()


def test_an_empty_lake_answers(tmp_path: Path) -> None:
    read_into([], tmp_path / "lake", engine=Here())
    with Record.open(tmp_path / "lake", read_only=True) as opened:
        assert (opened.count(), list(opened.articles()), list(opened.failures())) == (0, [], [])
