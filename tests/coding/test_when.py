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
