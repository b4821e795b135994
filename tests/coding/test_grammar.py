"""Questions about a clause, on sentences parsed by hand."""

import pytest

from dragoman.coding import contents, grammar
from make_docs import parsed, word

ACTIVE = "Peru/NNP/2/nsubj/LOC thanked/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct"
PASSIVE = (
    "The/DT/2/det accord/NN/4/nsubj:pass was/VBD/4/aux:pass signed/VBN/0/root by/IN/6/case "
    "Peru/NNP/4/obl:agent/LOC and/CC/8/cc Chile/NNP/6/conj/LOC ././4/punct"
)
RELATIVE = (
    "Norway/NNP/7/nsubj/LOC ,/,/4/punct which/WDT/4/nsubj borders/VBZ/1/acl:relcl Russia/NNP/4/obj/LOC "
    ",/,/1/punct expelled/VBD/0/root two/CD/9/nummod envoys/NNS/7/obj ././7/punct"
)
PROMISE = (
    "Ghana/NNP/2/nsubj/LOC promised/VBD/0/root Togo/NNP/2/iobj/LOC to/TO/5/mark send/VB/2/xcomp "
    "aid/NN/5/obj ././2/punct"
)
ORDER = (
    "Ghana/NNP/2/nsubj/LOC ordered/VBD/0/root Togo/NNP/2/obj/LOC to/TO/5/mark open/VB/2/xcomp the/DT/7/det "
    "border/NN/5/obj ././2/punct"
)
JOINED = (
    "Officials/NNS/4/nsubj from/IN/3/case Oman/NNP/1/nmod/LOC met/VBD/0/root and/CC/6/cc praised/VBD/4/conj "
    "Qatar/NNP/6/obj/LOC ././4/punct"
)
REDUCED = (
    "The/DT/2/det statement/NN/6/nsubj issued/VBN/2/acl by/IN/5/case Oman/NNP/3/obl:agent/LOC angered/VBD/0/root "
    "Qatar/NNP/6/obj/LOC ././6/punct"
)
OPEN_OBJECT = "The/DT/2/det deal/NN/5/nsubj they/PRP/4/nsubj signed/VBD/2/acl:relcl collapsed/VBD/0/root ././5/punct"
ASIDE = (
    "Talks/NNS/2/nsubj ended/VBD/0/root because/IN/5/case of/IN/3/fixed Spain/NNP/2/obl/LOC after/IN/8/case "
    "two/CD/8/nummod days/NNS/2/obl ././2/punct"
)


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        (ACTIVE, "thanked", "Peru"),
        (PASSIVE, "signed", "Peru"),
        (RELATIVE, "borders", "Norway"),
        (RELATIVE, "expelled", "Norway"),
        (PROMISE, "send", "Ghana"),
        (ORDER, "open", "Togo"),
        (JOINED, "praised", "Officials"),
        (REDUCED, "issued", "Oman"),
        (OPEN_OBJECT, "signed", "they"),
    ],
)
def test_the_subject_is_who_does_it(sentence: str, verb: str, expected: str) -> None:
    found = grammar.subject(word(parsed(sentence), verb))
    assert found is not None and found.text == expected


def test_a_passive_without_an_agent_has_no_subject() -> None:
    doc = parsed("The/DT/2/det envoy/NN/4/nsubj:pass was/VBD/4/aux:pass expelled/VBN/0/root ././4/punct")
    assert grammar.subject(word(doc, "expelled")) is None


def test_what_a_passive_clause_is_joined_to_is_done_by_its_grammatical_subject() -> None:
    doc = parsed(
        "Lee/NNP/3/nsubj:pass/PER was/VBD/3/aux:pass freed/VBN/0/root and/CC/5/cc left/VBD/3/conj Oman/NNP/5/obj/LOC "
        "././3/punct"
    )
    found = grammar.subject(word(doc, "left"))
    assert found is not None and found.text == "Lee"


def test_an_infinitive_after_an_ordinal_has_the_subject_of_its_noun() -> None:
    doc = parsed(
        "Lee/NNP/5/nsubj/PER was/VBD/5/cop the/DT/5/det first/JJ/5/amod minister/NN/0/root to/TO/7/mark "
        "visit/VB/5/acl Ghana/NNP/7/obj/LOC ././5/punct"
    )
    found = grammar.subject(word(doc, "visit"))
    assert found is not None and found.text == "Lee"


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        (ACTIVE, "thanked", ["Chile"]),
        (PASSIVE, "signed", ["accord"]),
        (RELATIVE, "borders", ["Russia"]),
        (REDUCED, "issued", ["statement"]),
        (OPEN_OBJECT, "signed", ["deal"]),
        (ASIDE, "ended", []),
    ],
)
def test_direct_objects_are_what_it_is_done_to(sentence: str, verb: str, expected: list[str]) -> None:
    assert [token.text for token in grammar.direct_objects(word(parsed(sentence), verb))] == expected


def test_prepositions_may_have_several_words() -> None:
    found = grammar.obliques(word(parsed(ASIDE), "ended"))
    assert [(preposition, token.text) for preposition, token in found] == [("because of", "Spain"), ("after", "days")]


def test_an_agent_counts_as_a_phrase_with_by() -> None:
    assert [(p, t.text) for p, t in grammar.obliques(word(parsed(PASSIVE), "signed"))] == [("by", "Peru")]


def test_a_possessive_mark_is_no_preposition() -> None:
    doc = parsed("Kenya/NNP/3/nmod:poss/LOC 's/POS/1/case president/NN/0/root")
    assert grammar.preposition(word(doc, "Kenya")) == ""
    assert list(grammar.obliques(word(doc, "president"))) == []


@pytest.mark.parametrize(
    ("quantity", "tag"), [("thousands", "NNS"), ("one", "CD"), ("a", "DT"), ("group", "NN"), ("half", "NN")]
)
def test_quantities_are_of_what_they_count(quantity: str, tag: str) -> None:
    doc = parsed(
        f"Ships/NNS/2/nsubj rescued/VBD/0/root {quantity}/{tag}/2/obj of/IN/5/case fishermen/NNS/3/nmod ././2/punct"
    )
    expected = "fishermen" if quantity != "a" else "a"
    assert grammar.counted(word(doc, quantity)).text == expected


def test_what_is_no_quantity_counts_as_itself() -> None:
    doc = parsed("The/DT/2/det army/NN/0/root of/IN/4/case Peru/NNP/2/nmod/LOC")
    assert grammar.counted(word(doc, "army")).text == "army"


def test_conjuncts_are_all_that_is_joined() -> None:
    doc = parsed(PASSIVE)
    assert [token.text for token in grammar.conjuncts(word(doc, "Peru"))] == ["Peru", "Chile"]
    assert grammar.first_conjunct(word(doc, "Chile")).text == "Peru"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("left/VBD/0/root", "past"),
        ("leaves/VBZ/0/root", "present"),
        ("will/MD/3/aux leave/VB/0/root", "future"),
        ("has/VBZ/3/aux left/VBN/0/root", "past"),
        ("leaving/VBG/0/root", None),
    ],
)
def test_tense(clause: str, expected: str | None) -> None:
    doc = parsed(f"Lee/NNP/{2 + clause.count(' ')}/nsubj/PER {clause}")
    assert grammar.tense(next(doc.sents).root) == expected


def test_joined_verbs_share_the_auxiliary() -> None:
    doc = parsed("Lee/NNP/3/nsubj/PER will/MD/3/aux leave/VB/0/root and/CC/5/cc return/VB/3/conj ././3/punct")
    assert grammar.tense(word(doc, "return")) == "future"


def test_past_perfect() -> None:
    doc = parsed("Tunisia/NNP/3/nsubj/LOC had/VBD/3/aux closed/VBN/0/root the/DT/5/det border/NN/3/obj ././3/punct")
    assert grammar.is_past_perfect(word(doc, "closed"))
    assert not grammar.is_past_perfect(word(parsed(ACTIVE), "thanked"))


def test_a_relative_pronoun_stands_for_its_noun() -> None:
    doc = parsed(RELATIVE)
    assert grammar.antecedent(word(doc, "which")).text == "Norway"
    assert grammar.antecedent(word(doc, "Russia")).text == "Russia"


def test_that_as_a_conjunction_stands_for_itself() -> None:
    doc = parsed(
        "Oman/NNP/2/nsubj/LOC said/VBD/0/root that/IN/5/mark Qatar/NNP/5/nsubj/LOC left/VBD/2/ccomp ././2/punct"
    )
    assert grammar.antecedent(word(doc, "that")).text == "that"


def test_a_clause_whose_number_does_not_fit_its_noun_goes_with_the_noun_before_the_comma() -> None:
    doc = parsed(
        "Troops/NNS/9/nsubj from/IN/3/case Norway/NNP/1/nmod/LOC ,/,/6/punct which/WDT/6/nsubj borders/VBZ/1/acl:relcl "
        "Russia/NNP/6/obj/LOC ,/,/6/punct arrived/VBD/0/root ././9/punct"
    )
    assert grammar.antecedent(word(doc, "which")).text == "Norway"


def test_phrases_leave_out_the_marks_at_their_edges() -> None:
    doc = parsed(RELATIVE)
    found = grammar.phrase(word(doc, "Norway"))
    assert [token.text for token in found] == ["Norway", ",", "which", "borders", "Russia"]


def test_a_phrase_whose_branches_cross_is_in_text_order() -> None:
    doc = parsed("More/JJR/2/amod envoys/NNS/5/nsubj than/IN/4/case generals/NNS/1/obl left/VBD/0/root ././5/punct")
    found = grammar.phrase(word(doc, "envoys"))
    assert [token.text for token in found] == ["More", "envoys", "than", "generals"]


def test_within_is_true_of_a_word_and_what_hangs_on_it() -> None:
    doc = parsed(ORDER)
    above = [word(doc, "open")]
    assert grammar.within(word(doc, "border"), above) and grammar.within(above[0], above)
    assert not grammar.within(word(doc, "Ghana"), above)


BLAMED = (
    "Ghana/NNP/2/nsubj/LOC {verb}/VBD/0/root Togo/NNP/2/obj/LOC {mark}/IN/5/mark shelling/VBG/2/advcl and/CC/7/cc "
    "burning/VBG/5/conj Lome/NNP/5/obj/LOC ././2/punct"
)


@pytest.mark.parametrize(
    ("verb", "mark", "expected"),
    [
        ("blamed", "for", "Togo"),
        ("condemned", "for", "Togo"),
        ("accused", "of", "Togo"),
        ("kept", "from", "Togo"),
        ("punished", "by", "Ghana"),
        ("criticized", "before", "Ghana"),
        ("approached", "for", "Ghana"),
    ],
)
def test_what_somebody_is_judged_for_is_what_he_did(verb: str, mark: str, expected: str) -> None:
    doc = parsed(BLAMED.format(verb=verb, mark=mark))
    assert [str(grammar.subject(word(doc, deed))) for deed in ("shelling", "burning")] == [expected, expected]


def test_who_was_blamed_did_it() -> None:
    doc = parsed(
        "Togo/NNP/3/nsubj:pass/LOC was/VBD/3/aux:pass blamed/VBN/0/root by/IN/5/case Ghana/NNP/3/obl:agent/LOC "
        "for/IN/7/mark shelling/VBG/3/advcl Lome/NNP/7/obj/LOC ././3/punct"
    )
    assert str(grammar.subject(word(doc, "shelling"))) == "Togo"


def test_participles_of_one_auxiliary_share_who_did_it() -> None:
    doc = parsed(
        "The/DT/2/det envoy/NN/4/nsubj:pass was/VBD/4/aux:pass tried/VBN/0/root and/CC/6/cc jailed/VBN/4/conj "
        "by/IN/8/case Peru/NNP/6/obl:agent/LOC ././4/punct"
    )
    assert [str(grammar.subject(word(doc, verb))) for verb in ("tried", "jailed")] == ["Peru", "Peru"]


def test_a_passive_with_an_auxiliary_of_its_own_shares_nothing() -> None:
    doc = parsed(
        "The/DT/2/det envoy/NN/4/nsubj:pass was/VBD/4/aux:pass tried/VBN/0/root and/CC/7/cc was/VBD/7/aux:pass "
        "freed/VBN/4/conj by/IN/9/case Peru/NNP/7/obl:agent/LOC ././4/punct"
    )
    assert grammar.subject(word(doc, "tried")) is None


@pytest.mark.parametrize(
    ("sentence", "supposes"),
    [
        ("Say/VB/0/root Peru/NNP/3/nsubj/LOC attacked/VBD/1/ccomp Chile/NNP/3/obj/LOC ././1/punct", True),
        ("Say/VB/0/root nothing/NN/1/obj ././1/punct", False),
        ("We/PRP/2/nsubj say/VBP/0/root Peru/NNP/4/nsubj/LOC attacked/VBD/2/ccomp Chile/NNP/4/obj/LOC", False),
        ("Say/VB/0/root ,/,/1/punct did/VBD/5/aux Peru/NNP/5/nsubj/LOC attack/VB/1/ccomp ?/./1/punct", False),
    ],
)
def test_an_imperative_at_the_head_puts_a_case(sentence: str, supposes: bool) -> None:
    doc = parsed(sentence)
    assert any(map(contents.supposes, doc)) == supposes
