"""Average link: against the definition worked out the slow way, and the laws that linking rests on."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.clustering import NEVER, average_link, clusters, firsts


def slowly(table: np.ndarray, least: float) -> set[frozenset[int]]:
    """Join the two clusters that are most alike on the average, as long as there are any."""
    found = [frozenset([item]) for item in range(len(table))]
    while len(found) > 1:
        mean = {(a, b): np.mean([table[i, j] for i in a for j in b]) for a, b in combinations(found, 2)}
        (one, other), best = max(mean.items(), key=lambda each: each[1])
        if best < least:
            break
        found = [each for each in found if each not in (one, other)] + [one | other]
    return set(found)


def groups(labels: list[int]) -> set[frozenset[int]]:
    return {frozenset(i for i, label in enumerate(labels) if label == each) for each in set(labels)}


@st.composite
def tables(draw: st.DrawFn) -> np.ndarray:
    size = draw(st.integers(1, 9))
    # roots, so that no two means are the same
    values = iter(draw(st.permutations(range(size * (size - 1) // 2))))
    table = np.zeros((size, size), dtype=np.float32)
    for i, j in combinations(range(size), 2):
        table[i, j] = table[j, i] = (next(values) + 2) ** 0.5 / 7
    return table


@given(tables(), st.floats(0.05, 0.95))
def test_it_is_average_link(table: np.ndarray, least: float) -> None:
    assert groups(average_link(table, least)) == slowly(table, least)


@given(tables(), st.randoms())
def test_the_order_of_items_changes_nothing(table: np.ndarray, rng: np.random.RandomState) -> None:
    order = list(range(len(table)))
    rng.shuffle(order)
    turned = {frozenset(order[i] for i in group) for group in groups(average_link(table[np.ix_(order, order)], 0.4))}
    assert turned == groups(average_link(table, 0.4))


@given(tables())
def test_what_may_not_be_together_never_is(table: np.ndarray) -> None:
    if len(table) > 1:
        table[0, 1] = table[1, 0] = NEVER
        labels = average_link(table, 0.01)
        assert labels[0] != labels[1]


def test_a_cluster_is_named_by_its_first_item() -> None:
    table = np.array([[0, 0, 0.9], [0, 0, 0], [0.9, 0, 0]], dtype=np.float32)
    assert average_link(table, 0.5) == [0, 1, 0]


def test_items_are_clustered_by_their_pairs() -> None:
    pairs = {("a", "c"): 0.9, ("c", "d"): 0.2, ("e", "b"): 0.8}
    assert clusters("abcdef", pairs, 0.5) == [["a", "c"], ["b", "e"], ["d"], ["f"]]


def test_a_chain_is_cut_where_its_ends_are_not_alike() -> None:
    chain = {(i, i + 1): 0.7 for i in range(5)}
    assert all(len(group) <= 2 for group in clusters(range(6), chain, 0.5))


def test_pairs_that_may_not_be_together_are_told_by_never() -> None:
    pairs = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): NEVER}
    assert clusters(range(3), pairs, 0.4) in ([[0, 1], [2]], [[0], [1, 2]])


def test_what_pairs_connect_has_one_first():
    assert firsts(6, [(4, 2), (5, 4), (1, 0)]) == [0, 0, 2, 3, 2, 2]
    assert firsts(3, []) == [0, 1, 2]
