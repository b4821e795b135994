"""An ordered map over several processes that outlives the death of one of them. Knows nothing of articles."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from dragoman import memory

T = TypeVar("T")
R = TypeVar("R")

# Enough that no process waits while the parent writes, few enough that the answers waiting to be written stay small.
AHEAD_PER_WORKER = 8


def default_workers() -> int:
    """The number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class Workers(Generic[T, R]):
    """Runs ``function`` over items in ``workers`` fresh processes, answers in the order of the items.

    At most ``workers * AHEAD_PER_WORKER`` items are in flight, so memory does not grow with their number. Where a
    process dies (killed for memory, a fault in native code), everything in flight falls with it: those items are
    run again one at a time, and only an item that kills its process alone is answered by ``lost(item)``.
    ``function`` must be importable by name, and items and answers picklable. ``preload`` names
    modules that are imported once and shared by the processes where the platform can do so. An item that ``known``
    has an answer for goes to no process; its answer keeps its place all the same. ``meanwhile`` is called once, while
    the processes start.
    """

    def __init__(
        self,
        function: Callable[[T], R],
        *,
        workers: int,
        lost: Callable[[T], R],
        preload: Sequence[str] = (),
        known: Callable[[T], R | None] | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        if workers < 1:
            raise ValueError(f"at least one worker is needed, not {workers}")
        self._function, self._workers, self._lost = function, workers, lost
        self._context, self._known, self._meanwhile = _context(preload), known, meanwhile
        self._pool: ProcessPoolExecutor | None = None
        self._others = frozenset(multiprocessing.active_children())

    def map(self, items: Iterable[T]) -> Iterator[tuple[T, R]]:
        """Each item with its answer. Closing the iterator early ends the processes at once."""
        try:
            yield from self._answers(iter(items))
        except BaseException:
            self._abandon()
            raise
        self._close()

    def _answers(self, stream: Iterator[T]) -> Iterator[tuple[T, R]]:
        waiting: deque[tuple[T, Future[R]]] = deque()
        while self._fill(waiting, stream):
            if self._pool is not None:
                self._while_they_start()
            item, future = waiting.popleft()
            try:
                answer = future.result()
            except BrokenProcessPool:
                waiting.appendleft((item, future))
                yield from self._settle(waiting)
            else:
                yield item, answer

    def _fill(self, waiting: deque[tuple[T, Future[R]]], stream: Iterator[T]) -> bool:
        """Tops up what is in flight; False when nothing is left."""
        while len(waiting) < self._workers * AHEAD_PER_WORKER:
            try:
                item = next(stream)
            except StopIteration:
                break
            waiting.append((item, self._submit(item)))
        return bool(waiting)

    def _while_they_start(self) -> None:
        if self._meanwhile is not None:
            work, self._meanwhile = self._meanwhile, None
            work()

    def _submit(self, item: T) -> Future[R]:
        known = self._known(item) if self._known is not None else None
        if known is not None:
            answered: Future[R] = Future()
            answered.set_result(known)
            return answered
        if self._pool is None:
            self._pool = self._open(self._workers)
        try:
            return self._pool.submit(self._function, item)
        except BrokenProcessPool as error:  # noticed here before any answer told of it
            fallen: Future[R] = Future()
            fallen.set_exception(error)
            return fallen

    def _settle(self, waiting: deque[tuple[T, Future[R]]]) -> Iterator[tuple[T, R]]:
        """Answers all that was in flight when a process died, one at a time and with nothing beside it."""
        self._close()
        while waiting:
            item, future = waiting.popleft()
            try:
                yield item, future.result()
            except BrokenProcessPool:
                yield item, self._alone(item)
        self._close()

    def _alone(self, item: T) -> R:
        if self._pool is None:
            self._pool = self._open(1)
        try:
            return self._pool.submit(self._function, item).result()
        except BrokenProcessPool:
            self._close()
            return self._lost(item)

    def _open(self, workers: int) -> ProcessPoolExecutor:
        if _begin(self._context):
            self._while_they_start()
        return ProcessPoolExecutor(workers, mp_context=self._context, initializer=_start)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _abandon(self) -> None:
        """Ends the processes without waiting for what they are at; nothing they hold is owed to anyone."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            for child in self._children():
                child.terminate()
        self._close()

    def _children(self) -> list[BaseProcess]:
        return [child for child in multiprocessing.active_children() if child not in self._others]


def _context(preload: Sequence[str]) -> multiprocessing.context.BaseContext:
    """Fresh processes, never a fork of this one: it may hold threads and an open record."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _begin(context: multiprocessing.context.BaseContext) -> bool:
    """Start the process that others are forked from; False where there is none. Asked for a process, it would keep the
    caller waiting until it has imported everything."""
    if context.get_start_method() != "forkserver":
        return False
    from multiprocessing import forkserver

    forkserver.ensure_running()
    return True


def _start() -> None:
    """First thing in a new process. Ctrl-C goes to the whole group; only the parent may answer it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory.collect_seldom()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), name="parent", daemon=True).start()


def _end_with(sentinel: int) -> None:
    """A process whose parent was killed would wait for its next item for ever: nobody is left to end it."""
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
