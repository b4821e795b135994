"""What is an act in a report of one country's affairs, where the same words are mostly talk."""

from __future__ import annotations

import pytest

from dragoman.coding.cues import candidates
from dragoman.coding.plausible import crime
from dragoman.coding.roles import fill
from make_docs import briefs, parsed, reading, scene_of

NAMES = (("Ana", "Rojas"), ("Luis", "Soto"), ("Eva", "Paz"), ("Raul", "Vega"), ("Ines", "Mora"), ("Hugo", "Diaz"))
SPOKE = "Peruvian/JJ/3/amod President/NNP/3/nmod:desc {}/NNP/5/nsubj/PER {}/NNP/3/flat/+ spoke/VBD/0/root ././5/punct"
CAST = [SPOKE.format(*name) for name in NAMES]
ROJAS = "President/NNP/2/nmod:desc Ana/NNP/{verb}/nsubj/PER Rojas/NNP/2/flat/+"
SOTO = "Luis/NNP/{head}/{place}/PER Soto/NNP/{luis}/flat/+"


def told(sentence: str) -> list[tuple[str, list[str], list[str]]]:
    """The events of a sentence in a report of persons: category and the names of who acts and on whom."""
    start = len(CAST)
    reports = reading(*CAST, sentence).reports
    at = parsed(*CAST, sentence)
    begin = list(at.sents)[start].start_char
    return [
        (r.category, [p.name for p in r.actors], [p.name for p in r.recipients])
        for r in reports
        if r.sentence.start >= begin
    ]


def clause(verb: str) -> str:
    return " ".join(
        (ROJAS.format(verb=4), f"{verb}/VBD/0/root", SOTO.format(head=4, place="obj", luis=5), "././4/punct")
    )


def test_a_report_of_persons_is_of_home_affairs() -> None:
    assert scene_of(parsed(*CAST)).at_home
    assert not scene_of(parsed(*CAST[:2])).at_home


def test_a_sure_word_between_politicians_is_an_act() -> None:
    assert told(clause("denounced")) == [("ACCUSE", ["Ana Rojas"], ["Luis Soto"])]


@pytest.mark.parametrize("verb", ["admired", "warned", "treated"])
def test_a_word_of_private_life_is_none(verb: str) -> None:
    assert told(clause(verb)) == []


def test_a_politician_who_attacks_another_accuses_him() -> None:
    assert [category for category, *_ in told(clause("attacked"))] == ["ACCUSE"]


def test_what_a_wife_does_is_not_her_husband_s() -> None:
    sentence = (
        "Ana/NNP/4/nmod:poss/PER Rojas/NNP/1/flat/+ 's/POS/1/case husband/NN/5/nsubj accused/VBD/0/root "
        "Luis/NNP/5/obj/PER Soto/NNP/6/flat/+ ././5/punct"
    )
    assert not any("Ana Rojas" in actors for _, actors, _ in told(sentence))


def test_a_he_that_may_be_either_of_two_is_nobody() -> None:
    one = "He/PRP/2/nsubj denounced/VBD/0/root Eva/NNP/2/obj/PER Paz/NNP/3/flat/+ ././2/punct"
    two = "Luis/NNP/3/nsubj/PER Soto/NNP/1/flat/+ saw/VBD/0/root Hugo/NNP/3/obj/PER Diaz/NNP/4/flat/+ ././3/punct"
    before = len(list(parsed(*CAST, two).text))
    assert [r.category for r in reading(*CAST, one).reports] == ["ACCUSE"]
    assert [r for r in reading(*CAST, two, one).reports if r.sentence.start >= before] == []


def test_between_states_the_same_words_are_acts() -> None:
    assert briefs("Peru/NNP/2/nsubj/LOC admired/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct") != []


def test_a_question_is_no_request() -> None:
    asked = "Peru/NNP/2/nsubj/LOC asked/VBD/0/root Chile/NNP/2/obj/LOC {} it/PRP/6/nsubj left/VBD/2/ccomp ././2/punct"
    assert briefs(asked.format("whether/IN/6/mark")) == []


def test_who_is_called_on_to_resign_is_asked() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC called/VBD/0/root for/IN/6/mark Chile/NNP/2/obl/LOC to/TO/6/mark resign/VB/2/advcl "
        "././2/punct"
    )
    assert briefs(sentence) == [("REQUEST", ["PER"], ["CHL"])]


def test_an_agreement_called_after_a_capital_is_not_its_country_s() -> None:
    sentence = (
        "Chile/NNP/2/nsubj/LOC criticized/VBD/0/root the/DT/5/det Paris/NNP/5/compound/LOC agreement/NN/2/obj "
        "././2/punct"
    )
    assert all("FRA" not in recipients for _, _, recipients in briefs(sentence))


def test_the_name_beside_a_noun_is_who_acts() -> None:
    sentence = (
        "The/DT/2/det colleague/NN/6/nsubj ,/,/4/punct Ana/NNP/2/appos/PER Rojas/NNP/4/flat/+ praised/VBD/0/root "
        "Chile/NNP/6/obj/LOC ././6/punct"
    )
    assert [[p.name for p in r.actors] for r in reading(*CAST, sentence).reports] == [["Ana Rojas"]]


def test_a_plan_to_act_is_whose_the_plan_is() -> None:
    sentence = (
        "Peru/NNP/3/nmod:poss/LOC 's/POS/1/case plan/NN/7/nsubj to/TO/5/mark arrest/VB/3/acl Chileans/NNPS/5/obj "
        "failed/VBD/0/root ././7/punct"
    )
    assert all(actors == ["PER"] for category, actors, _ in briefs(sentence) if category == "COERCE")


@pytest.mark.parametrize(("where", "kept"), [("kitchen", False), ("bombing", True)])
def test_a_crime_is_no_act(where: str, kept: bool) -> None:
    doc = parsed(
        *CAST,
        "Two/CD/2/nummod women/NNS/4/nsubj:pass were/VBD/4/aux:pass killed/VBN/0/root in/IN/7/case a/DT/7/det "
        f"{where}/NN/4/obl ././4/punct",
    )
    found = scene_of(doc)
    killed = next(c for c in candidates(found, doc) if c.token.text == "killed")
    parties = fill(found, killed)
    assert parties is not None
    assert crime(found, killed, parties, "ASSAULT") is not kept
