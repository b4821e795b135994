"""Label scores to spans: the best sequence that IOB2 allows."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from dragoman.language.spans import Decoder, spans

LABELS = ["O", "B-LOC", "B-PER", "I-LOC", "I-PER"]
NUMBERS = st.floats(-20, 20, width=32)
SCORES = st.integers(1, 30).flatmap(lambda n: arrays(np.float32, (n, len(LABELS)), elements=NUMBERS))


def allowed(tags: tuple[str, ...]) -> bool:
    return all(
        not tag.startswith("I-") or before in (f"B-{tag[2:]}", tag)
        for before, tag in zip(("O", *tags), tags, strict=False)
    )


def tags_of(found: list[tuple[int, int, str]], length: int) -> list[str]:
    tags = ["O"] * length
    for start, end, label in found:
        tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return tags


def value(scores: NDArray[np.float32], tags: list[str]) -> float:
    return float(sum(scores[i, LABELS.index(tag)] for i, tag in enumerate(tags)))


@given(SCORES)
def test_spans_are_in_order_and_apart(scores: NDArray[np.float32]) -> None:
    found = Decoder(LABELS)(scores)
    assert all(0 <= start < end <= len(scores) for start, end, _ in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert {label for *_, label in found} <= {"LOC", "PER"}


@given(st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, len(LABELS)), elements=NUMBERS)))
def test_no_allowed_sequence_is_better(scores: NDArray[np.float32]) -> None:
    every = (tags for tags in product(LABELS, repeat=len(scores)) if allowed(tags))
    best = max(value(scores, list(tags)) for tags in every)
    assert value(scores, tags_of(Decoder(LABELS)(scores), len(scores))) == pytest.approx(best, abs=1e-3)


@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=30))
def test_a_certain_allowed_sequence_comes_back(tags: list[str]) -> None:
    scores = np.full((len(tags), len(LABELS)), -9, np.float32)
    scores[range(len(tags)), [LABELS.index(tag) for tag in tags]] = 9
    found = Decoder(LABELS)(scores)
    if allowed(tuple(tags)):
        assert tags_of(found, len(tags)) == tags


def test_an_inside_never_follows_an_outside_or_another_type() -> None:
    scores = np.full((3, len(LABELS)), -9, np.float32)
    scores[[0, 1, 2], [LABELS.index(tag) for tag in ("O", "I-PER", "I-PER")]] = 9
    scores[1, LABELS.index("B-PER")] = 8
    assert Decoder(LABELS)(scores) == [(1, 3, "PER")]
    scores = np.full((2, len(LABELS)), -9, np.float32)
    scores[[0, 1], [LABELS.index(tag) for tag in ("B-LOC", "I-PER")]] = 9
    scores[1, LABELS.index("I-LOC")] = 8
    assert Decoder(LABELS)(scores) == [(0, 2, "LOC")]


def test_nothing_at_all() -> None:
    assert Decoder(LABELS)(np.zeros((0, len(LABELS)), np.float32)) == []
    assert Decoder(LABELS)(np.zeros((4, len(LABELS)), np.float32)) == []  # a draw is no span


def test_two_spans_side_by_side_stay_two() -> None:
    assert spans(["B-PER", "B-PER", "I-PER", "O"]) == [(0, 1, "PER"), (1, 3, "PER")]


def test_a_stray_inside_begins_a_span() -> None:
    assert spans(["I-PER", "I-LOC", "O", "I-LOC"]) == [(0, 1, "PER"), (1, 2, "LOC"), (3, 4, "LOC")]


def test_types_may_hold_hyphens() -> None:
    assert spans(["B-SET-A", "I-SET-A", "I-SET-B"]) == [(0, 2, "SET-A"), (2, 3, "SET-B")]
