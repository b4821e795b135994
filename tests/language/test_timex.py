"""Values of time expressions, read on Friday 2 October 2020 unless said otherwise."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.timex import Timex, normalise
from dragoman.language.timex_dates import easter

FRIDAY = date(2020, 10, 2)
SPOKEN_OF = date(2019, 9, 10)
DAYS = st.dates(date(1600, 1, 1), date(2200, 12, 31))


def read(text: str, **clues: object) -> Timex:
    found = normalise(text, **{"anchor": FRIDAY, **clues})  # type: ignore[arg-type]
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2006", "2006"),
        ("the year two thousand", "2000"),
        ("nineteen eighty-four", "1984"),
        ("February 2006", "2006-02"),
        ("Feb., 2006", "2006-02"),
        ("the third of May, 1998", "1998-05-03"),
        ("3 May 1998", "1998-05-03"),
        ("May 3rd 1998", "1998-05-03"),
        ("Sunday, May 3, 1998", "1998-05-03"),
        ("1998-05-03", "1998-05-03"),
        ("3.5.1998", "1998-05-03"),
        ("25/12/2020", "2020-12-25"),
        ("2020-W40", "2020-W40"),
        ("the 1990s", "199X"),
        ("the '80s", "198X"),
        ("the nineties", "199X"),
        ("the nineteenth century", "18XX"),
        ("the third quarter of 2019", "2019-Q3"),
        ("Q3 2019", "2019-Q3"),
        ("the first half of 1990", "1990-H1"),
        ("the summer of 2019", "2019-SU"),
        ("Christmas Eve 2019", "2019-12-24"),
        ("Good Friday 2021", "2021-04-02"),
        ("300 BC", "BC0300"),
        ("1954-1962", "1954/1962"),
        ("(1954–1962)", "1954/1962"),
        ("between 2001 and 2004", "2001/2004"),
        ("from 3 to 5 May 2019", "2019-05-03/2019-05-05"),
        ("from May to July 2019", "2019-05/2019-07"),
        ("2:30 p.m. on 3 May 2019", "2019-05-03T14:30"),
    ],
)
def test_absolute_expressions_need_no_anchor(text: str, value: str) -> None:
    found = normalise(text, anchor=None)
    assert found is not None
    assert (found.value, found.anchored) == (value, False)
    assert found == read(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("today", "2020-10-02", "2020-10-02", "day"),
        ("Thursday", "2020-10-01", "2020-10-01", "day"),
        ("on Friday", "2020-10-02", "2020-10-02", "day"),
        ("last Friday", "2020-09-25", "2020-09-25", "day"),
        ("next Friday", "2020-10-09", "2020-10-09", "day"),
        ("the first of next November", "2020-11-01", "2020-11-01", "day"),
        ("two days ago", "2020-09-30", "2020-09-30", "day"),
        ("the day before yesterday", "2020-09-30", "2020-09-30", "day"),
        ("tomorrow evening", "2020-10-03", "2020-10-03", "day"),
        ("last night", "2020-10-01", "2020-10-01", "day"),
        ("Oct. 1", "2020-10-01", "2020-10-01", "day"),
        ("last week", "2020-09-21", "2020-09-27", "week"),
        ("the weekend", "2020-10-03", "2020-10-04", "week"),
        ("three weeks from now", "2020-10-19", "2020-10-25", "week"),
        ("early next month", "2020-11-01", "2020-11-30", "month"),
        ("last April", "2020-04-01", "2020-04-30", "month"),
        ("September", "2020-09-01", "2020-09-30", "month"),
        ("next spring", "2021-03-01", "2021-05-31", "month"),
        ("a year ago", "2019-01-01", "2019-12-31", "year"),
        ("the end of the year", "2020-01-01", "2020-12-31", "year"),
        ("two decades ago", "2000-01-01", "2009-12-31", "decade"),
        ("the past three years", "2017-10-02", "2020-10-02", "year"),
    ],
)
def test_relative_expressions_count_from_the_anchor(text: str, start: str, end: str, precision: str) -> None:
    found = read(text)
    assert (str(found.start), str(found.end), found.precision) == (start, end, precision)
    assert found.anchored
    unknown = normalise(text, anchor=None)
    assert unknown is not None
    assert (unknown.start, unknown.end, unknown.precision) == (None, None, "unknown")


@pytest.mark.parametrize(
    ("text", "value"),
    [("Thursday", "XXXX-WXX-4"), ("today", "XXXX-XX-XX"), ("last week", "XXXX-WXX"), ("May 3", "XXXX-05-03"),
     ("the first of next November", "XXXX-11-01"), ("Friday night", "XXXX-WXX-5TNI")],
)  # fmt: skip
def test_without_an_anchor_the_value_keeps_its_blanks(text: str, value: str) -> None:
    found = normalise(text, anchor=None)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("the previous day", "2019-09-09"), ("the next day", "2019-09-11"), ("that day", "2019-09-10"),
     ("two days earlier", "2019-09-08"), ("a week later", "2019-W38"), ("that year", "2019"),
     ("the following year", "2020"), ("the 25th", "2019-09-25"), ("the next morning", "2019-09-11TMO"),
     ("10 p.m.", "2019-09-10T22:00")],
)  # fmt: skip
def test_expressions_that_count_from_the_date_spoken_of(text: str, value: str) -> None:
    assert read(text, previous=SPOKEN_OF).value == value


@pytest.mark.parametrize(
    "text", ["that day", "the next day", "two days earlier", "the previous week", "10 p.m.", "the day"]
)
def test_nothing_spoken_of_gives_no_day(text: str) -> None:
    assert read(text).start is None


def test_tense_decides_the_direction() -> None:
    assert read("Thursday", tense="past").start == date(2020, 10, 1)
    assert read("Thursday", tense="future").start == date(2020, 10, 8)
    assert read("May", tense="future").start == date(2021, 5, 1)
    assert read("May", tense="past").start == date(2020, 5, 1)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("five-year", "P5Y", "DURATION"),
        ("twenty four hours", "PT24H", "DURATION"),
        ("20 minutes", "PT20M", "DURATION"),
        ("half an hour", "PT30M", "DURATION"),
        ("two and a half years", "P2Y6M", "DURATION"),
        ("several months", "PXM", "DURATION"),
        ("a couple of weeks", "P2W", "DURATION"),
        ("a week", "P1W", "DURATION"),
        ("three decades", "P30Y", "DURATION"),
        ("every year", "P1Y", "SET"),
        ("daily", "P1D", "SET"),
        ("twice a week", "P1W", "SET"),
        ("every other month", "P2M", "SET"),
        ("Mondays", "XXXX-WXX-1", "SET"),
        ("each March", "XXXX-03", "SET"),
        ("now", "PRESENT_REF", "DATE"),
        ("recently", "PAST_REF", "DATE"),
        ("once", "PAST_REF", "DATE"),
        ("the near future", "FUTURE_REF", "DATE"),
    ],
)
def test_lengths_sets_and_references_have_no_day(text: str, value: str, kind: str) -> None:
    found = read(text)
    assert (found.value, found.type, found.start, found.end) == (value, kind, None, None)


def test_the_networks_type_settles_two_readings() -> None:
    assert read("the year", type="DATE").value == "2020"
    assert read("the year", type="DURATION").value == "P1Y"
    assert read("a year", type="SET").type == "SET"


@pytest.mark.parametrize(
    ("text", "mod"),
    [("late 2006", "END"), ("the mid-1990s", "MID"), ("early next month", "START"), ("nearly two years", "LESS_THAN"),
     ("at least 30 days", "EQUAL_OR_MORE"), ("more than a decade", "MORE_THAN"), ("about a week", "APPROX")],
)  # fmt: skip
def test_shading_words_change_the_mod_and_not_the_bounds(text: str, mod: str) -> None:
    assert read(text).mod == mod


def test_earlier_and_later_end_and_begin_with_the_publication() -> None:
    assert read("earlier this year").end == FRIDAY
    assert read("later this month").start == FRIDAY


def test_precision_is_not_invented() -> None:
    ambiguous = read("03/04/1998")
    assert (ambiguous.value, ambiguous.precision) == ("1998-XX-XX", "year")
    assert read("fiscal 1998").start is None
    winter = read("the winter of 1994")
    assert (str(winter.start), str(winter.end), winter.precision) == ("1994-01-01", "1995-02-28", "year")


@pytest.mark.parametrize("text", ["", "  ", "Feb. 30", "31 June 2019", "the embassy", "x" * 5000, "25:99 p.m."])
def test_what_is_no_date_has_no_value(text: str) -> None:
    assert normalise(text, anchor=FRIDAY) is None


def test_easter_sundays() -> None:
    known = {1961: (4, 2), 2000: (4, 23), 2008: (3, 23), 2011: (4, 24), 2024: (3, 31), 2025: (4, 20)}
    assert {number: (easter(number).month, easter(number).day) for number in known} == known


@given(DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%A, %d %B %Y"]))
def test_every_written_day_is_read_back(when: date, form: str) -> None:
    found = normalise(when.strftime(form), anchor=None)
    assert found is not None
    assert (found.value, found.start, found.end) == (when.isoformat(), when, when)


@given(DAYS, st.sampled_from(["Monday", "Wednesday", "Sunday"]), st.sampled_from(["past", "future"]))
def test_a_weekday_is_that_weekday_within_a_week_on_its_side(anchor: date, name: str, tense: str) -> None:
    found = normalise(name, anchor=anchor, tense=tense)  # type: ignore[arg-type]
    assert found is not None and found.start is not None
    away = found.start - anchor
    assert found.start.strftime("%A") == name
    assert timedelta(0) <= (away if tense == "future" else -away) < timedelta(7)


WORDS = st.sampled_from(
    [
        *(
            "the",
            "a",
            "last",
            "next",
            "this",
            "first",
            "earlier",
            "ago",
            "to",
            "-",
            "and",
            "of",
            "now",
            "several",
            "p.m.",
        ),
        *("year", "years", "quarter", "half", "century", "decades", "night", "weekend", "friday", "May", "christmas"),
        *("3", "31", "0", "two", "1998", "9999", "'80s", "10:30", "bc", "p.m."),
    ]
)


@given(
    st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=7).map(" ".join)),
    st.none() | st.dates(),
    st.none() | st.dates(),
)
def test_no_text_breaks_the_normaliser_and_bounds_are_in_order(
    text: str, anchor: date | None, previous: date | None
) -> None:
    found = normalise(text, anchor=anchor, previous=previous)
    if found is None:
        return
    assert (found.start is None) == (found.end is None)
    if found.start is not None and found.end is not None:
        assert found.start <= found.end
    assert found.value
    if anchor is None and previous is None and found.start is not None:
        assert not found.anchored


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the 25th of last month", "2020-09-25"),
        ("the first of July", "2020-07-01"),
        ("a year ago today", "2019-10-02"),
        ("two weeks ago today", "2020-09-18"),
        ("the year-ago quarter", "2019-Q3"),
        ("the year-earlier period", "2019"),
        ("the same period last year", "2019"),
        ("the same month of last year", "2019-10"),
        ("the latest quarter", "2020-Q3"),
        ("the 2018 period", "2018"),
        ("the fourth quarter of fiscal 2020", "2020-Q4"),
        ("the first half of this year", "2020-H1"),
        ("the full year", "2020"),
        ("3 to 5 May", "2020-05-03/2020-05-05"),
        ("a year or two", "P1Y"),
        ("eight trading days", "P8D"),
        ("recent weeks", "PXW"),
        ("the seventies", "197X"),
        ("the winter of nineteen ninety-four", "1994-WI"),
        ("past years", "PAST_REF"),
    ],
)
def test_expressions_of_the_news(text: str, value: str) -> None:
    kind = "DURATION" if value.startswith("P") and value != "PAST_REF" else "DATE"
    assert read(text, type=kind).value == value


def test_a_reported_quarter_is_what_a_year_earlier_looks_back_from() -> None:
    first, fiscal = read("the first quarter"), read("the fiscal first quarter")
    assert read("a year earlier", quarter=first).value == "2019-Q1"
    assert read("the 2018 quarter", quarter=first).value == "2018-Q1"
    assert read("the quarter", quarter=first).start == date(2020, 1, 1)
    assert read("two years earlier", quarter=first).value == "2018"
    assert (read("a year ago", quarter=fiscal).value, read("a year ago", quarter=fiscal).start) == ("2019-Q1", None)


def test_dates_count_from_a_wider_date_spoken_of_where_it_names_one() -> None:
    month = read("March 2019")
    assert read("the following month", spoken=month).value == "2019-04"
    assert read("that year", spoken=month).value == "2019"
    assert read("that day", spoken=month).start is None
    assert read("the previous year", spoken=read("2011")).value == "2010"


@pytest.mark.parametrize(
    ("words", "tense", "first"),
    [
        ("the weekend", "past", "2020-09-26"),
        ("the weekend", "future", "2020-10-03"),
        ("last weekend", "past", "2020-09-26"),
        ("the 28th", "past", "2020-09-28"),
        ("the 28th", "future", "2020-10-28"),
        ("the 1st", "future", "2020-11-01"),
    ],
)
def test_the_tense_tells_which_weekend_and_which_month(words: str, tense: str, first: str) -> None:
    found = normalise(words, anchor=date(2020, 10, 2), tense=tense)
    assert found is not None
    assert str(found.start) == first
