"""The reader's network: one encoder, one pass, several heads.

Shapes: B windows, P word pieces, W words, D = 384, K labels of a head. A word is the concatenation of its first
and last piece. Trees follow Dozat and Manning (2017): biaffine arcs over the words of a sentence and its root,
biaffine relations for the chosen heads. A later tag is one more entry of ``labels.CLAIMS``.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.encoder import Encoder, Layer

LINKS = ("link_cue", "link_source", "link_content")
ARC, RELATION, TAG, LINK, PAIR = 256, 96, 256, 128, 256


@dataclass(frozen=True)
class Sizes:
    """How many labels each head chooses from. ``syntax``, ``spans`` and ``claims`` share a mix of layers each."""

    relations: int
    syntax: dict[str, int]
    spans: dict[str, int]
    claims: dict[str, int]
    categories: int


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


class Pairs(nn.Module):
    """The category of what one party of a sentence does to another.

    The sentence's words, marked as source, target or neither and with what the cue lexicon says of each, go through
    one more layer of the encoder's kind; the means over source, target and sentence decide.
    """

    def __init__(self, encoder: Encoder, categories: int, dropout: float) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.role = nn.Embedding(3, size)
        nn.init.normal_(self.role.weight, std=0.02)
        self.hint = nn.Embedding(categories + 1, size)
        nn.init.normal_(self.hint.weight, std=0.02)
        self.layer = Layer(encoder.config, 0.1)
        self.layer.load_state_dict(encoder.layers[-1].state_dict())
        self.block = _block(3 * size, PAIR, dropout)
        self.category = nn.Linear(PAIR, categories)

    def forward(self, words: Tensor, role: Tensor, hint: Tensor, mask: Tensor) -> Tensor:
        """(N, S, D) words, (N, S) roles (0 neither, 1 source, 2 target), hints and 1/0 mask -> (N, K)."""
        x = self.layer(words + self.role(role) + self.hint(hint), (1.0 - mask[:, None, None, :].to(words.dtype)) * -1e4)
        kept = mask.to(x.dtype)
        pools = [_mean(x, kept * (role == 1)), _mean(x, kept * (role == 2)), _mean(x, kept)]
        found: Tensor = self.category(self.block(torch.cat(pools, -1)))
        return found


def _mean(x: Tensor, weights: Tensor) -> Tensor:
    """(N, S, D) and (N, S) -> (N, D); zero where nothing has weight."""
    weights = weights.to(x.dtype)
    return (x * weights[:, :, None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1.0)


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, sizes: Sizes, dropout: float = 0.2) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder, self.sizes = encoder, sizes
        self.syntax_mix, self.span_mix, self.claim_mix, self.word_mix = (
            Mix(encoder.config.num_hidden_layers) for _ in range(4)
        )
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
        self.claim = _block(2 * size, TAG, dropout)
        self.claims = nn.ModuleDict({name: nn.Linear(TAG, count) for name, count in sizes.claims.items()})
        self.link = nn.ModuleDict({name: nn.Linear(2 * size, LINK) for name in LINKS})
        self.vector = nn.Linear(size, size)
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.vector.bias)
        self.pairs = Pairs(encoder, sizes.categories, dropout)

    def forward(self, pieces: Tensor, case: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """(B, P) pieces, case, mask and (B, W) places of each word's first and last piece -> scores.

        ``arcs`` is (B, W, 1 + W): dependent by head, head 0 being the root; ``relation_dependent`` is
        (B, W, R) and ``relation_head`` (B, 1 + W, R); ``link_cue``, ``link_source`` and ``link_content`` are
        (B, W, L), whose products say which source and content a cue has; ``words`` is (B, W, D), what sentence
        vectors and pairs are made of; every other key is a head's (B, W, K).
        """
        layers = self.encoder(pieces, case, mask)
        words = self._words(self.syntax_mix(layers), first, last)
        out = {name: head(self.tag(words)) for name, head in self.syntax.items()}
        spans = self.span(self._words(self.span_mix(layers), first, last))
        out |= {name: head(spans) for name, head in self.spans.items()}
        claimed = self._words(self.claim_mix(layers), first, last)
        claims = self.claim(claimed)
        out |= {name: head(claims) for name, head in self.claims.items()}
        out |= {name: head(claimed) for name, head in self.link.items()}
        mixed = self.word_mix(layers)
        rows = torch.arange(mixed.shape[0], device=mixed.device)[:, None]
        out["words"] = self.vector((mixed[rows, first] + mixed[rows, last]) * 0.5)
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
