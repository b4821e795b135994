"""The reader as a spaCy component: ``nlp.add_pipe("dragoman")``.

Writes on the Doc: ``tag_``, ``pos_``, ``morph``, ``lemma_``, ``head``, ``dep_`` (UD, root as ``ROOT``), sentence
starts (those already set on the Doc are kept), ``ents`` (PER, LOC, ORG), ``spans["times"]`` (DATE, TIME,
DURATION, SET), the attributions as ``spans["sources"]``, ``["cues"]`` and ``["contents"]`` (one attribution's spans
share an ``id``, 0 is nobody's), the parties of each sentence's event as ``spans["actors"]`` and ``["recipients"]``
with their category in ``user_data`` (:mod:`dragoman.language.judged`), there too the category of event that each
noun and verb evokes (:mod:`dragoman.language.evoked`) and small vectors of all words
(:mod:`dragoman.language.vectors`), TimeML events as ``spans["events"]`` (labelled
by class, ``id_`` the mode: none, future, hypothetical, negation), and ``tensor``, whose mean over a span is the
span's vector. Each Doc is batched by itself, so that what is read of one
never depends on another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.language.annotation import Annotation, write
from dragoman.language.batching import batches, batches_of
from dragoman.language.decode import CHOICES, FEATURES, KEPT, Answers, Bools, Decoding, portions
from dragoman.language.evoked import evoke
from dragoman.language.judged import judge
from dragoman.language.laws import lawful
from dragoman.language.network import Floats, Network, Numbers
from dragoman.language.pieces import Batch
from dragoman.language.timex_find import find
from dragoman.language.tree import trees
from dragoman.language.vectors import keep
from dragoman.language.windows import Cut, windows_of
from dragoman.language.words import Words

__all__ = ["Annotation", "Reader", "batches", "make_reader", "with_rules"]


class Reader:
    """The component. ``predict`` reads and changes nothing; ``set_annotations`` writes."""

    def __init__(self, name: str, network: Network) -> None:
        self.name, self.network = name, network

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.predict(doc))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Read Docs one by one; ``batch_size`` is spaCy's and does not matter here."""
        for doc in stream:
            yield self(doc)

    def predict(self, doc: Doc) -> Annotation:
        """Everything the network says of a Doc, decoded."""
        words = Words.of(doc)
        out = Annotation.empty(words)
        cuts = list(windows_of(words, self.network.pieces))
        groups = batches_of(words.texts, cuts, self.network.pieces)
        for said in portions(self._ask(words, group, made) for group, made in groups):
            self._decoding(said, words.texts, out)
        _join(cuts, out)
        _attach_space(words.space, out)
        out.times = with_rules(doc, out.times, text=words.text)
        return out

    def set_annotations(self, doc: Doc, found: Annotation) -> None:
        """Write what ``predict`` found on the Doc."""
        if len(doc):
            write(doc, found)
            judge(self.network, doc)
            evoke(self.network, doc)
            keep(self.network, doc)

    def _ask(self, words: Words, group: Sequence[Cut], made: Batch) -> Answers:
        """What the network says of the windows of a batch."""
        scores = self.network.scores(made)
        inside, tokens, first = _layout(group, made.lengths)
        flat = np.flatnonzero(inside)
        begins = self._begins(scores["start"], words, tokens, inside)
        heads = trees(scores["arcs"], begins, made.lengths)
        own = heads[inside]
        return Answers(
            tokens,
            np.where(own == 0, tokens, tokens[first + own - 1]),
            self._relations(scores, own, flat, inside),
            first == np.arange(len(tokens)),
            begins[inside],
            {head: scores[head].argmax(2).ravel()[flat] for head in CHOICES},
            {head: _rows(scores[head], flat) for head in KEPT},
            [{name: scores[name][row, :n] for name in FEATURES} for row, n in enumerate(made.lengths)],
        )

    def _begins(self, scores: Floats, words: Words, tokens: Numbers, inside: Bools) -> Bools:
        """(B, W): where a sentence begins, by the Doc if it says so, else by the network; a window begins with one."""
        begins: Bools = scores.argmax(2) == self.network.labels["start"].index("B")
        if words.begins is not None:
            begins[inside] = np.array(words.begins)[tokens]
        begins[:, 0] = True
        return begins

    def _relations(self, scores: dict[str, Floats], heads: Numbers, flat: Numbers, inside: Bools) -> Numbers:
        """The number of each word's relation to its head: the root's own where it has none, and nowhere else."""
        above = heads + (1 + inside.shape[1]) * (flat // inside.shape[1])
        alone = self.network.relations(_rows(scores["relation_dependent"], flat), _rows(scores["relation_head"], above))
        labels, window = self.network.labels["deprel"], flat // inside.shape[1]
        first = np.searchsorted(window, window)
        found = lawful(alone, np.where(heads == 0, -1, first + heads - 1), labels)
        root = labels.index("root")
        found[:, root] = -np.inf
        return np.where(heads == 0, root, found.argmax(1))

    @cached_property
    def _decoding(self) -> Decoding:
        return Decoding(self.network.labels)

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Nothing to save: the weights are the package's."""

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> Reader:
        """Nothing to load: the weights are the package's."""
        return self


def _layout(group: Sequence[Cut], lengths: Sequence[int]) -> tuple[Bools, Numbers, Numbers]:
    """(B, W) places that hold words, (n,) the words' tokens, and (n,) the number of the first word of their window."""
    inside = np.arange(max(lengths)) < np.array(lengths)[:, None]
    tokens = np.array([*chain.from_iterable(cut.tokens for cut in group)])
    return inside, tokens, np.repeat(np.cumsum((0, *lengths[:-1])), lengths)


def _rows(scores: Floats, flat: Numbers) -> Floats:
    """(B, W, K) -> (n, K): the words at these places of the batch."""
    return scores.reshape(-1, scores.shape[2])[flat]


def with_rules(doc: Doc, network: list[tuple[int, int, str]], *, text: str | None = None) -> list[tuple[int, int, str]]:
    """The expressions the rules find, whose borders are TimeBank's, and the network's where the rules have none.

    ``text`` is the Doc's, from whoever has it at hand. Chosen on the fold kept out of training with interim weights,
    strict F1 of rules, network, both: TimeBank 0.836, 0.822, 0.823; AQUAINT 0.848, 0.797, 0.849; both together find
    the most by relaxed F1.
    """
    ruled = []
    for start, end, kind in find(doc.text if text is None else text):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            ruled.append((span.start, span.end, kind))
    free = [n for n in network if not any(n[0] < end and start < n[1] for start, end, _ in ruled)]
    return sorted({*ruled, *free})


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


def _attach_space(space: Sequence[bool], out: Annotation) -> None:
    """White space hangs on the token before it; at the beginning, on the first word."""
    if all(space):
        out.heads, out.relations = list(range(len(space))), ["ROOT"] * len(space)
        return
    last = space.index(False)
    for i, white in enumerate(space):
        if white:
            out.heads[i] = last
        else:
            last = i


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
    default_config={"weights": None},
)
def make_reader(nlp: Language, name: str, weights: str | None) -> Reader:
    """The component with the weights of a folder (``Network``); without one, ``DRAGOMAN_WEIGHTS`` or the package's."""
    folder = weights or os.environ.get("DRAGOMAN_WEIGHTS")
    return Reader(name, Network(Path(folder)) if folder else Network())
