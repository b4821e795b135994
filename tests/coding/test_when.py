"""The day of an event, as far as the words fix it. Where the day of publication is known, it is Friday, 3 May 2024."""

from datetime import date

import pytest

from dragoman.model import When
from make_docs import FRIDAY, only, reading

MET = "Peru/NNP/2/nsubj/LOC met/VBD/0/root Chile/NNP/2/obj/LOC"
MONDAY = f"{MET} on/IN/5/case Monday/NNP/2/obl ././2/punct"


def when(sentence: str, *expressions: str, published: date | None = FRIDAY) -> When | None:
    return only(sentence, times=[(words, "DATE") for words in expressions], published=published).when


def test_a_weekday_counts_from_the_day_of_publication() -> None:
    found = when(MONDAY, "Monday")
    assert found is not None
    assert (found.start, found.end, found.precision) == (date(2024, 4, 29), date(2024, 4, 29), "day")


def test_without_a_day_of_publication_no_day_is_claimed() -> None:
    assert when(MONDAY, "Monday", published=None) is None


def test_the_words_are_the_basis() -> None:
    report = only(MONDAY, times=[("Monday", "DATE")])
    assert report.when is not None and report.when.basis == "words" and report.when.span is not None
    text = reading(MONDAY).article.text
    assert text[report.when.span.start : report.when.span.end] == "Monday"


def test_no_expression_no_date() -> None:
    assert when(f"{MET} ././2/punct") is None


@pytest.mark.parametrize(
    ("phrase", "words", "start", "end", "precision"),
    [
        ("in/IN/5/case March/NNP/2/obl 2021/CD/5/nmod:unmarked", "March 2021", (2021, 3, 1), (2021, 3, 31), "month"),
        ("in/IN/5/case 2019/CD/2/obl", "2019", (2019, 1, 1), (2019, 12, 31), "year"),
        ("on/IN/5/case May/NNP/2/obl 2/CD/5/nmod:unmarked", "May 2", (2024, 5, 2), (2024, 5, 2), "day"),
        ("yesterday/NN/2/obl:unmarked", "yesterday", (2024, 5, 2), (2024, 5, 2), "day"),
    ],
)
def test_precision_is_that_of_the_words(
    phrase: str, words: str, start: tuple[int, int, int], end: tuple[int, int, int], precision: str
) -> None:
    found = when(f"{MET} {phrase} ././2/punct", words)
    assert found is not None
    assert (found.start, found.end, found.precision) == (date(*start), date(*end), precision)


@pytest.mark.parametrize("limit", ["since", "until", "before", "after"])
def test_a_limit_is_no_date_of_the_event(limit: str) -> None:
    assert when(f"{MET} {limit}/IN/5/case Monday/NNP/2/obl ././2/punct", "Monday") is None


def test_what_happened_after_a_dated_war_is_not_of_its_date() -> None:
    sentence = f"{MET} after/IN/7/case the/DT/7/det 2006/CD/7/compound war/NN/2/obl ././2/punct"
    assert when(sentence, "2006") is None


def test_joined_verbs_share_a_day_that_stands_before_them() -> None:
    sentence = (
        "On/IN/2/case Tuesday/NNP/4/obl Peru/NNP/4/nsubj/LOC attacked/VBD/0/root Chile/NNP/4/obj/LOC and/CC/7/cc "
        "condemned/VBD/4/conj Bolivia/NNP/7/obj/LOC ././4/punct"
    )
    found = [report.when for report in reading(sentence, times=[("Tuesday", "DATE")]).reports]
    assert [w and w.start for w in found] == [date(2024, 4, 30)] * 2


def test_a_day_after_the_second_verb_is_its_own() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC attacked/VBD/0/root Chile/NNP/2/obj/LOC and/CC/5/cc condemned/VBD/2/conj "
        "Bolivia/NNP/5/obj/LOC on/IN/8/case Tuesday/NNP/5/obl ././2/punct"
    )
    found = [report.when for report in reading(sentence, times=[("Tuesday", "DATE")]).reports]
    assert [w and w.start for w in found] == [None, date(2024, 4, 30)]


def test_the_day_of_the_saying_is_not_that_of_what_is_said() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC said/VBD/0/root on/IN/4/case Tuesday/NNP/2/obl that/IN/7/mark Chile/NNP/7/nsubj/LOC "
        "attacked/VBD/2/ccomp Bolivia/NNP/7/obj/LOC ././2/punct"
    )
    assert when(sentence, "Tuesday") is None


def test_the_sentence_before_gives_no_date() -> None:
    reports = reading(MONDAY, f"{MET} ././2/punct", times=[("Monday", "DATE")]).reports
    assert [report.when is None for report in reports] == [False, True]


def test_the_first_day_is_not_after_the_last() -> None:
    for phrase in ("last/JJ/5/amod week/NN/2/obl:unmarked", "this/DT/5/det month/NN/2/obl:unmarked"):
        words = " ".join(item.split("/")[0] for item in phrase.split())
        found = when(f"{MET} {phrase} ././2/punct", words)
        assert found is not None and found.start <= found.end and found.precision != "day"


def test_a_duration_is_no_date() -> None:
    sentence = f"{MET} for/IN/6/case two/CD/6/nummod days/NNS/2/obl ././2/punct"
    assert only(sentence, times=[("two days", "DURATION")]).when is None


def test_a_when_clause_is_of_the_date_before_it() -> None:
    sentence = (
        "Ties/NNS/2/nsubj soured/VBD/0/root in/IN/4/case 2011/CD/2/obl ,/,/8/punct when/WRB/8/advmod "
        "Peru/NNP/8/nsubj/LOC visited/VBD/4/acl:relcl Chile/NNP/8/obj/LOC ././2/punct"
    )
    found = when(sentence, "2011")
    assert found is not None and (found.start.year, found.precision) == (2011, "year")


def test_two_days_after_a_visit_the_visit_was_two_days_before() -> None:
    sentence = (
        "Shops/NNS/2/nsubj closed/VBD/0/root on/IN/4/case Tuesday/NNP/2/obl ,/,/9/punct two/CD/7/nummod "
        "days/NNS/9/obl:unmarked after/IN/9/mark visited/VBD/2/advcl Peru/NNP/9/nsubj/LOC Chile/NNP/9/obj/LOC "
        "././2/punct"
    )
    found = [report.when for report in reading(sentence, times=[("Tuesday", "DATE")]).reports]
    assert [w and w.start for w in found] == [date(2024, 4, 28)]


def test_a_clause_to_come_has_no_date_long_past() -> None:
    sentence = (
        "Peru/NNP/3/nsubj/LOC will/MD/3/aux visit/VB/0/root Chile/NNP/3/obj/LOC in/IN/6/case 2011/CD/3/obl ././3/punct"
    )
    assert when(sentence, "2011") is None


def test_a_perfect_has_no_date_long_past() -> None:
    sentence = (
        "Peru/NNP/3/nsubj/LOC has/VBZ/3/aux condemned/VBN/0/root Chile/NNP/3/obj/LOC in/IN/6/case "
        "2011/CD/3/obl ././3/punct"
    )
    assert when(sentence, "2011") is None


def test_a_day_that_owns_a_noun_is_not_that_of_the_verb() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC condemned/VBD/0/root Chile/NNP/2/obj/LOC over/IN/7/case Monday/NNP/7/nmod:poss "
        "'s/POS/5/case raid/NN/2/obl ././2/punct"
    )
    assert when(sentence, "Monday") is None


def test_a_day_right_after_a_verb_of_saying_is_that_of_the_saying() -> None:
    sentence = (
        "Officials/NNS/2/nsubj said/VBD/0/root on/IN/4/case Monday/NNP/6/obl Peru/NNP/6/nsubj/LOC visited/VBD/2/ccomp "
        "Chile/NNP/6/obj/LOC ././2/punct"
    )
    assert when(sentence, "Monday") is None


def test_a_range_is_one_stretch() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC visited/VBD/0/root Chile/NNP/2/obj/LOC between/IN/5/case 2011/CD/2/obl and/CC/7/cc "
        "2013/CD/5/conj ././2/punct"
    )
    found = when(sentence, "2011", "2013")
    assert found is not None and (found.start.year, found.end.year) == (2011, 2013)


def test_a_gerund_before_its_clause_gives_it_its_day() -> None:
    sentence = (
        "Speaking/VBG/5/advcl on/IN/3/case Monday/NNP/1/obl Peru/NNP/5/nsubj/LOC condemned/VBD/0/root "
        "Chile/NNP/5/obj/LOC "
        "././5/punct"
    )
    found = when(sentence, "Monday")
    assert found is not None and found.start == date(2024, 4, 29)


def test_what_is_agreed_for_a_month_is_of_that_month() -> None:
    sentence = (
        "Peru/NNP/4/nsubj/LOC and/CC/3/cc Chile/NNP/1/conj/LOC agreed/VBD/0/root to/TO/6/mark meet/VB/4/xcomp "
        "in/IN/8/case "
        "September/NNP/6/obl ././4/punct"
    )
    found = when(sentence, "September")
    assert found is not None and found.start == date(2024, 9, 1)


def test_a_gerund_with_while_is_of_its_clause_s_time() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC accused/VBD/0/root Chile/NNP/2/obj/LOC in/IN/5/case April/NNP/2/obl while/IN/7/mark "
        "shelling/VBG/2/advcl Bolivia/NNP/7/obj/LOC ././2/punct"
    )
    found = [report.when for report in reading(sentence, times=[("April", "DATE")]).reports]
    assert [w and w.precision for w in found] == ["month", "month"]


@pytest.mark.parametrize("head", ["5/nmod", "2/obl"])
def test_what_an_attack_did_was_done_on_its_day_whatever_the_day_hangs_on(head: str) -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC condemned/VBD/0/root Chile/NNP/5/nmod:poss/LOC 's/POS/3/case attack/NN/2/obj "
        f"Monday/NNP/{head} that/WDT/8/nsubj killed/VBD/5/acl:relcl two/CD/11/nummod Bolivian/JJ/11/amod "
        "soldiers/NNS/8/obj ././2/punct"
    )
    found = {report.category: report.when for report in reading(sentence, times=[("Monday", "DATE")]).reports}
    assert found["ASSAULT"] is not None
    assert found["ASSAULT"].start == date(2024, 4, 29)


def test_a_day_after_the_second_verb_that_hangs_on_the_first_is_of_both() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC condemned/VBD/0/root Chile/NNP/2/obj/LOC and/CC/5/cc bombed/VBD/2/conj "
        "Bolivia/NNP/5/obj/LOC on/IN/8/case Monday/NNP/2/obl ././2/punct"
    )
    found = [report.when for report in reading(sentence, times=[("Monday", "DATE")]).reports]
    assert [w and w.start for w in found] == [date(2024, 4, 29)] * 2


TOLD = (
    "Peru/NNP/2/nsubj/LOC {}/VBD/0/root on/IN/4/case Monday/NNP/2/obl that/IN/8/mark {}/{}/8/nsubj{} was/VBD/8/aux "
    "{}/VBG/2/ccomp {}/NN/8/obj with/IN/11/case Chile/NNP/9/nmod/LOC ././2/punct"
)


def test_who_says_what_he_is_doing_does_it_on_that_day() -> None:
    own = TOLD.format("announced", "it", "PRP", "", "severing", "relations")
    others = TOLD.format("announced", "Bolivia", "NNP", "/LOC", "severing", "relations")
    for sentence, day in ((own, date(2024, 4, 29)), (others, None)):
        found = [
            each.when for each in reading(sentence, times=[("Monday", "DATE")]).reports if "severing" in each.cue_text
        ]
        assert [w and w.start for w in found] == [day]


def test_what_is_to_come_is_not_of_a_day_gone_by() -> None:
    sentence = "Peru/NNP/3/nsubj/LOC {}/MD/3/aux {}/0/root Chile/NNP/3/obj/LOC in/IN/6/case April/NNP/3/obl ././3/punct"
    come, gone = sentence.format("will", "bomb/VB"), sentence.format("did", "bomb/VB").replace("did/MD", "did/VBD")
    assert when(come, "April") is None
    assert when(gone, "April") is not None


def test_the_step_that_is_taken_is_what_is_done() -> None:
    sentence = (
        "Peru/NNP/4/nsubj/LOC on/IN/3/case Monday/NNP/4/obl took/VBD/0/root the/DT/6/det step/NN/4/obj of/IN/8/mark "
        "bombing/VBG/6/acl Chile/NNP/8/obj/LOC ././4/punct"
    )
    assert when(sentence, "Monday") is not None


def test_a_clause_with_when_after_it_gives_a_past_act_its_day() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC accused/VBD/0/root Chile/NNP/2/obj/LOC when/WRB/6/advmod it/PRP/6/nsubj met/VBD/2/advcl "
        "Bolivia/NNP/6/obj/LOC on/IN/9/case Monday/NNP/6/obl ././2/punct"
    )
    found = {each.category: each.when for each in reading(sentence, times=[("Monday", "DATE")]).reports}
    assert found["ACCUSE"] is not None


def test_two_days_of_one_month_are_one_stretch() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC met/VBD/0/root Chile/NNP/2/obj/LOC on/IN/5/case 29/CD/2/obl and/CC/8/cc 30/CD/8/nummod "
        "April/NNP/5/conj ././2/punct"
    )
    found = when(sentence, "30 April")
    assert found is not None
    assert (found.start, found.end) == (date(2024, 4, 29), date(2024, 4, 30))


def test_what_a_dated_letter_asks_is_of_its_day() -> None:
    sentence = (
        "In/IN/3/case a/DT/3/det letter/NN/7/obl dated/VBN/3/acl Monday/NNP/4/obl Peru/NNP/7/nsubj/LOC "
        "accused/VBD/0/root Chile/NNP/7/obj/LOC ././7/punct"
    )
    assert when(sentence, "Monday") is not None


BLOW = (
    "Peru/NNP/2/nsubj/LOC bombed/VBD/0/root Chile/NNP/2/obj/LOC {}and/CC/{}/cc two/CD/{}/nummod "
    "Chileans/NNPS/{}/nsubj:pass were/VBD/{}/aux:pass killed/VBN/2/conj {}././2/punct"
)


@pytest.mark.parametrize("first", [True, False])
def test_who_is_killed_in_a_clause_that_goes_on_is_killed_on_its_day(first: bool) -> None:
    day = "on/IN/{}/case Monday/NNP/{}/obl "
    if first:
        sentence = BLOW.format(day.format(5, 2), 10, 8, 10, 10, "")
    else:
        sentence = BLOW.format("", 8, 6, 8, 8, day.format(10, 8))
    found = [each.when for each in reading(sentence, times=[("Monday", "DATE")]).reports]
    assert [w and w.start for w in found] == [date(2024, 4, 29)] * 2


@pytest.mark.parametrize("blow", ["ambush", "blast"])
def test_a_day_that_owns_a_blow_is_that_of_what_it_did(blow: str) -> None:
    sentence = (
        f"Monday/NNP/3/nmod:poss 's/POS/1/case {blow}/NN/4/nsubj killed/VBD/0/root two/CD/7/nummod Chilean/JJ/7/amod "
        "soldiers/NNS/4/obj ././4/punct"
    )
    found = [each.when for each in reading(sentence, times=[("Monday", "DATE")]).reports]
    assert [w and w.start for w in found] == [date(2024, 4, 29)]


@pytest.mark.parametrize(("preposition", "dated"), [("for", True), ("until", False)])
def test_what_is_to_come_is_of_the_day_that_it_is_called_for(preposition: str, dated: bool) -> None:
    sentence = (
        "Peru/NNP/3/nsubj/LOC will/MD/3/aux bomb/VB/0/root Chile/NNP/3/obj/LOC "
        f"{preposition}/IN/6/case June/NNP/3/obl ././3/punct"
    )
    assert (when(sentence, "June") is not None) is dated
