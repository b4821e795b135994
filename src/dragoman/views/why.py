"""Why an event is as it is: each field with its value, its words and what set it; and the tree of its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.model import Article, Attribution, Party, Reason, Report, Span
from dragoman.views.show import day, party, voice

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token  # heavy, and of no use to a command that reads nothing


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One field of a report: ``words`` are the article's, ``start`` is where they begin in its text (characters);
    ``score`` is in [0, 1]."""

    field: str
    value: str
    words: str = ""
    start: int | None = None
    rule: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A word of a sentence, what it is to its head, and the words that hang on it, in text order."""

    text: str
    relation: str
    tag: str
    cue: bool
    below: tuple[Node, ...]


def why(article: Article, report: Report) -> tuple[WhyLine, ...]:
    """A line for each field that the report has, in the order of the table of events."""
    return tuple(_lines(article, report))


def _lines(article: Article, report: Report) -> Iterator[WhyLine]:
    set_by = {reason.field: reason for reason in reversed(report.reasons)}
    category = " · ".join((report.category, *report.modes))
    yield _line(
        article, "event", category, report.cues[0] if report.cues else None, set_by.get("event"), report.cue_text
    )
    for field, parties in (("actor", report.actors), ("recipient", report.recipients)):
        yield from (_party(article, field, each, set_by.get(field)) for each in parties)
    for reason in report.reasons:
        if reason.field == "auxiliary_mode":
            yield _line(article, "status", reason.rule, reason.span, None)
    yield from _circumstances(article, report)
    yield from (_voice(article, each) for each in report.attribution)
    told = set_by.get("confidence")
    yield WhyLine("confidence", f"{report.confidence:.2f}", rule=told.rule if told else "")


def _circumstances(article: Article, report: Report) -> Iterator[WhyLine]:
    if report.when is not None:
        by = Reason("date", f"{report.when.basis}, exact to the {report.when.precision}")
        yield _line(article, "date", day(report.when), report.when.span, by)
    if report.where is not None:
        code = f" ({report.where.code})" if report.where.code else ""
        yield _line(
            article, "place", report.where.name + code, report.where.span, Reason("place", report.where.precision)
        )
    for each in report.quantities:
        value = " ".join(part for part in (f"{each.value:g}", each.unit, each.of) if part)
        yield _line(article, "quantity", value, each.span, None)
    if report.contexts:
        yield WhyLine("context", ", ".join(report.contexts))
    if report.about:
        yield WhyLine("about", ", ".join(report.about))


def _party(article: Article, field: str, each: Party, reason: Reason | None) -> WhyLine:
    return _line(article, field, party(each), each.span, reason)


def _voice(article: Article, each: Attribution) -> WhyLine:
    return _line(article, "on whose word", voice([each]), each.cue, Reason("attribution", f"{each.kind} speech"))


def _line(
    article: Article, field: str, value: str, span: Span | None, reason: Reason | None, words: str | None = None
) -> WhyLine:
    if words is None:
        words = article.text[span.start : span.end] if span is not None else ""
    start = span.start if span is not None else None
    return WhyLine(field, value, words, start, reason.rule if reason else "", reason.score if reason else None)


def trees(doc: Doc, report: Report) -> tuple[Node, ...]:
    """The trees of the report's sentence in a Doc of the article's text; several where the Doc divides it otherwise."""
    inside = [t for t in doc if report.sentence.start <= t.idx < report.sentence.end and not t.is_space]
    kept = {t.i for t in inside}
    cues = {t.i for t in inside if any(span.start <= t.idx < span.end for span in report.cues)}
    return tuple(_node(t, kept, cues) for t in inside if t.head.i == t.i or t.head.i not in kept)


def _node(token: Token, kept: Iterable[int], cues: Iterable[int]) -> Node:
    below = tuple(_node(child, kept, cues) for child in token.children if child.i in kept and child.i != token.i)
    return Node(token.text, token.dep_, token.pos_, token.i in cues, below)
