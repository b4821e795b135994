"""From raw corpora to the package's weights in one command: ``python -m training.run --corpora DIR --out runs/reader``.

Trains the trunk, finishes and settles it, writes int8 weights to ``OUT/weights``; the same command goes on where it was
stopped. ``--folds`` then finishes, settles and measures once for each fifth of the small corpora, writes the table of
figures (``OUT/figures.json``) and the weights anew with calibrated probabilities: cross-validation for the tasks that
have no development file.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy
import torch
from spacy.language import Language

import dragoman.language.component  # noqa: F401  registers the factory
from dragoman.evaluation import TASKS, Options
from dragoman.evaluation.task import FOLDS
from dragoman.evaluation.times import figures_of
from training import train
from training.calibrate import held_out_scores, of_others, temperature
from training.export import export

LOG = logging.getLogger("training")
TRUNKS = 0.15  # share of the trunks in the last mean
FILES = {
    "category": ("plv/train.tsv",),
    "parties": ("cameo/ner_train.txt",),
    "times": ("timeml/timebank.jsonl.gz", "timeml/aquaint.jsonl.gz"),
}


def stage(
    name: str, args: argparse.Namespace, out: Path, seed: int, *, fold: int = 0, begin: Sequence[Path] = ()
) -> Path:
    """Train one stage to its end, if it has not been, and return its folder.

    It begins with the first checkpoint of ``begin``, mixed with the second, if there are any.
    """
    given = ["--corpora", args.corpora, "--out", out, "--stage", name, "--fold", fold, "--seed", seed]
    for option, checkpoint in zip(("--init", "--mix"), begin, strict=False):
        given += [option, checkpoint]
    train.Run(train.arguments().parse_args([str(each) for each in given])).go()
    return out


def settled(args: argparse.Namespace, trunks: Sequence[Path], fold: int = 0) -> Path:
    """Finish the first trunk without a fold, settle that with each trunk, and return the folder of their mean."""
    where = args.out / (f"fold{fold}" if fold else "finish")
    finish = stage("finish", args, where, args.seed, fold=fold, begin=[trunks[0]]) / "checkpoint.pt"
    runs = [
        stage("settle", args, args.out / f"settle{fold}-{i}", args.seed + i, fold=fold, begin=[finish, trunk])
        for i, trunk in enumerate(trunks)
    ]
    return mean(runs, trunks, args.out / f"settled{fold}")


def mean(runs: Sequence[Path], trunks: Sequence[Path], out: Path) -> Path:
    """Write the mean of the runs' weights (Wortsman et al. 2022), with a little of the trunks', to ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(runs[0] / "labels.json", out)
    late, early = (average(paths) for paths in ([run / "checkpoint.pt" for run in runs], trunks))
    torch.save({"model": train.mixed(late, early, TRUNKS)}, out / "checkpoint.pt")
    return out


def average(checkpoints: Sequence[Path]) -> dict[str, torch.Tensor]:
    """The mean of the weights of checkpoints of one shape."""
    states = [torch.load(path, weights_only=True)["model"] for path in checkpoints]
    first = states[0]
    return {
        key: torch.stack([state[key] for state in states]).mean(0) if first[key].is_floating_point() else first[key]
        for key in first
    }


def folds(args: argparse.Namespace, trunks: Sequence[Path]) -> list[dict[str, Any]]:
    """Finish the trunk without each fold, measure on it, and return the rows of the table."""
    runs = {fold: settled(args, trunks, fold) for fold in range(FOLDS)}
    heats = {fold: temperature(*held_out_scores(run, args.corpora, fold)) for fold, run in runs.items()}
    found: dict[str, list[tuple[dict[str, float], Counter[str]]]] = {task: [] for task in FILES}
    for fold, run in runs.items():
        weights = args.out / (f"weights{fold}" if fold else "weights")
        export(run, weights, of_others(heats, fold))
        for task, figures in measured(pipeline(weights), args.corpora, fold).items():
            found[task].append(figures)
            LOG.info("fold %d %s %s", fold, task, json.dumps(figures[0]))
    return [row for task, figures in found.items() for row in rows(task, figures)]


def pipeline(weights: Path) -> Language:
    """The English pipeline with the weights of a folder."""
    nlp = spacy.blank("en")
    nlp.add_pipe("dragoman", config={"weights": str(weights)})
    return nlp


def measured(nlp: Language, root: Path, fold: int) -> dict[str, tuple[dict[str, float], Counter[str]]]:
    """Each task's figures on one fold; of ``times`` the counts of its files together."""
    out = {}
    for task, files in FILES.items():
        results = [TASKS[task].run(root / name, nlp, Options(fold=fold)) for name in files]
        counts = sum((Counter(result.counts) for result in results), Counter())
        out[task] = (figures_of(counts) if task == "times" else dict(results[0].figures), counts)
    return out


def rows(task: str, folds_: list[tuple[dict[str, float], Counter[str]]]) -> list[dict[str, Any]]:
    """The mean of the folds' figures, with their spread."""
    same = {"task": task, "data": " + ".join(FILES[task])}
    how = {"how": f"mean of {len(folds_)} folds, python -m training.run --folds"}
    out = []
    for metric in folds_[0][0]:
        values = [figures[metric] for figures, _ in folds_]
        figure = {"figure": round(statistics.mean(values), 4), "spread": round(statistics.pstdev(values), 4)}
        out.append(same | {"metric": metric} | figure | how)
    return out


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("runs/reader"))
    parser.add_argument(
        "--trunk",
        type=Path,
        action="append",
        help="a trunk's checkpoint, where one has been trained already; repeatable",
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folds", action="store_true", help="cross-validate the small tasks as well")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    trunks = args.trunk or [stage("trunk", args, args.out / "trunk", args.seed) / "checkpoint.pt"]
    export(settled(args, trunks), args.out / "weights")
    if args.folds:
        table = json.dumps(folds(args, trunks), indent=1)
        (args.out / "figures.json").write_text(table + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
