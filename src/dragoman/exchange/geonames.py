"""Towns of a GeoNames dump: the main table, 19 columns, tab-separated, as .txt or .zip.

The columns are those of the table ``geoname`` in GeoNames' readme (export/dump/readme.txt): 0 geonameid, 1 name,
2 asciiname, 3 alternatenames, 4 latitude, 5 longitude, 6 feature class, 7 feature code, 8 country code (alpha-2), 14
population. GeoNames is licensed CC BY 4.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.exchange.base import Passed
from dragoman.exchange.lines import Line, lines
from dragoman.exchange.registers import Cells, Found
from dragoman.model import Failure
from dragoman.ontology.gazetteer import OTHER_NAMES_FROM, alpha_3, is_said

WIDTH = 19
TOWN, CAPITAL = "P", "PPLC"
# Towns that are no more, and parts of towns.
LEFT_OUT = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH", "PPLX"})
SMALLEST = 1000
"""People of the smallest town that is taken where nobody says otherwise: GeoNames' own ``cities1000``."""


def places(paths: Iterable[Path], *, smallest: int = SMALLEST) -> Iterator[Found]:
    """Rows of :data:`dragoman.ontology.gazetteer.COLUMNS`, for towns of so many people and for capitals.

    :raises SourceError: a file cannot be opened.
    :raises FormatError: it is packed and damaged.
    """
    for path in paths:
        for line in lines(path):
            if line.data != b"" and not line.source.startswith(f"{path}, readme"):
                yield _place(line, smallest)


def _place(line: Line, smallest: int) -> Found:
    try:
        if line.data is None:
            raise ValueError("the line is too long to be a row")
        columns = line.data.decode("utf-8").split("\t")
        if len(columns) != WIDTH:
            raise ValueError(f"has {len(columns)} columns, a row of GeoNames {WIDTH}")
        return _passed(columns, smallest, line.source) or _cells(columns)
    except ValueError as error:  # of which UnicodeDecodeError is one
        return Failure(line.source, "format", str(error))


def _passed(columns: list[str], smallest: int, source: str) -> Passed | None:
    if columns[6] != TOWN or columns[7] in LEFT_OUT:
        return Passed(source, "no town")
    if int(columns[14] or 0) < smallest and columns[7] != CAPITAL:
        return Passed(source, f"fewer than {smallest} people")
    return None


def _cells(columns: list[str]) -> Cells:
    number, name, plain, others, latitude, longitude = columns[:6]
    country, population = alpha_3().get(columns[8]), int(columns[14] or 0)
    if country is None:
        raise ValueError(f"unknown country {columns[8]!r}")
    if not (-90 <= float(latitude) <= 90 and -180 <= float(longitude) <= 180):
        raise ValueError(f"lies nowhere: {latitude}, {longitude}")
    said = [other for other in others.split(",") if is_said(other)] if population >= OTHER_NAMES_FROM else []
    variants = sorted({each for each in (plain, *said) if each and ";" not in each} - {name})
    return (int(number), name, ";".join(variants), country, latitude, longitude, population)
