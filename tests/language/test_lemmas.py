"""Lemma rules: what a rule is made from, it makes again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.lemmas import MAX_CUT, apply, script

LETTERS = st.text("abcdeABCDE'-|!é", max_size=12)


@given(LETTERS, LETTERS.filter(bool))
def test_a_rule_makes_the_lemma_it_was_made_from(form: str, lemma: str) -> None:
    assert apply(script(form, lemma), form) == lemma


@given(st.text(max_size=10), st.text(min_size=1, max_size=10))
def test_whatever_the_letters(form: str, lemma: str) -> None:
    assert apply(script(form, lemma), form) == lemma


@given(st.text("abcdefgh", min_size=1, max_size=8), st.sampled_from(["", "s", "ed", "ing"]))
def test_letter_case_at_the_front_does_not_change_a_lower_case_lemma(stem: str, ending: str) -> None:
    rule = script((stem + ending).capitalize(), stem)
    for form in (stem + ending, (stem + ending).capitalize(), (stem + ending).upper()):
        assert apply(rule, form) == stem


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("talks", "talk", "=|1|"),
        ("Talks", "talk", "l|1|"),
        ("SIGNED", "sign", "l|2|"),
        ("countries", "country", "=|3|y"),
        ("Nordics", "Nordic", "=|1|"),
        ("met", "meet", "=|1|et"),
        ("went", "go", "!|go"),
        ("is", "be", "!|be"),
        ("Oslo", "Oslo", "=|0|"),
        ("or", "or", "=|0|"),
    ],
)
def test_rules(form: str, lemma: str, rule: str) -> None:
    assert script(form, lemma) == rule
    assert apply(rule, form) == lemma


def test_a_name_keeps_its_case_under_a_rule_learned_from_another() -> None:
    assert apply(script("Balkans", "Balkan"), "Maldives") == "Maldive"


def test_words_of_the_same_kind_share_a_rule() -> None:
    assert script("visited", "visit") == script("warned", "warn")
    assert script("Visited", "visit") == script("WARNED", "warn")


def test_a_long_change_is_the_lemma_itself() -> None:
    form = "a" + "b" * (MAX_CUT + 1)
    assert script(form, "a") == "!|a"


def test_a_lemma_is_never_empty() -> None:
    assert apply("=|3|", "the") == "the"
    assert apply("l|5|", "The") == "the"


def test_a_rule_that_cuts_more_than_there_is_changes_no_letter() -> None:
    assert apply("=|3|y", "ab") == "ab"
