"""Arc scores to a dependency tree with one root.

Greedy choice where it is already a tree (nearly always), else the maximum spanning tree (Chu and Liu 1965,
Edmonds 1967). Scores are (n, 1 + n): dependent by head, head 0 being the root.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
ROOT_PENALTY = 1e6  # larger than any sum of arc scores: the tree takes a second root only where it must


def decode(scores: Scores) -> list[int]:
    """The head of each of n words: 0 for the root, i for word i - 1. Exactly one word hangs on the root."""
    n = scores.shape[0]
    usable = scores.copy()
    usable[np.arange(n), np.arange(1, n + 1)] = -np.inf
    heads = usable.argmax(1)
    if (heads == 0).sum() == 1 and not _cycle(heads.tolist()):
        return [int(h) for h in heads]
    square = np.full((n + 1, n + 1), -np.inf)
    square[1:] = usable
    square[1:, 0] -= ROOT_PENALTY
    return _spanning(square)[1:]


def _cycle(heads: list[int]) -> list[int]:
    """Words (counted from 1) of one cycle, or an empty list."""
    state = [0] * (len(heads) + 1)
    for start in range(1, len(heads) + 1):
        path, at = [], start
        while at and state[at] == 0:
            state[at] = start
            path.append(at)
            at = heads[at - 1]
        if at and state[at] == start and at in path:
            return path[path.index(at) :]
    return []


def _spanning(scores: NDArray[np.float64]) -> list[int]:
    """Heads of the best tree over nodes 0 (root) to n; entry 0 is 0 and means nothing."""
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads[1:].tolist())
    if not cycle:
        return [int(h) for h in heads]
    rest = [i for i in range(len(scores)) if i not in set(cycle)]
    into, out_of, smaller = _contract(scores, heads, cycle, rest)
    found = _spanning(smaller)
    last = len(rest)
    result = [int(h) for h in heads]
    for i, node in enumerate(rest[1:], start=1):
        result[node] = cycle[int(out_of[i])] if found[i] == last else rest[found[i]]
    outside = rest[found[last]]
    result[cycle[int(into[found[last]])]] = outside
    return result


def _contract(
    scores: NDArray[np.float64], heads: NDArray[np.int64], cycle: list[int], rest: list[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The graph with the cycle as its last node; which cycle word each arc into and out of it stands for."""
    kept = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(cycle, rest)] - kept[:, None]
    leaving = scores[np.ix_(rest, cycle)]
    into, out_of = entering.argmax(0), leaving.argmax(1)
    n = len(rest)
    smaller = np.full((n + 1, n + 1), -np.inf)
    smaller[:n, :n] = scores[np.ix_(rest, rest)]
    smaller[n, :n] = entering.max(0)
    smaller[:n, n] = leaving.max(1)
    smaller[0] = -np.inf
    return into, out_of, smaller
