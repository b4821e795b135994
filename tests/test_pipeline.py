"""Sources through all rooms: one or many, in one process or several, with the same record in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dragoman
from commands import SOURCE
from dragoman.errors import SourceError
from dragoman.exchange import plover
from dragoman.model import Reading, Span
from dragoman.pipeline import Outcome, Text, is_text, read, read_many
from dragoman.reading import Source
from dragoman.record import Record

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".html", ".txt"))
SENTENCE = "The foreign minister of Norway met the president of Chile in Santiago on 3 May 2021."

LIGHT = """
import sys, dragoman
dragoman.Report, dragoman.DragomanError, dragoman.__version__
heavy = {"spacy", "numpy", "onnxruntime", "duckdb", "trafilatura", "fastapi", "daft", "torch"} & set(sys.modules)
sys.exit(f"import dragoman loads {sorted(heavy)}" if heavy else 0)
"""


LIGHT_COMMANDS = """
import sys, dragoman.cli.app
heavy = {"spacy", "onnxruntime", "trafilatura", "fastapi", "daft", "torch"} & set(sys.modules)
sys.exit(f"a command that reads nothing loads {sorted(heavy)}" if heavy else 0)
"""


@dataclass(frozen=True)
class Faulty:
    """A source in whose reading the program itself fails, or the process dies."""

    name: str
    deadly: bool = False
    url: str | None = None
    content_type: str | None = None

    def read(self) -> bytes:
        if self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        raise ZeroDivisionError("no such share")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "record.duckdb") as record:
        yield record


def exported(sources: list[Any], folder: Path, *, workers: int) -> dict[str, bytes]:
    with Record.open(folder / "record.duckdb") as record:
        read_many(sources, record, workers=workers)
        plover.export(record, folder / "out")
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


@pytest.mark.parametrize("program", [LIGHT, LIGHT_COMMANDS])
def test_importing_the_package_or_its_commands_loads_nothing_heavy(program: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_public_name_is_there() -> None:
    assert all(getattr(dragoman, name) is not None for name in dragoman.__all__)
    assert dir(dragoman) == sorted(dragoman.__all__)
    with pytest.raises(AttributeError, match="no attribute 'write'"):
        _ = dragoman.write  # type: ignore[attr-defined]


def test_the_version_is_the_package_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert dragoman.__version__ == project["version"]


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        (SENTENCE, True),
        ("two words", True),
        ("What did they say?", True),
        ("one\nline and another", True),
        ("report.txt", False),
        ("-", False),
        ("https://news.example/a page", False),
        ("here/*.txt", False),
        ("there is/a file.txt", False),
        ("there is/*.txt", False),
    ],
)
def test_what_is_a_text_and_what_a_source(
    argument: str, text: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there is").mkdir()
    (tmp_path / "there is" / "a file.txt").write_text("words", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert is_text(argument) is text


def test_a_text_gives_article_events_entities_and_parse() -> None:
    result = read(SENTENCE, published=date(2021, 5, 4), outlet="The Daily")
    assert result.article.text == SENTENCE == result.doc.text
    assert (result.article.published, result.article.published_basis) == (date(2021, 5, 4), "given")
    assert result.article.outlet == "The Daily"
    assert result.events == result.reading.reports
    assert "CONSULT" in {event.category for event in result.events}
    assert {"NOR", "CHL"} <= {entity.code for entity in result.entities}


def test_a_path_is_read_as_its_text_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert read(tmp_path / "a.txt").reading == read(SENTENCE).reading == read(str(tmp_path / "a.txt")).reading


def test_what_is_not_one_report_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing\.txt: no such file"):
        read("missing.txt")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(SENTENCE, encoding="utf-8")
    with pytest.raises(SourceError, match="several reports"):
        read(tmp_path)


def test_every_claim_lies_in_the_article() -> None:
    for path in EXAMPLES[:3]:
        reading = read(path).reading
        assert reading.reports
        for span in _spans(reading):
            assert span.article == reading.article.id
            assert reading.article.text[span.start : span.end].strip()


def _spans(reading: Reading) -> Iterator[Span]:
    for report in reading.reports:
        yield report.sentence
        yield from report.cues
        yield from (party.span for party in (*report.actors, *report.recipients))
        yield from (each.content for each in report.attribution)


def test_outcomes_come_in_the_order_of_the_sources(record: Record, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    items = [Text(SENTENCE), Source(str(tmp_path / "missing.txt")), Source(str(tmp_path / "a.txt")), Faulty("faulty")]
    outcomes: list[Outcome] = []
    summary = read_many(items, record, progress=outcomes.append)  # type: ignore[arg-type]
    assert [outcome.kind for outcome in outcomes] == ["new", "failed", "unchanged", "failed"]
    assert (summary.read, summary.new, summary.unchanged, summary.failed) == (2, 1, 1, 2)
    failures = {failure.source: failure for failure in record.failures()}
    assert failures[str(tmp_path / "missing.txt")].kind == "source"
    assert failures["faulty"].kind == "internal"
    assert failures["faulty"].reason == "ZeroDivisionError: no such share"
    assert "in read" in failures["faulty"].details["traceback"]


def test_a_failure_goes_once_the_source_is_read(record: Record, tmp_path: Path) -> None:
    source = Source(str(tmp_path / "a.txt"))
    read_many([source], record)
    assert [failure.source for failure in record.failures()] == [source.name]
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    read_many([source], record)
    assert list(record.failures()) == []


def test_a_record_that_cannot_be_written_fails_each_source_and_ends_in_no_fault(tmp_path: Path) -> None:
    with Record.open(tmp_path / "record.duckdb"):
        pass
    with Record.open(tmp_path / "record.duckdb", read_only=True) as record:
        outcomes: list[Outcome] = []
        summary = read_many([Text(SENTENCE), Text(SENTENCE)], record, progress=outcomes.append)
    assert (summary.read, summary.failed) == (0, 2)
    failure = outcomes[0].failure
    assert failure is not None
    assert (failure.kind, failure.reason) == ("record", "it was opened for reading only")
    assert failure.details == {"not kept": "it was opened for reading only"}


def test_readings_are_told_where_they_are_asked_for(record: Record) -> None:
    told: list[Outcome] = []
    for readings in (True, False):
        read_many([Text(SENTENCE)], record, progress=told.append, readings=readings)
    first, second = told
    assert first.reading == record.reading(str(first.article))
    assert second.reading is None
    assert (second.article, second.reports, second.kind) == (first.article, first.reports, "unchanged")


def test_neither_workers_nor_order_change_the_export(tmp_path: Path) -> None:
    sources = [Source(str(path)) for path in EXAMPLES[:6]]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = exported(sources, tmp_path / "one", workers=1)
    two = exported(sources[::-1], tmp_path / "two", workers=2)
    assert one == two
    assert all(one.values())


def test_a_source_that_kills_its_process_is_the_only_one_lost(record: Record) -> None:
    items = [Text(SENTENCE), Faulty("deadly", deadly=True), Text("The president of Chile visited Norway in 2021.")]
    outcomes: list[Outcome] = []
    read_many(items, record, workers=2, progress=outcomes.append)  # type: ignore[arg-type]
    assert [(outcome.source, outcome.kind) for outcome in outcomes] == [
        (Text(SENTENCE).name, "new"),
        ("deadly", "failed"),
        ('"The president of Chile visited Norway in 2021."', "new"),
    ]
    (failure,) = record.failures()
    assert "the process that read it died" in failure.reason


def test_the_standard_input_is_read_here_and_coded_elsewhere(record: Record) -> None:
    source = Source("standard input", _load=lambda: SENTENCE.encode())
    huge = Source("huge", _load=lambda: bytes(30_000_000))
    outcomes: list[Outcome] = []
    read_many([source, huge], record, workers=2, progress=outcomes.append)
    assert [(outcome.source, outcome.kind) for outcome in outcomes] == [("standard input", "new"), ("huge", "failed")]
