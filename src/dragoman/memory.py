"""How much of its memory a process that reads long keeps for itself, and how often it looks for what nobody holds.

Articles differ in size, and glibc keeps what one of them freed in pieces for the next: it learns from every large array
to keep larger ones, and a process that has read a thousand articles holds half as much again as it needs. Told where to
stop, it holds no more, in the same time.
"""

from __future__ import annotations

import ctypes
import gc
from functools import cache

# The parameters of glibc's mallopt(3): from how many bytes on a block is the system's own and goes back when it is
# freed; how many free bytes may lie at the end of the heap.
MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1
LIMITS = {MMAP_THRESHOLD: 2 << 20, TRIM_THRESHOLD: 16 << 20}
# A start makes some 400,000 objects that stay (imports, word lists), which the collector would look through again and
# again: 0.6 of 4.2 seconds to the first answer on two cores, and a thirtieth of the time of reading. What cycles a long
# run makes, it still collects.
SELDOM = (100_000, 50, 50)


@cache
def bound() -> bool:
    """Bound what this process keeps, from now on; False where there is no glibc to be told."""
    try:
        tell = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # another C library, or Windows, which has no handle of its own
        return False
    return all([tell(parameter, size) == 1 for parameter, size in LIMITS.items()])


def collect_seldom() -> None:
    """Have the collector look for cycles seldom, in a process that is Dragoman's own."""
    gc.set_threshold(*SELDOM)
