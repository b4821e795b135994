"""Whom a page says its text comes from: "Source: Meridian News Agency", "first published by ...", "OSLO (Meridian)
-"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dragoman.reading.lexicon import lexicon
from dragoman.reading.published import is_date_line

_WORD = r"(?:[A-Z][\w.’'&-]*|of|the|and|for|de|la)"
_NAME = rf"(?:[Tt]he )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][\w.’'&-]*(?: {_WORD}){{0,5}}"
# what a body that sends texts to others calls itself
_SENDER = r"(?:(?:News|Press|Wire) (?:Agency|Service|Association|Bureau)|Newswire|Wire Service|Press Service|Wire)"
_PUBLISHED = re.compile(
    rf"^(?i:(?:this|the) (?:article|report|story|piece|text|post) (?:was |is |has )?(?:been )?(?:first |originally )?"
    rf"(?:been )?(?:published|appeared|issued|posted|produced) (?:first |originally )?(?:by|in|on|at))"
    rf" (?P<name>{_NAME})\.?$"
)
_LABELLED = re.compile(rf"^(?i:source|sources|via|agency)\s?[:–—-]\s?(?P<name>{_NAME})\.?$")
_WITH = re.compile(
    rf"^\(?(?i:with (?:additional |some )?(?:material|reports?|reporting|information|input|text) (?:from|by)) "
    rf"(?P<name>{_NAME})\.?\)?$"
)
_COPYRIGHT = re.compile(rf"^(?:©|\(c\)) ?(?:\d{{4}} )?(?P<name>{_NAME})\.?$")
# a name that stands in brackets alone under the report
_BRACKETED = re.compile(rf"^[(\[](?P<name>{_NAME})[)\]]$")
_DATELINE = re.compile(
    rf"^[A-Z][A-Za-z.’'/ -]{{1,40}}(?:, [A-Z][a-z]{{2,8}}\.? \d{{1,2}})?,? \((?P<name>{_NAME})\) ?(?:--|[–—-]|:)"
)
# lines under a report that can say where it is from
_LAST = 8
_LONGEST = 16


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(rf"^[(\[]?(?P<name>(?:The )?(?:{lexicon().agencies}|REUTERS|(?:{_WORD} )+{_SENDER}))[)\]]?$")


def credit_in(blocks: Sequence[str], *, byline: str | None) -> str | None:
    """The name in the words of a page that say whom its text is from; None where none do.

    :param blocks: the texts of the page's blocks in order, furniture included.
    """
    last = [block for block in blocks[-_LAST:] if len(block.split()) <= _LONGEST]
    for form in (_PUBLISHED, _LABELLED, _WITH, _COPYRIGHT, _agency(), _BRACKETED):
        for block in reversed(last):
            if (match := form.match(block)) and not is_date_line(match["name"]):
                return _plain(match["name"])
    return _by_agency(byline) or _in_dateline(blocks)


def _by_agency(byline: str | None) -> str | None:
    """A byline that is an agency, or closes with one: "Jane Doe, Reuters"."""
    for part in re.split(r", | for | / ?|/|\|", byline or "")[::-1]:
        if match := _agency().match(re.sub(r"^[Bb]y ", "", part.strip())):
            return _plain(match["name"])
    return None


def _in_dateline(blocks: Sequence[str]) -> str | None:
    return next((_plain(match["name"]) for block in blocks if (match := _DATELINE.match(block))), None)


def _plain(name: str) -> str:
    return re.sub(r"^[Tt]he ", "", name).strip(" .")


def is_own(credit: str, outlet: str | None) -> bool:
    """Whether a credit names the outlet itself, by its name, a part of it that stands for it, or its initials."""
    if outlet is None:
        return False
    own, said = (_plain(name).casefold() for name in (outlet, credit))
    initials = "".join(word[0] for word in re.findall(r"\w+", own))
    return said in (own, initials) or own.split()[:1] == [said]
