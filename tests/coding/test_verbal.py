"""Demands, charges, refusals, threats and measures, parsed by hand: who stands where in them."""

from dragoman.coding import grammar
from dragoman.coding.finder import finder
from make_docs import briefs, mention, parsed, scene_of, word

CUT = (
    "Peru/NNP/2/nsubj/LOC cut/VBD/0/root ties/NNS/2/obj with/IN/5/case Chile/NNP/2/obl/LOC ,/,/9/punct "
    "which/WDT/9/nsubj it/PRP/9/nsubj accuses/VBZ/5/acl:relcl of/IN/11/mark spying/VBG/9/advcl ././2/punct"
)
ASKED = (
    "Peru/NNP/2/nsubj/LOC asked/VBD/0/root Chile/NNP/5/nmod:poss/LOC 's/POS/3/case envoy/NN/2/obj to/TO/7/mark "
    "leave/VB/5/acl ././2/punct"
)
SAID = (
    "Peru/NNP/2/nsubj/LOC said/VBD/0/root that/IN/7/mark the/DT/5/det bay/NN/7/nsubj is/VBZ/7/cop "
    "Peruvian/JJ/2/ccomp and/CC/9/cc urged/VBD/7/conj Chile/NNP/9/obj/LOC to/TO/12/mark leave/VB/9/xcomp ././2/punct"
)
SUSPENDED = "Peru/NNP/3/nsubj:pass/LOC partially/RB/3/advmod suspended/VBN/0/root Chile/NNP/3/obj/LOC ././3/punct"
LEANING = (
    "The/DT/5/det pro/JJ/4/compound -/HYPH/2/punct Chilean/JJ/5/amod socialists/NNS/6/nsubj accused/VBD/0/root "
    "Peru/NNP/6/obj/LOC ././6/punct"
)
PART = (
    "Peru/NNP/6/nsubj/LOC ,/,/6/punct for/IN/5/case its/PRP$/5/nmod:poss part/NN/6/obl called/VBD/0/root the/DT/8/det "
    "bay/NN/6/obj a/DT/10/det lake/NN/6/xcomp ././6/punct"
)


def test_a_relative_clause_is_said_of_another_than_its_subject() -> None:
    doc = parsed(CUT)
    accuses = word(doc, "accuses")
    assert grammar.subject(accuses) == word(doc, "it")
    assert grammar.direct_objects(accuses) == [word(doc, "Chile")]
    assert ("ACCUSE", ["PER"], ["CHL"]) in briefs(CUT)


def test_what_somebody_is_asked_to_do_may_hang_on_him() -> None:
    doc = parsed(ASKED)
    assert grammar.complements(word(doc, "asked")) == [word(doc, "leave")]
    assert briefs(ASKED) == [("SANCTION", ["PER"], ["CHL"])]
    plan = ASKED.replace("asked/VBD", "rejected/VBD").replace("envoy", "plan")
    assert grammar.complements(word(parsed(plan), "rejected")) == []


def test_a_past_form_joined_to_a_present_is_told_by_the_verb_above() -> None:
    doc = parsed(SAID)
    assert grammar.outer(word(doc, "urged")) == word(doc, "said")
    assert ("REQUEST", ["PER"], ["CHL"]) in briefs(SAID)


def test_a_verb_with_an_object_and_no_auxiliary_is_active() -> None:
    doc = parsed(SUSPENDED)
    assert not grammar.is_passive(word(doc, "suspended"))
    assert grammar.direct_objects(word(doc, "suspended")) == [word(doc, "Chile")]


def test_whom_somebody_leans_towards_is_not_whose_he_is() -> None:
    doc = parsed(LEANING)
    assert word(doc, "Chilean").i not in finder().find(doc).names
    found = mention(scene_of(doc), "socialists")
    assert found is None or found.drafts[0].code != "CHL"


def test_who_does_something_for_his_part_asks_for_nothing() -> None:
    assert not [told for told in briefs(PART) if told[0] == "REQUEST"]
