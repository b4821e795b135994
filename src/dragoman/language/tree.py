"""Arc scores to dependency trees with one root each.

Greedy choice where it is already a tree (nearly always), else the maximum spanning tree (Chu and Liu 1965,
Edmonds 1967) under the root that makes it best. Scores of a sentence are (n, 1 + n): dependent by head, head 0 being
the root.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Square = NDArray[np.float64]
Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]


def trees(scores: Scores, begins: Bools, lengths: Sequence[int]) -> Numbers:
    """(B, W, 1 + W) scores of windows -> (B, W) heads: 0 for a root, i for word i - 1 of the window.

    One tree for each sentence; ``begins`` (B, W) is True where one begins, as it does at every first word. Of each
    window the first ``lengths`` words count; the heads of what pads it are 0.
    """
    inside = np.arange(scores.shape[1]) < np.array(lengths)[:, None]
    number = np.where(inside, begins.cumsum(1), 0)
    heads = np.where(inside, _within(scores, number).argmax(2), 0)
    for row, start, end in _no_trees(heads, begins, inside):
        own = scores[row, start:end, [0, *range(start + 1, end + 1)]].T
        heads[row, start:end] = [head + start if head else 0 for head in decode(own)]
    return heads


def _within(scores: Scores, number: Numbers) -> Scores:
    """The scores without the arcs between sentences, which ``number`` counts, and from any word to itself."""
    apart = number[:, :, None] != number[:, None, :]
    every = np.arange(apart.shape[1])
    apart[:, every, every] = True
    usable = scores.copy()
    usable[:, :, 1:][apart] = -np.inf
    return usable


def _no_trees(heads: Numbers, begins: Bools, inside: Bools) -> Iterator[tuple[int, int, int]]:
    """(window, start, end) of each sentence whose heads make no tree: not one root, or words that never reach it."""
    rows, places = np.nonzero(inside)
    starts = np.flatnonzero(begins[inside])
    roots = np.add.reduceat((heads[inside] == 0).astype(np.int64), starts)
    lost = np.logical_or.reduceat(_lost(heads)[inside], starts)
    ends = np.append(starts[1:], len(rows)) - 1
    for i in np.flatnonzero((roots != 1) | lost):
        yield int(rows[starts[i]]), int(places[starts[i]]), int(places[ends[i]]) + 1


def _lost(heads: Numbers) -> Bools:
    """(B, W) heads -> where the way up never ends; each step doubles how far up ``above`` looks."""
    above = np.zeros((heads.shape[0], 1 + heads.shape[1]), np.int64)
    above[:, 1:] = heads
    rows = np.arange(len(heads))[:, None]
    for _ in range(heads.shape[1].bit_length()):
        above = above[rows, above]
        if not above.any():
            break
    return above[:, 1:] > 0


def decode(scores: Scores) -> list[int]:
    """The head of each of n words: 0 for the root, i for word i - 1. Exactly one word hangs on the root."""
    n = scores.shape[0]
    usable = scores.astype(np.float64)
    usable[np.arange(n), np.arange(1, n + 1)] = -np.inf
    heads = usable.argmax(1)
    if n == 0 or ((heads == 0).sum() == 1 and not _cycle(heads.tolist())):
        return [int(h) for h in heads]
    return _under_best_root(usable)


def _under_best_root(usable: Square) -> list[int]:
    """The best tree under each root that may yet beat those seen, the most promising first.

    No tree under a root is better than all other words' best heads, whether or not these make a tree.
    """
    n = len(usable)
    bounds = np.where(np.eye(n, dtype=bool), usable[:, :1], usable[:, 1:].max(1)).sum(1)
    best, value = [0] + [1] * (n - 1), -np.inf  # where every tree is ruled out
    for root in np.argsort(-bounds, kind="stable").tolist():
        if bounds[root] <= value:
            break
        square = _under(usable, root)
        found = _spanning(square)[1:]
        total = square[np.arange(1, n + 1), found].sum()
        if total > value:
            best, value = found, total
    return best


def _under(usable: Square, root: int) -> Square:
    """(1 + n, 1 + n) scores of node by head, in which only word ``root`` can hang on the root, node 0."""
    n = len(usable)
    square = np.full((n + 1, n + 1), -np.inf)
    square[1:, 1:] = usable[:, 1:]
    square[root + 1] = -np.inf
    square[root + 1, 0] = usable[root, 0]
    return square


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


def _spanning(scores: Square) -> list[int]:
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


def _contract(scores: Square, heads: Numbers, cycle: list[int], rest: list[int]) -> tuple[Numbers, Numbers, Square]:
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
