"""What reading an archive of pages costs beside what reads them, and whether its memory grows.

usage: python benchmarks/warc.py [--pages 2000] [--words 400] [--workers 2] [--seed 1] [--memory 20000] [--json]

The pages are recombined from the paragraphs of the reports in examples/ and benchmarks/reports (seeded), each inside
what a news site puts around one: scripts, menus, JSON-LD, related articles, a footer. They are written as a .warc.gz as
a crawler writes it, with requests and images between them.

- *by part*: one process reads the archive into a record; every part of the work is timed where it is called.
- *the command*: ``dragoman read ARCHIVE --workers N``; beside it the same number of processes do nothing but the work
  of trafilatura and of the reader (network and coding) on the same pages. What the command takes longer is lost.
- ``--memory M``: peak memory of the command for M pages over that for ``--pages``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import wraps
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import DRAGOMAN, KIBIBYTE, family, memory

HERE = Path(__file__).resolve().parent
FOLDERS = (HERE.parent / "examples", HERE / "reports" / "further", HERE / "reports" / "tune", HERE / "reports" / "test")
SAMPLE_EVERY = 0.05  # seconds between two looks at a running command
TICKS = os.sysconf("SC_CLK_TCK")
OTHERS = 24  # stories that a page shows beside its own
PARTS = ("reader", "trafilatura")  # what the issue of the benchmark is not about


# -- the archive


def paragraphs() -> list[str]:
    """Every body paragraph of the project's own reports."""
    from dragoman.reading import read_bytes

    files = sorted(path for folder in FOLDERS for path in folder.iterdir() if path.suffix in (".html", ".txt"))
    articles = [read_bytes(path.read_bytes(), name=path.name) for path in files]
    return [each.text for article in articles for each in article.paragraphs if each.role == "body"]


def page(dice: random.Random, number: int, texts: Sequence[str], others: Sequence[str]) -> bytes:
    """An article as a page of a news site, some 60 kilobytes, with the beginnings of others beside it."""
    title, words = escape(f"Report number {number} of the day"), [escape(text) for text in texts]
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": _day(number)}
    menu = "".join(
        f'<li class="menu-item"><a href="/section/{at}" title="Section {at}">Section {at}</a></li>' for at in range(60)
    )
    more = "".join(
        f'<article class="teaser"><a href="/{at}"><img src="/{at}.jpg" alt="" width="320">'
        f"<h3>{escape(other[:60])}</h3></a><p>{escape(other[:90])} …</p></article>"
        for at, other in enumerate(others)
    )
    script = f"window.state = {json.dumps([dice.randrange(10**9) for _ in range(1500)])};"
    style = "".join(f".c{at}{{margin:{at}px;padding:{at}px;color:#{at:06x}}}" for at in range(250))
    body = "".join(
        f'<p class="body-text">{text}</p>' + ('<div class="ad" id="ad"></div>' if at % 4 == 3 else "")
        for at, text in enumerate(words)
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Bench</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Bench">'
        f'<meta property="article:published_time" content="{_day(number)}T08:00:00Z">'
        f'<script type="application/ld+json">{json.dumps(data)}</script><style>{style}</style>'
        f"<script>{script}</script></head>"
        f'<body><header><nav><ul>{menu}</ul></nav></header><main><article class="story"><h1>{title}</h1>'
        f'<div class="byline">By A. Writer</div><figure><img src="/{number}.jpg">'
        f"<figcaption>{words[0][:80]}</figcaption></figure>"
        f'{body}<aside class="newsletter"><p>Sign up for our newsletter</p></aside></article>'
        f'<section class="related"><h2>More stories</h2>{more}</section></main>'
        f"<footer><ul>{menu}</ul><p>© The Bench</p></footer>"
        f"<script>{script}</script></body></html>"
    ).encode()


def _day(number: int) -> str:
    return f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"


def pages(count: int, *, words: int, seed: int) -> Iterator[bytes]:
    """``count`` pages of articles of at least ``words`` words."""
    dice, texts = random.Random(seed), paragraphs()
    for number in range(count):
        chosen: list[str] = []
        while sum(len(text.split()) for text in chosen) < words:
            chosen.append(dice.choice(texts))
        yield page(dice, number, chosen, dice.sample(texts, OTHERS))


def record(block: bytes, url: str, kind: str) -> bytes:
    """A WARC record, packed as a member of its own."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", compresslevel=6, mtime=0)


def answer(body: bytes, content_type: str) -> bytes:
    """What a server sent."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def write_archive(path: Path, count: int, *, words: int, seed: int) -> None:
    """An archive of pages, with a request for each, and an image for every third."""
    with path.open("wb") as file:
        for number, body in enumerate(pages(count, words=words, seed=seed)):
            url = f"https://bench.example/{number}"
            file.write(record(b"GET / HTTP/1.1\r\n\r\n", url, "request"))
            file.write(record(answer(body, "text/html; charset=utf-8"), url, "response"))
            if number % 3 == 0:
                file.write(record(answer(b"\x89PNG" + bytes(3000), "image/png"), f"{url}.png", "response"))


# -- by part


@dataclass
class Timer:
    """Seconds of the processor by part; of a part that is called inside another, only its own count for it."""

    seconds: dict[str, float] = field(default_factory=dict)
    _open: list[float] = field(default_factory=list)

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time added to a part."""

        @wraps(function)
        def call(*arguments: Any, **options: Any) -> Any:
            begun = time.process_time()
            self._open.append(0.0)
            try:
                return function(*arguments, **options)
            finally:
                whole, inside = time.process_time() - begun, self._open.pop()
                self.seconds[part] = self.seconds.get(part, 0.0) + whole - inside
                if self._open:
                    self._open[-1] += whole

        return call

    def patch(self, module: Any, name: str, part: str) -> None:
        """Times a function of a module from now on."""
        setattr(module, name, self.timed(part, getattr(module, name)))


def by_part(archive: Path, folder: Path) -> dict[str, float]:
    """Seconds of the processor of one process that reads the archive, by part; ``whole`` is all of it.

    Seconds of the processor, and one thread, so that what else the machine does is in no part.
    """
    import dragoman.reading
    from dragoman import pipeline
    from dragoman.language import load
    from dragoman.reading import html, metadata, sources
    from dragoman.record import Record

    load()("A first sentence loads the weights.")
    timer = Timer()
    timer.patch(html, "bare_extraction", "trafilatura")
    timer.patch(metadata, "extract_metadata", "trafilatura")
    timer.patch(dragoman.reading, "read_bytes", "the page's own parts")
    timer.patch(pipeline, "understand", "reader")
    for name in ("add", "add_many", "known"):
        timer.patch(Record, name, "record")
    begun = time.process_time()
    with Record.open(folder / "parts.duckdb") as kept:
        found = sources([str(archive)], stdin=BytesIO())
        pipeline.read_many(found, kept, workers=1)
    whole = time.process_time() - begun
    rest = whole - sum(timer.seconds.values())
    return {**timer.seconds, "archive, bookkeeping and the rest": rest, "whole": whole}


# -- the command


@dataclass
class Cost:
    """What a command cost: seconds on the wall, seconds of processors, and peak memory with shared pages once."""

    wall: float
    processor: float
    peak: int


def cost(command: Sequence[str]) -> Cost:
    """Runs a command and looks at it and all its processes while it runs."""
    begun, used, peak = time.perf_counter(), dict[int, float](), 0
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while process.poll() is None:
        for pid in family(process.pid):
            used[pid] = max(used.get(pid, 0.0), _processor_seconds(pid))
        peak = max(peak, memory(process.pid)[1])
        time.sleep(SAMPLE_EVERY)
    if process.returncode != 0:
        raise SystemExit(f"reading failed: {process.stderr.read() if process.stderr else ''}")
    return Cost(time.perf_counter() - begun, sum(used.values()), peak)


def _processor_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended while we looked
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def read_command(archive: Path, folder: Path, *, workers: int) -> Cost:
    """The cost of ``dragoman read`` into a record that is thrown away."""
    into = folder / f"{archive.stem}.duckdb"
    return cost([*DRAGOMAN, "read", str(archive), "--record", str(into), "--workers", str(workers)])


def bare_work(archive: Path, *, workers: int) -> Cost:
    """The cost of trafilatura and the reader alone, shared among single-threaded processes; starts not counted."""
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        shares = [(archive, at, workers) for at in range(workers)]
        done = list(pool.map(_bare, shares))
    return Cost(max(wall for wall, _ in done), sum(used for _, used in done), 0)


def _bare(share: tuple[Path, int, int]) -> tuple[float, float]:
    """Seconds on the wall and of the processor, of trafilatura and the reader on one share of the pages."""
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    from dragoman.coding import code
    from dragoman.language import load
    from dragoman.language.complete import complete
    from dragoman.reading import read_bytes
    from dragoman.reading.markup import parse
    from dragoman.reading.warc import documents

    archive, at, of = share
    nlp = load()
    nlp("A first sentence loads the weights.")
    wall = used = 0.0
    with archive.open("rb") as stream:
        wanted = (each for each in documents(stream, source="archive") if each.data)
        for number, document in enumerate(wanted):
            if number % of != at:
                continue
            article = read_bytes(document.data, name=document.name, url=document.url)
            trees = [parse(document.data.decode(), name=document.name) for _ in range(2)]
            begun, spent = time.perf_counter(), time.process_time()
            bare_extraction(trees[0], fast=True, include_comments=False, include_formatting=False, include_tables=False)
            extract_metadata(trees[1], default_url=document.url, extensive=False)
            code(complete(nlp(article.text), nlp), article)
            wall, used = wall + time.perf_counter() - begun, used + time.process_time() - spent
    return wall, used


# -- figures


def measure(*, count: int, words: int, workers: int, seed: int, more: int) -> dict[str, float]:
    """All figures. Times in seconds, memory in mebibytes, shares of one."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        archive = folder / "pages.warc.gz"
        write_archive(archive, count, words=words, seed=seed)
        figures: dict[str, float] = {"pages": count, "archive_mib": round(archive.stat().st_size / KIBIBYTE**2, 1)}
        figures |= _parts(by_part(archive, folder))
        command = read_command(archive, folder, workers=workers)
        figures |= _lost(command, bare_work(archive, workers=workers), workers)
        if more:
            figures |= _grown(folder, command, count=count, more=more, words=words, seed=seed, workers=workers)
    return figures


def _parts(seconds: dict[str, float]) -> dict[str, float]:
    whole = seconds["whole"]
    shown = {f"one process: {part}, seconds": round(value, 2) for part, value in seconds.items()}
    own = sum(seconds[part] for part in PARTS)
    return {**shown, "one process: share outside the reader and trafilatura": round(1 - own / whole, 3)}


def _lost(command: Cost, bare: Cost, workers: int) -> dict[str, float]:
    return {
        f"the command, {workers} workers: seconds": round(command.wall, 2),
        "the command: seconds of processors": round(command.processor, 2),
        "reader and trafilatura alone: seconds": round(bare.wall, 2),
        "reader and trafilatura alone: seconds of processors": round(bare.processor, 2),
        "the command: share of time lost": round(1 - bare.wall / command.wall, 3),
        "the command: share of processor time lost": round(1 - bare.processor / command.processor, 3),
        "the command: peak memory, MiB": round(command.peak / KIBIBYTE**2, 1),
    }


def _grown(
    folder: Path, command: Cost, *, count: int, more: int, words: int, seed: int, workers: int
) -> dict[str, float]:
    archive = folder / "more.warc.gz"
    write_archive(archive, more, words=words, seed=seed)
    larger = read_command(archive, folder, workers=workers)
    return {
        f"{more} pages: peak memory, MiB": round(larger.peak / KIBIBYTE**2, 1),
        f"peak memory of {more} pages over that of {count}": round(larger.peak / command.peak, 3),
    }


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    for name, value in (("pages", 2000), ("words", 400), ("workers", 2), ("seed", 1), ("memory", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args()
    figures = measure(count=given.pages, words=given.words, workers=given.workers, seed=given.seed, more=given.memory)
    if given.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    table = Table("figure", "value", title=f"{os.cpu_count()} processors, {given.words} words a page")
    for name, figure in figures.items():
        table.add_row(name.replace("_", " "), f"{figure:g}")
    Console().print(table)


if __name__ == "__main__":
    main()
