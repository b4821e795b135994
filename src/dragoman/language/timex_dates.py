"""Dates that need nothing but their own words, and those that lack only the year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dragoman.language import timex_words as lexicon
from dragoman.language.timex_rules import RuleBook, named
from dragoman.language.timex_values import (
    Clues,
    Timex,
    century,
    day,
    decade,
    half,
    month,
    quarter,
    season,
    unresolved,
    week,
    weekend,
    year,
)

BOOK = RuleBook()
# Without a tense, a date without a year is taken to lie ahead only if it is at most this many days ahead;
# chosen on the training part of TimeBank and AQUAINT, where 100 to 160 do equally well.
AHEAD_DAYS = 130


def resolve_year(match: re.Match[str], clues: Clues) -> int | None:
    """The year the words give: in digits (two or four), or as last, this or next year; None where they give none."""
    digits = named(match, "year")
    if digits:
        return int(digits)
    short = named(match, "short")
    if short:
        return 1900 + int(short) if int(short) >= 30 else 2000 + int(short)
    step = {
        "last": -1,
        "this": 0,
        "next": 1,
        "current": 0,
        "previous": -1,
        "following": 1,
        "year ago": -1,
        "year earlier": -1,
    }.get(named(match, "which"))
    base = clues.mentioned if named(match, "which") in ("previous", "following") else clues.anchor
    return base.year + step if step is not None and base is not None else None


@BOOK.add(
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)",
    r"(?P<y>\d{4})/(?P<m>\d\d?)/(?P<d>\d\d?)",
    r"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d{4})",
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
)
def _numeric(match: re.Match[str], clues: Clues) -> Timex:
    return day(date(int(match["y"]), int(match["m"]), int(match["d"])), anchored=False)


@BOOK.add(r"(?P<a>\d\d?)[/-](?P<b>\d\d?)[/-](?P<y>\d{4}|\d\d)")
def _slashed(match: re.Match[str], clues: Clues) -> Timex:
    """Which number is the month is known only if the other is over 12 or both are the same; else only the year is."""
    first, second, number = int(match["a"]), int(match["b"]), int(match["y"])
    if number < 100:
        number += 1900 if number >= 30 else 2000
    if first == second or second > 12:
        return day(date(number, first, second), anchored=False)
    if first > 12:
        return day(date(number, second, first), anchored=False)
    bounds = sorted((date(number, first, second), date(number, second, first)))
    return Timex(f"{number:04d}-XX-XX", "DATE", bounds[0], bounds[1], "year")


@BOOK.add(r"(?P<y>\d{4})-(?P<m>\d\d)")
def _year_month(match: re.Match[str], clues: Clues) -> Timex | None:
    """``2006-02``; a second number over 12 is the end of a range (``2006-12`` is December)."""
    return month(int(match["y"]), int(match["m"]), anchored=False) if 1 <= int(match["m"]) <= 12 else None


@BOOK.add(r"(?P<y>\d{4})-w(?P<w>\d\d?)(?P<end>-we)?")
def _iso_week(match: re.Match[str], clues: Clues) -> Timex:
    monday = date.fromisocalendar(int(match["y"]), int(match["w"]), 1)
    return weekend(monday, anchored=False) if match["end"] else week(monday, anchored=False)


_YEAR = r"(?: (?:of |in )?(?:<year>|'(?P<short>\d\d)|(?:of )?(?P<which>last|this|next) year))?"
_WEEKDAY = r"(?:(?:<last>|<next>|this|this past|this coming|on)? ?<weekday> (?:the )?)?"


@BOOK.add(
    _WEEKDAY + r"<month> (?:the )?<day>(?:th)?" + _YEAR,
    _WEEKDAY + r"(?:the )?<day>(?:th)?(?: day)? (?:of )?<month>" + _YEAR,
    r"<year> <month> <day>(?:th)?",
)
def _month_day(match: re.Match[str], clues: Clues) -> Timex:
    number, when = lexicon.month_numbers()[match["month"]], int(match["day"])
    given = resolve_year(match, clues)
    if given is not None:
        return day(date(given, number, when), anchored=not named(match, "year"))
    blank = f"XXXX-{number:02d}-{when:02d}"
    date(2000, number, when)
    if clues.anchor is None or named(match, "which"):
        return unresolved(blank)
    return day(_nearest_day(number, when, named(match, "weekday"), clues), anchored=True)


def _nearest_day(number: int, when: int, weekday: str, clues: Clues) -> date:
    anchor = clues.anchor
    assert anchor is not None
    choices = [
        date(each, number, when) for each in range(anchor.year - 4, anchor.year + 5) if _exists(each, number, when)
    ]
    if weekday:
        fits = [choice for choice in choices if choice.weekday() == lexicon.weekday_numbers()[weekday]]
        return min(fits or choices, key=lambda choice: abs(choice - anchor))
    past = max((choice for choice in choices if choice <= anchor), default=choices[0])
    ahead = min((choice for choice in choices if choice >= anchor), default=choices[-1])
    return ahead if _lies_ahead((anchor - past).days, (ahead - anchor).days, clues) else past


def _exists(number: int, month_number: int, when: int) -> bool:
    try:
        date(number, month_number, when)
    except ValueError:
        return False
    return True


def _lies_ahead(behind: int, ahead: int, clues: Clues) -> bool:
    """Which way a date without a year lies, from its distances in days and the tense. A past verb can still speak
    of a date just ahead ("said the talks would resume Nov. 6"), so it only narrows the reach."""
    if behind == 0:
        return False
    if clues.tense == "future":
        return ahead < behind or ahead <= 270
    reach = AHEAD_DAYS // 2 if clues.tense == "past" else AHEAD_DAYS
    return ahead <= reach and ahead < behind


@BOOK.add(
    r"(?:the )?(?:month of )?<month>" + _YEAR, r"<year>(?: in)? <month>", r"(?P<which>last|this|next) year <month>"
)
def _month(match: re.Match[str], clues: Clues) -> Timex:
    number = lexicon.month_numbers()[match["month"]]
    given = resolve_year(match, clues)
    if given is not None:
        return month(given, number, anchored=not named(match, "year"))
    if clues.anchor is None or named(match, "which"):
        return unresolved(f"XXXX-{number:02d}")
    return month(_month_year(number, clues.anchor, clues), number, anchored=True)


def _month_year(number: int, anchor: date, clues: Clues) -> int:
    behind = (anchor.month - number) % 12
    ahead = _lies_ahead(30 * behind, 30 * (12 - behind), clues)
    if ahead:
        return anchor.year + (number < anchor.month)
    return anchor.year - (number > anchor.month)


@BOOK.add(
    r"(?:the )?(?:(?:calendar )?year (?:of )?)?<year>(?: (?:season|level"
    r"|campaign))?",
    r"post <year>",
    r"pre <year>",
    r"(?:ad|a d) (?P<year>\d{1,4})",
    r"(?P<year>\d{1,4}) (?:ad|a d|ce)",
)
def _year(match: re.Match[str], clues: Clues) -> Timex:
    return year(int(match["year"]), anchored=False)


@BOOK.add(r"(?:the )?<year> (?:period|quarter)")
def _period_of_year(match: re.Match[str], clues: Clues) -> Timex:
    """ "the 1988 period" is what is reported of, in that year: the same quarter where a quarter is reported."""
    number = int(match["year"])
    if clues.quarter is None:
        return year(number, anchored=False)
    return clues.quarter_before(int(clues.quarter.value[:4]) - number) or year(number, anchored=False)


@BOOK.add(r"(?P<year>\d{1,5}) (?:bc|b c|bce)")
def _before_christ(match: re.Match[str], clues: Clues) -> Timex:
    return year(1 - int(match["year"]), anchored=False)


@BOOK.add(r"'(?P<short>\d\d)")
def _short_year(match: re.Match[str], clues: Clues) -> Timex:
    number = resolve_year(match, clues)
    assert number is not None
    return year(number, anchored=False)


@BOOK.add(r"(?:the )?(?:fiscal|financial|school|academic)(?: year)? (?:of )?(?:<year>|'(?P<short>\d\d))")
def _fiscal_year(match: re.Match[str], clues: Clues) -> Timex:
    """Named by its year; when it begins is the keeper's own affair, so it has no bounds."""
    return Timex(f"{resolve_year(match, clues):04d}", "DATE")


@BOOK.add(r"(?:the )?(?P<year>\d{3}0)s", r"(?:the )?'?(?P<short>\d0)s", r"(?:the )?(?:(?P<hundred>\d\d) )?<decade>")
def _decade(match: re.Match[str], clues: Clues) -> Timex:
    said = named(match, "decade")
    if said:
        within = int(lexicon.words("decades")[said])
        return decade(100 * int(named(match, "hundred") or 19) + within, anchored=False)
    return decade(int(named(match, "year") or 1900 + int(named(match, "short"))), anchored=False)


@BOOK.add(r"(?:the )?(?P<n>\d{1,2})th century(?: (?P<era>ad|bc))?")
def _century(match: re.Match[str], clues: Clues) -> Timex:
    if match["era"] == "bc":
        return Timex(f"BC{int(match['n']) - 1:02d}XX", "DATE")
    return century(int(match["n"]), anchored=False)


_PART = r"(?:the |its |a |this )?(?:flat |fiscal |full |recent |just ended |latest )*"
_PART_END = (
    r"(?: (?:of |in )?(?:the )?(?:fiscal )?(?:year )?(?:<year>|'(?P<short>\d\d)|(?P<which>last|this"
    r"|next|current|previous|following) year|year))?"
)


@BOOK.add(
    _PART + r"(?P<n>[1-4])th quarter" + _PART_END,
    r"(?:the |fiscal )*<year> (?:fiscal )?(?P<n>[1-4])th"
    r" quarter",
    r"(?P<which>last|this|next|current) year (?P<n>[1-4])th quarter",
    r"q(?P<n>[1-4])(?: (?:of )?<year>)?",
    r"(?:the )?(?:comparable )?(?P<which>year ago|year earlier) (?P<n>[1-4])th quarter",
    r"<year>[ -]q(?P<n>[1-4])",
    r"(?P<n>[1-4])q(?: <year>)?",
)
def _quarter(match: re.Match[str], clues: Clues) -> Timex:
    number, given = int(match["n"]), resolve_year(match, clues)
    fiscal = "fiscal" in match[0]
    if given is None and clues.anchor is not None and not named(match, "which"):
        given = _quarter_year(number, clues.anchor, clues)
    if given is None:
        return unresolved(f"XXXX-Q{number}")
    found = quarter(given, number, anchored=not named(match, "year"))
    return _without_bounds(found) if fiscal else found


def _quarter_year(number: int, anchor: date, clues: Clues) -> int:
    """The quarter just over or under way; in the future tense one to come, save that results of the quarter
    just over are also spoken of in the future."""
    now = (anchor.month + 2) // 3
    if clues.tense == "future":
        return anchor.year + (number < now - 1)
    return anchor.year - (number > now)


def _without_bounds(found: Timex) -> Timex:
    return replace(found, start=None, end=None, precision="unknown")


@BOOK.add(
    _PART + r"(?:(?P<n>[12])th|(?P<word>last|latter|other)) half" + _PART_END,
    r"<year>-h(?P<n>[12])",
    r"(?:the )?(?P<n>1)th (?:2 quarters|6 months) of <year>",
    r"h(?P<n>[12]) <year>",
)
def _half(match: re.Match[str], clues: Clues) -> Timex:
    number, given = int(named(match, "n") or 2), resolve_year(match, clues)
    if given is None and clues.anchor is not None and not named(match, "which"):
        given = clues.anchor.year
    if given is None:
        return unresolved(f"XXXX-H{number}")
    return half(given, number, anchored=not named(match, "year"))


@BOOK.add(r"(?:the )?<season>" + _YEAR, r"(?:the )?<year> <season>", r"(?P<which>last|this|next) year <season>")
def _season(match: re.Match[str], clues: Clues) -> Timex:
    given = resolve_year(match, clues)
    entry = lexicon.words("seasons")[match["season"]]
    if given is None and clues.anchor is not None and not named(match, "which"):
        given = season_year(entry["first"], clues.anchor, step=1 if clues.tense == "future" else 0)
    if given is None:
        return unresolved(f"XXXX-{entry['code']}")
    return season(given, entry["code"], entry["first"], entry["last"], anchored=not named(match, "year"))


def season_year(first: int, anchor: date, *, step: int) -> int:
    """The year of the season that begins in month ``first``: the one under way or nearest (step 0), the last
    one over (-1) or the next to begin (1)."""
    if step < 0:
        return anchor.year if first + 2 < anchor.month else anchor.year - 1
    if step > 0:
        return anchor.year if first > anchor.month else anchor.year + 1
    return anchor.year - (first - anchor.month > 6)


@BOOK.add(r"(?:the )?(?:<last>|<next>|<this>)? ?<holiday>(?: day)?" + _YEAR)
def _holiday(match: re.Match[str], clues: Clues) -> Timex:
    given = resolve_year(match, clues)
    if given is not None:
        return day(_holiday_in(given, match["holiday"]), anchored=not named(match, "year"))
    anchor = clues.anchor
    if anchor is None or named(match, "which"):
        return unresolved("XXXX-XX-XX")
    choices = [_holiday_in(anchor.year + step, match["holiday"]) for step in (-1, 0, 1)]
    past = max(choice for choice in choices if choice < anchor or (choice == anchor and not match["last"]))
    ahead = min(choice for choice in choices if choice > anchor or (choice == anchor and not match["next"]))
    if match["last"] or match["next"]:
        return day(past if match["last"] else ahead, anchored=True)
    return day(ahead if _lies_ahead((anchor - past).days, (ahead - anchor).days, clues) else past, anchored=True)


@BOOK.add(r"(?:the )?<holiday> (?P<span>week|weekend)(?: <year>)?")
def _holiday_week(match: re.Match[str], clues: Clues) -> Timex | None:
    found = BOOK.read(" ".join(filter(None, (match["holiday"], match["year"]))), clues)
    if found is None or found.start is None:
        return None
    make = week if match["span"] == "week" else weekend
    return make(found.start, anchored=found.anchored)


def _holiday_in(number: int, name: str) -> date:
    entry = lexicon.words("holidays")[name]
    if "easter" in entry:
        return easter(number) + timedelta(days=entry["easter"])
    if "day" in entry:
        return date(number, entry["month"], entry["day"])
    if entry["nth"] > 0:
        first = date(number, entry["month"], 1)
        return first + timedelta(days=(entry["weekday"] - first.weekday()) % 7 + 7 * (entry["nth"] - 1))
    last = date(number, entry["month"] + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - entry["weekday"]) % 7)


def easter(number: int) -> date:
    """Western Easter Sunday of a year (the Gregorian computus of Meeus, Jones and Butcher, 1876)."""
    cycle, hundreds, rest = number % 19, number // 100, number % 100
    correction = (hundreds - (hundreds + 8) // 25 + 1) // 3
    moon = (19 * cycle + hundreds - hundreds // 4 - correction + 15) % 30
    sunday = (32 + 2 * (hundreds % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (cycle + 11 * moon + 22 * sunday) // 451
    month_number, offset = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(number, month_number, offset + 1)
