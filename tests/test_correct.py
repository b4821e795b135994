"""``dragoman correct`` as a user types it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from commands import Command
from dragoman.record import Record
from make import visit

WHY = ("--why", "the text says so", "--who", "A. Analyst")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "r.duckdb"
    with Record.open(path) as record:
        record.add(visit())
        record.add(visit("b", outlet="The Evening"))
    return path


@pytest.fixture
def ids(kept: Path) -> list[str]:
    with Record.open(kept, read_only=True) as record:
        return [event.id for event in record.events()]


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_WHO", raising=False)
    monkeypatch.setenv("COLUMNS", "250")
    return Command(monkeypatch, capsys)


def test_fields_are_changed_listed_and_changed_back(dragoman: Command, kept: Path, ids: list[str]) -> None:
    event = ids[0][:8]
    at = ("--record", kept)
    done = dragoman("correct", event, "--set", "category=reject", "--set", "date=2020-03", *WHY, *at)
    assert done.status == 0
    assert "CONSULT" in done.out and "REJECT" in done.out and "2020-03-01..2020-03-31" in done.out
    listed = json.loads(dragoman("correct", "--list", "--json", *at).out)
    assert [(each["id"], each["field"], each["who"]) for each in listed] == [
        (1, "category", "A. Analyst"),
        (2, "when", "A. Analyst"),
    ]
    assert json.loads(dragoman("events", "--corrected", "--json", *at).out)[0]["event"] == ["REJECT"]
    assert "corrected" in dragoman("events", *at).out
    shown = dragoman("show", "--why", event, *at).out
    assert "report a1#0" in shown and "the text says so" in shown and "CONSULT" in shown
    assert dragoman("correct", "--undo", "1", *WHY, *at).status == 0
    rows = list(csv.DictReader(io.StringIO(dragoman("correct", event, "--list", "--csv", *at).out)))
    assert [row["state"] for row in rows] == ["undone by 3", "holds", "holds"]
    assert dragoman("correct", ids[1], "--list", *at).out == "No corrections.\n"


def test_an_event_is_rejected_and_restored(dragoman: Command, kept: Path, ids: list[str]) -> None:
    at = ("--record", kept)
    assert dragoman("correct", ids[0], "--reject", *WHY, *at).status == 0
    assert [each["id"] for each in json.loads(dragoman("events", "--json", *at).out)] == [ids[1]]
    assert [each["id"] for each in json.loads(dragoman("events", "--rejected", "--json", *at).out)] == [ids[0]]
    assert dragoman("correct", ids[0], "--restore", *WHY, *at).status == 0
    assert len(json.loads(dragoman("events", "--json", *at).out)) == 2


def test_events_and_entities_are_split_and_merged(dragoman: Command, kept: Path, ids: list[str]) -> None:
    at = ("--record", kept)
    made = dragoman("correct", ids[0], "--split", "b#0", "--json", *WHY, *at)
    (split,) = json.loads(made.out)
    assert dragoman("correct", ids[0], "--merge", ids[1], split["now"]["event"], *WHY, *at).status == 0
    assert (
        dragoman("correct", "person:ana-reis", "--entity", "--split", "b", "--name", "A. Reis", *WHY, *at).status == 0
    )
    assert dragoman("correct", "NOR", "--entity", "--merge", "PRT", *WHY, *at).status == 0
    with Record.open(kept, read_only=True) as record:
        (event,) = record.events()
        assert {party.entity for each in event.reports for party in each.actors} == {
            "person:ana-reis",
            "person:ana-reis~3",
            "NOR",
        }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "choose one of"),
        (["EVENT"], "choose one of"),
        (["EVENT", "--reject", "--restore"], "choose one of"),
        (["--reject"], "of what"),
        (["EVENT", "--undo", "1"], "no event"),
        (["EVENT", "other", "--reject"], "takes one event"),
        (["EVENT", "--reject", "--entity"], "--entity goes with"),
        (["EVENT", "--merge", "x", "--name", "y"], "--name goes with"),
        (["EVENT", "--set", "category"], "is not FIELD=VALUE"),
        (["EVENT", "--set", "a=1", "--set", "a=2"], "given twice"),
        (["EVENT", "--set", 'where={"name"'], "is not JSON"),
        (["--list", "--reject"], "changes nothing"),
        (["--list", "--json", "--csv"], "choose one of"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(
    dragoman: Command, kept: Path, ids: list[str], arguments: list[str], said: str
) -> None:
    given = [ids[0] if each == "EVENT" else each for each in arguments]
    done = dragoman("correct", *given, *WHY, "--record", kept)
    assert done.status == 2
    assert said in " ".join(done.err.replace("│", " ").split())
    with Record.open(kept, read_only=True) as record:
        assert record.corrections() == []


def test_what_does_not_fit_is_told_with_the_record(dragoman: Command, kept: Path, ids: list[str]) -> None:
    done = dragoman("correct", ids[0], "--set", "mode=withdraw", *WHY, "--record", kept)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"dragoman: {kept}: 'withdraw' is not a mode of CONSULT")


def test_who_says_so_must_be_known(
    dragoman: Command, kept: Path, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ("correct", ids[0], "--reject", "--why", "x", "--record", kept)
    monkeypatch.setenv("PATH", "")
    done = dragoman(*given)
    assert done.status == 2 and "who says so" in done.err
    assert dragoman(*given[:3], "--who", "A", "--record", kept).status == 2
    monkeypatch.setenv("DRAGOMAN_WHO", "B. Reader")
    assert dragoman(*given).status == 0
    with Record.open(kept, read_only=True) as record:
        assert [each.who for each in record.corrections()] == ["B. Reader"]


def test_corrections_go_out_as_training_data(dragoman: Command, kept: Path, ids: list[str], tmp_path: Path) -> None:
    dragoman("correct", ids[0], "--set", "category=ACCUSE", *WHY, "--record", kept)
    done = dragoman("export", "--to", "training", tmp_path / "out", "--record", kept)
    assert done.status == 0
    assert "<s>Ana Reis</s> visited <t>Oslo</t>" in (tmp_path / "out" / "categories.tsv").read_text("utf-8")
    assert dragoman("evaluate", "parties", tmp_path / "out" / "parties.bio").status == 1
