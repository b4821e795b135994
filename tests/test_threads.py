"""Products of matrices are made by the thread that asks, and nothing of it stays."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from dragoman.language import vectors
from dragoman.language.network import WEIGHTS
from dragoman.threads import one_thread


def blas() -> set[int]:
    """How many threads the libraries of linear algebra may take now."""
    return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}


def test_one_thread_and_afterwards_as_many_as_before() -> None:
    before = blas()
    with one_thread():
        assert blas() <= {1}
    assert blas() == before


def test_words_are_projected_by_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[int]] = []

    class Watched(np.ndarray):  # type: ignore[type-arg]
        def __matmul__(self, other: object) -> object:
            seen.append(blas())
            return np.asarray(self) @ other

    projected = vectors.projection(WEIGHTS / vectors.FILE)
    projected(np.zeros((3, 384), np.float32).view(Watched))
    assert len(seen) == 2
    assert all(each <= {1} for each in seen)
