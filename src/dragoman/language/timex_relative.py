"""Dates that are counted from another: from the publication date, or from the date the text spoke of last."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.language import timex_words as lexicon
from dragoman.language.timex_dates import BOOK as DATES
from dragoman.language.timex_dates import season_year
from dragoman.language.timex_rules import RuleBook, named
from dragoman.language.timex_values import (
    BLANKS,
    UNKNOWN_DAY,
    Clues,
    Timex,
    day,
    month,
    month_bounds,
    of_precision,
    season,
    shift,
    unresolved,
    week,
    weekend,
    year,
)

BOOK = RuleBook()
_DEICTIC = r"(?:the )?(?:<last>|<next>|<this>|this past|this coming)"
_TODAY = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "the present day": 0,
}
_SMALLER = {"second", "minute", "hour"}


@BOOK.add("(?:later |earlier |just )?(?P<word>" + lexicon.alternatives(_TODAY) + ")(?: <part>)?")
def _today(match: re.Match[str], clues: Clues) -> Timex:
    part = _part_code(named(match, "part") or ("night" if match["word"] == "tonight" else ""))
    return _day_at(clues.anchor, _TODAY[match["word"]], part)


def _day_at(base: date | None, step: int, part: str) -> Timex:
    if base is None:
        return unresolved(UNKNOWN_DAY + part, kind="TIME" if part else "DATE")
    return day(base + timedelta(days=step), anchored=True, suffix=part)


def _part_code(name: str) -> str:
    return "T" + str(lexicon.words("dayparts")[name]) if name else ""


@BOOK.add(
    r"(?P<which>this|the|that|last|yesterday|today|tomorrow|the next|the following|the previous|that same"
    r"|the same) <part>",
    r"(?P<which>)(?:mid |the )?<part>",
    r"(?P<which>)mid <part>",
)
def _part_of_day(match: re.Match[str], clues: Clues) -> Timex:
    which, part = match["which"], _part_code(match["part"])
    step = {"last": -1, "the next": 1, "the following": 1, "the previous": -1}.get(which, 0)
    base = clues.mentioned
    if which in ("this", "last") or (which == "" and match["part"] == "overnight"):
        base = clues.anchor
    elif step or which.startswith("that") or which.endswith("same"):
        base = clues.previous
    return _day_at(base, -1 if match["part"] == "overnight" and clues.tense != "future" else step, part)


@BOOK.add(
    r"(?:early |late |earlier |later |on )?(?:(?:the )?(?P<same>following|previous|preceding|same)"
    r"|(?:the )?(?:<last>|<next>|<this>|this past|this coming))?"
    r" ?<weekday>(?: <part>s?)?",
    r"(?:the )?(?P<part>[a-z]+) (?:of|on) (?:<last> |<next> )?<weekday>",
    r"<weekday>,? (?:at|in the|during the) <part>",
)
def _weekday(match: re.Match[str], clues: Clues) -> Timex | None:
    part = named(match, "part")
    if part and part not in lexicon.words("dayparts"):
        return None
    number = lexicon.weekday_numbers()[match["weekday"]]
    relative = named(match, "same")
    base = clues.previous if relative else clues.anchor
    if base is None:
        return unresolved(f"XXXX-WXX-{number + 1}{_part_code(part)}", kind="TIME" if part else "DATE")
    return day(_weekday_from(base, number, match, clues), anchored=True, suffix=_part_code(part))


def _weekday_from(base: date, number: int, match: re.Match[str], clues: Clues) -> date:
    """Plain: the last one up to and including the base day, or the next from it in the future tense; with
    last or next, never the base day itself."""
    back, ahead = (base.weekday() - number) % 7, (number - base.weekday()) % 7
    words = match[0]
    if re.search(r"\b(last|previous|preceding|this past|past)\b", words):
        return base - timedelta(days=back or 7)
    if re.search(r"\b(next|following|coming|upcoming)\b", words):
        return base + timedelta(days=ahead or 7)
    if clues.tense == "future" or (re.search(r"\bthis\b", words) and clues.tense != "past"):
        return base + timedelta(days=ahead)
    return base - timedelta(days=back)


@BOOK.add(r"(?:the )?(?P<same>day) (?P<way>before|after) (?:(?:<last>|<next>) )?<weekday>")
def _beside_weekday(match: re.Match[str], clues: Clues) -> Timex:
    if clues.anchor is None:
        return unresolved(UNKNOWN_DAY)
    number = lexicon.weekday_numbers()[match["weekday"]]
    step = -1 if match["way"] == "before" else 1
    return day(_weekday_from(clues.anchor, number, match, clues) + timedelta(days=step), anchored=True)


@BOOK.add(
    r"(?P<n>\d+|a) weeks? (?:from )?(?P<way>ago|from)? ?(?:on |last |this |next )?<weekday>", r"<weekday> (?:a )?week"
)
def _weeks_from_weekday(match: re.Match[str], clues: Clues) -> Timex:
    number = lexicon.weekday_numbers()[match["weekday"]]
    if clues.anchor is None:
        return unresolved(f"XXXX-WXX-{number + 1}")
    count = int(named(match, "n")) if named(match, "n").isdigit() else 1
    if named(match, "way") == "ago":
        return day(clues.anchor - timedelta(days=(clues.anchor.weekday() - number) % 7 + 7 * count), anchored=True)
    return day(clues.anchor + timedelta(days=(number - clues.anchor.weekday()) % 7 + 7 * count), anchored=True)


@BOOK.add(
    _DEICTIC + " <month>(?: (?P<d>\\d{1,2})(?:th)?)?",
    r"(?:the )?(?P<d>\d{1,2})th (?:day )?of (?:<last>"
    r"|<next>|<this>) <month>",
    r"(?:the )?(?:<before>|<after>) <month>",
)
def _deictic_month(match: re.Match[str], clues: Clues) -> Timex:
    number = lexicon.month_numbers()[match["month"]]
    when = int(named(match, "d") or 0)
    base = clues.mentioned if named(match, "before") or named(match, "after") == "following" else clues.anchor
    if base is None:
        return unresolved(f"XXXX-{number:02d}" + (f"-{when:02d}" if when else ""))
    found = _which_year(base, number, match)
    return day(date(found, number, when), anchored=True) if when else month(found, number, anchored=True)


def _which_year(base: date, number: int, match: re.Match[str]) -> int:
    if named(match, "last") or named(match, "before") or "this past" in match[0]:
        return base.year - (number >= base.month)
    if named(match, "next") or named(match, "after"):
        return base.year + (number <= base.month)
    return base.year


_THAT_YEAR = r"(?:of )?(?:the )?(?:<same>|<this>|<before>|(?P<after>following|subsequent)) year"


@BOOK.add(
    rf"<month>(?: (?P<d>\d{{1,2}})(?:th)?)? {_THAT_YEAR}",
    rf"(?:the )?(?P<d>\d{{1,2}})(?:th)? (?:of )?<month> {_THAT_YEAR}",
)
def _month_of_that_year(match: re.Match[str], clues: Clues) -> Timex:
    """ "August of that year" and "May the following year" count from the year spoken of, "this year" from now."""
    number, when = lexicon.month_numbers()[match["month"]], int(named(match, "d") or 0)
    base = clues.anchor if match["this"] else clues.spoken_of("year")
    if base is None:
        return unresolved(f"XXXX-{number:02d}" + (f"-{when:02d}" if when else ""))
    found = base.year + (-1 if match["before"] else 1 if match["after"] else 0)
    return day(date(found, number, when), anchored=True) if when else month(found, number, anchored=True)


@BOOK.add(r"<weekday>(?: <part>)? (?:of )?(?:the )?(?:<last>|<next>|<this>) week")
def _weekday_of_week(match: re.Match[str], clues: Clues) -> Timex:
    number = lexicon.weekday_numbers()[match["weekday"]]
    if clues.anchor is None:
        return unresolved(f"XXXX-WXX-{number + 1}")
    monday = clues.anchor - timedelta(days=clues.anchor.weekday())
    step = -7 if match["last"] else 7 if match["next"] else 0
    return day(monday + timedelta(days=number + step), anchored=True, suffix=_part_code(named(match, "part")))


@BOOK.add(_DEICTIC + " <season>")
def _deictic_season(match: re.Match[str], clues: Clues) -> Timex:
    entry = lexicon.words("seasons")[match["season"]]
    if clues.anchor is None:
        return unresolved(f"XXXX-{entry['code']}")
    back = match["last"] or "this past" in match[0]
    step = -1 if back else 1 if match["next"] or "this coming" in match[0] else 0
    found = season_year(entry["first"], clues.anchor, step=step)
    return season(found, entry["code"], entry["first"], entry["last"], anchored=True)


@BOOK.add(
    r"(?:the |its |their )?(?:<last>|<next>|<this>|latest) (?:fiscal "
    r"|calendar |full |academic |trading |business )?<unit>",
    r"(?:the )?(?:next|past|last"
    r"|current) <unit>",
)
def _deictic_unit(match: re.Match[str], clues: Clues) -> Timex | None:
    unit = match["unit"]
    if unit in _SMALLER:
        return None
    if unit in ("day", "night") and match[0].startswith("the next"):
        return _spoken_of(match, clues)
    if clues.anchor is None:
        return unresolved(BLANKS.get(unit, UNKNOWN_DAY))
    if unit == "quarter" and "latest" in match[0]:
        return _reported_quarter(clues)
    back = re.search(r"\b(last|past|prior|latest)\b", match[0])
    step = -1 if back else 1 if re.search(r"\b(next|coming|upcoming)\b", match[0]) else 0
    return of_precision(shift(clues.anchor, step, unit), unit, anchored=True)


_YEAR_AGO = r"(?:year ago|year earlier)"


@BOOK.add(
    rf"(?:the |a )?(?:comparable )?{_YEAR_AGO}(?: (?:fiscal )?<unit>)?",
    rf"(?:the )?(?:comparable )?{_YEAR_AGO} period",
    rf"the <unit> a {_YEAR_AGO}",
    r"(?:the )?same <unit> (?:of )?last year",
    r"(?:the )?same (?:period|time) (?:of )?last year",
)
def _year_ago(match: re.Match[str], clues: Clues) -> Timex:
    """Figures are held against those of the same quarter a year before; what reports no quarter means the year."""
    unit = named(match, "unit") or "year"
    if unit in ("quarter", "year"):
        same = clues.quarter_before(1)
        if same is not None:
            return same
    if clues.anchor is None:
        return unresolved(BLANKS.get(unit, UNKNOWN_DAY))
    step = -1 if unit == "quarter" else 0
    return of_precision(shift(shift(clues.anchor, step, unit), -1, "year"), unit, anchored=True)


@BOOK.add(r"the quarter", r"(?:the )?(?:just ended )?latest period")
def _reported(match: re.Match[str], clues: Clues) -> Timex:
    return _reported_quarter(clues)


def _reported_quarter(clues: Clues) -> Timex:
    """The quarter spoken of; without one the quarter just over (so in 12 of 17 cases in the training part of
    TimeBank)."""
    found = clues.quarter_before(0)
    if found is not None or clues.anchor is None:
        return found or unresolved(BLANKS["quarter"])
    return of_precision(shift(clues.anchor, -1, "quarter"), "quarter", anchored=True)


@BOOK.add(
    r"(?:the )?(?:later |earlier )?(?:<before>|<after>|<same>"
    r"|the) (?:full )?<unit>",
    r"(?:the )?<unit> (?P<before>before)",
    r"(?:the )?<unit> (?P<after>after)",
    r"full <unit>",
)
def _spoken_of(match: re.Match[str], clues: Clues) -> Timex | None:
    unit = match["unit"]
    moved = bool(named(match, "before") or named(match, "after") or named(match, "next"))
    base = _spoken_base(match, unit, clues)
    if unit in _SMALLER:
        return None
    if base is None:
        return unresolved(BLANKS.get(unit, UNKNOWN_DAY))
    step = (-1 if named(match, "before") else 1) if moved else 0
    return of_precision(shift(base, step, unit), unit, anchored=True)


def _spoken_base(match: re.Match[str], unit: str, clues: Clues) -> date | None:
    """ "that day" and "the previous year" count from the date spoken of; "the year" is the report's own."""
    plain = re.fullmatch(r"(?:the|full|the full|later the|earlier the) \w+", match[0]) is not None
    if plain and unit not in ("day", "night") and clues.anchor is not None:
        before = unit == "weekend" and _weekend_is_over(clues.anchor, clues)
        return clues.anchor - timedelta(days=7) if before else clues.anchor
    return clues.spoken_of(unit)


@BOOK.add(
    r"(?:the |a )?(?:<count>|an?) (?:(?:full|whole|short|long|calendar|more"
    r"|trading) )?<unit>s? (?P<way>ago|earlier|before|previously|later|after|from now|hence|on)",
    r"(?:the )?<unit>s? (?P<way>ago|earlier)",
    r"(?:the )?<unit> a (?P<far>year) (?P<way>ago"
    r"|earlier)",
    r"in (?:<count>|an?) <unit>s?(?P<way> time)",
    r"a <unit> or so (?P<way>ago)",
    r"(?P<count>\d+) or (?:\d+) <unit>s"
    r" (?P<way>ago)",
    r"(?P<count>\d+) (?:to|-) (?:\d+) <unit>s (?P<way>ago)",
    r"(?P<count>\d+) (?P<unit>year)s (?P<way>ago) (?:this week|this month|this year)",
)
def _counted(match: re.Match[str], clues: Clues) -> Timex | None:
    unit, way = match["unit"], match["way"].strip()
    count = float(named(match, "count") or 1)
    back = way in ("ago", "earlier", "before", "previously")
    base = _count_base(way, unit, clues)
    if unit == "year" and count == 1 and way in ("ago", "earlier") and clues.quarter is not None:
        return clues.quarter_before(1)
    if base is None:
        return _moved_period(clues, -count if back else count, unit) or unresolved(BLANKS.get(unit, UNKNOWN_DAY))
    if named(match, "far"):
        return of_precision(shift(base, -1, "year"), unit, anchored=True)
    if unit in _SMALLER:
        return day(base, anchored=True) if count * {"hour": 3600, "minute": 60, "second": 1}[unit] < 86400 else None
    return _moved(base, -count if back else count, unit)


@BOOK.add(r"(?:<count>|an?) <unit>s? ago today")
def _anniversary(match: re.Match[str], clues: Clues) -> Timex:
    if clues.anchor is None:
        return unresolved(UNKNOWN_DAY)
    return day(shift(clues.anchor, -int(named(match, "count") or 1), match["unit"]), anchored=True)


def _count_base(way: str, unit: str, clues: Clues) -> date | None:
    """ "ago" counts from the publication; "earlier" and "later" from the date spoken of, and for years, which
    compare reports with reports, from the publication where no date was spoken of."""
    if way in ("ago", "from now", "hence", "time"):
        return clues.anchor
    spoken, last = clues.spoken_of(unit), clues.spoken
    if unit == "day" and last is not None and last.start and last.end and spoken is not None:
        spoken = spoken if last.start <= spoken <= last.end else None  # a day named before the month spoken of last
    return spoken or clues.anchor if unit in ("year", "decade", "century", "quarter") else spoken


def _moved_period(clues: Clues, count: float, unit: str) -> Timex | None:
    """ "eleven days later", of a month: some day of the period that lies so many days on."""
    last = clues.spoken
    if last is None or last.start is None or last.end is None or unit in _SMALLER or count != int(count):
        return None
    start, end = shift(last.start, int(count), unit), shift(last.end, int(count), unit)
    return Timex(BLANKS.get(unit, UNKNOWN_DAY), "DATE", start, end, last.precision, anchored=True)


def _moved(base: date, count: float, unit: str) -> Timex:
    if count != int(count):
        finer = {"year": ("month", 12), "week": ("day", 7), "decade": ("year", 10), "century": ("year", 100)}.get(unit)
        if finer is None:
            raise ValueError(f"no half {unit}")
        return of_precision(
            shift(base, round(count * finer[1]), finer[0]), "month" if unit == "year" else finer[0], anchored=True
        )
    if unit == "year":
        return year(base.year + int(count), anchored=True)
    if unit in ("decade", "century", "millennium"):
        return of_precision(shift(base, int(count), unit), "decade" if unit == "decade" else "century", anchored=True)
    return of_precision(shift(base, int(count), unit), unit, anchored=True)


@BOOK.add(r"(?:the )?week (?:of|beginning|starting|ending) <month> (?P<d>\d{1,2})(?:th)?(?: (?P<year>\d{4}))?")
def _week_of(match: re.Match[str], clues: Clues) -> Timex:
    found = DATES.read(" ".join(filter(None, (match["month"], match["d"], match["year"]))), clues)
    if found is None or found.start is None:
        return unresolved("XXXX-WXX")
    return week(found.start, anchored=found.anchored)


@BOOK.add(r"(?:the )?(?:<unit:edge>) end", r"(?:the )?end of (?:the )?<unit:edge>")
def _end_of(match: re.Match[str], clues: Clues) -> Timex:
    if clues.mentioned is None:
        return unresolved(BLANKS.get(match["edge"], UNKNOWN_DAY))
    return of_precision(clues.mentioned, match["edge"], anchored=True)


def _weekend_is_over(anchor: date, clues: Clues) -> bool:
    """Early in a week the last one is meant, but for what is to come; until Friday of what is told in the past."""
    return (anchor.weekday() < 3 and clues.tense != "future") or (anchor.weekday() < 5 and clues.tense == "past")


@BOOK.add(r"(?:the |that )?(?:<last>|<next>|this|this past|this coming|the)? ?weekend")
def _weekend(match: re.Match[str], clues: Clues) -> Timex:
    """Of the week the publication lies in, or of the week before."""
    anchor = clues.anchor
    if anchor is None:
        return unresolved(BLANKS["weekend"])
    step = -1 if match["last"] or "this past" in match[0] else 1 if match["next"] and anchor.weekday() > 4 else 0
    if not (match["last"] or match["next"] or "coming" in match[0]) and _weekend_is_over(anchor, clues):
        step = -1
    return weekend(anchor + timedelta(days=7 * step), anchored=True)


@BOOK.add(r"(?:the )?(?P<d>\d{1,2})(?:th)?(?: of (?P<which>this|last|next|the|that) month)?")
def _day_of_month(match: re.Match[str], clues: Clues) -> Timex | None:
    """A bare day number: of the month spoken of last, or of the month the words point at."""
    which, number = match["which"], int(match["d"])
    if not which and not match[0].startswith("the ") and clues.type not in ("DATE", "TIME"):
        return None
    base = clues.anchor if which in ("this", "last", "next") else clues.previous
    if base is None and match[0].startswith("the "):
        base = _month_of(number, clues)
    if base is None:
        return unresolved(f"XXXX-XX-{number:02d}") if 1 <= number <= 31 else None
    base = shift(month_bounds(base.year, base.month)[0], {"last": -1, "next": 1}.get(which or "", 0), "month")
    return day(date(base.year, base.month, number), anchored=True)


def _month_of(number: int, clues: Clues) -> date | None:
    """The month in which a day of a number lies, by the tense: the last or the next one from the publication on."""
    anchor = clues.anchor
    if anchor is None or clues.tense not in ("past", "future"):
        return None
    to_come = clues.tense == "future"
    step = 1 if to_come and number < anchor.day else -1 if not to_come and number > anchor.day else 0
    return shift(month_bounds(anchor.year, anchor.month)[0], step, "month")


@BOOK.add(r"(?:the )?(?P<n>\d{1,2})th day")
def _nth_day(match: re.Match[str], clues: Clues) -> Timex:
    """ "the third day" of something whose first day is not in these words."""
    return unresolved(UNKNOWN_DAY)
