"""Fits the weights of the evidence for an event, and checks them on reports they were not fitted on.

usage: python benchmarks/confidence.py [--fit [--judged ARTICLES.jsonl.gz JUDGEMENTS.jsonl]]

An event is right where a row of its report's ledger has its category and parties, and its voice where the row tells
one. The weights are those of a logistic regression with a penalty on their squares (``PENALTY``), fitted on the tune
half of the development set, the further reports, the examples, and events of other articles that a judge saw
(benchmarks/judgements.py). Of articles from elsewhere far fewer events are right than the evidence says: how many
fewer is fitted too and left out, since the bins are those of reports like the project's own. ``--fit`` prints them in
the form of ``ontology/data/confidence.yaml``. Without it, the bins of the weights in the package are printed for both
halves.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from development import HALVES, ledgers_of, measure, show_bins
from dragoman import language
from dragoman.coding.confidence import read_back
from dragoman.record import Record
from judgements import articles_of, events_of, key_of, load, right
from ledger import agrees, exported, load_ledger
from readings import example_ledgers, read_reports

PENALTY = 1.0  # of the weights' squares: some evidence is seen a dozen times only
STEPS = 50  # of Newton's method, which is done in ten

ELSEWHERE = "an article from elsewhere"  # fitted beside the evidence, so that it explains what no evidence does

Case = tuple[dict[str, float], bool]


def cases(paths: Sequence[Path], folder: Path) -> Iterator[Case]:
    """(evidence, whether right) of every event of the reports."""
    read_reports(paths, folder)
    for path in paths:
        ledger, reasons = load_ledger(path), _reasons(folder / path.stem / "record.duckdb")
        for event in exported(folder / path.stem):
            yield reasons[event["reports"][0]], agrees(ledger, event)


def judged_cases(articles: Path, judgements: Path) -> Iterator[Case]:
    """The same of the events that a judge saw in articles from elsewhere, as far as they are still read."""
    verdicts = {key_of(row): right(row) for row in load(judgements)}
    for read in events_of(articles_of(articles, {key[0] for key in verdicts}), language.load()):
        if read.key in verdicts:
            told = next(reason.rule for reason in read.report.reasons if reason.field == "confidence")
            yield read_back(told) | {ELSEWHERE: 1.0}, verdicts[read.key]


def _reasons(record: Path) -> dict[str, dict[str, float]]:
    """Report id -> its evidence."""
    with Record.open(record) as held:
        return {
            report.id: read_back(reason.rule)
            for reading in held.readings()
            for report in reading.reports
            for reason in report.reasons
            if reason.field == "confidence"
        }


def fit(found: Sequence[Case]) -> dict[str, float]:
    """Evidence -> weight, and ``base``: the penalised maximum of the likelihood, by Newton's method."""
    names = sorted({name for evidence, _ in found for name in evidence})
    table = np.array([[1.0, *(evidence.get(name, 0.0) for name in names)] for evidence, _ in found])
    truth = np.array([float(is_right) for _, is_right in found])
    weights = zip(["base", *names], (round(float(value), 2) for value in _newton(table, truth)), strict=True)
    return {name: value for name, value in weights if name != ELSEWHERE}


def _newton(table: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    penalty = np.diag([0.0] + [PENALTY] * (table.shape[1] - 1))
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - told) - penalty @ weights
        bend = (table.T * (told * (1 - told))) @ table + penalty
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def _all_cases(judged: Sequence[tuple[Path, Path]]) -> list[Case]:
    with tempfile.TemporaryDirectory() as folder:
        found = list(cases([*ledgers_of("tune"), *ledgers_of("further"), *example_ledgers()], Path(folder)))
    return found + [case for articles, judgements in judged for case in judged_cases(articles, judgements)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and print the weights, or print how often events of a confidence are right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--fit", action="store_true", help="print weights fitted anew")
    parser.add_argument("--judged", nargs=2, type=Path, action="append", default=[], metavar=("ARTICLES", "JUDGEMENTS"))
    given = parser.parse_args(arguments)
    if given.fit:
        sys.stdout.write(yaml.safe_dump({"weights": fit(_all_cases(given.judged))}, sort_keys=False))
        return 0
    for name in HALVES:
        sys.stdout.write(f"{name}\n")
        show_bins(measure(ledgers_of(name)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
