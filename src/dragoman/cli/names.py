"""``dragoman names``: a register of names, or places of GeoNames, into a data folder that reading uses."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from dragoman.cli.output import err, warn, write
from dragoman.exchange import geonames, registers, wikidata
from dragoman.exchange.registers import Found, Taken
from dragoman.model import Failure
from dragoman.ontology import gazetteer, roster

NAME = "names"
EXAMPLES = """
Your own register: `dragoman names people.csv --to data`, then `DRAGOMAN_DATA=data dragoman read articles/`

Holders of offices from a Wikidata dump: `dragoman names --from wikidata dump.json.bz2 --to data`

Towns of a GeoNames dump: `dragoman names --from geonames allCountries.zip --population 5000 --to data`
"""

Kind = Literal["csv", "wikidata", "geonames"]
FILES = {"csv": "names.csv", "wikidata": "names_wikidata.csv", "geonames": gazetteer.FILE}


def run(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files of one kind; dumps as they come packed.")],
    *,
    to: Annotated[
        Path, typer.Option("--to", metavar="DIR", help="The data folder, made if absent; DRAGOMAN_DATA then names it.")
    ],
    source: Annotated[Kind, typer.Option("--from", help="What the files are.")] = "csv",
    population: Annotated[
        int, typer.Option(min=0, metavar="N", help="Of GeoNames: towns of so many people, and capitals.")
    ] = geonames.SMALLEST,
    everybody: Annotated[
        bool, typer.Option("--everybody", help="Of Wikidata: people who never held an office too.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what became of the rows as a JSON object.")] = False,
) -> None:
    """Write names or places into a data folder, with which every command then reads.

    Each kind has one file there, written anew each time: names.csv, names_wikidata.csv, places.csv. A row that cannot
    be taken is named with its line and the reason, and does not stop the rest.
    """
    columns = gazetteer.COLUMNS if source == "geonames" else roster.COLUMNS
    done = registers.keep(to, FILES[source], columns, _found(source, paths, population, everybody), _tell)
    if json:
        counts = {"rows": done.rows, "failed": done.failed, "passed": dict(sorted(done.passed.items()))}
        write(json_format.dumps(counts, ensure_ascii=False) + "\n")
    else:
        err().print(f"{_summed(done)}. Written: {to / FILES[source]}", soft_wrap=True)
    if done.failed:
        raise typer.Exit(1)


def _found(source: Kind, paths: list[Path], population: int, everybody: bool) -> Iterator[Found]:
    if source == "wikidata":
        return wikidata.persons(paths, everybody=everybody)
    return geonames.places(paths, smallest=population) if source == "geonames" else registers.names(paths)


def _tell(failure: Failure) -> None:
    warn(f"{failure.source}: {failure.reason}")


def _summed(done: Taken) -> str:
    parts = [f"{done.rows} rows taken"]
    if done.failed:
        parts.append(f"{done.failed} failed")
    parts += [f"{count} passed over ({reason})" for reason, count in sorted(done.passed.items())]
    return ", ".join(parts)
