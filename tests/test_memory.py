"""Freed memory goes back to the system once in a while."""

from __future__ import annotations

import ctypes

import pytest

from dragoman import memory


@pytest.fixture
def trims(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was asked for."""
    asked: list[int] = []
    monkeypatch.setattr(memory, "_trim", lambda: asked.append)
    return asked


def test_one_article_of_several_gives_back(trims: list[int]) -> None:
    for _ in range(3 * memory.EVERY):
        memory.tidy()
    assert trims == [0, 0, 0]


def test_a_system_without_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    memory._trim.cache_clear()
    assert memory._trim()(0) == 0
    memory._trim.cache_clear()
