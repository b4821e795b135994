"""The development set: short reports that the project wrote, in two halves, against their ledgers.

usage: python benchmarks/development.py [tune|test] [--rows] [--bins]

``reports/tune`` is there to be looked at when rules and words are written; ``reports/test`` is not: its rows are
scored, never read while tuning. The form of a ledger, and what each figure means, is that of benchmarks/ledger.py;
here rows and events of all reports of a half are counted together. ``--bins`` prints, for events in bins of their
confidence, the share that is right in category, parties and voice.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ledger import Ledger, Score, agrees, exported, load_ledger, row_table
from readings import read_reports

REPORTS = Path(__file__).resolve().parent / "reports"
HALVES = ("tune", "test")
FIELDS = ("parties", "actor", "names", "date", "auxiliary", "by", "quantity", "mode", "context")
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Half:
    """The reports of a half with their ledgers and scores; ``judged`` is (confidence, whether right) of every event."""

    ledgers: Mapping[str, Ledger]
    scores: Mapping[str, Score]
    judged: tuple[tuple[float, bool], ...]

    def figures(self) -> dict[str, float]:
        """recall, whole, fields and precision over all reports, traps sprung, and the share right of each field."""
        scores = list(self.scores.values())
        needed = [row for score in scores for row in score.rows if not row.optional]
        found = [row for score in scores for row in score.rows if row.found]
        events = sum(score.exported for score in scores)
        return {
            "recall": _share(sum(row.found for row in needed), len(needed)),
            "whole": _share(sum(row.state == "ok" for row in needed), len(needed)),
            "fields": _share(sum(r.checked - len(r.wrong) for r in found), sum(r.checked for r in found)),
            "precision": _share(events - sum(len(score.unlisted) for score in scores), events),
            "traps": float(sum(len(score.traps) for score in scores)),
        } | {field: _share(right, of) for field, (right, of) in self._by_field().items()}

    def _by_field(self) -> dict[str, tuple[int, int]]:
        """Field -> (right, checked) over the rows found that list it."""
        counts = {field: [0, 0] for field in FIELDS}
        for name, score in self.scores.items():
            for row, item in zip(score.rows, self.ledgers[name].events, strict=True):
                for field in FIELDS:
                    if row.found and field in item:
                        counts[field][0] += field not in row.wrong
                        counts[field][1] += 1
        return {field: (right, of) for field, (right, of) in counts.items()}

    def bins(self) -> Iterator[tuple[float, float, int, float, float]]:
        """(from, to, events, their mean confidence, share right) of each bin of confidence that holds events."""
        for low, high in pairwise(BINS):
            held = [(value, right) for value, right in self.judged if low <= value < high]
            if held:
                mean = sum(value for value, _ in held) / len(held)
                yield low, min(high, 1.0), len(held), mean, _share(sum(right for _, right in held), len(held))


def _share(part: int, of: int) -> float:
    return part / of if of else 0.0


def ledgers_of(name: str) -> list[Path]:
    """The ledgers of a half, sorted."""
    return sorted((REPORTS / name).glob("*.yaml"))


def measure(paths: Sequence[Path]) -> Half:
    """Read the reports of these ledgers and score them."""
    ledgers = {path.stem: load_ledger(path) for path in paths}
    with tempfile.TemporaryDirectory() as folder:
        scores = read_reports(paths, Path(folder))
        judged = tuple(
            (float(event.get("confidence") or 0), agrees(ledgers[name], event))
            for name in scores
            for event in exported(Path(folder) / name)
        )
    return Half(ledgers, scores, judged)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the halves and print their figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("halves", nargs="*", choices=[*HALVES, []], metavar="tune|test", help="both, where not named")
    parser.add_argument("--rows", action="store_true", help="also every row of the tune half")
    parser.add_argument("--bins", action="store_true", help="also how often events of a confidence are right")
    given = parser.parse_args(arguments)
    for name in given.halves or HALVES:
        half = measure(ledgers_of(name))
        if given.rows and name == "tune":
            sys.stdout.writelines(f"{stem}\n{row_table(score)}\n" for stem, score in half.scores.items())
        _show(name, half, bins=given.bins)
    return 0


def _show(name: str, half: Half, *, bins: bool) -> None:
    sys.stdout.write(f"{name}: {len(half.scores)} reports, {len(half.judged)} events\n")
    sys.stdout.writelines(f"  {figure:12}{value:8.3f}\n" for figure, value in half.figures().items())
    if bins:
        show_bins(half)


def show_bins(half: Half) -> None:
    """Print the bins of a half's events by confidence."""
    sys.stdout.write("  confidence      events    mean   right\n")
    sys.stdout.writelines(
        f"  {low:.1f} to {high:.1f}{count:12}{mean:8.2f}{right:8.2f}\n" for low, high, count, mean, right in half.bins()
    )


if __name__ == "__main__":
    sys.exit(main())
