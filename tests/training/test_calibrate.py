# ruff: noqa: E402 - the imports below need torch
"""Temperatures on made scores."""

import pytest

torch = pytest.importorskip("torch", reason="training needs the train extra")
pytest.importorskip("onnx", reason="training needs the train extra")

from training.calibrate import of_others, temperature


def made(heat: float) -> "tuple[torch.Tensor, torch.Tensor]":
    """Scores ``heat`` times too large, and gold drawn as the scores themselves say."""
    dice = torch.Generator().manual_seed(3)
    true = torch.randn(4000, 5, generator=dice) * 2
    gold = torch.multinomial(true.softmax(-1), 1, generator=dice)
    return true * heat, torch.zeros(4000, 5, dtype=torch.bool).scatter_(1, gold, True)


@pytest.mark.parametrize("heat", [0.5, 1.0, 2.0])
def test_the_temperature_undoes_what_made_the_scores_too_sure(heat: float) -> None:
    assert temperature(*made(heat)) == pytest.approx(heat, rel=0.1)


def test_several_allowed_categories_count_together() -> None:
    scores, allowed = made(2.0)
    either = allowed[:, :2].any(1, keepdim=True)
    allowed[:, :2] |= either  # gold cannot tell the first two apart
    assert temperature(scores, allowed) == pytest.approx(2.0, rel=0.1)


def test_a_fold_lends_itself_nothing() -> None:
    assert of_others({0: 9.0, 1: 1.0, 2: 2.0}, 0) == 1.5
    assert of_others({0: 9.0}, 0) == 1.0
