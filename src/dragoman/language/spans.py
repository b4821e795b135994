"""Label scores to typed spans: the best sequence that its scheme allows.

Two schemes: IOB2 (``O``, ``B-X``, ``I-X``), and IOBES, which marks ends (``E-X``) and single words (``S-X``) too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Place = tuple[int, int, str]


class Decoder:
    """The best sequence under the hard rules of a list of labels. IOB2 where no label marks an end, else IOBES."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = list(labels)
        self._outside = self.labels.index("O")
        ends = any(label.startswith("E-") for label in labels)
        self._allowed = np.array([[_follows(a, b, ends=ends) for b in labels] for a in labels])
        before = [tuple(np.flatnonzero(column).tolist()) for column in self._allowed.T]
        self._before = list(dict.fromkeys(before))  # labels that may follow the same ones share their best way
        self._shares = [self._before.index(each) for each in before]
        self._opening = np.array([label[0] in "BS" for label in labels])

    def __call__(self, scores: Floats, opens: NDArray[np.bool_] | None = None) -> list[Place]:
        """(n, K) scores of words -> (start, end, type), ends exclusive, in order.

        ``opens`` (n,) is True where a window begins, as it always does at the first word; no span goes on from one
        window to the next.
        """
        path = scores.argmax(1)
        if (path == self._outside).all():
            return []
        starts = np.flatnonzero(opens) if opens is not None else np.zeros(1, np.int64)
        for start, end in self._broken(path, starts):
            path[start:end] = self._best(scores[start:end].tolist())
        return list(self._spans(path))

    def _spans(self, path: Numbers) -> Iterator[Place]:
        """The spans of an allowed sequence: each goes to the last marked word before the next one's beginning."""
        marked = np.flatnonzero(path != self._outside)
        opening = np.flatnonzero(self._opening[path[marked]])
        starts, lasts = marked[opening], marked[np.append(opening, len(marked))[1:] - 1]
        for start, last, label in zip(starts.tolist(), lasts.tolist(), path[starts].tolist(), strict=True):
            yield start, last + 1, self.labels[label][2:]

    def _broken(self, path: Numbers, starts: Numbers) -> Iterator[tuple[int, int]]:
        """The windows where the best label of each word makes no sequence that the rules allow; there are few."""
        around = np.full(len(path) + 2, self._outside)
        around[1:-1] = path
        before, after = around[:-2].copy(), around[2:].copy()
        before[starts] = after[starts - 1] = self._outside
        wrong = np.flatnonzero(~(self._allowed[before, path] & self._allowed[path, after]))
        ends = np.append(starts[1:], len(path))
        for window in sorted(set((np.searchsorted(starts, wrong, side="right") - 1).tolist())):
            yield int(starts[window]), int(ends[window])

    def _best(self, scores: list[list[float]]) -> list[int]:
        """Viterbi: the label numbers of the best allowed sequence. Plain numbers, since windows are short."""
        before, shares = self._before, self._shares
        best = [score if may else -np.inf for score, may in zip(scores[0], self._allowed[self._outside], strict=True)]
        came: list[list[int]] = []
        for row in scores[1:]:
            ways = [max(labels, key=best.__getitem__) for labels in before]
            best = [best[ways[share]] + score for share, score in zip(shares, row, strict=True)]
            came.append(ways)
        path = [max(before[shares[self._outside]], key=best.__getitem__)]
        for ways in reversed(came):
            path.append(ways[shares[path[-1]]])
        return path[::-1]


def _follows(a: str, b: str, *, ends: bool) -> bool:
    """Whether label ``b`` may stand after ``a``. Where ends are marked, a span begun must be ended."""
    if b[0] in "IE":
        return a[0] in "BI" and a[2:] == b[2:]
    return not (ends and a[0] in "BI")


def spans(tags: Sequence[str]) -> list[Place]:
    """(start, end, type) of a sequence; an I or E that follows nothing of its type begins a span."""
    out: list[Place] = []
    for i, tag in enumerate(tags):
        if tag == "O":
            continue
        if tag[0] in "IE" and out and out[-1][1] == i and out[-1][2] == tag[2:]:
            out[-1] = (out[-1][0], i + 1, tag[2:])
        else:
            out.append((i, i + 1, tag[2:]))
    return out
