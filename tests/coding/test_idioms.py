"""Cues of several words, and where a parse may hang their parts."""

from __future__ import annotations

import pytest

from make_docs import reading

OFF = (
    "Peru/NNP/2/nsubj/LOC shrugged/VBD/0/root off/RP/5/case the/DT/5/det threat/NN/2/obl from/IN/7/case "
    "Chile/NNP/5/nmod/LOC ././2/punct"
)
AWAY = (
    "Peru/NNP/2/nsubj/LOC walked/VBD/0/root away/RB/2/advmod from/IN/6/case the/DT/6/det talks/NNS/3/obl "
    "with/IN/8/case Chile/NNP/6/nmod/LOC ././2/punct"
)
PAPER = (
    "Peru/NNP/2/nsubj/LOC issued/VBD/0/root a/DT/4/det statement/NN/2/obj condemning/VBG/4/acl "
    "Chile/NNP/5/obj/LOC ././2/punct"
)
NO = "Peru/NNP/2/nsubj/LOC said/VBD/0/root no/DT/2/obj to/IN/5/case Chile/NNP/3/nmod/LOC ././2/punct"
FOUL = "Peru/NNP/2/nsubj/LOC laid/VBD/0/root the/DT/4/det blame/NN/2/obj on/IN/6/case Chile/NNP/2/obl/LOC ././2/punct"


@pytest.mark.parametrize(
    ("sentence", "category"), [(OFF, "REJECT"), (AWAY, "REJECT"), (NO, "REJECT"), (PAPER, "ACCUSE"), (FOUL, "ACCUSE")]
)
def test_the_phrase_is_one_act_between_the_two(sentence: str, category: str) -> None:
    found = [r for r in reading(sentence).reports if r.category == category]
    assert [([p.code for p in r.actors], [p.code for p in r.recipients]) for r in found] == [(["PER"], ["CHL"])]


def test_who_denies_what_he_did_accuses_nobody() -> None:
    denial = (
        "Peru/NNP/2/nsubj/LOC denied/VBD/0/root that/IN/6/mark Chile/NNP/6/nsubj/LOC had/VBD/6/aux "
        "betrayed/VBN/2/ccomp Mali/NNP/6/obj/LOC ././2/punct"
    )
    assert "ACCUSE" in {r.category for r in reading(denial.replace("denied", "said")).reports}
    assert "ACCUSE" not in {r.category for r in reading(denial).reports}
