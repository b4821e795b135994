"""Names as the tree, the ontology and the rest of the text know them: what the network's marks are mended by.

A name is one phrase of proper nouns: its flat parts, the proper nouns compounded with it, and, for bodies and
waters, what it is "of". Its kind is the ontology's where that is certain, else the one most often given to the same
words in the Doc; a name found once is a name wherever the same words stand. Measured on UNER EWT dev with the
weights of version 0.1.0: span F1 0.759 as the network has it, 0.800 mended. The rules were
chosen on that file: expect a little less elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dragoman.ontology import gazetteer, key, load
from dragoman.ontology.persons import load_persons, plain

PLACES = frozenset({"country", "capital", "region"})
STATE_WORDS = frozenset({"country", "adjective", "people", "capital"})
EDGES = frozenset({",", '"', "-", "(", ")", ":", ";", "of", "the"})
EPITHETS = frozenset({"pope", "saint", "st."})  # titles that have become part of a name
OF_REACH = 4  # words of what a body is of: "Department of Housing and Urban Development" has its head among them
REPEATED = 3  # letters a name must have to be known again
LONGEST_REPEATED = 4  # words
Entity = tuple[int, int, str]


def settle(doc: Doc, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of a Doc with tags and tree, mended: (first token, one past the last, PER, LOC or ORG), in order."""
    whole = [_extended(doc, *_trimmed(doc, entity)) for entity in sorted(entities)]
    apart = _apart(_with_of(doc, _apart(whole)))
    proper = [entity for entity in apart if _is_name(doc, *entity)]
    parted = [part for entity in proper for part in _parted(doc, *entity)]
    return sorted(_repeated(doc, _voted(doc, [(a, b, _known(doc[a:b].text) or kind) for a, b, kind in parted])))


def _is_name(doc: Doc, start: int, end: int, kind: str) -> bool:
    """Whether there is a proper noun in it, and more than an office: "the President" is nobody's name."""
    proper = any(token.pos_ in ("PROPN", "PUNCT") for token in doc[start:end])
    return proper and not (kind == "PER" and key(doc[start:end].text) in load().titles)


def _parted(doc: Doc, start: int, end: int, kind: str) -> list[Entity]:
    """ "Miramar California" is two places: a town, and the country or state it is in."""
    last, town = doc[end - 1], doc[start : end - 1].text
    if kind != "LOC" or end - start < 2 or last.pos_ != "PROPN" or _kinds(doc[start:end].text):
        return [(start, end, kind)]
    country = "country" in _kinds(last.text)
    within = gazetteer.find(last.text) if country or last.dep_ in ("flat", "nmod:unmarked") else None
    state = within is not None and within.precision in ("country", "region")
    if not state or gazetteer.find(doc[start:end].text) or not gazetteer.find(town):
        return [(start, end, kind)]
    return [(start, end - 1, kind), (end - 1, end, kind)]


def _trimmed(doc: Doc, entity: Entity) -> Entity:
    start, end, kind = entity
    while end - start > 1 and doc[end - 1].text in EDGES:
        end -= 1
    while end - start > 1 and doc[start].text in EDGES - {"the", "of"}:
        start += 1
    return start, end, kind


def _extended(doc: Doc, start: int, end: int, kind: str) -> Entity:
    """A name grown to the whole of its phrase; one that is a country's word by itself stays as it is."""
    if kind == "PER":
        while (
            end < len(doc)
            and doc[end].dep_ == "flat"
            and doc[end].pos_ == "PROPN"
            and _inside(doc[end].head, start, end)
        ):
            end += 1
        return start - _epithet(doc, start), end, kind
    while end < len(doc) and _goes_on(doc, end) and not _state_word(doc[start:end].text):
        end += 1
    while kind == "ORG" and start and _begins_before(doc, start, end):
        start -= 1
    return start, end, kind


def _epithet(doc: Doc, start: int) -> int:
    return int(start > 0 and doc[start - 1].dep_ == "nmod:desc" and doc[start - 1].lower_ in EPITHETS)


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether the next word is a proper noun that the last one is compounded with."""
    last, following = doc[end - 1], doc[end]
    if following.pos_ != "PROPN" or not following.text[0].isupper() or last.dep_ != "compound":
        return False
    head = last.head
    same = following.dep_ == "compound" and following.head.i == head.i and head.i > end and head.pos_ == "PROPN"
    return head.i == end or same


def _begins_before(doc: Doc, start: int, end: int) -> bool:
    before = doc[start - 1]
    modifies = before.dep_ in ("compound", "amod") and _inside(before.head, start, end)
    proper = before.pos_ == "PROPN" or (before.pos_ == "ADJ" and not before.is_sent_start)
    capital = before.text[0].isupper() and proper  # any adjective has a capital where a sentence begins
    return modifies and capital and not _state_word(before.text)


def _with_of(doc: Doc, entities: list[Entity]) -> list[Entity]:
    """ "Gulf" and "Mexico", "Housing Authority" and "New Orleans" as one name, of the first one's kind."""
    ends = {start: end for start, end, _ in entities}
    return [(start, max(_of(doc, start, end, kind, ends), end), kind) for start, end, kind in entities]


def _of(doc: Doc, start: int, end: int, kind: str, ends: dict[int, int]) -> int:
    """Where the name ends with what it is "of"; 0 where it is of nothing named."""
    if kind == "PER" or end + 1 >= len(doc) or doc[end].lower_ != "of" or doc[start:end].root.pos_ != "PROPN":
        return 0
    head, first = doc[end].head, end + 1 + (doc[end + 1].lower_ == "the")
    if head.i <= end or head.i >= first + OF_REACH or head.dep_ != "nmod" or not _inside(head.head, start, end):
        return 0
    if not all(token.pos_ in ("PROPN", "ADJ") for token in doc[first : head.i + 1]):
        return 0
    return max(head.i + 1, ends.get(first, 0))


def _apart(entities: list[Entity]) -> list[Entity]:
    """Without those that begin inside another one before them."""
    out: list[Entity] = []
    for entity in entities:
        if not out or entity[0] >= out[-1][1]:
            out.append(entity)
    return out


def _inside(token: Token, start: int, end: int) -> bool:
    return start <= token.i < end


def _kinds(text: str) -> set[str]:
    return {name.kind for name in load().names.get(key(text), ()) if name.fits(text)}


def _state_word(text: str) -> bool:
    return bool(_kinds(text) & STATE_WORDS)


def _known(text: str) -> str | None:
    """LOC for a name that can only be a country, capital or region, ORG for a body, PER for a public office holder."""
    kinds = _kinds(text)
    if kinds and kinds <= PLACES:
        return "LOC"
    if kinds == {"organisation"}:
        return "ORG"
    return "PER" if not kinds and plain(text) in load_persons() else None


def _voted(doc: Doc, entities: list[Entity]) -> list[Entity]:
    votes = _votes(doc, entities)
    return [(start, end, _winner(votes[doc[start:end].text])) for start, end, _ in entities]


def _votes(doc: Doc, entities: list[Entity]) -> dict[str, Counter[str]]:
    votes: dict[str, Counter[str]] = {}
    for start, end, kind in entities:
        votes.setdefault(doc[start:end].text, Counter())[kind] += 1
    return votes


def _winner(votes: Counter[str]) -> str:
    return min(votes, key=lambda kind: (-votes[kind], kind))


def _repeated(doc: Doc, entities: list[Entity]) -> list[Entity]:
    """The entities, and the same words wherever else they stand as proper nouns."""
    votes = {t: v for t, v in _votes(doc, entities).items() if len(t) >= REPEATED and t[0].isupper()}
    taken = {i for start, end, _ in entities for i in range(start, end)}
    out = list(entities)
    for token in doc:
        if token.i in taken or token.pos_ != "PROPN":
            continue
        for end in range(min(token.i + LONGEST_REPEATED, len(doc)), token.i, -1):
            found = votes.get(doc[token.i : end].text)
            if found and not taken.intersection(range(token.i, end)):
                out.append((token.i, end, _winner(found)))
                taken.update(range(token.i, end))
                break
    return out
