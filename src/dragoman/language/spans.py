"""BIO scores to typed spans: the best sequence in which I follows only B or I of its own type."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Decoder:
    """Viterbi over the hard rules of IOB2 for one list of labels (``O``, ``B-X``, ``I-X``)."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = list(labels)
        self._plain = np.array([not label.startswith("I-") for label in labels])
        self._step = np.array([[0.0 if _follows(a, b) else -1e4 for b in labels] for a in labels], np.float32)

    def __call__(self, scores: NDArray[np.float32]) -> list[tuple[int, int, str]]:
        """(n, K) scores -> (start, end, type), ends exclusive, in order."""
        if len(scores) == 0 or not (scores.argmax(1) != self.labels.index("O")).any():
            return []
        return spans([self.labels[i] for i in self._path(scores)])

    def _path(self, scores: NDArray[np.float32]) -> list[int]:
        best = np.where(self._plain, scores[0], -1e4)
        back = []
        for row in scores[1:]:
            table = best[:, None] + self._step
            back.append(table.argmax(0))
            best = table.max(0) + row
        path = [int(best.argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return path[::-1]


def _follows(a: str, b: str) -> bool:
    return not b.startswith("I-") or a[2:] == b[2:]


def spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, type) of an IOB2 sequence; an I that follows nothing of its type begins a span."""
    out: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag == "O":
            continue
        if tag[0] == "I" and out and out[-1][1] == i and out[-1][2] == tag[2:]:
            out[-1] = (out[-1][0], i + 1, tag[2:])
        else:
            out.append((i, i + 1, tag[2:]))
    return out
