"""What the documentation has its reader type is typed here, and prints what the page shows."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer

import console
from console import Step, Terminal, alike, steps
from dragoman.cli.app import app
from dragoman.exchange.base import named
from dragoman.exchange.exporting import send_out
from dragoman.record import Record

# What a shell has in any case, and what the window brings along.
BUILT_IN = {"echo", "dragoman", "python3"}
FAILED = re.compile(r"^(?:dragoman: |Usage: |Traceback )", re.M)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the examples, which every how-to takes for granted; each works on a copy."""
    return console.examples(tmp_path_factory.mktemp("examples"))


@pytest.mark.parametrize("page", console.PAGES, ids=[page.stem for page in console.PAGES])
def test_a_page_prints_what_it_shows(page: Path, examples: Path, tmp_path: Path) -> None:
    done = steps(page.read_text(encoding="utf-8"))
    if missing := _programs(done) - BUILT_IN - {name for name in _programs(done) if shutil.which(name)}:
        pytest.skip(f"the page has its reader use {', '.join(sorted(missing))}, which this machine lacks")
    console.prepare(page, tmp_path, examples)
    with Terminal(tmp_path) as terminal:
        for step in done:
            printed = terminal.do(step)
            if step.shown is not None:
                assert alike(step.shown, printed), f"{step.text}\n{printed}\nrun: make docs"
            else:
                assert terminal.status == 0 and not FAILED.search(printed), f"{step.text}\n{printed}"


def _programs(done: list[Step]) -> set[str]:
    """The first word of every command, those after a pipe included."""
    parts = [part for step in done if step.kind == "command" for part in step.text.replace("\\\n", " ").split(" | ")]
    return {shlex.split(part, comments=True)[0] for part in parts}


@pytest.mark.parametrize("file", ["articles", "entities", "events"])
def test_the_data_dictionary_has_every_field_of_an_export(file: str, examples: Path, tmp_path: Path) -> None:
    with Record.open(examples, read_only=True) as record:
        send_out(record, named("plover"), tmp_path)
    lines = (tmp_path / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
    text = (console.ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    section = text.split(f"### {file}.jsonl")[1].split("\n##")[0]
    told = re.findall(r"`(\w+)`", "".join(row.split("|")[1] for row in section.splitlines() if row.startswith("| `")))
    assert set(told) == {name for line in lines for name in json.loads(line)}


def test_pages_have_their_readers_do_something() -> None:
    typed = [step.text for page in console.PAGES for step in steps(page.read_text(encoding="utf-8"))]
    verbs = {text.split()[1] for text in typed if text.startswith("dragoman ")}
    assert set(vars(typer.main.get_command(app))["commands"]) <= verbs


PAGE = """Text.

    dragoman show

```text a/b.txt
Words.
```

```console
$ one \\
    two
said
$ three
```

```python
print(1)
```

```output
1
```
"""


def test_the_steps_of_a_page() -> None:
    found = steps(PAGE)
    assert [(step.kind, step.text, step.name, step.shown) for step in found] == [
        ("command", "dragoman show", "", None),
        ("file", "Words.\n", "a/b.txt", None),
        ("command", "one \\\n    two", "", "said\n"),
        ("command", "three", "", "\n"),
        ("program", "print(1)\n", "", "1\n"),
    ]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "\na  \nb\n\n", True),
        ("a\nb", "a\nc", False),
        ("a\n…\nd", "a\nb\nc\nd", True),
        ("a\n…\nd", "a\nb\nc", False),
        ("…", "anything", True),
        ("score 0.85 of 2", "score 0.86 of 2", True),
        ("score 0.85 of 2", "score 0.95 of 2", False),
        ("score 0.85 of 2", "score 0.85 of 3", False),
        ("made 2026-11-26 10:50", "made 2027-01-01 08:00", True),
        ("made 2026-11-26", "made 2026-11-27", False),
        ("a.c", "abc", False),
    ],
)
def test_what_counts_as_the_same(shown: str, printed: str, same: bool) -> None:
    assert alike(shown, printed) is same


def test_a_page_is_rewritten_where_it_is_out_of_date(tmp_path: Path) -> None:
    page = "```console\n$ echo two; echo lines\nold\n$ echo kept\nkept\n```\nafter\n"
    with Terminal(tmp_path) as terminal:
        assert console.rewritten(page, terminal) == (
            "```console\n$ echo two; echo lines\ntwo\nlines\n$ echo kept\nkept\n```\nafter\n"
        )
