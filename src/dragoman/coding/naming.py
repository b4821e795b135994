"""Which words name a person: the network's persons, mended where their titles, hyphens and appositions say more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Span

from dragoman.coding.grammar import children
from dragoman.ontology import Title, gazetteer
from dragoman.ontology.persons import load_persons, plain

if TYPE_CHECKING:
    from dragoman.coding.mentions import Scene

NOT_NAMES = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr."})
OFFICE_REACH = 12  # tokens between a comma before a name and the office the name is in apposition to
WORDS = 4  # of a name after a title that the network did not mark
HYPHENS = "-‐‑"


def names(scene: Scene) -> list[Span]:
    """Every person's name, without titles at its front."""
    doc, found = scene.doc, scene.found
    out = []
    for ent in _whole(scene):
        start = ent.start
        while start < ent.end and (start in found.titles or doc[start].lower_ in NOT_NAMES):
            if start and doc[start - 1].lower_ in NOT_NAMES and start + 1 == ent.end:
                break  # "Mr. King" is no king
            start = found.titles[start][0].end if start in found.titles else start + 1
        known = found.names.get(start)
        if start < ent.end and not (known and known[0].end >= ent.end):
            out.append(doc[start : ent.end])
    covered = {i for ent in scene.ents.values() for i in range(ent.start, ent.end)}
    for span, title in found.titles.values():
        name = _mistaken(scene, span, title) or _titled(scene, span, title)
        if name is not None and (name.start not in covered or name.label_ in ("LOC", "ORG")):
            out.append(name)
    return _distinct([*out, *_apposed(scene), *_again(scene, out)])


def _distinct(spans: list[Span]) -> list[Span]:
    """The spans in text order; of two that overlap the longer."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


def _whole(scene: Scene) -> list[Span]:
    """The network's persons; two that touch and that the tree, or a hyphen, holds for one name are one."""
    out: list[Span] = []
    for ent in scene.ents.values():
        if ent.label_ != "PER" or (out and ent.start < out[-1].end):
            continue
        if out and out[-1].end == ent.start and ent.root.dep_ == "flat" and ent.root.head in out[-1]:
            out[-1] = scene.doc[out[-1].start : ent.end]
        else:
            out.append(_hyphenated(ent))
    return out


def _hyphenated(name: Span) -> Span:
    """The name with what hyphens without spaces join to it ("Jean-Robert", "Ofori-Mensah")."""
    doc, start, end = name.doc, name.start, name.end
    while end + 1 < len(doc) and (_is_hyphen(doc[end - 1 : end + 2]) or _known_with(doc[start : end + 2])):
        end += 2
        while end < len(doc) and doc[end].ent_type_ == "PER" and doc[end].pos_ == "PROPN" and not doc[end].is_punct:
            end += 1
    while start > 1 and _is_hyphen(doc[start - 2 : start + 1]):
        start -= 2
    return doc[start:end]


def _known_with(words: Span) -> bool:
    """ "Ban Ki-moon": a part that is written small belongs to the name where the whole is known"""
    return words[-2].text in HYPHENS and plain(words.text) in load_persons()


def _is_hyphen(words: Span) -> bool:
    before, hyphen, after = words
    close = not before.whitespace_ and not hyphen.whitespace_
    return close and hyphen.text in HYPHENS and after.text[:1].isupper() and before.text[:1].isupper()


def _mistaken(scene: Scene, span: Span, title: Title) -> Span | None:
    """A name right after an office is a person's, though the network took it for a place or body."""
    ent = scene.ents.get(span.end)
    if ent is None or ent.label_ == "PER" or title.plural or title.kind == "honorific" or not span.text[0].isupper():
        return None
    known = span.end in scene.found.names or span.end in scene.found.agents
    return ent if not known and all(t.pos_ == "PROPN" for t in ent) else None


def _titled(scene: Scene, span: Span, title: Title) -> Span | None:
    """Capitalised words right after a title that the network did not mark ("Minister Esper")."""
    if title.plural or not span.text[0].isupper():
        return None
    doc, end = scene.doc, span.end
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper() and end - span.end < WORDS:
        if end in scene.found.names or end in scene.found.agents or end in scene.found.titles:
            break
        end += 1
    related = end > span.end and any(
        t.head in span or span.root.head in (t, t.head) or t in span.root.children for t in doc[span.end : end]
    )
    return doc[span.end : end] if related else None


def _apposed(scene: Scene) -> Iterator[Span]:
    """A name the network took for a place or body that stands beside an office: "the governor of X, N N, said"."""
    roots = {span.root.i for span, title in scene.found.titles.values() if not title.plural and title.kind == "office"}
    for ent in scene.ents.values():
        if ent.label_ in ("LOC", "ORG") and _may_be_person(scene, ent) and _beside_office(scene, ent, roots):
            yield ent


def _may_be_person(scene: Scene, ent: Span) -> bool:
    words = [t for t in ent if t.text not in HYPHENS]
    capital = all(t.pos_ == "PROPN" for t in words) and any(t.text[:1].isupper() for t in words)
    known = any(i in scene.found.names or i in scene.found.agents for i in range(ent.start, ent.end))
    return len(words) > 1 and capital and not known and gazetteer.find(ent.text) is None


def _beside_office(scene: Scene, ent: Span, roots: set[int]) -> bool:
    """Whether a name follows an office and a comma, or an office in apposition follows it."""
    if any(c.i in roots for t in ent for c in children(t, "appos")):
        return True
    if ent.start < 2 or scene.doc[ent.start - 1].text != ",":
        return False
    for i in range(ent.start - 2, max(ent.sent.start - 1, ent.start - OFFICE_REACH), -1):
        token = scene.doc[i]
        if i in roots or token.lemma_ == "counterpart":
            return True
        if token.pos_ in ("VERB", "AUX") or token.is_punct:
            return False
    return False


def _again(scene: Scene, known: list[Span]) -> Iterator[Span]:
    """A surname alone, of a person named in full before, that the network took for a place or body."""
    surnames = {plain(name[-1].text): name.start for name in known if len(name) > 1}
    for ent in scene.ents.values():
        single = len(ent) == 1 and ent.label_ in ("LOC", "ORG") and ent.start not in scene.found.names
        if single and surnames.get(plain(ent.text), ent.start) < ent.start:
            yield ent
