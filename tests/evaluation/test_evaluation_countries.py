"""Other countries in the same words."""

from benchmarks.countries import groups
from hypothesis import given
from hypothesis import strategies as st

from dragoman.evaluation.countries import forms, swapped

SENTENCE = ["Kenyan", "envoys", "left", "Nairobi", "after", "Kenya", "accused", "Somali", "troops", "."]


def test_one_country_becomes_one_other_in_every_form() -> None:
    found = swapped(SENTENCE, lambda code: {"KEN": "NOR"}.get(code))
    assert found == ["Norwegian", "envoys", "left", "Oslo", "after", "Norway", "accused", "Somali", "troops", "."]


def test_nobody_chosen_nothing_changed() -> None:
    assert swapped(SENTENCE, lambda code: None) == SENTENCE


def test_each_country_is_asked_for_once() -> None:
    asked: list[str] = []
    swapped(SENTENCE, asked.append)
    assert sorted(asked) == sorted(set(asked)) and "KEN" in asked


@given(st.sampled_from(sorted(forms())))
def test_there_and_back_is_the_same_for_names(code: str) -> None:
    there = swapped(["Kenya"], lambda _: code)
    assert there == [forms()[code]["name"]]


@given(st.lists(st.sampled_from([*SENTENCE, "US", "Paris", "Guinea"])), st.sampled_from(sorted(forms())))
def test_as_many_words_as_before(words: list[str], code: str) -> None:
    assert len(swapped(words, lambda _: code)) == len(words)


def test_every_group_of_the_benchmark_has_countries_that_can_stand_in() -> None:
    found = groups()
    assert all(len(codes) > 10 for codes in found.values())
    assert "KEN" in found["sub-Saharan Africa"] and "NOR" in found["Europe"]
