"""The command line: one file for each verb, thin. What a user can cause ends in a message, never in a traceback."""

from __future__ import annotations

import sys

from dragoman import memory
from dragoman.errors import DragomanError

INTERRUPTED = 130  # what a shell reports of a command ended by Ctrl-C
INTERRUPTED_QUERY = "Query interrupted"  # what DuckDB raises, instead of KeyboardInterrupt, when Ctrl-C meets a query


def main() -> None:
    """Runs the command named by the arguments. Status: 0 done, 1 some sources failed, 2 usage."""
    memory.collect_seldom()
    try:
        _run()
    except DragomanError as error:
        _end(str(error))
    except BrokenPipeError:  # as in app.py, for what was still to be flushed
        from dragoman.cli.output import silence

        silence()
        sys.exit(0)
    except OSError as error:
        _end(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except RuntimeError as error:
        if str(error) != INTERRUPTED_QUERY:
            raise
        sys.exit(INTERRUPTED)


def _run() -> None:
    from dragoman.cli.app import app  # the slow part of a start; here Ctrl-C is answered already

    try:
        app(prog_name="dragoman")
    finally:
        sys.stdout.flush()  # here, where a pipe that nobody reads is still ours to answer for


def _end(reason: str) -> None:
    from dragoman.cli.output import warn

    warn(reason)
    sys.exit(1)
