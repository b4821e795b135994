"""Times of the day, with or without their day. Clock zones are read over: the record keeps no clock time."""

from __future__ import annotations

import re

from dragoman.language import timex_words as lexicon
from dragoman.language.timex_dates import BOOK as DATES
from dragoman.language.timex_relative import BOOK as RELATIVE
from dragoman.language.timex_rules import RuleBook, named
from dragoman.language.timex_values import UNKNOWN_DAY, Clues, Timex, day, unresolved

BOOK = RuleBook()
_ZONE = (
    r"(?: (?:est|edt|gmt|utc|cet|cest|bst|pst|pdt|cst|cdt|mst|mdt|msk|ist|et|pt|ct|eastern(?: time)?"
    r"|local time|(?:[a-z]+ )?time))?"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?::\d\d)?)?(?: o'?clock)?(?: (?P<half>am|pm)"
    r"| in the (?P<part>morning|afternoon|evening)"
    r"| at (?P<night>night))"
)
_CLOCK24 = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?: hours)?|(?P<joined>\d{4}) (?:hours|gmt|utc)"


def day_of(words: str, clues: Clues) -> Timex | None:
    """The one day that the words beside a clock time name; None where they name none or a longer span."""
    found = RELATIVE.read(words, clues) or DATES.read(words, clues)
    return found if found is not None and (found.precision == "day" or "XX" in found.value) else None


def _at(words: str, clock: str, clues: Clues) -> Timex | None:
    if words:
        found = day_of(words, clues)
        if found is None:
            return None
        if found.start is None:
            return unresolved(found.value[:10] + clock, kind="TIME")
        return day(found.start, anchored=found.anchored, suffix=clock)
    if clues.previous is not None:
        return day(clues.previous, anchored=True, suffix=clock)
    # The value TimeBank gives a bare clock time is the publication day's, but the words do not say so: no bounds.
    return Timex(f"{clues.anchor or UNKNOWN_DAY}{clock}", "TIME", anchored=clues.anchor is not None)


@BOOK.add(
    rf"(?:at )?{_CLOCK}{_ZONE}(?:(?: on)? (?P<date>.+))?",
    rf"(?P<date>.+?)(?: at)? {_CLOCK}{_ZONE}",
    rf"(?:at )?(?:{_CLOCK24}){_ZONE}(?:(?: on)? (?P<date>.+))?",
)
def _clock(match: re.Match[str], clues: Clues) -> Timex | None:
    joined = named(match, "joined")
    hour, minute = (
        (int(joined[:2]), int(joined[2:])) if joined else (int(match["hour"]), int(named(match, "minute") or 0))
    )
    late = named(match, "half") == "pm" or named(match, "part") in ("afternoon", "evening")
    if named(match, "half") and not 1 <= hour <= 12:
        return None
    if late or (named(match, "night") and 5 < hour < 12):
        hour = hour % 12 + 12
    elif named(match, "half") == "am" or named(match, "night"):
        hour %= 12
    if hour > 24 or minute > 59:
        return None
    return _at(named(match, "date"), f"T{hour:02d}:{minute:02d}", clues)


@BOOK.add(r"(?:at |high )?<noon>(?: on)?(?: (?P<date>.+))?", r"(?P<date>.+?)(?: at)? <noon>")
def _noon(match: re.Match[str], clues: Clues) -> Timex | None:
    return _at(named(match, "date"), "T" + str(lexicon.words("clock_words")[match["noon"]]), clues)


@BOOK.add(
    r"(?:the )?(?:early |late )?<part>(?: hours)? of"
    r" (?P<date>.+)",
    r"(?:the )?(?:early |late )?hours of (?P<date>.+?) <part>",
    r"(?P<date>.+) (?:in the |at )?<part>",
    r"(?:the )?(?:night|early hours|early"
    r"|late) (?:of )?(?P<date>.+)",
)
def _part_of(match: re.Match[str], clues: Clues) -> Timex | None:
    part = named(match, "part") or ("night" if "night" in match[0] else "")
    suffix = "T" + str(lexicon.words("dayparts")[part]) if part else ""
    return _at(match["date"], suffix, clues) if suffix else day_of(match["date"], clues)


@BOOK.add(r"(?P<date>\d{4}-\d\d-\d\d)t(?P<clock>\d\d:\d\d(?::\d\d)?)z?")
def _iso(match: re.Match[str], clues: Clues) -> Timex | None:
    return _at(match["date"], "T" + match["clock"], clues)
