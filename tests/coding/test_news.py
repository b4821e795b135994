"""How newspapers tell of acts: whom words that point back mean, and what hangs on what in long sentences."""

import pytest
from spacy.tokens import Doc

from dragoman.coding import grammar, heads
from dragoman.coding.cues import candidates
from dragoman.coding.mentions import Mention
from dragoman.coding.quotes import quotations
from dragoman.coding.register import Draft
from dragoman.model import EntityKind
from make_docs import VOCAB, brief, briefs, mention, parsed, reading, scene_of, word

DEED_BELOW = (
    "Rebels/NNS/2/nsubj admitted/VBD/0/root the/DT/4/det bombing/NN/2/obj of/IN/7/case a/DT/7/det Kenyan/JJ/8/amod "
    "embassy/NN/4/nmod that/WDT/10/nsubj killed/VBD/8/acl:relcl people/NNS/10/obj ././2/punct"
)


def test_the_embassy_that_was_bombed_kills_nobody() -> None:
    killed = [found for found in briefs(DEED_BELOW) if found[0] == "ASSAULT" and "KEN" in found[1]]
    assert killed == []


def test_a_number_with_some_of_whom_it_tells_is_people() -> None:
    words = (
        "At/IN/2/case least/JJS/3/nmod 74/CD/7/nsubj:pass including/VBG/5/case pilots/NNS/3/nmod were/VBD/7/aux:pass "
        "killed/VBN/0/root in/IN/9/case Nairobi/NNP/7/obl/LOC by/IN/12/case Somali/JJ/12/amod troops/NNS/7/obl:agent"
    )
    assert ("ASSAULT", ["SOM"], ["None"]) in briefs(words)


def test_who_is_reported_killed_is_killed() -> None:
    doc = parsed(
        "Ten/CD/2/nummod guards/NNS/4/nsubj:pass were/VBD/4/aux:pass reported/VBN/0/root killed/VBN/4/xcomp ././4/punct"
    )
    killed = word(doc, "killed")
    assert grammar.is_passive(killed) and [t.text for t in grammar.direct_objects(killed)] == ["guards"]


@pytest.mark.parametrize(
    ("noun", "whose", "expected"),
    [("step", "the/DT/4/det", "Peru"), ("habit", "Chile/NNP/4/nmod:poss/LOC", "Chile")],
)
def test_who_takes_a_step_does_what_it_is(noun: str, whose: str, expected: str) -> None:
    doc = parsed(
        f"Peru/NNP/2/nsubj/LOC took/VBD/0/root {whose} {noun}/NN/2/obj of/IN/6/mark blaming/VBG/4/acl "
        "Bolivia/NNP/6/obj/LOC ././2/punct"
    )
    assert str(grammar.subject(word(doc, "blaming"))) == expected


def test_which_is_no_person() -> None:
    doc = parsed(
        "Ann/NNP/11/nsubj/PER Lee/NNP/1/flat/+ ,/,/4/punct head/NN/1/appos of/IN/6/case Amnesty/NNP/4/nmod/ORG "
        ",/,/8/punct which/WDT/9/nsubj praised/VBD/4/acl:relcl Peru/NNP/9/obj/LOC left/VBD/0/root ././11/punct"
    )
    assert grammar.antecedent(word(doc, "which")).text == "Amnesty"


def test_what_the_object_of_its_own_is_in_is_not_yet_the_recipient() -> None:
    cut = (
        "Peru/NNP/2/nsubj/LOC condemned/VBD/0/root its/PRP$/4/nmod:poss treatment/NN/2/obj by/IN/6/case "
        "Chile/NNP/2/obl/LOC ././2/punct"
    )
    assert briefs(cut) == [("ACCUSE", ["PER"], ["CHL"])]


def test_objections_of_two_are_of_both() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC rejected/VBD/0/root Chilean/JJ/6/amod and/CC/5/cc Bolivian/JJ/6/amod "
        "objections/NNS/2/obj to/IN/8/case it/PRP/6/nmod ././2/punct"
    )
    assert [found[2] for found in briefs(sentence) if found[0] == "REJECT"] == [["BOL", "CHL"]]


def test_what_somebody_is_besides_is_no_second_party() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC thanked/VBD/0/root Ann/NNP/2/obj/PER Lee/NNP/3/flat/+ ,/,/7/punct a/DT/7/det "
        "nurse/NN/3/appos and/CC/9/cc soldier/NN/7/conj from/IN/11/case Chile/NNP/9/nmod/LOC ././2/punct"
    )
    assert [[p.name for p in r.recipients] for r in reading(sentence).reports] == [["Ann Lee"]]


TESTED = (
    "Peru/NNP/3/nmod:poss/LOC 's/POS/1/case test/NN/4/nsubj worried/VBD/0/root Chile/NNP/4/obj/LOC ././4/punct",
    "Bolivia/NNP/2/nsubj/LOC condemned/VBD/0/root {whose} test/NN/2/obj ././2/punct",
)


def test_the_test_that_is_condemned_is_his_whose_was_told() -> None:
    condemned = TESTED[1].format(whose="the/DT/4/det")
    assert ("ACCUSE", ["BOL"], ["PER"]) in briefs(TESTED[0], condemned)


def test_a_test_is_not_his_who_made_another() -> None:
    condemned = TESTED[1].format(whose="a/DT/4/det")
    assert ("ACCUSE", ["BOL"], ["PER"]) not in briefs(TESTED[0], condemned)


def test_an_attack_alleged_to_be_plotted_by_somebody_blames_him() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC alleged/VBD/0/root the/DT/4/det raid/NN/6/nsubj:pass was/VBD/6/aux:pass "
        "plotted/VBN/2/ccomp by/IN/8/case Chile/NNP/6/obl:agent/LOC ././2/punct"
    )
    assert ("ACCUSE", ["PER"], ["CHL"]) in briefs(sentence)


def test_to_call_somebody_a_liar_is_told_by_the_report() -> None:
    (report,) = reading(
        "Peru/NNP/2/nsubj/LOC called/VBD/0/root Chile/NNP/2/obj/LOC a/DT/5/det liar/NN/2/xcomp ././2/punct"
    ).reports
    assert (report.category, report.attribution) == ("ACCUSE", ())


def test_the_president_is_who_was_called_so_last() -> None:
    told = (
        "President/NNP/2/nmod:desc Ann/NNP/7/nsubj/PER Lee/NNP/2/flat/+ of/IN/5/case Peru/NNP/2/nmod/LOC ,/,/7/punct "
        "met/VBD/0/root President/NNP/9/nmod:desc Omar/NNP/7/obj/PER Diaz/NNP/9/flat/+ of/IN/12/case "
        "Chile/NNP/9/nmod/LOC",
        "President/NNP/2/nmod:desc Lee/NNP/3/nsubj/PER spoke/VBD/0/root ././3/punct",
        "The/DT/2/det president/NN/3/nsubj left/VBD/0/root ././3/punct",
    )
    scene = scene_of(parsed(*told))
    assert scene.at[word(scene.doc, "president").i].drafts[0].name == "Ann Lee"


def test_the_administration_is_not_the_russian_government() -> None:
    told = (
        "The/DT/3/det Russian/JJ/3/amod government/NN/4/nsubj left/VBD/0/root ././4/punct",
        "Peru/NNP/2/nsubj/LOC urged/VBD/0/root the/DT/4/det {noun}/NN/2/obj to/TO/6/mark talk/VB/2/xcomp ././2/punct",
    )
    for noun, nth, same in (("administration", 0, False), ("government", 1, True)):
        scene = scene_of(parsed(told[0], told[1].format(noun=noun)))
        assert (scene.at[word(scene.doc, noun, nth=nth).i].why == "the one of its name before") == same


def test_opponents_are_of_his_country_whom_they_oppose() -> None:
    sentence = (
        "Peruvian/JJ/3/amod President/NNP/3/nmod:desc Ann/NNP/6/nsubj:pass/PER Lee/NNP/3/flat/+ was/VBD/6/aux:pass "
        "criticized/VBN/0/root by/IN/8/case opponents/NNS/6/obl:agent ././6/punct"
    )
    assert ("ACCUSE", ["PER"], ["PER"]) in briefs(sentence)


def test_of_two_states_that_help_a_government_it_is_neither() -> None:
    sentence = (
        "Fighting/NN/2/nsubj goes/VBZ/0/root on/RP/2/compound:prt in/IN/5/case Sudan/NNP/2/obl/LOC as/IN/8/mark "
        "Chile/NNP/8/nsubj/LOC supports/VBZ/2/advcl the/DT/10/det government/NN/8/obj ././2/punct"
    )
    assert ("SUPPORT", ["CHL"], ["SDN"]) in briefs(sentence)


ENVOY = (
    "US/NNP/2/compound/LOC Ambassador/NNP/3/nmod:desc Ann/NNP/11/nsubj/PER Lee/NNP/3/flat/+ ,/,/8/punct "
    "Trade/NNP/7/compound Minister/NNP/8/nmod:desc Paul/NNP/3/conj/PER Morton/NNP/8/flat/+ and/CC/8/cc "
    "spoke/VBD/0/root ././11/punct"
)


def test_a_minister_is_not_of_the_envoy_s_country() -> None:
    scene = scene_of(parsed(ENVOY))
    assert scene.at[word(scene.doc, "Paul").i].drafts[0].code != "USA"


def test_the_minister_met_before_gets_his_name_at_last() -> None:
    met = (
        "Oman/NNP/2/nsubj/LOC met/VBD/0/root Kenya/NNP/6/nmod:poss/LOC 's/POS/3/case trade/NN/6/compound "
        "minister/NN/2/obj ././2/punct"
    )
    scene = scene_of(parsed(met, ENVOY))
    assert scene.at[word(scene.doc, "Paul").i].drafts[0].code == "KEN"


@pytest.mark.parametrize(("place", "code"), [("Ill./NNP/6/nmod:unmarked", "USA"), (None, "TUN")])
def test_the_state_after_a_comma_says_which_town(place: str | None, code: str) -> None:
    after = f"/LOC ,/,/6/punct {place}" if place else "/LOC"
    doc = parsed(
        f"Ann/NNP/0/root/PER Lee/NNP/1/flat/+ ,/,/4/punct nurse/NN/1/appos in/IN/6/case Carthage/NNP/4/nmod{after}"
    )
    assert scene_of(doc).at[0].drafts[0].code == code


def test_a_speaker_s_he_is_another() -> None:
    told = (
        "Paul/NNP/3/nsubj/PER Morton/NNP/1/flat/+ praised/VBD/0/root Peru/NNP/3/obj/LOC ././3/punct",
        "Omar/NNP/3/nsubj/PER Diaz/NNP/1/flat/+ left/VBD/0/root ././3/punct",
        "\"/``/3/punct He/PRP/3/nsubj praised/VBD/8/ccomp Chile/NNP/3/obj/LOC ,/,/3/punct \"/''/3/punct "
        "Diaz/NNP/8/nsubj/PER said/VBD/0/root ././8/punct",
    )
    praise = next(r for r in reading(*told).reports if "CHL" in brief(r)[2])
    assert [p.name for p in praise.actors] == ["Paul Morton"]


def test_two_apostrophes_open_and_close() -> None:
    doc = parsed("''/``/2/punct Go/VB/5/ccomp ''/''/2/punct he/PRP/5/nsubj said/VBD/0/root")
    assert [[doc[i].text for i in sorted(quote)] for quote in quotations(doc)] == [["Go"]]


def test_a_part_written_small_belongs_to_a_known_name() -> None:
    doc = parsed(
        "Ban/NNP/5/nsubj/PER Ki/NNP/1/flat/+ -/HYPH/1/punct moon/NN/1/flat praised/VBD/0/root Peru/NNP/5/obj/LOC"
    )
    columns = {"heads": [t.head.i for t in doc], "tags": [t.tag_ for t in doc], "pos": [t.pos_ for t in doc],
               "deps": [t.dep_ for t in doc], "lemmas": [t.lemma_ for t in doc]}  # fmt: skip
    closed = [True, False, False, True, True, True]
    doc = Doc(
        VOCAB, words=[t.text for t in doc], spaces=closed, ents=["B-PER", "I-PER", "O", "O", "O", "B-LOC"], **columns
    )
    assert scene_of(doc).at[0].drafts[0].name == "Ban Ki-moon"


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru/NNP/2/nsubj/LOC refused/VBD/0/root to/TO/4/mark attack/VB/2/xcomp Chile/NNP/4/obj/LOC ././2/punct",
        "Peru/NNP/2/nsubj/LOC talked/VBD/0/root about/IN/4/case Chile/NNP/2/obl/LOC ././2/punct",
    ],
)
def test_what_is_no_rejection_and_no_talk(sentence: str) -> None:
    assert {found[0] for found in briefs(sentence)} <= {"ASSAULT"}


@pytest.mark.parametrize(("adverb", "who"), [("also/RB/7/advmod", "PER"), ("then/RB/7/advmod", "CHL")])
def test_what_is_said_also_is_said_by_the_same(adverb: str, who: str) -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC said/VBD/0/root Chile/NNP/4/nsubj/LOC fled/VBD/2/ccomp and/CC/7/cc "
        f"{adverb} accused/VBD/4/conj Bolivia/NNP/7/obj/LOC of/IN/10/mark spying/VBG/7/advcl ././2/punct"
    )
    assert (("ACCUSE", [who], ["BOL"])) in briefs(sentence)


def test_what_is_joined_to_a_part_of_a_name_is_joined_to_the_name() -> None:
    doc = parsed("Ann/NNP/0/root/PER Lee/NNP/1/flat/+ and/CC/4/cc Omar/NNP/2/conj/PER")
    assert [t.text for t in grammar.conjuncts(doc[0])] == ["Ann", "Omar"]


def test_officials_from_three_countries_are_of_all_three() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC met/VBD/0/root officials/NNS/2/obj from/IN/5/case Chile/NNP/3/nmod/LOC ,/,/7/punct "
        "Oman/NNP/5/conj/LOC and/CC/9/cc Mali/NNP/5/conj/LOC ././2/punct"
    )
    assert briefs(sentence) == [("CONSULT", ["CHL", "MLI", "OMN", "PER"], [])]


def test_to_call_for_something_is_told_by_the_report() -> None:
    (report,) = reading(
        "Peru/NNP/2/nsubj/LOC called/VBD/0/root for/IN/4/mark Chile/NNP/6/nsubj/LOC to/TO/6/mark withdraw/VB/2/xcomp"
    ).reports
    assert (report.category, report.attribution) == ("REQUEST", ())


@pytest.mark.parametrize(
    ("words", "talked_of"),
    [
        ("Ministers/NNS/2/nsubj discussed/VBD/0/root the/DT/4/det war/NN/2/obj in/IN/6/case Peru/NNP/4/nmod/LOC", True),
        ("Ministers/NNS/2/nsubj conferred/VBD/0/root about/IN/4/case Peru/NNP/2/obl/LOC", True),
        ("Ministers/NNS/2/nsubj conferred/VBD/0/root with/IN/4/case Peru/NNP/2/obl/LOC", False),
    ],
)
def test_who_is_talked_of_is_no_party_to_the_talks(words: str, talked_of: bool) -> None:
    scene = scene_of(parsed(words))
    verb = word(scene.doc, words.split()[1].partition("/")[0])
    found = mention(scene, "Peru")
    assert found is not None
    candidate = next(each for each in candidates(scene, [verb]) if each.sense.event == "CONSULT")
    assert heads._is_talked_of(candidate, found) is talked_of


@pytest.mark.parametrize(
    ("kind", "verb", "may"), [("thing", "condemned", False), ("group", "condemned", True), ("thing", "bombed", True)]
)
def test_who_condemns_a_thing_accuses_nobody_by_that(kind: EntityKind, verb: str, may: bool) -> None:
    scene = scene_of(parsed(f"Peru/NNP/2/nsubj/LOC {verb}/VBD/0/root the/DT/4/det convoy/NN/2/obj"))
    found = Mention((Draft(kind, "the convoy"),), head=3, start=2, end=4, rule="reader")
    candidate = next(iter(candidates(scene, [word(scene.doc, verb)])))
    assert heads._may_receive(candidate, found) is may
