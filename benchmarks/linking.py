"""Stories and same events on a synthetic archive: how many pairs are right, and how many are found.

usage: python benchmarks/linking.py [--articles 20000] [--seed 1] [--workers 2] [--record FILE] [--json OUT]

Makes the archive (:mod:`archive.make`), reads it into a record as ``dragoman read`` does, and compares the record's
stories and events with the archive's own (:mod:`archive.scoring`). Stories take seconds, reading takes the time:
``--stories`` does without. A record that is there already is only measured.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from archive.make import make, write
from archive.scoring import Score, Told, Truth, rows
from dragoman.linking.stories import stories_of
from dragoman.model import Article, Reading
from dragoman.pipeline import understand
from dragoman.reading import read_text
from dragoman.record import Record
from dragoman.workers import Workers

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    precision: float
    recall: float
    pairs: int


def article_of(row: dict[str, Any]) -> Article:
    """The article of a row, read as text; its title and byline stand over it as on a page."""
    parts = (row["title"], row["byline"], row["text"])
    return read_text(
        "\n\n".join(part for part in parts if part),
        name=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        published=date.fromisoformat(row["published"][:10]),
    )


def name_of(url: str | None) -> str:
    """The archive's id of an article, by its address."""
    return str(url).rsplit("/", maxsplit=1)[-1]


def reading_of(row: dict[str, Any]) -> Reading:
    """What one row yields."""
    return understand(article_of(row)).reading


def _lost(row: dict[str, Any]) -> Reading:
    raise RuntimeError(f"the process that read {row['id']} died")


def read(folder: Path, record: Record, *, workers: int) -> None:
    """Read an archive into a record."""
    crew = Workers[dict[str, Any], Reading](reading_of, workers=workers, lost=_lost)
    waiting: list[Reading] = []
    for _, reading in crew.map(rows(folder)):
        waiting.append(reading)
        if len(waiting) == AT_ONCE:
            record.add_many(waiting)
            waiting = []
    record.add_many(waiting)


def told_in(record: Record, sql: str = "SELECT event, article, sequence FROM event_reports") -> Iterator[Told]:
    """The reports of a record, with the archive's ids of their articles, in the events that a query gives them."""
    names = {row["id"]: name_of(row["url"]) for row in record.select("SELECT id, url FROM articles")}
    cues: defaultdict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for row in record.select("SELECT article, sequence, starts, ends FROM cues"):
        cues[row["article"], row["sequence"]].append((row["starts"], row["ends"]))
    for row in record.select(sql):
        yield Told(names[row["article"]], row["event"], cues[row["article"], row["sequence"]])


def measure(record: Record, truth: Truth) -> Iterator[Line]:
    """The scores of a record."""
    stories = {name_of(row["url"]): row["story"] for row in record.select("SELECT url, story FROM articles")}
    yield _line("story pairs", truth.story_pairs(stories))
    texts = {name_of(article.url): article.text for article in record.articles()}
    for kind, score in truth.event_pairs(told_in(record), texts).items():
        yield _line("event pairs" if kind == "all" else f"event pairs, {kind}", score)


def _line(what: str, score: Score) -> Line:
    return Line(what, score.precision, score.recall, score.there)


def stories_alone(*, articles: int, seed: int) -> list[Line]:
    """The score of the stories of an archive without coding anything."""
    made = make(articles=articles, seed=seed)
    texts = {name_of(article.url): article for article in map(article_of, made.articles)}
    names = {article.id: name for name, article in texts.items()}
    found = {names[v.article]: story.key for story in stories_of(texts.values()) for v in story.versions}
    return [_line("story pairs", Truth(made.truth()).story_pairs(found))]


def of_archive(*, articles: int, seed: int, workers: int, record: Path | None = None) -> list[Line]:
    """Make an archive, read it, where the record is not there yet, and measure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(make(articles=articles, seed=seed), folder)
        return _run(folder, record or folder / "archive.duckdb", workers=workers)


def _run(folder: Path, path: Path, *, workers: int) -> list[Line]:
    if not path.exists():
        with Record.open(path) as record:
            read(folder, record, workers=workers)
    with Record.open(path) as record:
        return list(measure(record, Truth.of(folder)))


def main() -> int:
    """Make, read, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--stories", action="store_true", help="stories only: nothing is coded")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    start, made = time.perf_counter(), {"articles": given.articles, "seed": given.seed}
    lines = stories_alone(**made) if given.stories else of_archive(**made, workers=given.workers, record=given.record)
    _show(lines, f"{given.articles:,} articles, seed {given.seed}, {time.perf_counter() - start:.0f} s")
    if given.json:
        given.json.write_text(json.dumps([asdict(line) for line in lines], indent=1) + "\n", encoding="utf-8")
    return 0


def _show(lines: list[Line], caption: str) -> None:
    table = Table("pairs", "precision", "recall", "true pairs", caption=caption)
    for line in lines:
        table.add_row(line.what, f"{line.precision:.3f}", f"{line.recall:.3f}", f"{line.pairs:,}")
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
