"""Times that a clause takes from another: "two days after Paris expelled ...", "in May, when Minsk barred ..."."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Span, Token

from dragoman.coding import grammar
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import children
from dragoman.coding.times import Time
from dragoman.language.timex import normalise
from dragoman.language.timex_values import Timex

UNITS = frozenset({"day", "week", "month", "year"})
WAYS = {"after": "earlier", "before": "later"}  # "two days after X": X was two days earlier
WHEN = frozenset({"when", "where"})
MEASURE = 4  # words of the longest measure: "just a few days"


def named_by_when(verb: Token, known: Sequence[Time]) -> Time | None:
    """The expression right before the "when" that opens a verb's clause: the clause is of that time."""
    opening = next((c for c in verb.children if c.lower_ in WHEN and c.i < verb.i), None)
    if opening is None or opening.lower_ != "when":
        return None
    at = opening.i - 1
    while at > opening.sent.start and verb.doc[at].text in (",", "–", "—", "-"):
        at -= 1
    return next((time for time in known if time.span.start <= at < time.span.end), None)


def before_or_after(candidate: Candidate, dated: Callable[[Token], Time | None]) -> tuple[Span, Timex] | None:
    """The day of a clause or noun that another is counted from: (the measure's words, its value)."""
    for word, marks in _marked(candidate):
        for mark in marks:
            measure = _measure(mark)
            if measure is None:
                continue
            from_day = dated(word.head)
            if from_day is None:
                return None
            day = from_day.value
            counted = normalise(
                f"{measure.text} {WAYS[mark.lower_]}", anchor=None, previous=day.start, spoken=day, type="DATE"
            )  # fmt: skip
            return (measure, counted) if counted is not None and counted.start is not None else None
    return None


def _marked(candidate: Candidate) -> list[tuple[Token, list[Token]]]:
    """The cue's clause with its conjunctions, and a cue noun with its prepositions."""
    verb = grammar.first_conjunct(candidate.predicate)
    found = [(verb, [m for m in children(verb, "mark") if m.lower_ in WAYS])]
    if candidate.token.pos_ == "NOUN":
        noun = grammar.first_conjunct(candidate.token)
        found.append((noun, [m for m in children(noun, "case") if m.lower_ in WAYS]))
    return found


def _measure(mark: Token) -> Span | None:
    """ "two days" before "after"; None where no measure, or one without a number, stands there."""
    end = mark.i
    if end - 1 < mark.sent.start or mark.doc[end - 1].lemma_.lower() not in UNITS:
        return None
    start = end - 1
    while start > mark.sent.start and end - start < MEASURE and _counts(mark.doc[start - 1]):
        start -= 1
    return mark.doc[start:end] if start < end - 1 else None


def _counts(token: Token) -> bool:
    return token.like_num or token.lower_ in ("a", "an", "one", "the")
