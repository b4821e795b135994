"""Teaches the reader which category of event a word evokes, from the cue lexicon: ``python -m training.evoked``.

Every noun and verb of the corpora's texts is one example: its vector as the package's reader keeps it, and what the
lexicon and its parties say of it in its sentence. Words of which the lexicon says nothing there count little as "no
event", so that an unlisted word may still resemble the listed ones. Words seen often count less each. Nothing but the
small layer is trained, in a few minutes; the texts of the corpora go nowhere.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import json
import logging
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from spacy.language import Language
from torch import nn

from dragoman import language
from dragoman.coding import cues, likeness, roles
from dragoman.coding.mentions import scene
from dragoman.errors import DragomanError
from dragoman.language.evoked import LABELS, NONE, POS
from dragoman.ontology import load
from dragoman.reading import read_bytes, read_text
from training.acts import unmarked
from training.export import WEIGHTS

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent
REPORTS = ("benchmarks/reports/tune", "benchmarks/reports/further", "examples")
RECORDS = (
    "timeml/timebank.jsonl.gz", "timeml/aquaint.jsonl.gz", "re3d/re3d.jsonl.gz", "polnear/train/polnear-train.jsonl.gz",
)  # fmt: skip
HIDDEN, EPOCHS, BATCH, RATE = 256, 4, 512, 1e-3
UNSAID = 0.1  # weight of "no event" where the lexicon says nothing: 0.3 and 0.03 found fewer or wilder unlisted words
STORIES = 900  # of the generated stories, which repeat each other
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """Examples: (N, D + 1) vectors with 1 for verbs, the category of each, its weight, its lemma."""

    vectors: Floats
    labels: list[str]
    weights: list[float]
    lemmas: list[str]


def texts(root: Path) -> Iterator[str]:
    """Every text that is learned from: the corpora's and the project's own reports, without the test half."""
    for name in RECORDS:
        yield from (record["text"] for record in _records(root / name))
    yield from _sentences(root)
    yield from islice(_stories(root), STORIES)
    for path in chain.from_iterable(sorted((ROOT / folder).glob("*.[ht][tx]*")) for folder in REPORTS):
        yield read_bytes(path.read_bytes(), name=path.name).text


def _records(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _sentences(root: Path) -> Iterator[str]:
    with (root / "plv/train.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        marked = {str(next((cell for cell in row.values() if cell and "<s>" in cell), "")): None for row in rows}
    yield from dict.fromkeys(unmarked(each)[0] for each in marked if each)
    for line in (root / "cameo/class_train.tsv").read_text(encoding="utf-8").splitlines():
        yield line.rsplit("\t", 1)[0]


def _stories(root: Path) -> Iterator[str]:
    """The generated stories, in an order that hangs on their words alone."""
    with zipfile.ZipFile(next(root.glob("ngec-synthetic/*.zip"))) as held:
        name = next(each for each in held.namelist() if each.endswith(".csv") and "headline" not in each)
        with held.open(name) as raw:
            found = [row["text"] for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8"))]
    yield from sorted(found, key=lambda text: hashlib.sha1(text.encode()).hexdigest())


def gather(found: Iterable[str], nlp: Language) -> Words:
    """The examples of the texts; a text that cannot be read is passed over."""
    told = [each for number, text in enumerate(found) for each in _of_text(text.strip(), number, nlp)]
    vectors, labels, weights, lemmas = zip(*told, strict=True)
    return Words(np.stack(vectors), list(labels), list(weights), list(lemmas))


def _of_text(text: str, number: int, nlp: Language) -> Iterator[tuple[Floats, str, float, str]]:
    try:
        article = read_text(text, name=f"text {number}")
    except DragomanError:
        return
    seen = scene(nlp(article.text), article, load())
    said = {c.token.i: c for c in cues.candidates(seen, seen.doc) if not likeness.resembles(c.sense)}
    for token in seen.doc:
        candidate = said.get(token.i)
        event = candidate.sense.event if candidate is not None else None
        if token.pos_ not in POS or (event and candidate is not None and roles.fill(seen, candidate) is None):
            continue  # a cue without parties may be either
        vector = np.append(seen.doc.tensor[token.i], float(token.pos_ == "VERB")).astype(np.float32)
        yield vector, event or NONE, 1.0 if candidate is not None else UNSAID, token.lemma_.lower()


def train(words: Words, names: Sequence[str], *, seed: int = 0) -> nn.Sequential:
    """The layer: (N, D + 1) -> (N, K) scores of the names, on vectors of mean 0 and deviation 1."""
    torch.manual_seed(seed)
    asked = torch.tensor([names.index(label) for label in words.labels])
    count = Counter(zip(words.lemmas, words.labels, strict=True))
    seen = np.array([count[pair] ** -0.5 for pair in zip(words.lemmas, words.labels, strict=True)]) * words.weights
    weights, vectors = torch.tensor(seen / seen.mean(), dtype=torch.float32), torch.tensor(words.vectors)
    size = vectors.shape[1]
    layers = (nn.Dropout(0.2), nn.Linear(size, HIDDEN), nn.GELU(), nn.Dropout(0.3), nn.Linear(HIDDEN, len(names)))
    model = nn.Sequential(*layers)
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=0.05)
    for epoch in range(EPOCHS):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        for rows in torch.randperm(len(asked)).split(BATCH):
            losses = nn.functional.cross_entropy(
                model(vectors[rows]), asked[rows], reduction="none", label_smoothing=0.05
            )
            optimiser.zero_grad()
            (losses * weights[rows]).mean().backward()
            optimiser.step()
        LOG.info("epoch %d of %d", epoch + 1, EPOCHS)
    return model.eval()


def write(model: nn.Sequential, mean: Floats, scale: Floats, names: Sequence[str], folder: Path) -> None:
    """``evoked.onnx`` and the list of ``labels.json``; the vectors' mean and scale go into the first layer."""
    first, second = model[1], model[4]
    inward = (first.weight / torch.tensor(scale)).detach()
    values = {
        "w1": inward.T, "b1": (first.bias - inward @ torch.tensor(mean)).detach(),
        "w2": second.weight.detach().T, "b2": second.bias.detach(),
        "half": torch.tensor(0.5), "root": torch.tensor(0.5**0.5), "one": torch.tensor(1.0),
    }  # fmt: skip
    steps = [  # x -> x * (1 + erf(x / sqrt(2))) / 2 between two linear layers
        ("MatMul", "words", "w1", "a"), ("Add", "a", "b1", "h"), ("Mul", "h", "root", "r"), ("Erf", "r", "", "e"),
        ("Add", "e", "one", "f"), ("Mul", "h", "f", "k"), ("Mul", "k", "half", "g"),
        ("MatMul", "g", "w2", "s"), ("Add", "s", "b2", "scores"),
    ]  # fmt: skip
    nodes = [helper.make_node(kind, [name for name in (a, b) if name], [out]) for kind, a, b, out in steps]
    known = [
        numpy_helper.from_array(np.ascontiguousarray(each.numpy(), np.float32), name) for name, each in values.items()
    ]
    given = helper.make_tensor_value_info("words", TensorProto.FLOAT, ["n", len(mean)])
    told = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", len(names)])
    graph = helper.make_graph(nodes, "evoked", [given], [told], known)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(made)
    onnx.save(made, folder / "evoked.onnx")
    labels = folder / "labels.json"
    lists = json.loads(labels.read_text(encoding="utf-8")) | {LABELS: list(names)}
    labels.write_text(json.dumps(lists, ensure_ascii=False, indent=0), encoding="utf-8")


def scaled(words: Words) -> tuple[Words, Floats, Floats]:
    """The examples with vectors of mean 0 and deviation 1, that mean and that deviation; the verbs' column as it is."""
    mean, scale = words.vectors.mean(0), words.vectors.std(0) + 1e-6
    mean[-1], scale[-1] = 0.0, 1.0
    return Words((words.vectors - mean) / scale, words.labels, words.weights, words.lemmas), mean, scale


def main() -> None:
    """Gather, train, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="a folder with labels.json")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    words = gather(texts(given.corpora), language.load())
    names = [NONE, *sorted(set(words.labels) - {NONE})]
    LOG.info("%d words, %s", len(words.labels), dict(Counter(words.labels)))
    ready, mean, scale = scaled(words)
    write(train(ready, names), mean, scale, names, given.out)


if __name__ == "__main__":
    main()
