"""Writes the package's weights from a checkpoint: ``python -m training.export --run runs/reader``.

Matrix products become int8 (dynamic quantisation, weights in 7 bits so that processors without VNNI do not
saturate and give the same integers), embeddings int8 with one scale a row.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.encoder import Encoder, EncoderConfig
from training.labels import Labels
from training.network import Pairs, Reader, Relations
from training.train import base_model

INPUTS = ["pieces", "case", "mask", "first", "last"]
PAIR_INPUTS = ["words", "role", "hint", "mask"]
WEIGHTS = Path(__file__).parent.parent / "src" / "dragoman" / "language" / "weights"


class RowQuantised(nn.Module):
    """An embedding in int8, each row with its own scale."""

    def __init__(self, embedding: nn.Embedding) -> None:
        super().__init__()
        weight = embedding.weight.detach()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """(B, P) ids -> (B, P, D)."""
        return self.rows[ids].to(torch.float32) * self.scale[ids]


def load(run: Path) -> tuple[Reader, Labels]:
    """The trained network and its labels."""
    labels = Labels(json.loads((run / "labels.json").read_text(encoding="utf-8")))
    encoder = Encoder(EncoderConfig.read(base_model() / "config.json"))
    model = Reader(encoder, labels.sizes)
    model.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True)["model"])
    return model.eval(), labels


class Outputs(nn.Module):
    """The reader with its outputs in a fixed order, as ONNX needs them."""

    def __init__(self, model: Reader, names: list[str]) -> None:
        super().__init__()
        self.model, self.names = model, names

    def forward(self, pieces: Tensor, case: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """The reader's outputs in the order of ``names``."""
        found = self.model(pieces, case, mask, first, last)
        return tuple(found[name] for name in self.names)


def export_reader(model: Reader, path: Path) -> None:
    """The main graph, with every size but the model's own left open."""
    tags = (*model.sizes.syntax, *model.sizes.spans, *model.sizes.claims)
    names = [*tags, *model.link, "words", "arcs", "relation_dependent", "relation_head"]
    ids = torch.tensor([[1, 2, 3, 4, 5], [1, 2, 3, 4, 0]])  # fits the smallest vocabulary
    words = torch.tensor([[1, 2, 3], [1, 2, 0]])
    sample = (ids, (ids > 0).long(), (ids > 0).long(), words, words)
    batch_pieces, batch_words = {0: "windows", 1: "pieces_"}, {0: "windows", 1: "words"}
    axes = {name: batch_pieces for name in INPUTS[:3]} | {name: batch_words for name in (*INPUTS[3:], *names)}
    axes["arcs"] = {0: "windows", 1: "words", 2: "heads"}
    axes["relation_head"] = {0: "windows", 1: "heads"}
    _export(Outputs(model, names).eval(), sample, path, INPUTS, names, axes)


def export_relations(relations: Relations, size: int, path: Path) -> None:
    """The small graph that scores relations once the tree is known."""
    axes = {name: {0: "arcs"} for name in ("dependents", "heads", "scores")}
    sample = (torch.zeros(3, size), torch.zeros(3, size))
    _export(relations, sample, path, ["dependents", "heads"], ["scores"], axes)


def export_pairs(pairs: Pairs, size: int, path: Path) -> None:
    """The graph that tells what one party does to another."""
    axes = {name: {0: "pairs", 1: "words_"} for name in PAIR_INPUTS} | {"scores": {0: "pairs"}}
    role = torch.tensor([[0, 1, 2, 0], [1, 0, 0, 2]])
    sample = (torch.zeros(2, 4, size), role, role, torch.ones(2, 4, dtype=torch.long))
    _export(pairs, sample, path, PAIR_INPUTS, ["scores"], axes)


def _export(
    module: nn.Module,
    sample: tuple[Tensor, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            sample,
            str(path),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def export(run: Path, out: Path, temperature: float = 1.0) -> None:
    """Write ``reader.onnx``, ``relations.onnx``, ``pairs.onnx``, ``labels.json`` and ``vocab.txt`` to ``out``."""
    model, labels = load(run)
    out.mkdir(parents=True, exist_ok=True)
    labels.save(out / "labels.json")
    shutil.copy(base_model() / "vocab.txt", out / "vocab.txt")
    with torch.no_grad():  # a temperature divides the scores, and so the last layer
        for part in model.pairs.category.parameters():
            part /= temperature
    model.encoder.words = RowQuantised(model.encoder.words)  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        plain = {name: Path(folder) / f"{name}.onnx" for name in ("reader", "relations", "pairs")}
        export_reader(model, plain["reader"])
        export_relations(model.relations, int(model.relation_dependent[0].out_features), plain["relations"])
        export_pairs(model.pairs, model.encoder.config.hidden_size, plain["pairs"])
        for name, path in plain.items():
            quantize_dynamic(
                path,
                out / f"{name}.onnx",
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
                op_types_to_quantize=["MatMul", "Gemm"],
            )


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    export(args.run, args.out)


if __name__ == "__main__":
    main()
