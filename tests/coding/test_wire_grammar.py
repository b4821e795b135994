"""Constructions of agency dispatches, parsed by hand: who does what where the words or the parse go astray."""

import pytest

from dragoman.coding import grammar
from dragoman.ontology import load
from dragoman.ontology.words import key
from make_docs import briefs, mention, parsed, scene_of, word

FIGHTING = (
    "Fighting/NN/2/nsubj/=fighting flared/VBD/0/root between/IN/4/case Peru/NNP/1/nmod/LOC and/CC/6/cc "
    "Chile/NNP/4/conj/LOC ././2/punct"
)
CLASHES = (
    "Clashes/NNS/2/nsubj erupted/VBD/0/root between/IN/4/case Peruvian/JJ/7/amod and/CC/6/cc Chilean/JJ/4/conj "
    "guards/NNS/2/obl ././2/punct"
)
CALLED = (
    "Peru/NNP/2/nsubj/LOC called/VBD/0/root Chile/NNP/5/nmod:poss/LOC 's/POS/3/case visit/NN/2/obj {} "
    "moment/NN/2/xcomp ././2/punct"
)
FREED = (
    "Two/CD/3/nummod Chilean/JJ/3/amod sailors/NNS/4/nsubj held/VBD/0/root in/IN/6/case Peru/NNP/4/obl/LOC "
    "were/VBD/8/aux:pass freed/VBN/4/advcl ././4/punct"
)
HELPED = (
    "Peru/NNP/2/nsubj/LOC gave/VBD/0/root Chile/NNP/2/iobj/LOC tents/NNS/2/obj to/TO/6/mark assist/VB/2/advcl "
    "Chile/NNP/6/obj/LOC ././2/punct"
)
VISITED = "Peru/NNP/2/nsubj/LOC thanked/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct"
OFFICIAL = "{}/NNP/2/compound Ana/NNP/3/nsubj/PER agreed/VBD/0/root ././3/punct"
BESIDE = (
    "Chile/NNP/3/nsubj/LOC will/MD/3/aux help/VB/9/ccomp ,/,/3/punct the/DT/6/det minister/NN/9/nsubj "
    ",/,/8/punct Ana/NNP/6/appos/PER said/VBD/0/root ././9/punct"
)

THEN = (
    "Peru/NNP/3/nsubj/LOC first/RB/3/advmod denied/VBD/0/root it/PRP/3/obj ,/,/7/punct then/RB/7/advmod "
    "thanked/VBD/3/conj Chile/NNP/7/obj/LOC ././3/punct"
)
COLLAPSED = "The/DT/2/det {}/NN/3/nsubj collapsed/VBD/0/root ././3/punct"
KILLED = "Two/CD/2/nummod soldiers/NNS/4/nsubj:pass were/VBD/4/aux:pass killed/VBN/0/root ././4/punct"
MET = "Peru/NNP/4/nsubj/LOC and/CC/3/cc Chile/NNP/1/conj/LOC met/VBD/0/root ././4/punct"
EACH = "Each/DT/2/det side/NN/3/nsubj blamed/VBD/0/root the/DT/5/det other/JJ/3/obj ././3/punct"


def test_those_between_whom_fighting_flares_fight() -> None:
    assert briefs(FIGHTING) == [("ASSAULT", ["CHL", "PER"], [])]


def test_a_preposition_that_hangs_on_the_adjective_marks_the_phrase() -> None:
    assert grammar.preposition(word(parsed(CLASHES), "guards")) == "between"
    assert briefs(CLASHES) == [("ASSAULT", ["CHL", "PER"], [])]


@pytest.mark.parametrize(("adjective", "category"), [("humiliating", "ACCUSE"), ("historic", "SUPPORT")])
def test_what_something_is_called_may_be_said_by_an_adjective(adjective: str, category: str) -> None:
    told = briefs(CALLED.format(f"a/DT/8/det {adjective}/JJ/8/amod"))
    assert [(each, actors) for each, actors, _ in told] == [(category, ["PER"])]


def test_a_moment_of_no_kind_is_neither_blame_nor_praise() -> None:
    assert not {"ACCUSE", "SUPPORT"} & {each for each, _, _ in briefs(CALLED.format("a/DT/8/det quiet/JJ/8/amod"))}


def test_a_verb_after_a_reduced_relative_has_its_subject() -> None:
    doc = parsed(FREED)
    assert grammar.direct_objects(word(doc, "freed")) == [word(doc, "sailors")]
    assert "RETREAT" in [each for each, _, _ in briefs(FREED)]


def test_a_clause_that_is_marked_keeps_its_own_counsel() -> None:
    marked = FREED.replace("were/VBD/8/aux:pass", "when/WRB/9/mark were/VBD/9/aux:pass")
    assert grammar.direct_objects(word(parsed(marked), "freed")) == []


def test_help_given_to_help_is_one_act() -> None:
    assert briefs(HELPED) == [("AID", ["PER"], ["CHL"])]


@pytest.mark.parametrize(
    ("office", "code", "held"),
    [("chancellor", "IND", False), ("chancellor", "AUT", True), ("emir", "THA", False), ("emir", "KWT", True),
     ("prime minister", "USA", False), ("prime minister", "CAN", True), ("foreign minister", "USA", True)],
)  # fmt: skip
def test_some_offices_are_held_in_some_countries_only(office: str, code: str, held: bool) -> None:
    assert load().titles[key(office)].is_held_in(code) is held


@pytest.mark.parametrize(("title", "code"), [("Chancellor", None), ("Minister", "PER")])
def test_an_official_is_of_no_country_that_has_not_his_office(title: str, code: str | None) -> None:
    scene = scene_of(parsed(VISITED, OFFICIAL.format(title)))
    found = mention(scene, "Ana")
    assert found is not None
    assert found.drafts[0].code == code


def test_who_acts_in_what_is_said_tells_whose_an_office_beside_a_name_is() -> None:
    scene = scene_of(parsed(VISITED, BESIDE))
    found = mention(scene, "Ana")
    assert found is not None
    assert (found.drafts[0].code, found.why) == ("CHL", "who acts in what it says")


def test_what_is_done_then_is_done_by_the_same() -> None:
    assert ("SUPPORT", ["PER"], ["CHL"]) in briefs(THEN)


@pytest.mark.parametrize(("what", "told"), [("truce", ["ASSAULT"]), ("bridge", [])])
def test_a_truce_that_collapses_falls_on_nobody(what: str, told: list[str]) -> None:
    assert [each for each, _, _ in briefs(COLLAPSED.format(what), KILLED) if each == "ASSAULT"] == told


def test_each_side_are_two_parties() -> None:
    assert [(each, sorted(actors)) for each, actors, _ in briefs(MET, EACH)][1:] == [("ACCUSE", ["CHL", "PER"])]


AFTER = (
    "Peru/NNP/2/nsubj/LOC spoke/VBD/0/root after/IN/4/case talks/NNS/2/obl in/IN/6/case {}/NNP/4/nmod/LOC ././2/punct"
)


@pytest.mark.parametrize(("town", "parties"), [("Santiago", ["CHL", "PER"]), ("Vienna", [])])
def test_whose_capital_it_is_talks_there_where_the_report_names_his_state(town: str, parties: list[str]) -> None:
    talks = [sorted(actors) for each, actors, _ in briefs(VISITED, AFTER.format(town)) if each == "CONSULT"]
    assert [found for found in talks if len(found) > 1] == ([parties] if parties else [])


def test_of_two_objects_the_second_is_what_the_first_is_called() -> None:
    two = CALLED.format("a/DT/7/det").replace("moment/NN/2/xcomp", "provocation/NN/2/obj")
    assert [(each, actors) for each, actors, _ in briefs(two)] == [("ACCUSE", ["PER"])]
