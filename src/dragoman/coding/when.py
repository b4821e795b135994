"""When an event took place, as far as the words fix it. What they do not fix stays unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Span, Token

from dragoman.coding import grammar
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import base
from dragoman.language.timex_doc import read_times
from dragoman.language.timex_values import Timex
from dragoman.model import Article, When
from dragoman.model import Span as Words

NOT_AT = frozenset({"since", "until", "till", "before", "after", "by", "from", "for", "ahead", "following", "towards"})
OLD_DAYS = 45  # an event this long before publication is background, not news
WRITTEN_LATER = frozenset({"statement", "report", "letter", "article", "interview"})


@dataclass(frozen=True)
class Time:
    """A time expression with its value."""

    span: Span
    value: Timex


def times(doc: Doc, article: Article) -> list[Time]:
    """The dated expressions of a Doc: those with a first and last day."""
    out = []
    for span, value in read_times(doc, anchor=article.published):
        if value is not None and value.type in ("DATE", "TIME") and value.start and value.end:
            out.append(Time(span, value))
    return out


def when(candidate: Candidate, known: list[Time], article: Article) -> When | None:
    """The date of a cue's event: the expression nearest above it in the tree, in its own clause first."""
    best = min(
        (found for time in known if (found := _distance(candidate, time)) is not None),
        key=lambda found: (found[0], found[1].span.start), default=None,
    )  # fmt: skip
    if best is None:
        return None
    span, value = best[1].span, best[1].value
    assert value.start is not None and value.end is not None
    end = max(value.start, value.end)
    precision = value.precision
    if precision == "unknown" and (end - value.start).days > 366:
        precision = "decade"
    words = Words(article.id, span.start_char, span.end_char)
    return When(value.start, end, precision, "words", words)


def _distance(candidate: Candidate, time: Time) -> tuple[int, Time] | None:
    """How far an expression stands from the cue in the tree; None where it dates something else."""
    root = time.span.root
    if root.sent.start != candidate.token.sent.start or _bounded(root):
        return None
    own = {candidate.token.i, candidate.predicate.i}
    first = grammar.first_conjunct(candidate.predicate)
    if root.i < candidate.predicate.i and first.i != candidate.predicate.i:
        own.add(first.i)  # "on Wednesday expelled ... and recalled": the day is that of both
    for steps, above in enumerate(grammar.ancestors(root)):
        if above.i in own:
            return steps, time
        if steps and _another_clause(above):
            if above.lemma_ in WRITTEN_LATER or base(above) in ("acl", "ccomp"):
                return None
            if base(above) in ("advcl", "conj", "xcomp") and not _own_predicate(above, candidate):
                return None
    return None


def _another_clause(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and base(token) in grammar.CLAUSES


def _own_predicate(token: Token, candidate: Candidate) -> bool:
    return token.i in (candidate.token.i, candidate.predicate.i)


def _bounded(root: Token) -> bool:
    """ "since 2006", "until Friday", "after the attacks of ...": a limit, not the event's own time."""
    if grammar.preposition(root).split(" ")[0] in NOT_AT:
        return True
    head = root.head
    if base(root) in ("nmod", "compound", "amod", "nummod") and head.i != root.i:
        return grammar.preposition(head).split(" ")[0] in NOT_AT
    return False


def is_old(found: When, published: date | None, *, explicit_year: bool) -> bool:
    """Whether a date lies so far back that the report only recalls the event."""
    if published is None:
        return explicit_year
    return (published - found.end).days > OLD_DAYS


def explicit_year(article: Article, found: When) -> bool:
    """Whether the words themselves hold the year."""
    if found.span is None:
        return False
    return str(found.start.year) in article.text[found.span.start : found.span.end]
