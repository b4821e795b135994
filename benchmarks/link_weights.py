"""Fits the weights by which two tellings are taken for one event, on a synthetic archive of its own seed.

usage: python benchmarks/link_weights.py [--articles 4000] [--seed 77] [--workers 2] [--record FILE] [--to FILE]

Makes and reads the archive as benchmarks/linking.py does, whose seed is another. Learns from every two tellings that
share a block (:mod:`dragoman.linking.blocks`), that nothing speaks against, and of which the archive says whether they
are of one event; by logistic regression with a penalty on the squares of the weights. Then prints what the event pairs
are worth for several least means of a cluster, and with ``--to`` writes the weights in the form of
``linking/data/event_links.json`` with the mean that is given.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from archive.make import make, write
from archive.scoring import Score, Told, Truth
from confidence import fit
from dragoman.linking.blocks import blocks
from dragoman.linking.clustering import connected
from dragoman.linking.events import together
from dragoman.linking.telling import Comparison, Model, Telling, compare
from dragoman.record import Record
from dragoman.record.tellings import Tellings
from linking import name_of, read, told_in

PAIR = 0.5  # the least likelihood of a link
MEANS = (0.5, 0.55, 0.6, 0.65, 0.7)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """The tellings of a record, their reports by the archive's names, and the texts of its articles."""

    truth: Truth
    tellings: Mapping[str, Telling]
    reports: list[Told]
    texts: Mapping[str, str]

    @classmethod
    def of(cls, path: Path, truth: Truth) -> Case:
        """That of a record."""
        with Record.open(path, read_only=True) as record:
            texts = {name_of(article.url): article.text for article in record.articles()}
            reports = list(told_in(record, "SELECT event, article, sequence FROM reports"))
        connection = duckdb.connect(str(path), read_only=True)
        # all of them are needed at once
        connection.execute("CREATE TEMP TABLE needed AS SELECT DISTINCT event, 0 AS first, 0 AS last FROM reports")
        return cls(truth, Tellings(connection).of(0, 0), reports, texts)

    def compared(self) -> dict[Pair, Comparison]:
        """Every two tellings that share a block and that nothing speaks against."""
        sharing: defaultdict[tuple[str, int], list[tuple[str, bool]]] = defaultdict(list)
        for event, telling in self.tellings.items():
            for block in blocks(telling):
                sharing[block.key, block.place].append((event, block.lone))
        pairs = {
            (min(one, other), max(one, other))
            for several in sharing.values()
            for (one, lone), (other, too) in combinations(several, 2)
            if lone or too
        }
        found = {pair: compare(self.tellings[pair[0]], self.tellings[pair[1]]) for pair in sorted(pairs)}
        return {pair: each for pair, each in found.items() if each.against is None}

    def labelled(self, compared: Mapping[Pair, Comparison]) -> Iterator[tuple[dict[str, float], bool]]:
        """(features, whether one event) of the pairs of which the archive says it."""
        events: defaultdict[str, set[str | None]] = defaultdict(set)
        happenings: defaultdict[str, set[str]] = defaultdict(set)
        for told in self.reports:
            events[told.event].add(self.truth.event_of(told, self.texts[told.article]))
            happenings[told.event].add(self.truth.happenings[told.article])
        for (one, other), each in compared.items():
            mine, yours = events[one] - {None}, events[other] - {None}
            if (mine and yours) or not happenings[one] & happenings[other]:
                yield dict(each.features), bool(mine & yours)

    def worth(self, links: Mapping[Pair, float], by: Model) -> Score:
        """The score of the events that a model makes of these links."""
        inside: defaultdict[str, dict[Pair, float]] = defaultdict(dict)
        parts = connected(sorted(self.tellings), links)
        of = {event: min(part) for part in parts for event in part}
        for pair, likely in links.items():
            inside[of[pair[0]]][pair] = likely
        groups = [
            group
            for part in parts
            for group in together({event: self.tellings[event] for event in part}, inside[min(part)], by)
        ]
        becomes = {event: group[0] for group in groups for event in group}
        told = (replace(each, event=becomes[each.event]) for each in self.reports)
        return self.truth.event_pairs(told, self.texts)["all"]


def learned(case: Case, mean: float) -> tuple[Model, Table]:
    """The model that an archive teaches, and what it is worth there."""
    compared = case.compared()
    weights = fit(list(case.labelled(compared)))
    plain = {name: round(value, 3) for name, value in weights.items() if name != "base"}
    model = Model(plain, round(weights["base"], 3), PAIR, mean)
    likely = {pair: model.likely(each) for pair, each in compared.items()}
    links = {pair: value for pair, value in likely.items() if value >= PAIR}
    table = Table("mean", "precision", "recall", caption=f"{len(compared):,} pairs compared")
    for each in MEANS:
        score = case.worth(links, replace(model, mean=each))
        table.add_row(str(each), f"{score.precision:.3f}", f"{score.recall:.3f}")
    return model, table


def _write(model: Model, path: Path, source: str) -> None:
    plain = {"source": source, "weights": model.weights, "bias": model.bias, "pair": model.pair, "mean": model.mean}
    path.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Make, read, learn, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--mean", type=float, default=0.65)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--to", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(make(articles=given.articles, seed=given.seed), folder)
        path = given.record or folder / "archive.duckdb"
        if not path.exists():
            with Record.open(path) as record:
                read(folder, record, workers=given.workers)
        model, table = learned(Case.of(path, Truth.of(folder)), given.mean)
    Console().print(table)
    if given.to:
        said = f"benchmarks/link_weights.py --articles {given.articles} --seed {given.seed}"
        _write(model, given.to, f"a synthetic archive, by {said}")


if __name__ == "__main__":
    main()
