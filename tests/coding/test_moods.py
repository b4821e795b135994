"""Whose mood a clause has: its own verb's, or that of what stands over it or beside it."""

import pytest

from make_docs import only, reading

SUES = (
    "Peru/NNP/3/nsubj/LOC {}/MD/3/aux sue/VB/0/root Mali/NNP/3/obj/LOC ,/,/3/punct {}attacking/VBG/3/advcl "
    "Chile/NNP/{}/obj/LOC ././3/punct"
)


def modes_of(category: str, sentence: str, times: tuple[str, ...] = ()) -> tuple[str, ...]:
    found = reading(sentence, times=[(words, "DATE") for words in times]).reports
    return next(report.auxiliary for report in found if report.category == category)


@pytest.mark.parametrize(("helper", "mode"), [("could", "hypothetical"), ("will", "future")])
def test_a_participle_after_a_verb_has_its_mood(helper: str, mode: str) -> None:
    assert modes_of("ASSAULT", SUES.format(helper, "", 6)) == (mode,)


def test_a_participle_with_a_conjunction_has_its_own() -> None:
    assert modes_of("ASSAULT", SUES.format("could", "after/IN/7/mark ", 7)) == ()


def test_who_would_like_to_thank_thanks() -> None:
    thanks = (
        "Peru/NNP/3/nsubj/LOC would/MD/3/aux like/VB/0/root to/TO/5/mark {}/VB/3/xcomp Chile/NNP/5/obj/LOC ././3/punct"
    )
    assert only(thanks.format("thank")).auxiliary == ()
    assert "desired" in only(thanks.format("visit")).auxiliary


def test_what_is_called_for_is_wished() -> None:
    called = (
        "Mali/NNP/2/nsubj/LOC {}/VBD/0/root Peru/NNP/2/obj/LOC for/IN/5/mark attacking/VBG/2/advcl "
        "Chile/NNP/5/obj/LOC ././2/punct"
    )
    assert modes_of("ASSAULT", called.format("campaigned")) == ("desired",)
    wanted = (
        "Peru/NNP/3/nsubj:pass/LOC is/VBZ/3/aux:pass wanted/VBN/0/root for/IN/5/mark attacking/VBG/3/advcl "
        "Chile/NNP/5/obj/LOC ././3/punct"
    )
    assert modes_of("ASSAULT", wanted) == ()


def test_what_nothing_keeps_them_from_is_not_left_undone() -> None:
    kept = (
        "Mali/NNP/4/nsubj/LOC would/MD/4/aux not/RB/4/advmod prevent/VB/0/root Peru/NNP/4/obj/LOC from/IN/7/mark "
        "attacking/VBG/4/advcl Chile/NNP/7/obj/LOC ././4/punct"
    )
    assert "negation" not in modes_of("ASSAULT", kept)


@pytest.mark.parametrize(("case", "modes"), [("at", ()), ("in", ()), ("of", ("desired",))])
def test_an_aim_is_of_what_it_names_and_not_of_its_occasion(case: str, modes: tuple[str, ...]) -> None:
    sentence = (
        f"The/DT/2/det aim/NN/10/nsubj {case}/IN/6/case Peru/NNP/6/nmod:poss/LOC 's/POS/4/case talks/NNS/2/nmod "
        "with/IN/8/case Chile/NNP/6/nmod/LOC was/VBD/10/cop rest/NN/0/root ././10/punct"
    )
    assert modes_of("CONSULT", sentence) == modes


def test_a_clause_with_a_subject_beside_a_plan_is_no_part_of_it() -> None:
    sentence = (
        "The/DT/2/det plan/NN/9/nsubj while/IN/6/mark Peru/NNP/6/nsubj/LOC was/VBD/6/aux attacking/VBG/2/advcl "
        "Chile/NNP/6/obj/LOC was/VBD/9/cop late/JJ/0/root ././9/punct"
    )
    assert "future" not in modes_of("ASSAULT", sentence)


def test_the_past_before_a_past_that_is_told_at_the_end_is_no_background() -> None:
    sentence = (
        "Peru/NNP/3/nsubj/LOC had/VBD/3/aux attacked/VBN/0/root Chile/NNP/3/obj/LOC ,/,/3/punct papers/NNS/7/nsubj "
        "reported/VBD/3/parataxis ././3/punct"
    )
    assert modes_of("ASSAULT", sentence) == ()


def test_a_relative_clause_is_as_old_as_what_it_is_of() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC recalls/VBZ/0/root the/DT/5/det 1998/CD/5/compound raid/NN/2/obj that/WDT/7/nsubj "
        "hit/VBD/5/acl:relcl Chile/NNP/7/obj/LOC ././2/punct"
    )
    assert "historical" in modes_of("ASSAULT", sentence, ("1998",))


def test_an_old_thing_that_will_be_looked_into_is_looked_into_yet() -> None:
    sentence = (
        "Peru/NNP/3/nsubj/LOC {}/MD/3/aux condemn/VB/0/root Chile/NNP/3/obj/LOC two/CD/6/nummod years/NNS/7/obl "
        "ago/RB/3/advmod ././3/punct"
    )
    assert only(sentence.format("will")).auxiliary == ("future",)


@pytest.mark.parametrize("case", ["in", "during"])
def test_the_occasion_on_which_somebody_hopes_is_not_what_he_hopes_for(case: str) -> None:
    sentence = (
        f"Oman/NNP/2/nsubj/LOC hoped/VBD/0/root {case}/IN/6/case Peru/NNP/6/nmod:poss/LOC 's/POS/4/case "
        "talks/NNS/2/obl with/IN/8/case Chile/NNP/6/nmod/LOC ././2/punct"
    )
    assert modes_of("CONSULT", sentence) == ()


def test_what_an_aim_is_said_to_be_is_wished() -> None:
    sentence = (
        "Peru/NNP/3/nmod:poss/LOC 's/POS/1/case aim/NN/6/nsubj:outer was/VBD/6/cop to/TO/6/mark visit/VB/0/root "
        "Chile/NNP/6/obj/LOC ././6/punct"
    )
    assert modes_of("CONSULT", sentence) == ("desired",)


@pytest.mark.parametrize(("word", "modes"), [("only", ()), ("new", ("negation",))])
def test_who_is_not_the_only_one_to_do_it_does_it(word: str, modes: tuple[str, ...]) -> None:
    sentence = (
        f"Peru/NNP/6/nsubj/LOC is/VBZ/6/cop not/RB/6/advmod the/DT/6/det {word}/JJ/6/amod state/NN/0/root to/TO/8/mark "
        "attack/VB/6/acl Chile/NNP/8/obj/LOC ././6/punct"
    )
    assert modes_of("ASSAULT", sentence) == modes


@pytest.mark.parametrize(("when", "modes"), [("When/WRB/3/advmod", ("standing",)), ("Now/RB/3/advmod", ())])
def test_what_they_do_whenever_is_a_habit(when: str, modes: tuple[str, ...]) -> None:
    sentence = (
        f"{when} Peru/NNP/3/nsubj/LOC praises/VBZ/6/advcl Chile/NNP/3/obj/LOC Oman/NNP/6/nsubj slept/VBD/0/root "
        "././6/punct"
    )
    assert modes_of("SUPPORT", sentence) == modes


def test_what_is_still_so_lasts() -> None:
    sentence = "Peru/NNP/3/nsubj/LOC still/RB/3/advmod praises/VBZ/0/root Chile/NNP/3/obj/LOC ././3/punct"
    assert only(sentence).auxiliary == ("standing",)


def test_a_relative_clause_is_as_old_as_the_day_before_it() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC slept/VBD/0/root after/IN/5/case the/DT/5/det raid/NN/2/obl in/IN/7/case 1998/CD/2/obl "
        "that/WDT/9/nsubj hit/VBD/5/acl:relcl Chile/NNP/9/obj/LOC ././2/punct"
    )
    assert "historical" in modes_of("ASSAULT", sentence, ("1998",))


def test_an_infinitive_that_nothing_governs_only_puts_a_deed() -> None:
    sentence = (
        "To/TO/2/mark attack/VB/7/ccomp Chile/NNP/2/obj/LOC ,/,/2/punct the/DT/6/det minister/NN/7/nsubj "
        "said/VBD/0/root ././7/punct"
    )
    assert "hypothetical" in modes_of("ASSAULT", sentence)


@pytest.mark.parametrize(("verb", "modes"), [("talked", ("hypothetical",)), ("boasted", ())])
def test_what_is_only_talked_about_is_not_done(verb: str, modes: tuple[str, ...]) -> None:
    sentence = (
        f"Peru/NNP/2/nsubj/LOC {verb}/VBD/0/root about/IN/4/mark attacking/VBG/2/advcl Chile/NNP/4/obj/LOC ././2/punct"
    )
    assert modes_of("ASSAULT", sentence) == modes


def test_the_means_of_what_would_be_done_would_be_used() -> None:
    sentence = (
        "Peru/NNP/3/nsubj/LOC would/MD/3/aux err/VB/0/root by/IN/5/mark attacking/VBG/3/advcl Chile/NNP/5/obj/LOC "
        "././3/punct"
    )
    assert modes_of("ASSAULT", sentence) == ("hypothetical",)


@pytest.mark.parametrize(("first", "modes"), [("New/JJ/3/amod", ("hypothetical",)), ("The/DT/3/det", ())])
def test_what_a_deed_without_an_article_could_do(first: str, modes: tuple[str, ...]) -> None:
    raids = (
        f"{first} Peruvian/JJ/3/amod raids/NNS/7/nsubj on/IN/5/case Chile/NNP/3/nmod/LOC could/MD/7/aux "
        "hurt/VB/0/root trade/NN/7/obj"
    )
    assert modes_of("ASSAULT", raids) == modes


def test_a_noun_does_not_govern_the_verb_that_carries_it() -> None:
    sentence = (
        "The/DT/2/det offer/NN/8/nsubj made/VBN/2/acl by/IN/5/case Peru/NNP/3/obl:agent/LOC to/IN/7/case "
        "Chile/NNP/3/obl/LOC lapsed/VBD/0/root ././8/punct"
    )
    assert "desired" not in modes_of("AGREE", sentence)


def test_a_headline_tells_no_habit() -> None:
    headline = "Egypt/NNP/2/nsubj/LOC attacks/VBZ/0/root Qatar/NNP/2/obj/LOC"
    assert only(headline).auxiliary == ()
    assert only(f"{headline} ././2/punct").auxiliary == ("standing",)


def test_a_clause_of_time_on_a_plan_is_no_part_of_it() -> None:
    sentence = (
        "The/DT/2/det plan/NN/9/nsubj while/IN/6/mark Peru/NNP/6/nsubj/LOC was/VBD/6/aux attacking/VBG/2/acl "
        "Chile/NNP/6/obj/LOC was/VBD/9/cop late/JJ/0/root ././9/punct"
    )
    assert "future" not in modes_of("ASSAULT", sentence)


@pytest.mark.parametrize(
    ("case", "noun", "old"), [("in", "raid", True), ("during", "war", True), ("near", "camp", False)]
)
def test_what_happened_on_an_old_occasion_is_old(case: str, noun: str, *, old: bool) -> None:
    sentence = (
        f"Peru/NNP/2/nsubj/LOC attacked/VBD/0/root Chile/NNP/2/obj/LOC {case}/IN/7/case the/DT/7/det "
        f"1998/CD/7/compound {noun}/NN/2/obl ././2/punct"
    )
    assert ("historical" in modes_of("ASSAULT", sentence, ("1998",))) is old


def test_who_is_judged_for_an_old_deed_is_judged_now() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC condemned/VBD/0/root Chile/NNP/2/obj/LOC in/IN/7/case the/DT/7/det 1998/CD/7/compound "
        "raid/NN/2/obl ././2/punct"
    )
    assert modes_of("ACCUSE", sentence, ("1998",)) == ()
