"""What a time expression stands for: the value and its bounds, and how each kind of value is made.

Values are those of TIMEX3 (TimeML annotation guidelines 1.2.1, Saurí et al. 2006), which extends ISO 8601:
``1998-02-12``, ``1998-W07``, ``1998-Q3``, ``199X``, ``P3M``, ``PAST_REF``. Where TimeBank and its sister corpus
write a decade in two ways (``199``, ``199X``), the longer is used.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dragoman.model import Precision

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "present", "future"]

UNKNOWN_DAY = "XXXX-XX-XX"
# The most days a unit has.
_DAYS = {"week": 7, "weekend": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653, "century": 36525}
_WINTER = 12


@dataclass(frozen=True, slots=True)
class Timex:
    """The value of one time expression.

    ``start`` and ``end`` are the first and the last calendar day it can mean (both inclusive), None where
    neither the words nor the publication date fix them; ``precision`` is that of the words, ``unknown`` where
    there are no bounds or where the model has no word for it (centuries). ``anchored`` is True when the value
    was found by counting from another date. ``mod`` is TIMEX3's: START, MID, END, APPROX, LESS_THAN,
    EQUAL_OR_LESS, MORE_THAN, EQUAL_OR_MORE, BEFORE, AFTER.
    """

    value: str
    type: TimexType
    start: date | None = None
    end: date | None = None
    precision: Precision = "unknown"
    anchored: bool = False
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Clues:
    """What the rules may count from: publication date, tense of the governing verb, the type the network saw,
    the day the text spoke of last, the date of any width it spoke of last, and the quarter it reports on."""

    anchor: date | None = None
    tense: Tense | None = None
    type: str | None = None
    previous: date | None = None
    spoken: Timex | None = None
    quarter: Timex | None = None

    @property
    def mentioned(self) -> date | None:
        """The date that "that day" and "the previous week" count from."""
        return self.previous or self.anchor

    def spoken_of(self, unit: str) -> date | None:
        """First day of the date spoken of last, where that names a ``unit``: a day and a month name a year, a year
        names no month. None where no such date was spoken of."""
        last = self.spoken
        if last is not None and last.start and last.end and (last.end - last.start).days < _DAYS.get(unit, 1):
            return last.start
        return self.previous

    def quarter_before(self, years: int) -> Timex | None:
        """The quarter the text reports on, whole years earlier; without bounds where it is a fiscal one."""
        if self.quarter is None:
            return None
        found = quarter(int(self.quarter.value[:4]) - years, int(self.quarter.value[-1]), anchored=True)
        return found if self.quarter.start else Timex(found.value, "DATE", anchored=True)


def unresolved(value: str, *, kind: TimexType = "DATE") -> Timex:
    """A relative expression with nothing to count from: a value with blanks and no bounds."""
    return Timex(value, kind)


def day(when: date, *, anchored: bool, suffix: str = "") -> Timex:
    """One day, or with a suffix such as ``TMO`` or ``T10:30`` a time in it."""
    return Timex(when.isoformat() + suffix, "TIME" if suffix else "DATE", when, when, "day", anchored)


def week(when: date, *, anchored: bool) -> Timex:
    """The ISO week, Monday to Sunday, that holds the day."""
    monday = when - timedelta(days=when.weekday())
    year, number, _ = when.isocalendar()
    return Timex(f"{year:04d}-W{number:02d}", "DATE", monday, monday + timedelta(days=6), "week", anchored)


def weekend(when: date, *, anchored: bool) -> Timex:
    """Saturday and Sunday of the day's ISO week; the model's nearest precision is the week."""
    base = week(when, anchored=anchored)
    saturday = when - timedelta(days=when.weekday() - 5)
    return Timex(base.value + "-WE", "DATE", saturday, saturday + timedelta(days=1), "week", anchored)


def month(year_number: int, number: int, *, anchored: bool) -> Timex:
    """A calendar month."""
    first, last = month_bounds(year_number, number)
    return Timex(f"{year_number:04d}-{number:02d}", "DATE", first, last, "month", anchored)


def month_bounds(year_number: int, number: int) -> tuple[date, date]:
    """First and last day of the month."""
    return date(year_number, number, 1), date(year_number, number, calendar.monthrange(year_number, number)[1])


def quarter(year_number: int, number: int, *, anchored: bool) -> Timex:
    """A calendar quarter; a company's own quarters differ, and nothing in the words says so."""
    if not 1 <= number <= 4:
        raise ValueError(f"no quarter {number}")
    first, last = date(year_number, 3 * number - 2, 1), month_bounds(year_number, 3 * number)[1]
    return Timex(f"{year_number:04d}-Q{number}", "DATE", first, last, "month", anchored)


def half(year_number: int, number: int, *, anchored: bool) -> Timex:
    """The first or second half of a year."""
    if number not in (1, 2):
        raise ValueError(f"no half {number}")
    first, last = date(year_number, 6 * number - 5, 1), month_bounds(year_number, 6 * number)[1]
    return Timex(f"{year_number:04d}-H{number}", "DATE", first, last, "month", anchored)


def season(year_number: int, code: str, first: int, last: int, *, anchored: bool) -> Timex:
    """A season of the northern hemisphere by whole months. Winter touches two years: its bounds hold both readings."""
    value = f"{year_number:04d}-{code}"
    if first == _WINTER:
        end = month_bounds(year_number + 1, last)[1]
        return Timex(value, "DATE", date(year_number, 1, 1), end, "year", anchored)
    return Timex(value, "DATE", date(year_number, first, 1), month_bounds(year_number, last)[1], "month", anchored)


def year(number: int, *, anchored: bool) -> Timex:
    """A calendar year; before year 1 or after 9999 the calendar has no days to bound it by."""
    if number < 1:
        return Timex(f"BC{1 - number:04d}", "DATE", anchored=anchored)
    if number > date.max.year:
        return Timex("FUTURE_REF", "DATE", anchored=anchored)
    return Timex(f"{number:04d}", "DATE", date(number, 1, 1), date(number, 12, 31), "year", anchored)


def decade(first_year: int, *, anchored: bool) -> Timex:
    """Ten years from a year that ends in 0."""
    first_year -= first_year % 10
    last = date(first_year + 9, 12, 31)
    return Timex(f"{first_year // 10:03d}X", "DATE", date(max(first_year, 1), 1, 1), last, "decade", anchored)


def century(number: int, *, anchored: bool) -> Timex:
    """The nth century: years 100(n-1)+1 to 100n. The model has no precision this wide."""
    if not 1 <= number <= 99:
        raise ValueError(f"no century {number}")
    first, last = date(100 * (number - 1) + 1, 1, 1), date(100 * number, 12, 31)
    return Timex(f"{number - 1:02d}XX", "DATE", first, last, "unknown", anchored)


def of_precision(when: date, unit: str, *, anchored: bool) -> Timex:
    """The day, week, month, quarter, year, decade or century that holds ``when``."""
    if unit in ("week", "fortnight"):
        return week(when, anchored=anchored)
    if unit == "weekend":
        return weekend(when, anchored=anchored)
    if unit == "month":
        return month(when.year, when.month, anchored=anchored)
    if unit == "quarter":
        return quarter(when.year, (when.month + 2) // 3, anchored=anchored)
    if unit == "year":
        return year(when.year, anchored=anchored)
    if unit == "decade":
        return decade(when.year, anchored=anchored)
    if unit == "century":
        return century((when.year + 99) // 100, anchored=anchored)
    return day(when, anchored=anchored, suffix="TNI" if unit == "night" else "")


BLANKS = {
    "day": UNKNOWN_DAY,
    "night": UNKNOWN_DAY,
    "week": "XXXX-WXX",
    "fortnight": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


def shift(when: date, count: int, unit: str) -> date:
    """``when`` moved by whole units; a day the month does not have becomes its last.

    Raises:
        OverflowError, ValueError: the result lies outside the years 1 to 9999.
    """
    days = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
    if unit in days:
        return when + timedelta(days=count * days[unit])
    if unit not in months:
        return when
    index = when.year * 12 + when.month - 1 + count * months[unit]
    last = month_bounds(index // 12, index % 12 + 1)[1]
    return last.replace(day=min(when.day, last.day))
