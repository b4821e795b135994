from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from dragoman.linking.events import event_key, merge
from make import NORDMARK, article, report, visit


def keys(reading):
    return [event_key(reading.article, report) for report in reading.reports]


def test_reports_of_copies_are_one_event_whenever_they_were_published():
    late = visit("b", monday=date(2021, 3, 8), outlet="The Evening", published=date(2021, 3, 9))
    undated = visit("c", monday=None, published=None, published_basis="unknown")
    assert keys(visit("a")) == keys(late)
    assert keys(visit("a"))[1] == keys(undated)[1]


def test_the_reports_of_one_article_differ():
    assert len(set(keys(visit()))) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"category": "COOPERATE"},
        {"modes": ()},
        {"recipients": ()},
        {"when": None},
        {"cues": visit().reports[1].cues},
        {"sentence": visit().reports[1].sentence},
    ],
)
def test_another_statement_is_another_event(change):
    reading = visit()
    assert event_key(reading.article, replace(reading.reports[0], **change)) != keys(reading)[0]


def test_what_is_only_inferred_does_not_part_an_event():
    reading = visit()
    same = replace(reading.reports[0], confidence=0.1, reasons=(), contexts=(), where=None, sequence=7, id="x")
    assert event_key(reading.article, same) == keys(reading)[0]


def test_who_did_it_to_whom_matters():
    text = article("a", "Norway and Portugal met.")
    told = report(text, "Norway and Portugal met.", "met")
    norway = visit().reports[0].recipients
    there, back = replace(told, actors=norway), replace(told, recipients=norway)
    assert NORDMARK.id == norway[0].entity
    assert event_key(text, there) != event_key(text, back)


def test_a_sentence_in_two_stories_is_not_merged():
    sentence = "Norway and Portugal met."
    one, two = article("a", sentence), article("b", sentence, "It rained.")
    assert event_key(one, report(one, sentence, "met")) != event_key(two, report(two, sentence, "met"))


def test_merge_puts_the_first_dated_report_first_in_any_order():
    told = [visit("a", monday=None), visit("b", monday=date(2021, 3, 8)), visit("c"), visit("d")]
    for some in permutations([reading.reports[0] for reading in told]):
        event = merge("e", some, stories=1)
        assert [each.article for each in event.reports] == ["c", "d", "b", "a"]


def test_an_event_that_nobody_reports_is_none():
    with pytest.raises(ValueError, match="no report"):
        merge("e", [], stories=0)
