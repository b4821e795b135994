"""Speed and memory of reading, from the command a user types; each figure as a ratio too.

usage: python benchmarks/bench.py [--articles 300] [--words 500] [--workers 2] [--seed 1] [--json]

Articles are recombined from the paragraphs of the reports in examples/ (seeded, so that two runs read the same
texts) and read by ``python -m dragoman read`` into a record that is thrown away. The bare encoder then embeds the
same texts' tokens on as many threads as there were workers: the ratio of the two times is what everything besides
the encoder costs. The reader alone (the spaCy component with all its heads, decoding included) is timed beside the
bare encoder, each process on one thread and both over the same batches. Pages are made of the same articles and taken
apart by the reading room alone.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from html import escape
from pathlib import Path

from rich.console import Console
from rich.table import Table

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SENTENCE = "On Monday the Norwegian foreign minister met her Chilean counterpart in Oslo to discuss fisheries."
SAMPLE_EVERY = 0.05  # seconds between two looks at memory; a worker's load of the network lasts several of them
KIBIBYTE = 1024
DRAGOMAN = (sys.executable, "-m", "dragoman")


def paragraphs_of_examples() -> list[str]:
    """Every body paragraph of the project's own reports."""
    from dragoman.reading import read_bytes

    files = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in (".html", ".txt"))
    articles = [read_bytes(path.read_bytes(), name=path.name) for path in files]
    return [each.text for article in articles for each in article.paragraphs if each.role == "body"]


def make_articles(paragraphs: Sequence[str], *, count: int, words: int, seed: int) -> Iterator[list[str]]:
    """``count`` articles of at least ``words`` words: a numbered headline, then paragraphs drawn in random order."""
    dice = random.Random(seed)
    for number in range(count):
        chosen = [f"Report number {number + 1} of the day"]
        while sum(len(paragraph.split()) for paragraph in chosen) < words:
            chosen.append(dice.choice(paragraphs))
        yield chosen


def as_page(article: Sequence[str]) -> bytes:
    """The article as a page with the furniture a news site puts around one."""
    links = "".join(f'<li><a href="/section/{at}">Section {at}</a></li>' for at in range(40))
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article[1:])
    head = f"<head><title>{escape(article[0])} | The Bench</title><meta charset='utf-8'></head>"
    main = f"<main><article><h1>{escape(article[0])}</h1>{body}</article></main>"
    return f"<!doctype html><html lang='en'>{head}<body><nav><ul>{links}</ul></nav>{main}</body></html>".encode()


def measure_reading(folder: Path, *, workers: int) -> tuple[float, int, int]:
    """Seconds and two peaks in bytes, of this command and all its processes, of reading a folder: resident memory
    summed, and the same with pages that several of them share counted once."""
    record = folder.parent / "bench.duckdb"
    command = [*DRAGOMAN, "read", str(folder), "--record", str(record), "--workers", str(workers)]
    begun = time.perf_counter()
    process = subprocess.Popen(command)
    resident = once = 0
    while process.poll() is None:
        now = memory(process.pid)
        resident, once = max(resident, now[0]), max(once, now[1])
        time.sleep(SAMPLE_EVERY)
    seconds = time.perf_counter() - begun
    if process.returncode != 0:
        raise SystemExit("reading failed: see above")
    return seconds, resident, once


def memory(pid: int) -> tuple[int, int]:
    """Bytes of a process and its descendants: shared pages counted for each of them, and counted once."""
    sizes = [_memory(each) for each in family(pid)]
    return sum(rss for rss, _ in sizes), sum(pss for _, pss in sizes)


def family(pid: int) -> Iterator[int]:
    """A process and its descendants, as far as they can be looked at."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # it ended while we looked
        return
    for child in children:
        yield from family(int(child))


def _memory(pid: int) -> tuple[int, int]:
    try:
        sizes = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it ended while we looked
        return 0, 0
    found = {line.split()[0]: int(line.split()[1]) * KIBIBYTE for line in sizes.splitlines()[1:]}
    return found.get("Rss:", 0), found.get("Pss:", 0)


def measure_cold_start() -> float:
    """Seconds from the start of the command to its answer, for one sentence."""
    begun = time.perf_counter()
    subprocess.run([*DRAGOMAN, "read", SENTENCE], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def measure_pages(pages: Sequence[bytes]) -> float:
    """Seconds to take the pages apart, in one process."""
    from dragoman.reading import read_bytes

    begun = time.perf_counter()
    for at, page in enumerate(pages):
        read_bytes(page, name=f"page {at}", format="html")
    return time.perf_counter() - begun


def measure_encoder(texts: Sequence[str], *, threads: int) -> float:
    """Seconds of the bare encoder over the same tokens."""
    from dragoman.language import bare_encoder_seconds

    return bare_encoder_seconds(texts, threads=threads)


def measure_reader(texts: Sequence[str], *, workers: int) -> tuple[float, float]:
    """Seconds of the reader, and of the bare encoder, over the texts shared among single-threaded processes.

    All processes read at once, then all embed; of each the mean over the processes counts.
    """
    shares = [list(texts[at::workers]) for at in range(workers)]
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_read_all, [share[:1] for share in shares]))  # loads the weights
        reader = sum(pool.map(_read_all, shares)) / workers
        encoder = sum(pool.map(_embed_all, shares)) / workers
    return reader, encoder


def _read_all(texts: Sequence[str]) -> float:
    from dragoman.language import load

    nlp = load()
    begun = time.perf_counter()
    for text in texts:
        nlp(text)
    return time.perf_counter() - begun


def _embed_all(texts: Sequence[str]) -> float:
    return measure_encoder(texts, threads=1)


def measure(*, articles: int, words: int, workers: int, seed: int) -> dict[str, float]:
    """All figures. Times in seconds, memory in mebibytes."""
    made = list(make_articles(paragraphs_of_examples(), count=articles, words=words, seed=seed))
    texts = ["\n\n".join(article) for article in made]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        folder.mkdir()
        for at, text in enumerate(texts):
            (folder / f"{at:05}.txt").write_text(text, encoding="utf-8")
        seconds, resident, once = measure_reading(folder, workers=workers)
    encoder = measure_encoder(texts, threads=workers)
    reader, bare = measure_reader(texts, workers=workers)
    pages = measure_pages([as_page(article) for article in made])
    return {
        "articles": articles,
        "words_per_article": round(sum(len(text.split()) for text in texts) / articles, 1),
        "workers": workers,
        "articles_per_second": round(articles / seconds, 2),
        "seconds": round(seconds, 2),
        "peak_memory_mib": round(resident / KIBIBYTE**2, 1),
        "peak_memory_shared_once_mib": round(once / KIBIBYTE**2, 1),
        "bare_encoder_seconds": round(encoder, 2),
        "times_the_bare_encoder": round(seconds / encoder, 2),
        "reader_articles_per_second": round(articles / reader, 2),
        "reader_speed_over_bare_encoder": round(bare / reader, 3),
        "pages_per_second": round(articles / pages, 1),
        "page_seconds_over_reading_seconds": round(pages / seconds, 3),
        "cold_start_seconds": round(measure_cold_start(), 2),
    }


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    for name, value in (("articles", 300), ("words", 500), ("workers", 2), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args()
    figures = measure(articles=given.articles, words=given.words, workers=given.workers, seed=given.seed)
    if given.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    table = Table("figure", "value", title=f"{os.cpu_count()} processors, {given.workers} workers")
    for name, figure in figures.items():
        table.add_row(name.replace("_", " "), f"{figure:g}")
    Console().print(table)


if __name__ == "__main__":
    main()
