"""How a rule for time expressions is written: a pattern over prepared words, and a function that makes the value."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from dragoman.language import timex_words as lexicon
from dragoman.language.timex_values import Clues, Timex

Reading = Callable[[re.Match[str], Clues], Timex | None]

LAST = "last|past|prior"
NEXT = "next|coming|upcoming"
THIS = "this|current|present|this current|this very"
BEFORE = "previous|preceding"
AFTER = "following|next|subsequent|ensuing"
SAME = "that|the same|same|that same|that very|the very|those"


@cache
def vocabulary() -> dict[str, str]:
    """The names a pattern may use in ``<...>``, each a group body over prepared words."""
    units = lexicon.alternatives(lexicon.words("units"))
    return {
        "month": lexicon.alternatives(lexicon.words("months")),
        "weekday": lexicon.alternatives(lexicon.words("weekdays")),
        "unit": units,
        "season": lexicon.alternatives(lexicon.words("seasons")),
        "holiday": lexicon.alternatives(lexicon.words("holidays")),
        "part": lexicon.alternatives(lexicon.words("dayparts")),
        "noon": lexicon.alternatives(lexicon.words("clock_words")),
        "decade": lexicon.alternatives(lexicon.words("decades")),
        "last": LAST,
        "next": NEXT,
        "this": THIS,
        "before": BEFORE,
        "after": AFTER,
        "same": SAME,
        "year": r"\d{4}",
        "day": r"\d{1,2}",
        "count": r"\d+(?:\.5)?",
        "some": r"several|a few|few|many|some|a number of|numerous|recent|these|those|various|more|a couple|coming",
    }


class RuleBook:
    """Rules in the order in which they are tried; the first whose pattern is the whole expression answers."""

    def __init__(self) -> None:
        self._rules: list[tuple[str, Reading]] = []
        self._compiled: list[tuple[re.Pattern[str], Reading]] | None = None

    def add(self, *patterns: str) -> Callable[[Reading], Reading]:
        """Register the function for each pattern; ``<month>`` is a named group, ``<month:b>`` one named ``b``."""

        def register(reading: Reading) -> Reading:
            self._rules.extend((pattern, reading) for pattern in patterns)
            return reading

        return register

    def read(self, words: str, clues: Clues) -> Timex | None:
        """The value by the first rule that has one. Dates off the calendar (30 February) have none."""
        if self._compiled is None:
            self._compiled = [(re.compile(expand(pattern)), reading) for pattern, reading in self._rules]
        for pattern, reading in self._compiled:
            match = pattern.fullmatch(words)
            if match is None:
                continue
            try:
                found = reading(match, clues)
            except (ValueError, OverflowError):
                continue
            if found is not None:
                return found
        return None


def expand(pattern: str) -> str:
    """The pattern with its ``<name>`` and ``<name:group>`` filled from the vocabulary."""

    def fill(match: re.Match[str]) -> str:
        return f"(?P<{match[2] or match[1]}>{vocabulary()[match[1]]})"

    return re.sub(r"(?<!\?P)<([a-z]+)(?::([a-z]+))?>", fill, pattern)


def named(match: re.Match[str], group: str) -> str:
    """The text of a group, empty where the pattern has no such group or it took no part."""
    return match.groupdict().get(group) or ""
