"""Fits the forests that say whether an event is right (coding/judge.py), and checks them on articles left out.

usage: python benchmarks/judge.py [--judged ARTICLES JUDGEMENTS]... [--to FILE.npz]

The events are those of the tune half of the development set, of the further reports and of the examples, which their
ledgers tell to be right or wrong, and those that a judge saw in articles from elsewhere (benchmarks/judgements.py),
also the ones that the rules for home affairs keep out. Each of category, parties and voice has a forest of its own; of
a ledger's event it is only known whether all are right. Five times the events of four fifths of the articles are
fitted and those of the last fifth told by it: the table says, of what would be recorded, how much is right, and what of
the right is lost. ``--to`` fits all and writes the forests. Needs lightgbm (the extra ``train``).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from development import ledgers_of
from dragoman import language
from dragoman.coding import judge
from dragoman.coding.coder import code
from dragoman.coding.cues import Candidate
from dragoman.coding.heads import Pair
from dragoman.coding.mentions import Scene
from dragoman.coding.roles import Roles
from dragoman.exchange import plover
from dragoman.model import Article, Reading, Report
from dragoman.reading import read_bytes
from dragoman.record import Record
from judgements import JUDGED, Read, articles_of, key_of, load
from ledger import agrees, exported, load_ledger
from readings import example_ledgers, report_of

FOLDS = 5
SEEN = 8  # events that a sign must be told of
SETTINGS: dict[str, Any] = {  # small steps and small trees: there are four thousand events only
    "objective": "binary", "learning_rate": 0.02, "num_leaves": 6, "min_data_in_leaf": 15, "feature_fraction": 0.2,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0, "seed": 1, "num_threads": 1, "deterministic": True,
    "verbose": -1,
}  # fmt: skip
TREES = 400
OWN, UNRECORDED = 0.3, 0.7  # weights: the project's own reports are alike, what home rules keep out is not at stake

Table = NDArray[np.float64]
Said = tuple[Report, dict[str, float], float]  # an event, its signs, how likely it must be


@dataclass(frozen=True, slots=True)
class Case:
    """An event: where it is from, its article, its signs, its least likelihood, and which aspects are right."""

    source: str
    article: str
    signs: dict[str, float]
    least: float
    right: tuple[bool, bool, bool]
    recorded: bool
    own: bool = False  # of a report that the project wrote


def heard(nlp: Language, article: Article) -> tuple[Reading, list[Said]]:
    """The reading of an article without the judge, and every event that the coder weighed, also those kept out."""
    said: list[Said] = []

    def note(scene: Scene, candidate: Candidate, filled: Roles, pair: Pair | None, report: Report) -> bool:
        said.append((report, judge.all_signs(scene, candidate, filled, pair, report), judge.least(scene)))
        return True

    return code(nlp(article.text), article, keeps=note), said


def judged_cases(articles: Path, judgements: Path, nlp: Language) -> Iterator[Case]:
    """The events that a judge saw, as far as they are still weighed."""
    rows = {key_of(row): row for row in load(judgements)}
    for name, article in articles_of(articles, {key[0] for key in rows}):
        reading, said = heard(nlp, article)
        recorded = {Read(name, article, report).key for report in reading.reports}
        told = {Read(name, article, report).key: (found, least) for report, found, least in said}
        for key in sorted(told.keys() & rows.keys()):
            right = tuple(rows[key][aspect] is True for aspect in JUDGED)
            yield Case(judgements.stem, name, *told[key], right, key in recorded)  # type: ignore[arg-type]


def ledger_cases(source: str, paths: Sequence[Path], nlp: Language) -> Iterator[Case]:
    """The events of reports that have ledgers."""
    for path in paths:
        ledger = load_ledger(path)
        given = None if ledger.article.get("published_basis") == "page" else ledger.published
        day = date.fromisoformat(str(given)) if given is not None else None
        article = read_bytes(report_of(path).read_bytes(), name=report_of(path).name, published=day)
        reading, said = heard(nlp, article)
        told = {_same(report): (found, least) for report, found, least in said}
        by_id = {report.id: report for report in reading.reports}
        for event in _exported(reading):
            report = by_id[event["reports"][0]]
            if _same(report) in told:
                yield Case(
                    source, path.stem, *told[_same(report)], (agrees(ledger, event),) * 3, recorded=True, own=True
                )


def _same(report: Report) -> tuple[object, ...]:
    return (report.cues, report.category, report.actors, report.recipients)


def _exported(reading: Reading) -> Sequence[Mapping[str, Any]]:
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "record.duckdb") as record:
        record.add(reading)
        plover.export(record, Path(folder))
        return exported(Path(folder))


def table_of(cases: Sequence[Case], names: Sequence[str]) -> Table:
    """(events, signs)"""
    return np.array([[case.signs.get(name, 0.0) for name in names] for case in cases])


def names_of(cases: Sequence[Case]) -> list[str]:
    """The signs that enough events have, sorted."""
    counts: dict[str, int] = {}
    for case in cases:
        for name in case.signs:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= SEEN)


def weights_of(cases: Sequence[Case]) -> NDArray[np.float64]:
    """(events,) how much each counts."""
    return np.array([OWN if c.own else 1.0 if c.recorded else UNRECORDED for c in cases])


def boosters(table: Table, right: NDArray[np.bool_], weights: NDArray[np.float64]) -> list[lightgbm.Booster]:
    """One for each aspect; ``right`` is (events, 3)."""
    aspects = range(right.shape[1])
    data = [lightgbm.Dataset(table, label=right[:, at].astype(float), weight=weights) for at in aspects]
    return [lightgbm.train(SETTINGS, each, num_boost_round=TREES) for each in data]


def left_out(cases: Sequence[Case], table: Table, right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(events,) how likely each is right in all, by the events of other articles."""
    fold = np.array([blake2b(case.article.encode(), digest_size=8).digest()[0] % FOLDS for case in cases])
    told, weights = np.zeros(len(cases)), weights_of(cases)
    for number in range(FOLDS):
        others = fold != number
        fitted = boosters(table[others], right[others], weights[others])
        told[fold == number] = np.prod([each.predict(table[fold == number]) for each in fitted], axis=0)
    return told


def forests(fitted: Sequence[lightgbm.Booster], names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The trees as the arrays of :class:`dragoman.coding.judge.Forests`."""
    trees = [(at, tree["tree_structure"]) for at, each in enumerate(fitted) for tree in each.dump_model()["tree_info"]]
    nodes, leaves = SETTINGS["num_leaves"] - 1, SETTINGS["num_leaves"]
    out: dict[str, NDArray[Any]] = {
        "names": np.array(names), "aspect": np.array([at for at, _ in trees], np.int8),
        "base": np.zeros(len(fitted), np.float32), "leaf": np.zeros((len(trees), leaves), np.float32),
    } | {name: np.zeros((len(trees), nodes), kind) for name, kind in KINDS.items()}  # fmt: skip
    for row, (_, root) in enumerate(trees):
        _write(root, out, row)
    return out


KINDS: dict[str, Callable[..., Any]] = {
    "sign": np.int16, "limit": np.float32, "left": np.int8, "right": np.int8,
}  # fmt: skip


def _write(node: dict[str, Any], out: dict[str, NDArray[Any]], row: int) -> int:
    """Write a node and what is under it; its number, ``~`` of it where it is a leaf."""
    if "leaf_value" in node:
        at = int(node.get("leaf_index", 0))
        out["leaf"][row, at] = node["leaf_value"]
        return ~at
    at = int(node["split_index"])
    out["sign"][row, at], out["limit"][row, at] = node["split_feature"], node["threshold"]
    out["left"][row, at] = _write(node["left_child"], out, row)
    out["right"][row, at] = _write(node["right_child"], out, row)
    return at


def shares(cases: Sequence[Case], told: NDArray[np.float64]) -> Iterator[str]:
    """For each source: events, share right, those kept, share of them right, share of the right that is lost."""
    yield f"{'':24}{'events':>8}{'right':>8}{'kept':>8}{'right':>8}{'lost':>8}\n"
    for source in dict.fromkeys(case.source for case in cases):
        rows = [(case, chance) for case, chance in zip(cases, told, strict=True) if case.source == source]
        rows = [(case, chance) for case, chance in rows if case.recorded]
        right = [all(case.right) for case, _ in rows]
        kept = [chance >= case.least for case, chance in rows]
        good = sum(r and k for r, k in zip(right, kept, strict=True))
        yield (
            f"{source:24}{len(rows):8}{sum(right) / len(rows):8.3f}{sum(kept):8}"
            f"{good / max(1, sum(kept)):8.3f}{1 - good / max(1, sum(right)):8.3f}\n"
        )


def all_cases(judged: Sequence[tuple[Path, Path]]) -> list[Case]:
    """Of the reports with ledgers, and of the articles that somebody judged."""
    nlp = language.load()
    found = [case for pair in judged for case in judged_cases(*pair, nlp)]
    for source, paths in (
        ("tune", ledgers_of("tune")),
        ("further", ledgers_of("further")),
        ("examples", example_ledgers()),
    ):
        found += ledger_cases(source, paths, nlp)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how well articles left out are told; with ``--to``, write forests fitted on all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--judged", nargs=2, type=Path, action="append", default=[], metavar=("ARTICLES", "JUDGEMENTS"))
    parser.add_argument("--to", type=Path, metavar="FILE.npz")
    given = parser.parse_args(arguments)
    cases = all_cases(given.judged)
    names = names_of(cases)
    table, right = table_of(cases, names), np.array([case.right for case in cases])
    sys.stdout.writelines(shares(cases, left_out(cases, table, right)))
    if given.to:
        np.savez_compressed(given.to, **forests(boosters(table, right, weights_of(cases)), names))  # type: ignore[arg-type]
    return 0


if __name__ == "__main__":
    sys.exit(main())
