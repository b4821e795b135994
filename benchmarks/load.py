"""How fast the pages of a large record are, and how much memory their server takes.

usage: python benchmarks/load.py [BIG.duckdb] [--events 100000] [--requests 40] [--at-once 2]

Makes the record of benchmarks/synthetic.py where none is there, starts ``dragoman serve`` over it in a process of its
own, and asks for every kind of page with other countries, events and words each time. Prints a line a page; the status
is 1 where a page misses the target: 300 ms at the median, 1 s at the 95th percentile.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
from rich.console import Console
from rich.table import Table

from synthetic import make

MEDIAN_MS, P95_MS = 300, 1000
PATIENCE = 60  # seconds for one page: far beyond the target, but a slow page is to be measured too
COUNTRIES = 40  # of those with most events, so that every dossier has something in it

NAMES = ("Spain", "Norway", "Kenya", "Peru", "Japan")  # countries whose ministers the record names

Ask = Callable[[random.Random], str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is in the record, to ask about."""

    dyads: list[tuple[str, str]]
    countries: list[str]
    events: list[str]
    articles: list[str]
    entities: list[str]
    people: list[str]
    bodies: list[str]
    outlets: list[str]
    categories: list[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """One kind of page: milliseconds of each request, and bytes of the largest answer."""

    name: str
    times: list[float]
    largest: int

    @property
    def median(self) -> float:
        """The middle of the times."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """What 95 of 100 requests stay below."""
        return statistics.quantiles(self.times, n=20)[-1]


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--at-once", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.path or Path(folder) / "big.duckdb"
        if not path.exists():
            make(path, options.events, 1)
        with served(path) as (address, process):
            found = list(measured(address, options.requests, options.at_once))
            peak = memory(process.pid)
    sys.exit(_print(found, peak))


@contextmanager
def served(path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address and the process of a server over the record."""
    command = [sys.executable, "-m", "dragoman", "serve", "--record", str(path), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        yield process.stderr.readline().split()[0].rstrip("/"), process
    finally:
        process.terminate()
        process.wait()


def measured(address: str, requests: int, at_once: int) -> Iterator[Measured]:
    """Every kind of page, asked ``requests`` times, ``at_once`` at a time."""
    with httpx.Client(base_url=address, timeout=PATIENCE) as client, ThreadPoolExecutor(at_once) as pool:
        for name, ask in pages(look(client)).items():
            rng = random.Random(name)
            client.get(ask(rng)).raise_for_status()
            answers = list(pool.map(lambda path: _timed(client, path), [ask(rng) for _ in range(requests)]))
            yield Measured(name, [took for took, _ in answers], max(size for _, size in answers))


def _timed(client: httpx.Client, path: str) -> tuple[float, int]:
    began = time.perf_counter()
    answer = client.get(path)
    took = 1000 * (time.perf_counter() - began)
    return took, len(answer.raise_for_status().content)


def look(client: httpx.Client) -> Known:
    """What the record holds, as the pages themselves tell."""
    rng = random.Random(1)
    held = client.get("/start.json").raise_for_status().json()
    listed = [
        row
        for _ in range(10)
        for row in client.get(f"/events.json?limit=20&offset={rng.randrange(50_000)}").json()["rows"]
    ]
    facets = client.get("/events.json?limit=1").json()["facets"]
    countries = next(facet["counts"] for facet in facets if facet["name"] == "country")
    named = {kind: client.get(f"/entities.json?kind={kind}&limit=100").json()["rows"] for kind in ("person", "group")}
    outlets = client.get("/coverage.json").raise_for_status().json()["coverage"]["outlets"]
    return Known(
        people=[row["id"] for row in named["person"]],
        bodies=[row["id"] for row in named["group"]],
        outlets=[row["outlet"] for row in outlets],
        dyads=[(each["a"], each["b"]) for each in held["dyads"]],
        countries=[each["value"] for each in countries if each["value"]][:COUNTRIES],
        events=[row["event"] for row in listed],
        articles=[row["article"] for row in listed],
        entities=[who["entity"] for row in listed for who in (*row["actors"], *row["recipients"], *row["by"])],
        categories=[each["value"] for each in held["categories"]],
    )


def pages(known: Known) -> dict[str, Ask]:
    """Every kind of page by name, as a function that makes its next address."""

    def dyad(rng: random.Random) -> str:
        return "/".join(rng.choice(known.dyads))

    def scope(rng: random.Random) -> str:
        a, b = rng.choice(known.dyads)
        return urlencode([("country", a), ("country", b)])

    def chart(name: str, rng: random.Random) -> str:
        return f"/chart/{name}.vl.json?{scope(rng)}"

    def whole(name: str, rng: random.Random) -> str:
        return f"/chart/{name}.vl.json"

    charts = ("timeline", "balance", "years", "categories", "places", "network")
    words = ("minister said", "official", "day 1234", '"an official said"', "consults", "nothingofthekind")
    query = "/sql?query=" + quote("SELECT category, count(*) AS n FROM facts GROUP BY ALL ORDER BY n DESC")
    return {
        "start": lambda rng: "/",
        "events": lambda rng: "/events",
        "events, far on": lambda rng: f"/events?offset={rng.randrange(90_000)}",
        "events by facets": lambda rng: (
            f"/events?category={rng.choice(known.categories)}&year={rng.randrange(1995, 2025)}"
        ),
        "events of a dyad": lambda rng: f"/events?{scope(rng)}",
        "event": lambda rng: f"/event/{rng.choice(known.events)}",
        "article": lambda rng: f"/article/{rng.choice(known.articles)}",
        "articles": lambda rng: f"/articles?offset={rng.randrange(10_000)}",
        "entity": lambda rng: f"/entity/{rng.choice(known.entities)}",
        "entity that most name": lambda rng: f"/entity/{rng.choice(known.bodies[:1] + known.people[:5])}",
        "entities": lambda rng: f"/entities?q={rng.choice('abcdefgh')}",
        "dossier of a dyad": lambda rng: f"/dossier/{dyad(rng)}",
        "dossier of a country": lambda rng: f"/dossier/{rng.choice(known.countries)}",
        "dossier of a person": lambda rng: f"/dossier/{quote(rng.choice(known.people))}",
        "dossier of an organisation": lambda rng: f"/dossier/{quote(rng.choice(known.bodies))}",
        "dossier of an outlet": lambda rng: f"/dossier/{quote(rng.choice(known.outlets))}",
        "dossier found by a name": lambda rng: f"/dossier/{quote('the minister of ' + rng.choice(NAMES))}",
        "since": lambda rng: f"/since/{dyad(rng)}?category={rng.choice(known.categories)}&before=2020-10-01",
        "since, anything": lambda rng: f"/since/{dyad(rng)}",
        "network": lambda rng: "/network",
        "network, year by year": lambda rng: "/network?period=year",
        "search": lambda rng: f"/search?q={quote(rng.choice(words))}",
        "coverage": lambda rng: "/coverage",
        "coverage of a dyad": lambda rng: f"/coverage?{scope(rng)}",
        "failures": lambda rng: "/failures",
        "corrections": lambda rng: "/corrections",
        "SQL": lambda rng: query,
        "API": lambda rng: "/api",
        **{f"chart {name}": partial(chart, name) for name in charts},
        **{f"chart {name}, everything": partial(whole, name) for name in charts},
        "chart as picture": lambda rng: f"/chart/years.svg?{scope(rng)}",
        "events as CSV": lambda rng: f"/events.csv?limit=1000&offset={rng.randrange(90_000)}",
        "events as JSON": lambda rng: f"/events.json?limit=1000&offset={rng.randrange(90_000)}",
    }


def memory(process: int) -> float:
    """The most memory that a process and its children had resident, in MiB (Linux)."""
    kilobytes = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
        except OSError:
            continue
        told = dict(re.findall(r"^(Pid|PPid|VmHWM):\s+(\d+)", status, flags=re.MULTILINE))
        if str(process) in (told["Pid"], told["PPid"]):
            kilobytes += int(told.get("VmHWM", 0))
    return kilobytes / 1024


def _print(found: list[Measured], peak: float) -> int:
    """The table; 1 where a page misses the target."""
    table = Table("page", "median, ms", "95th percentile, ms", "largest, kB", box=None)
    for each in found:
        late = each.median > MEDIAN_MS or each.p95 > P95_MS
        cells = (f"{each.median:.0f}", f"{each.p95:.0f}", f"{each.largest / 1000:.0f}")
        table.add_row(each.name, *cells, style="bold red" if late else None)
    console = Console(width=100)
    console.print(table)
    console.print(f"memory of the server and its SQL process at its peak: {peak:.0f} MiB")
    return int(any(each.median > MEDIAN_MS or each.p95 > P95_MS for each in found))


if __name__ == "__main__":
    main()
