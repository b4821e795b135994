"""Scores of sentences to the spans of one party: the best single span of each, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
LONGEST = 20  # words of a party's span
AT_ONCE = 64  # sentences looked at together: bounds the memory that padding takes


def best_spans(scores: Floats, begins: NDArray[np.bool_], labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The likeliest span of each sentence (words, end exclusive) where it is likelier than no span at all.

    ``scores`` is (n, 5), the IOBES labels of one kind of span; ``begins`` (n,) is True where a sentence begins, as
    one does at the first word. A sentence tells of its event once, so that the choice among all spans does better
    than tags word by word, which may mark two or a torn one.
    """
    order = {label[0]: i for i, label in enumerate(labels)}
    gain = (scores - scores[:, [order["O"]]])[:, [order[mark] for mark in "BIES"]]
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(scores))
    some = np.flatnonzero(np.maximum.reduceat(gain.max(1), starts) > 0)  # where all words lose, so does any span
    for at in range(0, len(some), AT_ONCE):
        chosen = some[at : at + AT_ONCE]
        yield from _best(gain, starts[chosen], ends[chosen])


def _best(gain: Floats, starts: Numbers, ends: Numbers) -> Iterator[tuple[int, int]]:
    """The best span of each sentence, by what its words gain over O as B, I, E and S; none where nothing is gained."""
    width = int((ends - starts).max())
    places = starts[:, None] + np.arange(width)
    inside = (places < ends[:, None])[:, :, None]
    own = np.where(inside, gain[np.minimum(places, len(gain) - 1)], np.float32(-np.inf))
    table = _table(own[:, :, 0], np.where(inside[:, :, 0], own[:, :, 1], 0), own[:, :, 2], own[:, :, 3])
    flat = table.reshape(len(starts), -1)
    for start, place, best in zip(starts.tolist(), flat.argmax(1).tolist(), flat.max(1), strict=True):
        if best > 0:
            first, more = divmod(place, table.shape[2])
            yield start + first, start + first + more + 1


def _table(begin: Floats, inside: Floats, end: Floats, single: Floats) -> NDArray[np.float64]:
    """(S, W) gains of each label in S sentences -> (S, W, L) gain of the span from a word to so many words after."""
    width = begin.shape[1]
    last = np.arange(width)[:, None] + np.arange(min(LONGEST, width))
    sums = np.concatenate([np.zeros((len(begin), 1)), inside.cumsum(1)], 1)
    within = np.minimum(last, width - 1)
    table = begin[:, :, None] + end[:, within] + sums[:, within] - sums[:, 1:, None]
    table[:, last >= width] = -np.inf
    table[:, :, 0] = single
    found: NDArray[np.float64] = table
    return found
