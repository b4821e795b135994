"""What the pages are told when they start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Names of this very machine: a page asked for under any other name comes from a foreign site's DNS trick.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``record``: the file; ``corrections``: whether the pages may change it; ``hosts``: names it is asked for by."""

    record: Path
    corrections: bool = False
    hosts: tuple[str, ...] = LOOPBACK
