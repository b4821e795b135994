"""How well clusters of mentions agree with gold ones: MUC, B³ and CEAFe, and their mean, the CoNLL score.

The definitions are those of the reference scorer (Pradhan et al. 2014, https://aclanthology.org/P14-2006): MUC of
Vilain et al. 1995, B³ of Bagga and Baldwin 1998, CEAF with the similarity of entities of Luo 2005. Clusters may hold
mentions that the other side does not have; singletons count where they are given.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.evaluation.task import harmonic

Mention = Hashable
Clusters = Sequence[frozenset[Mention]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of one measure, as fractions of one."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return harmonic(self.precision, self.recall)


def grouped(labels: Mapping[Mention, Hashable]) -> Clusters:
    """The clusters of mentions that have one label, in the order their labels first come."""
    found: defaultdict[Hashable, set[Mention]] = defaultdict(set)
    for mention, label in labels.items():
        found[label].add(mention)
    return [frozenset(cluster) for cluster in found.values()]


def muc(key: Clusters, response: Clusters) -> Score:
    """The share of links that need not be added to the other side's clusters to make this side's."""
    return Score(_muc(response, key), _muc(key, response))


def _muc(of: Clusters, by: Clusters) -> float:
    where = _where(by)
    links = kept = 0
    for cluster in of:
        parts = len({where[m] for m in cluster if m in where}) + sum(m not in where for m in cluster)
        links, kept = links + len(cluster) - 1, kept + len(cluster) - parts
    return kept / links if links else 0.0


def b_cubed(key: Clusters, response: Clusters) -> Score:
    """The mean over mentions of the share of its cluster that is with it on the other side too."""
    return Score(_b_cubed(response, key), _b_cubed(key, response))


def _b_cubed(of: Clusters, by: Clusters) -> float:
    where = _where(by)
    total = sum(len(cluster) for cluster in of)
    shared = sum(n * n / len(cluster) for cluster in of for n in _overlaps(cluster, where).values())
    return shared / total if total else 0.0


def ceaf_e(key: Clusters, response: Clusters) -> Score:
    """The best one-to-one assignment of clusters, a pair being worth 2 |K ∩ R| / (|K| + |R|), over their numbers."""
    where = _where(response)
    worth = {
        (i, j): 2 * n / (len(cluster) + len(response[j]))
        for i, cluster in enumerate(key)
        for j, n in _overlaps(cluster, where).items()
    }
    best = sum(assigned(part) for part in components(worth))
    return Score(best / len(response) if response else 0.0, best / len(key) if key else 0.0)


def _where(clusters: Clusters) -> dict[Mention, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _overlaps(cluster: frozenset[Mention], where: Mapping[Mention, int]) -> Counter[int]:
    return Counter(where[mention] for mention in cluster if mention in where)


def components(worth: Mapping[tuple[int, int], float]) -> Iterable[dict[tuple[int, int], float]]:
    """The pairs in parts that share no row and no column: an assignment of each is one of the whole."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        while root.setdefault(node, node) != node:
            root[node] = node = root[root[node]]
        return node

    for row, column in worth:
        root[find(("row", row))] = find(("column", column))
    parts: defaultdict[tuple[str, int], dict[tuple[int, int], float]] = defaultdict(dict)
    for pair, value in worth.items():
        parts[find(("row", pair[0]))][pair] = value
    return parts.values()


def assigned(worth: Mapping[tuple[int, int], float]) -> float:
    """The worth of the best one-to-one assignment of rows to columns; a pair that is not given is worth nothing."""
    rows, columns = ({pair[side]: n for n, pair in enumerate(_distinct(worth, side))} for side in (0, 1))
    if len(rows) == 1 or len(columns) == 1:
        return max(worth.values(), default=0.0)
    table = np.zeros((len(rows), len(columns)))
    for (row, column), value in worth.items():
        table[rows[row], columns[column]] = value
    return best_worth(table if len(rows) <= len(columns) else table.T)


def _distinct(worth: Mapping[tuple[int, int], float], side: int) -> list[tuple[int, int]]:
    return list({pair[side]: pair for pair in worth}.values())


def best_worth(table: NDArray[np.float64]) -> float:
    """The worth of the best assignment of every row of an (n, m) table, n <= m, to a column of its own.

    Kuhn's algorithm in the form with potentials (shortest augmenting paths): each row in turn enters by the path of
    least cost, O(n² m) in all. Checked in the tests against every permutation.

    :raises ValueError: there are more rows than columns.
    """
    rows, columns = table.shape
    if rows > columns:
        raise ValueError(f"{rows} rows cannot have a column each of {columns}")
    row_of = np.full(columns + 1, -1)
    of_row, of_column = np.zeros(rows + 1), np.zeros(columns + 1)
    for row in range(rows):
        _enter(-table, row, row_of, of_row, of_column)
    taken = np.flatnonzero(row_of[:-1] >= 0)
    return float(table[row_of[taken], taken].sum())


Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


def _enter(cost: Floats, row: int, row_of: Numbers, of_row: Floats, of_column: Floats) -> None:
    """Give a row a column, moving others along the cheapest path; the last column stands for having none yet."""
    columns = cost.shape[1]
    row_of[columns] = row
    least, before = np.full(columns, np.inf), np.full(columns, columns)
    reached, at = np.zeros(columns + 1, dtype=bool), columns
    while row_of[at] >= 0:
        reached[at] = True
        now, free = row_of[at], ~reached[:-1]
        reduced = cost[now] - of_row[now] - of_column[:-1]
        better = free & (reduced < least)
        least[better], before[better] = reduced[better], at
        at = int(np.where(free, least, np.inf).argmin())
        step = least[at]
        of_row[row_of[reached]] += step
        of_column[reached] -= step
        least[free] -= step
    while at != columns:
        row_of[at], at = row_of[before[at]], int(before[at])
