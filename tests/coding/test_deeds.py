"""A deed is no party: who did it is told by whose it is or "by" whom, never by the deed itself or by whom it hit."""

import pytest

from dragoman.coding import deeds
from make_docs import briefs, parsed

CONDEMNED = {
    "whom it hit is not blamed": (
        "Iran/NNP/2/nsubj/LOC condemned/VBD/0/root the/DT/4/det bombing/NN/2/obj of/IN/7/case Kenyan/JJ/7/amod "
        "embassies/NNS/4/nmod ././2/punct",
        ["IRN"], [],
    ),
    "where it was is not blamed": (
        "Iran/NNP/2/nsubj/LOC condemned/VBD/0/root the/DT/4/det attack/NN/2/obj in/IN/6/case Kenya/NNP/4/nmod/LOC "
        "././2/punct",
        ["IRN"], [],
    ),
    "whose it is is blamed": (
        "Iran/NNP/2/nsubj/LOC condemned/VBD/0/root Turkey/NNP/5/nmod:poss/LOC 's/POS/3/case invasion/NN/2/obj "
        "of/IN/7/case Syria/NNP/5/nmod/LOC ././2/punct",
        ["IRN"], ["TUR"],
    ),
    "who did it is blamed": (
        "Iran/NNP/2/nsubj/LOC condemned/VBD/0/root the/DT/4/det attack/NN/2/obj on/IN/6/case Kenya/NNP/4/nmod/LOC "
        "by/IN/8/case Turkey/NNP/4/nmod/LOC ././2/punct",
        ["IRN"], ["TUR"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("words", "actors", "recipients"), CONDEMNED.values(), ids=CONDEMNED.keys())
def test_whoever_condemns_a_deed_blames_who_did_it(words: str, actors: list[str], recipients: list[str]) -> None:
    assert ("ACCUSE", actors, recipients) in briefs(words)


def test_a_deed_that_kills_is_no_actor_but_whose_it_is_is() -> None:
    blast = (
        "The/DT/2/det blast/NN/3/nsubj killed/VBD/0/root Kenyan/JJ/5/amod soldiers/NNS/3/obj in/IN/7/case "
        "Somalia/NNP/3/obl/LOC ././3/punct"
    )
    strike = (
        "An/DT/3/det Israeli/JJ/3/amod bombing/NN/4/nsubj killed/VBD/0/root Kenyan/JJ/6/amod "
        "soldiers/NNS/4/obj ././4/punct"
    )
    assert ("ASSAULT", [], ["KEN"]) in briefs(blast)
    assert ("ASSAULT", ["ISR"], ["KEN"]) in briefs(strike)


def test_a_number_killed_somewhere_is_people_not_the_place() -> None:
    words = (
        "At/RB/3/advmod least/RBS/3/nummod 74/CD/5/nsubj:pass were/VBD/5/aux:pass killed/VBN/0/root in/IN/7/case "
        "Kenya/NNP/5/obl/LOC by/IN/10/case Somali/JJ/10/amod troops/NNS/5/obl:agent ././5/punct"
    )
    assert ("ASSAULT", ["SOM"], ["None"]) in briefs(words)


def test_the_allies_of_a_state_are_other_states_and_the_allies_of_a_person_are_not() -> None:
    state = (
        "Kenya/NNP/2/nsubj/LOC praised/VBD/0/root Iran/NNP/5/nmod:poss/LOC 's/POS/3/case allies/NNS/2/obj ././2/punct"
    )
    assert not any("IRN" in recipients for _, _, recipients in briefs(state))


def test_what_lies_below_a_deed_suffers_it_unless_it_did_it() -> None:
    doc = parsed(
        "the/DT/2/det bombing/NN/0/root of/IN/5/case two/CD/5/nummod embassies/NNS/2/nmod by/IN/7/case "
        "rebels/NNS/2/nmod near/IN/9/case towns/NNS/5/nmod"
    )
    told = {token.text: deeds.suffers(token, doc[0]) for token in doc}
    assert (told["embassies"], told["towns"], told["rebels"], told["bombing"]) == (True, True, False, False)
    assert not deeds.suffers(doc[4], doc[1]), "the cue itself is no other deed"
