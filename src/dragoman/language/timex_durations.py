"""Lengths of time, and times that come again."""

from __future__ import annotations

import re
from datetime import date

from dragoman.language import timex_words as lexicon
from dragoman.language.timex_rules import RuleBook, named
from dragoman.language.timex_values import Clues, Timex, shift
from dragoman.model import Precision

DURATIONS = RuleBook()
SETS = RuleBook()
_PRECISION: dict[str, Precision] = {
    "day": "day",
    "night": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "month",
    "year": "year",
    "decade": "decade",
}
_FINER = {"year": ("M", 12), "hour": ("M", 60), "minute": ("S", 60)}


def period(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length: ``P3Y``, ``PT90M``; with no count, ``PXY``. Half a year is six months,
    two and a half hours ``PT2H30M``."""
    entry = lexicon.words("units")[unit]
    head = "PT" if entry.get("clock") else "P"
    if count is None:
        return f"{head}X{_blank_code(unit)}"
    count *= entry.get("times", 1)
    whole, rest = int(count), count - int(count)
    code = "D" if entry["code"] == "WE" else entry["code"]
    whole = whole * 2 if entry["code"] == "WE" else whole
    if not rest:
        return f"{head}{whole}{code}"
    if unit == "day":
        return (f"P{whole}D" if whole else "P") + f"T{round(rest * 24)}H"
    if unit not in _FINER:
        return f"{head}{count:g}{code}"
    finer, per = _FINER[unit]
    return head + (f"{whole}{code}" if whole else "") + f"{round(rest * per)}{finer}"


def _blank_code(unit: str) -> str:
    return {"decade": "DE", "century": "CE", "millennium": "ML", "fortnight": "W", "weekend": "WE"}.get(
        unit, str(lexicon.words("units")[unit]["code"])
    )


_FILL = (
    r"(?:(?:full|whole|long|straight|consecutive|more|additional|trading|working|business|calendar|solid"
    r"|short|successive|other|bitter|final) )*"
)
_TAIL = r"(?: (?:old|long|period|span|stretch|in a row|running|more|of age))?"
_COUNT = (
    r"(?:(?:<count>|(?P<one>an?|1|another)|(?P<some>several|a few|few|many|some|a number of|numerous"
    r"|various|\d*s? ?of|a couple|a couple of))\s)"
)


@DURATIONS.add(
    rf"(?:the |a |an |its |their |those |these |only |just )?{_COUNT}{_FILL}<unit>s?{_TAIL}",
    rf"(?:the )?{_COUNT}?(?:or |to "
    rf"|- ?)\d+(?:\.5)? {_FILL}<unit>s?{_TAIL}",
    rf"(?:an? )?<count>(?:-| to "
    rf"| or )\d+(?:\.5)? {_FILL}<unit>s?{_TAIL}",
    r"<unit>s? (?:long|old)",
)
def _length(match: re.Match[str], clues: Clues) -> Timex | None:
    count = None if named(match, "some") else float(named(match, "count") or 1)
    if count is not None and 1800 <= count < 2100 and not match[0].endswith("s"):
        return None  # "the 1988 quarter"
    if not named(match, "count") and match[0].startswith(match["unit"] + "s"):
        count = None
    return Timex(period(count, match["unit"]), "DURATION")


@DURATIONS.add(
    r"(?:each of |most of |much of |all of |at least )?(?:the |these |those |his |her |its "
    r"|their )?(?P<way>last|past|previous|preceding|next|coming|following|first|1th|final|opening"
    r"|latest|recent|same|year earlier|year ago)"
    rf" {_COUNT}?{_FILL}<unit>(?P<plural>s)?"
)
def _span_from_here(match: re.Match[str], clues: Clues) -> Timex | None:
    if not (named(match, "count") or named(match, "some") or match["plural"]):
        return None
    count = float(match["count"]) if named(match, "count") else None
    value = period(count, match["unit"])
    bounds = _bounds(count, match["unit"], match["way"], clues)
    if bounds is None:
        return Timex(value, "DURATION")
    return Timex(value, "DURATION", bounds[0], bounds[1], _PRECISION.get(match["unit"], "unknown"), anchored=True)


def _bounds(count: float | None, unit: str, way: str, clues: Clues) -> tuple[date, date] | None:
    """First and last day of "the past three years", counted from the publication; clock units and halves have none."""
    anchor = clues.anchor
    if anchor is None or count is None or count != int(count) or unit not in _PRECISION:
        return None
    if way in ("last", "past"):
        return shift(anchor, -int(count), unit), anchor
    if way in ("next", "coming"):
        return anchor, shift(anchor, int(count), unit)
    return None


@DURATIONS.add(
    r"(?:the |these |those |over the |long |early |first |all )*<unit>s(?: or \w+s"
    r"| on end)?(?: (?:old|ago))?",
    r"hundreds of <unit>s",
    r"(?:\w+ )of <unit>s",
    r"(?:the )?(?:early|late|1th|final|closing|opening|last|coming"
    r"|recent) <unit>s",
)
def _plural(match: re.Match[str], clues: Clues) -> Timex:
    return Timex(period(None, match["unit"]), "DURATION")


@DURATIONS.add(
    r"(?:all |the |a |an |this |that |the full |the whole |an entire |the entire |the fiscal "
    r"|a full |one |half a |per )?<unit>(?: (?:long|old|earlier|period|ago))?",
    r"quarter (?P<unit>century)",
)
def _one(match: re.Match[str], clues: Clues) -> Timex:
    if match[0].startswith("quarter "):
        return Timex(period(25, "year"), "DURATION")
    return Timex(period(1, match["unit"]), "DURATION")


@DURATIONS.add(r"(?:the )?<month>", r"(?:the )?<season>")
def _calendar_length(match: re.Match[str], clues: Clues) -> Timex:
    return Timex("P1M" if named(match, "month") else "P3M", "DURATION")


@DURATIONS.add(r"quarterly", r"monthly", r"weekly", r"daily", r"hourly", r"yearly", r"annual")
def _adjective_length(match: re.Match[str], clues: Clues) -> Timex | None:
    return Timex(_ADVERBS[match[0]], "DURATION") if clues.type == "DURATION" else None


_ADVERBS = {
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "bimonthly": "P2M",
    "quarterly": "P3M",
    "yearly": "P1Y",
    "annually": "P1Y",
    "annual": "P1Y",
    "hourly": "PT1H",
    "biannual": "P6M",
    "semiannual": "P6M",
    "semiannually": "P6M",
    "twice yearly": "P6M",
    "biennial": "P2Y",
}
_OFTEN = r"(?:once|twice|thrice|\d+ times|several times|a few times)"


@SETS.add("(?:almost |nearly |twice |thrice |semi |bi )?(?P<word>" + lexicon.alternatives(_ADVERBS) + ")")
def _adverb(match: re.Match[str], clues: Clues) -> Timex:
    return Timex(_ADVERBS[match["word"]], "SET")


@SETS.add(
    r"(?:almost |nearly )?(?:every|each|each and every) (?:(?P<other>other|2th) "
    r"|<count> )?<unit>s?",
    rf"{_OFTEN} (?:an?|per|each|every|the) <unit>",
    r"(?:an?|per) <unit>",
    r"<unit>s",
    r"<unit> (?:after|by|in and) <unit:again>(?:"
    r" out)?",
    r"each of (?:the )?.*? ?<unit>s",
)
def _every(match: re.Match[str], clues: Clues) -> Timex:
    if match["unit"] == "weekend":
        return Timex("XXXX-WXX-WE", "SET")
    count = 2.0 if named(match, "other") else float(named(match, "count") or 1)
    return Timex(period(count, match["unit"]), "SET")


@SETS.add(r"(?:every|each|on) <weekday>s?(?: <part>s?)?", r"<weekday>s?(?: <part>s)?")
def _every_weekday(match: re.Match[str], clues: Clues) -> Timex:
    part = "T" + str(lexicon.words("dayparts")[match["part"]]) if match["part"] else ""
    return Timex(f"XXXX-WXX-{lexicon.weekday_numbers()[match['weekday']] + 1}{part}", "SET")


@SETS.add(
    r"(?:every|each) (?:<month>|<season>|<part>)",
    r"<season>s",
    r"(?:the |each of the )?(?:past|last|next) .* <season>s",
)
def _every_season(match: re.Match[str], clues: Clues) -> Timex:
    if named(match, "month"):
        return Timex(f"XXXX-{lexicon.month_numbers()[match['month']]:02d}", "SET")
    if named(match, "part"):
        return Timex(f"XXXX-XX-XXT{lexicon.words('dayparts')[match['part']]}", "SET")
    return Timex(f"XXXX-{lexicon.words('seasons')[match['season']]['code']}", "SET")


@SETS.add(r"(?:every|each|the )?(?P<n>[1-4])th quarters?")
def _every_quarter(match: re.Match[str], clues: Clues) -> Timex:
    return Timex(f"XXXX-Q{match['n']}", "SET")
