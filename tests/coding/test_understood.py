"""What a short dispatch between states tells though it leaves a party to be understood."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.model import Event

DISPATCH = (
    "VALLETTA, May 4 - Malta protested to Libya on Monday over the seizure of a Maltese trawler. Libya rejected the "
    "protest. Malta's foreign minister, Carla Zerafa, met the Libyan ambassador and demanded that Tripoli free the "
    "crew. Libya accused Malta of fishing in Libyan waters. {} Malta and Libya signed a fisheries accord in 2013, and "
    "Libyan officials visited Malta in March."
)


def told(sentence: str) -> list[Event]:
    """The events that a dispatch tells in a sentence put into it."""
    text = DISPATCH.format(sentence)
    start = text.index(sentence)
    found = dragoman.read(text).events
    return [e for e in found if start <= e.sentence.start < start + len(sentence)]


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("A missile hit a farmer's house near the port.", "ASSAULT"),
        ("An investment fund threatened on Friday to take the case to court.", "THREATEN"),
    ],
)
def test_the_act_is_told_without_its_other_party(sentence: str, category: str) -> None:
    assert category in [e.category for e in told(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dust storms attacked the coast.",
        "The crews that fight the waves are tired.",
        "Oil prices retreated on Tuesday.",
        "Rescuers with dogs are fighting against time.",
    ],
)
def test_what_cannot_act_or_be_harmed_makes_no_event(sentence: str) -> None:
    assert told(sentence) == []


def test_an_act_of_nobody_on_nobody_is_not_told() -> None:
    assert told("A missile hit a house near the port.") == []


def test_whose_own_troops_are_moved_moves_them() -> None:
    (found,) = told("Libyan troops were pulled out of Malta on Sunday.")
    assert [party.code for party in found.actors] == ["LBY"]


def test_who_sends_what_acts_acts_by_it() -> None:
    found = told("Libya sent two helicopters, which bombed a village.")
    assert [[p.code for p in e.actors] for e in found if e.category == "ASSAULT"] == [["LBY"]]


def test_whose_a_thing_is_acts_by_it() -> None:
    found = told("Malta condemned Libya, whose patrols had seized six Maltese boats.")
    assert [[p.code for p in e.actors] for e in found if e.category in ("COERCE", "ASSAULT")] == [["LBY"]]


def test_who_goes_somewhere_and_is_driven_off_is_whom_it_is_done_to() -> None:
    found = told("Maltese fishermen entered the bay and were driven off.")
    assert [[p.code for p in e.recipients] for e in found if e.category == "COERCE"] == [["MLT"]]


def test_a_sentence_by_itself_leaves_nobody_to_be_understood() -> None:
    assert list(dragoman.read("A missile hit a house near the port.").events) == []


def test_talks_that_lasted_hours_are_of_those_who_act_after_them() -> None:
    found = told("Zerafa and the Libyan envoy initialled a protocol after three hours of talks in Valletta.")
    assert ["LBY", "MLT"] in [sorted(str(p.code) for p in e.actors) for e in found if e.category == "CONSULT"]


def test_what_it_stands_for_is_the_object_before() -> None:
    found = told("Libya closed the crossing in April and opened it again in June.")
    assert [e.cue_text for e in found if e.category != "COERCE"]


def test_what_is_done_before_another_deed_is_a_deed_of_its_own() -> None:
    found = told("Rebels shelled a Libyan post before overrunning a Libyan village.")
    assert [e.category for e in found if e.category in ("ASSAULT", "COERCE")][1:]


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("Malta slapped a levy on Libyan dates and Libya hit back with tariffs on Maltese wine.", "SANCTION"),
        ("Libya gave two Maltese consuls 48 hours to leave the country.", "SANCTION"),
        ("Malta deposited 90 million dollars in Libya's central bank.", "AID"),
        ("Malta wrote off 12 million euros of Libyan arrears.", "AID"),
        ("Libya broke ground with Malta on a gas terminal.", "COOPERATE"),
        ("A Libyan frigate was escorted out of Maltese waters; Malta escorted a Libyan tug out of its bay.", "COERCE"),
        ("Malta has ended its dispute with Libya over the shelf.", "CONCEDE"),
        ("Malta simplified entry for Libyan patients.", "CONCEDE"),
    ],
)
def test_the_wordings_of_wires_are_acts(sentence: str, category: str) -> None:
    assert category in [e.category for e in told(sentence)]
