"""What an archive would take: time, money, disk and network, from what was measured and what is assumed.

usage: python benchmarks/plan.py [--pages 1e9] [--english 0.4] [--cores 1000] [--price 0.04] [--rate 8.0] …

Every figure is an option. Those of the machine are printed by benchmarks: ``--rate`` by bench.py, ``--extraction`` by
warc.py, ``--days``, ``--intake``, ``--bytes``, ``--known`` and ``--linking`` by scale.py, ``--linked`` by linking a
record (docs/scale.md, which has those that stand here), but for ``--bytes``, since the benchmark's articles are short.
Those of the archive and the prices are assumptions of whoever asks.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

HOUR, DAY = 3600.0, 86400.0
TERA = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An archive, a machine and prices.

    ``english`` is the share of the pages that are read; ``rate`` articles and ``extraction`` pages a core second;
    ``days`` articles a core second of writing days and facts, ``linked`` of linking; ``intake`` documents a second that
    the command takes out of archives; ``bytes`` of a lake, ``known`` of its table of documents, ``linking`` sent, an
    article each; ``price`` of a core hour and ``disk`` of a terabyte and month, in one currency.
    """

    pages: float
    english: float
    cores: int
    rate: float
    extraction: float
    days: float
    linked: float
    intake: float
    bytes: float
    known: float
    linking: float
    price: float
    disk: float

    @property
    def articles(self) -> float:
        """Pages that are read."""
        return self.pages * self.english

    @property
    def core_hours(self) -> dict[str, float]:
        """Hours of one core, by what they go into."""
        return {
            "reading and coding": self.articles / self.rate / HOUR,
            "pages that are left out": (self.pages - self.articles) / self.extraction / HOUR,
            "days and facts": self.articles / self.days / HOUR,
            "linking": self.articles / self.linked / HOUR,
        }

    def figures(self) -> dict[str, float]:
        """What it takes."""
        hours, linking = sum(self.core_hours.values()), self.core_hours["linking"]
        return {
            **{f"core hours: {name}": each for name, each in self.core_hours.items()},
            "core hours": hours,
            f"days on {self.cores} cores, all but linking": (hours - linking) * HOUR / self.cores / DAY,
            "days of the one process that links": linking * HOUR / DAY,
            "days that one command needs to take the archives apart": self.pages / self.intake / DAY,
            "cores that one command keeps busy": self.intake * (hours - linking) * HOUR / self.pages,
            "price of the cores": hours * self.price,
            "terabytes of the lake": self.articles * self.bytes / TERA,
            "price of a year on the disk": self.articles * self.bytes / TERA * self.disk * 12,
            "terabytes sent for linking": self.articles * self.linking / TERA,
            "gigabytes looked through for what is known, a round": self.articles * self.known / 1e9,
        }


def main() -> None:
    """Work it out and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    taken = {
        "pages": 1e9, "english": 0.4, "cores": 1000, "rate": 4.5, "extraction": 73.0, "days": 222.0, "linked": 555.0,
        "intake": 15_300.0, "bytes": 10_000.0, "known": 58.0, "linking": 612.0, "price": 0.04, "disk": 20.0,
    }  # fmt: skip
    for name, value in taken.items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    plan = Plan(**vars(parser.parse_args()))
    table = Table("figure", "value", title=f"{plan.pages:,.0f} pages, {plan.english:.0%} of them read")
    for name, value in plan.figures().items():
        table.add_row(name, f"{value:,.3g}" if value < 1000 else f"{value:,.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
