"""How sure a category is: one temperature that makes probabilities mean what they say (Guo et al. 2017, section 4.2).

The scores of held-out pairs are divided by the temperature that gives their gold categories the best likelihood.
The fold a figure is measured on lends nothing: its temperature is the mean of the other folds'.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from dragoman.language.pieces import Pieces
from training import acts
from training.batches import INPUTS, batches, tensors
from training.export import load
from training.losses import pair_scores
from training.train import base_model

GRID = [round(0.3 + 0.02 * step, 2) for step in range(136)]  # 0.3 to 3.0


@torch.no_grad()
def held_out_scores(run: Path, corpora: Path, fold: int) -> tuple[Tensor, Tensor]:
    """(N, K) scores and (N, K) allowed categories of the pairs that a run has not seen."""
    model, labels = load(run)
    pieces = Pieces(base_model() / "vocab.txt")
    scores, allowed = [], []
    for group in batches(list(acts.plv(corpora, fold, held=True).values()), 1800, None):
        data = tensors(group, pieces, labels, None)
        scores.append(pair_scores(model, model(*(data[k] for k in INPUTS)), data))
        allowed.append(data["pair_allowed"])
    return torch.cat(scores), torch.cat(allowed)


def temperature(scores: Tensor, allowed: Tensor) -> float:
    """The temperature of the grid under which the allowed categories are likeliest."""

    def doubt(heat: float) -> float:
        logs = (scores / heat).log_softmax(-1).masked_fill(~allowed, -torch.inf).logsumexp(-1)
        return -float(logs.mean())

    return min(GRID, key=doubt)


def of_others(heats: Mapping[int, float], fold: int) -> float:
    """The mean temperature of the other folds; 1 where there is no other."""
    return statistics.mean([heat for other, heat in heats.items() if other != fold] or [1.0])
