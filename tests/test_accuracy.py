"""The table of accuracy figures, on small corpora of our own and on corpora that are not there."""

import json
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
import spacy
from rich.console import Console
from spacy.language import Language
from spacy.tokens import Doc, Span

from dragoman.errors import SourceError
from dragoman.evaluation import attribution, category, entities, events, parse, parties, same_event, times

sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))  # where a script finds its neighbours

import accuracy
from accuracy import MEASURES, PUBLISHED, Measure, Row, example_rows, main, recorded_rows, rows_of, table

NAMES = {
    "parse": parse.score([]).figures,
    "entities": entities.score([]).figures,
    "times": times.figures_of(Counter(gold=1)),
    "attribution": attribution.score([]).figures,
    "category": category.score([]).figures,
    "parties": parties.score([]).figures,
    "events": events.score([]).figures,
    "same-event": {**same_event.figures_of({"a": "1"}, {"a": 1}), "lemma_conll_f1": 1.0},
}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.task)
def test_every_metric_is_one_of_its_task(measure: Measure) -> None:
    assert set(measure.metrics) <= set(NAMES[measure.task])


def test_every_published_figure_stands_beside_one_of_ours() -> None:
    assert set(PUBLISHED) <= {(measure.task, metric) for measure in MEASURES for metric in measure.metrics}
    assert all(0 < each.figure < 1 and each.source for each in PUBLISHED.values())


def shown(rows: list[Row]) -> str:
    console = Console(width=250, file=StringIO())
    with console.capture() as text:
        console.print(table(rows))
    return text.get()


def test_a_corpus_that_is_not_there_is_said_to_be_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "rows.json"
    status = main(["--corpora", str(tmp_path), "--only", "category", "times", "--json", str(out)])
    rows = json.loads(out.read_text(encoding="utf-8"))
    assert status == 0
    measured = [each for each in rows if not each["how"].startswith("recorded")]
    assert [each["task"] for each in measured] == ["times"] * 3 + ["category"] * 4
    assert {(each["figure"], each["how"]) for each in measured} == {(None, "absent")}
    assert "absent" in capsys.readouterr().out


def test_a_corpus_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plv").mkdir()
    (tmp_path / "plv" / "train.tsv").write_text("sentence\tgold_root\n", encoding="utf-8")
    assert main(["--corpora", str(tmp_path), "--only", "category"]) == 2
    assert "train.tsv: line 1: no column 'marked_sentence'" in capsys.readouterr().err


@Language.component("weekdays")
def weekdays(doc: Doc) -> Doc:
    """A rule: what ends in "day" is a date."""
    doc.spans["times"] = [Span(doc, token.i, token.i + 1, "DATE") for token in doc if token.text.endswith("day")]
    return doc


def test_files_of_one_corpus_are_measured_together(tmp_path: Path) -> None:
    """Two of three gold expressions found in one file, none of one in the other: 2 hits, 2 found, 4 gold."""
    nlp = spacy.blank("en")
    nlp.add_pipe("weekdays")
    spans = [{"start": start, "end": start + 6, "type": "DATE", "value": "x"} for start in (0, 7, 14)]
    lines = [{"text": "Monday Friday autumn", "timexes": spans}, {"text": "autumn", "timexes": spans[:1]}]
    for name, line in zip("ab", lines, strict=True):
        (tmp_path / name).write_text(json.dumps({"id": "x", **line}), encoding="utf-8")
    measure = Measure("times", "two files", ("a", "b"), ("strict_f1",))
    (found,) = rows_of(measure, tmp_path, nlp)
    assert found.figure == pytest.approx(2 * 1.0 * 0.5 / 1.5)
    assert (found.how, found.published) == ("measured", PUBLISHED["times", "strict_f1"].figure)
    (missing,) = rows_of(Measure("times", "two files", ("a", "c"), ("strict_f1",)), tmp_path, nlp)
    assert (missing.figure, missing.how) == (None, "absent")


def test_recorded_figures_say_how_they_were_made(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    assert recorded_rows(path) == []
    line = {"task": "category", "data": "PLV train", "metric": "macro_f1", "figure": 0.5, "how": "mean of five folds"}
    path.write_text(json.dumps([line]), encoding="utf-8")
    (found,) = recorded_rows(path)
    assert (found.figure, found.published) == (0.5, PUBLISHED["category", "macro_f1"].figure)
    assert "PLV train (recorded: mean of five folds)" in shown([found])
    for wrong in ("{", "[1]", json.dumps([{"task": "category"}]), json.dumps([line | {"figure": "much"}])):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(SourceError, match=r"figures\.json: no list of recorded figures"):
            recorded_rows(path)


def test_recorded_figures_stand_with_their_task(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    lines = [
        {"task": task, "data": "x", "metric": "m", "figure": 0.5, "how": "y"} for task in ("events", "parties", "parse")
    ]
    path.write_text(json.dumps(lines), encoding="utf-8")
    rows = accuracy.all_rows(tmp_path, ("parties", "events"), Console(quiet=True), recorded=path)
    assert list(dict.fromkeys(each.task for each in rows)) == ["parties", "events"]
    assert [each.how for each in rows if each.data == "x"] == ["recorded: y"] * 2


def test_the_table_shows_what_is_not_known_by_a_dash() -> None:
    found = Row("parse", "a file", "uas", 0.91234, "measured")
    absent = Row("parse", "none", "las", None, "absent", 0.894, "x")
    lines = shown([found, absent]).splitlines()
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines[3:5]]
    assert cells[0] == ["parse", "a file", "uas", "0.912", "–", "–"]
    assert cells[1] == ["parse", "none", "las", "absent", "0.894", "x"]


def test_a_corpus_is_named_once_and_no_figure_is_cut_in_a_narrow_terminal() -> None:
    rows = [
        Row(task, "a file with a long name", "content_token_f1", 0.5, "measured") for task in ("times", "times", "x")
    ]
    with (console := Console(width=70, file=StringIO())).capture() as text:
        console.print(table(rows))
    assert text.get().count("a file") == 2
    assert text.get().count("content_token_f1") == text.get().count("0.500") == 3


def test_figures_of_the_examples_are_means_over_their_ledgers(monkeypatch: pytest.MonkeyPatch) -> None:
    ledgers = accuracy.example_ledgers()[:2]
    monkeypatch.setattr(accuracy, "example_ledgers", lambda: ledgers)
    rows = {each.metric: each.figure for each in example_rows()}
    assert set(rows) == {"recall", "whole", "fields", "precision", "traps"}
    assert 0.5 < (rows["recall"] or 0) <= 1
    monkeypatch.setattr(accuracy, "example_ledgers", list)
    assert {(each.figure, each.how) for each in example_rows()} == {(None, "absent")}
