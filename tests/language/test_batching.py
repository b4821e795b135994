"""Windows to batches: the cheapest partition, held against every other; and what the batches hold."""

from functools import cache
from itertools import combinations, pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.batching import BATCH_COST, BATCH_PIECES, batches, partition
from dragoman.language.network import WEIGHTS
from dragoman.language.pieces import Pieces
from dragoman.language.windows import windows


def cost(sizes: list[int], edges: list[int]) -> int | None:
    """What the batches between the edges cost; None where one of several windows is too large."""
    total = 0
    for start, end in pairwise(edges):
        padded = (end - start) * sizes[end - 1]
        if padded > BATCH_PIECES and end > start + 1:
            return None
        total += padded + BATCH_COST
    return total


@given(st.lists(st.integers(1, 500), min_size=1, max_size=8).map(sorted))
def test_no_other_partition_costs_less(sizes: list[int]) -> None:
    n = len(sizes)
    inner = (cut for count in range(n) for cut in combinations(range(1, n), count))
    costs = [found for cut in inner if (found := cost(sizes, [0, *cut, n])) is not None]
    found = list(partition(sizes))
    assert [start for start, _ in found] == [0, *(end for _, end in found[:-1])] and found[-1][1] == n
    assert cost(sizes, [0, *(end for _, end in found)]) == min(costs)


def test_no_windows_no_batches() -> None:
    assert list(partition([])) == []


def test_a_window_longer_than_a_batch_stands_alone() -> None:
    assert list(partition([BATCH_PIECES + 1, BATCH_PIECES + 2])) == [(0, 1), (1, 2)]


def test_equal_windows_go_together_as_far_as_they_fit() -> None:
    assert list(partition([100] * 6)) == [(0, 6)]
    assert sorted(end - start for start, end in partition([100] * 12)) == [6, 6]


@cache
def pieces() -> Pieces:
    return Pieces(WEIGHTS / "vocab.txt")


@pytest.mark.skipif(not (WEIGHTS / "vocab.txt").is_file(), reason="the package has no weights yet")
def test_every_window_is_in_one_batch_with_its_own_words() -> None:
    sentences = ["The envoy left.", "Talks on fisheries went on until late in the night.", "No."]
    doc = spacy.blank("en")("\n\n".join(" ".join(sentences[: 1 + i % 3]) for i in range(80)))
    cuts = list(windows(doc, pieces()))
    seen, widths = [], []
    for group, made in batches(doc, cuts, pieces()):
        assert made.lengths == tuple(len(cut.tokens) for cut in group)
        assert made.pieces.size <= BATCH_PIECES + 2 * len(group)  # a start and a stop piece in each
        for row, cut in enumerate(group):
            own = [number for i in cut.tokens for number in pieces().word(doc[i].text)]
            assert made.pieces[row, 1 : 1 + len(own)].tolist() == own
        seen += group
        widths.append(made.pieces.shape[1])
    assert len(seen) == len(cuts) and set(seen) == set(cuts)
    assert widths == sorted(widths) and len(widths) > 1
