"""Label scores to spans: the best sequence that IOB2 or IOBES allows."""

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


ENDED = ["O", "B-cue", "E-cue", "I-cue", "S-cue"]
TYPED = ["O", "B-A", "B-B", "E-A", "E-B", "I-A", "I-B", "S-A", "S-B"]


def ended(tags: tuple[str, ...]) -> bool:
    """Whether every span of an IOBES sequence is begun, of one type, and ended."""
    return all(
        before[2:] == tag[2:] if tag[0] in "IE" and before[0] in "BI" else before[0] not in "BI" and tag[0] not in "IE"
        for before, tag in pairwise(("O", *tags, "O"))
    )


def ended_tags(found: list[tuple[int, int, str]], length: int) -> list[str]:
    tags = ["O"] * length
    for start, end, label in found:
        marks = "S" if end - start == 1 else "B" + "I" * (end - start - 2) + "E"
        tags[start:end] = [f"{mark}-{label}" for mark in marks]
    return tags


def brute(scores: NDArray[np.float32], labels: list[str]) -> float:
    every = (tags for tags in product(labels, repeat=len(scores)) if ended(tags))
    return max(sum(scores[i, labels.index(tag)] for i, tag in enumerate(tags)) for tags in every)


@pytest.mark.parametrize(("labels", "longest"), [(ENDED, 6), (TYPED, 4)])
@given(st.data())
def test_no_sequence_with_ends_is_better(labels: list[str], longest: int, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, longest))
    scores = data.draw(arrays(np.float32, (length, len(labels)), elements=NUMBERS))
    tags = ended_tags(Decoder(labels)(scores), length)
    assert ended(tuple(tags))
    own = sum(scores[i, labels.index(tag)] for i, tag in enumerate(tags))
    assert own == pytest.approx(brute(scores, labels), abs=1e-3)


def test_a_span_begun_is_ended_or_not_begun() -> None:
    scores = np.full((2, len(ENDED)), -9, np.float32)
    scores[[0, 1], [ENDED.index("B-cue"), ENDED.index("O")]] = 9
    scores[0, ENDED.index("S-cue")] = 8
    assert Decoder(ENDED)(scores) == [(0, 1, "cue")]
    scores[1, ENDED.index("E-cue")] = 8.5
    assert Decoder(ENDED)(scores) == [(0, 2, "cue")]


@pytest.mark.parametrize("labels", [LABELS, ENDED])
@given(st.data())
def test_windows_read_together_are_as_read_alone(labels: list[str], data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=5))
    scores = data.draw(arrays(np.float32, (sum(lengths), len(labels)), elements=NUMBERS))
    starts = [sum(lengths[:i]) for i in range(len(lengths))]
    opens = np.isin(np.arange(len(scores)), starts)
    decoder = Decoder(labels)
    alone = [
        (start + a, start + b, label)
        for start, length in zip(starts, lengths, strict=True)
        for a, b, label in decoder(scores[start : start + length])
    ]
    assert decoder(scores, opens) == alone
