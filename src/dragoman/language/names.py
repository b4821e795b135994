"""Names as the tree, the ontology and the rest of the text know them: what the network's marks are mended by.

A name is one phrase of proper nouns: its flat parts, the proper nouns compounded with it, and, for bodies and
waters, what it is "of". Its kind is the ontology's where that is certain, else the one most often given to the same
words in the Doc; a name found once is a name wherever the same words stand. A person's last name alone is that person.
Measured on UNER EWT dev with the weights of version 0.1.0: span F1 0.761 as the network has it, 0.788 mended. The
rules were chosen on that file: expect a little less elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import DEP, HEAD, POS
from spacy.parts_of_speech import NAMES
from spacy.tokens import Doc

from dragoman.language.words import Words
from dragoman.ontology import gazetteer, key, load
from dragoman.ontology.persons import load_persons, plain

if TYPE_CHECKING:
    from dragoman.ontology import Ontology

PLACES = frozenset({"country", "capital", "region"})
STATE_WORDS = frozenset({"country", "adjective", "people", "capital"})
EDGES = frozenset({",", '"', "-", "(", ")", ":", ";", "of", "the"})
EPITHETS = frozenset({"pope", "saint", "st."})  # titles that have become part of a name
OF_REACH = 4  # words of what a body is of: "Department of Housing and Urban Development" has its head among them
REPEATED = 3  # letters a name must have to be known again
LONGEST_REPEATED = 4  # words
Entity = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A Doc with tags and tree as lists of one entry a token; ``heads`` are token numbers."""

    doc: Doc
    words: Words
    pos: list[str]
    deps: list[str]
    heads: list[int]
    ontology: Ontology

    @classmethod
    def of(cls, doc: Doc, words: Words) -> _Parsed:
        pos, deps, heads = doc.to_array([POS, DEP, HEAD]).reshape(-1, 3).T
        strings = doc.vocab.strings
        known = {dep: strings[dep] for dep in set(deps.tolist())}
        above = heads.astype(np.int64) + np.arange(len(doc))  # spaCy counts from the word itself
        tags = [NAMES[i] for i in pos.tolist()]
        return cls(doc, words, tags, [known[dep] for dep in deps.tolist()], above.tolist(), load())

    def proper(self, i: int) -> bool:
        return self.pos[i] == "PROPN"

    def capital(self, i: int) -> bool:
        return self.words.texts[i][0].isupper()

    def lower(self, i: int) -> str:
        return self.words.texts[i].lower()


def settle(doc: Doc, entities: Iterable[Entity], words: Words | None = None) -> list[Entity]:
    """The entities of a Doc with tags and tree, mended: (first token, one past the last, PER, LOC or ORG), in order.

    ``words`` are the Doc's, from whoever has them at hand.
    """
    read = _Parsed.of(doc, words or Words.of(doc))
    whole = [_extended(read, *_trimmed(read, entity)) for entity in sorted(entities)]
    apart = _apart(_with_of(read, _apart(whole)))
    proper = [entity for entity in apart if _is_name(read, *entity)]
    parted = [part for entity in proper for part in _parted(read, *entity)]
    known = [(a, b, _known(read, read.words.between(a, b)) or kind) for a, b, kind in parted]
    return sorted(_repeated(read, _voted(read, known)))


def _is_name(read: _Parsed, start: int, end: int, kind: str) -> bool:
    """Whether there is a proper noun in it, and more than an office: "the President" is nobody's name."""
    proper = any(pos in ("PROPN", "PUNCT") for pos in read.pos[start:end])
    return proper and not (kind == "PER" and key(read.words.between(start, end)) in read.ontology.titles)


def _parted(read: _Parsed, start: int, end: int, kind: str) -> list[Entity]:
    """ "Miramar California" is two places: a town, and the country or state it is in."""
    if kind != "LOC" or end - start < 2 or not read.proper(end - 1) or _kinds(read, read.words.between(start, end)):
        return [(start, end, kind)]
    town, last = read.words.between(start, end - 1), read.words.texts[end - 1]
    country = "country" in _kinds(read, last)
    within = gazetteer.find(last) if country or read.deps[end - 1] in ("flat", "nmod:unmarked") else None
    state = within is not None and within.precision in ("country", "region")
    if not state or gazetteer.find(read.words.between(start, end)) or not gazetteer.find(town):
        return [(start, end, kind)]
    return [(start, end - 1, kind), (end - 1, end, kind)]


def _trimmed(read: _Parsed, entity: Entity) -> Entity:
    start, end, kind = entity
    texts = read.words.texts
    while end - start > 1 and texts[end - 1] in EDGES:
        end -= 1
    while end - start > 1 and texts[start] in EDGES - {"the", "of"}:
        start += 1
    return start, end, kind


def _extended(read: _Parsed, start: int, end: int, kind: str) -> Entity:
    """A name grown to the whole of its phrase; one that is a country's word by itself stays as it is."""
    n = len(read.pos)
    if kind == "PER":
        while end < n and read.deps[end] == "flat" and read.proper(end) and start <= read.heads[end] < end:
            end += 1
        return start - _epithet(read, start), end, kind
    while end < n and _goes_on(read, end) and not _state_word(read, read.words.between(start, end)):
        end += 1
    while kind == "ORG" and start and _begins_before(read, start, end):
        start -= 1
    return start, end, kind


def _epithet(read: _Parsed, start: int) -> int:
    return int(start > 0 and read.deps[start - 1] == "nmod:desc" and read.lower(start - 1) in EPITHETS)


def _goes_on(read: _Parsed, end: int) -> bool:
    """Whether the next word is a proper noun that the last one is compounded with."""
    if not read.proper(end) or not read.capital(end) or read.deps[end - 1] != "compound":
        return False
    head = read.heads[end - 1]
    same = read.deps[end] == "compound" and read.heads[end] == head and head > end and read.proper(head)
    return head == end or same


def _begins_before(read: _Parsed, start: int, end: int) -> bool:
    before = start - 1
    modifies = read.deps[before] in ("compound", "amod") and start <= read.heads[before] < end
    if not modifies or not read.capital(before) or _state_word(read, read.words.texts[before]):
        return False
    # Any adjective has a capital where a sentence begins.
    return read.proper(before) or (read.pos[before] == "ADJ" and not read.doc[before].is_sent_start)


def _with_of(read: _Parsed, entities: list[Entity]) -> list[Entity]:
    """ "Gulf" and "Mexico", "Housing Authority" and "New Orleans" as one name, of the first one's kind."""
    ends = {start: end for start, end, _ in entities}
    return [(start, max(_of(read, start, end, kind, ends), end), kind) for start, end, kind in entities]


def _of(read: _Parsed, start: int, end: int, kind: str, ends: dict[int, int]) -> int:
    """Where the name ends with what it is "of"; 0 where it is of nothing named."""
    if kind == "PER" or end + 1 >= len(read.pos) or read.lower(end) != "of":
        return 0
    head, first = read.heads[end], end + 1 + (read.lower(end + 1) == "the")
    if head <= end or head >= first + OF_REACH or read.deps[head] != "nmod" or not start <= read.heads[head] < end:
        return 0
    if not read.proper(read.doc[start:end].root.i) or not set(read.pos[first : head + 1]) <= {"PROPN", "ADJ"}:
        return 0
    return max(head + 1, ends.get(first, 0))


def _apart(entities: list[Entity]) -> list[Entity]:
    """Without those that begin inside another one before them."""
    out: list[Entity] = []
    for entity in entities:
        if not out or entity[0] >= out[-1][1]:
            out.append(entity)
    return out


def _kinds(read: _Parsed, text: str) -> set[str]:
    return {name.kind for name in read.ontology.names.get(key(text), ()) if name.fits(text)}


def _state_word(read: _Parsed, text: str) -> bool:
    return bool(_kinds(read, text) & STATE_WORDS)


def _known(read: _Parsed, text: str) -> str | None:
    """LOC for a name that can only be a country, capital or region, ORG for a body, PER for a public office holder."""
    kinds = _kinds(read, text)
    if kinds and kinds <= PLACES:
        return "LOC"
    if kinds == {"organisation"}:
        return "ORG"
    return "PER" if not kinds and plain(text) in load_persons() else None


def _voted(read: _Parsed, entities: list[Entity]) -> list[Entity]:
    votes = _votes(read, entities)
    for name, more in _family_names(votes).items():
        if not _kinds(read, name):
            votes[name] = more
    return [(start, end, _winner(votes[read.words.between(start, end)])) for start, end, _ in entities]


def _family_names(votes: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    """What the full names of persons say of the last words of theirs that also stand alone: "Ana Lopez" of "Lopez"."""
    out: dict[str, Counter[str]] = {}
    for name, kinds in votes.items():
        first, _, last = name.rpartition(" ")
        if first and last in votes and _winner(kinds) == "PER":
            out.setdefault(last, Counter())["PER"] += kinds["PER"]
    return out


def _votes(read: _Parsed, entities: list[Entity]) -> dict[str, Counter[str]]:
    votes: dict[str, Counter[str]] = {}
    for start, end, kind in entities:
        votes.setdefault(read.words.between(start, end), Counter())[kind] += 1
    return votes


def _winner(votes: Counter[str]) -> str:
    return min(votes, key=lambda kind: (-votes[kind], kind))


def _repeated(read: _Parsed, entities: list[Entity]) -> list[Entity]:
    """The entities, and the same words wherever else they stand as proper nouns."""
    votes = {t: v for t, v in _votes(read, entities).items() if len(t) >= REPEATED and t[0].isupper()}
    taken = {i for start, end, _ in entities for i in range(start, end)}
    out = list(entities)
    for i, pos in enumerate(read.pos):
        if pos != "PROPN" or i in taken:
            continue
        for end in range(min(i + LONGEST_REPEATED, len(read.pos)), i, -1):
            found = votes.get(read.words.between(i, end))
            if found and taken.isdisjoint(range(i, end)):
                out.append((i, end, _winner(found)))
                taken.update(range(i, end))
                break
    return out
