"""The arcs of a tree: relations, dependents, what is joined, what marks a phrase, what stands above and below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Token


def base(token: Token) -> str:
    """The universal part of the token's relation: ``obl`` of ``obl:agent``."""
    return _universal(token.dep_)


@cache
def _universal(relation: str) -> str:
    return str(relation).split(":")[0]


Dependents = list[list[tuple[int, str, str]]]  # token -> (place, relation, its universal part) of each dependent
_dependents: WeakKeyDictionary[Doc, Dependents] = WeakKeyDictionary()  # asked of half a million times for a report


def _dependents_of(doc: Doc) -> Dependents:
    found = _dependents.get(doc)
    if found is None:
        found = [[] for _ in doc]
        for token in doc:
            if token.head.i != token.i:
                found[token.head.i].append((token.i, token.dep_, base(token)))
        _dependents[doc] = found
    return found


def forget(doc: Doc) -> None:
    """Drop what is kept of a Doc's tree, which its owner may have changed since it was last asked of."""
    _dependents.pop(doc, None)


def children(token: Token, *relations: str) -> list[Token]:
    """Dependents whose relation, or its universal part, is one of these, in text order."""
    doc = token.doc
    kept = _dependents_of(doc)[token.i]
    if not kept:
        return []
    return [doc[i] for i, relation, universal in kept if relation in relations or universal in relations]


def conjuncts(token: Token) -> list[Token]:
    """The token and everything joined to it by and, or: in text order."""
    found = [token]
    for child in [c for part in (token, *children(token, "flat")) for c in children(part, "conj")]:
        found += conjuncts(child)
    return found


def first_conjunct(token: Token) -> Token:
    """The head of the coordination the token belongs to."""
    while base(token) == "conj" and token.head.i != token.i:
        token = token.head
    return token


def preposition(token: Token) -> str:
    """The words that mark a phrase ("with", "out of"), also where the parse hung them on its adjective; "" without."""
    words: list[str] = []
    on_adjective = (case for adjective in children(token, "amod") for case in children(adjective, "case"))
    for case in children(token, "case") or on_adjective:
        if case.lower_ not in ("'s", "’s", "'", "’"):
            words += [t.lower_ for t in sorted([case, *children(case, "fixed")], key=lambda t: t.i)]
    return " ".join(words)


def hyphenated(token: Token) -> list[Token]:
    """The tokens of a hyphenated word of two parts that a tokeniser cut ("sit - in"), by its last; else none."""
    if token.i < 2 or token.nbor(-1).text not in ("-", "‐", "‑"):
        return []
    first, hyphen = token.nbor(-2), token.nbor(-1)
    return [first, hyphen, token] if not (first.whitespace_ or hyphen.whitespace_) else []


def word_lemma(token: Token) -> str:
    """The token's lemma; of the last part of a hyphenated word that of the whole ("test-fire")."""
    parts = hyphenated(token)
    return f"{parts[0].lower_}-{token.lemma_.lower()}" if parts else token.lemma_


def ancestors(token: Token) -> Iterator[Token]:
    """The token, its head, that one's head, up to the root."""
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def within(token: Token, words: Iterable[Token]) -> bool:
    """Whether the token, or anything it depends on, is one of the words."""
    places = {word.i for word in words}
    return any(above.i in places for above in ancestors(token))


def subtree(token: Token) -> list[Token]:
    """The token and all it governs, in text order (spaCy's own order is another where branches cross)."""
    return sorted(token.subtree, key=lambda t: t.i)


def phrase(token: Token, *, without: tuple[str, ...] = ("punct",)) -> list[Token]:
    """The token's subtree in text order, without dependents of these relations at its edges."""
    words = [t for t in subtree(token) if not t.is_space]
    while words and base(words[-1]) in without:
        words.pop()
    while words and base(words[0]) in without:
        words.pop(0)
    return words
