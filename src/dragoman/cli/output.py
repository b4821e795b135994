"""Where the command line writes: results on the standard output, everything else on the standard error."""

from __future__ import annotations

import os
import sys
from unicodedata import bidirectional, category

from rich.console import Console
from rich.text import Text

# A table in a pipe or a file has no window to fit; this keeps most rows on one line.
PLAIN_WIDTH = 160

# Signs that show the letters after them in another order than they stand in (Unicode Standard Annex 9).
DIRECTION_OVERRIDES = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


class _Console(Console):
    """A console that leaves a broken pipe to the caller; Rich would end with status 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def out() -> Console:
    """The standard output: colours on a terminal only, and none where NO_COLOR is set."""
    return _console(stderr=False)


def err() -> Console:
    """The standard error, for progress and what went wrong."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    console = _Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PLAIN_WIDTH
    return console


def warn(message: str) -> None:
    """One line on the standard error, in full whatever the window's width."""
    err().print(Text(f"dragoman: {printable(message)}"), soft_wrap=True)


def printable(text: str) -> str:
    """The text without control characters: what a report says must not steer the terminal it is shown on."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _steers(sign) else sign for sign in text)


def _steers(sign: str) -> bool:
    return sign not in "\n\t" and (category(sign) in ("Cc", "Cs") or bidirectional(sign) in DIRECTION_OVERRIDES)


def write(text: str) -> None:
    """Exact text on the standard output, for formats that other programs read."""
    sys.stdout.write(text)


def silence() -> None:
    """Nobody reads the standard output any more: what is still to be flushed goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
