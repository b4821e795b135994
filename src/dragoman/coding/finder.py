"""Where the ontology's names, titles and agent nouns stand in a Doc.

Works on the text, not on tokens, so that it does not matter how a pipeline cuts "vice-president" or "U.S.": a
phrase must begin and end where a token does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from dragoman.ontology import Agent, Key, Name, Ontology, Title, load
from dragoman.ontology.lexicon import load_lexicon

_FIRST = re.compile(r"\w+")
HYPHENS = frozenset("-‐‑")
AMERICANS = frozenset({"American", "Americans", "Canadian", "Canadians"})
OF_A_COUNTRY = frozenset({"country", "adjective", "people"})
TOWARDS = frozenset({"pro", "anti"})
First = tuple[int, int, str]  # a token, where it begins, and the word of letters and digits it begins with


@dataclass(frozen=True)
class Found:
    """Matches of one Doc by first token; spans of one kind never overlap, the longest wins."""

    names: dict[int, tuple[Span, tuple[Name, ...]]]
    titles: dict[int, tuple[Span, Title]]
    agents: dict[int, tuple[Span, Agent]]


class Phrases:
    """Phrases by their first word, the longest first."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._by_first: dict[str, list[tuple[str, Key]]] = {}
        for key in keys:
            text = " ".join(key)
            first = _FIRST.match(text)
            if first:
                self._by_first.setdefault(first[0], []).append((text, key))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def find(self, doc: Doc, text: str, firsts: Sequence[First], ends: dict[int, int]) -> list[tuple[Span, Key]]:
        """Matches in order. ``text`` is the Doc's, lower-cased character by character; ``ends`` token ends."""
        out, free = [], 0
        for i, start, first in firsts:
            if i < free:
                continue
            for phrase, key in self._by_first.get(first, ()):
                end = ends.get(start + len(phrase))
                if end is not None and text.startswith(phrase, start):
                    out.append((doc[i:end], key))
                    free = end
                    break
        return out


def firsts_of(doc: Doc, text: str) -> list[First]:
    """The words that a phrase can begin with, one for each token that begins with one."""
    matches = ((token.i, token.idx, _FIRST.match(text, token.idx)) for token in doc)
    return [(i, start, match[0]) for i, start, match in matches if match]


class Finder:
    """The phrases of one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._names, self._titles, self._agents = (
            Phrases(keys) for keys in (ontology.names, ontology.titles, ontology.agents)
        )

    def find(self, doc: Doc) -> Found:
        """Every name, title and agent noun of the Doc."""
        text = "".join(c if len(c) == 1 else o for o, c in ((o, o.casefold()) for o in doc.text)).replace("’", "'")
        ends = {token.idx + len(token): token.i + 1 for token in doc}
        firsts = firsts_of(doc, text)
        names = {}
        for span, key in self._names.find(doc, text, firsts, ends):
            readings = tuple(n for n in self._ontology.names[key] if _written(span, n))
            if readings and not (readings[0].kind in OF_A_COUNTRY and _of_descent(span)) and not _leaning(span):
                names[span.start] = (span, readings)
        titles = ((s, self._ontology.titles[key]) for s, key in self._titles.find(doc, text, firsts, ends))
        agents = ((s, self._ontology.agents[key]) for s, key in self._agents.find(doc, text, firsts, ends))
        return Found(
            names,
            {s.start: (s, t) for s, t in titles if _nominal(s)},
            {s.start: (s, a) for s, a in agents if _nominal(s)},
        )


def _written(span: Span, name: Name) -> bool:
    """Proper names have a capital; some ("US", "Turkey") only count as the ontology writes them."""
    if name.kind == "capital" and name.written.startswith("The ") and not _after_the(span):
        return False  # a valley is not The Valley
    return any(c.isupper() for c in span.text) and name.fits(span.text)


def _of_descent(span: Span) -> bool:
    """ "Spanish-speaking", "Cuban-American", "Mexican American voters": of no state, or of the one named last"""
    doc, after = span.doc, span.end
    hyphen = after < len(doc) and doc[after].text in HYPHENS
    if hyphen and after + 1 < len(doc) and doc[after + 1].lower_ in load_lexicon().no_country_after:
        return True
    last = after + hyphen
    return last < len(doc) and doc[last].text in AMERICANS and not span.root.is_upper


def _leaning(span: Span) -> bool:
    """ "pro-Russian socialists", "anti-NATO crowds": for or against whom somebody is, and not whose he is"""
    before = span.doc[max(0, span.start - 2) : span.start]
    return len(before) == 2 and before[1].text in HYPHENS and before[0].lower_ in TOWARDS


def _after_the(span: Span) -> bool:
    return span[0].lower_ == "the" or (span.start > 0 and span.doc[span.start - 1].lower_ == "the")


def _nominal(span: Span) -> bool:
    """A title or agent is a noun phrase: its head is a noun, not "general election" or "to guard"."""
    return span.root.pos_ in ("NOUN", "PROPN")


@cache
def finder() -> Finder:
    """The finder of the package's ontology, built at first use."""
    return Finder(load())
