"""Types what the documentation shows, and writes what was printed into its pages.

What a page holds, and what is done with it:

- a block ```` ```text NAME ````: a file to save under this name (any language will do);
- a block ```` ```console ````: commands after ``$ ``, each followed by what it prints, both streams, in a window of 120
  columns. A line ``…`` stands for any lines;
- an indented line that begins with ``dragoman``: a command that must end well; what it prints is not shown;
- a block ```` ```python ````: a program, run like a file; a block ```` ```output ```` after it is what it prints.

python docs/console.py [PAGE…]     # bring what the pages show up to date
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from dragoman.cli import main as dragoman

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs" / "how-to").glob("*.md")))
COLUMNS = "120"
ANY = "…"

# Ports that pages name; others stand in for them, so that a server that runs already is not in the way.
PORTS = ("8700", "8000")
PATIENCE_S = 30

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:Z|[.]\d+[+]00:00))?")
FRACTION = re.compile(r"\d[.]\d{2,}\b")
# How far a score may lie from the one shown: processors round the network's sums in different ways.
ROUNDING = 0.02

FENCE = re.compile(r"^```(\w*) ?(.*)$")
COMMAND = re.compile(r"^ {4}(dragoman .*)$")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a page has its reader do; ``shown`` is what it is said to print, in ``lines`` of the page."""

    kind: Literal["file", "command", "program"]
    text: str
    name: str = ""
    shown: str | None = None
    lines: slice | None = None


def steps(page: str) -> list[Step]:
    """What the page has its reader do, in order."""
    lines = page.split("\n")
    found: list[Step] = []
    at = 0
    while at < len(lines):
        opened, told = FENCE.match(lines[at]), COMMAND.match(lines[at])
        if opened:
            end = lines.index("```", at + 1)
            _block(found, opened[1], opened[2], lines, slice(at + 1, end))
            at = end
        elif told:
            found.append(Step("command", told[1]))
        at += 1
    return found


def _block(found: list[Step], language: str, name: str, lines: Sequence[str], inside: slice) -> None:
    text = "\n".join(lines[inside]) + "\n"
    if language == "console":
        found += _commands(lines, inside)
    elif name:
        found.append(Step("file", text, name=name))
    elif language == "python":
        found.append(Step("program", text))
    elif language == "output":
        before = found.pop()
        found.append(Step(before.kind, before.text, shown=text, lines=inside))


def _commands(lines: Sequence[str], inside: slice) -> Iterator[Step]:
    at = inside.start
    while at < inside.stop:
        typed = [lines[at].removeprefix("$ ")]
        while typed[-1].endswith("\\"):
            at += 1
            typed.append(lines[at])
        at += 1
        start = at
        while at < inside.stop and not lines[at].startswith("$ "):
            at += 1
        yield Step("command", "\n".join(typed), shown="\n".join(lines[start:at]) + "\n", lines=slice(start, at))


@dataclass
class Terminal:
    """A window in a folder: what is typed into it happens there.

    Reports are read in this process, whose network is loaded already; the record does not depend on that.
    """

    folder: Path

    def __enter__(self) -> Self:
        self._background: list[subprocess.Popen[str]] = []
        self._ports = {named: _free_port() for named in PORTS}
        self._shims = tempfile.TemporaryDirectory()
        self._shim("dragoman", f'exec "{sys.executable}" -m dragoman "$@"')
        self._shim("python3", f'exec "{sys.executable}" "$@"')
        self.status = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._background:
            process.terminate()
            process.communicate()
        self._shims.cleanup()

    def do(self, step: Step) -> str:
        """Does the step; what it printed."""
        if step.kind == "file":
            path = self.folder / step.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
            return ""
        if step.kind == "program":
            return self._here(partial(_run, step.text))
        return self._swap_back(self._type(self._swap(step.text)))

    def _type(self, command: str) -> str:
        words = shlex.split(command.replace("\\\n", " "), comments=True)
        if words == ["echo", "$?"]:
            return f"{self.status}\n"
        if words[:2] == ["dragoman", "serve"]:
            return self._start([sys.executable, "-m", *words, *self._port(words)], says=True)
        if words[:2] == ["dragoman", "read"]:
            words[2:2] = ["--workers", "1"]
        if words[0] == "dragoman" and not {"|", ">"} & set(words):
            return self._dragoman(words)
        if words[-1] == "&":
            return self._start([sys.executable, *words[1:-1]], says=False)
        return self._shell(command)

    def _dragoman(self, words: list[str]) -> str:
        """A command of ours in this process: most of its time would be the start of another."""
        given = words.pop() if "<" in words else os.devnull
        with (self.folder / given).open(encoding="utf-8") as stdin:
            before = sys.argv, sys.stdin
            sys.argv, sys.stdin = [word for word in words if word != "<"], stdin
            try:
                return self._here(self._ended)
            finally:
                sys.argv, sys.stdin = before

    def _ended(self) -> None:
        try:
            dragoman()
        except SystemExit as ended:
            self.status = int(ended.code or 0)

    def _here(self, run: Callable[[], None]) -> str:
        said = io.StringIO()
        columns = os.environ.get("COLUMNS")
        os.environ["COLUMNS"] = COLUMNS
        try:
            with contextlib.chdir(self.folder), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                run()
        finally:
            os.environ.pop("COLUMNS") if columns is None else os.environ.update(COLUMNS=columns)
        return said.getvalue()

    def _shell(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        self.status = done.returncode
        return done.stdout

    def _start(self, command: list[str], *, says: bool) -> str:
        """Something that goes on running; what it ``says`` of itself, a line, tells that it does."""
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self._environment(),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self._background.append(process)
        self.status = 0
        assert process.stderr is not None
        if says:
            return process.stderr.readline()
        _await(int(next(word for word in command if word in self._ports.values())))
        return ""

    def _port(self, words: Sequence[str]) -> list[str]:
        return [] if "--port" in words else ["--port", self._ports[PORTS[0]]]

    def _environment(self) -> dict[str, str]:
        source = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
        path = os.pathsep.join((self._shims.name, os.environ["PATH"]))
        return os.environ | {"COLUMNS": COLUMNS, "PYTHONPATH": source, "PATH": path}

    def _shim(self, name: str, does: str) -> None:
        path = Path(self._shims.name) / name
        path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        path.chmod(0o755)

    def _swap(self, text: str) -> str:
        return re.sub(rf"\b({'|'.join(PORTS)})\b", lambda found: self._ports[found[1]], text)

    def _swap_back(self, text: str) -> str:
        for named, port in self._ports.items():
            text = re.sub(rf"\b{port}\b", named, text)
        return text


def _run(program: str) -> None:
    """Runs it as a file. What other libraries warn of among themselves, files they forget to close too, is theirs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})
        gc.collect()


def _free_port() -> str:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return str(opened.getsockname()[1])


def _await(port: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def alike(shown: str, printed: str) -> bool:
    """Whether that is what was printed, but for moments, roundings, blanks at the ends, and what ``…`` stands for."""
    said = tidy(shown)
    pattern = "".join(_pattern(line) for line in said)
    matched = re.fullmatch(pattern, "".join(f"{line}\n" for line in tidy(printed)))
    if matched is None:
        return False
    figures = FRACTION.findall("\n".join(line for line in said if line != ANY))
    return all(abs(float(a) - float(b)) <= ROUNDING for a, b in zip(figures, matched.groups(), strict=True))


def _pattern(line: str) -> str:
    if line == ANY:
        return r"(?:.*\n)*?"
    parts = re.split(f"({MOMENT.pattern}|{FRACTION.pattern})", line)
    return "".join(_part(part) for part in parts) + r"\n"


def _part(text: str) -> str:
    if MOMENT.fullmatch(text):
        return MOMENT.pattern
    return f"({FRACTION.pattern})" if FRACTION.fullmatch(text) else re.escape(text)


def tidy(text: str) -> list[str]:
    """The lines without blanks at their ends and without empty ones around them."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n").split("\n")


def rewritten(page: str, terminal: Terminal) -> str:
    """The page with what its commands print now, where that is not what it shows."""
    lines = page.split("\n")
    moved = 0
    for step in steps(page):
        printed = terminal.do(step)
        if step.shown is None or alike(step.shown, printed):
            continue
        new = [line for line in tidy(printed) if printed.strip()]
        assert step.lines is not None
        place = slice(step.lines.start + moved, step.lines.stop + moved)
        moved += len(new) - (place.stop - place.start)
        lines[place] = new
    return "\n".join(lines)


def prepare(page: Path, folder: Path, record: Path | None) -> None:
    """Lays out what a page takes for granted: ``examples/``, and for a how-to the record that was made of it."""
    (folder / "examples").symlink_to(ROOT / "examples")
    if page.parent.name == "how-to" and record is not None:
        (folder / "dragoman.duckdb").write_bytes(record.read_bytes())


def examples(folder: Path) -> Path:
    """The record of ``dragoman read examples/*.html examples/*.txt``, made in this folder."""
    (folder / "examples").symlink_to(ROOT / "examples")
    with Terminal(folder) as terminal:
        terminal.do(Step("command", "dragoman read examples/*.html examples/*.txt"))
    return folder / "dragoman.duckdb"


def main() -> None:
    """Brings the pages named, or all, up to date."""
    chosen = [Path(name).resolve() for name in sys.argv[1:]] or PAGES
    with tempfile.TemporaryDirectory() as made:
        record = examples(Path(made))
        for page in chosen:
            with tempfile.TemporaryDirectory() as folder, Terminal(Path(folder)) as terminal:
                prepare(page, Path(folder), record)
                text = page.read_text(encoding="utf-8")
                page.write_text(rewritten(text, terminal), encoding="utf-8")


if __name__ == "__main__":
    main()
