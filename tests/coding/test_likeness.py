"""Words that nobody listed are cues where they resemble a category enough, between parties, and tell something new."""

import pytest

import dragoman
from dragoman.coding.likeness import RULE
from dragoman.ontology.cues import load_cues

UNLISTED = ("butcher", "VERB")


def told(sentence: str) -> list[tuple[str, list[str], list[str], str]]:
    found = dragoman.read(sentence).events
    return [
        (e.category, [p.code or "" for p in e.actors], [p.code or "" for p in e.recipients], e.reasons[0].rule)
        for e in found
    ]


def test_the_word_is_in_no_list() -> None:
    assert load_cues().find(*UNLISTED) == ()


def test_an_unlisted_verb_between_two_countries_is_an_event_and_says_by_what() -> None:
    (found,) = told("Chadian troops butchered Nigerien soldiers on Monday.")
    assert found == ("ASSAULT", ["TCD"], ["NER"], RULE)


@pytest.mark.parametrize(
    "sentence",
    ["Norway's prime minister walked along the river on Monday.", "Chile's economy grew by two percent in 2019."],
)
def test_a_word_of_no_category_is_none(sentence: str) -> None:
    assert told(sentence) == []


def test_a_listed_cue_of_the_same_parties_is_enough() -> None:
    found = told("Chadian troops attacked Nigerien soldiers, butchering them at their post.")
    assert [each[0] for each in found] == ["ASSAULT"] and found[0][3] != RULE
