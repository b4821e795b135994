"""The reader's network: one encoder, one pass, several heads.

Shapes: B windows, P word pieces, W words, D = 384, K labels of a head. A word is the concatenation of its first
and last piece. Trees follow Dozat and Manning (2017): biaffine arcs over the words of a sentence and its root,
biaffine relations for the chosen heads. A later head is one more entry of ``Labels.tagged``.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.encoder import Encoder

ARC, RELATION, TAG = 256, 96, 256


@dataclass(frozen=True)
class Sizes:
    """How many labels each head chooses from. ``syntax`` and ``spans`` share a mix of layers each."""

    relations: int
    syntax: dict[str, int]
    spans: dict[str, int]


class Mix(nn.Module):
    """A learned weighting of the encoder's layers (Peters et al. 2018, equation 1)."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(layers))

    def forward(self, layers: list[Tensor]) -> Tensor:
        """Layers, each (B, P, D) -> (B, P, D)."""
        mixed = layers[0] * self.weights.softmax(0)[0]
        for weight, layer in zip(self.weights.softmax(0)[1:], layers[1:], strict=True):
            mixed = mixed + layer * weight
        return mixed


def _block(inside: int, outside: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inside, outside), nn.GELU(), nn.Dropout(dropout))


class Relations(nn.Module):
    """Scores of every relation between words and their chosen heads."""

    def __init__(self, size: int, count: int) -> None:
        super().__init__()
        self.bilinear = nn.Linear(size + 1, (size + 1) * count, bias=False)
        nn.init.zeros_(self.bilinear.weight)
        self.count = count

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """(N, R) and (N, R) -> (N, K)."""
        one = torch.ones_like(dependents[:, :1])
        left = self.bilinear(torch.cat([dependents, one], -1)).unflatten(-1, (self.count, -1))
        return (left @ torch.cat([heads, one], -1)[:, :, None]).squeeze(-1)


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, sizes: Sizes, dropout: float = 0.2) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder, self.sizes = encoder, sizes
        self.syntax_mix, self.span_mix = (Mix(encoder.config.num_hidden_layers) for _ in range(2))
        self.dropout = nn.Dropout(dropout)
        self.arc_dependent, self.arc_head = (_block(2 * size, ARC, dropout) for _ in range(2))
        self.relation_dependent, self.relation_head = (_block(2 * size, RELATION, dropout) for _ in range(2))
        self.arc_bilinear = nn.Linear(ARC, ARC)
        self.arc_bias = nn.Linear(ARC, 1)
        self.root = nn.Parameter(torch.zeros(1, 1, 2 * size))
        self.relations = Relations(RELATION, sizes.relations)
        self.tag = _block(2 * size, TAG, dropout)
        self.span = _block(2 * size, TAG, dropout)
        self.syntax = nn.ModuleDict({name: nn.Linear(TAG, count) for name, count in sizes.syntax.items()})
        self.spans = nn.ModuleDict({name: nn.Linear(TAG, count) for name, count in sizes.spans.items()})

    def forward(self, pieces: Tensor, case: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """(B, P) pieces, case, mask and (B, W) places of each word's first and last piece -> scores.

        ``arcs`` is (B, W, 1 + W): dependent by head, head 0 being the root; ``relation_dependent`` is
        (B, W, R) and ``relation_head`` (B, 1 + W, R); every other key is a head's (B, W, K).
        """
        layers = self.encoder(pieces, case, mask)
        words = self._words(self.syntax_mix(layers), first, last)
        out = {name: head(self.tag(words)) for name, head in self.syntax.items()}
        spans = self.span(self._words(self.span_mix(layers), first, last))
        out |= {name: head(spans) for name, head in self.spans.items()}
        rooted = torch.cat([self.root.expand(words.shape[0], 1, -1).to(words.dtype), words], 1)
        heads = self.arc_head(rooted)
        scores = self.arc_bilinear(self.arc_dependent(words)) @ heads.transpose(1, 2)
        out["arcs"] = scores / ARC**0.5 + self.arc_bias(heads).transpose(1, 2)
        out["relation_dependent"] = self.relation_dependent(words)
        out["relation_head"] = self.relation_head(rooted)
        return out

    def _words(self, x: Tensor, first: Tensor, last: Tensor) -> Tensor:
        rows = torch.arange(x.shape[0], device=x.device)[:, None]
        return self.dropout(torch.cat([x[rows, first], x[rows, last]], -1))
