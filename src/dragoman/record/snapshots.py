"""Reading a record while another process writes it.

DuckDB gives a file to one process that writes or to several that read, never to both, and a reader that holds the file
would keep ``dragoman read`` from starting. So readers that stay, such as the pages, read a copy. A copy is the file and
its write-ahead log as they are at one moment, which is what a writer that died at that moment would have left; DuckDB
opens such a pair and finds every transaction that was committed, and no other.

What makes it one moment: a writer appends to the log, and only a checkpoint changes what the file holds. It writes new
blocks where nothing is in use, and then one of the two small headers at the beginning of the file, which says where
everything is; only after that is the log cut and are old blocks used again. So where the headers are the same after the
copy as before, all that they refer to was copied whole, and the log is the one that goes with them. Otherwise the copy
is made again. A log whose last entry was not written whole ends before it.

A copy is private: its facts and its schema are brought up to date before it is opened for reading, and other processes
may read its file too.
Where there is no room for another copy, because somebody still reads the one before the last, the last one stays.

Of a lake (:mod:`dragoman.record.lakes`) nothing needs to be copied: a file of views of its files is made, and made anew
when its index changed, before the next reader gets one.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple

from dragoman.errors import RecordError
from dragoman.record.faults import faults
from dragoman.record.lakes import INDEX, connect_lake, is_lake
from dragoman.record.opening import check_file
from dragoman.record.store import Record

LOG = logging.getLogger(__name__)

# Three blocks of DuckDB's storage format: the main header, and the two of which the newer one counts.
HEADERS = 3 * 4096

# A checkpoint of a record takes some hundredths of a second; in this many trials, waiting longer each time, one falls
# between two of them even where a writer makes one after every article.
TRIES, WAIT = 40, 0.01

# How many copies there may be at once: the one that is asked now, and one that somebody still reads.
COPIES = 2

# A large record takes long to copy: no more than this share of the time goes into it.
SHARE = 0.1

# What the answers to all readers may take together; a record of 100,000 events stays below a tenth of it.
MEMORY = "2GB"

# Among how many who ask at once the processors are divided: with two on two cores, an answer that has one core to
# itself is there sooner than one that shares both.
READERS = 2

_PREFIX = "dragoman-copy-"


class Stamp(NamedTuple):
    """What tells whether a record's file or its log was written to: sizes in bytes, times in nanoseconds."""

    size: int
    time: int
    log_size: int
    log_time: int


def stamp_of(path: Path) -> Stamp:
    """The stamp of a record that lies at a path; of a lake that of its index.

    :raises RecordError: there is none, or it may not be read.
    """
    with faults(path):
        if is_lake(path):
            index = (path / INDEX).stat()
            return Stamp(index.st_size, index.st_mtime_ns, 0, index.st_ino)
        file = path.stat()
        try:
            log = _log(path).stat()
        except FileNotFoundError:
            return Stamp(file.st_size, file.st_mtime_ns, 0, 0)
        return Stamp(file.st_size, file.st_mtime_ns, log.st_size, log.st_mtime_ns)


def copy_record(path: Path, target: Path) -> None:
    """Copy a record that another process may be writing to, as it is at one moment; nothing of it is locked.

    :raises RecordError: it cannot be read, the target cannot be written, or checkpoints never leave time for a copy.
    """
    check_file(path, read_only=True)
    for trial in range(TRIES):
        with faults(path):
            if _copied_at_one_moment(path, target):
                return
        time.sleep(WAIT * trial)
    raise RecordError("it is written to without a pause: no copy could be made", source=str(path))


def _copied_at_one_moment(path: Path, target: Path) -> bool:
    _log(target).unlink(missing_ok=True)
    before = _headers(path)
    shutil.copyfile(path, target)
    try:
        shutil.copyfile(_log(path), _log(target))
    except FileNotFoundError:
        _log(target).unlink(missing_ok=True)
    # a second log lies beside the first while a checkpoint lets others write
    waiting = path.with_name(f"{path.name}.wal.checkpoint").exists()
    return not waiting and before == _headers(path) == _headers(target)


def _headers(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEADERS)


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


class _Copy:
    """A copy that is open, and how many read it."""

    def __init__(self, path: Path, folder: Path) -> None:
        if not is_lake(path):
            check_file(path, read_only=True)
        self.stamp, self.readers = stamp_of(path), 0
        self.folder, self.file = folder, folder / path.name
        start = time.monotonic()
        if is_lake(path):
            connect_lake(path, database=self.file).close()
        else:
            copy_record(path, self.file)
        with Record.open(self.file) as copied:
            copied.flush()
        self.record = Record.open(self.file, read_only=True)
        self.record.select(f"SET memory_limit = '{MEMORY}'")
        self.record.select(f"SET threads = {max(1, (os.cpu_count() or 1) // READERS)}")
        # errors are to name the record, not the copy
        self.record.path = str(path)
        self.made = time.monotonic()
        self.took = self.made - start

    def remove(self) -> None:
        """Close it, and take it from the disk."""
        try:
            self.record.close()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


class Snapshots:
    """A record to be read while others may write it, always as it was at one moment, and never long ago.

    Made for many threads. The copies lie in a folder of the system's temporary ones, at most :data:`COPIES` at once,
    and are gone after :meth:`close`; what a process that was killed left behind, the next one removes.

    :param path: the record; it must be there, and of this program's schema version or an older one.
    :param pause: seconds for which a copy is not looked behind; after that it is made anew if the record changed.
    """

    def __init__(self, path: str | Path, *, pause: float = 1.0) -> None:
        self.path, self.pause = Path(path).absolute(), pause
        self.is_lake = is_lake(self.path)
        self._lock, self._making = Lock(), Lock()
        self._copies: list[_Copy] = []
        _remove_orphans()
        self._make()

    def __enter__(self) -> Snapshots:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def record(self) -> Iterator[Record]:
        """The record as it is now, or was a moment ago, for reading; it stays the same while it is held.

        :raises RecordError: it was closed.
        """
        with self._held() as copy:
            yield copy.record

    @contextmanager
    def file(self) -> Iterator[Path]:
        """The file of the copy that :meth:`record` gives, for another process to read; it stays while it is held.

        :raises RecordError: it was closed.
        """
        with self._held() as copy:
            yield copy.file

    @contextmanager
    def writing(self) -> Iterator[Record]:
        """The record itself, for a correction; the next reader sees what was written.

        A program that does both must write in this way: the operating system takes a process's lock off a file
        whenever the process closes that file anywhere, and so after a copy. Here the two wait for each other.

        :raises RecordError: another process is writing to it.
        """
        with self._making:
            with Record.open(self.path) as record:
                yield record
            if self._room():
                self._make()

    def close(self) -> None:
        """Remove all copies; who still reads one gets an error."""
        with self._making, self._lock:
            copies, self._copies = self._copies, []
        with ExitStack() as all_of_them:
            for copy in copies:
                all_of_them.callback(copy.remove)

    @contextmanager
    def _held(self) -> Iterator[_Copy]:
        self._look()
        with self._lock:
            if not self._copies:
                raise RecordError("it was closed", source=str(self.path))
            copy = self._copies[-1]
            copy.readers += 1
        try:
            yield copy
        finally:
            with self._lock:
                copy.readers -= 1
                old = self._unread()
            for each in old:
                each.remove()

    def _look(self) -> None:
        """Where it is time and the record changed, begin another copy; meanwhile all read the one there is."""
        if self.is_lake:
            # old files of a lake do not stay long after its index has changed, and views are quickly made
            with self._making:
                if self._room() and self._changed():
                    self._make()
            return
        if not (self._is_time() and self._changed()) or not self._making.acquire(blocking=False):
            return
        try:
            Thread(target=self._renew, name=f"{_PREFIX}maker", daemon=True).start()
        except BaseException:
            self._making.release()
            raise

    def _renew(self) -> None:
        """In a thread of its own, which lets go of the lock that the one who began it took."""
        try:
            if self._room() and self._changed():
                self._make()
        except RecordError as error:
            # the disk is full, say: who reads goes on with the last copy
            LOG.warning("%s", error)
        finally:
            self._making.release()

    def _is_time(self) -> bool:
        with self._lock:
            last = self._copies[-1] if self._copies else None
        return last is not None and time.monotonic() - last.made > max(self.pause, last.took / SHARE)

    def _changed(self) -> bool:
        """Whether the record was written to since the last copy; one that was moved away was not."""
        with self._lock:
            last = self._copies[-1] if self._copies else None
        try:
            return last is not None and stamp_of(self.path) != last.stamp
        except RecordError:
            return False

    def _room(self) -> bool:
        with self._lock:
            return 0 < len(self._copies) < COPIES

    def _make(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        try:
            copy = _Copy(self.path, folder)
        except RecordError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise RecordError(error.reason, source=str(self.path)) from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with self._lock:
            self._copies.append(copy)
            old = self._unread()
        for each in old:
            each.remove()

    def _unread(self) -> list[_Copy]:
        """The copies that nobody reads and nobody will; they are taken off the list."""
        old = [copy for copy in self._copies[:-1] if not copy.readers]
        self._copies = [copy for copy in self._copies if copy not in old]
        return old


def _remove_orphans() -> None:
    """Copies of processes that are no more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not _runs(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):  # a number that no process has
        return False
    except PermissionError:
        return True
    return True
