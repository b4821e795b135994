"""What reading at scale costs: how it grows with processes and with articles, and what is there beside the reading.

usage: python benchmarks/scale.py [--articles 1000] [--few 500] [--many 2000] [--workers 2] [--only beside …]
       [--ways record_1 record …]

Throughput: the same articles of the synthetic archive into a record with one worker and with ``--workers``, and into
a lake by the plain engine and by Daft; whole commands, start and end included. Memory: the command and all its
processes, shared pages once, at the most, with ``--few`` and with ``--many`` articles. Beside the reading: taking
archives apart, writing the days of a lake, making its facts, opening it, asking it; what articles take on the disk;
and what the linking of stories would send from machine to machine.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from bench import as_page, make_articles, paragraphs_of_examples
from dragoman.intake import Intake
from dragoman.linking.copies import BANDS
from dragoman.reading import Source
from dragoman.record import Record
from dragoman.scale import Asked, Plain, read_into
from dragoman.scale.lake import DAY_TABLES
from dragoman.scale.units import units_of
from dragoman.views.dossier import dossier
from dragoman.views.since import since
from dragoman.views.subjects import subject
from runs import Run, reading, remove, sources, watched

MEBIBYTE = 1 << 20
KEY, ID = 8, 10  # bytes of a band's key, and of an article's id as a number with its day
WARC_PAGES = 1000
ASKED = 9  # pairs of states
# Into a record by one process and by several, and into a lake by several of the plain engine's and of Daft's.
WAYS = ("record_1", "record", "plain", "daft")

Figures = dict[str, float]


def throughput(file: Path, scratch: Path, *, given: argparse.Namespace) -> Figures:
    """Articles a second, and a second of processors, of each way, and the ratios of the median times."""
    articles, workers = given.articles, given.workers
    took: dict[str, list[Run]] = {name: [] for name in given.ways}
    for _ in range(given.repeats):
        for name in given.ways:
            number = 1 if name == "record_1" else workers
            took[name].append(_run(file, scratch, engine=name.partition("_")[0], workers=number, sizes=False))
    middle = {name: statistics.median(run.seconds for run in runs) for name, runs in took.items()}
    rates = {f"{name}_articles_per_second": articles / seconds for name, seconds in middle.items()}
    used = {
        f"{name}_articles_per_processor_second": articles / statistics.median(run.processor for run in runs)
        for name, runs in took.items()
    }
    compared = {
        f"speed_of_{workers}_workers_over_one": ("record_1", "record"),
        "speed_of_plain_lake_over_record": ("record", "plain"),
        "speed_of_daft_over_record": ("record", "daft"),
        "speed_of_daft_over_plain_lake": ("plain", "daft"),
    }
    ratios = {
        name: middle[slow] / middle[fast]
        for name, (slow, fast) in compared.items()
        if slow in middle and fast in middle
    }
    return rates | used | ratios


def _run(file: Path, scratch: Path, *, engine: str, workers: int, sizes: bool = True) -> Run:
    target = scratch / ("r.duckdb" if engine == "record" else "lake")
    remove(target)
    run = watched(reading(file, target, engine=engine, workers=workers), sizes=sizes)
    remove(target)
    return run


def memory_growth(scratch: Path, *, few: int, many: int, workers: int, seed: int) -> Figures:
    """Peak memory with few and with many articles, in mebibytes, and the growth."""
    figures: Figures = {}
    for engine in ("record", "daft"):
        runs = [
            _run(sources(scratch, articles=number, seed=seed), scratch, engine=engine, workers=workers).memory
            for number in (few, many)
        ]
        figures[f"{engine}_peak_mib_at_{few}"] = runs[0] / MEBIBYTE
        figures[f"{engine}_peak_mib_at_{many}"] = runs[1] / MEBIBYTE
        figures[f"{engine}_growth"] = runs[1] / runs[0] - 1
    return figures


class Stopped(BaseException):
    """Ends a run when all is read and nothing counts yet."""


def beside(file: Path, scratch: Path, *, articles: int, workers: int) -> Figures:
    """What is left of a run when all its units are read: seconds an article of writing days and facts, and sizes."""
    lake = scratch / "lake"
    with patch("dragoman.scale.rounds.changes_of", side_effect=Stopped), suppress(Stopped):
        read_into([Source(str(file))], lake, engine=Plain(workers=workers))
    written = _timed(lambda: read_into([Source(str(file))], lake, engine=Plain(workers=workers)))
    figures = {"days_and_facts_articles_per_second": articles / written} | sizes(lake, articles) | answers(lake)
    remove(lake)
    return figures


def sizes(lake: Path, articles: int) -> Figures:
    """Bytes an article on the disk, by table."""
    tables = {name: _size(lake / name) for name in (*DAY_TABLES, "facts")}
    return {"lake_bytes_per_article": sum(tables.values()) / articles} | {
        f"bytes_per_article_in_{name}": size / articles for name, size in tables.items()
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


def answers(lake: Path) -> Figures:
    """Milliseconds to open a lake, and of questions about the pairs of states that it tells most of."""
    opened = _timed(lambda: Record.open(lake, read_only=True).close())
    with Record.open(lake, read_only=True) as record:
        sql = "SELECT actors[1] AS a, recipients[1] AS b FROM facts WHERE a <> b AND length(a) = 3 AND length(b) = 3"
        sql += " GROUP BY ALL ORDER BY count(*) DESC, a, b"
        pairs = [(row["a"], row["b"]) for row in record.select(f"{sql} LIMIT {ASKED}")]
        dossiers = [_timed(lambda p=pair: dossier(record, subject(record, *p))) for pair in pairs]  # type: ignore[misc]
        times = [_timed(lambda p=pair: since(record, *p)) for pair in pairs]  # type: ignore[misc]
    return {
        "open_ms": opened * 1000,
        "dossier_ms": statistics.median(dossiers) * 1000,
        "since_ms": statistics.median(times) * 1000,
    }


def intake(scratch: Path, *, seed: int) -> Figures:
    """Documents a second that one process takes out of archives and gives their marks."""
    pages = [
        as_page(article) for article in make_articles(paragraphs_of_examples(), count=WARC_PAGES, words=500, seed=seed)
    ]
    warc, lines = scratch / "pages.warc.gz", sources(scratch, articles=WARC_PAGES, seed=seed)
    warc.write_bytes(b"".join(_record(number, page) for number, page in enumerate(pages)))
    return {
        "warc_documents_per_second": WARC_PAGES / _timed(lambda: _take_apart(warc)),
        "json_lines_documents_per_second": WARC_PAGES / _timed(lambda: _take_apart(lines)),
    }


def _record(number: int, page: bytes) -> bytes:
    """A response in a WARC file, packed by itself as crawlers do."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-01-05T00:00:00Z\r\n"
        f"WARC-Target-URI: https://bench.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def _take_apart(file: Path) -> None:
    for _ in units_of(Intake().items([Source(str(file))]), Asked()):
        pass


def linking() -> Figures:
    """Bytes an article that the search for copies sends to where the articles of its keys meet: one row a key."""
    return {"linking_bytes_per_article": BANDS * (KEY + ID)}


def _timed(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given_by_default = (("articles", 1000), ("few", 500), ("many", 2000), ("repeats", 1), ("workers", 2), ("seed", 1))
    for name, value in given_by_default:
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--only", nargs="+", choices=("throughput", "memory", "beside"))
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    given = parser.parse_args()
    only = given.only or ("throughput", "memory", "beside")
    table = Table("figure", "value", title=f"{given.articles} articles, {given.workers} workers")
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        file = sources(scratch, articles=given.articles, seed=given.seed)
        for figures in _measured(given, only, file, scratch):
            for figure, measured in figures.items():
                table.add_row(figure.replace("_", " "), f"{measured:,.3g}" if measured < 1000 else f"{measured:,.0f}")
    Console().print(table)


def _measured(given: argparse.Namespace, only: tuple[str, ...], file: Path, scratch: Path) -> Iterator[Figures]:
    if "throughput" in only:
        yield throughput(file, scratch, given=given)
    if "memory" in only:
        yield memory_growth(scratch, few=given.few, many=given.many, workers=given.workers, seed=given.seed)
    if "beside" in only:
        yield beside(file, scratch, articles=given.articles, workers=given.workers)
        yield intake(scratch, seed=given.seed) | linking()


if __name__ == "__main__":
    main()
