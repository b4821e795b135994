"""The reader as a spaCy component: ``nlp.add_pipe("dragoman")``.

Writes on the Doc: ``tag_``, ``pos_``, ``morph``, ``lemma_``, ``head``, ``dep_`` (UD, root as ``ROOT``), sentence
starts (those already set on the Doc are kept), ``ents`` (PER, LOC, ORG) and ``spans["times"]`` (DATE, TIME,
DURATION, SET). Each Doc is batched by itself, so that what is read of one never depends on another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from dragoman.language import tree
from dragoman.language.lemmas import apply, verb_lemmas
from dragoman.language.names import settle
from dragoman.language.network import Floats, Network
from dragoman.language.pieces import Batch, Pieces, batch
from dragoman.language.spans import Decoder
from dragoman.language.timex_find import find
from dragoman.language.windows import Cut, begins, windows

BATCH_PIECES = 600  # padded pieces a batch: wider ones were slower on one core (caches) and no faster on two
NAME_DOUBT = 0.2  # of nine values from 0 to 1 the best span F1 on UNER EWT dev, where recall exceeds precision
TAGS = ("upos", "xpos", "feats")
ATTRIBUTES: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP"]


@dataclass
class Annotation:
    """What was read of one Doc. Lists hold one entry a token; spans count tokens, ends exclusive."""

    tags: dict[str, list[str]]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    times: list[tuple[int, int, str]] = field(default_factory=list)

    @classmethod
    def empty(cls, doc: Doc) -> Annotation:
        """White space everywhere: what tokens outside every window keep."""
        n = len(doc)
        tags = {"upos": ["SPACE"] * n, "xpos": ["_SP"] * n, "feats": [""] * n}
        return cls(tags, [t.text for t in doc], [max(i - 1, 0) for i in range(n)], ["dep"] * n)


class Reader:
    """The component. ``predict`` reads and changes nothing; ``set_annotations`` writes."""

    def __init__(self, name: str, network: Network) -> None:
        self.name, self.network = name, network
        self._decoders: dict[str, Decoder] = {}

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.predict(doc))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Read Docs one by one; ``batch_size`` is spaCy's and does not matter here."""
        for doc in stream:
            yield self(doc)

    def predict(self, doc: Doc) -> Annotation:
        """Everything the network says of a Doc, decoded."""
        out = Annotation.empty(doc)
        cuts = list(windows(doc, self.network.pieces))
        for group, made in batches(doc, cuts, self.network.pieces):
            self._read(doc, group, made, out)
        _join(cuts, out)
        _attach_space(doc, out)
        out.times = with_rules(doc, out.times)
        return out

    def set_annotations(self, doc: Doc, found: Annotation) -> None:
        """Write what ``predict`` found on the Doc."""
        if not len(doc):
            return
        strings, morphology = doc.vocab.strings, doc.vocab.morphology
        columns = [
            [strings.add(x) for x in found.tags["xpos"]],
            [strings.add(x) for x in found.tags["upos"]],
            [morphology.add("" if x == "_" else x) for x in found.tags["feats"]],
            [strings.add(x) for x in found.lemmas],
            [(head - i) % 2**64 for i, head in enumerate(found.heads)],
            [strings.add(x) for x in found.relations],
        ]
        table = np.array(columns, dtype=np.uint64).T
        doc.from_array(ATTRIBUTES, table)  # type: ignore[arg-type]  # spaCy names a protocol that numpy does not declare
        doc.set_ents([Span(doc, start, end, label) for start, end, label in settle(doc, found.entities)])
        doc.spans["times"] = [Span(doc, start, end, label) for start, end, label in found.times]

    def _read(self, doc: Doc, group: Sequence[Cut], made: Batch, out: Annotation) -> None:
        scores = self.network.scores(made)
        labels = self.network.labels
        chosen = {head: scores[head].argmax(-1) for head in (*TAGS, "lemma", "start")}
        arcs: list[tuple[int, int, int]] = []
        for row, cut in enumerate(group):
            n = len(cut.tokens)
            for at, i in enumerate(cut.tokens):
                for head in TAGS:
                    out.tags[head][i] = labels[head][chosen[head][row, at]]
                out.lemmas[i] = self._lemma(doc[i].text, out.tags["upos"][i], scores["lemma"][row, at])
            for head, kept in (("entity", out.entities), ("time", out.times)):
                found = self._decoder(head)(scores[head][row, :n] + self._bias(head))
                kept += [(cut.tokens[a], cut.tokens[b - 1] + 1, label) for a, b, label in found]
            begins = _starts(doc, cut, chosen["start"][row, :n] == labels["start"].index("B"))
            arcs += [(row, at, head) for at, head in _trees(scores["arcs"][row], begins, n)]
        self._relate(group, scores, arcs, out)

    def _relate(
        self, group: Sequence[Cut], scores: dict[str, Floats], arcs: list[tuple[int, int, int]], out: Annotation
    ) -> None:
        rows, dependents, heads = (np.array(x) for x in zip(*arcs, strict=True))
        found = self.network.relations(
            scores["relation_dependent"][rows, dependents], scores["relation_head"][rows, heads]
        )
        names = self.network.labels["deprel"]
        found[:, names.index("root")] = -np.inf
        for (row, at, head), best in zip(arcs, found.argmax(1), strict=True):
            tokens = group[row].tokens
            out.heads[tokens[at]] = tokens[head - 1] if head else tokens[at]
            out.relations[tokens[at]] = names[best] if head else "ROOT"

    def _lemma(self, form: str, upos: str, scores: Floats) -> str:
        """The lemma of the best rule; of a verb, which has too many rules to learn, one the inflection tables allow."""
        best = apply(self.network.labels["lemma"][int(scores.argmax())], form)
        if upos != "VERB":
            return best
        known = verb_lemmas(form.lower())
        return best if not known or best in known else known[0]

    def _bias(self, head: str) -> Floats:
        """What is added to a head's scores: names are marked a little too freely, so their O gets NAME_DOUBT more."""
        doubt = NAME_DOUBT if head == "entity" else 0.0
        return np.array([doubt * (label == "O") for label in self.network.labels[head]], np.float32)

    def _decoder(self, head: str) -> Decoder:
        if head not in self._decoders:
            self._decoders[head] = Decoder(self.network.labels[head])
        return self._decoders[head]

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Nothing to save: the weights are the package's."""

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> Reader:
        """Nothing to load: the weights are the package's."""
        return self


def with_rules(doc: Doc, network: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The expressions the rules find, whose borders are TimeBank's, and the network's where the rules have none.

    Chosen on the fold kept out of training with interim weights, strict F1 of rules, network, both: TimeBank 0.836,
    0.822, 0.823; AQUAINT 0.848, 0.797, 0.849; both together find the most by relaxed F1.
    """
    ruled = []
    for start, end, kind in find(doc.text):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            ruled.append((span.start, span.end, kind))
    free = [n for n in network if not any(n[0] < end and start < n[1] for start, end, _ in ruled)]
    return sorted({*ruled, *free})


def batches(doc: Doc, cuts: Iterable[Cut], pieces: Pieces) -> Iterator[tuple[list[Cut], Batch]]:
    """A Doc's windows as the network is given them: like lengths together, at most BATCH_PIECES padded pieces at once.

    A window longer than that stands alone, so memory depends on neither the Doc's length nor its words.
    """
    sizes = {cut: sum(len(pieces.word(doc[i].text)) for i in cut.tokens) for cut in cuts}
    for group in _groups(sizes):
        yield group, batch([[doc[i].text for i in cut.tokens] for cut in group], pieces)


def _groups(sizes: Mapping[Cut, int]) -> Iterator[list[Cut]]:
    group: list[Cut] = []
    for cut, size in sorted(sizes.items(), key=lambda item: (item[1], item[0].tokens)):
        if group and size * (len(group) + 1) > BATCH_PIECES:
            yield group
            group = []
        group.append(cut)
    if group:
        yield group


def _starts(doc: Doc, cut: Cut, found: np.ndarray) -> list[int]:
    """Places in the window where a sentence begins; the first always does."""
    if doc.has_annotation("SENT_START"):
        found = np.array([begins(doc, i) for i in cut.tokens])
    return sorted({0, *np.flatnonzero(found).tolist()})


def _trees(arcs: Floats, begins: list[int], n: int) -> Iterator[tuple[int, int]]:
    """(word, head) of each word of the window; heads count words from 1, 0 is the root."""
    for start, end in zip(begins, [*begins[1:], n], strict=True):
        own = arcs[start:end, [0, *range(start + 1, end + 1)]]
        for at, head in enumerate(tree.decode(own), start=start):
            yield at, head + start if head else 0


def _join(cuts: Sequence[Cut], out: Annotation) -> None:
    """A sentence longer than a window: its later parts hang on its first part's root."""
    for before, cut in pairwise(cuts):
        if cut.broken:
            root = next(i for i in reversed(before.tokens) if out.relations[i] == "ROOT" or _joined(out, i))
            mine = next(i for i in cut.tokens if out.relations[i] == "ROOT")
            out.heads[mine] = out.heads[root] if _joined(out, root) else root
            out.relations[mine] = "parataxis"


def _joined(out: Annotation, i: int) -> bool:
    return out.relations[i] == "parataxis" and out.relations[out.heads[i]] == "ROOT"


def _attach_space(doc: Doc, out: Annotation) -> None:
    """White space hangs on the token before it; at the beginning, on the first word."""
    words = [t.i for t in doc if not t.is_space]
    if not words:
        out.heads, out.relations = list(range(len(doc))), ["ROOT"] * len(doc)
        return
    for i in range(words[0]):
        out.heads[i] = words[0]
    last = words[0]
    for token in doc[words[0] :]:
        if token.is_space:
            out.heads[token.i] = last
        else:
            last = token.i


@Language.factory(
    "dragoman",
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.head",
        "token.dep",
        "doc.ents",
        "doc.sents",
    ],
)
def make_reader(nlp: Language, name: str) -> Reader:
    """The component with the package's weights."""
    return Reader(name, Network())
