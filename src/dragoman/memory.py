"""What a process that reads long gives back of its memory.

Articles differ in size, and glibc keeps what one of them freed in pieces for the next: a process that has read a
thousand holds half as much again as it needs. Once in a while it is told to hand that back.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from itertools import count

EVERY = 16  # articles; more often costs time, more seldom memory

_read = count(1)


def tidy() -> None:
    """To be called once an article: of every ``EVERY`` calls one gives back what is free."""
    if next(_read) % EVERY == 0:
        _trim()(0)


@cache
def _trim() -> Callable[[int], int]:
    """glibc's ``malloc_trim``, or what does nothing where there is none."""
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # another C library, or Windows, which has no handle of its own
        return lambda _: 0
    return found
