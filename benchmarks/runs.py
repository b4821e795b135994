"""Runs of `dragoman read` in processes of their own: timed, watched, killed, and compared by what they leave.

The articles are those of the synthetic archive (benchmarks/archive), so that every run reads the same.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from archive.make import make, write
from bench import DRAGOMAN, family, memory

SAMPLE_EVERY = 0.2  # seconds between two looks at memory
# Between two looks at processors alone: looking at memory takes 8 % of a processor, which a command that has them all
# at work misses, and one that leaves some idle does not.
SELDOM = 1.0
STARTS_WITHIN = 120  # seconds that a Ray cluster may take to listen
UDF = "ray::UDFActor"  # how Ray calls a process in which Daft reads


@dataclass(frozen=True, slots=True)
class Run:
    """What a command and its processes took: seconds, seconds of processors, and, with shared pages once, the most
    memory in bytes, 0 where nobody looked."""

    seconds: float
    processor: float
    memory: int


def sources(folder: Path, *, articles: int, seed: int = 1) -> Path:
    """So many articles of the synthetic archive as one file, made once."""
    place = folder / f"archive-{articles}-{seed}"
    if not (place / "articles.jsonl.gz").exists():
        write(make(articles=articles, seed=seed), place)
    return place / "articles.jsonl.gz"


def reading(file: Path, target: Path, *, engine: str, workers: int, ray: str | None = None) -> list[str]:
    """The command that reads a file: ``record``, or ``plain``, ``daft`` or ``ray`` into a lake."""
    place = ["--record" if engine == "record" else "--lake", str(target)]
    how = {"record": [], "plain": ["--engine", "plain"], "daft": ["--engine", "daft"], "ray": ["--ray", ray or ""]}
    return [*DRAGOMAN, "read", str(file), *place, "--workers", str(workers), *how[engine]]


def start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A command in a group of its own, which can be killed whole."""
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def watched(command: Sequence[str], *, sizes: bool = True) -> Run:
    """Run a command to its end, and look at its memory too unless ``sizes`` do not matter: that slows it.

    Raises SystemExit where it fails for another reason than a source.
    """
    begun, most, used = time.perf_counter(), 0, dict[int, float]()
    process = start(command)
    while not _ended(process, within=SAMPLE_EVERY if sizes else SELDOM):
        most = max(most, memory(process.pid)[1]) if sizes else 0
        used |= {each: seconds for each in family(process.pid) if (seconds := _processor(each))}
    if process.returncode not in (0, 1):
        raise SystemExit(f"it failed with {process.returncode}: {' '.join(command)}")
    return Run(time.perf_counter() - begun, sum(used.values()), most)


def _ended(process: subprocess.Popen[bytes], *, within: float) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=within)
    return process.returncode is not None


def _processor(pid: int) -> float:
    """Seconds of processors that a process has used, for itself and the system."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:  # it ended while we looked
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def killed(command: Sequence[str], *, after: float) -> bool:
    """Run a command and kill it, and it alone, after so many seconds; False where it had ended before."""
    process = start(command)
    try:
        process.wait(timeout=after)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def fingerprint(folder: Path) -> str:
    """A hash of every file under a folder, by its name and bytes."""
    digest = blake2b(digest_size=16)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def exported(record: Path, scratch: Path) -> str:
    """A hash of what a record or a lake exports, as PLOVER and as Parquet."""
    folder = scratch / "exported"
    shutil.rmtree(folder, ignore_errors=True)
    for form in ("plover", "parquet"):
        command = [*DRAGOMAN, "export", "--to", form, str(folder / form), "--record", str(record)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return fingerprint(folder)


def remove(target: Path) -> None:
    """A record, with its log, or a lake."""
    shutil.rmtree(target, ignore_errors=True)
    for path in (target, target.with_name(f"{target.name}.wal")):
        if path.is_file():
            path.unlink()


@contextmanager
def cluster(processors: int) -> Iterator[str]:
    """A Ray cluster of this machine alone, reached by the loopback address; gone afterwards."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
    folder = Path(f"/tmp/dragoman-ray-{os.getpid()}")  # the sockets in it must have short names
    options = ["--head", "--block", f"--num-cpus={processors}", "--include-dashboard=false", "--disable-usage-stats"]
    place = ["--node-ip-address=127.0.0.1", f"--port={port}", f"--temp-dir={folder}"]
    process = start([str(Path(sys.executable).with_name("ray")), "start", *options, *place])
    try:
        _wait_for(port)
        yield f"127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int) -> None:
    for _ in range(STARTS_WITHIN):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(1)
    raise SystemExit("Ray did not start")


def kill_one_reader(rng: random.Random) -> bool:
    """Kill one of the processes in which Daft reads on Ray; False where there is none."""
    found = subprocess.run(["pgrep", "-f", UDF], capture_output=True, text=True, check=False).stdout.split()
    if not found:
        return False
    os.kill(int(rng.choice(found)), signal.SIGKILL)
    return True
