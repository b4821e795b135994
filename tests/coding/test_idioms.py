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


def test_an_earthquake_after_a_preposition_is_what_destroyed() -> None:
    shaken = (
        "Chile/NNP/2/nsubj/LOC sent/VBD/0/root rescuers/NNS/2/obj to/IN/5/case Peru/NNP/2/obl/LOC a/DT/7/det "
        "day/NN/2/obl after/IN/10/case an/DT/10/det earthquake/NN/7/nmod destroyed/VBD/2/conj houses/NNS/11/obj "
        "in/IN/14/case Lima/NNP/11/obl/LOC ././2/punct"
    )
    assert [r.category for r in reading(shaken).reports] == ["AID"]
    raided = shaken.replace("a/DT/7/det day/NN/2/obl after/IN/10/case an/DT/10/det earthquake", "a/DT/7/det "
                            "day/NN/2/obl after/IN/10/case the/DT/10/det army")  # fmt: skip
    assert [r.category for r in reading(raided).reports] == ["AID", "ASSAULT"]


def test_a_denied_report_is_denied_whatever_the_parse_calls_its_clause() -> None:
    denied = (
        "Peru/NNP/2/nsubj/LOC denied/VBD/0/root a/DT/4/det report/NN/2/obj that/IN/8/mark Chile/NNP/8/nsubj/LOC "
        "had/VBD/8/aux attacked/VBN/4/acl:relcl Mali/NNP/8/obj/LOC ././2/punct"
    )
    assert [r.auxiliary for r in reading(denied).reports if r.category == "ASSAULT"] == [("historical", "negation")]


@pytest.mark.parametrize(("cited", "word"), [("threat", None), ("report", "document")])
def test_a_reason_that_is_cited_is_nobodys_word(cited: str, word: str | None) -> None:
    closed = (
        "Peru/NNP/2/nsubj/LOC attacked/VBD/0/root Chile/NNP/2/obj/LOC ,/,/5/punct citing/VBG/2/advcl a/DT/7/det "
        f"{cited}/NN/5/obj ././2/punct"
    )
    assert [[each.kind for each in r.attribution] for r in reading(closed).reports] == [[word] if word else []]


@pytest.mark.parametrize(
    ("dismissed", "category"),
    [
        ("Chile/NNP/2/obj/LOC as/IN/5/case irrelevant/JJ/2/obl", "ACCUSE"),
        ("Chile/NNP/4/nmod:poss/LOC claim/NN/2/obj as/IN/6/case baseless/JJ/2/obl", "REJECT"),
        ("Chile/NNP/4/nmod:poss/LOC offer/NN/2/obj", "REJECT"),
    ],
)
def test_a_party_is_belittled_and_a_claim_rejected(dismissed: str, category: str) -> None:
    found = reading(f"Peru/NNP/2/nsubj/LOC dismissed/VBD/0/root {dismissed} ././2/punct").reports
    assert [(r.category, [p.code for p in r.recipients]) for r in found] == [(category, ["CHL"])]


@pytest.mark.parametrize(("against", "category"), [("exports", "SANCTION"), ("troops", "THREATEN")])
def test_retaliation_against_goods_is_a_sanction(against: str, category: str) -> None:
    sentence = (
        "Peru/NNP/3/nsubj/LOC had/VBD/3/aux retaliated/VBN/0/root against/IN/6/case Chilean/JJ/6/amod "
        f"{against}/NNS/3/obl ././3/punct"
    )
    assert [r.category for r in reading(sentence).reports] == [category]


@pytest.mark.parametrize(("whom", "found"), [("itself", 0), ("Chile/LOC", 1)])
def test_who_shoots_himself_attacks_nobody(whom: str, found: int) -> None:
    word, _, mark = whom.partition("/")
    told = f"{word}/{'NNP' if mark else 'PRP'}/2/obj" + (f"/{mark}" if mark else "")
    assert len(reading(f"Peru/NNP/2/nsubj/LOC shot/VBD/0/root {told} ././2/punct").reports) == found
