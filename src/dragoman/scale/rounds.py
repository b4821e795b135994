"""The rounds of a run: so many units laid out, read by all processes, and made to count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from secrets import token_hex

import duckdb

from dragoman.intake import Known, Settled
from dragoman.model import Failure
from dragoman.pipeline import Summary
from dragoman.reading.document import Document
from dragoman.record.faults import faults
from dragoman.record.lakes import files_sql
from dragoman.scale.changes import Changes, changes_of
from dragoman.scale.days import Day, write_day
from dragoman.scale.engines import Engine, EngineError
from dragoman.scale.lake import DAY_TABLES, DOCUMENTS, Lake, engine_room, replaced
from dragoman.scale.reading import NOTE, read_unit
from dragoman.scale.units import Task, Unit

# So many units a process make a round: three quarters of an hour of reading. A day that gets readings in several
# rounds is written in each of them, so that a round must be long beside the writing of the days.
ROUND = 160

# A round ends earlier where its documents have so many bytes a process: they wait in the staging folder.
ROUND_BYTES = 1_000_000_000

# Days written by this process alone, for which it is not worth to start others.
FEW_DAYS = 8

# How often a day is tried whose process dies.
TRIES = 3


@dataclass
class Laid:
    """The tasks of a round, in the order of the run, with the marks of their documents, the names of all items, and
    how many of these are to be read; ``size`` is how many bytes they have."""

    tasks: list[Task] = field(default_factory=list)
    marks: list[list[str | None]] = field(default_factory=list)
    names: list[list[str]] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    size: int = 0

    def lay(self, task: Task, unit: Unit) -> None:
        """Put a unit where its reader finds it, unless it was read before the last run was cut off."""
        if not task.file.exists():
            task.lay(unit)
        self.tasks.append(task)
        self.marks.append([item.mark if isinstance(item, Document) else None for item in unit.items])
        self.names.append([item.name for item in unit.items])
        self.open.append(sum(not isinstance(item, Settled) for item in unit.items))
        self.size += sum(len(item.data) for item in unit.items if isinstance(item, Document))


class Rounds:
    """The rounds of one run between the opening of a lake and its closing; ``summary`` is what came of them."""

    def __init__(
        self,
        lake: Lake,
        engine: Engine,
        *,
        length: int,
        again: bool,
        progress: Callable[[str, Failure | None], None],
    ) -> None:
        self.summary = Summary()
        self._lake, self._engine, self._progress = lake, engine, progress
        self._length, self._again, self._run = length * engine.workers, again, token_hex(8)

    def read(self, units: Iterable[Unit]) -> None:
        """Read all units, round by round."""
        for laid in self._laid(units):
            tasks, cleared = self._unknown(laid)
            self._read(tasks)
            if tasks or cleared:
                self._keep(changes_of(self._lake, [task.file for task in tasks], cleared=cleared))
            for task in laid.tasks:
                task.file.unlink(missing_ok=True)
                task.items.unlink(missing_ok=True)

    def _laid(self, units: Iterable[Unit]) -> Iterator[Laid]:
        """Units laid out for rounds that are neither too long nor too large."""
        laid = Laid()
        for unit in units:
            with faults(self._lake.path):
                laid.lay(Task(unit.key, str(self._lake.staging), self._run), unit)
            if len(laid.tasks) >= self._length or laid.size > ROUND_BYTES * self._engine.workers:
                yield laid
                laid = Laid()
        if laid.tasks:
            yield laid

    def _unknown(self, laid: Laid) -> tuple[list[Task], list[str]]:
        """The tasks that have something to read, each with what is known of its documents; and the names of the
        documents of those that have not."""
        known = {} if self._again else _known(self._lake, [m for marks in laid.marks for m in marks if m is not None])
        left, cleared = [], []
        for task, marks, names, to_read in zip(laid.tasks, laid.marks, laid.names, laid.open, strict=True):
            found = {at: replace(known[mark], name=names[at]) for at, mark in enumerate(marks) if mark in known}
            if len(found) < len(marks):
                left.append(replace(task, known=found))
                if len(found) == to_read:
                    # nothing of it is left for another process
                    read_unit(left[-1])
                continue
            cleared += names
            for each in found.values():
                self._count_known(each.name, each.reports)
        return left, cleared

    def _count_known(self, name: str, reports: int) -> None:
        self.summary.unchanged += 1
        self.summary.reports += reports
        self._progress(name, None)

    def _read(self, tasks: Sequence[Task]) -> None:
        """Read units until all are there; where processes die, what they were at is tried again."""
        waiting = {task.key: task for task in tasks}
        with closing(engine_room(self._lake.staging)) as looking:
            for task in tasks:
                if task.file.exists():
                    self._tell(looking, waiting.pop(task.key))
            while waiting:
                before = (len(waiting), self._notes())
                for task, _ in self._engine.map(read_unit, list(waiting.values())):
                    self._tell(looking, waiting.pop(task.key))
                if before == (len(waiting), self._notes()):
                    raise _stuck(self._engine, "its processes end before they read anything")

    def _notes(self) -> dict[str, str]:
        return {note.name: note.read_text(encoding="utf-8") for note in self._lake.staging.glob(f"*{NOTE}")}

    def _tell(self, looking: duckdb.DuckDBPyConnection, task: Task) -> None:
        """Count and tell what became of a unit's documents; which readings are new is known when they are kept."""
        columns = "source, article, told, kind, reason, details, counted"
        with faults(task.file):
            rows = looking.execute(f"SELECT {columns} FROM {files_sql([task.file])} ORDER BY position").fetchall()
        for source, article, told, kind, reason, details, counted in rows:
            if counted is not None:
                self.summary.left_out.setdefault(counted, Counter())[reason] += 1
            elif kind is not None:
                self.summary.failed += 1
                self._progress(source, Failure(source, kind, reason, json.loads(details)))
            elif article is None:
                self._count_known(source, told)
            else:
                self.summary.reports += told
                self._progress(source, None)

    def _keep(self, changes: Changes) -> None:
        """Write the days that change, and make them count in one step."""
        before, now = self._lake.contents(), changes.contents
        for day, names in self._written(changes.days):
            for table in DAY_TABLES:
                now = replaced(now, table, {day.day: names[table]})
        self._lake.count(now)
        self._lake.sweep(before, now)
        for status, count in changes.statuses.items():
            setattr(self.summary, status, getattr(self.summary, status) + count)

    def _written(self, days: Sequence[Day]) -> Iterator[tuple[Day, dict[str, str | None]]]:
        """Every day with its files; one whose process died is written again, up to a third time."""
        if len(days) <= FEW_DAYS:
            yield from ((day, write_day(day)) for day in days)
            return
        waiting = {day.day: day for day in days}
        for _ in range(TRIES):
            if waiting:
                for day, names in self._engine.map(write_day, list(waiting.values())):
                    del waiting[day.day]
                    yield day, names
        if waiting:
            raise _stuck(self._engine, f"its processes end when they write a day: {', '.join(list(waiting)[:3])}")


def _stuck(engine: Engine, what: str) -> EngineError:
    return EngineError(f"{what} ({engine.lost})" if engine.lost else what, source=f"the engine {engine.name}")


def _known(lake: Lake, marks: Sequence[str]) -> dict[str, Known]:
    """What the lake holds of documents with these marks."""
    files = [lake.path / file for file in lake.contents().files(DOCUMENTS)]
    if not files or not marks:
        return {}
    sql = f"SELECT id, article, reports FROM {files_sql(files)} WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    with faults(lake.path), closing(engine_room(lake.staging)) as connection:
        rows = connection.execute(sql, [list(marks)]).fetchall()
    return {str(id): Known("", str(article), int(reports)) for id, article, reports in rows}
