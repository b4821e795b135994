"""Whether a run that is killed again and again ends in the bytes of one that was not.

usage: python benchmarks/kill.py [--articles 5000] [--kills 5] [--workers 2] [--engines record plain …] [--seed 1]

An undisturbed run of each engine is timed. Then another is killed with SIGKILL, its first process alone, as a user or
the system would: at random moments of what it takes, and begun again each time until it has read all. On Ray processes
of the cluster that read are killed too, at random moments of one run, which is not begun again. What is compared:
the exports of all runs, as PLOVER and as Parquet, and of lakes every file. Ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from runs import Run, cluster, exported, fingerprint, kill_one_reader, killed, reading, remove, sources, start, watched

ENGINES = ("record", "plain", "daft", "ray")


def disturbed(command: list[str], *, kills: int, whole: Run, rng: random.Random) -> list[float]:
    """Run a command to its end through so many kills; when they came, in seconds of their trials.

    A trial is killed somewhere in an equal share of the run, so that the last is not killed when nothing is left.
    """
    moments: list[float] = []
    while len(moments) < kills:
        after = rng.uniform(0.05, 1.0) * whole.seconds / kills
        if not killed(command, after=after):
            break
        moments.append(after)
    watched(command)
    return moments


def disturbed_on_ray(command: list[str], *, kills: int, whole: Run, rng: random.Random) -> list[float]:
    """Run a command once, while processes of the cluster that read for it are killed."""
    begun, process = time.perf_counter(), start(command)
    moments: list[float] = []
    for _ in range(kills):
        until = time.perf_counter() + rng.uniform(0.3, 1.0) * whole.seconds / kills
        while process.poll() is None and time.perf_counter() < until:
            time.sleep(0.2)
        if process.poll() is None and kill_one_reader(rng):
            moments.append(time.perf_counter() - begun)
    if process.wait() not in (0, 1):
        raise SystemExit(f"the run failed with {process.returncode}")
    return moments


def trial(engine: str, file: Path, scratch: Path, *, kills: int, workers: int, seed: int) -> dict[str, Any]:
    """An undisturbed run of an engine and one or two that are disturbed, and what they left."""
    rng, name = random.Random(f"{engine} {seed}"), "r.duckdb" if engine == "record" else "lake"
    whole, first, second = (scratch / f"{engine}-{way}-{name}" for way in ("whole", "killed", "lost"))
    with cluster(workers) if engine == "ray" else nullcontext() as address:

        def command(target: Path) -> list[str]:
            return reading(file, target, engine=engine, workers=workers, ray=address)

        run = watched(command(whole))
        moments = {"the command": disturbed(command(first), kills=kills, whole=run, rng=rng)}
        if engine == "ray":
            moments["readers"] = disturbed_on_ray(command(second), kills=kills, whole=run, rng=rng)
    targets = [each for each in (whole, first, second) if each.exists()]
    found = {
        "engine": engine,
        "seconds": run.seconds,
        "kills": moments,
        "exports": {exported(each, scratch) for each in targets},
        "files": {fingerprint(each) for each in targets if engine != "record"},
    }
    for each in targets:
        remove(each)
    return found


def main() -> None:
    """Run the trials, print a table, end with 1 where bytes differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("articles", 5000), ("kills", 5), ("workers", 2), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    given = parser.parse_args()
    console, told = Console(), []
    with tempfile.TemporaryDirectory() as name:
        file = sources(Path(name), articles=given.articles, seed=given.seed)
        for engine in given.engines:
            told.append(trial(engine, file, Path(name), kills=given.kills, workers=given.workers, seed=given.seed))
            console.print(_line(told[-1]))
    exports = {each for row in told for each in row["exports"]}
    files = {each for row in told for each in row["files"]}
    table = Table("compared", "different", title=f"{given.articles} articles, {given.workers} workers")
    table.add_row("exports of all runs", str(len(exports) - 1))
    table.add_row("files of all lakes", str(max(0, len(files) - 1)))
    console.print(table)
    sys.exit(0 if len(exports) == 1 and len(files) <= 1 else 1)


def _line(row: dict[str, Any]) -> str:
    kills = "; ".join(
        f"{what} after {', '.join(f'{each:.1f}' for each in after)} s" for what, after in row["kills"].items()
    )
    same = len(row["exports"]) == 1 and len(row["files"]) <= 1
    return f"{row['engine']}: {row['seconds']:.0f} s undisturbed; killed: {kills}; the same bytes: {same}"


if __name__ == "__main__":
    main()
