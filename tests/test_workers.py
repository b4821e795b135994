"""The ordered map over processes: order, bounded flight, the death of a process, and an early end."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator

import pytest

from dragoman import memory
from dragoman.workers import AHEAD_PER_WORKER, Workers


def double(item: int) -> int:
    if item % 3 == 0:
        time.sleep(0.02)  # so that answers are ready out of order
    return 2 * item


def double_or_die(item: int) -> int:
    if item in (5, 6):
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * item


def slow(item: int) -> int:
    time.sleep(60)
    return item


def looks_for_garbage(item: int) -> tuple[int, ...]:
    return gc.get_threshold()


def lost(item: int) -> int:
    return -item


def test_answers_come_in_the_order_of_the_items() -> None:
    answers = Workers(double, workers=2, lost=lost).map(range(20))
    assert list(answers) == [(item, 2 * item) for item in range(20)]


def test_a_process_that_dies_costs_its_own_item_only() -> None:
    answers = Workers(double_or_die, workers=2, lost=lost).map(range(16))
    assert list(answers) == [(item, -item if item in (5, 6) else 2 * item) for item in range(16)]


def test_what_is_to_be_done_meanwhile_is_done_once_and_only_where_processes_start() -> None:
    done: list[str] = []
    for known in (lambda item: -item, lambda item: None):
        crew = Workers(double, workers=1, lost=lost, known=known, meanwhile=lambda: done.append("once"))
        assert len(list(crew.map(range(1, 20)))) == 19
        assert done == ([] if known(1) else ["once"])


def test_its_processes_look_for_garbage_seldom() -> None:
    ((_, threshold),) = Workers(looks_for_garbage, workers=1, lost=lambda item: ()).map([1])
    assert threshold == memory.SELDOM


def test_no_more_is_taken_from_the_stream_than_may_be_in_flight() -> None:
    taken: list[int] = []

    def stream() -> Iterator[int]:
        for item in range(30):
            taken.append(item)
            yield item

    answers = Workers(double, workers=2, lost=lost).map(stream())
    for at, _ in enumerate(answers):
        assert len(taken) <= at + 2 * AHEAD_PER_WORKER


def test_an_early_end_leaves_no_process_behind() -> None:
    before = set(multiprocessing.active_children())
    answers = Workers(slow, workers=2, lost=lost).map(_interrupted())
    with pytest.raises(KeyboardInterrupt):
        next(answers)
    deadline = time.monotonic() + 10
    while set(multiprocessing.active_children()) - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not set(multiprocessing.active_children()) - before


def _interrupted() -> Iterator[int]:
    yield 1
    yield 2
    raise KeyboardInterrupt


def test_at_least_one_worker_is_needed() -> None:
    with pytest.raises(ValueError, match="at least one worker"):
        Workers(double, workers=0, lost=lost)
