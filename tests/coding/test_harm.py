"""Tests for :mod:`dragoman.coding.harm`."""

from __future__ import annotations

from make_docs import reading

FLOOD = "Floods/NNS/2/nsubj hit/VBD/0/root Peru/NNP/2/obj/LOC ././2/punct"
RAID = "Rebels/NNS/2/nsubj attacked/VBD/0/root Peru/NNP/2/obj/LOC ././2/punct"
DEAD = "Ten/CD/3/nummod Peruvian/JJ/3/amod soldiers/NNS/5/nsubj:pass were/VBD/5/aux:pass killed/VBN/0/root ././5/punct"
BY_REBELS = DEAD.replace("././5/punct", "by/IN/7/case rebels/NNS/5/obl:agent ././5/punct")


def assaults(*sentences: str) -> int:
    return sum(report.category == "ASSAULT" and "killed" in report.cue_text for report in reading(*sentences).reports)


def test_the_dead_of_a_flood_are_nobodys_deed() -> None:
    assert not assaults(FLOOD, DEAD)


def test_the_dead_of_a_raid_are() -> None:
    assert assaults(RAID, DEAD) == assaults(FLOOD, RAID, DEAD) == 1


def test_whoever_kills_amid_a_flood_kills() -> None:
    assert assaults(FLOOD, BY_REBELS) == 1


def test_a_storm_with_a_name_is_a_storm() -> None:
    storm = (
        "Cyclone/NNP/2/compound Ada/NNP/3/nsubj killed/VBD/0/root ten/CD/6/nummod Peruvian/JJ/6/amod soldiers/NNS/3/obj"
    )
    assert not assaults(storm)
