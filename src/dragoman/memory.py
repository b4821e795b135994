"""How much of its memory a process that reads long keeps for itself.

Articles differ in size, and glibc keeps what one of them freed in pieces for the next: it learns from every large array
to keep larger ones, and a process that has read a thousand articles holds half as much again as it needs. Told where to
stop, it holds no more, in the same time.
"""

from __future__ import annotations

import ctypes
from functools import cache

# The parameters of glibc's mallopt(3): from how many bytes on a block is the system's own and goes back when it is
# freed; how many free bytes may lie at the end of the heap.
MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1
LIMITS = {MMAP_THRESHOLD: 2 << 20, TRIM_THRESHOLD: 16 << 20}


@cache
def bound() -> bool:
    """Bound what this process keeps, from now on; False where there is no glibc to be told."""
    try:
        tell = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # another C library, or Windows, which has no handle of its own
        return False
    return all([tell(parameter, size) == 1 for parameter, size in LIMITS.items()])
