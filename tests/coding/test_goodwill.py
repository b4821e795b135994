"""What states give, grant and do together, in plain words: who acts, upon whom, and where the parse hides it."""

import pytest

import dragoman
from make_docs import briefs, read_briefs

KENYA_TO_SOMALIA = [
    ("Kenya presented Somalia with ten ambulances.", "AID"),
    ("Kenya trucked tents to Somalia.", "AID"),
    ("Kenya rolled over a deposit at Somalia's central bank.", "AID"),
    ("Kenya let Somali trucks through at noon.", "RETREAT"),
    ("Kenya set three Somali drivers at liberty.", "RETREAT"),
    ("Kenya ceded a lagoon to Somalia.", "RETREAT"),
    ("Kenya committed itself to train Somali nurses.", "AGREE"),
    ("Kenya bound itself to supply Somalia.", "AGREE"),
    ("Kenya greeted Somalia's vote with satisfaction.", "SUPPORT"),
]

BOTH = [
    ("Ghana and Togo reviewed their relations.", "CONSULT"),
    ("Ghana and Togo decided to open a bridge.", "AGREE"),
    ("Ghana and Togo pooled their orders for missiles.", "COOPERATE"),
    ("Ghana and Togo resumed joint sea patrols.", "COOPERATE"),
    ("Ghana and Togo established a joint command.", "COOPERATE"),
]

AWARDED = (
    "Ana/NNP/3/nsubj:pass/PER was/VBD/3/aux:pass {}/VBN/0/root the/DT/5/det {}/NN/3/obj by/IN/7/case "
    "Peru/NNP/3/obl:agent/LOC ././3/punct"
)
RECEIVED = (
    "Chile/NNP/2/nsubj/LOC hopes/VBZ/0/root to/TO/5/mark be/VB/5/aux:pass visited/VBN/2/xcomp by/IN/7/case "
    "Peru/NNP/5/obl:agent/LOC ././2/punct"
)
OVER = (
    "Peru/NNP/2/nsubj/LOC handed/VBD/0/root over/RB/4/advmod eleven/CD/5/nummod suspects/NNS/2/obj to/IN/7/case "
    "Chile/NNP/2/obl/LOC ././2/punct"
)
GIVEN = (
    "Peru/NNP/2/nsubj/LOC praised/VBD/0/root the/DT/4/det sacrifices/NNS/2/obj made/VBN/4/acl by/IN/7/case "
    "Chile/NNP/5/obl:agent/LOC ././2/punct"
)
UNDERTOOK = (
    "Peru/NNP/2/nsubj/LOC undertook/VBD/0/root to/TO/4/mark give/VB/2/xcomp Chile/NNP/4/iobj/LOC boats/NNS/4/obj "
    "././2/punct"
)


@pytest.mark.parametrize(("sentence", "category"), KENYA_TO_SOMALIA)
def test_the_word_is_an_act_of_one_upon_the_other(sentence: str, category: str) -> None:
    assert read_briefs(sentence) == [(category, ["KEN"], ["SOM"])]


@pytest.mark.parametrize(("sentence", "category"), BOTH)
def test_the_word_is_an_act_of_both(sentence: str, category: str) -> None:
    assert [(each, sorted(actors), others) for each, actors, others in read_briefs(sentence)] == [
        (category, ["GHA", "TGO"], [])
    ]


@pytest.mark.parametrize(("verb", "thing", "category"), [("awarded", "medal", "SUPPORT"), ("granted", "asylum", "AID")])
def test_a_passive_verb_keeps_its_second_object(verb: str, thing: str, category: str) -> None:
    assert [(each, actors) for each, actors, _ in briefs(AWARDED.format(verb, thing))] == [(category, ["PER"])]


def test_the_subject_of_a_passive_infinitive_is_that_of_the_verb_above() -> None:
    assert [(actors, others) for _, actors, others in briefs(RECEIVED)] == [(["PER"], ["CHL"])]


def test_over_before_a_number_belongs_to_the_verb() -> None:
    assert briefs(OVER) == [("COOPERATE", ["PER"], ["CHL"])]


def test_what_somebody_gave_is_his() -> None:
    assert briefs(GIVEN) == [("SUPPORT", ["PER"], ["CHL"])]


def test_a_verb_of_the_lexicon_is_a_cue_whatever_its_object_is_like() -> None:
    assert briefs(UNDERTOOK) == [("AGREE", ["PER"], ["CHL"])]


@pytest.mark.parametrize(
    "told",
    [
        "Ghanaian President John Mahama received Togo's Robert Dussey. They agreed to open a bridge.",
        "Ghana's John Mahama met Togo's Robert Dussey in Accra. The two premiers agreed to open a bridge.",
        "Ghana and Togo ended their quarrel. Ghana and Togo signed a treaty. The ministers agreed to open a bridge.",
    ],
)
def test_who_agreed_are_the_two_named_before(told: str) -> None:
    assert [sorted(actors) for each, actors, _ in read_briefs(told) if each == "AGREE"] == [["GHA", "TGO"]]


def test_nobody_does_to_himself_what_both_do_to_him() -> None:
    told = "Ghana and Togo freed their captives. Benin mediated. The two sides thanked Benin."
    assert ("SUPPORT", ["GHA", "TGO"], ["BEN"]) in read_briefs(told)


def test_both_alone_are_the_two_named_before() -> None:
    told = "Ghana and Togo settled their dispute. Benin praised both for the step."
    assert ("SUPPORT", ["BEN"], ["GHA", "TGO"]) in read_briefs(told)


@pytest.mark.parametrize(
    "told", ["Peru's president spoke with Chile's and voiced gratitude.", "Peru phoned Chile to voice its gratitude."]
)
def test_what_is_said_is_said_to_whom_one_talks_with(told: str) -> None:
    assert ("SUPPORT", ["PER"], ["CHL"]) in read_briefs(told)


def test_what_a_call_is_made_to_say_is_said() -> None:
    called, met = (
        [tuple(e.auxiliary) for e in dragoman.read(told).events if e.category == "SUPPORT"]
        for told in ("Peru phoned Chile to thank it.", "Peru came to Chile to thank it.")
    )
    assert called == [()]
    assert () not in met


@pytest.mark.parametrize(("word", "others"), [("decision", ["KEN"]), ("weather", [])])
def test_a_decision_is_of_whoever_decided_before(word: str, others: list[str]) -> None:
    told = read_briefs(f"Kenya freed two Somali pilots. Ghana welcomed the {word}.")
    assert [found for _, actors, found in told if actors == ["GHA"]] == [others]


def test_a_clause_with_a_time_of_its_own_tells_of_its_own_act() -> None:
    told = read_briefs("Kenya's president visited Somalia for the first time since Ghana dropped its veto.")
    assert ("CONCEDE", ["GHA"], []) in told


def test_the_kingdom_is_one_of_those_that_are() -> None:
    told = read_briefs("Morocco treated ten Kenyan soldiers. Kenya thanked it. The kingdom also lent Kenya a plane.")
    assert ("AID", ["MAR"], ["KEN"]) in told


def test_whose_a_person_is_said_to_be_is_his_country() -> None:
    assert read_briefs("Botswana's Duma Kandodo met Malawi's Peter Seretse.") == [("CONSULT", ["BWA", "MWI"], [])]


def test_ministers_of_a_country_act_for_it_as_a_body() -> None:
    assert read_briefs("EU ministers gave the green light to talks with Bosnia.") == [("AGREE", ["EUR"], ["BIH"])]


def test_who_is_helped_next_is_who_was_helped_before() -> None:
    told = read_briefs(
        "Uganda thanked its neighbours on Monday. Kenya sent tents to Uganda. Sudan donated rice. Kenya and Uganda "
        "held talks. Uganda praised Kenya. Sudan lauded Uganda. Kenya met Sudan."
    )
    assert ("AID", ["SDN"], ["UGA"]) in told


@pytest.mark.parametrize(
    ("told", "category"),
    [
        ("Kenya sent its ambassador back to Somalia.", "SUPPORT"),
        ("Kenya received Somalia's thanks.", "SUPPORT"),
        ("Kenya readmitted Somali students.", "CONCEDE"),
    ],
)
def test_envoys_thanks_and_students_that_come_back(told: str, category: str) -> None:
    assert category in {each for each, _, _ in read_briefs(told)}
