"""A user's own register of names: CSV files of persons and organisations in the folder of his data.

One row a line, UTF-8, with a header; a cell holds no line break. Columns: ``id`` (letters, digits, ``. _ : -``; empty:
made of name and country), ``name``, ``variants`` (separated by ``;``), ``kind`` (person or organisation), ``country``
(ISO 3166-1 alpha-3 or one of PLOVER's codes), ``sector`` (PLOVER's), and an ``office`` with the days it was held,
``from`` and ``until`` (``2003``, ``2003-05`` or ``2003-05-01``; the whole year or month counts). Who held several
offices has several rows of one id.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dragoman.errors import DataError
from dragoman.ontology.persons import slug

COLUMNS = ("id", "name", "variants", "kind", "country", "sector", "office", "from", "until")
NEEDED = ("name", "country")
KINDS = {"person": "person", "organisation": "org"}
"""The kinds of a register, and how the ids of their entities begin."""
FILES = ("names_wikidata.csv", "names.csv")
"""The files of a data folder that are read; a later one stands over an earlier one."""

_ID = re.compile(r"[\w.:-]+")
_CODE = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


Country = Callable[[str], str | None]


class RowError(ValueError):
    """Why a row of a register cannot be taken."""


@dataclass(frozen=True, slots=True)
class Held:
    """An office, the first and the last day it was held (None: open or not known), and its holder's sector in it."""

    office: str
    since: date | None = None
    until: date | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A person or an organisation of a register; ``sector`` is that of its first row."""

    id: str
    name: str
    kind: str
    country: str
    variants: tuple[str, ...] = ()
    sector: str | None = None
    offices: tuple[Held, ...] = ()

    @property
    def entity_id(self) -> str:
        """The id that the record gives: ``person:`` or ``org:`` and the id of the register."""
        start = f"{KINDS[self.kind]}:"
        return self.id if self.id.startswith(start) else start + self.id


def files_of(folder: Path | None) -> list[Path]:
    """The registers of a data folder, each to stand over those before it."""
    return [path for name in FILES if folder is not None and (path := folder / name).is_file()]


def read(path: Path) -> list[Named]:
    """The persons and organisations of one register, in the order of their first rows.

    :raises DataError: the file cannot be read, or a row (its line is named) breaks the form.
    """
    found: dict[str, Named] = {}
    for line, row in rows(path):
        if isinstance(row, RowError):
            raise DataError(f"{row} (dragoman names takes what it can from such a file)", source=f"{path}, line {line}")
        try:
            found[row.entity_id] = joined(found.get(row.entity_id), row)
        except RowError as error:
            raise DataError(str(error), source=f"{path}, line {line}") from error
    return list(found.values())


def joined(before: Named | None, row: Named) -> Named:
    """What the rows of one id tell together.

    :raises RowError: they speak of two different names, kinds or countries.
    """
    if before is None:
        return row
    for told in ("name", "kind", "country"):
        if getattr(before, told) != getattr(row, told):
            raise RowError(f"{told} is {getattr(row, told)!r}, in an earlier row of its id {getattr(before, told)!r}")
    variants = tuple(dict.fromkeys((*before.variants, *row.variants)))
    return replace(before, variants=variants, offices=(*before.offices, *row.offices))


def rows(path: Path, *, country: Country | None = None) -> Iterator[tuple[int, Named | RowError]]:
    """Each row with its line, from 2, or why it cannot be taken.

    :param country: tells the code of a country as it is written; without it, only codes may be.
    :raises DataError: the file cannot be opened, or its header lacks a column or has one that is not known.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
            yield from parsed(file, source=str(path), country=country)
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror or error}", source=str(path)) from error


def parsed(
    lines: Iterable[str], *, source: str, country: Country | None = None
) -> Iterator[tuple[int, Named | RowError]]:
    """As :func:`rows`, of the lines of a file."""
    header: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip(" \r\n,"):
            continue
        try:
            cells = _cells(line)
            if header is None:
                header = _header(cells)
            else:
                yield number, _named(header, cells, country)
        except RowError as error:
            if header is None:
                raise DataError(str(error), source=f"{source}, line {number}") from error
            yield number, error
    if header is None:
        raise DataError(f"is empty; its first line names the columns: {', '.join(COLUMNS)}", source=source)


def _cells(line: str) -> list[str]:
    """Lines are parsed one by one, so that a quote left open costs its own line and not the rest of the file."""
    if not line.isascii() and any("\udc80" <= letter <= "\udcff" for letter in line):
        raise RowError("is not UTF-8")
    try:
        return [" ".join(cell.split()) for cell in next(csv.reader([line.rstrip("\r\n")], strict=True))]
    except csv.Error as error:
        raise RowError(f"is not good CSV: {error}") from error


def _header(cells: list[str]) -> list[str]:
    names = [cell.casefold() for cell in cells]
    if unknown := [name for name in names if name not in COLUMNS]:
        raise RowError(f"unknown column {unknown[0]!r}; the columns are {', '.join(COLUMNS)}")
    if missing := [name for name in NEEDED if name not in names]:
        raise RowError(f"lacks the column {', '.join(missing)}")
    if len(set(names)) != len(names):
        raise RowError("has a column twice")
    return names


def _named(header: list[str], cells: list[str], country: Country | None) -> Named:
    if len(cells) != len(header):
        raise RowError(f"has {len(cells)} cells, the header {len(header)}")
    told = dict(zip(header, cells, strict=True))
    if country is not None:
        code = country(told["country"])
        if code is None:
            raise RowError(f"unknown country {told['country']!r}" if told["country"] else "lacks a country")
        told["country"] = code
    return _from_cells(told)


def _from_cells(cells: Mapping[str, str]) -> Named:
    name, kind = cells["name"], cells.get("kind", "") or "person"
    if not name:
        raise RowError("lacks a name")
    if kind not in KINDS:
        raise RowError(f"kind is {' or '.join(KINDS)}, not {kind!r}")
    country = _capitals(cells, "country")
    made = slug(name)
    given = cells.get("id", "") or (f"{made}:{country.lower()}" if kind == "person" else made)
    if not _ID.fullmatch(given):
        raise RowError(f"id has letters, digits, . _ : - and no others, not {given!r}")
    variants = tuple(dict.fromkeys(filter(None, map(str.strip, cells.get("variants", "").split(";")))))
    sector = _capitals(cells, "sector") if cells.get("sector") else None
    return Named(given, name, kind, country, variants, sector, _offices(cells, sector))


def _capitals(cells: Mapping[str, str], column: str) -> str:
    if not _CODE.fullmatch(cells[column]):
        raise RowError(f"{column} is three capital letters, not {cells[column]!r}")
    return cells[column]


def _offices(cells: Mapping[str, str], sector: str | None) -> tuple[Held, ...]:
    since, until = _day(cells, "from"), _day(cells, "until", last=True)
    office = cells.get("office", "")
    if not office:
        if since or until:
            raise RowError("from and until are days of an office, and there is none")
        return ()
    if since and until and until < since:
        raise RowError(f"from {since} is after until {until}")
    return (Held(office, since, until, sector),)


def _day(cells: Mapping[str, str], column: str, *, last: bool = False) -> date | None:
    """The first day that a cell speaks of, or the last."""
    told = cells.get(column, "")
    if not told:
        return None
    found = _DAY.fullmatch(told)
    try:
        year, month, day = (int(part) if part else None for part in found.groups()) if found else (0, None, None)
        of_month = month or (12 if last else 1)
        return date(year or 0, of_month, day or (monthrange(year or 0, of_month)[1] if last else 1))
    except ValueError:
        raise RowError(f"{column} is a day (2003-05-01), a month or a year, not {told!r}") from None
