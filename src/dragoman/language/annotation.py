"""What was read of one Doc, as plain lists, and how it is written on the Doc."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from dragoman.language.names import settle
from dragoman.language.network import Floats
from dragoman.language.words import Words

ROLES = ("source", "cue", "content")
PARTIES = ("actor", "recipient")
Table = NDArray[np.uint64]
ATTRIBUTES: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP"]


@dataclass
class Annotation:
    """What was read of one Doc. Lists hold one entry a token; spans count tokens, ends exclusive."""

    words: Words
    tags: dict[str, list[str]]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    times: list[tuple[int, int, str]] = field(default_factory=list)
    claims: list[tuple[int, int, str, int]] = field(default_factory=list)  # with the attribution's number
    parties: list[tuple[int, int, str]] = field(default_factory=list)
    events: list[tuple[int, str, str]] = field(default_factory=list)  # token, class, mode
    vectors: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    @classmethod
    def empty(cls, words: Words) -> Annotation:
        """White space everywhere: what tokens outside every window keep."""
        n = len(words.texts)
        tags = {"upos": ["SPACE"] * n, "xpos": ["_SP"] * n, "feats": [""] * n}
        return cls(words, tags, list(words.texts), [max(i - 1, 0) for i in range(n)], ["dep"] * n)


def write(doc: Doc, found: Annotation) -> None:
    """Write on a Doc what was read of it."""
    doc.from_array(ATTRIBUTES, _table(doc, found))  # type: ignore[arg-type]  # spaCy's protocol is not numpy's
    doc.set_ents([Span(doc, start, end, label) for start, end, label in settle(doc, found.entities, found.words)])
    doc.spans["times"] = [Span(doc, start, end, label) for start, end, label in found.times]
    for role in ROLES:
        marked = sorted((start, end, number) for start, end, kind, number in found.claims if kind == role)
        doc.spans[f"{role}s"] = [Span(doc, a, b, role.upper(), span_id=number) for a, b, number in marked]
    for party in PARTIES:
        spans = sorted((start, end) for start, end, kind in found.parties if kind == party)
        doc.spans[f"{party}s"] = [Span(doc, start, end, party.upper()) for start, end in spans]
    doc.spans["events"] = [Span(doc, i, i + 1, event, span_id=mode) for i, event, mode in sorted(found.events)]
    doc.tensor = found.vectors  # type: ignore[assignment]  # float32: spaCy's stub names its default alone


def _table(doc: Doc, found: Annotation) -> Table:
    """(tokens, attributes) as ``Doc.from_array`` takes them; a head counts from its own word."""
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    columns = [
        _numbers(found.tags["xpos"], strings.add),
        _numbers(found.tags["upos"], strings.add),
        _numbers(found.tags["feats"], lambda feats: morphology.add("" if feats == "_" else feats)),
        _numbers(found.lemmas, strings.add),
        (np.array(found.heads) - np.arange(len(doc))).astype(np.uint64),
        _numbers(found.relations, strings.add),
    ]
    return np.stack(columns, 1)


def _numbers(column: Sequence[str], number: Callable[[str], int]) -> Table:
    """spaCy's numbers of a column of strings, each asked for once."""
    known = {text: number(text) for text in set(column)}
    return np.array([known[text] for text in column], np.uint64)
