"""Arc scores to trees: the best tree with one root, whatever the scores."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.language.tree import Scores, decode, trees


def is_tree(heads: list[int]) -> bool:
    """Whether every word (counted from 1) reaches the root, 0, and only one word hangs on it."""
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return heads.count(0) == 1


def total(scores: Scores, heads: list[int]) -> float:
    return float(sum(np.float64(scores[i, head]) for i, head in enumerate(heads)))


def best_total(scores: Scores) -> float:
    """The score of the best tree, found by looking at all of them."""
    n = len(scores)
    return max(total(scores, list(heads)) for heads in product(range(n + 1), repeat=n) if is_tree(list(heads)))


def square(low: float, high: float, sizes: st.SearchStrategy[int]) -> st.SearchStrategy[Scores]:
    numbers = st.floats(low, high, width=32)
    return sizes.flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=numbers))


@given(square(-50, 50, st.integers(1, 4)))
def test_no_tree_is_better(scores: Scores) -> None:
    heads = decode(scores)
    assert is_tree(heads)
    assert total(scores, heads) == pytest.approx(best_total(scores), abs=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_no_tree_of_five_words_is_better(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 6)).astype(np.float32)
    scores[:, 1:] += seed % 3  # arcs between words more likely than roots: cycles
    assert total(scores, decode(scores)) == pytest.approx(best_total(scores), abs=1e-4)


@given(square(-1000, 1000, st.integers(1, 40)))
def test_one_root_and_no_cycle(scores: Scores) -> None:
    assert is_tree(decode(scores))


@given(st.integers(1, 12), st.floats(-5, 5, width=32))
def test_equal_scores_make_a_tree_too(n: int, score: float) -> None:
    assert is_tree(decode(np.full((n, n + 1), score, np.float32)))


def test_a_tree_that_greed_finds_is_left_alone() -> None:
    scores = np.full((3, 4), -3, np.float32)
    scores[[0, 1, 2], [2, 0, 2]] = 5
    assert decode(scores) == [2, 0, 2]


def test_a_word_is_never_its_own_head() -> None:
    scores = np.zeros((3, 4), np.float32)
    scores[[0, 1, 2], [1, 2, 3]] = 100
    assert is_tree(decode(scores))


def test_two_roots_are_settled_by_the_scores() -> None:
    scores = np.array([[9, -99, 1], [10, 5, -99]], np.float32)
    assert decode(scores) == [0, 1]  # 9 + 5 against 10 + 1


def test_arcs_ruled_out_are_not_taken() -> None:
    scores = np.full((4, 5), -np.inf, np.float32)
    for word, head in ((1, 2), (2, 1), (2, 3), (3, 4), (4, 3), (1, 0), (4, 0)):
        scores[word - 1, head] = 10 * word + head
    heads = decode(scores)
    assert heads == [2, 3, 4, 0]
    assert np.isfinite(total(scores, heads))


@given(square(-9, 9, st.integers(2, 4)), st.data())
def test_the_best_tree_among_the_arcs_left(scores: Scores, data: st.DataObject) -> None:
    ruled_out = data.draw(arrays(np.bool_, scores.shape))
    scores = np.where(ruled_out, np.float32(-np.inf), scores)
    best = best_total(scores)
    heads = decode(scores)
    if np.isfinite(best):
        assert is_tree(heads)
        assert total(scores, heads) == pytest.approx(best, abs=1e-3)


def test_one_word_is_the_root_and_no_words_are_no_tree() -> None:
    assert decode(np.array([[-7, 3]], np.float32)) == [0]
    assert decode(np.array([[-np.inf, 0]], np.float32)) == [0]
    assert decode(np.zeros((0, 1), np.float32)) == []


def test_the_scores_given_stay_as_they_are() -> None:
    scores = np.random.default_rng(1).normal(size=(6, 7)).astype(np.float32)
    before = scores.copy()
    decode(scores)
    assert np.array_equal(scores, before)


def test_a_nest_of_cycles_in_a_long_sentence() -> None:
    """Pairs that prefer each other, and pairs of pairs: contraction within contraction."""
    n = 64
    scores = np.zeros((n, n + 1), np.float32)
    for i in range(n):
        for level in range(6):
            scores[i, (i ^ (1 << level)) + 1] = 100 - 10 * level
    assert is_tree(decode(scores))


@given(st.data())
def test_windows_of_several_sentences_are_as_each_sentence_alone(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 12), min_size=1, max_size=4))
    width = max(lengths)
    scores = data.draw(arrays(np.float32, (len(lengths), width, width + 1), elements=st.floats(-50, 50, width=32)))
    begins = data.draw(arrays(np.bool_, (len(lengths), width)))
    begins[:, 0] = True
    heads = trees(scores, begins, lengths)
    for row, length in enumerate(lengths):
        edges = [*np.flatnonzero(begins[row, :length]).tolist(), length]
        for start, end in pairwise(edges):
            own = heads[row, start:end]
            alone = decode(scores[row, start:end][:, [0, *range(start + 1, end + 1)]])
            assert [int(head) - start if head else 0 for head in own] == alone
        assert not heads[row, length:].any()


@pytest.mark.parametrize("seed", range(6))
def test_two_roots_and_cycles_at_once_are_settled_by_the_scores(seed: int) -> None:
    """Words in pairs that prefer each other, and several that want to be the root."""
    dice = np.random.default_rng(seed)
    scores = dice.normal(size=(5, 6)).astype(np.float32)
    scores[[0, 1], [2, 1]] += 5
    scores[2:4, 0] += 5
    heads = decode(scores)
    assert is_tree(heads)
    assert total(scores, heads) == pytest.approx(best_total(scores), abs=1e-4)


def test_where_every_tree_is_ruled_out_there_is_one_all_the_same() -> None:
    assert is_tree(decode(np.full((4, 5), -np.inf, np.float32)))
