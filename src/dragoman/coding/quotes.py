"""Quotations of a Doc: which tokens stand between marks, and which run on from one paragraph to the next."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dragoman.coding import grammar

OPEN, CLOSE = frozenset({"“", "«", "„"}), frozenset({"”", "»"})
PLAIN = frozenset({'"', "''"})  # marks that open as well as close, as typewriters and wires have them


def quotations(doc: Doc) -> list[frozenset[int]]:
    """Token numbers inside each quotation; one that is never closed ends with its paragraph."""
    found: list[frozenset[int]] = []
    start: int | None = None
    for token in doc:
        opens = token.text in OPEN or (start is None and _opens(token))
        if token.is_space and token.text.count("\n") > 1:
            if start is not None:
                found.append(frozenset(range(start, token.i)))
            start = None
        elif opens and start is None:
            start = token.i + 1
        elif start is not None and token.text in CLOSE | PLAIN:
            found.append(frozenset(range(start, token.i)))
            start = None
    return [quote for quote in found if quote]


def _opens(token: Token) -> bool:
    """Whether a plain mark opens: two apostrophes do where the tagger takes them for it, and so do two accents."""
    if token.text == "`":
        return token.i > 0 and token.nbor(-1).text == "`"
    return token.text == '"' or (token.text == "''" and token.tag_ == "``")


def quoted(token: Token) -> bool:
    """Whether a phrase stands in quotation marks, or begins after one."""
    words = grammar.subtree(token)
    before = token.doc[words[0].i - 1].text if words and words[0].i else ""
    return any(t.text in OPEN | PLAIN for t in words) or before in OPEN | PLAIN


def adjoining(doc: Doc, before: frozenset[int], after: frozenset[int]) -> bool:
    """Whether only marks and white space part two quotations: the second goes on with the first."""
    return all(t.is_punct or t.is_space for t in doc[max(before) + 1 : min(after)])


def breaks(doc: Doc, start: int, end: int) -> int:
    """Paragraph breaks between two tokens."""
    return sum(1 for t in doc[start:end] if t.is_space and t.text.count("\n") > 1)


def share(words: Sequence[int], quotes: Sequence[frozenset[int]]) -> float:
    """The part of some tokens that stands in quotation marks."""
    inside = sum(1 for i in words if any(i in quote for quote in quotes))
    return inside / len(words) if words else 0.0
