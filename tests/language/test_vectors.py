"""The small vectors that a report keeps of its cue and its sentence."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language import load
from dragoman.language.vectors import LENGTH, SIZE, in_bytes, vectors


def cosine(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    return float(np.dot(one, other) / (np.linalg.norm(one) * np.linalg.norm(other)))


def test_acts_that_are_alike_have_cues_that_are_alike() -> None:
    doc = load()("Norway expelled two diplomats. Chile threw out three envoys. Peru praised the Polish minister.")
    told = {word.text: vectors(doc, [word.i], range(word.sent.start, word.sent.end)) for word in doc}
    expelled, threw, praised = (told[word] for word in ("expelled", "threw", "praised"))
    assert expelled and threw and praised
    assert cosine(expelled.cue, threw.cue) > cosine(expelled.cue, praised.cue)
    assert len(expelled.cue) == len(expelled.sentence) == SIZE


def test_the_same_text_has_the_same_vectors() -> None:
    docs = [load()("Norway expelled two diplomats.") for _ in range(2)]
    assert vectors(docs[0], [1], range(4)) == vectors(docs[1], [1], range(4)) is not None


def test_another_pipeline_makes_none() -> None:
    assert vectors(spacy.blank("en")("Norway left."), [1], [0, 1]) is None


@given(st.lists(st.floats(-5, 5), min_size=SIZE, max_size=SIZE))
def test_bytes_keep_the_direction(numbers: list[float]) -> None:
    vector = np.array(numbers)
    kept = in_bytes(vector)
    assert all(-127 <= number <= 127 for number in kept)
    scaled = vector * (LENGTH / (np.linalg.norm(vector) or 1))
    assert kept == pytest.approx(np.clip(scaled, -127, 127), abs=0.51)
