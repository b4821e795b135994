# ruff: noqa: E402 - the imports below need torch
"""The network: shapes, what padding may not change, and that its ONNX graphs compute what it computes."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the train extra")
pytest.importorskip("onnx", reason="training needs the train extra")

from training.encoder import Encoder, EncoderConfig
from training.export import INPUTS, PAIR_INPUTS, RowQuantised, export_pairs, export_reader, export_relations
from training.labels import Labels
from training.network import ARC, LINK, RELATION, Mix, Pairs, Reader

from dragoman.language.network import session
from training import tiny

SMALL = EncoderConfig(
    vocab_size=30522, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=48
)
torch.set_num_threads(1)  # the network is small: threads would only wait for one another
TOLERANCE = 1e-4  # fp32 sums in another order


def network(seed: int = 0) -> tuple[Reader, Labels]:
    torch.manual_seed(seed)
    labels = tiny.labels()
    model = Reader(Encoder(SMALL, dropout=0.0), labels.sizes, dropout=0.0)
    for parameter in model.parameters():  # not zero anywhere: a graph that drops a term must show
        torch.nn.init.normal_(parameter, std=0.2)
    return model.eval(), labels


def inputs(windows: int = 2, pieces: int = 7, words: int = 4) -> dict[str, "torch.Tensor"]:
    dice = torch.Generator().manual_seed(windows * pieces)
    mask = torch.ones(windows, pieces, dtype=torch.long)
    mask[-1, pieces - 2 :] = 0
    return {
        "pieces": torch.randint(1, SMALL.vocab_size, (windows, pieces), generator=dice),
        "case": torch.randint(0, 6, (windows, pieces), generator=dice),
        "mask": mask,
        "first": torch.randint(1, pieces - 2, (windows, words), generator=dice),
        "last": torch.randint(1, pieces - 2, (windows, words), generator=dice),
    }


def sentences(count: int = 3, words: int = 6) -> dict[str, "torch.Tensor"]:
    """What the pairs are asked: the first sentence whole, each other one word shorter than the one before."""
    dice = torch.Generator().manual_seed(count * words)
    mask = (torch.arange(words) < words - torch.arange(count)[:, None]).long()
    role = torch.randint(0, 3, (count, words), generator=dice) * mask
    hint = torch.randint(0, 17, (count, words), generator=dice) * mask
    drawn = torch.randn(count, words, SMALL.hidden_size, generator=dice)
    return {"words": drawn, "role": role, "hint": hint, "mask": mask}


def test_shapes() -> None:
    model, labels = network()
    out = model(**inputs(3, 9, 5))
    for head in (*labels.sizes.syntax, *labels.sizes.spans, *labels.sizes.claims):
        assert out[head].shape == (3, 5, len(labels.lists[head]))
    for head in ("link_cue", "link_source", "link_content"):
        assert out[head].shape == (3, 5, LINK)
    assert out["words"].shape == (3, 5, SMALL.hidden_size)
    assert out["arcs"].shape == (3, 5, 6)
    assert out["relation_dependent"].shape == (3, 5, RELATION)
    assert out["relation_head"].shape == (3, 6, RELATION)
    scores = model.relations(out["relation_dependent"][0], out["relation_head"][0, 1:])
    assert scores.shape == (5, labels.sizes.relations)
    assert model.arc_bilinear.weight.shape == (ARC, ARC)
    assert model.pairs(**sentences(3, 6)).shape == (3, len(labels.lists["category"]))


def test_every_layer_is_kept() -> None:
    model, _ = network()
    given = inputs()
    layers = model.encoder(given["pieces"], given["case"], given["mask"])
    assert [layer.shape for layer in layers] == [(2, 7, 24)] * 2


def test_padding_changes_nothing() -> None:
    model, _ = network()
    given = inputs()
    padded = {k: torch.nn.functional.pad(v, (0, 3)) if k in INPUTS[:3] else v for k, v in given.items()}
    for name, found in model(**padded).items():
        torch.testing.assert_close(found, model(**given)[name], atol=TOLERANCE, rtol=TOLERANCE)


def test_padding_changes_no_pair() -> None:
    model, _ = network()
    given = sentences()
    wide = {"words": torch.nn.functional.pad(given["words"], (0, 0, 0, 4), value=5.0)}
    wide |= {name: torch.nn.functional.pad(given[name], (0, 4)) for name in PAIR_INPUTS[1:]}
    torch.testing.assert_close(model.pairs(**wide), model.pairs(**given), atol=TOLERANCE, rtol=TOLERANCE)
    alone = {name: value[1:2, :5] for name, value in given.items()}
    torch.testing.assert_close(model.pairs(**alone), model.pairs(**given)[1:2], atol=TOLERANCE, rtol=TOLERANCE)


def test_source_and_target_are_told_apart() -> None:
    model, _ = network()
    given = sentences(1)
    given["role"] = torch.tensor([[1, 0, 2, 2, 0, 0]])
    other = given | {"role": torch.tensor([[2, 0, 1, 1, 0, 0]])}
    assert float((model.pairs(**given) - model.pairs(**other)).detach().abs().max()) > 0.01


def test_what_the_lexicon_hints_at_counts() -> None:
    model, _ = network()
    given = sentences(1)
    other = given | {"hint": given["hint"].roll(1, dims=1)}
    assert float((model.pairs(**given) - model.pairs(**other)).detach().abs().max()) > 0.01


def test_a_pair_without_a_known_party_has_scores_all_the_same() -> None:
    model, _ = network()
    given = sentences(1) | {"role": torch.zeros(1, 6, dtype=torch.long)}
    assert bool(model.pairs(**given).isfinite().all())


def test_the_pairs_layer_begins_as_the_encoders_last() -> None:
    encoder = Encoder(SMALL)
    own = Pairs(encoder, 16, 0.1).layer.state_dict()
    for name, value in encoder.layers[-1].state_dict().items():
        assert torch.equal(own[name], value) and own[name] is not value


def test_a_mix_starts_as_the_mean() -> None:
    layers = [torch.ones(1, 2, 3) * value for value in (1.0, 2.0, 6.0)]
    torch.testing.assert_close(Mix(3)(layers), torch.full((1, 2, 3), 3.0))


def test_the_exported_reader_computes_the_same(tmp_path: Path) -> None:
    model, _ = network()
    export_reader(model, tmp_path / "reader.onnx")
    model.eval()  # exporting turns the dropout of the pairs' layer on again
    graph = session(tmp_path / "reader.onnx", threads=1)
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
    export_relations(model.relations, RELATION, tmp_path / "relations.onnx")
    graph = session(tmp_path / "relations.onnx", threads=1)
    for count in (1, 3, 17):
        dependents, heads = torch.randn(count, RELATION), torch.randn(count, RELATION)
        (found,) = graph.run(None, {"dependents": dependents.numpy(), "heads": heads.numpy()})
        expected = model.relations(dependents, heads).detach().numpy()
        np.testing.assert_allclose(found, expected, atol=10 * TOLERANCE, rtol=TOLERANCE)  # sums of thousands of terms


def test_the_exported_pairs_compute_the_same(tmp_path: Path) -> None:
    model, _ = network()
    export_pairs(model.pairs, SMALL.hidden_size, tmp_path / "pairs.onnx")
    graph = session(tmp_path / "pairs.onnx", threads=1)
    assert [each.name for each in graph.get_inputs()] == PAIR_INPUTS
    for shape in ((1, 1), (3, 6), (4, 33)):
        given = sentences(*shape)
        (found,) = graph.run(None, {name: value.numpy() for name, value in given.items()})
        np.testing.assert_allclose(found, model.pairs(**given).detach().numpy(), atol=TOLERANCE, rtol=TOLERANCE)


def test_embeddings_in_int8_are_near_their_own() -> None:
    embedding = torch.nn.Embedding(50, 24)
    ids = torch.arange(50)[None]
    step = embedding.weight.detach().abs().amax(1) / 127
    difference = (RowQuantised(embedding)(ids) - embedding(ids))[0].abs().amax(1)
    assert bool((difference <= step * 0.51).all())
