"""The dated expressions of a report: those whose words, with the day of publication, give a first and last day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Span

from dragoman.language.timex import normalise
from dragoman.language.timex_doc import read_times
from dragoman.language.timex_values import Timex
from dragoman.model import Article, When

OLD_DAYS = 45  # an event this long before publication is background, not news
CLOSING = {"from": ("to", "until", "till", "through"), "between": ("and",)}  # how a range goes on
DAYS_JOINED = frozenset({"and", "to", "-", "–"})
BARE_TIME = frozenset({"dawn", "dusk", "noon", "midnight", "morning", "evening", "night", "afternoon", "overnight"})


@dataclass(frozen=True)
class Time:
    """A time expression with its value."""

    span: Span
    value: Timex

    @property
    def start(self) -> date:
        """First day it can mean."""
        assert self.value.start is not None
        return self.value.start

    @property
    def end(self) -> date:
        """Last day it can mean."""
        assert self.value.end is not None
        return max(self.start, self.value.end)

    @property
    def only_of_day(self) -> bool:
        """Whether the words name an hour or a part of a day alone, and another expression the day."""
        words = {token.lower_ for token in self.span if token.is_alpha}
        return self.value.type == "TIME" and words <= BARE_TIME | {"the", "at", "in", "a.m.", "p.m.", "local", "time"}


def times(doc: Doc, article: Article) -> list[Time]:
    """The dated expressions of a Doc: those with a first and last day. A range is one expression."""
    out: list[Time] = []
    for span, value in read_times(doc, anchor=article.published):
        if value is None or value.type not in ("DATE", "TIME") or not (value.start and value.end):
            continue
        time = _whole_days(Time(span, value), article)
        whole = _range(out[-1], time, article) if out else None
        if whole is not None:
            out[-1] = whole
        else:
            out.append(time)
    return out


def _whole_days(time: Time, article: Article) -> Time:
    """ "3 and 4 February": with the day before, which was not marked"""
    doc, start = time.span.doc, time.span.start - 2
    if time.value.precision != "day" or start < time.span.sent.start or doc[start + 1].lower_ not in DAYS_JOINED:
        return time
    span = Span(doc, start, time.span.end, label="DATE")
    value = normalise(span.text, anchor=article.published) if doc[start].is_digit and time.span[0].is_digit else None
    if value is None or value.start is None or value.end != time.end or value.start >= time.start:
        return time
    return Time(span, value)


def _range(first: Time, last: Time, article: Article) -> Time | None:
    """ "from April to October 2022", "between 2014 and 2016": one stretch of time; None where it is none."""
    doc = first.span.doc
    if first.span.start == 0:
        return None
    opening = doc[first.span.start - 1].lower_
    between = [t.lower_ for t in doc[first.span.end : last.span.start]]
    if len(between) != 1 or between[0] not in CLOSING.get(opening, ()):
        return None
    span = Span(doc, first.span.start, last.span.end, label="DATE")
    value = normalise(f"{opening} {span.text}", anchor=article.published)
    if value is None or value.start is None or value.end is None:
        value = replace(first.value, end=last.end)
    return Time(span, value) if value.start is not None and value.start <= last.end else None


def is_old(time: Time | When, article: Article) -> bool:
    """Whether a date lies so far back that the report only recalls the event; without a day of publication, whether
    the words themselves hold the year."""
    if article.published is not None:
        return (article.published - time.end).days > OLD_DAYS
    if isinstance(time, Time):
        return str(time.start.year) in time.span.text
    words = time.span
    return words is not None and str(time.start.year) in article.text[words.start : words.end]
