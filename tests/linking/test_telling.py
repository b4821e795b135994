"""Two tellings side by side: the same both ways, and what speaks against their being one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from dragoman.linking.telling import Telling, compare, content_words, days_of, model, places_of, reason
from tellings import DAY, telling, tellings

LATER = DAY + timedelta(days=2)


@given(tellings(), tellings())
def test_two_tellings_compare_the_same_both_ways(one: Telling, other: Telling) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there.days, there.place, there.parties, there.features) == (
        back.days, back.place, back.parties, back.features,
    )  # fmt: skip
    assert (there.against is None) == (back.against is None)
    assert all(-1 <= value <= 1.0000001 for value in there.features.values())


@given(tellings(), tellings())
def test_how_likely_is_a_share_and_nothing_where_something_speaks_against_it(one: Telling, other: Telling) -> None:
    compared = compare(one, other)
    likely = model().likely(compared)
    assert 0 <= likely <= 1
    assert likely == 0 or compared.against is None


def test_every_weight_is_of_a_feature() -> None:
    assert set(model().weights) == set(compare(telling(), telling("e2")).features)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"category": "ASSAULT"}, "the one is CONSULT, the other ASSAULT"),
        ({"auxiliary": {"future"}}, "the one is told as future, the other is not"),
        ({"first": LATER, "last": LATER}, "their days contradict each other"),
        ({"recipients": {"KEN"}}, "each has a party that the other has not"),
    ],
)
def test_what_speaks_against_one_event(fields: dict[str, object], why: str) -> None:
    compared = compare(telling(), telling("e2", **fields))
    assert (compared.against, compared.features) == (why, {})


def test_the_same_act_the_other_way_round_is_another_event() -> None:
    there = telling(category="ASSAULT")
    back = telling("e2", category="ASSAULT", actors={"PRT"}, recipients={"NOR"})
    assert compare(there, back).against == "what the one does is done to it in the other"
    assert compare(telling(), telling("e2", actors={"PRT"}, recipients={"NOR"})).against is None


def test_what_one_article_tells_twice_is_two() -> None:
    one, other = telling(articles={"a", "b"}), telling("e2", articles={"b"}, stories={"e1"})
    assert compare(one, other).against == "one article tells of both"


def test_whom_an_analyst_split_is_nobody_else_elsewhere() -> None:
    one = telling(persons={"person:a"})
    other = telling("e2", persons={"person:a~1"}, split={("person:a", "person:a~1")})
    assert compare(one, other).against == compare(other, one).against == "an analyst says that their persons are two"
    assert compare(other, telling("e3", persons=other.persons, split=other.split)).against is None
    copies = (replace(one, stories=frozenset({"s"})), replace(other, stories=frozenset({"s"})))
    assert compare(*copies).against == "an analyst says that their persons are two"


def test_a_party_that_one_of_them_leaves_out_speaks_against_nothing() -> None:
    assert compare(telling(), telling("e2", recipients=set())).against is None


def test_the_same_words_in_two_versions_of_a_story_outweigh_the_days() -> None:
    late = telling("e2", stories={"e1"}, first=LATER, last=LATER)
    compared = compare(telling(), late)
    assert compared.against is None
    assert "versions of one story" in reason(telling(), late, compared)
    assert "on other days, but in the same words" in reason(telling(), late, compared)


def test_another_cue_in_the_same_sentence_of_two_versions_outweighs_nothing() -> None:
    late = telling("e2", stories={"e1"}, first=LATER, last=LATER, cue_text="telephoned")
    assert compare(telling(), late).against == "their days contradict each other"


def test_days_a_day_apart_are_near_and_news_without_a_day_is_recent() -> None:
    next_day = DAY + timedelta(days=1)
    assert days_of(telling(), telling("e2", first=next_day, last=next_day)) == "near"
    undated = telling("e2", first=None, last=None, published=next_day)
    assert undated.stretch == (date(2026, 3, 1), next_day)
    assert days_of(telling(), undated) == "near"
    assert days_of(telling(), telling("e2", first=None, last=None, published=None)) == "unknown"
    assert telling(first=None, last=None, auxiliary={"historical"}).stretch is None


def test_a_place_and_its_country_do_not_differ() -> None:
    oslo, norway = telling(place="Oslo", country="NOR"), telling("e2", place="Norway", country="NOR")
    assert places_of(oslo, norway) == "unknown"
    assert places_of(oslo, telling("e2", place="Lisbon", country="PRT")) == "differs"


def test_the_likeliest_are_those_that_agree_in_all() -> None:
    same = telling("e2")
    other = telling("e2", words={"planes"}, context={"planes"}, cue=(-10, 20, 5), sentence=(7, -6, 0), company={"NOR"})
    assert model().likely(compare(telling(), same)) > model().pair > model().likely(compare(telling(), other))


def test_words_that_mean_something_are_long_or_numbers() -> None:
    assert content_words("The 12 Ministers met in Oslo") == {"12", "ministers", "oslo"}
