# ruff: noqa: E402 - the imports below need torch
"""The network: shapes, that it learns, and that its ONNX graphs compute what it computes. Tiny and random."""

import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the train extra")
pytest.importorskip("onnx", reason="training needs the train extra")

import onnxruntime
from training.corpora import Sentence, Window
from training.encoder import Encoder, EncoderConfig
from training.export import INPUTS, RowQuantised, export_reader, export_relations
from training.labels import Labels
from training.network import ARC, RELATION, Mix, Reader
from training.train import arc_scores, batches, cases, loss, measure, optimiser, tensors

from dragoman.language.network import WEIGHTS
from dragoman.language.pieces import Pieces

TINY = EncoderConfig(vocab_size=30522, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=48)
torch.set_num_threads(1)  # the network is tiny: threads would only wait for one another
TOLERANCE = 1e-4  # fp32 sums in another order
needs_vocabulary = pytest.mark.skipif(not (WEIGHTS / "vocab.txt").is_file(), reason="the package has no weights yet")


def documents() -> list[list[Sentence]]:
    report = Sentence(
        ["Envoys", "left", "Oslo", "."], upos=["NOUN", "VERB", "PROPN", "PUNCT"], xpos=["NNS", "VBD", "NNP", "."],
        feats=["Number=Plur", "Tense=Past", "Number=Sing", "_"], lemmas=["envoy", "leave", "Oslo", "."],
        heads=[1, -1, 1, 1], deprels=["nsubj", "root", "obj", "punct"], entities=["O", "O", "B-LOC", "O"],
    )  # fmt: skip
    short = Sentence(["Yes"], upos=["INTJ"], xpos=["UH"], feats=["_"], lemmas=["yes"], heads=[-1], deprels=["root"])
    time = Sentence(["They", "met", "last", "week"], times=["O", "O", "B-DATE", "I-DATE"], bounded=False)
    return [[report, short, report]] * 3 + [[time]] * 3


def network(seed: int = 0) -> tuple[Reader, Labels]:
    torch.manual_seed(seed)
    labels = Labels.collect(s for document in documents() for s in document)
    model = Reader(Encoder(TINY, dropout=0.0), labels.sizes, dropout=0.0)
    for parameter in model.parameters():  # not zero anywhere: a graph that drops a term must show
        torch.nn.init.normal_(parameter, std=0.2)
    return model, labels


def inputs(windows: int = 2, pieces: int = 7, words: int = 4) -> dict[str, "torch.Tensor"]:
    dice = torch.Generator().manual_seed(windows * pieces)
    mask = torch.ones(windows, pieces, dtype=torch.long)
    mask[-1, pieces - 2 :] = 0
    return {
        "pieces": torch.randint(1, TINY.vocab_size, (windows, pieces), generator=dice),
        "case": torch.randint(0, 6, (windows, pieces), generator=dice),
        "mask": mask,
        "first": torch.randint(1, pieces - 2, (windows, words), generator=dice),
        "last": torch.randint(1, pieces - 2, (windows, words), generator=dice),
    }


def test_shapes() -> None:
    model, labels = network()
    out = model(**inputs(3, 9, 5))
    for head in (*labels.sizes.syntax, *labels.sizes.spans):
        assert out[head].shape == (3, 5, len(labels.lists[head]))
    assert out["arcs"].shape == (3, 5, 6)
    assert out["relation_dependent"].shape == (3, 5, RELATION)
    assert out["relation_head"].shape == (3, 6, RELATION)
    scores = model.relations(out["relation_dependent"][0], out["relation_head"][0, 1:])
    assert scores.shape == (5, labels.sizes.relations)
    assert model.arc_bilinear.weight.shape == (ARC, ARC)


def test_every_layer_is_kept() -> None:
    model, _ = network()
    given = inputs()
    layers = model.encoder(given["pieces"], given["case"], given["mask"])
    assert [layer.shape for layer in layers] == [(2, 7, 24)] * 2


def test_padding_changes_nothing() -> None:
    model, _ = network()
    model.eval()
    given = inputs()
    padded = {k: torch.nn.functional.pad(v, (0, 3)) if k in INPUTS[:3] else v for k, v in given.items()}
    for name, found in model(**padded).items():
        torch.testing.assert_close(found, model(**given)[name], atol=TOLERANCE, rtol=TOLERANCE)


def test_a_mix_starts_as_the_mean() -> None:
    layers = [torch.ones(1, 2, 3) * value for value in (1.0, 2.0, 6.0)]
    torch.testing.assert_close(Mix(3)(layers), torch.full((1, 2, 3), 3.0))


def session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def test_the_exported_reader_computes_the_same(tmp_path: Path) -> None:
    model, _ = network()
    model.eval()
    export_reader(model, tmp_path / "reader.onnx")
    graph = session(tmp_path / "reader.onnx")
    assert [each.name for each in graph.get_inputs()] == INPUTS
    names = [each.name for each in graph.get_outputs()]
    for shape in ((2, 7, 4), (1, 5, 1), (5, 40, 30)):
        given = inputs(*shape)
        expected = model(**given)
        assert set(names) == set(expected)
        for name, found in zip(names, graph.run(None, {k: v.numpy() for k, v in given.items()}), strict=True):
            np.testing.assert_allclose(found, expected[name].detach().numpy(), atol=TOLERANCE, rtol=TOLERANCE)


def test_the_exported_relations_compute_the_same(tmp_path: Path) -> None:
    model, _ = network()
    model.eval()
    export_relations(model.relations, RELATION, tmp_path / "relations.onnx")
    graph = session(tmp_path / "relations.onnx")
    for count in (1, 3, 17):
        dependents, heads = torch.randn(count, RELATION), torch.randn(count, RELATION)
        (found,) = graph.run(None, {"dependents": dependents.numpy(), "heads": heads.numpy()})
        expected = model.relations(dependents, heads).detach().numpy()
        np.testing.assert_allclose(found, expected, atol=10 * TOLERANCE, rtol=TOLERANCE)  # sums of thousands of terms


def test_embeddings_in_int8_are_near_their_own() -> None:
    embedding = torch.nn.Embedding(50, 24)
    ids = torch.arange(50)[None]
    step = embedding.weight.detach().abs().amax(1) / 127
    difference = (RowQuantised(embedding)(ids) - embedding(ids))[0].abs().amax(1)
    assert bool((difference <= step * 0.51).all())


def test_heads_outside_the_sentence_are_ruled_out() -> None:
    sentence = torch.tensor([[0, 0, 1, 1, -1]])
    allowed = arc_scores(torch.zeros(1, 5, 6), sentence)[0] == 0
    assert allowed[:4].tolist() == [
        [True, False, True, False, False, False],
        [True, True, False, False, False, False],
        [True, False, False, False, True, False],
        [True, False, False, True, False, False],
    ]


@needs_vocabulary
def test_labels_stand_at_their_words() -> None:
    pieces, labels = Pieces(WEIGHTS / "vocab.txt"), network()[1]
    report, short, _ = documents()[0]
    data = tensors([Window([report, short]), Window([documents()[-1][0]])], pieces, labels, None)
    assert data["y_arc"].tolist() == [[2, 0, 2, 2, 0], [-100] * 5]
    assert data["sentence"].tolist() == [[0, 0, 0, 0, 1], [0, 0, 0, 0, -1]]
    assert [labels.lists["upos"][i] for i in data["y_upos"][0]] == ["NOUN", "VERB", "PROPN", "PUNCT", "INTJ"]
    assert data["y_upos"][1].tolist() == [-100] * 5
    assert [labels.lists["time"][i] for i in data["y_time"][1, :4]] == ["O", "O", "B-DATE", "I-DATE"]
    assert data["y_start"][1].tolist() == [-100] * 5, "paragraphs of the time corpus teach no sentence ends"
    assert data["pieces"].shape == data["mask"].shape and data["first"].shape == (2, 5)


@needs_vocabulary
def test_the_loss_falls_and_the_batch_is_learned() -> None:
    model, labels = network()
    pieces = Pieces(WEIGHTS / "vocab.txt")
    data = [tensors(group, pieces, labels, None) for group in batches(documents(), 60, None)]
    best = optimiser(model, 4e-3, 4e-3)
    values = []
    for _ in range(20):
        value = sum(loss(model, each) for each in data)
        best.zero_grad()
        value.backward()
        best.step()
        values.append(float(value.detach()))
    assert values[-1] < values[0] / 4
    figures = measure(model, data)
    assert set(figures) == {"upos", "xpos", "feats", "lemma", "start", "entity", "time", "uas", "las"}
    assert min(figures.values()) > 0.8


def test_batches_hold_every_window_once_whatever_the_order() -> None:
    for dice in (None, random.Random(3)):
        found = [window for group in batches(documents(), 12, dice) for window in group]
        assert sum(map(len, found)) == sum(len(s.words) for document in documents() for s in document)
    plain = [[len(w) for w in group] for group in batches(documents(), 12, None)]
    assert all(max(group) * len(group) <= 12 or len(group) == 1 for group in plain)


def test_letter_case_is_now_and_then_that_of_a_headline() -> None:
    window = Window([documents()[0][0]])
    plain = cases(window, None)
    assert plain == [2, 1, 2, 5]
    seen = {tuple(cases(window, random.Random(seed))) for seed in range(300)}
    assert seen == {tuple(plain), (3, 3, 3, 5), (2, 2, 2, 5)}
