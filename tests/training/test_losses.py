# ruff: noqa: E402 - the imports below need torch
"""What each head is asked: values worked out by hand, and that a network learns all of it."""

import math
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the train extra")
pytest.importorskip("onnx", reason="training needs the train extra")

from training.batches import LINKS, TAGGED, batches, tensors
from training.corpora import Sentence, Window
from training.losses import (
    SMOOTHING,
    VECTOR,
    _vectors,
    arc_scores,
    link_scores,
    loss,
    measure,
    pair_loss,
    pair_scores,
)
from training.network import Reader
from training.train import optimiser

from dragoman.language.pieces import Pieces
from training import tiny

FIXTURE = Path(__file__).parent.parent / "fixtures" / "tiny"
torch.set_num_threads(1)  # the network is tiny: threads would only wait for one another
Data = "dict[str, torch.Tensor]"


def network() -> Reader:
    return tiny.network(tiny.labels())


def data(*sentences: Sentence) -> Data:
    windows = [Window([sentence]) for sentence in sentences]
    return tensors(windows, Pieces(FIXTURE / "vocab.txt"), tiny.labels(), None)


def everything() -> list[Data]:
    pieces, labels = Pieces(FIXTURE / "vocab.txt"), tiny.labels()
    return [tensors(group, pieces, labels, None) for group in batches(tiny.documents(), 60, None)]


def test_heads_outside_the_sentence_are_ruled_out() -> None:
    sentence = torch.tensor([[0, 0, 1, 1, -1]])
    allowed = arc_scores(torch.zeros(1, 5, 6), sentence)[0] == 0
    assert allowed[:4].tolist() == [
        [True, False, True, False, False, False],
        [True, True, False, False, False, False],
        [True, False, False, False, True, False],
        [True, False, False, True, False, False],
    ]


def test_of_several_allowed_categories_what_they_have_together_counts() -> None:
    shares = torch.tensor([[0.5, 0.2, 0.2, 0.1]])
    smooth = SMOOTHING * float(shares.log().mean())
    either = torch.tensor([[False, True, True, False]])
    alone = torch.tensor([[False, True, False, False]])
    assert float(pair_loss(shares.log(), either)) == pytest.approx(-(1 - SMOOTHING) * math.log(0.4) - smooth)
    assert float(pair_loss(shares.log(), alone)) == pytest.approx(-(1 - SMOOTHING) * math.log(0.2) - smooth)
    both = pair_loss(shares.log().repeat(2, 1), torch.cat([either, alone]))
    assert float(both) == pytest.approx(-(1 - SMOOTHING) * (math.log(0.4) + math.log(0.2)) / 2 - smooth)


def test_how_allowed_categories_share_what_they_have_costs_nothing() -> None:
    allowed = torch.tensor([[True, True, False]])
    scores = torch.zeros(1, 3, requires_grad=True)
    pair_loss(scores, allowed).backward()
    assert scores.grad is not None
    first, second, other = scores.grad[0].tolist()
    assert first == pytest.approx(second) and first < 0 < other


@torch.no_grad()
def test_pairs_are_asked_in_their_window_and_sentence() -> None:
    model, given = network(), data(tiny.dated(), tiny.undecided(), tiny.acted())
    out = model(*(given[k] for k in ("pieces", "case", "mask", "first", "last")))
    found = pair_scores(model, out, given)
    for row, sentence in enumerate((tiny.undecided(), tiny.acted())):
        own = data(sentence)
        alone = model(*(own[k] for k in ("pieces", "case", "mask", "first", "last")))
        torch.testing.assert_close(found[row], pair_scores(model, alone, own)[0], atol=1e-4, rtol=1e-4)


def test_a_cue_may_point_at_any_word_of_its_window_and_at_no_padding() -> None:
    out = {"link_cue": torch.ones(2, 3, 4), "link_source": torch.arange(24.0).reshape(2, 3, 4)}
    words = torch.tensor([[True, True, False], [True, True, True]])
    found = link_scores(out, "source", torch.tensor([0, 1]), torch.tensor([1, 2]), words)
    sums = out["link_source"].sum(-1) / 2
    assert found[0].tolist() == [sums[0, 0], sums[0, 1], -1e4] and found[1].tolist() == sums[1].tolist()


@pytest.mark.parametrize(("factor", "expected"), [(1.0, 0.0), (3.0, 0.0), (-1.0, 4.0)])
@torch.no_grad()
def test_vectors_that_point_the_same_way_cost_nothing(factor: float, expected: float) -> None:
    model, given = network(), data(tiny.acted(), tiny.told())
    last = model.encoder(given["pieces"], torch.zeros_like(given["case"]), given["mask"])[-1]
    rows = torch.arange(2)[:, None]
    words = factor * (last[rows, given["first"]] + last[rows, given["last"]])
    words[given["sentence"] < 0] = 77.0  # padding has no part in a window's vector
    found = _vectors({"words": words}, given, model.encoder)
    assert float(found) == pytest.approx(expected, abs=1e-5), "words and windows, each from 0 to 2"


@torch.no_grad()
def test_windows_with_the_vector_of_another_word_cost_something() -> None:
    model, given = network(), data(tiny.told())
    last = model.encoder(given["pieces"], torch.zeros_like(given["case"]), given["mask"])[-1]
    words = (last[:, given["first"][0]] + last[:, given["last"][0]]).roll(1, dims=1)
    shuffled = float(_vectors({"words": words}, given, model.encoder))
    assert 0.05 < shuffled <= 2, "the window's mean is the same, its words are not"


@torch.no_grad()
def test_vectors_are_held_to_the_base_where_there_is_one() -> None:
    model, given = network(), data(tiny.acted())
    base = tiny.network(tiny.labels()).encoder
    out = model(*(given[k] for k in ("pieces", "case", "mask", "first", "last")))
    apart = VECTOR * float(_vectors(out, given, base))
    assert apart > 0.01
    assert float(loss(model, given, base) - loss(model, given)) == pytest.approx(apart, abs=1e-4)


def test_a_head_without_annotation_learns_nothing() -> None:
    model = network()
    loss(model, data(tiny.dated())).backward()
    learned = {name for name, parameter in model.named_parameters() if parameter.grad is not None}
    assert {"spans.time.weight", "claims.event.weight", "claims.mode.weight", "encoder.words.weight"} <= learned
    assert not {n for n in learned if n.startswith(("syntax.", "arc", "relation", "pairs.", "link.", "vector."))}
    assert not {"spans.entity.weight", "claims.cue.weight", "claims.actor.weight", "root"} & learned


def test_the_loss_falls_and_every_head_is_learned() -> None:
    torch.manual_seed(1)
    model, groups = network(), everything()
    best = optimiser(model, 2e-2, 2e-2)
    first = sum(float(loss(model, group).detach()) for group in groups)
    before = measure(model, groups)
    for _ in range(60):
        for group in groups:
            best.zero_grad()
            loss(model, group).backward()
            best.step()
    after = measure(model, groups)
    model.eval()
    assert sum(float(loss(model, group).detach()) for group in groups) < first / 4
    assert set(after) == {*TAGGED, "category", "uas", "las", *(f"link_{name}" for name in LINKS)}
    once = after.pop("link_content")  # one cue has its content in two places and can point at one
    assert once == 0.75
    assert min(after.values()) > 0.9, after
    assert sum(before.values()) < 0.6 * len(before), "or there would have been nothing to learn"
