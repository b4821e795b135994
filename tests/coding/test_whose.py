"""Whose an organ, an office or a thing is, and who a name beside an office is."""

import pytest

from dragoman.coding.heads import _nameless
from dragoman.coding.register import Draft
from make_docs import mention, parsed, scene_of

PROTEST = (
    "The/DT/3/det Foreign/JJ/3/amod/=foreign Ministry/NNP/6/nsubj in/IN/5/case Lima/NNP/3/nmod/LOC "
    "protested/VBD/0/root ././6/punct"
)
SPEAKER = (
    "The/DT/2/det speaker/NN/9/nsubj of/IN/6/case Chile/NNP/6/nmod:poss/LOC 's/POS/4/case Senate/NNP/2/nmod "
    ",/,/8/punct Ana/NNP/6/appos/PER thanked/VBD/0/root Peru/NNP/9/obj/LOC ././9/punct"
)
COLLEAGUE = (
    "The/DT/3/det Kenyan/JJ/3/amod president/NN/4/nsubj met/VBD/0/root his/PRP$/7/nmod:poss Ugandan/JJ/7/amod "
    "counterpart/NN/4/obj ,/,/9/punct Okello/NNP/7/appos/PER ././4/punct"
)
THANKS = (
    "Ann/NNP/3/nsubj/PER Lee/NNP/1/flat/+ met/VBD/0/root Paul/NNP/3/obj/PER Morton/NNP/4/flat/+ ././3/punct",
    "Lee/NNP/2/nsubj/PER thanked/VBD/0/root him/PRP/2/obj ././2/punct",
)
HIS_COUNTRY = (
    "The/DT/3/det Peruvian/JJ/3/amod president/NN/4/nsubj praised/VBD/0/root Chile/NNP/4/obj/LOC ././4/punct",
    "He/PRP/2/nsubj said/VBD/0/root his/PRP$/4/nmod:poss country/NN/5/nsubj agreed/VBD/2/ccomp ././2/punct",
)
WHOSE = (
    "Oman/NNP/2/nsubj/LOC thanked/VBD/0/root Peru/NNP/2/obj/LOC ,/,/7/punct whose/WP$/6/nmod:poss "
    "parliament/NN/7/nsubj voted/VBD/3/acl:relcl ././2/punct"
)
LEADERS = (
    "Oman/NNP/2/nsubj/LOC thanked/VBD/0/root Chile/NNP/2/obj/LOC and/CC/5/cc Peru/NNP/3/conj/LOC ././2/punct",
    "The/DT/3/det Kenyan/JJ/3/amod president/NN/4/nsubj met/VBD/0/root the/DT/7/det Ugandan/JJ/7/amod "
    "president/NN/4/obj and/CC/12/cc the/DT/11/det two/CD/11/nummod leaders/NNS/12/nsubj agreed/VBD/4/conj ././4/punct",
)
TALIBAN = "The/DT/2/det/ORG Taliban/NNP/3/nsubj/+ left/VBD/0/root ././3/punct"


def codes(form: str, *sentences: str, nth: int = 0) -> list[str | None]:
    found = mention(scene_of(parsed(*sentences)), form, nth=nth)
    return [] if found is None else [draft.code for draft in found.drafts]


def name(form: str, *sentences: str) -> str:
    found = mention(scene_of(parsed(*sentences)), form)
    assert found is not None
    return found.drafts[0].name


@pytest.mark.parametrize(
    ("form", "sentences", "expected"),
    [
        pytest.param("Ministry", (PROTEST,), ["PER"], id="a foreign ministry is no ministry abroad"),
        pytest.param("country", HIS_COUNTRY, ["PER"], id="his country"),
        pytest.param("parliament", (WHOSE,), ["PER"], id="whose parliament"),
        pytest.param("leaders", LEADERS, ["KEN", "UGA"], id="the two leaders of the sentence"),
        pytest.param("Taliban", (TALIBAN,), ["AFG"], id="an article before a known name"),
    ],
)
def test_whose_it_is(form: str, sentences: tuple[str, ...], expected: list[str]) -> None:
    assert codes(form, *sentences) == expected


def test_a_name_on_the_last_noun_of_an_office_is_its_holder() -> None:
    assert name("speaker", SPEAKER) == "Ana" and codes("speaker", SPEAKER) == ["CHL"]


def test_a_counterpart_with_a_name_is_that_person() -> None:
    assert name("counterpart", COLLEAGUE) == "Okello"


def test_nobody_thanks_himself() -> None:
    assert name("him", *THANKS) == "Paul Morton"


def test_a_party_and_state_after_a_name_are_american() -> None:
    senator = (
        "Sen./NNP/2/nmod:desc Delgado/NNP/5/nsubj/PER ,/,/4/punct R-Fla./NNP/2/appos left/VBD/0/root ././5/punct",
    )
    assert codes("Delgado", *senator) == ["USA"]


def test_a_thing_without_a_name_is_no_party() -> None:
    assert _nameless(Draft("thing", "21 of 30 drones"))
    assert not _nameless(Draft("thing", "eastern Ghouta")) and not _nameless(Draft("group", "drones"))
