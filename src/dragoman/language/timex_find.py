"""Time expressions found by rule alone: for pipelines whose network has no time head, and to mend span borders.

Patterns are written over running text with the vocabulary of ``data/timex.yaml``. Borders follow TimeBank: no
preposition; "the" inside before last, next, past, ordinals and units, outside before a modifier
("the third-quarter loss"); "ago", "earlier" and shading words ("early", "the end of") inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from dragoman.language import timex_words as lexicon

Candidate = tuple[int, int, str]

# Month names that are common words count only with a capital, or beside a number.
_CAPITAL = ("may", "march", "mar", "jan", "sun", "sat", "mon", "wed")
_RARE_UNITS = ("second", "fortnight", "millennium", "weekend", "century")
_LOOSE = "a (?:couple of|few|hundred|dozen)|several|a number of"
_CLOCK = (
    r"(?:\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\b\.?|o'clock)|\d{1,2}:\d\d(?=\s(?:GMT|EST|EDT|on\b))"
    r"|midnight|noon|midday)"
)


@cache
def _vocabulary() -> dict[str, str]:
    full_months = list(lexicon.words("months"))
    months = [name for full in full_months for name in (full, *lexicon.words("months")[full])]
    days = [name for full, others in lexicon.words("weekdays").items() for name in (full, *others)]
    units = _any(unit for unit in lexicon.words("units") if unit not in _RARE_UNITS)
    number = _any(name for name in lexicon.words("numbers") if name not in ("oh", "zero"))
    said = rf"(?:{number})(?:[\s-](?:{number}|hundred|thousand))*"
    holidays = _any(
        name.replace("new year", "new year's").replace("women", "women's") for name in lexicon.words("holidays")
    )
    return {
        "MONTH": rf"(?-i:{_any(_capitals(months))})\b\.?",
        "FULLMONTH": f"(?-i:{_any(_capitals(full_months))})",
        "WEEKDAY": rf"(?:{_any(name for name in days if name not in _CAPITAL)})\b",
        "UNITS": f"(?:{units})s?",
        "PLURAL": f"(?:{units})s|centuries",
        "BIG": "(?:day|night|week|weekend|month|quarter|year|decade|century|summer|winter|spring|fall|autumn)",
        "N": rf"(?:\d[\d,]*(?:\s\d/\d|\.\d)?|{said}|{_LOOSE})(?:\sand a half)?",
        "DAY": r"(?:[0-3]?\d)(?:st|nd|rd|th)?",
        "YEAR": r"(?:1[5-9]|20)\d\d",
        "ORD": rf"(?:{_any(lexicon.words('ordinals'))}|\d{{1,2}}(?:st|nd|rd|th))",
        "PART": "(?:early morning|morning|afternoon|evening|night)",
        "SEASON": "(?:spring|summer|fall|autumn|winter)",
        "HOLIDAY": f"(?:{holidays})",
        "CLOCK": _CLOCK,
        "ZONE": r"(?:\s\(?(?:GMT|EST|EDT|UTC|CET|local time)\)?)?",
        "SHADE": "(?:early|late|mid|earlier|later)",
        "ABOUT": "(?:about|around|nearly|almost|more than|less than|at least|up to|over|as many as)",
    }


def _capitals(names: list[str]) -> set[str]:
    return {form for name in names for form in (name.capitalize(), name.upper())}


def _any(names: Iterable[str]) -> str:
    return lexicon.alternatives(names).replace(r"\ ", r"\s")


_AFTER_PREPOSITION = (
    "(?:" + "|".join(rf"(?<={word}\s)" for word in ("for", "in", "over", "during", "of", "through", "into", "by")) + ")"
)

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("DATE", r"\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b"),
    ("DATE", r"{YEAR}\s?[-–]\s?{YEAR}\b"),
    ("DATE", r"(?:{WEEKDAY},?\s)?{MONTH}\s{DAY}(?:(?:,\s?|\s){YEAR})?\b(?!\s?(?:percent|million|billion))"),
    ("DATE", r"(?:{WEEKDAY},?\s)?(?:the\s)?{DAY}\s(?:of\s)?{MONTH}(?:(?:,\s?|\s){YEAR})?(?!\w)"),
    (
        "DATE",
        r"(?:(?:{SHADE}|mid)[\s-])?{FULLMONTH}(?:,?\s(?:of\s)?{YEAR})?(?:\s(?:of\s)?(?:this|last"
        r"|next) year)?(?!\w)(?!\s(?:\d|for\s(?-i:[A-Z])|of\s(?:the|(?-i:[A-Z]))))",
    ),
    ("DATE", r"the\s{ORD}\sof\s(?:next\s|last\s|this\s)?{MONTH}(?!\w)"),
    (
        "DATE",
        r"(?:(?:last|next|this|this past|this coming|earlier|early|late|the previous"
        r"|the following)\s)?{WEEKDAY}(?!\w)",
    ),
    ("TIME", r"(?:(?:last|next|this|early|late)\s)?{WEEKDAY}\s{PART}\b"),
    ("TIME", r"(?:this|last|yesterday|tomorrow)\s{PART}\b(?<!last morning)(?<!last afternoon)|\btonight|\bovernight"),
    (
        "TIME",
        r"(?:around\s)?{CLOCK}{ZONE}(?:,?\s(?:on\s)?(?:{WEEKDAY}|today|yesterday|tomorrow"
        r"|{MONTH}\s{DAY}))?(?!\w)",
    ),
    (
        "DATE",
        r"(?:(?:earlier|late|early|later)\s)?(?:today|yesterday|tomorrow)\b|the day (?:before yesterday"
        r"|after tomorrow)\b",
    ),
    (
        "DATE",
        r"(?:the\s)?(?:last|past|next|this|current|coming|previous|following|same|latest)\s(?:fiscal\s"
        r"|calendar\s)?{BIG}(?:'s\s{ORD}\squarter)?\b(?!-)(?!s\b)",
    ),
    ("DATE", r"(?:{SHADE}(?:\sin)?\s)(?:the\s)?(?:this|last|next|past|that|the)?\s?{BIG}\b(?!-)(?!s\b)"),
    (
        "DATE",
        r"(?:the\s(?:end|beginning|start|middle)\sof\s)(?:(?:this|last|next|the)\s)?(?:{BIG}|{YEAR}"
        r"|{MONTH}(?:\s{YEAR})?|the\s(?:'\d0|{YEAR})s|the\s{BIG})\b",
    ),
    ("DATE", r"(?:last|next|this|this coming|this past)\s(?:{MONTH}(?:\s{DAY}\b)?|{HOLIDAY})(?!\w)"),
    ("DATE", r"(?:the\s)?(?:(?:early|late|mid|middle)[\s-])?(?:{YEAR}s\b|'\d0s\b)|\bmid-{YEAR}\b"),
    (
        "DATE",
        r"(?:{SHADE}[\s-]|fiscal\s|the\syear\s)?{YEAR}\b(?![\d:/%s-]|,\d|\.\d|\s(?:percent|people|troops"
        r"|soldiers|shares|points|miles|kilometers|dollars|men))",
    ),
    (
        "DATE",
        r"(?:nine|eigh)teen\s(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two"
        r"|three|four|five|six|seven|eight|nine))?",
    ),
    ("DATE", r"(?:{ABOUT}\s)?(?:{N}|an?)\s(?:{UNITS})(?:\sor\sso)?\s(?:ago|earlier)\b"),
    ("DATE", r"(?:the\s)?(?:year-ago|year-earlier)\s(?:{ORD}\s)?(?:period|quarter|month|week)|\byear-earlier\b"),
    (
        "DATE",
        r"the\s(?:fiscal[\s-]|\d{4}\s)?(?:first|second|third|fourth)\s(?:quarter"
        r"|half)(?!-)(?:\sof\s{YEAR})?\b|(?:fiscal\s)?(?:first|second|third|fourth)[\s-]quarter\b",
    ),
    ("DATE", r"(?:the\s)?{ORD}\scentury\b"),
    ("DATE", r"(?:the\s)?{SEASON}\sof\s{YEAR}"),
    ("DATE", r"(?:right\s)?now\b|currently\b|recently\b|these\sdays\b|nowadays\b"),
    ("DATE", r"the\s(?:near\s)?future\b|the\spast\b(?=[,.;]|\s(?:and|that|as|when|but)\b)"),
    ("DATE", r"(?:last\s)?{HOLIDAY}\b(?:\sweek)?"),
    (
        "DATE",
        rf"{_AFTER_PREPOSITION}the\s(?:weekend|week|month|quarter|(?:full\s|fiscal\s"
        rf"|current\s)?year)\b(?![\s-](?:ago|earlier|end|before|after|that))",
    ),
    ("DATE", r"the\s(?:latest|year-ago|year-earlier|same)\s(?:period|quarter)\b|\byear[\s-]end\b|\byear-ago\b"),
    (
        "DURATION",
        r"(?:(?<=within\s)|(?<=after\s)|(?<=barely\s)|(?<=for\s))an?\s(?:minute|hour|day|week|month"
        r"|year|decade)\b(?!\s(?:ago|earlier|and))",
    ),
    ("DATE", r"that\s(?:same\s)?(?:day|week|month|year)\b(?!s)"),
    (
        "DURATION",
        r"(?:at\sleast\s)?(?:the\s)?(?:last|past|next|first|final|coming|latest)\s(?:{N}|few|several"
        r"|couple\sof)\s(?:{PLURAL}|{UNITS}|{SEASON}s)(?:\sor\sso)?\b",
    ),
    ("DURATION", r"the\s{N}\s{PLURAL}\b(?!\s(?:ago|earlier|old))"),
    (
        "DURATION",
        r"(?:{ABOUT}\s)?{N}(?:\sto\s{N})?(?:\smore|\sfull|\sconsecutive|\sstraight)?[\s-](?:{UNITS}"
        r"|century)\b(?<!three-quarters)(?!-old|\sold|-olds|s-old)(?!\s(?:ago|earlier))",
    ),
    ("DURATION", r"(?:{ABOUT}\s)an?\s(?:hour|minute|day|week|month|year|decade|century)\b(?!\s(?:ago|earlier))"),
    (
        "DURATION",
        r"(?:(?<=for)|(?<=in))\s(?:weeks|months|years|decades|centuries|days)\b|(?<=\bafter)\s(?:weeks"
        r"|months|years|decades|days)\b",
    ),
    ("DURATION", r"(?:recent|coming)\s(?:days|weeks|months|years|decades|quarters)\b"),
    (
        "SET",
        r"(?:every|each)\s(?:day|week|month|year|night|{WEEKDAY}|{MONTH})\b|\bdaily\b|\bannually\b"
        r"|\bweekly\b|\b(?:once|twice)\sa\s(?:day|week|month|year)\b",
    ),
)


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = _vocabulary()
    fill = re.compile(r"\{([A-Z]+)\}")
    return tuple(
        (kind, re.compile(r"(?<![\w$#£€])(?:" + fill.sub(lambda match: names[match[1]], pattern) + ")", re.IGNORECASE))
        for kind, pattern in _PATTERNS
    )


def find(text: str) -> list[Candidate]:
    """(start, end, type) of each time expression the rules see, in text order and without overlaps.

    Offsets count characters of ``text``, end exclusive; type is DATE, TIME, DURATION or SET. Of overlapping
    candidates the longest stays, of equally long ones that of the earlier rule.
    """
    found: list[tuple[int, int, int, str]] = []
    for order, (kind, pattern) in enumerate(_compiled()):
        for match in pattern.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append((start, _end(text, start, match.end()), order, kind))
    return sorted(_longest(found))


def _end(text: str, start: int, end: int) -> int:
    """A full stop stays inside only where it belongs to "a.m.", as it does in TimeBank."""
    words = text[start:end].rstrip()
    if words.endswith(".") and re.search(r"\bm\.$", words, re.IGNORECASE) is None:
        words = words.rstrip(".")
    return start + len(words)


def _longest(found: list[tuple[int, int, int, str]]) -> list[Candidate]:
    kept: list[Candidate] = []
    taken: set[int] = set()
    for start, end, _, kind in sorted(found, key=lambda each: (each[0] - each[1], each[2], each[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, kind))
    return kept


_LOOSE_HEAD = re.compile(
    r"(?:[\s,;:(\"']+|(?:on|in|at|by|since|until|till|during|from|of|for|within)\s+)+", re.IGNORECASE
)


def mend(text: str, start: int, end: int) -> tuple[int, int]:
    """A network's span with the borders of TimeBank: no preposition before it, no punctuation around it.

    Offsets count characters of ``text``. A span that holds nothing else is returned as it is.
    """
    head = _LOOSE_HEAD.match(text, start, end)
    first = head.end() if head else start
    last = start + len(text[start:end].rstrip(" \t\n,;:)\"'"))
    return (first, last) if first < last else (start, end)
