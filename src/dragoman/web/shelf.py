"""The record as the pages see it: a copy, renewed when the file has changed, so that no page ever holds its lock."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from dragoman.errors import RecordError
from dragoman.record import Record

LOG = logging.getLogger(__name__)

# Seconds between looks at the file: news arrives slower, and a stat costs nothing against a page.
LOOK_EVERY = 1.0

# A copy may take this share of the time, so that a large record that grows all the while is not copied all the while.
COPY_SHARE = 0.1

# A copy during which the file changed is taken again: while a large one is being read into, moving the log into the
# file takes a second or two, and happens every few hundred articles.
TRIES, BETWEEN = 20, 0.25

Signature = tuple[tuple[int, int], ...]


class _Copy:
    """One copy with those who read it; it is taken away when it is replaced and the last has gone."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        self.path = self.folder / "record.duckdb"
        try:
            take(source, self.path)
            with Record.open(self.path) as record:
                # an older schema is brought up to date, and facts are made, here and once
                record.select("SELECT count(*) FROM facts")
                record.flush()
            self.record = Record.open(self.path, read_only=True)
        except (RecordError, OSError) as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            reason = error.reason if isinstance(error, RecordError) else str(error.strerror or error)
            raise RecordError(reason, source=str(source)) from error
        self.readers = 0
        self.replaced = False

    def end(self) -> None:
        self.record.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Shelf:
    """Hands out the newest copy of a record.

    :raises RecordError: from the beginning: there is no record at ``path``, or it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._folder = tempfile.TemporaryDirectory(prefix="dragoman-", ignore_cleanup_errors=True)
        self._lock = threading.Lock()
        self._renewing = threading.Lock()
        self._seen = signature(path)
        self._copy = _Copy(path, Path(self._folder.name))
        self._next_look = time.monotonic() + LOOK_EVERY

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def record(self) -> Iterator[Record]:
        """The newest copy, open for reading; it stays as it is until the caller is done."""
        with self._borrowed() as copy:
            yield copy.record

    @contextmanager
    def file(self) -> Iterator[Path]:
        """The newest copy's file, which stays where it is until the caller is done."""
        with self._borrowed() as copy:
            yield copy.path

    def renew(self) -> None:
        """Take a new copy now: for whoever has just changed the file and wants to see it."""
        with self._renewing:
            self._take()

    def close(self) -> None:
        """Take the copies away."""
        with self._renewing, self._lock:
            self._copy.end()
            self._folder.cleanup()

    @contextmanager
    def _borrowed(self) -> Iterator[_Copy]:
        self._look()
        with self._lock:
            copy = self._copy
            copy.readers += 1
        try:
            yield copy
        finally:
            with self._lock:
                copy.readers -= 1
                unused = copy.replaced and copy.readers == 0
            if unused:
                copy.end()

    def _look(self) -> None:
        """Begin a renewal beside the pages where the file has changed; they go on with the copy they have."""
        with self._lock:
            if time.monotonic() < self._next_look:
                return
            self._next_look = time.monotonic() + LOOK_EVERY
        if signature(self.path) != self._seen and self._renewing.acquire(blocking=False):
            threading.Thread(target=self._renew_beside, daemon=True, name="dragoman-copy").start()

    def _renew_beside(self) -> None:
        try:
            self._take()
        except RecordError as error:
            # caught in the middle of a change, or the file is gone: the next look tries again
            LOG.warning("%s", error)
        finally:
            self._renewing.release()

    def _take(self) -> None:
        began = time.monotonic()
        seen = signature(self.path)
        copy = _Copy(self.path, Path(self._folder.name))
        with self._lock:
            old, self._copy, self._seen = self._copy, copy, seen
            old.replaced = True
            unused = old.readers == 0
            ended = time.monotonic()
            self._next_look = ended + max(LOOK_EVERY, (ended - began) / COPY_SHARE)
        if unused:
            old.end()


def signature(path: Path) -> Signature:
    """What tells one state of a record from another without opening it: size and time of the file and of its log."""
    found = []
    for each in (path, path.with_name(path.name + ".wal")):
        try:
            state = each.stat()
        except FileNotFoundError:
            continue
        found.append((state.st_size, state.st_mtime_ns))
    return tuple(found)


def take(source: Path, target: Path) -> None:
    """Copy a record with its log while somebody may be writing to it.

    The log goes first: it only grows until its content is moved into the file. A file that did not change from before
    the log was copied until after itself was fits what is in the log's copy; otherwise it is tried again.

    :raises RecordError: there is no record, or it changes too fast to be copied.
    """
    for _ in range(TRIES):
        before = _state(source)
        for ending in (".wal", ""):
            part, copy = source.with_name(source.name + ending), target.with_name(target.name + ending)
            copy.unlink(missing_ok=True)
            if part.exists():
                shutil.copyfile(part, copy)
        if _state(source) == before:
            return
        time.sleep(BETWEEN)
    raise RecordError("it changes too fast to be copied", source=str(source))


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise RecordError(error.strerror or str(error), source=str(path)) from None
    return found.st_size, found.st_mtime_ns
