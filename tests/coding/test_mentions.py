"""What stands for a party, and what it is resolved to."""

import pytest

from make_docs import mention, parsed, scene_of, word

MEETING = (
    "Armenia/NNP/4/nsubj/LOC and/CC/3/cc Georgia/NNP/1/conj/LOC signed/VBD/0/root a/DT/6/det "
    "treaty/NN/4/obj ././4/punct"
)
ACCUSATION = "Mali/NNP/2/nsubj/LOC accused/VBD/0/root Niger/NNP/2/obj/LOC of/IN/5/mark spying/VBG/2/advcl ././2/punct"
PEOPLE = "Ann/NNP/3/nsubj/PER Lee/NNP/1/flat/+ met/VBD/0/root Paul/NNP/3/obj/PER Morton/NNP/4/flat/+ ././3/punct"


def codes(form: str, *sentences: str, nth: int = 0) -> list[str | None] | None:
    """Codes of what a word of some sentences stands for; None where it stands for no party."""
    found = mention(scene_of(parsed(*sentences)), form, nth=nth)
    return None if found is None else [draft.code for draft in found.drafts]


def names(form: str, *sentences: str, nth: int = 0) -> list[str] | None:
    found = mention(scene_of(parsed(*sentences)), form, nth=nth)
    return None if found is None else [draft.name for draft in found.drafts]


def test_countries() -> None:
    assert codes("Armenia", MEETING) == ["ARM"] and codes("Georgia", MEETING) == ["GEO"]
    assert codes("treaty", MEETING) is None


def test_an_adjective_is_no_party() -> None:
    sentence = "Russian/JJ/2/amod gas/NN/3/nsubj reached/VBD/0/root Austria/NNP/3/obj/LOC ././3/punct"
    scene = scene_of(parsed(sentence))
    assert mention(scene, "Russian") is None and mention(scene, "gas") is None
    assert [draft.code for m in scene.modifiers.values() for draft in m.drafts] == ["RUS"]


def test_a_people_is_a_group_of_civilians() -> None:
    scene = scene_of(parsed("Algerians/NNPS/2/nsubj protested/VBD/0/root ././2/punct"))
    found = mention(scene, "Algerians")
    assert found is not None and found.plural
    assert [(d.kind, d.code, d.sector) for d in found.drafts] == [("group", "DZA", "CVL")]


def test_a_capital_is_its_government_where_it_acts() -> None:
    condemned = "Berlin/NNP/2/nsubj/LOC condemned/VBD/0/root the/DT/4/det decision/NN/2/obj ././2/punct"
    assert names("Berlin", condemned) == ["Germany"]


def test_a_city_is_a_place_with_its_country() -> None:
    sentence = "Snow/NN/2/nsubj fell/VBD/0/root in/IN/4/case Hamburg/NNP/2/obl/LOC ././2/punct"
    found = mention(scene_of(parsed(sentence)), "Hamburg")
    assert found is not None and [(d.kind, d.code) for d in found.drafts] == [("place", "DEU")]


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("the/DT/2/det army/NN/5/nsubj of/IN/4/case Peru/NNP/2/nmod/LOC", "army"),
        ("the/DT/3/det Peruvian/JJ/3/amod army/NN/5/nsubj here/RB/3/advmod", "army"),
        ("Peru/NNP/4/nmod:poss/LOC 's/POS/1/case own/JJ/4/amod army/NN/5/nsubj", "army"),
        ("the/DT/4/det Peruvian/JJ/4/amod defence/NN/4/compound ministry/NN/5/nsubj", "ministry"),
        ("an/DT/2/det official/NN/5/nsubj from/IN/4/case Peru/NNP/2/nmod/LOC", "official"),
    ],
)
def test_common_nouns_take_the_country_of_their_phrase(phrase: str, head: str) -> None:
    assert codes(head, f"{phrase} left/VBD/0/root ././5/punct") == ["PER"]


def test_the_country_s_adjective_belongs_to_the_words_of_a_group() -> None:
    scene = scene_of(parsed("The/DT/3/det Peruvian/JJ/3/amod army/NN/4/nsubj left/VBD/0/root ././4/punct"))
    found = mention(scene, "army")
    assert found is not None and scene.doc[found.start : found.end].text == "Peruvian army"


def test_a_body_only_the_reader_knows() -> None:
    scene = scene_of(parsed("The/DT/3/det Orinoco/NNP/3/compound/ORG Council/NNP/4/nsubj/+ met/VBD/0/root ././4/punct"))
    found = mention(scene, "Council")
    assert found is not None
    assert [(d.kind, d.name, d.code) for d in found.drafts] == [("organisation", "Orinoco Council", None)]


def test_organisations_of_the_ontology() -> None:
    found = mention(scene_of(parsed("NATO/NNP/2/nsubj/ORG left/VBD/0/root ././2/punct")), "NATO")
    assert found is not None and [d.id for d in found.drafts] == ["org:nato"]


def test_a_region_is_no_party() -> None:
    assert codes("Sahel", "The/DT/2/det Sahel/NNP/3/nsubj/LOC burned/VBD/0/root ././3/punct") is None


@pytest.mark.parametrize(
    "phrase",
    [
        "The/DT/3/det two/CD/3/nummod sides/NNS/4/nsubj",
        "The/DT/3/det two/CD/3/nummod countries/NNS/4/nsubj",
        "All/DT/3/det both/DT/3/det countries/NNS/4/nsubj",
        "These/DT/3/det two/CD/3/nummod governments/NNS/4/nsubj",
    ],
)
def test_the_two_are_the_parties_named_before(phrase: str) -> None:
    head = phrase.split()[2].split("/")[0]
    assert codes(head, MEETING, f"{phrase} agreed/VBD/0/root ././4/punct") == ["ARM", "GEO"]


def test_neither_is_both_of_them() -> None:
    neither = "Neither/DT/2/det government/NN/3/nsubj commented/VBD/0/root ././3/punct"
    assert codes("government", MEETING, neither) == ["ARM", "GEO"]


def test_the_two_sides_of_nothing_are_nobody() -> None:
    assert codes("sides", "The/DT/3/det two/CD/3/nummod sides/NNS/4/nsubj met/VBD/0/root ././4/punct") is None


def test_three_sides_want_three_parties() -> None:
    three = "The/DT/3/det three/CD/3/nummod sides/NNS/4/nsubj met/VBD/0/root ././4/punct"
    assert codes("sides", MEETING, three) is None


@pytest.mark.parametrize(
    ("pronoun", "expected"),
    [("He/PRP/2/nsubj praised/VBD/0/root Oman/NNP/2/obj/LOC ././2/punct", {"Ann Lee", "Paul Morton"})],
)
def test_he_and_she_are_persons(pronoun: str, expected: set[str]) -> None:
    found = names("He", PEOPLE, pronoun)
    assert found is not None and len(found) == 1 and set(found) <= expected


def test_a_pronoun_takes_the_subject_of_the_sentence_before() -> None:
    assert names("It", ACCUSATION, "It/PRP/2/nsubj recalled/VBD/0/root its/PRP$/4/nmod:poss envoy/NN/2/obj") == ["Mali"]
    assert names("She", PEOPLE, "She/PRP/2/nsubj left/VBD/0/root ././2/punct") == ["Ann Lee"]


def test_they_are_those_who_were_joined() -> None:
    assert codes("They", MEETING, "They/PRP/2/nsubj left/VBD/0/root ././2/punct") == ["ARM", "GEO"]


def test_an_empty_it_is_nobody() -> None:
    empty = "It/PRP/2/expl rained/VBD/0/root ././2/punct"
    assert codes("It", ACCUSATION, empty) is None


def test_a_pronoun_does_not_look_back_for_ever() -> None:
    nothing = ["Snow/NN/2/nsubj fell/VBD/0/root ././2/punct"] * 9
    assert codes("It", ACCUSATION, *nothing, "It/PRP/2/nsubj left/VBD/0/root ././2/punct") is None


def test_the_country_is_the_one_named_before() -> None:
    recalled = "Peru/NNP/2/nsubj/LOC recalled/VBD/0/root its/PRP$/4/nmod:poss envoy/NN/2/obj ././2/punct"
    later = "The/DT/2/det country/NN/3/nsubj apologized/VBD/0/root ././3/punct"
    assert codes("country", recalled, later) == ["PER"]


def test_its_troops_are_the_troops_of_whom_it_means() -> None:
    entered = "Peru/NNP/2/nsubj/LOC entered/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct"
    fired = "Its/PRP$/2/nmod:poss troops/NNS/3/nsubj fired/VBD/0/root ././3/punct"
    assert codes("troops", entered, fired) == ["PER"]


@pytest.mark.parametrize("preposition", ["of", "from"])
def test_holders_of_one_office_in_two_countries(preposition: str) -> None:
    sentence = (
        f"The/DT/2/det presidents/NNS/7/nsubj {preposition}/IN/4/case Kenya/NNP/2/nmod/LOC and/CC/6/cc "
        "Uganda/NNP/4/conj/LOC met/VBD/0/root ././7/punct"
    )
    assert codes("presidents", sentence) == ["KEN", "UGA"]


def test_what_the_last_of_two_nouns_is_of_both_are_of() -> None:
    sentence = (
        "They/PRP/2/nsubj thanked/VBD/0/root the/DT/4/det government/NN/2/obj and/CC/6/cc people/NNS/4/conj "
        "of/IN/8/case Peru/NNP/6/nmod/LOC ././2/punct"
    )
    assert codes("government", sentence) == ["PER"]


def test_two_adjectives_before_one_plural() -> None:
    sentence = (
        "The/DT/6/det Russian/JJ/6/amod and/CC/4/cc Turkish/JJ/2/conj foreign/JJ/6/amod ministers/NNS/7/nsubj "
        "met/VBD/0/root ././7/punct"
    )
    assert codes("ministers", sentence) == ["RUS", "TUR"]


def test_a_counterpart_holds_the_same_office_elsewhere() -> None:
    sentence = (
        "Kenyan/JJ/3/amod Foreign/JJ/3/amod/=foreign Minister/NNP/4/nmod:desc Grace/NNP/6/nsubj/PER "
        "Wanjiru/NNP/4/flat/+ "
        "met/VBD/0/root her/PRP$/9/nmod:poss Ugandan/JJ/9/amod counterpart/NN/6/obj ././6/punct"
    )
    found = mention(scene_of(parsed(sentence)), "counterpart")
    assert found is not None
    assert [(d.name, d.code) for d in found.drafts] == [("Foreign Minister of Uganda", "UGA")]
    assert found.office == "Foreign Minister"


def test_a_counterpart_does_not_hold_the_office_of_his_own_state_s_president() -> None:
    before = (
        "Kenyan/JJ/3/amod Foreign/JJ/3/amod/=foreign Minister/NNP/4/nmod:desc Grace/NNP/6/nsubj/PER "
        "Wanjiru/NNP/4/flat/+ met/VBD/0/root Ugandan/JJ/8/amod President/NNP/9/nmod:desc Moses/NNP/6/obj/PER "
        "Okello/NNP/9/flat/+ ././6/punct"
    )
    after = "She/PRP/2/nsubj met/VBD/0/root her/PRP$/5/nmod:poss Ugandan/JJ/5/amod counterpart/NN/2/obj ././2/punct"
    found = mention(scene_of(parsed(before, after)), "counterpart")
    assert found is not None
    assert found.office == "Foreign Minister"


def test_an_office_is_of_the_country_that_follows_the_name() -> None:
    sentence = (
        "President/NNP/2/nmod:desc Rosa/NNP/6/nsubj/PER Quispe/NNP/2/flat/+ of/IN/5/case Peru/NNP/2/nmod "
        "arrived/VBD/0/root ././6/punct"
    )
    found = mention(scene_of(parsed(sentence)), "Rosa")
    assert found is not None
    assert [(d.name, d.code) for d in found.drafts] == [("Rosa Quispe", "PER")]


def test_a_form_of_address_is_no_office() -> None:
    first = "Peruvian/JJ/2/amod President/NNP/3/nmod:desc Rosa/NNP/5/nsubj/PER Quispe/NNP/3/flat/+ spoke/VBD/0/root"
    second = "Ms./NNP/2/nmod:desc Quispe/NNP/3/nsubj/PER accused/VBD/0/root Bolivia/NNP/3/obj ././3/punct"
    found = mention(scene_of(parsed(first, second)), "Quispe", nth=1)
    assert found is not None
    assert found.office is None


def test_a_mention_s_words_hold_its_head() -> None:
    scene = scene_of(parsed(MEETING, ACCUSATION, PEOPLE))
    assert scene.order
    for found in scene.order:
        assert found.start <= found.head < found.end


def test_one_country_is_one_draft() -> None:
    recalled = "Peru/NNP/2/nsubj/LOC left/VBD/0/root ././2/punct"
    scene = scene_of(parsed(recalled, recalled))
    assert len([draft for draft in scene.register.drafts if draft.code == "PER"]) == 1


def test_him_is_not_who_came_and_thanked_him() -> None:
    told = (
        "Ann/NNP/3/nsubj/PER Lee/NNP/1/flat/+ greeted/VBD/0/root Paul/NNP/3/obj/PER Morton/NNP/4/flat/+ ././3/punct",
        "Omar/NNP/3/nsubj/PER Diaz/NNP/1/flat/+ came/VBD/0/root and/CC/5/cc thanked/VBD/3/conj him/PRP/5/obj",
    )
    scene = scene_of(parsed(*told))
    assert scene.at[word(scene.doc, "him").i].drafts[0].name == "Paul Morton"


def test_a_given_name_tells_whom_he_and_she_stand_for() -> None:
    told = (
        "Maria/NNP/3/nsubj/PER Lee/NNP/1/flat/+ met/VBD/0/root Paul/NNP/3/obj/PER Morton/NNP/4/flat/+ ././3/punct",
        "He/PRP/2/nsubj praised/VBD/0/root Peru/NNP/2/obj/LOC ././2/punct",
        "She/PRP/2/nsubj left/VBD/0/root ././2/punct",
    )
    scene = scene_of(parsed(*told))
    names = {token: scene.at[word(scene.doc, token).i].drafts[0].name for token in ("He", "She")}
    assert names == {"He": "Paul Morton", "She": "Maria Lee"}
