"""A Doc to windows the encoder can read at once: a paragraph, or a part of one that ends where a sentence may.

Token numbers are those of the Doc. White space tokens stand in no window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from dragoman.language.pieces import MAX_PIECES, Pieces
from dragoman.language.words import Words

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
    return windows_of(Words.of(doc), pieces, max_words=max_words)


def windows_of(words: Words, pieces: Pieces, *, max_words: int = MAX_WORDS) -> Iterator[Cut]:
    """The windows of the Doc that the words were taken from."""
    sizes = [len(pieces.word(text)) for text in words.texts]
    for paragraph in _paragraphs(words):
        start, broken = 0, False
        while start < len(paragraph):
            end = _reach(paragraph, start, sizes, max_words)
            clean = True
            if end < len(paragraph):
                end, clean = _boundary(words, paragraph, start, end)
            yield Cut(tuple(paragraph[start:end]), broken)
            start, broken = end, not clean


def _paragraphs(words: Words) -> Iterator[list[int]]:
    paragraph: list[int] = []
    for i, space in enumerate(words.space):
        if not space:
            paragraph.append(i)
        elif paragraph and words.texts[i].count("\n") > 1:
            yield from _without_dateline(words, paragraph)
            paragraph = []
    if paragraph:
        yield from _without_dateline(words, paragraph)


def _without_dateline(words: Words, paragraph: list[int]) -> Iterator[list[int]]:
    """The paragraph; a dateline at its front ("PARIS, May 3 (Agency) - ") is read apart, being no part of a clause."""
    first = words.texts[paragraph[0]]
    if len(first) > 1 and first.isupper() and words.begins is None:
        for at in range(1, min(DATELINE_WORDS, len(paragraph) - 1)):
            i = paragraph[at]
            if words.texts[i] in _DASHES and words.apart(i):
                yield paragraph[: at + 1]
                yield paragraph[at + 1 :]
                return
    yield paragraph


def _reach(tokens: list[int], start: int, sizes: Sequence[int], max_words: int) -> int:
    """How far a window from ``start`` can go; at least one word. ``sizes`` counts the pieces of every token."""
    used = 0
    for at in range(start, min(len(tokens), start + max_words)):
        used += sizes[tokens[at]]
        if used > PIECES_LIMIT and at > start:
            return at
    return min(len(tokens), start + max_words)


def _boundary(words: Words, tokens: list[int], start: int, end: int) -> tuple[int, bool]:
    """The last place before ``end`` where a sentence may begin, and whether there was one."""
    for at in range(end, start, -1):
        if _may_begin(words, tokens, at):
            return at, True
    return end, False


def _may_begin(words: Words, tokens: list[int], at: int) -> bool:
    if words.begins is not None:
        return words.begins[tokens[at]]
    text = words.texts[tokens[at]]
    back = at - 1
    while back > 0 and words.texts[tokens[back]] in _CLOSERS:
        back -= 1
    return words.texts[tokens[back]][-1] in _ENDS and not text[:1].islower() and text not in _CLOSERS
