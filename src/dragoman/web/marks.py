"""An article's text as a tree of marks: what each word is to which report, and why. Marks nest; none cross."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import Literal

from dragoman.model import Article, Attribution, Paragraph, Party, Reason, Report, Span
from dragoman.views.show import day, party, voice

Part = Literal["cue", "date", "place", "actor", "recipient", "speaker", "status", "quantity", "content"]

# Where words have several parts to play, the first of these gives them their colour.
PARTS: tuple[Part, ...] = ("cue", "date", "place", "actor", "recipient", "speaker", "status", "quantity", "content")


@dataclass(frozen=True, slots=True)
class WordClaim:
    """Words that a report rests on: offsets in the article's text, their part, what was made of them, and why.

    ``rule`` is the rule or the head that set the value, ``score`` its score in [0, 1].
    """

    sequence: int
    part: Part
    start: int
    end: int
    words: str
    value: str
    rule: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of text with its claims; ``inner`` cuts it further, or is empty. ``first``: the claims begin here.

    ``cues`` lists the reports with a cue that ends here.
    """

    start: int
    end: int
    text: str
    claims: tuple[WordClaim, ...] = ()
    inner: tuple[Mark, ...] = ()
    first: bool = True
    cues: tuple[int, ...] = ()

    @property
    def part(self) -> Part | None:
        """The part that gives the colour."""
        return min((claim.part for claim in self.claims), key=PARTS.index, default=None)

    @property
    def anchor(self) -> str:
        """The name under which the words can be linked to."""
        return f"s{self.claims[0].start}-{self.claims[0].end}"


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph as marks; their texts joined are the paragraph's text."""

    paragraph: Paragraph
    marks: tuple[Mark, ...]


def claims(article: Article, reports: Iterable[Report]) -> tuple[WordClaim, ...]:
    """What every report rests on, by place in the text."""
    found = (claim for report in reports for claim in _claims(article, report))
    return tuple(sorted(set(found), key=lambda each: (each.start, -each.end, PARTS.index(each.part), each.sequence)))


def marked(article: Article, found: Sequence[WordClaim]) -> tuple[MarkedParagraph, ...]:
    """The article's paragraphs in order, each with the claims on its words."""
    return tuple(MarkedParagraph(each, marked_words(each.text, each.start, found)) for each in article.paragraphs)


def marked_words(words: str, start: int, found: Sequence[WordClaim]) -> tuple[Mark, ...]:
    """A run of the article's text that begins at ``start``, such as a sentence, with the claims on its words."""
    end = start + len(words)
    grouped: dict[tuple[int, int], list[WordClaim]] = {}
    for claim in found:
        if claim.start < end and claim.end > start:
            grouped.setdefault((claim.start, claim.end), []).append(claim)
    marks = [
        Mark(max(first, start), min(last, end), "", tuple(each), first=first >= start)
        for (first, last), each in grouped.items()
    ]
    return _tree(words, start, start, end, _uncrossed(marks))


def _uncrossed(marks: list[Mark]) -> list[Mark]:
    """Marks in the order of their beginnings, the longer first; one that would cross another is cut where that ends."""
    waiting = [(mark.start, -mark.end, number, mark) for number, mark in enumerate(marks)]
    heapify(waiting)
    placed: list[Mark] = []
    ends: list[int] = []
    while waiting:
        start, _, number, mark = heappop(waiting)
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and mark.end > ends[-1]:
            rest = replace(mark, start=ends[-1], first=False)
            heappush(waiting, (rest.start, -rest.end, number + len(marks), rest))
            mark = replace(mark, end=ends[-1])
        ends.append(mark.end)
        placed.append(mark)
    return placed


def _tree(words: str, base: int, start: int, end: int, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks that do not cross, each with what lies within it, and the bare text between them."""

    def text(first: int, last: int) -> str:
        return words[first - base : last - base]

    found: list[Mark] = []
    at, i = start, 0
    while i < len(marks):
        mark, j = marks[i], i + 1
        while j < len(marks) and marks[j].start < mark.end:
            j += 1
        if mark.start > at:
            found.append(Mark(at, mark.start, text(at, mark.start)))
        inner = _tree(words, base, mark.start, mark.end, marks[i + 1 : j]) if j > i + 1 else ()
        found.append(replace(mark, text=text(mark.start, mark.end), inner=inner, cues=_ending(mark)))
        at, i = mark.end, j
    if at < end:
        found.append(Mark(at, end, text(at, end)))
    return tuple(found)


def _ending(mark: Mark) -> tuple[int, ...]:
    return tuple(sorted({each.sequence for each in mark.claims if each.part == "cue" and each.end == mark.end}))


def _claims(article: Article, report: Report) -> Iterator[WordClaim]:
    text, reasons = article.text, {reason.field: reason for reason in reversed(report.reasons)}

    def claim(part: Part, span: Span, value: str, reason: Reason | None = None) -> WordClaim:
        rule, score = (reason.rule, reason.score) if reason else ("", None)
        return WordClaim(report.sequence, part, span.start, span.end, text[span.start : span.end], value, rule, score)

    category = " · ".join((report.category, *report.modes))
    yield from (claim("cue", span, category, reasons.get("event")) for span in report.cues)
    yield from (claim("actor", each.span, party(each), reasons.get("actor")) for each in report.actors)
    yield from (claim("recipient", each.span, party(each), reasons.get("recipient")) for each in report.recipients)
    for reason in report.reasons:
        if reason.field == "auxiliary_mode" and reason.span is not None:
            yield claim("status", reason.span, reason.rule)
    if report.when is not None and report.when.span is not None:
        exact = Reason("date", f"{report.when.basis}, exact to the {report.when.precision}")
        yield claim("date", report.when.span, day(report.when), exact)
    if report.where is not None:
        yield claim("place", report.where.span, report.where.name, Reason("place", report.where.precision))
    for quantity in report.quantities:
        counted = " ".join(part for part in (f"{quantity.value:g}", quantity.unit, quantity.of) if part)
        yield claim("quantity", quantity.span, counted)
    for said in _with_parents(report.attribution):
        for each in said.source:
            yield claim("speaker", each.span, _speaker(each, said))
        yield claim("content", said.content, f"on the word of {voice([said])}", Reason("", f"{said.kind} speech"))


def _speaker(each: Party, said: Attribution) -> str:
    return f"{party(each)}, kept unnamed" if said.anonymous else party(each)


def _with_parents(attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    for each in attributions:
        yield each
        if each.parent is not None:
            yield from _with_parents([each.parent])
