"""Anybody's SQL over a copy of the record, in a process of its own: it reads, within limits, and nothing else.

The process opens the copy read-only, with no way to files, network, extensions or settings, on one thread and with
little memory. What outlasts the time limit is interrupted; a process that does not heed that is ended from outside.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from dragoman.web.querying import SECONDS

# What a query may take beyond its limit before its process is ended: an interrupt is heeded at the next vector.
GRACE = 2.0

# How long one query waits for another to end, and how many may: each keeps one of the server's threads.
PATIENCE = SECONDS + GRACE
WAITING = 4
BUSY = "other queries are still running; try again"


@dataclass(frozen=True, slots=True)
class Answered:
    """The rows of a query. ``cut`` says that there were more than the limit. ``error`` is why there are none."""

    columns: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    cut: bool = False
    seconds: float = 0.0
    error: str | None = None


class Sandbox:
    """One process for the queries, one at a time; begun at the first, ended when it does not answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(1 + WAITING)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, file: Path, sql: str) -> Answered:
        """The answer to a query over the copy in ``file``; a refusal or a failure is an answer too."""
        if not self._places.acquire(blocking=False):
            return Answered(error=BUSY)
        try:
            return self._in_turn(file, sql)
        finally:
            self._places.release()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _in_turn(self, file: Path, sql: str) -> Answered:
        if not self._lock.acquire(timeout=PATIENCE):
            return Answered(error=BUSY)
        try:
            return self._ask(file, sql)
        finally:
            self._lock.release()

    def _ask(self, file: Path, sql: str) -> Answered:
        line = self._exchange(json.dumps({"file": str(file), "sql": sql}).encode() + b"\n")
        if line is None:
            self.close()
            return Answered(error=f"it took longer than {SECONDS:g} seconds, or more memory than there is for it")
        told = json.loads(line)
        told["rows"] = tuple(tuple(row) for row in told.get("rows", ()))
        return Answered(**{**told, "columns": tuple(told.get("columns", ())), "types": tuple(told.get("types", ()))})

    def _exchange(self, asked: bytes) -> bytes | None:
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(asked)
            process.stdin.flush()
        except BrokenPipeError:
            return None
        return self._line(process)

    def _line(self, process: subprocess.Popen[bytes]) -> bytes | None:
        """The next line of the process, or None where it ends or says nothing in time."""
        assert process.stdout is not None
        said = bytearray()
        while not said.endswith(b"\n"):
            ready, _, _ = select.select([process.stdout], [], [], SECONDS + GRACE)
            part = os.read(process.stdout.fileno(), 1 << 16) if ready else b""
            if not part:
                return None
            said += part
        return bytes(said)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-m", "dragoman.web.querying"]
            # glibc sets room aside for each thread there ever was, which would use up what the process may map
            surroundings = {**os.environ, "MALLOC_ARENA_MAX": "2"}
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings)
        return self._process
