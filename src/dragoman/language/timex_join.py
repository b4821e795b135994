"""Time expressions that were marked in parts, made whole: "two years" + later, "August" of "that year"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Span

DIRECTIONS = frozenset({"later", "earlier", "ago", "previously", "afterwards", "afterward", "hence"})
# Years and weeks that only say which of its kind the expression before them means.
POINTING = frozenset(
    {"that", "this", "last", "next", "same", "current", "following", "previous", "present", "preceding"}
)
COUNTED = frozenset({"day", "week", "weekend", "month", "year", "decade", "century"})
LARGER = frozenset({"year", "week", "month"})


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in text order, those that are one expression as one span."""
    last: Span | None = None
    for span in sorted(spans, key=lambda span: span.start):
        if last is not None and _belongs(last, span):
            last = Span(span.doc, last.start, span.end, label="DATE")
            continue
        if last is not None:
            yield _directed(last)
        last = span
    if last is not None:
        yield _directed(last)


def _belongs(first: Span, second: Span) -> bool:
    """Whether the second span says which month, evening or weekday the first one is: "August" of "that year"."""
    doc = first.doc
    if _days_of_a_month(first, second):
        return True
    between = [token.text.lower() for token in doc[first.end : second.start]]
    if between not in ([], ["of"], ["the"]) or first.label_ not in ("DATE", "TIME") or second.label_ == "DURATION":
        return False
    if first[-1].text.lower() == "of":
        return not between
    words = [token.text.lower() for token in second]
    return words[-1] in LARGER and bool(POINTING & set(words)) and len(words) <= len(("the", "same", "year"))


def _days_of_a_month(first: Span, second: Span) -> bool:
    """ "3" and "4 February", "February 3" and "4": one stretch of days, whose month is named once"""
    between = first.doc[first.end : second.start].text
    days = [[token.text for token in span if token.text.isdigit() and len(token) < 3] for span in (first, second)]
    bare = [len(span) == 1 for span in (first, second)]
    return between in ("and", "to", "-", "–") and all(days) and bare[0] != bare[1]


def _directed(span: Span) -> Span:
    """ "two years" with the "later" that makes a date of it; an hour later is no other date."""
    doc = span.doc
    if span.label_ != "DURATION" or span.end >= len(doc) or doc[span.end].text.lower() not in DIRECTIONS:
        return span
    if span[-1].lemma_.lower() not in COUNTED:
        return span
    return Span(doc, span.start, span.end + 1, label="DATE")
