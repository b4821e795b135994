"""Lines that say who wrote a report: "By Jane Doe", "Jane Doe, Reuters", "By Jane Doe | AFP | 2 Oct 2020"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from dragoman.reading.lexicon import lexicon
from dragoman.reading.published import date_in, is_date_line, line_date, without_date

_WORD = r"(?:[A-Z][\w.’'-]*|al|bin|de|der|di|el|la|van|von)"
_NAMES = rf"{_WORD}(?: {_WORD}){{0,4}}(?:(?:, | and | & |; | with ){_WORD}(?: {_WORD}){{0,4}}){{0,5}}"
_BY = re.compile(
    rf"^(?:(?i:(?:written |reported |report |story |words )?by|author ?:)) ?:? ?(?P<names>{_NAMES})"
    r"(?P<rest>[ ,|/(–—-].{0,60})?$"
)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s+[–—/-]\s+")
_TAIL = re.compile(
    r"^\(?(?:(?:additional )?report(?:ing|ed)|writ(?:ing|ten)|edit(?:ing|ed)) by (?P<names>[^;)]{3,80})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """What a line over a report says of it. ``labelled`` is True where the date is said to be the publication's."""

    byline: str | None = None
    published: date | None = None
    labelled: bool = False


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(rf"(?:The )?(?:{lexicon().agencies}|REUTERS)(?: Staff)?")


@cache
def _signed() -> re.Pattern[str]:
    # "Jane Doe, Reuters", "Jane Doe in Oslo for AFP"
    return re.compile(rf"{_NAMES}(?: in {_WORD}(?: {_WORD})?)?(?:, | for | / ?|/)(?:{lexicon().agencies})")


def head_line(text: str) -> HeadLine | None:
    """A line that holds only a byline, a date, or both; None for any other."""
    if len(text) > 200:
        return None
    if is_date_line(text):
        return HeadLine(published=line_date(text), labelled=bool(re.search(r"publish|posted|issued|date", text, re.I)))
    parts = [part for part in _SEPARATOR.split(text) if part]
    line = _of_parts(parts) if len(parts) > 1 else None
    if line:
        return line
    byline = _byline(without_date(text)) or _agency_alone(text)
    return HeadLine(byline=byline, published=date_in(text)) if byline else None


def _of_parts(parts: list[str]) -> HeadLine | None:
    bylines = [_byline(part) or _agency_alone(part) for part in parts]
    dated = [is_date_line(part) for part in parts]
    if not all(byline or day for byline, day in zip(bylines, dated, strict=True)):
        return None
    names = [byline for byline in bylines if byline]
    days = [line_date(part) for part, day in zip(parts, dated, strict=True) if day]
    return HeadLine(byline=", ".join(names) or None, published=next((day for day in days if day), None))


def _byline(text: str) -> str | None:
    match = _BY.match(text)
    if match and not text.endswith((".", "!", "?")):
        rest = (match["rest"] or "").strip(" ,|/()–—-")
        keep = rest and (_agency().fullmatch(rest) is not None)
        return f"{match['names']}, {rest}" if keep else match["names"]
    return text if _signed().fullmatch(text) else None


def _agency_alone(text: str) -> str | None:
    return text if _agency().fullmatch(text) else None


def sign_off(text: str) -> str | None:
    """The names in "(Reporting by Jane Doe; Editing by John Roe)"; None for any other text."""
    match = _TAIL.match(text)
    return match["names"].strip(" .,") if match else None
