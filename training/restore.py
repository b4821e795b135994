"""A package's weights back to a checkpoint: ``python -m training.restore --weights DIR --out RUN``.

With it training goes on from weights as they ship, without the corpora they were made from. A matrix comes back as
near as its int8 form holds it, at most half a step of its column off; a mix of layers as the logarithm of its shares,
which is the same mix; everything else exactly.

Weights are found by the nodes that read them. The exporter names a node after the module it comes from
(``/model/encoder/layers.0/query/MatMul``), and the quantiser keeps that name with an ending of its own.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx.numpy_helper import to_array
from torch import Tensor, nn

from dragoman.errors import DataError, DragomanError
from dragoman.language.network import WEIGHTS
from training.encoder import Encoder, EncoderConfig
from training.labels import Labels
from training.network import Mix, Reader
from training.train import base_model

Array = NDArray[np.float32]
APART = ("relations", "pairs")  # modules of the reader that have a graph of their own


class Graph:
    """The constants of one ONNX file, by the nodes that read them."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise DataError(f"the weights are missing {path.name}", source=str(path.parent))
        graph = onnx.load(path).graph
        self.path = path
        self.values = {each.name: to_array(each) for each in graph.initializer}
        self.nodes = {node.name: node for node in graph.node}

    def constants(self, *names: str) -> list[Array]:
        """What the first of these nodes that the graph has reads, inputs of the network left out.

        Raises :class:`~dragoman.errors.DataError` where it has none of them.
        """
        for name in names:
            if name in self.nodes:
                return [self.values[each] for each in self.nodes[name].input if each in self.values]
        raise DataError(f"{self.path.name} has no node {names[0]}", source=str(self.path.parent))

    def matrix(self, scope: str) -> Array:
        """The (out, in) matrix of a linear layer, from its int8 columns."""
        names = f"{scope}/MatMul_quant", f"{scope}/Gemm_MatMul_quant"
        columns, zero = self.constants(*names)
        (scale,) = self.constants(*(f"{name}_scales_mul" for name in names))
        return ((columns.astype(np.float32) - zero) * scale).T


def state(model: Reader, folder: Path) -> dict[str, Tensor]:
    """Every parameter of the network by name, from the graphs in a folder; ``model`` gives names and shapes.

    Raises :class:`~dragoman.errors.DataError` where a graph is missing or belongs to another network.
    """
    found = dict(_parameters(Graph(folder / "reader.onnx"), model, "", "/model"))
    for name in APART:
        found |= _parameters(Graph(folder / f"{name}.onnx"), model.get_submodule(name), f"{name}.", "")
    for name, wanted in model.state_dict().items():
        if name not in found or found[name].shape != wanted.shape:
            raise DataError(f"no {name} of the shape {tuple(wanted.shape)}", source=str(folder))
    return {name: torch.tensor(np.ascontiguousarray(value, np.float32)) for name, value in found.items()}


def _parameters(graph: Graph, module: nn.Module, path: str, scope: str) -> Iterator[tuple[str, Array]]:
    """The parameters of a module and all below it. ``path`` begins their names, ``scope`` those of the nodes."""
    for kind, value in _own(graph, module, scope):
        yield path + kind, value
    for name, child in module.named_children():
        if isinstance(module, Reader) and name in APART:
            continue
        yield from _parameters(graph, child, f"{path}{name}.", _scope(module, scope, name))
    for name, _ in module.named_parameters(recurse=False):
        if f"model.{path}{name}" in graph.values:  # used without a module of its own: the root, the positions
            yield path + name, graph.values[f"model.{path}{name}"]


def _scope(parent: nn.Module, scope: str, name: str) -> str:
    """How the exporter calls a module's child."""
    above, _, own = scope.rpartition("/")
    if isinstance(parent, nn.ModuleList):
        return f"{scope}.{name}"
    if isinstance(parent, nn.ModuleDict):
        return f"{above}/{name}"
    return f"{scope}/{own}.{name}" if isinstance(parent, nn.Sequential) else f"{scope}/{name}"


def _own(graph: Graph, module: nn.Module, scope: str) -> Iterator[tuple[str, Array]]:
    """The parameters that a layer's nodes read."""
    if isinstance(module, nn.Linear):
        yield "weight", graph.matrix(scope)
        if module.bias is not None:
            yield "bias", graph.constants(f"{scope}/Add", f"{scope}/Gemm_Add")[0]
    elif isinstance(module, nn.LayerNorm):
        yield from zip(("weight", "bias"), graph.constants(f"{scope}/LayerNormalization"), strict=True)
    elif isinstance(module, nn.Embedding) and f"{scope}/Gather" in graph.nodes:
        scale = graph.constants(f"{scope}/Gather_1") if f"{scope}/Gather_1" in graph.nodes else [np.float32(1)]
        yield "weight", graph.constants(f"{scope}/Gather")[0] * scale[0]
    elif isinstance(module, Mix):
        shares = [*graph.constants(f"{scope}/Mul"), *graph.constants(f"{scope}/Split")]
        yield "weights", np.log(np.concatenate([np.ravel(share) for share in shares]).clip(min=1e-30))


def restore(weights: Path, run: Path) -> None:
    """Write ``checkpoint.pt`` and ``labels.json`` of a run folder from the weights in another."""
    labels = Labels(json.loads((weights / "labels.json").read_text(encoding="utf-8")))
    model = Reader(Encoder(EncoderConfig.read(base_model() / "config.json")), labels.sizes)
    found = state(model, weights)
    run.mkdir(parents=True, exist_ok=True)
    torch.save({"model": found}, run / "checkpoint.pt")
    shutil.copy(weights / "labels.json", run / "labels.json")


def main() -> None:
    """Parse the command line and restore."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="a folder as training.export writes it")
    parser.add_argument("--out", type=Path, required=True, help="the run folder to make")
    args = parser.parse_args()
    try:
        restore(args.weights, args.out)
    except (DragomanError, OSError) as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
