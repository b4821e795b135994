"""What hangs on a token in a tree of Universal Dependencies: its dependents by relation, coordination, prepositions."""

from __future__ import annotations

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
    """The words that mark a phrase, lower-case: "with", "out of", "according to"; "" where there are none."""
    words: list[str] = []
    for case in children(token, "case"):
        if case.lower_ not in ("'s", "’s", "'", "’"):
            words += [t.lower_ for t in sorted([case, *children(case, "fixed")], key=lambda t: t.i)]
    return " ".join(words)
