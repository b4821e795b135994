"""What Daft calls in each of its processes. The one module that needs Daft to be imported."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import daft

from dragoman import memory

# Seconds between two looks whether the parent is still there.
LOOKS_EVERY = 1.0


class Stateful:
    """A function that a process keeps, with all that it has loaded, for every item it is given."""

    def __init__(self, function: bytes) -> None:
        if threading.current_thread() is threading.main_thread():
            # Ctrl-C goes to the whole group of processes; only the first may answer it
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        memory.collect_seldom()
        threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
        self.function: Callable[[Any], Any] = pickle.loads(function)

    @daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=1)
    def answer(self, items: daft.Series) -> list[bytes]:
        """The function's answers to items, or what it raised, pickled as the items are."""
        return [pickle.dumps(self._answer(pickle.loads(item))) for item in items.to_pylist()]

    def _answer(self, item: Any) -> Any:
        try:
            return self.function(item)
        except Exception as error:  # an error is an answer: raised here, it would be taken for a lost process
            return error


def _end_with(parent: int) -> None:
    """A process whose parent was killed is not to go on beside those of the run that takes its place."""
    while os.getppid() == parent:
        time.sleep(LOOKS_EVERY)
    os._exit(1)
