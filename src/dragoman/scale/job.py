"""A run: sources into a lake, by any engine, taken up again wherever it was cut off.

What a run is made of can be done again to the same end: a unit's file is a function of its documents, a day's files
are a function of the readings that the day holds. A process that is killed, this one or another, leaves whole files,
or parts under other names; the next run takes the whole ones and does the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from dragoman.intake import AnySource, Intake
from dragoman.model import Failure
from dragoman.pipeline import Summary
from dragoman.reading.bulk import Opener
from dragoman.record.faults import faults
from dragoman.record.lakes import files_sql
from dragoman.scale.engines import Engine
from dragoman.scale.lake import Lake, engine_room, replaced, write_file
from dragoman.scale.linking import link
from dragoman.scale.rounds import ROUND, Rounds
from dragoman.scale.units import DOCUMENTS, Asked, units_of

_LEFT_OUT = """
SELECT source, reason, documents::BIGINT AS documents FROM ({before}) WHERE source NOT IN (SELECT unnest(?::VARCHAR[]))
UNION ALL SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::BIGINT[]) ORDER BY ALL
"""
_NONE_LEFT_OUT = "SELECT '' AS source, '' AS reason, 0::BIGINT AS documents WHERE false"


def read_into(
    sources: Iterable[AnySource],
    path: Path,
    *,
    engine: Engine,
    asked: Asked | None = None,
    opener: Opener | None = None,
    again: bool = False,
    progress: Callable[[str, Failure | None], None] | None = None,
    unit: int = DOCUMENTS,
    round: int = ROUND,
) -> Summary:
    """Read sources into the lake at ``path``, made if absent; ``progress`` hears of each document, and why it failed.

    The lake's files are a function of the sources, in their order; the engine, the number of its processes and how
    often the run was killed and begun again change no byte. A document that was read into the lake before, by this
    same program, is not read ``again`` unless asked. What cannot be read is a row of the lake's failures and costs
    nothing else. A process reads ``unit`` documents at a time; after ``round`` units a process what was read counts.

    :raises RecordError: the lake cannot be written, or another process is writing to it.
    :raises EngineError: the engine cannot run.
    """
    asked = asked or Asked()
    with Lake.open(path) as lake:
        rounds = Rounds(lake, engine, length=round, again=again, progress=progress or _silent)
        intake = Intake(opener or Opener(), asked.wanted)
        rounds.read(units_of(intake.items(sources), asked, size=unit))
        rounds.summary.skipped = intake.skipped
        _keep_left_out(lake, rounds.summary.left_out, intake.sources)
        link(lake)
        lake.sweep(lake.contents())
        lake.clear()
    return rounds.summary


def _keep_left_out(lake: Lake, counts: dict[str, Counter[str]], sources: set[str]) -> None:
    """The counts of this run in the place of the last one's of the same sources."""
    held = lake.contents()
    files = [lake.path / file for file in held.files("left_out")]
    before = f"SELECT * FROM {files_sql(files)}" if files else _NONE_LEFT_OUT
    rows = [(source, reason, count) for source, reasons in counts.items() for reason, count in reasons.items()]
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], []]
    with faults(lake.path), closing(engine_room(lake.staging)) as connection:
        sql = f"CREATE TABLE left_out AS {_LEFT_OUT.format(before=before)}"
        connection.execute(sql, [sorted(sources | counts.keys()), *columns])
        name = write_file(connection, "FROM left_out", lake=lake.path, table="left_out")
    lake.count(replaced(held, "left_out", {"": name}))


def _silent(source: str, failure: Failure | None) -> None:
    """Nobody wants to hear of it."""
