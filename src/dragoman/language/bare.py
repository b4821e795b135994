"""What the encoder alone costs: the yardstick for everything that is done around it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import DataError
from dragoman.language.network import Network, session
from dragoman.language.pieces import Batch, Pieces

INPUTS = ("pieces", "case", "mask")


def bare_encoder_seconds(texts: Sequence[str], *, threads: int) -> float:
    """Seconds of all encoder layers, without heads and decoding, over the batches the reader makes of the texts.

    The layers are cut out of ``reader.onnx`` as it is, so they run in the same int8. Cutting, loading, tokenising
    and one batch to warm up are not counted. Raises :class:`~dragoman.errors.DataError` where the weights, or the
    ``onnx`` package that cuts them, are missing.
    """
    network = Network()
    encoder = session(_layers(network.file("reader.onnx")), threads=threads)
    seconds = 0.0
    for number, made in enumerate(_batches(texts, network.pieces)):
        feed = {name: getattr(made, name) for name in INPUTS}
        if number == 0:
            encoder.run(None, feed)
        begun = time.perf_counter()
        encoder.run(None, feed)
        seconds += time.perf_counter() - begun
    return seconds


def _batches(texts: Sequence[str], pieces: Pieces) -> Iterator[Batch]:
    from dragoman.language import load
    from dragoman.language.component import batches
    from dragoman.language.windows import windows

    for text in texts:
        doc = load().make_doc(text)
        for _, made in batches(doc, windows(doc, pieces), pieces):
            yield made


def _layers(path: Path) -> bytes:
    """The part of the reader's graph that ends with its last layer, as a serialised model."""
    try:
        import onnx
        from onnx.utils import Extractor
    except ImportError as error:
        raise DataError("cutting the encoder out needs the package onnx: pip install onnx", source=str(path)) from error
    model = onnx.load(path)
    last = _deepest_norm(model.graph)
    cut: bytes = Extractor(model).extract_model(list(INPUTS), [last]).SerializeToString()
    return cut


def _deepest_norm(graph: Any) -> str:
    """The output that has most layer norms behind it: the encoder's last, since its heads have none of their own.

    Nodes of an ONNX graph stand in topological order (ONNX specification, "Graphs").
    """
    depth: dict[str, int] = {}
    deepest, name = 0, ""
    for node in graph.node:
        own = node.op_type == "LayerNormalization"
        found = max((depth.get(each, 0) for each in node.input), default=0) + own
        depth.update(dict.fromkeys(node.output, found))
        if own and found > deepest:
            deepest, name = found, node.output[0]
    return name
