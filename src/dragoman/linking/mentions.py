"""Which mentions of events, in many documents, are of one event; nothing is coded, the words alone decide.

Documents are first put into groups by their words (TF-IDF, average link): a mention can only be of one event with one
in a document of its group. Of each two such mentions a logistic model tells from a dozen features how likely they are
of one event, and average link makes clusters of them. The weights are learned from ECB+'s training topics
(``training/same_event.py``); what they are worth is measured by ``dragoman evaluate same-event``.

Shapes: D documents, M mentions, P pairs of mentions, V terms.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from dragoman.errors import DataError
from dragoman.language.evoked import evoked
from dragoman.language.vectors import vectors
from dragoman.linking.clustering import average_link

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

MODEL = "same_event.json"
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
NEAR = 3  # steps in the tree from a mention to what counts as its argument; 2 and 4 did no better
LETTERS = 3  # of the pieces by which two lemmas are compared: "murder" and "murderer" share most
OPENING = 5  # letters of a lemma that count as one piece more
OWN_DOCUMENT = 0.3  # about the likeness of two documents that tell of one event
PAIRS = 200_000  # pairs whose features are made at a time: tens of megabytes


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an event: its document and sentence by number, its lemma, and what its sentence tells beside it.

    ``cue`` and ``sentence_vector`` are those of :class:`dragoman.model.Vectors`; ``evoked`` says which categories of
    event its head evokes.
    """

    document: int
    sentence: int
    lemma: str
    cue: tuple[int, ...]
    sentence_vector: tuple[int, ...]
    arguments: Counter[str]
    names: Counter[str]
    evoked: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by the name of a feature and the bias; ``documents`` and ``mentions``: the least likenesses to join
    by."""

    weights: Mapping[str, float]
    bias: float
    documents: float
    mentions: float


@cache
def model() -> Model:
    """The model that the package ships."""
    held = json.loads(files("dragoman.linking").joinpath("data", MODEL).read_text(encoding="utf-8"))
    return Model(held["weights"], held["bias"], held["documents"], held["mentions"])


def head_of(doc: Doc, tokens: Sequence[int]) -> Token:
    """The first token of a mention whose head is none of its others."""
    inside = set(tokens)
    outer = (doc[i] for i in tokens if doc[i].head.i == i or doc[i].head.i not in inside)
    return next(outer, doc[tokens[0]])


def terms(words: Iterable[Token]) -> Counter[str]:
    """The lemmas of the content words."""
    return Counter(word.lemma_.lower() for word in words if word.pos_ in CONTENT and not word.is_stop)


def mention(doc: Doc, tokens: Sequence[int], *, document: int) -> Mention:
    """A mention by its tokens in a Doc that was read.

    :raises DataError: another pipeline read it, which keeps no vectors of words.
    """
    head = head_of(doc, tokens)
    sentence = range(head.sent.start, head.sent.end)
    held = vectors(doc, tokens, sentence)
    if held is None:
        raise DataError("the pipeline keeps no vectors of words: only Dragoman's reader does")
    others = [doc[i] for i in sentence if i not in tokens]
    return Mention(
        document, sentence.start, head.lemma_.lower(), held.cue, held.sentence,
        arguments=Counter(_arguments(head, others)),
        names=Counter(word.lemma_.lower() for word in others if word.ent_type_),
        evoked=evoked(doc).get(head.i, {}),
    )  # fmt: skip


def _arguments(head: Token, others: Sequence[Token]) -> Iterable[str]:
    """The nouns and numbers that hang on a mention, and the nouns that it hangs on."""
    for word in others:
        if word.pos_ in NOMINAL and _steps(word, head) <= NEAR:
            yield word.lemma_.lower()
    above = head
    for _ in range(2):
        above = above.head
        if above.pos_ in NOMINAL and above.i != head.i:
            yield above.lemma_.lower()


def _steps(word: Token, head: Token) -> int:
    """Steps up the tree from a word to a head; more than enough where it is not above."""
    for step in range(NEAR + 1):
        if word.i == head.i:
            return step
        word = word.head
    return NEAR + 1


def same_event(documents: Sequence[Counter[str]], mentions: Sequence[Mention], by: Model) -> list[int]:
    """The number of each mention's event.

    :param documents: the terms of each document.
    :param mentions: in a settled order, which decides between equal likenesses.
    """
    features = Features(documents, mentions)
    groups = features.groups(by.documents)
    event = list(range(len(mentions)))
    for members in _members(groups[features.document]):
        rows, columns = np.triu_indices(len(members), 1)
        likely = by_model(features(members[rows], members[columns]), by)
        table = np.zeros((len(members), len(members)), dtype=np.float32)
        table[rows, columns] = table[columns, rows] = likely
        for place, label in zip(members.tolist(), average_link(table, by.mentions), strict=True):
            event[place] = int(members[label])
    return event


def same_lemma(mentions: Sequence[Mention]) -> list[str]:
    """The baseline: mentions of one lemma are of one event, wherever they are."""
    return [each.lemma for each in mentions]


def by_model(features: Mapping[str, Floats], by: Model) -> Floats:
    """(P,) probabilities from the features by name, each (P,)."""
    score = np.float32(by.bias) + sum(np.float32(weight) * features[name] for name, weight in by.weights.items())
    return (1 / (1 + np.exp(-score))).astype(np.float32)


def _members(groups: Numbers) -> Iterable[Numbers]:
    for group in np.unique(groups):
        yield np.flatnonzero(groups == group)


class Features:
    """The features of pairs of mentions. ``document`` is (M,), the number of each mention's document."""

    def __init__(self, documents: Sequence[Counter[str]], mentions: Sequence[Mention]) -> None:
        self.document = np.array([each.document for each in mentions], dtype=np.int64)
        sentences: dict[Hashable, int] = {}
        self._sentence = np.array(
            [sentences.setdefault((m.document, m.sentence), len(sentences)) for m in mentions], dtype=np.int64
        )
        weight = _rarity(documents)
        of_documents = _rows([_weighed(each, weight) for each in documents])
        self._alike = of_documents @ of_documents.T
        self._parts = {
            "cue": _unit(np.array([each.cue for each in mentions], dtype=np.float32)),
            "sentence": _unit(np.array([each.sentence_vector for each in mentions], dtype=np.float32)),
            "arguments": _rows([_weighed(each.arguments, weight) for each in mentions]),
            "names": _rows([_weighed(each.names, weight) for each in mentions]),
            "evoked": _rows([_shares(each.evoked) for each in mentions]),
        }
        self._lemma, self._lemmas = _lemmas(mentions)

    def groups(self, least: float) -> Numbers:
        """(D,) the number of each document's group: those that average link joins at this likeness."""
        return np.array(average_link(self._alike, least), dtype=np.int64)

    def __call__(self, one: Numbers, other: Numbers) -> dict[str, Floats]:
        """The features by name, each (P,), of the pairs of mentions with these numbers."""
        found = {name: _cosines(part, one, other) for name, part in self._parts.items()}
        apart = self.document[one] != self.document[other]
        places = self.document[one], self.document[other]
        # within a document its own words tell nothing
        found["documents"] = np.where(apart, self._alike[places], OWN_DOCUMENT).astype(np.float32)
        found["same document"] = (~apart).astype(np.float32)
        found["same sentence"] = (self._sentence[one] == self._sentence[other]).astype(np.float32)
        found["same lemma"] = (self._lemma[one] == self._lemma[other]).astype(np.float32)
        found["lemmas"] = self._lemmas[self._lemma[one], self._lemma[other]]
        found["same lemma, documents"] = found["same lemma"] * found["documents"]
        found["cue, documents"] = found["cue"] * found["documents"]
        return found


def _rarity(documents: Sequence[Counter[str]]) -> Mapping[str, float]:
    """Inverse document frequency of the terms; of one that no document has it is that of a single one."""
    known = Counter(term for each in documents for term in each)
    most = np.log(len(documents) + 1)
    found = _Rarity({term: float(most - np.log(number + 1)) for term, number in known.items()})
    found.unknown = float(most)
    return found


class _Rarity(dict[str, float]):
    unknown = 0.0

    def __missing__(self, term: str) -> float:
        return self.unknown


def _weighed(words: Counter[str], weight: Mapping[str, float]) -> dict[str, float]:
    return {word: weight[word] * (1 + float(np.log(number))) for word, number in words.items()}


def _shares(evoked: Mapping[str, float]) -> dict[str, float]:
    """Roots of the probabilities, so that the product of two mentions' is 1 where they are the same."""
    return {"": max(0.0, 1 - sum(evoked.values())) ** 0.5, **{name: share**0.5 for name, share in evoked.items()}}


def _rows(weights: Sequence[Mapping[str, float]]) -> Floats:
    """(N, V) rows of length one from the weights of each row's terms; a row without terms is zeros."""
    column = {term: place for place, term in enumerate(sorted({term for each in weights for term in each}))}
    rows = np.zeros((len(weights), max(len(column), 1)), dtype=np.float32)
    for row, each in zip(rows, weights, strict=True):
        row[[column[term] for term in each]] = list(each.values())
    return _unit(rows)


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _cosines(rows: Floats, one: Numbers, other: Numbers) -> Floats:
    found = np.empty(len(one), dtype=np.float32)
    for start in range(0, len(one), PAIRS):
        some = slice(start, start + PAIRS)
        found[some] = np.einsum("pv,pv->p", rows[one[some]], rows[other[some]])
    return found


def _lemmas(mentions: Sequence[Mention]) -> tuple[Numbers, Floats]:
    """(M,) the number of each mention's lemma, and (L, L) how much two lemmas share of their pieces (Jaccard)."""
    known = {lemma: number for number, lemma in enumerate(sorted({each.lemma for each in mentions}))}
    rows = _rows([dict.fromkeys(_pieces(lemma), 1.0) for lemma in known]) > 0
    shared = rows.astype(np.float32) @ rows.astype(np.float32).T
    sizes = rows.sum(axis=1)
    every = sizes[:, None] + sizes[None, :] - shared
    number = np.array([known[each.lemma] for each in mentions], dtype=np.int64)
    return number, (shared / np.maximum(every, 1)).astype(np.float32)


def _pieces(lemma: str) -> set[str]:
    word = f"^{lemma}"
    return {word[at : at + LETTERS] for at in range(max(1, len(word) - LETTERS + 1))} | {word[:OPENING]}
