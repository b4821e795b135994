"""Deeds of force as dispatches tell them: whoever is harmed, held, stopped or marched against, in any voice."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.model import Party, Report

DISPATCH = (
    "VALLETTA, May 4 - Malta protested to Libya on Monday over the seizure of a Maltese trawler. Libya rejected the "
    "protest. Malta's foreign minister, Carla Zerafa, met the Libyan ambassador and demanded that Tripoli free the "
    "crew. Libya accused Malta of fishing in Libyan waters. {} Malta and Libya signed a fisheries accord in 2013, and "
    "Libyan officials visited Malta in March."
)


def told(sentence: str) -> list[Report]:
    """The events that a dispatch tells in a sentence put into it."""
    text = DISPATCH.format(sentence)
    start = text.index(sentence)
    found = dragoman.read(text).events
    return [e for e in found if start <= e.sentence.start < start + len(sentence)]


def codes(parties: tuple[Party, ...]) -> list[str | None]:
    return [p.code for p in parties]


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("A Maltese helicopter was fired upon near Tripoli.", "ASSAULT"),
        ("Two Maltese sailors were hurt in the shootout.", "ASSAULT"),
        ("Three Maltese sailors lost their lives in a Libyan incursion.", "ASSAULT"),
        ("Libyan rockets set a Maltese ship ablaze.", "ASSAULT"),
        ("Libyan soldiers sustained wounds.", "ASSAULT"),
        ("Libyan gunmen made off with two Maltese engineers.", "ASSAULT"),
        ("Libya rained shells on the Maltese ship.", "ASSAULT"),
        ("Libya retaliated with a volley of rockets at the Maltese ship.", "ASSAULT"),
        ("Libya subjected the Maltese ship to shelling.", "ASSAULT"),
        ("Libyan soldiers sank a Maltese trawler.", "ASSAULT"),
        ("Libya pressed on with its offensive in Malta.", "ASSAULT"),
        ("An attack on a Maltese village left two people dead.", "ASSAULT"),
        ("Libyan militants mutilated two Maltese sailors.", "ASSAULT"),
        ("Malta condemned the lynching of two Maltese sailors by Libyan militants.", "ACCUSE"),
        ("Libyan soldiers blindfolded two Maltese sailors.", "COERCE"),
        ("Malta is pushing Libyan migrants over the border.", "COERCE"),
        ("Maltese sailors were forbidden to leave Libya.", "COERCE"),
        ("Libya has doubled its contingent on the Maltese border.", "MOBILIZE"),
        ("Libyan soldiers broke into the Maltese embassy.", "COERCE"),
        ("Libya shut its border posts with Malta.", "COERCE"),
        ("Libya declared a blockade of Malta.", "COERCE"),
        ("Maltese fishermen were led away in handcuffs.", "COERCE"),
        ("Libya dumped Maltese migrants in the desert.", "COERCE"),
        ("The Libyan navy impeded the passage of Maltese ships.", "COERCE"),
        ("A Libyan court handed a Maltese sailor three years.", "COERCE"),
        ("Libya rushed two companies to the border with Malta.", "MOBILIZE"),
        ("Malta detected six Libyan military aircraft near the island.", "MOBILIZE"),
        ("Libyan soldiers combed the hills for Maltese smugglers.", "MOBILIZE"),
        ("Libyan ships encircled Malta.", "MOBILIZE"),
        ("Libyan soldiers fired warning shots at a Maltese trawler.", "MOBILIZE"),
        ("Maltese fishermen scaled the fence of the Libyan embassy.", "PROTEST"),
        ("Maltese fishermen chained themselves to the gate of the Libyan embassy.", "PROTEST"),
        ("Maltese students rallied before the Libyan mission.", "PROTEST"),
        ("Maltese students marched toward the Libyan embassy.", "PROTEST"),
    ],
)
def test_what_force_does(sentence: str, category: str) -> None:
    assert category in [e.category for e in told(sentence)]


def test_what_is_said_to_have_been_done_is_done_to_the_subject_above_the_infinitive() -> None:
    (event,) = told("Three Maltese sailors are believed to have been kidnapped.")
    assert (event.category, codes(event.recipients)) == ("ASSAULT", ["MLT"])


def test_a_plot_by_somebody_is_his_who_is_to_carry_it_out() -> None:
    found = told("Malta uncovered a plan by Libyan agents to bomb the Maltese embassy.")
    assert [codes(e.actors) for e in found if e.category == "ASSAULT"] == [["LBY"]]


@pytest.mark.parametrize(
    "sentence",
    ["Tripoli sent the army to the coast.", "Libya's president ordered the army to the coast."],
)
def test_the_forces_that_a_state_moves_are_its_own(sentence: str) -> None:
    (event,) = told(sentence)
    assert (event.category, codes(event.actors)) == ("MOBILIZE", ["LBY"])
    assert "MLT" not in codes(event.recipients)


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("Libyan soldiers boarded a Maltese-owned tanker.", "LBY"),
        ("The Maltese side's drones attacked the port of Tripoli.", "MLT"),
    ],
)
def test_whose_a_thing_is(sentence: str, actor: str) -> None:
    (event,) = told(sentence)
    assert codes(event.actors) == [actor]
    assert codes(event.recipients) == [{"LBY": "MLT", "MLT": "LBY"}[actor]]


def test_what_is_hit_lies_where_the_name_before_it_says() -> None:
    (event,) = told("Drones attacked Benghazi port.")
    assert (event.category, codes(event.recipients)) == ("ASSAULT", ["LBY"])


def test_they_are_of_the_noun_they_stand_for() -> None:
    found = told("Maltese farmers gathered at the harbour. They sealed the road to the Libyan ferry.")
    assert [e.category for e in found if "sealed" in e.cue_text] == ["PROTEST"]


def test_a_report_is_of_the_states_whose_things_it_tells_of() -> None:
    report = (
        "SANAA - The Houthi group targeted a British cargo ship in the strait, its spokesman said on Monday. The ship "
        "was in danger of sinking, he said, adding that an American drone was shot down the same day. British and "
        "American aircraft pounded launch sites of the group overnight. The group vowed to keep on firing at vessels "
        "linked with Israel."
    )
    found = {(e.category, e.cue_text) for e in dragoman.read(report).events}
    assert ("ASSAULT", "targeted") in found
    assert ("ASSAULT", "shot") in found


def test_whose_forces_bomb_is_told_by_the_forces_not_by_what_they_bomb() -> None:
    (event,) = told("Libyan jets bombed a Maltese village.")
    assert (codes(event.actors), codes(event.recipients)) == (["LBY"], ["MLT"])


def test_what_a_spokesman_calls_its_own_is_his_state_s() -> None:
    found = told("A Libyan army spokesman denied that its aircraft had entered Maltese airspace.")
    assert [codes(e.actors) for e in found if e.category == "MOBILIZE"] == [["LBY"]]


def test_them_are_the_people_named_before() -> None:
    found = told("Maltese traders said they were beaten by Libyan gendarmes.")
    assert [(e.category, codes(e.actors), codes(e.recipients)) for e in found] == [("ASSAULT", ["LBY"], ["MLT"])]
