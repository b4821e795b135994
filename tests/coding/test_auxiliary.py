"""What has not happened, happens always, or happened long ago."""

from datetime import date

import pytest

from make_docs import only, reading

VISITS = {
    "happened": ("Peru/NNP/2/nsubj/LOC visited/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct", "CONSULT", ()),
    "perfect": (
        "Peru/NNP/3/nsubj/LOC has/VBZ/3/aux visited/VBN/0/root Chile/NNP/3/obj/LOC ././3/punct", "CONSULT", ()
    ),
    "future": ("Peru/NNP/3/nsubj/LOC will/MD/3/aux visit/VB/0/root Chile/NNP/3/obj/LOC ././3/punct", "AGREE", ()),
    "negation": (
        "Peru/NNP/4/nsubj/LOC did/VBD/4/aux not/RB/4/advmod visit/VB/0/root Chile/NNP/4/obj/LOC ././4/punct",
        "CONSULT", ("negation",),
    ),
    "never": (
        "Peru/NNP/3/nsubj/LOC never/RB/3/advmod visited/VBD/0/root Chile/NNP/3/obj/LOC ././3/punct",
        "CONSULT", ("negation",),
    ),
    "could": (
        "Peru/NNP/3/nsubj/LOC could/MD/3/aux visit/VB/0/root Chile/NNP/3/obj/LOC ././3/punct",
        "CONSULT", ("hypothetical",),
    ),
    "wanted": (
        "Peru/NNP/2/nsubj/LOC wants/VBZ/0/root to/TO/4/mark visit/VB/2/xcomp Chile/NNP/4/obj/LOC ././2/punct",
        "CONSULT", ("desired",),
    ),
    "would, reported": (
        "Peru/NNP/3/nsubj/LOC would/MD/3/aux visit/VB/7/ccomp Chile/NNP/3/obj/LOC ,/,/7/punct officials/NNS/7/nsubj "
        "said/VBD/0/root ././7/punct",
        "AGREE", (),
    ),
    "would": (
        "Peru/NNP/3/nsubj/LOC would/MD/3/aux visit/VB/0/root Chile/NNP/3/obj/LOC ././3/punct",
        "CONSULT", ("hypothetical",),
    ),
    "frequently": (
        "Peruvian/JJ/2/amod ministers/NNS/4/nsubj frequently/RB/4/advmod visit/VBP/0/root Chile/NNP/4/obj/LOC "
        "././4/punct",
        "CONSULT", ("standing",),
    ),
    "past perfect": (
        "Peru/NNP/3/nsubj/LOC had/VBD/3/aux visited/VBN/0/root Chile/NNP/3/obj/LOC ././3/punct",
        "CONSULT", ("historical",),
    ),
    "past perfect, reported": (
        "Officials/NNS/2/nsubj said/VBD/0/root Peru/NNP/5/nsubj/LOC had/VBD/5/aux visited/VBN/2/ccomp "
        "Chile/NNP/5/obj/LOC ././2/punct",
        "CONSULT", (),
    ),
    "no longer": (
        "Peru/NNP/4/nsubj/LOC no/RB/3/advmod longer/RB/4/advmod visits/VBZ/0/root Chile/NNP/4/obj/LOC ././4/punct",
        "CONSULT", ("negation",),
    ),
    "not only": (
        "Peru/NNP/4/nsubj/LOC not/RB/4/advmod only/RB/4/advmod visited/VBD/0/root Chile/NNP/4/obj/LOC ././4/punct",
        "CONSULT", (),
    ),
    "refused": (
        "Peru/NNP/2/nsubj/LOC refused/VBD/0/root to/TO/4/mark visit/VB/2/xcomp Chile/NNP/4/obj/LOC ././2/punct",
        "REJECT", (),
    ),
    "will not": (
        "Peru/NNP/4/nsubj/LOC will/MD/4/aux not/RB/4/advmod visit/VB/0/root Chile/NNP/4/obj/LOC ././4/punct",
        "REJECT", (),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "category", "modes"), VISITS.values(), ids=VISITS.keys())
def test_a_visit(sentence: str, category: str, modes: tuple[str, ...]) -> None:
    report = only(sentence)
    assert (report.category, report.auxiliary) == (category, modes)
    assert {"PER", "CHL"} == {party.code for party in (*report.actors, *report.recipients)}


def test_what_stands_under_if_is_hypothetical() -> None:
    sentence = (
        "If/IN/3/mark Peru/NNP/3/nsubj/LOC attacks/VBZ/8/advcl Chile/NNP/3/obj/LOC ,/,/3/punct Bolivia/NNP/8/nsubj/LOC "
        "will/MD/8/aux smile/VB/0/root ././8/punct"
    )
    assert only(sentence).auxiliary == ("hypothetical",)


def test_the_simple_present_of_an_act_is_a_habit() -> None:
    habit = "Egypt/NNP/2/nsubj/LOC buys/VBZ/0/root gas/NN/2/obj from/IN/5/case Qatar/NNP/2/obl/LOC ././2/punct"
    assert only(habit).auxiliary == ("standing",)


@pytest.mark.parametrize(
    ("year", "published", "modes"),
    [
        ("1975", date(2024, 5, 3), ("historical",)),
        ("2024", date(2024, 5, 3), ()),
        ("1975", None, ("historical",)),
    ],
)
def test_what_lies_far_back_is_only_recalled(year: str, published: date | None, modes: tuple[str, ...]) -> None:
    sentence = f"Egypt/NNP/2/nsubj/LOC attacked/VBD/0/root Qatar/NNP/2/obj/LOC in/IN/5/case {year}/CD/2/obl ././2/punct"
    assert only(sentence, times=[(year, "DATE")], published=published).auxiliary == modes


def test_what_goes_on_telling_of_the_past_is_past() -> None:
    attacked = "Egypt/NNP/2/nsubj/LOC attacked/VBD/0/root Qatar/NNP/2/obj/LOC in/IN/5/case 1975/CD/2/obl ././2/punct"
    condemned = "Oman/NNP/2/nsubj/LOC condemned/VBD/0/root Egypt/NNP/2/obj/LOC ././2/punct"
    times = [("1975", "DATE")]
    assert [r.auxiliary for r in reading(attacked, condemned, times=times).reports] == [("historical",)] * 2
    assert [r.auxiliary for r in reading(attacked, "", condemned, times=times).reports] == [("historical",), ()]


def test_a_withdrawal_that_lies_ahead_is_a_concession() -> None:
    sentence = (
        "Egypt/NNP/3/nsubj/LOC will/MD/3/aux withdraw/VB/0/root its/PRP$/5/nmod:poss troops/NNS/3/obj from/IN/7/case "
        "Qatar/NNP/3/obl/LOC ././3/punct"
    )
    report = only(sentence)
    assert (report.category, report.auxiliary) == ("CONCEDE", ("future",))
    done = sentence.replace("will/MD/3/aux", "then/RB/3/advmod").replace("withdraw/VB", "withdrew/VBD")
    assert only(done).category == "RETREAT"


def test_every_mode_has_a_word_that_sets_it() -> None:
    sentence, _, _ = VISITS["wanted"]
    (reason,) = (r for r in only(sentence).reasons if r.field == "auxiliary_mode")
    assert reason.rule == "desired" and reason.span is not None


def test_modes_of_one_verb_do_not_spread_to_the_verb_beside_it() -> None:
    sentence = (
        "Peru/NNP/4/nsubj/LOC did/VBD/4/aux not/RB/4/advmod visit/VB/0/root Chile/NNP/4/obj/LOC but/CC/7/cc "
        "attacked/VBD/4/conj Bolivia/NNP/7/obj/LOC ././4/punct"
    )
    assert [r.auxiliary for r in reading(sentence).reports] == [("negation",), ()]


def test_an_announced_withdrawal_is_a_concession() -> None:
    sentence = (
        "Egypt/NNP/2/nsubj/LOC announced/VBD/0/root the/DT/4/det withdrawal/NN/2/obj of/IN/7/case its/PRP$/7/nmod:poss "
        "troops/NNS/4/nmod from/IN/9/case Qatar/NNP/4/nmod/LOC ././2/punct"
    )
    report = only(sentence)
    assert (report.category, report.auxiliary) == ("CONCEDE", ())


def test_an_act_with_a_modal_under_a_condition_is_hypothetical() -> None:
    sentence = (
        "Peru/NNP/3/nsubj/LOC would/MD/3/aux visit/VB/0/root Chile/NNP/3/obj/LOC if/IN/7/mark rain/NN/7/nsubj "
        "stops/VBZ/3/advcl ././3/punct"
    )
    assert "hypothetical" in only(sentence).auxiliary
    told = sentence.replace("would/MD/3/aux visit/VB", "then/RB/3/advmod visited/VBD")
    assert "hypothetical" not in only(told).auxiliary


def test_what_a_denied_claim_says_did_not_happen() -> None:
    sentence = (
        "Bolivia/NNP/2/nsubj/LOC denied/VBD/0/root claims/NNS/2/obj that/IN/6/mark Peru/NNP/6/nsubj/LOC "
        "visited/VBD/3/acl "
        "Chile/NNP/6/obj/LOC ././2/punct"
    )
    visit = next(r for r in reading(sentence).reports if r.category == "CONSULT")
    assert visit.auxiliary == ("negation",)


def test_nobody_is_threatened() -> None:
    sentence = "Peru/NNP/2/nsubj/LOC threatened/VBD/0/root nobody/NN/2/obj in/IN/5/case Chile/NNP/2/obl/LOC ././2/punct"
    assert [r.auxiliary for r in reading(sentence).reports] == [("negation",)]


def test_a_present_with_a_day_to_come_is_a_plan() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC visits/VBZ/0/root Chile/NNP/2/obj/LOC on/IN/6/case May/NNP/6/compound "
        "9/CD/2/obl ././2/punct"
    )
    assert only(sentence, times=[("May 9", "DATE")]).category == "AGREE"
    assert only(sentence).auxiliary == ("standing",)


def test_what_has_yet_to_be_done_is_not_done() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC has/VBZ/0/root yet/RB/2/advmod to/TO/5/mark visit/VB/2/xcomp "
        "Chile/NNP/5/obj/LOC ././2/punct"
    )
    assert "negation" in only(sentence).auxiliary


@pytest.mark.parametrize(
    "rest",
    [
        "without/IN/5/case warning/NN/2/obl",
        "in/IN/6/case a/DT/6/det bid/NN/2/obl",
        "soon/RB/2/advmod",
    ],
)
def test_what_happened_is_no_plan_and_no_wish(rest: str) -> None:
    sentence = f"Peru/NNP/2/nsubj/LOC visited/VBD/0/root Chile/NNP/2/obj/LOC {rest} ././2/punct"
    assert only(sentence).auxiliary == ()


def test_an_act_left_out_did_not_happen() -> None:
    sentence = (
        "Bolivia/NNP/2/nsubj/LOC slept/VBD/0/root without/IN/4/mark visiting/VBG/2/advcl "
        "Chile/NNP/4/obj/LOC ././2/punct"
    )
    assert only(sentence).auxiliary == ("negation",)


ALLIES = {
    "are allies": (
        "Peru/NNP/6/nsubj/LOC and/CC/3/cc Chile/NNP/1/conj/LOC are/VBP/6/cop close/JJ/6/amod allies/NNS/0/root "
        "././6/punct"
    ),
    "is allied with": (
        "Peru/NNP/3/nsubj/LOC is/VBZ/3/aux:pass allied/JJ/0/root with/IN/5/case Chile/NNP/3/obl/LOC ././3/punct"
    ),
    "have a treaty": (
        "Peru/NNP/4/nsubj/LOC and/CC/3/cc Chile/NNP/1/conj/LOC have/VBP/0/root a/DT/7/det friendship/NN/7/compound "
        "treaty/NN/4/obj ././4/punct"
    ),
}


@pytest.mark.parametrize("sentence", ALLIES.values(), ids=ALLIES.keys())
def test_an_alliance_stands(sentence: str) -> None:
    told = only(sentence)
    assert (told.category, told.auxiliary) == ("SUPPORT", ("standing",))
    assert {party.code for party in told.actors} == {"PER", "CHL"}


@pytest.mark.parametrize("verb", ["Say", "Suppose"])
def test_a_case_that_is_put_is_hypothetical_and_nobody_s_word(verb: str) -> None:
    report = only(f"{verb}/VB/0/root Peru/NNP/3/nsubj/LOC attacked/VBD/1/ccomp Chile/NNP/3/obj/LOC ././1/punct")
    assert (report.auxiliary, report.attribution) == (("hypothetical",), ())


@pytest.mark.parametrize(("verb", "modes"), [("kept", ("negation",)), ("thanked", ())])
def test_what_somebody_is_kept_from_did_not_happen(verb: str, modes: tuple[str, ...]) -> None:
    mark = "from" if verb == "kept" else "for"
    found = reading(
        f"Mali/NNP/2/nsubj/LOC {verb}/VBD/0/root Peru/NNP/2/obj/LOC {mark}/IN/5/mark attacking/VBG/2/advcl "
        "Chile/NNP/5/obj/LOC ././2/punct"
    ).reports
    attack = next(report for report in found if report.category == "ASSAULT")
    assert ([p.code for p in attack.actors], attack.auxiliary) == (["PER"], modes)
