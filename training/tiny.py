"""A network small enough to lie among the tests: ``python -m training.tiny`` writes ``tests/fixtures/tiny``.

All heads and all graphs of the reader at a few thousand parameters, random, seeded, untrained: what it says means
nothing, but it must say the same everywhere. The folder has the form of the package's weights, in fp32, and beside
them ``model.npz``, the parameters by name, and ``expected.npz``, inputs and what PyTorch computes from them:
``reader.in.NAME`` and ``reader.out.NAME``, the same for ``relations`` and ``pairs``.
"""

from __future__ import annotations

import argparse
import string
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dragoman.language.pieces import Pieces, batch
from training.batches import INPUTS
from training.corpora import Pair, Sentence, bioes
from training.encoder import Encoder, EncoderConfig
from training.export import export_pairs, export_reader, export_relations
from training.labels import Labels
from training.network import Reader, Relations

FOLDER = Path(__file__).parent.parent / "tests" / "fixtures" / "tiny"
WIDTH = 12  # features of each head
SIZE, LAYERS = 16, 2
SEED = 20
BLOCKS = ("arc_dependent", "arc_head", "relation_dependent", "relation_head", "tag", "span", "claim")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


PARSED = (
    """
    Envoys  NOUN  NNS Number=Plur envoy   3  nsubj O
    of      ADP   IN  _           of      2  case  O
    Norvale PROPN NNP Number=Sing Norvale 0  nmod  B-ORG
    left    VERB  VBD Tense=Past  leave   -1 root  O
    Port    PROPN NNP Number=Sing Port    3  obj   B-LOC
    Ada     PROPN NNP Number=Sing Ada     4  flat  I-LOC
    .       PUNCT .   _           .       3  punct O
    """,
    """
    Ida     PROPN NNP Number=Sing Ida     2  nsubj B-PER
    Holm    PROPN NNP Number=Sing Holm    0  flat  I-PER
    agreed  VERB  VBD Tense=Past  agree   -1 root  O
    .       PUNCT .   _           .       2  punct O
    """,
)


def documents() -> list[list[Sentence]]:
    """Documents whose sentences are annotated for every head between them, often enough to be learned from."""
    first, second = map(parsed, PARSED)
    return [[first, second, first], [first, second], [told()], [dated()], [acted()], [undecided()]] * 2


def parsed(table: str) -> Sentence:
    """A line a word: form, UPOS, XPOS, features, lemma, head from 0 (-1 the root), relation, name."""
    columns = [list(column) for column in zip(*(line.split() for line in table.strip().splitlines()), strict=True)]
    words, upos, xpos, feats, lemmas, heads, deprels, entities = columns
    return Sentence(words, upos, xpos, feats, lemmas, [int(head) for head in heads], deprels, list(entities))


def told() -> Sentence:
    """Three attributions, the second without a source, and a word set aside."""
    text = "The old envoy made it clear that talks would go on ; peace , it was said , held , and Holm denied it ."
    spans = {
        "source": [(0, 3), (21, 22)],
        "cue": [(3, 6), (16, 17), (22, 23)],
        "content": [(6, 11), (12, 13), (18, 19), (23, 24)],
    }
    words = text.split()
    tags = {role: bioes(len(words), [(*place, role) for place in places]) for role, places in spans.items()}
    tags["source"][11] = None
    sources = [(3, 0, "source"), (16, 16, "source"), (22, 21, "source")]
    contents = [(3, 6, "content"), (16, 12, "content"), (16, 18, "content"), (22, 23, "content")]
    return Sentence(words, bounded=False, extra=tags, links=sources + contents)


def dated() -> Sentence:
    """A time expression, an event that happened and one that is yet to happen."""
    text, times = "They said they will meet next week .", "O O O O O B-DATE I-DATE O"
    extra: dict[str, list[str | None]] = {"event": ["O"] * 8, "mode": [None] * 8}
    extra["event"][1], extra["mode"][1] = "REPORTING", "none"
    extra["event"][4], extra["mode"][4] = "OCCURRENCE", "future"
    return Sentence(text.split(), times=times.split(), bounded=False, extra=extra)


def acted() -> Sentence:
    """A pair of parties, three words and one, whose category is known."""
    return _pair("The Norvale army attacked Estmark .", (0, 3), (4, 5), ("ASSAULT",))


def undecided() -> Sentence:
    """A pair the other way about, of which two categories are possible."""
    return _pair("Estmark gave in to the Norvale army .", (0, 1), (4, 7), ("CONCEDE", "RETREAT"))


def _pair(text: str, source: tuple[int, int], target: tuple[int, int], categories: tuple[str, ...]) -> Sentence:
    words = text.split()
    places = {"actor": source, "recipient": target}
    tags = {role: bioes(len(words), [(*place, role)]) for role, place in places.items()}
    return Sentence(words, bounded=False, extra=tags, pair=Pair(source, target, categories))


def labels() -> Labels:
    """The label lists of the documents."""
    return Labels.collect(sentence for document in documents() for sentence in document)


def vocabulary() -> list[str]:
    """Special pieces, single characters, and the words of the documents."""
    characters = string.ascii_lowercase + string.digits
    words = sorted({word.lower() for document in documents() for sentence in document for word in sentence.words})
    pieces = [*SPECIAL, *string.punctuation, *characters, *(f"##{c}" for c in characters), *words]
    return list(dict.fromkeys(pieces))


def network(known: Labels) -> Reader:
    """The network, its parameters drawn at random; every one can be written in half precision."""
    config = EncoderConfig(len(vocabulary()), SIZE, LAYERS, num_attention_heads=2, intermediate_size=2 * SIZE)
    model = Reader(Encoder(config, dropout=0.0), known.sizes, dropout=0.0)
    narrow(model)
    dice = np.random.default_rng(SEED)
    for name, parameter in sorted(model.named_parameters()):
        around = 1.0 if "norm" in name and name.endswith("weight") else 0.0
        drawn = dice.normal(around, 0.25, tuple(parameter.shape)).astype(np.float16)
        parameter.data = torch.from_numpy(drawn.astype(np.float32))
    return model.eval()


def narrow(model: Reader) -> None:
    """Give every head ``WIDTH`` features in place of the reader's hundreds."""
    for name in BLOCKS:
        setattr(model, name, nn.Sequential(nn.Linear(2 * SIZE, WIDTH), nn.GELU(), nn.Dropout(0.0)))
    model.arc_bilinear, model.arc_bias = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 1)
    model.relations = Relations(WIDTH, model.sizes.relations)
    sizes = model.sizes
    for group, counts in ((model.syntax, sizes.syntax), (model.spans, sizes.spans), (model.claims, sizes.claims)):
        group.update({name: nn.Linear(WIDTH, count) for name, count in counts.items()})
    for name in model.link:
        model.link[name] = nn.Linear(2 * SIZE, WIDTH)
    model.pairs.block = nn.Sequential(nn.Linear(3 * SIZE, WIDTH), nn.GELU(), nn.Dropout(0.0))
    model.pairs.category = nn.Linear(WIDTH, model.sizes.categories)


def inputs(pieces: Pieces) -> dict[str, dict[str, Tensor]]:
    """What each graph is asked: windows of unequal lengths, arcs, and sentences with two parties."""
    windows = [[word for sentence in document for word in sentence.words] for document in documents()[:6]]
    made = batch(windows, pieces)
    dice = torch.Generator().manual_seed(SEED)
    mask = torch.ones(3, 7, dtype=torch.long)
    mask[1, 5:] = 0
    role = torch.tensor([[1, 0, 2, 2, 0, 0, 0], [0, 2, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 1, 1]])
    hint = torch.tensor([[0, 0, 16, 0, 0, 1, 0], [4, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 9]])
    return {
        "reader": {name: torch.from_numpy(getattr(made, name)) for name in INPUTS},
        "relations": {name: torch.randn(5, WIDTH, generator=dice) for name in ("dependents", "heads")},
        "pairs": {"words": torch.randn(3, 7, SIZE, generator=dice), "role": role, "hint": hint, "mask": mask},
    }


@torch.no_grad()
def outputs(model: Reader, given: dict[str, dict[str, Tensor]]) -> dict[str, dict[str, Tensor]]:
    """What PyTorch computes, by graph and by the names of the graph's outputs."""
    return {
        "reader": model(**given["reader"]),
        "relations": {"scores": model.relations(**given["relations"])},
        "pairs": {"scores": model.pairs(**given["pairs"])},
    }


def flat(kind: str, values: dict[str, dict[str, Tensor]]) -> dict[str, NDArray[np.generic]]:
    """``GRAPH.KIND.NAME`` -> array."""
    return {f"{graph}.{kind}.{name}": x.numpy() for graph, found in values.items() for name, x in found.items()}


def write(folder: Path) -> None:
    """Make the fixture anew."""
    folder.mkdir(parents=True, exist_ok=True)
    known = labels()
    known.save(folder / "labels.json")
    (folder / "vocab.txt").write_text("\n".join(vocabulary()) + "\n", encoding="utf-8")
    model, given = network(known), inputs(Pieces(folder / "vocab.txt"))
    wanted = outputs(model, given)  # before exporting, which leaves the network with its dropout on
    export_reader(model, folder / "reader.onnx")
    export_relations(model.relations, WIDTH, folder / "relations.onnx")
    export_pairs(model.pairs, SIZE, folder / "pairs.onnx")
    parameters = {name: p.detach().numpy().astype(np.float16) for name, p in model.named_parameters()}
    np.savez_compressed(folder / "model.npz", **parameters)  # type: ignore[arg-type]
    np.savez_compressed(folder / "expected.npz", **flat("in", given), **flat("out", wanted))  # type: ignore[arg-type]


def main() -> None:
    """Parse the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER)
    write(parser.parse_args().out)


if __name__ == "__main__":
    main()
