"""Days as an analyst writes them: ``2020-10-01``, ``2020-10``, ``2020``, ``2020-10-01..2020-10-03``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import get_args

from dragoman.errors import CorrectionError
from dragoman.model import Json, Precision

_FORMS: dict[str, Precision] = {r"\d{4}-\d{2}-\d{2}": "day", r"\d{4}-\d{2}": "month", r"\d{4}": "year"}
_ORDER: tuple[Precision, ...] = ("day", "week", "month", "year", "decade", "unknown")
_NONE = (None, "", "unknown", "none")


def time_said(value: Json, before: Json) -> Json:
    """``{"start", "end", "precision"}`` of what is said of a time, or None where it is said to be unknown.

    :param value: a text as above; ``start``, ``end`` and ``precision``; or ``{"parts": {"date", "enddate",
        "precision"}}``, of which those not given stay as they were.
    :param before: the time as it was, in the same form as what is returned.
    :raises CorrectionError: it is no such time, or it ends before it begins.
    """
    if value in _NONE:
        return None
    if isinstance(value, str):
        return _range(value)
    if not isinstance(value, dict):
        raise CorrectionError(f"{value!r} is no time")
    if isinstance(parts := value.get("parts"), dict):
        return _of_parts(parts, before if isinstance(before, dict) else {})
    return _whole(value.get("start"), value.get("end"), value.get("precision"))


def _range(text: str) -> dict[str, Json]:
    first, _, last = text.partition("..")
    start, _, exact = _period(first)
    _, end, coarse = _period(last or first)
    return _whole(start, end, max(exact, coarse, key=_ORDER.index))


def _of_parts(parts: dict[str, Json], before: dict[str, Json]) -> Json:
    if "date" in parts and parts["date"] in _NONE:
        return None
    said = _range(str(parts["date"])) if "date" in parts else before
    if not said:
        raise CorrectionError("the event has no date yet: give date")
    end = _period(str(parts["enddate"]))[1].isoformat() if parts.get("enddate") else said["end"]
    return _whole(said["start"], end, parts.get("precision") or said["precision"])


def _whole(start: object, end: object, precision: object) -> dict[str, Json]:
    first, last = _day(start), _day(end if end is not None else start)
    if last < first:
        raise CorrectionError(f"the last day, {last}, lies before the first, {first}")
    exact = "day" if precision is None else str(precision)
    if exact not in get_args(Precision):
        raise CorrectionError(f"no precision {exact!r}: one of {', '.join(get_args(Precision))}")
    return {"start": first.isoformat(), "end": last.isoformat(), "precision": exact}


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise CorrectionError(f"{value!r} is not a day of the form YYYY-MM-DD") from None


def _period(text: str) -> tuple[date, date, Precision]:
    """First and last day of a day, month or year, and how exact that is."""
    text = text.strip()
    exact = next((name for form, name in _FORMS.items() if re.fullmatch(form, text, re.ASCII)), None)
    try:
        if exact == "day":
            return date.fromisoformat(text), date.fromisoformat(text), exact
        if exact == "month":
            year, month = int(text[:4]), int(text[5:])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1]), exact
        if exact == "year":
            return date(int(text), 1, 1), date(int(text), 12, 31), exact
    except ValueError:
        exact = None  # the 31st of February
    raise CorrectionError(f"{text!r} is not a day, a month or a year of the form YYYY-MM-DD, YYYY-MM or YYYY")
