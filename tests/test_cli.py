"""The commands, as a user types them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from commands import Command, finish, start
from dragoman.cli.output import printable
from dragoman.record import Record
from meetings import READINGS

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SENTENCE = "The foreign minister of Norway met the president of Chile in Santiago on 3 May 2021."
VERBS = ("read", "show", "events", "dossier", "since", "correct", "serve", "failures", "export", "import", "evaluate")
COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*3[0-7](?:;[0-9]+)*m")
TREE = """# sent_id = 1
1\tMinisters\tminister\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\tVBD\tTense=Past\t0\troot\t_\t_
3\tin\tin\tADP\tIN\t_\t4\tcase\t_\t_
4\tOslo\tOslo\tPROPN\tNNP\tNumber=Sing\t2\tobl\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of a page and a text, with a failure."""
    folder = tmp_path_factory.mktemp("kept")
    for name in ("visit-kenya-somalia.html", "sanctions-myanmar.txt"):
        shutil.copy(EXAMPLES / name, folder)
    done = finish(start("read", ".", "missing.txt", "--record", "news.duckdb", folder=folder))
    assert done.status == 1, done.err
    return folder / "news.duckdb"


def events(dragoman: Command, *arguments: str | Path) -> list[dict[str, Any]]:
    done = dragoman("events", "--json", *arguments)
    assert (done.status, done.err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(done.out)
    return rows


def test_every_verb_explains_itself_with_an_example(dragoman: Command) -> None:
    top = dragoman("--help")
    assert top.status == 0
    for verb in VERBS:
        assert verb in top.out
        done = dragoman(verb, "--help")
        assert done.status == 0
        assert f"dragoman {verb}" in done.out.split("╯")[-1] or f"dragoman\n {verb}" in done.out.split("╯")[-1]


def test_the_version(dragoman: Command) -> None:
    assert re.fullmatch(r"dragoman \d+\.\d+\.\d+\n", dragoman("--version").out)


def test_a_sentence_is_answered_in_memory(dragoman: Command, tmp_path: Path) -> None:
    done = dragoman("read", SENTENCE)
    assert (done.status, done.err) == (0, "")
    assert "CONSULT" in done.out
    assert "NOR" in done.out
    assert list(tmp_path.iterdir()) == []


def test_a_sentence_is_kept_where_a_record_is_named(dragoman: Command, tmp_path: Path) -> None:
    assert dragoman("read", SENTENCE, "--record", "news.duckdb", "--published", "2021-05-04").status == 0
    with Record.open(tmp_path / "news.duckdb", read_only=True) as record:
        (article,) = record.articles()
    assert (article.text, str(article.published), article.published_basis) == (SENTENCE, "2021-05-04", "given")


@pytest.mark.parametrize("form", ["--json", "--csv"])
def test_what_is_read_is_what_the_record_then_lists(form: str, dragoman: Command) -> None:
    told = dragoman("read", SENTENCE, "--record", "news.duckdb", form)
    assert told.status == 0
    assert told.out == dragoman("events", form, "--record", "news.duckdb").out
    assert told.out == dragoman("read", SENTENCE, form).out


def test_a_folder_is_read_and_what_failed_is_listed(kept: Path, dragoman: Command) -> None:
    listed = dragoman("show", "--record", kept)
    assert "Kenyan foreign minister in Mogadishu" in listed.out
    assert "Canada and Australia sanction Myanmar" in listed.out
    failures = json.loads(dragoman("failures", "--json", "--record", kept).out)
    assert [(row["source"], row["kind"], row["reason"]) for row in failures] == [
        ("missing.txt", "source", "no such file")
    ]
    assert "missing.txt" in dragoman("failures", "--record", kept).out


def test_an_article_is_shown_by_the_beginning_of_its_id_and_by_its_file(kept: Path, dragoman: Command) -> None:
    with Record.open(kept, read_only=True) as record:
        article = next(each for each in record.articles() if "Mogadishu" in (each.title or ""))
    by_id = dragoman("show", article.id[:10], "--record", kept)
    by_file = dragoman("show", EXAMPLES / "visit-kenya-somalia.html")
    assert by_id.status == by_file.status == 0
    assert by_id.out == by_file.out
    assert "[1]" in by_id.out
    assert "\x1b" not in by_id.out
    shown = " ".join(re.sub(r"\[\d+\]", "", by_id.out).split())
    assert all(" ".join(paragraph.text.split()) in shown for paragraph in article.paragraphs)


def test_why_an_event_is_as_it_is_by_its_number_and_by_its_id(kept: Path, dragoman: Command) -> None:
    with Record.open(kept, read_only=True) as record:
        event = next(each for each in record.events() if len(each.reports) == 1)
        report = event.reports[0]
        sentence = record.article(report.article).text[report.sentence.start : report.sentence.end]
    by_id = dragoman("show", "--why", event.id, "--record", kept)
    assert dragoman("show", event.id, "--record", kept) == by_id
    by_number = dragoman("show", report.article, "--why", report.sequence + 1, "--record", kept)
    assert by_id.status == by_number.status == 0
    assert by_id.out == by_number.out
    shown = " ".join(by_id.out.split())
    assert " ".join(sentence.split()) in shown
    assert report.category in shown and " ROOT " in shown
    assert all(reason.rule.split()[0] in shown for reason in report.reasons)


def test_why_other_texts_tell_of_an_event_and_which_versions_a_story_has(tmp_path: Path, dragoman: Command) -> None:
    path = tmp_path / "r.duckdb"
    with Record.open(path) as record:
        record.add_many(READINGS)
        event = next(event for event in record.events() if event.stories == 2)
    why = dragoman("show", "--why", event.id, "--record", path)
    assert why.status == 0 and "the same event, because" in why.out and "both name NOR, PRT" in why.out
    article = dragoman("show", "copy", "--record", path)
    assert "2 versions of one story, credited to wire agency" in article.out


def test_why_of_an_event_that_is_not_there(kept: Path, dragoman: Command) -> None:
    by_number = dragoman("show", EXAMPLES / "visit-kenya-somalia.html", "--why", "999")
    assert by_number.status == 2 and "999" in by_number.err
    by_id = dragoman("show", "--why", "nosuchevent", "--record", kept)
    assert by_id.status == 1 and "no event 'nosuchevent'" in by_id.err


def test_the_list_of_events_is_the_export_in_another_order(kept: Path, dragoman: Command, tmp_path: Path) -> None:
    assert dragoman("export", "--to", "plover", "out", "--record", kept).status == 0
    lines = (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    listed = events(dragoman, "--record", kept)
    assert sorted(map(json.dumps, listed)) == sorted(json.dumps(json.loads(line)) for line in lines)
    rows = list(csv.DictReader(io.StringIO(dragoman("events", "--csv", "--record", kept).out)))
    assert [row["id"] for row in rows] == [row["id"] for row in listed]


def test_filters_leave_what_meets_them(kept: Path, dragoman: Command) -> None:
    everything = events(dragoman, "--record", kept)

    def parties(row: dict[str, Any]) -> set[str]:
        return {party["code"] for party in row["actor"] + row["recipient"]}

    between = events(dragoman, "--between", "Kenya", "SOM", "--record", kept)
    assert between == [row for row in everything if {"KEN", "SOM"} <= parties(row)] != []
    consult = events(dragoman, "--event", "consult", "--record", kept)
    assert consult == [row for row in everything if row["event"] == ["CONSULT"]] != []
    happened = events(dragoman, "--status", "happened", "--record", kept)
    assert happened == [row for row in everything if not row["auxiliary_mode"]] != []
    early = events(dragoman, "--to", "2015", "--record", kept)
    assert early == [row for row in everything if row.get("date", "9999") < "2016"]


def test_the_table_names_the_article_of_each_event(kept: Path, dragoman: Command) -> None:
    done = dragoman("events", "--between", "KEN", "SOM", "--record", kept)
    listed = events(dragoman, "--between", "KEN", "SOM", "--record", kept)
    assert listed[0]["text_info"]["article"][:8] in done.out


def test_colour_is_for_terminals_and_for_those_who_want_it(tmp_path: Path) -> None:
    arguments = ("show", EXAMPLES / "visit-kenya-somalia.html")
    plain = finish(start(*arguments, folder=tmp_path))
    forced = finish(start(*arguments, folder=tmp_path, FORCE_COLOR="1", TERM="xterm-256color"))
    refused = finish(start(*arguments, folder=tmp_path, FORCE_COLOR="1", TERM="xterm-256color", NO_COLOR="1"))
    assert "\x1b" not in plain.out
    assert COLOUR.search(forced.out)
    assert not COLOUR.search(refused.out)


def test_a_report_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[2Jb\x07\r\u202ec\nd\u00a0é") == "a�[2Jb���c\nd\u00a0é"


def test_figures_of_a_task_as_json_with_its_predictions(dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "tree.conllu").write_text(TREE, encoding="utf-8")
    done = dragoman("evaluate", "parse", "tree.conllu", "--json", "--predictions", "said.jsonl")
    figures = json.loads(done.out)
    assert done.status == 0
    assert all(0 <= figures[name] <= 1 for name in ("uas", "las", "upos", "lemma"))
    assert figures["counts"] == {"sentences": 1, "words": 5}
    assert len((tmp_path / "said.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    assert "las" in dragoman("evaluate", "parse", "tree.conllu").out
