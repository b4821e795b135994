"""The best single span of each sentence: checked against all spans there are."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from dragoman.language import parties
from dragoman.language.parties import LONGEST, best_spans

LABELS = ["O", "B-actor", "E-actor", "I-actor", "S-actor"]
OUTSIDE, BEGIN, END, INSIDE, SINGLE = range(5)
SCORES = st.integers(1, 30).flatmap(
    lambda n: arrays(np.float32, (n, len(LABELS)), elements=st.floats(-20, 20, width=32))
)


def gain(scores: NDArray[np.float32], start: int, end: int) -> float:
    """What a span's labels score above O."""
    labels = [SINGLE] if end - start == 1 else [BEGIN, *[INSIDE] * (end - start - 2), END]
    return float(sum(scores[start + i, label] - scores[start + i, OUTSIDE] for i, label in enumerate(labels)))


def best_gain(scores: NDArray[np.float32], start: int, end: int) -> float:
    spans = [(a, b) for a in range(start, end) for b in range(a + 1, min(a + LONGEST, end) + 1)]
    return max(gain(scores, a, b) for a, b in spans)


def check(scores: NDArray[np.float32], begins: NDArray[np.bool_]) -> None:
    found = list(best_spans(scores, begins, LABELS))
    edges = [*np.flatnonzero(begins).tolist(), len(scores)]
    for start, end in pairwise(edges):
        inside = [span for span in found if start <= span[0] < end]
        best = best_gain(scores, start, end)
        assert len(inside) == int(bool(inside)) and (inside or best <= 1e-3)
        for a, b in inside:
            assert start <= a < b <= end and b - a <= LONGEST
            assert gain(scores, a, b) == pytest.approx(best, abs=1e-3) and best > -1e-3
    assert len(found) == sum(any(start <= a < end for a, _ in found) for start, end in pairwise(edges))


@given(SCORES, st.data())
def test_no_span_of_a_sentence_is_better(scores: NDArray[np.float32], data: st.DataObject) -> None:
    begins = data.draw(arrays(np.bool_, len(scores)))
    begins[0] = True
    check(scores, begins)


def test_where_every_word_is_likelier_outside_there_is_no_party() -> None:
    scores = np.zeros((6, 5), np.float32)
    scores[:, OUTSIDE] = 0.1
    assert list(best_spans(scores, np.array([1, 0, 0, 1, 0, 0], bool), LABELS)) == []
    assert list(best_spans(np.zeros((2, 5), np.float32), np.array([1, 0], bool), LABELS)) == []  # a draw is no span


def test_two_marks_in_a_sentence_are_one_party_and_in_two_sentences_two() -> None:
    scores = np.zeros((5, 5), np.float32)
    scores[1, SINGLE], scores[3, SINGLE] = 2, 3
    assert list(best_spans(scores, np.array([1, 0, 0, 0, 0], bool), LABELS)) == [(3, 4)]
    assert list(best_spans(scores, np.array([1, 0, 1, 0, 0], bool), LABELS)) == [(1, 2), (3, 4)]


def test_a_span_may_gain_less_within_if_its_ends_gain_more() -> None:
    scores = np.zeros((4, 5), np.float32)
    scores[0, BEGIN], scores[1:3, INSIDE], scores[3, END], scores[0, SINGLE] = 5, -1, 4, 6
    assert list(best_spans(scores, np.array([1, 0, 0, 0], bool), LABELS)) == [(0, 4)]


def test_a_span_is_no_longer_than_the_longest() -> None:
    scores = np.zeros((LONGEST + 1, 5), np.float32)
    scores[0, BEGIN] = scores[LONGEST, END] = 9
    scores[LONGEST - 1, END] = 1
    begins = np.zeros(len(scores), bool)
    begins[0] = True
    assert list(best_spans(scores, begins, LABELS)) == [(0, LONGEST)]


def test_how_many_sentences_are_looked_at_together_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(3)
    scores = dice.normal(size=(200, 5)).astype(np.float32)
    begins = dice.random(200) < 0.15
    begins[0] = True
    whole = list(best_spans(scores, begins, LABELS))
    assert len(whole) > 10
    for size in (1, 2, 7):
        monkeypatch.setattr(parties, "AT_ONCE", size)
        assert list(best_spans(scores, begins, LABELS)) == whole
