"""The last time, the gaps, and the claims of reports, over a record whose every figure can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record import Record
from dragoman.views.charts import times
from dragoman.views.known import runs
from dragoman.views.occasions import Dated, occasions
from dragoman.views.since import Since, since
from dragoman.views.telling import answer, how_often, sparkline
from dragoman.views.verdicts import ClaimCheck
from views import world

ASKED = date(2021, 3, 1)


@pytest.fixture(scope="module")
def kept() -> Iterator[Record]:
    with world.record() as record:
        yield record


@pytest.fixture(scope="module")
def visits(kept: Record) -> Since:
    return since(kept, "PRT", "NOR", category="CONSULT", mode="visit", before=ASKED)


def test_the_last_time_and_those_before(visits: Since) -> None:
    assert visits.last is not None
    assert (visits.last.day, [row.article for row in visits.last.rows]) == ("2011-06-01", ["list-2011"])
    assert [each.day for each in visits.earlier] == ["2006-02"]
    assert visits.times == 2
    assert answer(visits) == (
        "The last CONSULT visit between PRT and NOR before 2021-03-01: "
        "2011-06-01, Rui Melo (Foreign Minister, PRT) → Norway."
    )


def test_gaps_and_rate(visits: Since) -> None:
    assert [(each.start, each.end) for each in visits.intervals] == [(date(2006, 2, 28), date(2011, 6, 1))]
    assert visits.longest == visits.intervals[0]
    assert visits.open is not None and visits.open.days == (ASKED - date(2011, 6, 1)).days
    assert visits.rate == pytest.approx(2 / ((ASKED - date(2006, 2, 1)).days / 365.25))
    assert visits.per_year == ((2006, 1), (2011, 1))
    assert how_often(visits)[0] == "In the record 2 times, 0.13 a year since the first."


def test_two_articles_and_one_visit_are_one_time(kept: Record) -> None:
    found = since(kept, "PRT", "NOR", mode="visit")
    assert found.last is not None
    assert (found.last.day, [(row.article, row.stories) for row in found.last.rows]) == ("2021-03-01", [("a1", 2)])
    assert (found.times, found.open) == (3, None)


def test_one_way_and_what_is_not_known(kept: Record) -> None:
    assert since(kept, "NOR", "PRT", mode="visit", directed=True).last is None
    met = since(kept, "ESP", "NOR", category="CONSULT")
    assert (met.last, [row.article for row in met.undated]) == (None, ["a6"])
    assert answer(met) == "The record holds no CONSULT between ESP and NOR."
    assert "1 more without a known day" in how_often(met)[0]


def test_what_can_have_been_before_or_after_the_day(kept: Record) -> None:
    found = since(kept, "PRT", "NOR", mode="visit", before=date(2006, 2, 10))
    assert (found.last, [each.day for each in found.perhaps]) == (None, ["2006-02"])


def test_a_level_of_office_and_an_office_by_another_name(kept: Record) -> None:
    assert since(kept, "PRT", "NOR", mode="visit", level="minister").times == 3
    assert since(kept, "PRT", "NOR", mode="visit", level="head_of_government").times == 0
    assert since(kept, "PRT", "NOR", mode="visit", office="Secretary of State").times == 3
    assert since(kept, "PRT", "NOR", mode="visit", office="defence minister").times == 0
    with pytest.raises(ValueError, match="no level"):
        since(kept, "PRT", "NOR", level="king")


def test_what_the_record_does_not_cover_is_said(visits: Since) -> None:
    notes = " ".join(visits.notes)
    assert "Ministry of Journeys lists the journeys of the Foreign Minister (PRT), 2004–2022." in notes
    assert "5 articles read, published in 2019, 2021." in notes
    assert "No article read was published in 2006–2018, 2020" in notes
    accusing = since(world_without_list(), "NOR", "PRT", category="ACCUSE", before=date(2020, 1, 1))
    assert "No official list" not in " ".join(accusing.notes)  # a list of visits would not help


def world_without_list() -> Record:
    record = Record.open(":memory:")
    for reading in world.readings():
        if reading.article.origin == "read":
            record.add(reading)
    return record


def only(record: Record) -> ClaimCheck:
    (check,) = since(record, "PRT", "NOR", category="CONSULT", mode="visit", before=ASKED).claims
    return check


def test_a_claim_that_the_list_contradicts(kept: Record) -> None:
    check = only(kept)
    assert (check.claim.words, check.claim.article) == ("first visit of its kind since 2006", "a1")
    assert (check.claim.after, check.claim.until) == (date(2006, 1, 1), date(2006, 12, 31))
    assert check.verdict == "contradicted"
    assert [row.article for row in check.evidence] == ["list-2011"]
    assert "2011-06-01" in check.why and check.evidence[0].event[:8] in check.why
    assert check.of == "CONSULT visit: the Foreign Minister (PRT) → Norway"


def test_the_words_of_a_claim_stand_in_the_article(kept: Record) -> None:
    claim = only(kept).claim
    assert kept.article(claim.article).text[claim.start : claim.end] == claim.words


def test_a_claim_that_the_list_supports() -> None:
    with world.record(first=world.FIRST.replace("2006", "2011")) as record:
        check = only(record)
    assert check.verdict == "supported"
    assert "told of independently of this article" in check.why
    assert [row.article for row in check.evidence] == ["list-2011"]


def test_a_claim_since_a_time_in_which_the_list_holds_none() -> None:
    with world.record(first=world.FIRST.replace("2006", "2012")) as record:
        check = only(record)
    assert check.verdict == "contradicted"
    assert "is not borne out" in check.why


def test_a_claim_that_nothing_covers() -> None:
    with world_without_list() as record:
        check = only(record)
    assert check.verdict == "not checkable"
    assert "on the word of the same article alone" in check.why
    assert "no official list in the record covers the Foreign Minister (PRT) in 2006–2021" in check.why
    assert "it holds 3 other articles that Dragoman read" in check.why  # a3 to a5; a2 came after the visit


def test_a_list_that_ends_before_the_act_covers_nothing_of_it() -> None:
    with Record.open(":memory:") as record:
        kept = [
            each for each in world.readings(first=world.FIRST.replace("2006", "2011")) if each.article.origin == "read"
        ]
        for reading in (*kept, *world.listed(until=2019)):
            record.add(reading)
        check = only(record)
    assert check.verdict == "not checkable"
    assert "in 2020–2021" in check.why


def without(first: str, *, row: str, before: bool) -> Record:
    """The record without one row of the list, and without what the first article recalls unless ``before``."""
    record = Record.open(":memory:")
    for reading in world.readings(first=first):
        if reading.article.id != row:
            record.add(reading if before else replace(reading, reports=reading.reports[:1]))
    return record


def test_a_decade_that_the_list_covers_in_part_is_not_checkable() -> None:
    """The list begins in 2004: it can tell that there was none since, but not what there was in the nineties."""
    with without(world.FIRST.replace("since 2006", "since the 1990s"), row="list-2011", before=False) as record:
        check = only(record)
    assert check.verdict == "not checkable"
    assert "covers the Foreign Minister (PRT) in 1990–2003" in check.why


def test_an_act_that_the_list_should_hold_and_does_not_is_told() -> None:
    with without(world.FIRST, row="list-2011", before=True) as record:
        check = only(record)
    assert check.verdict == "supported"
    assert "Ministry of Journeys lists such acts of 2006, but not this one." in check.why


@pytest.mark.parametrize(
    ("claim", "kind", "verdict"),
    [
        ("the first-ever visit of its kind", "ever", "contradicted"),
        ("the first of its kind in five years", "span", "supported"),
        ("the first visit of its kind in more than a decade", "span", "contradicted"),
        ("her first official visit", "own", "not checkable"),
        ("a rare visit", "rare", "supported"),
        ("the first visit since the war", None, None),
    ],
)
def test_other_ways_to_say_it(claim: str, kind: str | None, verdict: str | None) -> None:
    first = f"Foreign Minister Ana Reis visited Oslo on 1 March 2021, {claim}."
    with world.record(first=first) as record:
        checks = since(record, "PRT", "NOR", category="CONSULT", mode="visit", before=ASKED).claims
    assert [(check.claim.kind, check.verdict) for check in checks] == ([(kind, verdict)] if kind else [])


def recalled(*, news: bool) -> Record:
    """The first article, whose second sentence makes a claim and is coded for the act alone that it counts from."""
    before = "Reis is the first foreign minister to visit Norway since Rui Melo in February 2006."
    told = world.readings(first=world.FIRST.partition(",")[0] + ".", before=before)[0]
    record = Record.open(":memory:")
    record.add(told if news else replace(told, reports=told.reports[1:]))
    return record


def test_a_claim_beside_the_act_it_counts_from_is_about_the_news() -> None:
    with recalled(news=True) as record:
        check = only(record)
    assert check.claim.row.day == "2021-03-01"
    assert check.claim.words.startswith("first foreign minister to visit Norway since Rui Melo")
    assert check.of == "CONSULT visit: the Foreign Minister (PRT) → Norway"
    assert "The act of the time named is in the record" in check.why and "Rui Melo" in check.why


def test_a_claim_whose_own_act_is_not_in_the_record_is_not_checkable() -> None:
    with recalled(news=False) as record:
        check = only(record)
    assert check.verdict == "not checkable"
    assert check.why == "The record holds only the act that the claim counts from, not the one that it is made of."


def test_another_office_is_told_but_does_not_contradict() -> None:
    first = world.FIRST.replace("Foreign Minister", "Defence Minister")
    with world.record(first=first, office="Defence Minister") as record:
        check = only(record)
    assert check.verdict == "not checkable"
    assert "no official list in the record covers the Defence Minister (PRT)" in check.why
    assert "Of the time named (2006-01-01 to 2006-12-31) the record holds no such act." in check.why
    assert (
        "By holders of other offices it holds one act in between: Rui Melo (Foreign Minister), 2011-06-01" in check.why
    )


def test_the_chart_of_times_tells_lists_from_articles(kept: Record) -> None:
    chart = times(since(kept, "PRT", "NOR", mode="visit", before=ASKED), link=lambda event: f"#{event}")
    assert [(row["day"], row["known"]) for row in chart.data] == [
        ("2006-02", "from articles"),
        ("2011-06-01", "from a list or data set alone"),
    ]
    assert all(row["url"] == f"#{row['event']}" for row in chart.data)


_EVENTS = st.builds(
    lambda number, start, length, precision: Dated(
        f"e{number}", f"a{number}", start, start + timedelta(length), precision
    ),
    st.integers(0, 50),
    st.dates(date(2000, 1, 1), date(2004, 1, 1)),
    st.sampled_from((0, 0, 0, 6, 30)),
    st.sampled_from(("day", "week", "month")),
)


@given(st.lists(_EVENTS, max_size=12, unique_by=lambda each: each.event))
def test_every_dated_event_is_of_an_occasion_and_exact_ones_never_overlap(events: list[Dated]) -> None:
    found = occasions(events)
    assert found == occasions(reversed(events))
    exact = [each for each in events if each.precision != "month"]
    within = [one for one in found if any(each.event in one.events for each in exact)]
    assert all(before.end < after.start for before, after in pairwise(within))
    for each in exact:
        assert sum(each.event in one.events for one in found) == 1
    assert [one.start for one in found] == sorted(one.start for one in found)


@given(st.sets(st.integers(1900, 1960)))
def test_runs_of_years_name_each_once(years: set[int]) -> None:
    named = [part.split("–") for part in runs(years).split(", ") if part]
    assert {year for part in named for year in range(int(part[0]), int(part[-1]) + 1)} == years


@settings(max_examples=20, deadline=None)
@given(days=st.dates(date(2000, 1, 1), date(2025, 1, 1)))
def test_the_last_time_is_the_latest_before_the_day(kept: Record, days: date) -> None:
    found = since(kept, "PRT", "NOR", mode="visit", before=days)
    every = since(kept, "PRT", "NOR", mode="visit")
    ends = [each.occasion.end for each in (every.last, *every.earlier) if each and each.occasion.end < days]
    assert (found.last.occasion.end if found.last else None) == max(ends, default=None)
    assert found.times == len(ends)


def test_a_sparkline() -> None:
    assert sparkline([0, 1, 8, 4]) == " ▁█▄"
    assert sparkline([]) == ""
    assert sparkline([0.0, 0.0]) == "  "
