"""Dates that a page prints: "Published: 2 October 2020", "Oct 2, 2020 10:14 GMT", "ALGIERS, Oct 2, 2020 (Reuters) -".

Only a full calendar date counts: a day without its year fixes nothing, and 02/10/2020 is two days.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_DATE = re.compile(
    rf"(?<![\d/.-])(?:{_DAY.format('d1')}[ -]{_MONTH.format('m1')},?[ -]{_YEAR.format('y1')}"
    rf"|{_MONTH.format('m2')}\s?{_DAY.format('d2')},? {_YEAR.format('y2')}"
    rf"|{_YEAR.format('y3')}[-/.](?P<n3>\d\d?)[-/.](?P<d3>\d\d?)(?=T|\b)"
    rf"|(?P<a4>\d\d?)(?P<s4>[/.-])(?P<b4>\d\d?)(?P=s4){_YEAR.format('y4')})(?![\d/-])",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?"
_TIME = r"(?:at )?\d{1,2}(?:[:.h]\d\d){1,2}(?:[:.,]\d+)?\s?(?:[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?|T\d\d:\d\d\S*"
_ZONE = (
    r"\(?(?:gmt|utc|[ecmpw]?[esd]?[st]t|bst|ist|cet|cest|eet|msk|local time|z)\)?(?:\s?[+-]\d{1,2}(?::?\d\d)?)?"
    r"|[+-]\d\d:?\d\d"
)
_LABEL = (
    r"(?:first |originally )?(?:publish(?:ed)?|posted|issued|released?|created|date|dated|published (?:on|at)"
    r"|publication date|date published|posted (?:on|at)|on|at)"
)
_UPDATE = re.compile(r"\b(?:last )?(?:updated?|modified|edited|revised|changed)\b(?: on| at)?", re.IGNORECASE)
_GLUE = re.compile(rf"(?:{_LABEL}|{_WEEKDAY}|{_TIME}|{_ZONE}|\bon\b|\bat\b|[\s:,|·•()/–—-])*", re.IGNORECASE)
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][\w.’'/-]*(?:[ ,]+[\w.’'/-]+){0,6}?)[,:]? +"
    r"(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2} [A-Z][a-z]{2,8}\.? (?:19|20)\d\d)"
    r"(?:,? ?\([^()]{2,40}\)| ?/[\w ]{2,30}/)?\s?[-–—:]"
)
EARLIEST = date(1700, 1, 1)


def _built(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def _from_match(match: re.Match[str]) -> date | None:
    if match["y1"]:
        return _built(match["y1"], _month(match["m1"]), match["d1"])
    if match["y2"]:
        return _built(match["y2"], _month(match["m2"]), match["d2"])
    if match["y3"]:
        return _built(match["y3"], int(match["n3"]), match["d3"])
    return _numeric(match["a4"], match["b4"], match["y4"], dotted=match["s4"] == ".")


def _numeric(first: str, second: str, year: str, *, dotted: bool) -> date | None:
    # 2.10.2020 is written day first wherever dots are; with slashes only a number over 12 or equal ones tell
    if dotted or int(first) > 12 or first == second:
        return _built(year, int(second), first)
    return _built(year, int(first), second) if int(second) > 12 else None


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].casefold()) + 1


def date_in(text: str) -> date | None:
    """The first full and unambiguous date in a text; None where there is none."""
    for match in _DATE.finditer(text):
        found = _from_match(match)
        if found and found >= EARLIEST:
            return found
    return None


def is_date_line(text: str) -> bool:
    """Whether a block holds a date, its label, time and zone, and nothing else; an "Updated ..." line is one too."""
    if len(text) > 160:
        return False
    bare = _UPDATE.sub(" ", text)
    without = _DATE.sub(" ", bare)
    return (without != bare or _UPDATE.match(text.strip()) is not None) and _GLUE.fullmatch(without) is not None


def without_date(text: str) -> str:
    """A text without its first date and the times, labels and separators beside it; itself where it has no date."""
    match = _DATE.search(text)
    if match is None:
        return text
    before, after = text[: match.start()], text[match.end() :]
    glue = _GLUE.match(after)
    rest = after[glue.end() if glue else 0 :]
    return " ".join(part for part in (before.rstrip(" ,|–—-•·("), rest.strip(" ,|–—-•·)")) if part)


def line_date(text: str) -> date | None:
    """The day a date line says the text was published; None for a line that tells of an update only."""
    update = _UPDATE.search(text)
    if update is None:
        return date_in(text)
    # "Published 2 May 2020, updated 4 May 2020", or the other way round
    before, after = text[: update.start()], text[update.end() :]
    found = date_in(before)
    if found:
        return found
    label = re.search(r"publish|posted", after, re.IGNORECASE)
    return date_in(after[label.start() :]) if label else None


def dateline_date(text: str) -> date | None:
    """The date in a paragraph's dateline, where it is a full one: "OSLO, March 4, 2021 (NTB) - Envoys ..."."""
    match = _DATELINE.match(text[:160])
    return date_in(match["date"]) if match else None


def url_date(url: str) -> date | None:
    """The day in a path such as /2021/03/04/ or /2021-03-04-; None where the address has none."""
    match = re.search(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)", url)
    return _built(match[1], int(match[2]), match[3]) if match else None
