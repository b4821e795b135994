"""Each format opened in the tool it is for: rows, nodes or statements of a folder, and none where it does not open."""

from __future__ import annotations

import csv
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import networkx
import pyarrow.parquet
import rdflib

from dragoman.evaluation.bio import read_bio
from dragoman.evaluation.marked import read_marked
from dragoman.exchange.base import named

Opened = dict[str, int]


def plover(folder: Path) -> Opened:
    """Each line is a JSON object."""
    files = ("articles", "entities", "events")
    return {name: len([json.loads(line) for line in _lines(folder / f"{name}.jsonl")]) for name in files}


def gdelt(folder: Path) -> Opened:
    """61 columns by tabs alone, and numbers where the codebook has numbers; DuckDB reads what Python does."""
    names = list(named("gdelt").columns)
    assert len(names) == 61
    rows = [dict(zip(names, line.split("\t"), strict=True)) for line in _lines(folder / "events.export.CSV")]
    for row in rows:
        assert [row[name].isdecimal() for name in ("GlobalEventID", "Day", "EventCode", "QuadClass")] == [True] * 4
        assert len(row["Day"]) == 8
        assert len(row["DATEADDED"]) == 14
        assert -10 <= float(row["GoldsteinScale"]) <= 10
        assert row["EventCode"].startswith(row["EventRootCode"])
    assert _by_duckdb(folder / "events.export.CSV", header=False, columns=61) == len(rows)
    return {"events": len(rows)}


def polecat(folder: Path) -> Opened:
    """A header and as many cells in each line."""
    header, *rows = [line.split("\t") for line in _lines(folder / "polecat.txt")]
    assert header == list(named("polecat").columns)
    assert {len(row) for row in rows} <= {40}
    assert _by_duckdb(folder / "polecat.txt", header=True, columns=40) == len(rows)
    return {"events": len(rows)}


def _by_duckdb(path: Path, *, header: bool, columns: int) -> int:
    """How many rows DuckDB's reader of tab-separated text sees."""
    if not path.stat().st_size:
        return 0
    shape = {f"c{number}": "VARCHAR" for number in range(columns)}
    read = "SELECT count(*) FROM read_csv(?, delim = '\t', quote = '', escape = '', header = ?, columns = ?)"
    found = duckdb.sql(read, params=[str(path), header, shape]).fetchall()
    return int(found[0][0])


def table(folder: Path) -> Opened:
    """What Python's and DuckDB's CSV readers see."""
    path = folder / "events.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(None not in row and None not in row.values() for row in rows)
    return {"events": len(rows)}


def parquet(folder: Path) -> Opened:
    """pyarrow and DuckDB see the same rows."""
    found = {}
    for path in sorted(folder.glob("*.parquet")):
        found[path.stem] = pyarrow.parquet.read_table(path).num_rows
        assert (
            duckdb.sql("SELECT count(*) FROM read_parquet(?)", params=[str(path)]).fetchall()[0][0] == found[path.stem]
        )
    return found


def graphml(folder: Path) -> Opened:
    """networkx reads both networks."""
    return _network(folder, "graphml", networkx.read_graphml)


def gexf(folder: Path) -> Opened:
    """networkx reads both networks."""
    return _network(folder, "gexf", networkx.read_gexf)


def _network(folder: Path, suffix: str, read: Callable[[Path], networkx.Graph]) -> Opened:
    found: Opened = {}
    for of in ("actors", "countries"):
        graph = read(folder / f"{of}.{suffix}")
        found[f"nodes of {of}"], found[f"edges of {of}"] = graph.number_of_nodes(), graph.number_of_edges()
    return found


def jsonld(folder: Path) -> Opened:
    """rdflib parses the file without a warning, and as many things are named as it has nodes."""
    path = folder / "record.jsonld"
    rdf(path).serialize(format="nt")
    return {"nodes": len(json.loads(path.read_text(encoding="utf-8"))["@graph"])}


def rdf(path: Path) -> rdflib.Graph:
    """The statements of a JSON-LD file, without a word of complaint from rdflib about them."""
    with _no_warning("rdflib"), warnings.catch_warnings():
        # rdflib's parser of JSON-LD warns of its own use of an old class
        warnings.simplefilter("ignore", DeprecationWarning)
        return rdflib.Graph().parse(path, format="json-ld")


@contextmanager
def _no_warning(name: str) -> Iterator[None]:
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    listener = Listener(level=logging.WARNING)
    logging.getLogger(name).addHandler(listener)
    try:
        yield
    finally:
        logging.getLogger(name).removeHandler(listener)
    assert said == []


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def training(folder: Path) -> Opened:
    """Each file as the reader of its form in evaluation/ takes it; such a reader refuses a file without a row."""
    judged = [json.loads(line) for line in _lines(folder / "judged.jsonl")]
    tables = {"categories": ("categories.tsv", read_marked, 1), "parties": ("parties.bio", read_bio, 0)}
    counts = {
        name: len(list(read(folder / file))) if len(_lines(folder / file)) > heads else 0
        for name, (file, read, heads) in tables.items()
    }
    return {"judged": len(judged), **counts}


OPENERS: dict[str, Callable[[Path], Opened]] = {
    "csv": table,
    "gdelt": gdelt,
    "gexf": gexf,
    "graphml": graphml,
    "jsonld": jsonld,
    "parquet": parquet,
    "plover": plover,
    "polecat": polecat,
    "training": training,
}
