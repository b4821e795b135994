"""The normaliser of English time expressions: from "the first of next November" to a value with its bounds.

The network marks the spans; :func:`normalise` says what they mean, :func:`find` proposes spans by rule alone.
A value is never better than its words: without a publication date "Thursday" has no day, "fiscal 1989" has no
bounds, and 3/4/1998 is known only to lie in 1998.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from dragoman.language import timex_words as lexicon
from dragoman.language.timex_clock import BOOK as CLOCK
from dragoman.language.timex_dates import BOOK as DATES
from dragoman.language.timex_durations import DURATIONS, SETS
from dragoman.language.timex_find import find
from dragoman.language.timex_ranges import BOOK as RANGES
from dragoman.language.timex_relative import BOOK as RELATIVE
from dragoman.language.timex_rules import RuleBook
from dragoman.language.timex_values import Clues, Tense, Timex, TimexType

__all__ = ["Tense", "Timex", "TimexType", "find", "normalise"]

# An expression longer than this is no time expression; it bounds the work on bad input.
MAX_CHARACTERS = 200


def normalise(
    text: str,
    *,
    anchor: date | None,
    tense: Tense | None = None,
    type: str | None = None,
    previous: date | None = None,
    spoken: Timex | None = None,
    quarter: Timex | None = None,
) -> Timex | None:
    """The value of one time expression, or None where the words are none that the rules know.

    Args:
        text: the words of the expression alone, as they stand in the text.
        anchor: the day the text was published; None leaves every relative expression without bounds.
        tense: tense of the verb the expression belongs to; decides which Thursday "Thursday" is.
        type: the TIMEX3 type the network gave the span; decides where the words have two readings
            ("the year" as DATE is a year, as DURATION ``P1Y``).
        previous: the day the text spoke of last; "the previous day" and "two days earlier" count from it.
        spoken: the date the text spoke of last, a day or wider; "that year" and "the following month" count from it.
        quarter: the quarter whose figures the text reports; "a year earlier" is then the same quarter a year before.
    """
    words = lexicon.prepare(text[: MAX_CHARACTERS + 1])
    if not words or len(text) > MAX_CHARACTERS:
        return None
    kind = type.upper() if type else None
    clues = Clues(_plain_date(anchor), tense, kind, _plain_date(previous), spoken, quarter)
    if clues.type == "DURATION":
        length = DURATIONS.read(words, clues)
        if length is not None:
            return length
    return _reference(words) or _read(words, clues) or _shaded(words, clues)


def _plain_date(when: date | None) -> date | None:
    return when.date() if isinstance(when, datetime) else when


@cache
def _references() -> dict[str, str]:
    return {
        lexicon.prepare(words): value for value, all_words in lexicon.words("references").items() for words in all_words
    }


def _reference(words: str) -> Timex | None:
    value = _references().get(words)
    if value is not None:
        return Timex(value, "DATE")
    if words in lexicon.words("indefinite_durations"):
        return Timex("PXX", "DURATION")
    return _vague(words)


_UNITS = r"(?:day|week|month|quarter|year|decade|century)s"


def _vague(words: str) -> Timex | None:
    """Spans of unsaid length before or after the present."""
    if re.fullmatch(
        rf"(?:the |these |those |more )?(?:recent|past|previous|earlier|last few|past few"
        rf"|past several|last several) {_UNITS}",
        words,
    ) or re.fullmatch(rf"(?:(?:several|many|a few|few|some|a couple of) )?{_UNITS} ago", words):
        return Timex("PAST_REF", "DATE")
    if re.fullmatch(rf"(?:the )?(?:coming|future|next few|next several|following|upcoming) {_UNITS}", words):
        return Timex("FUTURE_REF", "DATE")
    if re.fullmatch(r"(?:this|the present|the current) (?:\w+ )?(?:moment|time|point|juncture)", words):
        return Timex("PRESENT_REF", "DATE")
    return None


def _read(words: str, clues: Clues) -> Timex | None:
    for book in _books(clues.type):
        found = book.read(words, clues)
        if found is not None:
            return found
    return None


def _books(kind: str | None) -> tuple[RuleBook, ...]:
    """The rule books in the order in which the type makes them likely."""
    if kind == "SET":
        return (SETS, CLOCK, RELATIVE, DATES, RANGES, DURATIONS)
    if kind == "DURATION":
        return (DURATIONS, RELATIVE, DATES, RANGES, CLOCK, SETS)
    if kind == "TIME":
        return (CLOCK, RELATIVE, DATES, RANGES, DURATIONS, SETS)
    return (RELATIVE, DATES, CLOCK, RANGES, DURATIONS, SETS)


@cache
def _modifiers() -> tuple[tuple[str, str], ...]:
    pairs = [
        (lexicon.prepare(words), mod) for mod, all_words in lexicon.words("modifiers").items() for words in all_words
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _shaded(words: str, clues: Clues) -> Timex | None:
    """The value under words that only shade it: "nearly two years", "the end of the year", "1994 or later"."""
    for shade, mod in _modifiers():
        rest = _without(words, shade)
        if rest is None:
            continue
        found = _reference(rest) or _read(rest, clues) or _shaded(rest, clues)
        if found is not None:
            return _cut(replace(found, mod=found.mod or mod), clues)
    return _trimmed(words, clues)


def _cut(found: Timex, clues: Clues) -> Timex:
    """ "earlier this year" ends, and "later this year" begins, with the day of publication."""
    here = clues.anchor
    if here is None or found.start is None or found.end is None or not found.start <= here <= found.end:
        return found
    if found.mod == "BEFORE":
        return replace(found, end=here)
    return replace(found, start=here) if found.mod == "AFTER" else found


def _without(words: str, shade: str) -> str | None:
    if words.startswith(shade + " "):
        return words[len(shade) + 1 :]
    return words[: -len(shade) - 1] if words.endswith(" " + shade) else None


_TRIM_HEAD = re.compile(
    r"^(?:on|in|at|by|since|until|till|for|during|within|over|from|of|to|before|after|then|only|just|even|yet|the)\s+"
)
_TRIM_TAIL = re.compile(
    r"\s+(?:alone|itself|ended|ending|and beyond|or later|and later|or earlier|onward|onwards|period|now|only"
    r"|here|or 2|local time)$"
)


def _trimmed(words: str, clues: Clues) -> Timex | None:
    """Try again without a preposition the span should not hold, or a word that adds nothing."""
    for pattern in (_TRIM_TAIL, _TRIM_HEAD):
        rest = pattern.sub("", words)
        if rest and rest != words:
            found = _reference(rest) or _read(rest, clues) or _shaded(rest, clues)
            if found is not None:
                return found
    return None
