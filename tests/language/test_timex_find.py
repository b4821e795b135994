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
from dragoman.language.timex_find import begins, find, mend
from dragoman.language.timex_patterns import compiled

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
    ("sentence", "found"),
    [
        ("They meet again next November, on the first of July and on the 25th of this month.",
         [("next November", "DATE"), ("the first of July", "DATE"), ("the 25th of this month", "DATE")]),
        ("Talks ran from 3 to 5 May, then from June 7-9.", [("3 to 5 May", "DATE"), ("June 7-9", "DATE")]),
        ("They arrived on May 3 and 4.", [("May 3", "DATE"), ("4", "DATE")]),
        ("On May 3 and 40 others, no word came.", [("May 3", "DATE")]),
        ("The 11 September attacks and the 3rd of May.", [("11 September", "DATE"), ("the 3rd of May", "DATE")]),
        ("In the late 2000s, as in the seventies, the frontier was shut for decades.",
         [("the late 2000s", "DATE"), ("the seventies", "DATE"), ("decades", "DURATION")]),
        ("He lived there for years and left in the winter of nineteen ninety-four.",
         [("years", "DURATION"), ("the winter of nineteen ninety-four", "DATE")]),
        ("By the year two thousand, or in a year or two, they will agree.",
         [("the year two thousand", "DATE"), ("a year or two", "DURATION")]),
        ("Two days before the vote and three weeks after it, shots were fired.",
         [("Two days", "DURATION"), ("three weeks", "DURATION")]),
        ("In the past three months and in recent weeks prices doubled; in past years they fell.",
         [("the past three months", "DURATION"), ("recent weeks", "DURATION"), ("past years", "DATE")]),
        ("Sales fell in the fourth quarter of fiscal 2020, in Q2 2021 and in the year ended March 31.",
         [("the fourth quarter of fiscal 2020", "DATE"), ("Q2 2021", "DATE"), ("the year", "DURATION"),
          ("March 31", "DATE")]),
        ("Exports rose from those of the same period last year, and of a year earlier.",
         [("the same period last year", "DATE"), ("a year earlier", "DATE")]),
        ("The second half of 2020 was calm; the end of last year was not.",
         [("The second half of 2020", "DATE"), ("the end of last year", "DATE")]),
        ("A year ago today the pact, in force until 2025 or later, was signed by year's end.",
         [("A year ago today", "DATE"), ("2025 or later", "DATE"), ("year's end", "DATE")]),
        ("The next morning the airport reopened; an hour later it shut for some time.",
         [("The next morning", "TIME"), ("an hour", "DURATION"), ("some time", "DURATION")]),
        ("They meet every two years, every quarter and three times a week, at 5 million a year.",
         [("every two years", "SET"), ("every quarter", "SET"), ("three times a week", "SET"), ("a year", "SET")]),
        ("After eight trading days and a minute and a half of silence it closed.",
         [("eight trading days", "DURATION"), ("a minute and a half", "DURATION")]),
        ("It will one day be over, in the near term.", [("one day", "DATE"), ("the near term", "DATE")]),
        ("The boy is a 6-year-old, she is 54 years old, and the two-year-olds sleep.", []),
        ("It ran over three years.", [("three years", "DURATION")]),
    ],
)  # fmt: skip
def test_expressions_of_the_news(sentence: str, found: list[tuple[str, str]]) -> None:
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


WORDS = st.sampled_from(
    [
        *("the", "a", "an", "last", "next", "this", "that", "past", "first", "earlier", "ago", "to", "and", "of"),
        *("for", "in", "or", "so", "or two", "later", "every", "other", "at least", "about", "nearly", "couple of"),
        *("year", "years", "weeks", "quarter", "half", "century", "night", "weekend", "trading", "fiscal", "same"),
        *("Friday", "May", "Sept.", "Christmas", "Eve", "summer", "seventies", "midnight", "p.m.", "GMT", "now", "Q2"),
        *("3", "31", "10:30", "1998", "'80s", "two", "nineteen", "eighty-four", "2019-05-03", "million", "-", ",", "."),
        *("envoy", "talks", "ended", "year's", "end", "period", "yesterday", "recent", "coming", "the morning"),
    ]
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_where_expressions_can_begin_is_known(text: str) -> None:
    """Trying the patterns at the openers alone finds what they find anywhere in the text."""
    anywhere = {
        match.start()
        for kind, pattern in compiled()
        for at in range(len(text))
        if (match := pattern.match(text, at)) is not None
    }
    assert anywhere <= set(begins(text))


def records(fold_zero: bool) -> list[dict[str, object]]:
    if not CORPUS.is_dir():
        pytest.skip("the TimeML corpora are not beside the checkout")
    lines: list[str] = []
    for name in ("timebank", "aquaint"):
        with gzip.open(CORPUS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            lines += list(file)
    return [record for record in map(json.loads, lines) if (fold_of(record["id"]) == 0) == fold_zero]


@pytest.mark.parametrize(("fold_zero", "strict"), [(False, 0.89), (True, 0.84)])
def test_floors_on_the_public_corpora(fold_zero: bool, strict: float) -> None:
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
    assert harmonic(hits / found, hits / gold) > strict
    assert right / gold > 0.75
