"""The form of ECB+, the same-lemma baseline and the clusters of mentions, on documents written for the tests."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import DataError, FormatError, SourceError
from dragoman.evaluation import TASKS, Options
from dragoman.evaluation.same_event import Gold, figures_of, read_documents
from dragoman.language import load

SENTENCES = {
    "a": ["Norway", "expelled", "two", "Chilean", "diplomats", "in", "Oslo", "."],
    "b": ["Oslo", "expelled", "the", "Chilean", "diplomats", "for", "spying", "in", "Norway", "."],
    "c": ["A", "storm", "flooded", "the", "harbour", "of", "Manila", "."],
    "d": ["Manila", "was", "flooded", "by", "a", "storm", "."],
    "e": ["The", "club", "expelled", "a", "striker", "in", "Lisbon", "."],
}
EVENTS = {"a": (1, "x"), "b": (1, "x"), "c": (2, "y"), "d": (2, "y"), "e": (2, "z")}


def document(name: str) -> dict[str, object]:
    place, chain = EVENTS[name]
    return {"id": name, "sentences": {"0": SENTENCES[name]}, "events": [{"sent": 0, "tokens": [place], "chain": chain}]}


def put(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_documents_of_a_file(tmp_path: Path) -> None:
    told = [{"sent": 10, "tokens": [0, 1], "chain": "k", "text": "C d"}, {"sent": 2, "tokens": [1], "chain": "l"}]
    row = {"id": "d", "sentences": {"10": ["C", "d", "."], "2": ["A", "b"]}, "events": told}
    found = next(read_documents(put(tmp_path / "a.jsonl", row)))
    assert found.sentences == (("A", "b"), ("C", "d", "."))
    assert found.mentions == (Gold(10, (2, 3), "k"), Gold(2, (1,), "l"))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": "a"}, "line 1: lacks 'sentences'"),
        ([1], "line 1: no document"),
        ({"id": "a", "sentences": {}, "events": []}, "no sentence"),
        ({"id": "a", "sentences": {"0": ["b"]}, "events": [{"sent": 0, "tokens": [1], "chain": "c"}]}, "not in its"),
        ({"id": "a", "sentences": {"0": ["b"]}, "events": [{"sent": 7, "tokens": [0], "chain": "c"}]}, "not in its"),
        ({"id": "a", "sentences": {"0": ["b"]}, "events": [{"sent": 0, "tokens": [], "chain": "c"}]}, "not in its"),
    ],
)
def test_a_line_of_another_form_is_named(tmp_path: Path, row: object, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        list(read_documents(put(tmp_path / "a.jsonl", row)))


def test_a_file_without_mentions_or_that_is_not_there(tmp_path: Path) -> None:
    row = {"id": "a", "sentences": {"0": ["b"]}, "events": []}
    with pytest.raises(DataError, match="no mention"):
        TASKS["same-event"].run(put(tmp_path / "a.jsonl", row), load(), Options())
    with pytest.raises(SourceError):
        TASKS["same-event"].run(tmp_path / "b.jsonl", load(), Options())


def test_a_pipeline_without_vectors_is_refused(tmp_path: Path) -> None:
    file = put(tmp_path / "a.jsonl", document("a"))
    with pytest.raises(DataError, match="vectors"):
        TASKS["same-event"].run(file, spacy.blank("en"), Options())


def test_the_words_around_a_mention_count_beside_its_lemma(tmp_path: Path) -> None:
    file = put(tmp_path / "a.jsonl", *map(document, "abcde"))
    result = TASKS["same-event"].run(file, load(), Options())
    event = {row["id"]: row["event"] for row in result.rows}
    assert event["a"] == event["b"] != event["e"]
    assert event["c"] == event["d"]
    assert result.figures["conll_f1"] == pytest.approx(1) and result.figures["lemma_conll_f1"] < 1
    assert result.counts == {"documents": 5, "mentions": 5, "events": 3}


def test_the_order_of_documents_changes_nothing(tmp_path: Path) -> None:
    names = list("abcde")
    random.Random(4).shuffle(names)
    results = [
        TASKS["same-event"].run(put(tmp_path / f"{n}.jsonl", *map(document, order)), load(), Options()).figures
        for n, order in enumerate(("abcde", names))
    ]
    assert results[0] == pytest.approx(results[1])


@settings(max_examples=30)
@given(st.dictionaries(st.integers(0, 8), st.sampled_from("xyz"), min_size=1))
def test_the_mean_is_of_the_three(chains: dict[int, str]) -> None:
    figures = figures_of(chains, {mention: mention // 2 for mention in chains})
    assert figures["conll_f1"] == pytest.approx((figures["muc_f1"] + figures["b3_f1"] + figures["ceafe_f1"]) / 3)
