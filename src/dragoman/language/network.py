"""The reader's weights and what they say of a batch of windows. The only place that speaks to onnxruntime.

Shapes: B windows, W words, R relation features, K labels of a head.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from dragoman.errors import DataError
from dragoman.language.pieces import Batch, Pieces

WEIGHTS = Path(__file__).parent / "weights"
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


def threads() -> int:
    """Threads a session may use: ``DRAGOMAN_THREADS``, else one.

    Two take longer over these small matrices than one does, and four times as much of the processors.

    :raises DataError: it is no whole number.
    """
    given = os.environ.get("DRAGOMAN_THREADS") or "1"
    if not given.isdecimal():
        raise DataError(f"{given!r} is no whole number", source="DRAGOMAN_THREADS")
    return int(given) or 1


class Network:
    """One set of weights, a folder of ``reader.onnx``, ``relations.onnx``, ``pairs.onnx``, ``labels.json`` and
    ``vocab.txt``; ``evoked.onnx`` where the labels have a list ``evoked``; and perhaps ``vectors.npz``.

    Sessions are made on first use, so that building a pipeline costs nothing.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self.folder = folder

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """Label lists by head, in the order of the scores."""
        found: dict[str, list[str]] = json.loads(self.file("labels.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def pieces(self) -> Pieces:
        """The vocabulary."""
        return Pieces(self.file("vocab.txt"))

    def scores(self, batch: Batch) -> dict[str, Floats]:
        """Head -> scores. ``arcs`` (B, W, 1 + W), ``relation_dependent`` (B, W, R), ``relation_head``
        (B, 1 + W, R), ``link_`` features (B, W, L), ``words`` (B, W, D), every tag (B, W, K)."""
        feed = {name: getattr(batch, name) for name in ("pieces", "case", "mask", "first", "last")}
        return dict(zip(self._heads, self._reader.run(self._heads, feed), strict=True))

    def relations(self, dependents: Floats, heads: Floats) -> Floats:
        """(N, R) and (N, R) -> (N, K) scores of every relation."""
        found: Sequence[Floats] = self._relations.run(None, {"dependents": dependents, "heads": heads})
        return found[0]

    def pairs(self, words: Floats, role: Numbers, hint: Numbers, mask: Numbers) -> Floats:
        """(N, S, D) words of sentences, (N, S) roles (1 source, 2 target), hints and 1/0 mask -> (N, K) scores."""
        found: Sequence[Floats] = self._pairs.run(None, {"words": words, "role": role, "hint": hint, "mask": mask})
        return found[0]

    def evoked(self, words: Floats) -> Floats:
        """(N, D + 1) words, the last column 1 for a verb and 0 for a noun -> (N, K) scores of ``labels["evoked"]``."""
        found: Sequence[Floats] = self._evoked.run(None, {"words": words})
        return found[0]

    @cached_property
    def _reader(self) -> onnxruntime.InferenceSession:
        return self._session("reader.onnx")

    @cached_property
    def _heads(self) -> list[str]:
        return [output.name for output in self._reader.get_outputs()]

    @cached_property
    def _relations(self) -> onnxruntime.InferenceSession:
        return self._session("relations.onnx")

    @cached_property
    def _pairs(self) -> onnxruntime.InferenceSession:
        return self._session("pairs.onnx")

    @cached_property
    def _evoked(self) -> onnxruntime.InferenceSession:
        return self._session("evoked.onnx")

    def _session(self, name: str) -> onnxruntime.InferenceSession:
        return session(self.file(name), threads=threads())

    def file(self, name: str) -> Path:
        """The path of one of the files. Raises :class:`~dragoman.errors.DataError` where it is missing."""
        path = self.folder / name
        if not path.is_file():
            raise DataError(f"the reader's weights are missing {name}", source=str(self.folder))
        return path


def session(model: Path | bytes, *, threads: int) -> onnxruntime.InferenceSession:
    """A graph, by path or serialised, ready to run on so many threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # windows vary in size: an arena would keep the largest of everything
    source = str(model) if isinstance(model, Path) else model
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
