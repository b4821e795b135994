"""Spans between two dates: "(1954-1962)", "from 3 to 5 May", "between 2001 and 2004"."""

from __future__ import annotations

import re

from dragoman.language.timex_clock import day_of
from dragoman.language.timex_dates import BOOK as DATES
from dragoman.language.timex_relative import BOOK as RELATIVE
from dragoman.language.timex_rules import RuleBook
from dragoman.language.timex_values import Clues, Timex

BOOK = RuleBook()
_JOIN = r" ?(?:-|to|until|till|through|thru|and) ?"


def _interval(first: Timex, last: Timex) -> Timex | None:
    """ISO 8601's ``first/last``. None where the ends are in the wrong order."""
    value = f"{first.value}/{last.value}"
    if first.start is None or last.end is None:
        return Timex(value, "DATE")
    if first.start > last.end:
        return None
    precision = first.precision if first.precision == last.precision else "unknown"
    return Timex(value, "DATE", first.start, last.end, precision, first.anchored or last.anchored)


@BOOK.add(rf"(?:from |between )?<year>{_JOIN}(?P<end>\d{{4}}|\d\d)")
def _years(match: re.Match[str], clues: Clues) -> Timex | None:
    end = match["end"] if len(match["end"]) == 4 else match["year"][:2] + match["end"]
    first, last = DATES.read(match["year"], clues), DATES.read(end, clues)
    return _interval(first, last) if first and last else None


_TAIL = r"(?P<tail>(?: <year>| of (?:last|this|next) year| (?:last|this|next) year)?)"


@BOOK.add(
    rf"(?:from |between )?(?:the )?(?P<a>\d\d?)(?:th)?{_JOIN}(?:the )?(?P<b>\d\d?)(?:th)? (?:of"
    rf" )?<month>{_TAIL}",
    rf"(?:from |between )?<month> (?:the )?(?P<a>\d\d?)(?:th)?{_JOIN}(?:the"
    rf" )?(?P<b>\d\d?)(?:th)?{_TAIL}",
)
def _days_of_month(match: re.Match[str], clues: Clues) -> Timex | None:
    if int(match["a"]) >= int(match["b"]):
        return None
    first = day_of(f"{match['month']} {match['a']}{match['tail']}", clues)
    last = day_of(f"{match['month']} {match['b']}{match['tail']}", clues)
    if first is None or last is None or _apart(first, last):
        return None
    return _interval(first, last)


def _apart(first: Timex, last: Timex) -> bool:
    """Whether the two days of one month were read into different years."""
    return first.start is not None and last.start is not None and first.start.year != last.start.year


@BOOK.add(rf"(?:from |between )?(?P<head>.+?){_JOIN}(?P<tail>.+)")
def _any_ends(match: re.Match[str], clues: Clues) -> Timex | None:
    """Two readable dates with a joint between them; the first borrows the year of the last."""
    last = _date(match["tail"], clues)
    if last is None:
        return None
    given = re.search(r"\b\d{4}$", match["tail"])
    borrowed = f"{match['head']} {given[0]}" if given and not re.search(r"\d{4}", match["head"]) else match["head"]
    first = _date(borrowed, clues) or _date(match["head"], clues)
    if first is None or _is_bare_number(match["head"]):
        return None
    return _interval(first, last)


def _is_bare_number(words: str) -> bool:
    return re.fullmatch(r"(?:the )?\d{1,3}", words) is not None


def _date(words: str, clues: Clues) -> Timex | None:
    found = DATES.read(words, clues) or RELATIVE.read(words, clues)
    return found if found is not None and "/" not in found.value else None
