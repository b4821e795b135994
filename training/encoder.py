"""The encoder: BERT as MiniLM has it, with a letter-case embedding added, and every layer's output kept.

Shapes: B windows, P word pieces, D = 384 dimensions. Follows Devlin et al. (2019), section 3; post-layer-norm.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class EncoderConfig:
    """Sizes of the encoder, named as in a BERT configuration file."""

    vocab_size: int = 30522
    hidden_size: int = 384
    num_hidden_layers: int = 6
    num_attention_heads: int = 12
    intermediate_size: int = 1536
    max_position_embeddings: int = 512
    case_classes: int = 6

    @classmethod
    def read(cls, path: Path) -> EncoderConfig:
        """Read a BERT ``config.json``."""
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{k: found[k] for k in cls.__dataclass_fields__ if k in found})


class Layer(nn.Module):
    """Self-attention and a feed-forward block, each with its residual and layer norm."""

    def __init__(self, config: EncoderConfig, dropout: float) -> None:
        super().__init__()
        size = config.hidden_size
        self.heads = config.num_attention_heads
        self.query, self.key, self.value, self.output = (nn.Linear(size, size) for _ in range(4))
        self.norm1, self.norm2 = (nn.LayerNorm(size, eps=1e-12) for _ in range(2))
        self.up = nn.Linear(size, config.intermediate_size)
        self.down = nn.Linear(config.intermediate_size, size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(B, P, D), attention bias (B, 1, 1, P) -> (B, P, D)."""
        q, k, v = (self._split(f(x)) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).flatten(2)
        x = self.norm1(x + self.dropout(self.output(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class Encoder(nn.Module):
    """Word pieces and their letter case to one vector a piece and layer."""

    def __init__(self, config: EncoderConfig, dropout: float = 0.1) -> None:
        super().__init__()
        size = config.hidden_size
        self.config = config
        self.words = nn.Embedding(config.vocab_size, size)
        self.positions = nn.Embedding(config.max_position_embeddings, size)
        self.types = nn.Parameter(torch.zeros(size))
        self.case = nn.Embedding(config.case_classes, size)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(config, dropout) for _ in range(config.num_hidden_layers))

    def forward(self, pieces: Tensor, case: Tensor, mask: Tensor) -> list[Tensor]:
        """(B, P) piece ids, case classes and 1/0 mask -> the layers' outputs, each (B, P, D)."""
        places = self.positions.weight[: pieces.shape[1]]
        x = self.dropout(self.norm(self.words(pieces) + places + self.types + self.case(case)))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        out = []
        for layer in self.layers:
            x = layer(x, bias)
            out.append(x)
        return out


_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "output",
    "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm2",
}


def pretrained(folder: Path, dropout: float = 0.1) -> Encoder:
    """The encoder with the weights of a BERT checkpoint (``config.json``, ``model.safetensors``)."""
    encoder = Encoder(EncoderConfig.read(folder / "config.json"), dropout)
    found = load_file(folder / "model.safetensors")
    state = encoder.state_dict()
    for name, value in found.items():
        target = _target(name.removeprefix("bert."))
        if target in state:
            state[target] = value[0] if target == "types" else value
    encoder.load_state_dict(state)
    return encoder


def _target(name: str) -> str:
    plain = {
        "embeddings.word_embeddings.weight": "words.weight",
        "embeddings.position_embeddings.weight": "positions.weight",
        "embeddings.token_type_embeddings.weight": "types",
        "embeddings.LayerNorm.weight": "norm.weight",
        "embeddings.LayerNorm.bias": "norm.bias",
    }
    if name in plain:
        return plain[name]
    if not name.startswith("encoder.layer."):
        return ""
    number, rest = name.removeprefix("encoder.layer.").split(".", 1)
    stem, kind = rest.rsplit(".", 1)
    return f"layers.{number}.{_NAMES[stem]}.{kind}"
