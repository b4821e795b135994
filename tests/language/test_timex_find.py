"""Spans found by rule."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.evaluation.task import fold_of, harmonic
from dragoman.language.timex import normalise
from dragoman.language.timex_find import find, mend

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "timeml"


def texts(sentence: str) -> list[tuple[str, str]]:
    return [(sentence[start:end], kind) for start, end, kind in find(sentence)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The envoy arrived on Thursday.", [("Thursday", "DATE")]),
        ("Talks resume on the first of next November.", [("the first of next November", "DATE")]),
        ("He took office on Feb. 3, 2006.", [("Feb. 3, 2006", "DATE")]),
        ("The war (1954-1962) ended it.", [("1954-1962", "DATE")]),
        ("They last met in April.", [("April", "DATE")]),
        ("She left two days ago.", [("two days ago", "DATE")]),
        ("The past three years were hard.", [("The past three years", "DURATION")]),
        ("A five-year accord was signed.", [("five-year", "DURATION")]),
        ("It ended at 10 p.m. Wednesday.", [("10 p.m. Wednesday", "TIME")]),
        ("In the mid-1990s trade doubled every year.", [("the mid-1990s", "DATE"), ("every year", "SET")]),
        ("The pact of 1954 lapsed last week.", [("1954", "DATE"), ("last week", "DATE")]),
        ("The minister, 54 years old, may march to the bank with $1995.", []),
    ],
)  # fmt: skip
def test_borders_follow_timebank(sentence: str, found: list[tuple[str, str]]) -> None:
    assert texts(sentence) == found


@pytest.mark.parametrize(
    ("span", "mended"),
    [("On Thursday,", "Thursday"), ("in the past year", "the past year"), ("Thursday", "Thursday"), ("(1954)", "1954"),
     ("on", "on"), ("10 a.m.", "10 a.m.")],
)  # fmt: skip
def test_borders_are_mended(span: str, mended: str) -> None:
    text = f"X {span} Y"
    start, end = mend(text, 2, 2 + len(span))
    assert text[start:end] == mended


@given(st.text(max_size=200))
def test_spans_are_in_order_within_the_text_and_apart(text: str) -> None:
    last = 0
    for start, end, kind in find(text):
        assert last <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        assert kind in ("DATE", "TIME", "DURATION", "SET")
        last = end


def records(fold_zero: bool) -> list[dict[str, object]]:
    if not CORPUS.is_dir():
        pytest.skip("the TimeML corpora are not beside the checkout")
    lines: list[str] = []
    for name in ("timebank", "aquaint"):
        with gzip.open(CORPUS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            lines += list(file)
    return [record for record in map(json.loads, lines) if (fold_of(record["id"]) == 0) == fold_zero]


@pytest.mark.parametrize("fold_zero", [False, True])
def test_floors_on_the_public_corpora(fold_zero: bool) -> None:
    hits = found = gold = right = 0
    for record in records(fold_zero):
        said = {(start, end) for start, end, _ in find(str(record["text"]))}
        wanted = {(each["start"], each["end"]): each for each in record["timexes"]}  # type: ignore[attr-defined]
        hits, found, gold = hits + len(said & wanted.keys()), found + len(said), gold + len(wanted)
        anchor = date.fromisoformat(str(record["dct"])[:10])
        values = [
            (normalise(each["text"], anchor=anchor, type=each["type"]), each["value"]) for each in wanted.values()
        ]
        right += sum(value is not None and value.value == expected for value, expected in values)
    assert harmonic(hits / found, hits / gold) > 0.75
    assert right / gold > 0.75
