"""The reports that the project wrote for its examples and benchmarks, as stories beside the made-up ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from archive.telling import Story
from archive.world import Outlet
from dragoman.reading import read_bytes

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("examples", "benchmarks/reports/tune", "benchmarks/reports/test", "benchmarks/reports/further")
# Where a page tells no day.
DAY = date(2026, 2, 2)


def own_stories() -> Iterator[Story]:
    """Each report once, by its file's name; what they tell of is not marked."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.*ht*ml"))]
    paths += [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.txt"))]
    for path in sorted(paths, key=lambda path: path.name):
        # the copy among the examples is one of a story that is there already
        if not path.name.startswith("copy-"):
            yield _story(path)


def _story(path: Path) -> Story:
    article = read_bytes(path.read_bytes(), name=path.name)
    name = article.outlet or "The Reading Room"
    outlet = Outlet(name, path.stem, agency=False, days="date", dateline=False, length=9)
    body = tuple(part.text for part in article.paragraphs if part.role in ("standfirst", "body", "quote", "subhead"))
    return Story(f"own.{path.stem}", outlet, article.published or DAY, article.title or path.stem, body)
