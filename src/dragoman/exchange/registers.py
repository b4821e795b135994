"""A user's names and other people's dumps as the files of a data folder that reading uses.

Rows are written as they are read, to a file beside the one they replace; a source that cannot be read leaves what was.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from dragoman.errors import FormatError
from dragoman.exchange.base import Passed, replacing
from dragoman.exchange.importing import HOPELESS
from dragoman.model import Failure
from dragoman.ontology import roster
from dragoman.ontology.gazetteer import alpha_3
from dragoman.ontology.ontology import packaged
from dragoman.ontology.words import key

Cells = Sequence[object]
Found = Cells | Failure | Passed


@dataclass(slots=True)
class Taken:
    """What became of a source's rows: written, failed, and passed over by the reason."""

    rows: int = 0
    failed: int = 0
    passed: Counter[str] = field(default_factory=Counter)


def keep(
    folder: Path, name: str, columns: Sequence[str], found: Iterable[Found], told: Callable[[Failure], None]
) -> Taken:
    """Write the rows to a CSV file of a folder, and tell ``told`` of each that failed.

    :raises SourceError: the folder cannot be written.
    :raises FormatError: the first hundred rows all fail; then nothing is written, as with any other error.
    """
    done = Taken()
    with replacing(folder, [name]) as paths, paths[name].open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        for each in _hopeful(iter(found)):
            if isinstance(each, Failure):
                done.failed += 1
                told(each)
            elif isinstance(each, Passed):
                done.passed[each.reason] += 1
            else:
                done.rows += 1
                table.writerow(each)
    return done


def _hopeful(found: Iterator[Found]) -> Iterator[Found]:
    """The rows, unless the first of them all fail; then the source is of another kind."""
    first = list(islice(found, HOPELESS))
    wrong = [each for each in first if isinstance(each, Failure)]
    if len(wrong) == HOPELESS:
        raise FormatError(
            f"is of another format: each of the first {HOPELESS} rows fails, the first because {wrong[0].reason}",
            source=wrong[0].source,
        )
    yield from first
    yield from found


def names(paths: Iterable[Path]) -> Iterator[Found]:
    """The rows of a user's own registers, countries as codes; the columns are :data:`roster.COLUMNS`.

    A country may be written as alpha-3 or alpha-2 code, one of PLOVER's codes, or by name.

    :raises DataError: a file cannot be opened, or its header is none.
    """
    known: dict[str, roster.Named] = {}
    for path in paths:
        for line, row in roster.rows(path, country=country):
            try:
                if isinstance(row, roster.RowError):
                    raise row
                if row.sector and row.sector not in packaged().sectors:
                    raise roster.RowError(f"unknown sector {row.sector!r}")
                known[row.entity_id] = roster.joined(known.get(row.entity_id), row)
                yield cells(row)
            except roster.RowError as error:
                yield Failure(f"{path}, line {line}", "data", str(error))


def country(told: str) -> str | None:
    """The code of a country or body told by code or name, or None."""
    ontology = packaged()
    code = alpha_3().get(told, told)
    if code in ontology.countries or code in ontology.nonstate:
        return code
    named = {name.code for name in ontology.names.get(key(told), ()) if name.kind == "country" and name.fits(told)}
    return named.pop() if len(named) == 1 else None


def cells(row: roster.Named) -> Cells:
    """The cells of a row with at most one office."""
    held = row.offices[0] if row.offices else roster.Held("")
    variants = ";".join(row.variants)
    days = ("" if day is None else day.isoformat() for day in (held.since, held.until))
    return (row.id, row.name, variants, row.kind, row.country, row.sector or "", held.office, *days)
