"""Write a synthetic archive of news reports; see :mod:`archive.make`.

usage: python benchmarks/make_archive.py DIR [--articles 20000] [--seed 1]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from archive.make import make, write


def main() -> None:
    """Make an archive and write its two files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    made = make(articles=given.articles, seed=given.seed)
    write(made, given.folder)
    Console().print(
        f"{len(made.articles)} articles, {len(made.stories)} stories, {len({t['event'] for t in made.tellings})} events"
    )


if __name__ == "__main__":
    main()
