"""A Doc to windows the encoder can read at once: a paragraph, or a part of one that ends where a sentence may.

Token numbers are those of the Doc. White space tokens stand in no window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from dragoman.language.pieces import MAX_PIECES, Pieces

MAX_WORDS = 110  # about the longest window seen in training; longer ones gain nothing and cost more attention
PIECES_LIMIT = MAX_PIECES - 2
DATELINE_WORDS = 16  # town, country, date, agency and its brackets
_DASHES = frozenset({"-", "–", "—", "--", "―"})
_ENDS = frozenset(".?!…")
_CLOSERS = frozenset("\"'”’»)]")


@dataclass(frozen=True, slots=True)
class Cut:
    """Token numbers of one window; ``broken`` where it goes on in the middle of the window before it."""

    tokens: tuple[int, ...]
    broken: bool = False


def windows(doc: Doc, pieces: Pieces, *, max_words: int = MAX_WORDS) -> Iterator[Cut]:
    """The windows of a Doc, in order; every token that is not white space is in exactly one."""
    preset = doc.has_annotation("SENT_START")
    for paragraph in _paragraphs(doc):
        start, broken = 0, False
        while start < len(paragraph):
            end = _reach(doc, paragraph, start, pieces, max_words)
            clean = True
            if end < len(paragraph):
                end, clean = _boundary(doc, paragraph, start, end, preset=preset)
            yield Cut(tuple(paragraph[start:end]), broken)
            start, broken = end, not clean


def begins(doc: Doc, i: int) -> bool:
    """Whether a sentence set on the Doc begins at word ``i``, or at the white space just before it."""
    while not doc[i].is_sent_start and i > 0 and doc[i - 1].is_space:
        i -= 1
    return bool(doc[i].is_sent_start)


def _paragraphs(doc: Doc) -> Iterator[list[int]]:
    paragraph: list[int] = []
    for token in doc:
        if not token.is_space:
            paragraph.append(token.i)
        elif token.text.count("\n") > 1 and paragraph:
            yield from _without_dateline(doc, paragraph)
            paragraph = []
    if paragraph:
        yield from _without_dateline(doc, paragraph)


def _without_dateline(doc: Doc, paragraph: list[int]) -> Iterator[list[int]]:
    """The paragraph; a dateline at its front ("PARIS, May 3 (Agency) - ") is read apart, being no part of a clause."""
    first = doc[paragraph[0]].text
    if len(first) > 1 and first.isupper() and not doc.has_annotation("SENT_START"):
        for at in range(1, min(DATELINE_WORDS, len(paragraph) - 1)):
            token = doc[paragraph[at]]
            if token.text in _DASHES and token.i and doc[token.i - 1].is_space | bool(doc[token.i - 1].whitespace_):
                yield paragraph[: at + 1]
                yield paragraph[at + 1 :]
                return
    yield paragraph


def _reach(doc: Doc, tokens: list[int], start: int, pieces: Pieces, max_words: int) -> int:
    """How far a window from ``start`` can go; at least one word."""
    used = 0
    for at in range(start, min(len(tokens), start + max_words)):
        used += len(pieces.word(doc[tokens[at]].text))
        if used > PIECES_LIMIT and at > start:
            return at
    return min(len(tokens), start + max_words)


def _boundary(doc: Doc, tokens: list[int], start: int, end: int, *, preset: bool) -> tuple[int, bool]:
    """The last place before ``end`` where a sentence may begin, and whether there was one."""
    for at in range(end, start, -1):
        if _may_begin(doc, tokens, at, preset=preset):
            return at, True
    return end, False


def _may_begin(doc: Doc, tokens: list[int], at: int, *, preset: bool) -> bool:
    token = doc[tokens[at]]
    if preset:
        return begins(doc, token.i)
    back = at - 1
    while back > 0 and doc[tokens[back]].text in _CLOSERS:
        back -= 1
    return doc[tokens[back]].text[-1] in _ENDS and not token.text[:1].islower() and token.text not in _CLOSERS
