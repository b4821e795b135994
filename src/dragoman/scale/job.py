"""A run: sources into a lake, by any engine, taken up again wherever it was cut off.

What a run is made of can be done again to the same end: a unit's file is a function of its sources, a day's files are
a function of the readings that the day holds. A process that is killed, this one or another, leaves whole files, or
parts under other names; the next run takes the whole ones and does the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from secrets import token_hex

import duckdb

from dragoman.model import Failure
from dragoman.pipeline import AnySource, Given, Held, Summary, readable
from dragoman.record import Record
from dragoman.record.faults import faults
from dragoman.record.lakes import files_sql, text
from dragoman.scale.changes import Changes, changes_of
from dragoman.scale.days import Day, write_day
from dragoman.scale.engines import Engine, EngineError
from dragoman.scale.lake import DAY_TABLES, INPUTS, MEMORY, Lake, adopt, engine_room, replaced
from dragoman.scale.reading import NOTE, Task, read_unit
from dragoman.scale.units import SOURCES, Unit, sources_named, units_of

# After so many units a process, what was read comes to count: three quarters of an hour of reading. A day that gets
# readings in several of these rounds is written in each of them, so that rounds must be long beside a day's writing.
ROUND = 160

# A round ends earlier where its sources hold so many bytes themselves, such as the pages of a stream.
ROUND_BYTES = 256_000_000

# Days written by this process alone, for which it is not worth to start others.
FEW_DAYS = 8

# How often a day is tried whose process dies.
TRIES = 3

_FACTS = "SELECT * FROM facts ORDER BY when_start NULLS LAST, article, sequence, event"

Progress = Callable[[str, Failure | None], None]


def read_into(
    sources: Iterable[AnySource],
    path: Path,
    *,
    engine: Engine,
    given: Given | None = None,
    progress: Progress | None = None,
    unit_size: int = SOURCES,
) -> Summary:
    """Read sources into the lake at ``path``, made if absent; ``progress`` hears of each, with its failure if any.

    The lake's files are a function of the sources, in their order; the engine, the number of its processes and how
    often the run was killed and begun again change no byte. A source that was read into the lake before and is the
    same is not read again. What cannot be read is a row of the lake's failures and costs nothing else.

    :raises RecordError: the lake cannot be written, or another process is writing to it.
    :raises EngineError: the engine cannot run.
    """
    summary = Summary()
    with Lake.open(path) as lake:
        run = _Run(lake, engine, summary, progress or _silent)
        for units in _rounds(units_of(readable(sources, summary), given=given or Given(), size=unit_size), engine):
            run.round(units)
        _make_facts(lake)
        lake.sweep(lake.contents())
        lake.clear()
    return summary


class _Run:
    """One run, between the opening of a lake and its closing."""

    def __init__(self, lake: Lake, engine: Engine, summary: Summary, progress: Progress) -> None:
        self._lake, self._engine, self._summary, self._progress = lake, engine, summary, progress
        self._name = token_hex(8)

    def round(self, units: Sequence[Unit]) -> None:
        """Read units, and make what was read count."""
        tasks = [Task(unit, str(self._lake.staging), self._name) for unit in self._unfinished(units)]
        if tasks:
            self._read(tasks)
            self._keep(changes_of(self._lake, [task.file for task in tasks]))
            for task in tasks:
                task.file.unlink(missing_ok=True)

    def _unfinished(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """What of the units the lake does not hold as it is now."""
        finished = _finished(self._lake, sources_named(units))
        for unit in units:
            left = unit.without(finished)
            for source in unit.sources:
                if left is None or source not in left.sources:
                    self._summary.unchanged += 1
                    self._progress(source.name, None)
            if left is not None:
                yield left

    def _read(self, tasks: Sequence[Task]) -> None:
        """Read units until all are there; where processes die, what they were at is tried again."""
        waiting = {task.unit.key: task for task in tasks}
        with closing(engine_room(self._lake.staging)) as looking:
            for task in tasks:
                if task.file.exists():
                    self._tell(looking, waiting.pop(task.unit.key))
            while waiting:
                before = (len(waiting), self._notes())
                for task, _ in self._engine.map(read_unit, list(waiting.values())):
                    self._tell(looking, waiting.pop(task.unit.key))
                if before == (len(waiting), self._notes()):
                    raise _stuck(self._engine, "its processes end before they read anything")

    def _notes(self) -> dict[str, str]:
        return {note.name: note.read_text(encoding="utf-8") for note in self._lake.staging.glob(f"*{NOTE}")}

    def _tell(self, looking: duckdb.DuckDBPyConnection, task: Task) -> None:
        sql = f"SELECT source, kind, reason, details, told FROM {files_sql([task.file])} ORDER BY position"
        with faults(task.file):
            rows = looking.execute(sql).fetchall()
        for source, kind, reason, details, told in rows:
            failure = None if kind is None else Failure(source, kind, reason, json.loads(details))
            self._summary.failed += failure is not None
            self._summary.reports += told or 0
            self._progress(source, failure)

    def _keep(self, changes: Changes) -> None:
        """Write the days that change, and make them count in one step."""
        before, now = self._lake.contents(), changes.contents
        few = len(changes.days) <= FEW_DAYS
        written = ((day, write_day(day)) for day in changes.days) if few else _all(self._engine, changes.days)
        for day, names in written:
            for table in DAY_TABLES:
                now = replaced(now, table, {day.day: names[table]})
        self._lake.count(now)
        self._lake.sweep(before, now)
        for status, count in changes.statuses.items():
            setattr(self._summary, status, getattr(self._summary, status) + count)


def _all(engine: Engine, days: Sequence[Day]) -> Iterator[tuple[Day, dict[str, str | None]]]:
    """Every day written; one whose process died is written again, and a second time it is an error."""
    done = set()
    for _ in range(TRIES):
        waiting = [day for day in days if day.day not in done]
        for day, names in engine.map(write_day, waiting) if waiting else ():
            done.add(day.day)
            yield day, names
    lost = [day.day for day in days if day.day not in done]
    if lost:
        raise _stuck(engine, f"its processes end when they write a day: {', '.join(lost[:3])}")


def _stuck(engine: Engine, what: str) -> EngineError:
    return EngineError(f"{what} ({engine.lost})" if engine.lost else what, source=f"the engine {engine.name}")


def _finished(lake: Lake, names: Sequence[str]) -> set[tuple[str, str]]:
    """Which of these sources the lake holds, with their stamps."""
    files = [lake.path / file for file in lake.contents().files(INPUTS)]
    if not files:
        return set()
    sql = f"SELECT source, stamp FROM {files_sql(files)} WHERE source IN (SELECT unnest(?::VARCHAR[]))"
    with faults(lake.path), closing(engine_room(lake.staging)) as connection:
        return {(str(source), str(stamp)) for source, stamp in connection.execute(sql, [list(names)]).fetchall()}


def _rounds(units: Iterable[Unit], engine: Engine) -> Iterator[list[Unit]]:
    """Units in rounds that are neither too long nor hold too many bytes."""
    several: list[Unit] = []
    held = 0
    for unit in units:
        several.append(unit)
        held += sum(len(source.data) for source in unit.sources if isinstance(source, Held))
        if len(several) >= engine.workers * ROUND or held > ROUND_BYTES:
            yield several
            several, held = [], 0
    if several:
        yield several


def _make_facts(lake: Lake) -> None:
    """Make the facts that are not up to date, and take their marks away."""
    held = lake.contents()
    if "stale" not in held.tables:
        return
    part = lake.staging / "facts.part"
    with Record.open(lake.path, read_only=True) as record:
        record.select(f"SET memory_limit = '{MEMORY}'")
        record.select(f"SET temp_directory = {text(lake.staging / 'sorting')}")
        rows = record.copy(_FACTS, part)
    with faults(lake.path):
        name = adopt(part, rows, lake=lake.path, table="facts")
    lake.count(replaced(replaced(held, "facts", {"": name}), "stale", {"": None}))


def _silent(source: str, failure: Failure | None) -> None:
    """Nobody wants to hear of it."""
