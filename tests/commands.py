"""Runs the command line in this process or in one of its own, as the tests of the commands need it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from dragoman.cli import main

SOURCE = Path(__file__).resolve().parent.parent / "src"


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Command:
    """``dragoman`` in this process, in a folder of its own."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> Done:
        self.monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, arguments)])
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = self.capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)


def start(
    *arguments: str | Path,
    folder: Path,
    stdin: int = subprocess.DEVNULL,
    stdout: int | IO[str] = subprocess.PIPE,
    **environment: str,
) -> subprocess.Popen[str]:
    """``dragoman`` in a process of its own; ``environment`` adds to this one's."""
    return subprocess.Popen(
        [sys.executable, "-m", "dragoman", *map(str, arguments)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | environment,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str], *, seconds: float = 60) -> Done:
    """Waits for the end of a command."""
    out, err = process.communicate(timeout=seconds)
    return Done(process.returncode, out, err)
