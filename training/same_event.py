"""Teaches what tells two mentions of one event from two of different ones: ``python -m training.same_event``.

Learns from ECB+'s training topics, with the package's reader as it is:

- ``weights/vectors.npz``: two projections of the reader's vectors of words, for cues and for sentences. They are the
  linear discriminants of the chains: the directions in which mentions of one event differ least for how far mentions of
  different events lie apart.
- ``linking/data/same_event.json``: a logistic model over the features of :mod:`dragoman.linking.mentions`, and the
least
  likenesses by which documents and mentions are joined.

The model sees only pairs whose projections were learned from other topics. The likenesses are those that did best in
the mean of five folds of the training topics and of the development file. Needs NumPy only; some minutes.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from dragoman import language
from dragoman.evaluation.same_event import figures_of, read, read_documents
from dragoman.language import vectors as kept
from dragoman.language.network import WEIGHTS
from dragoman.linking import mentions as linking

LOG = logging.getLogger(__name__)
MODEL = Path(linking.__file__).parent / "data" / linking.MODEL
FOLDS = 5
SHRINK = 1.0  # of the scatter within events towards a ball: 0.01, 0.1 and 0.3 lose, 3 and 10 change nothing
LOOSE = 0.08  # likeness of documents from which their mentions are learned from
RIDGE = 1.0
DOCUMENTS = (0.08, 0.10, 0.12, 0.14, 0.16)
MENTIONS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
FEATURES = (
    "same lemma", "lemmas", "cue", "sentence", "documents", "arguments", "names", "evoked", "same document",
    "same sentence", "same lemma, documents", "cue, documents",
)  # fmt: skip

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents with their mentions: raw vectors of each mention's cue and sentence (M, 384), its chain, its fold."""

    docs: list[Doc]
    mentions: list[linking.Mention]
    chains: list[str]
    topics: list[str]
    raw: dict[str, Floats]

    def only(self, topics: set[str]) -> Corpus:
        """The part of these topics, its documents numbered anew."""
        chosen = [n for n, topic in enumerate(self.topics) if topic in topics]
        numbers = {d: n for n, d in enumerate(sorted({self.mentions[n].document for n in chosen}))}
        return Corpus(
            [self.docs[d] for d in numbers],
            [replace(self.mentions[n], document=numbers[self.mentions[n].document]) for n in chosen],
            [self.chains[n] for n in chosen],
            [self.topics[n] for n in chosen],
            {kind: rows[chosen] for kind, rows in self.raw.items()},
        )


def corpus(path: Path) -> Corpus:
    """Read a file of ECB+; topics are the beginnings of its documents' ids."""
    nlp = language.load()
    found, raw = Corpus([], [], [], [], {}), defaultdict(list)
    for number, document in enumerate(read_documents(path)):
        doc = read(nlp, document)
        found.docs.append(doc)
        for told in document.mentions:
            found.mentions.append(_bare(doc, told.tokens, number))
            found.chains.append(told.chain)
            found.topics.append(document.id.split("_")[0])
            sentence = doc[told.tokens[0]].sent
            raw["cue"].append(doc.tensor[list(told.tokens)].mean(axis=0))
            raw["sentence"].append(doc.tensor[sentence.start : sentence.end].mean(axis=0))
    found.raw.update({kind: np.array(rows, dtype=np.float64) for kind, rows in raw.items()})
    return found


def _bare(doc: Doc, tokens: Sequence[int], number: int) -> linking.Mention:
    """A mention whose vectors are made later; they may not be there yet."""
    doc.user_data.setdefault(kept.KEY, np.ones((len(doc), 2 * kept.SIZE), dtype=np.float16))
    return linking.mention(doc, tokens, document=number)


Projections = dict[str, tuple[Floats, Floats]]


def discriminants(learn: Corpus) -> Projections:
    """For each kind the mean of the vectors and the (384, SIZE) matrix."""
    return {kind: _discriminant(rows, learn.chains) for kind, rows in learn.raw.items()}


def _discriminant(rows: Floats, chains: Sequence[str]) -> tuple[Floats, Floats]:
    mean = rows.mean(axis=0)
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, chain in enumerate(chains):
        members[chain].append(number)
    centres = np.stack([rows[some].mean(axis=0) - mean for some in members.values()])
    inside = np.concatenate(
        [rows[some] - mean - centre for some, centre in zip(members.values(), centres, strict=True) if len(some) > 1]
    )
    scatter = inside.T @ inside / len(inside)
    scatter += SHRINK * np.trace(scatter) / len(scatter) * np.eye(len(scatter))
    values, directions = np.linalg.eigh(scatter)
    white = directions / np.sqrt(values)
    spread = centres @ white
    _, _, main = np.linalg.svd(spread - spread.mean(axis=0), full_matrices=False)
    return mean, white @ main[: kept.SIZE].T


def with_vectors(some: Corpus, by: Projections) -> Corpus:
    """The corpus with the vectors of its mentions made by these projections."""
    made = {kind: (some.raw[kind] - mean) @ matrix for kind, (mean, matrix) in by.items()}
    mentions = [
        replace(each, cue=kept.in_bytes(cue), sentence_vector=kept.in_bytes(sentence))
        for each, cue, sentence in zip(some.mentions, made["cue"], made["sentence"], strict=True)
    ]
    return replace(some, mentions=mentions)


def examples(some: Corpus) -> tuple[Floats, NDArray[np.bool_]]:
    """(P, F) features of the pairs in documents that are not too unlike, and whether each is of one event."""
    features = linking.Features([linking.terms(doc) for doc in some.docs], some.mentions)
    one, other = np.triu_indices(len(some.mentions), 1)
    groups = features.groups(LOOSE)[features.document]
    near = groups[one] == groups[other]
    one, other = one[near], other[near]
    found = features(one, other)
    chains = np.array(some.chains)
    return np.stack([found[name] for name in FEATURES], axis=1).astype(np.float64), chains[one] == chains[other]


def logistic(rows: Floats, right: NDArray[np.bool_]) -> tuple[dict[str, float], float]:
    """Weights by feature, and the bias, of a logistic model with a ridge, by Newton's method."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    table = np.concatenate([(rows - mean) / scale, np.ones((len(rows), 1))], axis=1)
    weights, ridge = np.zeros(table.shape[1]), RIDGE * np.eye(table.shape[1])
    ridge[-1, -1] = 0
    for _ in range(25):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (likely - right) + ridge @ weights
        curve = (table * (likely * (1 - likely))[:, None]).T @ table + ridge
        weights -= np.linalg.solve(curve, slope)
    plain = weights[:-1] / scale
    return dict(zip(FEATURES, plain.tolist(), strict=True)), float(weights[-1] - plain @ mean)


def folds(learn: Corpus) -> Iterator[tuple[Corpus, Corpus]]:
    """The topics but for one fold's, and those of the fold."""
    topics = sorted(set(learn.topics))
    for fold in range(FOLDS):
        held = set(topics[fold::FOLDS])
        yield learn.only(set(topics) - held), learn.only(held)


def worth(some: Corpus, by: linking.Model) -> float:
    """The CoNLL score."""
    said = linking.same_event([linking.terms(doc) for doc in some.docs], some.mentions, by)
    return figures_of(dict(enumerate(some.chains)), dict(enumerate(said)))["conll_f1"]


def train(learn: Corpus, develop: Corpus) -> tuple[Projections, linking.Model]:
    """The projections and the model."""
    held = [with_vectors(fold, discriminants(rest)) for rest, fold in folds(learn)]
    pairs = [examples(fold) for fold in held]
    whole = discriminants(learn)
    developed = with_vectors(develop, whole)
    model = linking.Model(*_joint(pairs), documents=0.0, mentions=0.0)
    models = [linking.Model(*_joint(pairs[:n] + pairs[n + 1 :]), documents=0.0, mentions=0.0) for n in range(FOLDS)]
    best: dict[tuple[float, float], float] = {}
    for documents, mentions in product(DOCUMENTS, MENTIONS):
        chosen = {"documents": documents, "mentions": mentions}
        of_folds = [worth(fold, replace(by, **chosen)) for fold, by in zip(held, models, strict=True)]
        of_dev = worth(developed, replace(model, **chosen))
        best[documents, mentions] = (sum(of_folds) / FOLDS + of_dev) / 2
        LOG.info("%s: folds %.4f, dev %.4f", chosen, sum(of_folds) / FOLDS, of_dev)
    documents, mentions = max(best, key=best.__getitem__)
    return whole, replace(model, documents=documents, mentions=mentions)


def _joint(pairs: Sequence[tuple[Floats, NDArray[np.bool_]]]) -> tuple[dict[str, float], float]:
    return logistic(np.concatenate([rows for rows, _ in pairs]), np.concatenate([right for _, right in pairs]))


def write(by: Projections, model: linking.Model, *, weights: Path, file: Path) -> None:
    """Write both files."""
    held = {
        f"{kind}_{name}": part for kind, both in by.items() for name, part in zip(("mean", "matrix"), both, strict=True)
    }
    np.savez(weights / kept.FILE, **{name: part.astype(np.float32) for name, part in held.items()})  # type: ignore[arg-type]
    plain = {
        "source": "ECB+ training topics, by training/same_event.py",
        "weights": {name: round(value, 4) for name, value in model.weights.items()},
        "bias": round(model.bias, 4),
        "documents": model.documents,
        "mentions": model.mentions,
    }
    file.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Learn from a folder of corpora, and write the two files into the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    learn, develop = (corpus(given.corpora / "ecb-plus" / f"{part}.jsonl.gz") for part in ("train", "dev"))
    write(*train(learn, develop), weights=given.weights, file=MODEL)


if __name__ == "__main__":
    main()
