"""Demands, charges, refusals, threats and measures, parsed by hand: who stands where in them."""

import pytest

import dragoman
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


INSISTED = (
    "Peru/NNP/2/nsubj/LOC proposed/VBD/0/root that/IN/5/mark Chile/NNP/5/nsubj/LOC {}/2/ccomp the/DT/7/det "
    "crew/NN/5/obj ././2/punct"
)
VOWED = (
    "Peru/NNP/2/nsubj/LOC vowed/VBD/0/root to/TO/4/mark {}/VB/2/xcomp Chile/NNP/7/nmod:poss/LOC 's/POS/5/case "
    "{}/NN/4/obj ././2/punct"
)
ACCEPT = (
    "Peru/NNP/4/nsubj/LOC will/MD/4/aux {} accept/VB/0/root Chile/NNP/7/nmod:poss/LOC 's/POS/5/case claim/NN/4/obj "
    "././4/punct"
)
MET = (
    "Any/DT/2/det raid/NN/5/nsubj:pass will/MD/5/aux be/VB/5/aux:pass met/VBN/9/ccomp with/IN/7/case force/NN/5/obl "
    ",/,/9/punct said/VBD/0/root Peru/NNP/9/nsubj/LOC ././9/punct"
)


@pytest.mark.parametrize(("verb", "told"), [("release/VBP", True), ("released/VBD", False)])
def test_who_proposes_that_another_do_something_asks_it_of_him(verb: str, told: bool) -> None:
    asked = [each for each in briefs(INSISTED.format(verb)) if each[0] == "REQUEST"]
    assert asked == ([("REQUEST", ["PER"], ["CHL"])] if told else [])


@pytest.mark.parametrize(
    ("verb", "thing", "category"), [("expel", "ambassador", "THREATEN"), ("receive", "ambassador", "AGREE")]
)
def test_harm_that_is_promised_is_a_threat(verb: str, thing: str, category: str) -> None:
    assert briefs(VOWED.format(verb, thing)) == [(category, ["PER"], ["CHL"])]


@pytest.mark.parametrize(("denied", "refused"), [("not/RB/4/advmod", True), ("now/RB/4/advmod", False)])
def test_who_will_not_accept_refuses(denied: str, refused: bool) -> None:
    told = briefs(ACCEPT.format(denied))
    assert (("REJECT", ["PER"], ["CHL"]) in told) is refused


def test_what_is_met_with_force_is_no_meeting() -> None:
    assert [each for each, _, _ in briefs(MET)] in ([], ["THREATEN"])


EXPELLED = "Peru/NNP/2/nsubj/LOC expelled/VBD/0/root two/CD/5/nummod Chilean/JJ/5/amod diplomats/NNS/2/obj ././2/punct"
LEFT = (
    "Chile/NNP/2/nsubj/LOC broke/VBD/0/root relations/NNS/2/obj with/IN/5/case Peru/NNP/3/nmod/LOC and/CC/7/cc "
    "expelled/VBD/2/conj its/PRP$/9/nmod:poss diplomats/NNS/7/obj ././2/punct"
)
PROTESTED = "{}/NNP/2/nsubj/LOC condemned/VBD/0/root the/DT/4/det {}/NN/2/obj ././2/punct"
FILLER = "Peru/NNP/2/nsubj/LOC blamed/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct"


@pytest.mark.parametrize(
    ("state", "deed", "against"),
    [("Chile", "move", ["PER"]), ("Brazil", "move", ["PER"]), ("Chile", "teachers", ["None"])],
)
def test_a_quarrel_goes_on_between_the_two_who_began_it(state: str, deed: str, against: list[str]) -> None:
    told = briefs(*[FILLER] * 5, EXPELLED, PROTESTED.format(state, deed))
    assert [recipients for each, _, recipients in told if each == "ACCUSE"][5:] == [against]


def test_whom_a_state_expels_is_another_s() -> None:
    told = briefs(*[FILLER] * 5, LEFT)
    assert [(actors, recipients) for each, actors, recipients in told if each == "SANCTION"] == [(["CHL"], ["PER"])] * 2


OWN = (
    "``/``/7/punct {}/PRP$/3/nmod:poss farmers/NNS/5/nsubj will/MD/5/aux pay/VB/10/ccomp the/DT/7/det price/NN/5/obj "
    ",/,/10/punct ''/''/10/punct said/VBD/0/root Peru/NNP/10/nsubj/LOC ././10/punct"
)


@pytest.mark.parametrize(("whose", "told"), [("our", []), ("their", ["THREATEN"])])
def test_nobody_threatens_his_own(whose: str, told: list[str]) -> None:
    assert [each for each, _, _ in briefs(*[FILLER] * 5, OWN.format(whose)) if each == "THREATEN"] == told


SPAT = (
    "Malta protested to Libya on Monday over the seizure of a trawler. Libya rejected the protest. Malta's minister, "
    "Carla Zerafa, met the Libyan ambassador. Libya accused Malta of fishing in Libyan waters. {} Malta and Libya "
    "signed an accord in 2013, and Libyan officials visited Malta in March."
)


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ('"They stole a ship," Zerafa said. "Libya will regret this crime for a long time."', ["MLT"]),
        ('"They stole a ship." Libya will regret this crime for a long time.', []),
    ],
)
def test_a_quotation_that_runs_on_is_said_by_the_same(words: str, by: list[str]) -> None:
    threats = [e for e in dragoman.read(SPAT.format(words)).events if e.category == "THREATEN"]
    assert [party.code for e in threats for party in e.actors] == by


SUSPENDS = (
    "Peru/NNP/2/nsubj/LOC suspended/VBD/0/root with/IN/5/case immediate/JJ/5/amod effect/NN/2/obl its/PRP$/7/nmod:poss "
    "treaty/NN/5/nmod with/IN/9/case Chile/NNP/7/nmod/LOC ././2/punct"
)
WROTE = (
    "A/DT/2/det letter/NN/5/nsubj from/IN/4/case Chile/NNP/2/nmod/LOC accused/VBD/0/root Peru/NNP/5/obj/LOC ././5/punct"
)
RECALLED = "Chile/NNP/2/nsubj/LOC recalled/VBD/0/root its/PRP$/4/nmod:poss ambassador/NN/2/obj ././2/punct"
CLOSED = (
    "Peru/NNP/2/nsubj/LOC closed/VBD/0/root its/PRP$/4/nmod:poss embassy/NN/2/obj after/IN/8/case a/DT/8/det "
    "Chilean/JJ/8/amod raid/NN/2/obl ././2/punct"
)
UNION = "The/DT/2/det EU/NNP/3/nsubj/ORG {} Peru/NNP/3/obj/LOC ././3/punct"
BRUSSELS = "Brussels/NNP/2/nsubj/LOC accused/VBD/0/root Peru/NNP/2/obj/LOC ././2/punct"


def test_an_object_may_hang_on_the_phrase_put_before_it() -> None:
    doc = parsed(SUSPENDS)
    assert grammar.direct_objects(word(doc, "suspended")) == [word(doc, "treaty")]
    assert briefs(SUSPENDS) == [("SANCTION", ["PER"], ["CHL"])]


def test_who_writes_a_letter_says_what_it_says() -> None:
    assert briefs(WROTE) == [("ACCUSE", ["CHL"], ["PER"])]


def test_from_whom_an_ambassador_is_recalled_is_told_before() -> None:
    told = briefs(*[FILLER] * 5, RECALLED)
    assert [recipients for each, _, recipients in told if each == "SANCTION"] == [["PER"]]


def test_what_an_act_follows_on_is_not_what_it_is_done_to() -> None:
    assert [recipients for each, _, recipients in briefs(CLOSED) if each == "SANCTION"] in ([], [[]])


@pytest.mark.parametrize(
    ("sentences", "code"),
    [
        ([UNION.format("thanked/VBD/0/root")], "EUR"),
        ([], "BEL"),
        ([UNION.format("thanked/VBD/0/root"), FILLER.replace("Chile", "Belgium")], "BEL"),
    ],
)
def test_a_capital_is_the_body_that_has_its_seat_there(sentences: list[str], code: str) -> None:
    found = mention(scene_of(parsed(*sentences, BRUSSELS)), "Brussels")
    assert found is not None and found.drafts[0].code == code


def test_a_body_may_be_the_other_side() -> None:
    union = FILLER.replace("Peru/NNP/2/nsubj/LOC", "EU/NNP/2/nsubj/ORG").replace("Chile", "Peru")
    answer = PROTESTED.format("Peru", "move").replace("condemned", "rejected")
    told = briefs(*[FILLER] * 5, union, answer)
    assert told[-1] == ("REJECT", ["PER"], ["EUR"])


ALSO = "Brazil/NNP/3/nsubj/LOC {} condemned/VBD/0/root the/DT/5/det stance/NN/3/obj ././3/punct"
STOLE = (
    "Peru/NNP/2/nsubj/LOC said/VBD/0/root Chile/NNP/5/nsubj/LOC had/VBD/5/aux blocked/VBN/2/ccomp a/DT/7/det "
    "road/NN/5/obj and/CC/10/cc must/MD/10/aux reopen/VB/5/conj it/PRP/10/obj ././2/punct"
)
FABRICATED = (
    "Peru/NNP/2/nsubj/LOC {}/VBD/0/root Chile/NNP/5/nmod:poss/LOC 's/POS/3/case suspicion/NN/2/obj "
    "fabricated/VBN/5/acl ././2/punct"
)
SIDE = (
    "The/DT/3/det Chilean/JJ/3/amod side/NN/6/nsubj will/MD/6/aux not/RB/6/advmod accept/VB/0/root "
    "Peru/NNP/9/nmod:poss/LOC 's/POS/7/case claim/NN/6/obj ././6/punct"
)
PASSIVE = (
    "Two/CD/3/nummod Peruvian/JJ/3/amod diplomats/NNS/5/nsubj:pass were/VBD/5/aux:pass expelled/VBN/0/root ././5/punct"
)


@pytest.mark.parametrize(("also", "against"), [("also/RB/3/advmod", ["CHL"]), ("then/RB/3/advmod", [])])
def test_what_another_does_too_he_does_to_the_same(also: str, against: list[str]) -> None:
    told = briefs(*[FILLER] * 5, EXPELLED, ALSO.format(also))
    assert told[-1] == ("ACCUSE", ["BRA"], against)


def test_a_passive_leaves_out_the_other_side() -> None:
    assert briefs(*[FILLER] * 5, PASSIVE)[-1] == ("SANCTION", ["CHL"], ["PER"])


def test_what_somebody_is_said_to_have_to_do_is_asked_of_him() -> None:
    assert ("REQUEST", ["PER"], ["CHL"]) in briefs(STOLE)


@pytest.mark.parametrize(("verb", "blames"), [("called", True), ("raised", False)])
def test_a_participle_may_say_what_a_thing_is_called(verb: str, blames: bool) -> None:
    assert (("ACCUSE", ["PER"], ["CHL"]) in briefs(FABRICATED.format(verb))) is blames


def test_the_side_of_a_state_is_that_state() -> None:
    assert briefs(SIDE) == [("REJECT", ["CHL"], ["PER"])]


RULED = (
    "Peru/NNP/{1}/nsubj/LOC {0} ruled/VBN/0/root out/RP/{1}/compound:prt talks/NNS/{1}/obj with/IN/{2}/case "
    "Chile/NNP/{3}/nmod/LOC ././{1}/punct"
)
DENY = (
    "Peru/NNP/4/nsubj/LOC would/MD/4/aux {}/CC/4/cc:preconj confirm/VB/0/root {}/CC/6/cc deny/VB/4/conj "
    "Chile/NNP/9/nmod:poss/LOC 's/POS/7/case report/NN/6/obj ././4/punct"
)
ENVOY = (
    "Peru/NNP/3/nmod:poss/LOC 's/POS/1/case envoy/NN/5/nsubj:pass was/VBD/5/aux:pass recalled/VBN/0/root "
    "from/IN/7/case Chile/NNP/5/obl/LOC ././5/punct"
)
ITSELF = (
    "Peru/NNP/2/nsubj/LOC promised/VBD/0/root that/IN/6/mark Lima/NNP/6/nsubj/LOC would/MD/6/aux pay/VB/2/ccomp "
    "for/IN/9/case Chile/NNP/9/nmod:poss/LOC road/NN/6/obl ././2/punct"
)


@pytest.mark.parametrize(
    ("words", "at", "told"), [("has/VBZ/3/aux", 3, ["REJECT"]), ("has/VBZ/4/aux not/RB/4/advmod", 4, [])]
)
def test_what_is_not_ruled_out_is_not_refused(words: str, at: int, told: list[str]) -> None:
    assert [each for each, _, _ in briefs(RULED.format(words, at, at + 4, at + 2))] == told


@pytest.mark.parametrize(("either", "nor", "refuses"), [("neither", "nor", False), ("both", "and", True)])
def test_who_neither_confirms_nor_denies_refuses_nothing(either: str, nor: str, refuses: bool) -> None:
    assert any(each == "REJECT" for each, _, _ in briefs(DENY.format(either, nor))) is refuses


def test_whose_envoy_is_recalled_recalls_him() -> None:
    assert briefs(ENVOY) == [("SANCTION", ["PER"], ["CHL"])]


def test_who_promises_to_pay_does_not_threaten() -> None:
    assert not [each for each, _, _ in briefs(ITSELF) if each == "THREATEN"]
