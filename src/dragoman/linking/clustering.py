"""Clusters of what is alike, by average link: two clusters become one where their members are alike on the average.

The result hangs on the pairs alone and on the order of the items, which callers make a settled one; not on the order in
which pairs are found. A pair that may not be together (``-inf``) never is, however alike others are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Item = TypeVar("Item", bound=Hashable)

NEVER = -np.inf


def average_link(likeness: Floats, least: float) -> list[int]:
    """The number of each item's cluster, from the symmetric (n, n) likenesses; clusters by their first item.

    Two clusters are joined while the mean likeness between their members is at least ``least``, the likeliest first
    (nearest-neighbour chains, Murtagh 1983: O(n²)). Equal likenesses go to the item that comes first.
    """
    table = likeness.astype(np.float64)
    np.fill_diagonal(table, NEVER)
    sizes, cluster = np.ones(len(table)), list(range(len(table)))
    active = np.ones(len(table), dtype=bool)
    chain: list[int] = []
    while active.any():
        chain = chain or [int(active.argmax())]
        at = chain[-1]
        near = int(table[at].argmax())
        if len(chain) > 1 and table[at, near] <= table[at, chain[-2]]:
            near = chain[-2]
        if table[at, near] < least:
            # whatever else is joined, on the average it is no nearer than its nearest part
            _retire(table, active, chain.pop())
        elif len(chain) > 1 and near == chain[-2]:
            _join(table, sizes, cluster, chain.pop(), chain.pop(), active)
        else:
            chain.append(near)
    return _numbered(cluster)


def _retire(table: NDArray[np.float64], active: NDArray[np.bool_], item: int) -> None:
    active[item] = False
    table[item, :] = table[:, item] = NEVER


def _join(
    table: NDArray[np.float64], sizes: NDArray[np.float64], cluster: list[int], one: int, other: int,
    active: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Put the later of two items' clusters into the earlier's."""
    keep, gone = min(one, other), max(one, other)
    both = sizes[keep] + sizes[gone]
    mean = (sizes[keep] * table[keep] + sizes[gone] * table[gone]) / both
    mean[keep] = NEVER
    sizes[keep] = both
    _retire(table, active, gone)
    mean[~active] = NEVER
    table[keep], table[:, keep] = mean, mean
    cluster[gone] = keep


def _numbered(cluster: list[int]) -> list[int]:
    """Each item's cluster by its first item; an item's own entry is itself or an earlier one."""
    for item, of in enumerate(cluster):
        cluster[item] = item if of == item else cluster[of]
    return cluster


def clusters(
    items: Sequence[Item], pairs: Mapping[tuple[Item, Item], float], least: float, *, apart: float = 0.0
) -> list[list[Item]]:
    """The items in clusters, by the likenesses of the pairs that are given; a pair that is not given is ``apart``.

    :param items: in a settled order; every pair is of two of them. Clusters keep the order, by their first item.
    """
    place = {item: number for number, item in enumerate(items)}
    links = {(place[one], place[other]): value for (one, other), value in pairs.items()}
    label = list(range(len(items)))
    for part, inside in _parts(len(items), links):
        for number, of in zip(part, _labels(part, inside, least, apart), strict=True):
            label[number] = part[of]
    groups: defaultdict[int, list[Item]] = defaultdict(list)
    for item, of in zip(items, label, strict=True):
        groups[of].append(item)
    return list(groups.values())


Links = Mapping[tuple[int, int], float]


def _labels(part: Sequence[int], links: Links, least: float, apart: float) -> list[int]:
    where = {number: row for row, number in enumerate(part)}
    table = np.full((len(part), len(part)), apart, dtype=np.float32)
    for (one, other), value in links.items():
        table[where[one], where[other]] = table[where[other], where[one]] = value
    return average_link(table, least)


def connected(items: Iterable[Item], pairs: Iterable[tuple[Item, Item]]) -> list[frozenset[Item]]:
    """The items in parts that pairs connect, what stands alone included; parts in the order of their first items."""
    place = {item: number for number, item in enumerate(items)}
    root = _roots(len(place), ((place[one], place[other]) for one, other in pairs))
    parts: defaultdict[int, list[Item]] = defaultdict(list)
    for item, number in place.items():
        parts[_find(root, number)].append(item)
    return [frozenset(part) for part in parts.values()]


def firsts(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Of each of the numbers below ``size`` the first that pairs connect it with, itself where it stands alone."""
    root = _roots(size, pairs)
    return [_find(root, number) for number in range(size)]


def _roots(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    root = list(range(size))
    for one, other in pairs:
        one, other = sorted((_find(root, one), _find(root, other)))
        root[other] = one
    return root


def _find(root: list[int], number: int) -> int:
    while root[number] != number:
        root[number] = number = root[root[number]]
    return number


def _parts(size: int, links: Links) -> Iterable[tuple[list[int], dict[tuple[int, int], float]]]:
    """The numbers that pairs connect, in order, each part with its own pairs; what stands alone is left out."""
    root = _roots(size, links)
    inside: defaultdict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for pair, value in links.items():
        inside[_find(root, pair[0])][pair] = value
    for pairs in inside.values():
        yield sorted({number for pair in pairs for number in pair}), pairs
