"""A process that reads keeps no more of what is freed than it is told to."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
from collections.abc import Iterator

import pytest

from dragoman import memory

# From a large block that is freed glibc learns to keep as much: without a bound the small ones after it stay.
FREED = """
import ctypes
from pathlib import Path
from dragoman import memory

def mebibytes(which="VmRSS"):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(which)) >> 10

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
if {bound}:
    assert memory.bound()
libc.free(libc.malloc(31 << 20))
before = mebibytes()
blocks = [0] * 40
for at in range(40):
    blocks[at] = libc.malloc(1 << 20)
for block in blocks:
    ctypes.memset(block, 1, 1 << 20)
for block in blocks:  # nothing may be made before that: it would lie above the blocks and hold them where they are
    libc.free(block)
held = mebibytes("VmHWM")
print(held - before, mebibytes() - before)
"""


@pytest.fixture(autouse=True)
def untold() -> Iterator[None]:
    memory.bound.cache_clear()
    yield
    memory.bound.cache_clear()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="there is glibc alone to be told")
def test_what_is_freed_goes_back() -> None:
    for bound, most in ((True, 20), (False, None)):
        code = FREED.replace("{bound}", str(bound))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        held, left = map(int, done.stdout.split())
        assert held >= 35
        assert left <= most if most is not None else left >= 35


def test_a_system_without_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    assert memory.bound() is False
