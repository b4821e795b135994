"""The plain form of expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DataError
from dragoman.language.timex_words import prepare, words

SMALL = list(words("numbers"))
ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]


def said(number: int) -> str:
    """The number in words, with "and" and hyphens, as a writer puts it."""
    if number >= 1000:
        rest = number % 1000
        return f"{said(number // 1000)} thousand" + (f" {said(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f" and {said(rest)}" if rest else "")
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return TEENS[number - 10] if number >= 10 else ONES[number]


@given(st.integers(1, 9999))
def test_numbers_in_words_become_digits(number: int) -> None:
    assert prepare(f"{said(number)} years") == f"{number} years"


@given(st.integers(1, 2).map(lambda step: 1800 + 100 * step), st.integers(10, 99))
def test_years_said_in_pairs(hundreds: int, rest: int) -> None:
    assert prepare(f"{said(hundreds // 100)} {said(rest)}") == str(hundreds + rest)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("the twenty-first of Sept., 1998", "the 21th of september 1998"),
        ("a minute and a half", "1.5 minutes"),
        ("2 1/2 yrs", "2.5 years"),
        ("half an hour", "0.5 hour"),
        ("10 p.m. Wed.", "10 pm wednesday"),
        ("the 1980's", "the 1980s"),
        ("the year’s end", "the year end"),
        ("second-quarter", "2th quarter"),
        ("sixty seconds", "60 seconds"),
        ("the last second", "the last second"),
        ("2,000 years", "2000 years"),
        ("(1954–1962)", "1954-1962"),
    ],
)
def test_spellings_are_made_one(text: str, plain: str) -> None:
    assert prepare(text) == plain


def test_an_unknown_section_is_named() -> None:
    with pytest.raises(DataError, match="no such list"):
        words("no such list")
