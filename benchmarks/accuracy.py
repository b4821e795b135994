"""Every accuracy figure of the project in one table, beside the best published one.

usage: python benchmarks/accuracy.py --corpora FOLDER [--only TASK ...] [--json OUT]

The public corpora are read by the measures of ``dragoman evaluate`` (docs/evaluation.md defines them) with one
pipeline; the reports in examples/ and of the development set by their ledgers (benchmarks/ledger.py); stories and
same events on a synthetic archive (benchmarks/linking.py), which takes half an hour. A corpus that
is not in the folder gives rows that say so. Figures that only training can make, since they take a network for each
fold, are read from ``figures.json`` beside the weights and marked as recorded. Published figures are those of test
sets, which are not read here, unless their source says otherwise; they are there for scale.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

import development
import linking
from dragoman.errors import DragomanError, SourceError
from ledger import LedgerError
from readings import example_ledgers, read_reports

if TYPE_CHECKING:
    from spacy.language import Language

RECORDED = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "language" / "weights" / "figures.json"
EXAMPLES, DEVELOPMENT, LINKING = "examples", "development", "linking"
ARCHIVE = 20_000  # articles of the synthetic archive
SHARES = ("recall", "whole", "fields", "precision")
DASH = "–"


@dataclass(frozen=True, slots=True)
class Measure:
    """One task on one corpus: its files in the corpora's folder, the fold to keep to, and the figures to show."""

    task: str
    data: str
    files: tuple[str, ...]
    metrics: tuple[str, ...]
    fold: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A figure in print, and whose it is on what."""

    figure: float
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``how``: measured, absent, or how a recorded figure was made. No figure where absent."""

    task: str
    data: str
    metric: str
    figure: float | None
    how: str
    published: float | None = None
    source: str | None = None


MEASURES = (
    Measure("parse", "UD EWT dev", ("ud-ewt/dev.conllu.gz",), ("las", "uas", "upos", "lemma")),
    Measure("entities", "UNER EWT dev", ("uner-ewt/dev.iob2.gz",), ("f1",)),
    Measure("times", "TimeBank and AQUAINT, fold 0", ("timeml/timebank.jsonl.gz", "timeml/aquaint.jsonl.gz"),
            ("strict_f1", "relaxed_f1", "value_f1"), fold=0),
    Measure("attribution", "PolNeAR dev", ("polnear/dev/polnear-dev.jsonl.gz",),
            ("source_f1", "cue_f1", "content_f1", "content_token_f1", "linked_f1")),
    Measure("category", "PLV train, fold 0", ("plv/train.tsv",),
            ("macro_f1", "accuracy", "quad_macro_f1", "ece"), fold=0),
    Measure("parties", "CAMEO parties train, fold 0", ("cameo/ner_train.txt",),
            ("source_f1", "target_f1", "source_overlap_f1", "target_overlap_f1"), fold=0),
    Measure("same-event", "ECB+ dev", ("ecb-plus/dev.jsonl.gz",),
            ("conll_f1", "muc_f1", "b3_f1", "ceafe_f1", "lemma_conll_f1")),
    *(Measure("events", f"PLV train{data}", ("plv/train.tsv",),
              ("event_recall", "parties_recall", "triple_recall", "extra_per_sentence"), fold=fold)
      for data, fold in (("", None), (", fold 0", 0))),
)  # fmt: skip

_SPACY = "RoBERTa-base pipeline in spaCy, EWT test"
_UNER = "XLM-R large, UNER EWT dev (the card of its authors' uner_eng_ewt; on test 0.860, Mayhew et al. 2024)"
_HEIDEL = "HeidelTime, TempEval-3 test (UzZaman et al. 2013)"
_COFENET = "CofeNet, PolNeAR test (Wang et al. 2022)"

PUBLISHED: dict[tuple[str, str], Published] = {
    ("parse", "las"): Published(0.894, _SPACY),
    ("parse", "upos"): Published(0.969, _SPACY),
    ("entities", "f1"): Published(0.839, _UNER),
    ("times", "strict_f1"): Published(0.81, _HEIDEL),
    ("times", "value_f1"): Published(0.776, _HEIDEL),
    ("attribution", "source_f1"): Published(0.832, _COFENET),
    ("attribution", "cue_f1"): Published(0.753, _COFENET),
    ("attribution", "content_f1"): Published(0.729, _COFENET),
    ("same-event", "conll_f1"): Published(0.86, "best systems, networks twenty times larger, ECB+ test topics"),
    ("same-event", "lemma_conll_f1"): Published(0.76, "lemma baseline within gold topics, ECB+ test topics"),
    ("category", "macro_f1"): Published(0.74, "zero-shot RoBERTa-large NLI, PLV (Hu et al. 2024)"),
}

TASKS = (*dict.fromkeys(measure.task for measure in MEASURES), EXAMPLES, DEVELOPMENT, LINKING)


def row(task: str, data: str, metric: str, figure: float | None, how: str) -> Row:
    """A row with the published figure of its task and metric beside it, where there is one."""
    known = PUBLISHED.get((task, metric))
    return Row(task, data, metric, figure, how, *((known.figure, known.source) if known else (None, None)))


def rows_of(measure: Measure, corpora: Path, nlp: Language) -> Iterator[Row]:
    """The rows of one corpus; without figures where one of its files is not there."""
    paths = [corpora / name for name in measure.files]
    there = all(path.exists() for path in paths)
    figures = measured(measure, paths, nlp) if there else {}
    for metric in measure.metrics:
        yield row(measure.task, measure.data, metric, figures.get(metric), "measured" if there else "absent")


def measured(measure: Measure, paths: Sequence[Path], nlp: Language) -> Mapping[str, float]:
    """The figures of a task over its files together. Only the counts of ``times`` can be added up."""
    from dragoman import evaluation

    options = evaluation.Options(fold=measure.fold)
    results = [evaluation.TASKS[measure.task].run(path, nlp, options) for path in paths]
    if len(results) == 1:
        return results[0].figures
    counts: Counter[str] = Counter()
    for result in results:
        counts.update(result.counts)
    return evaluation.times.figures_of(counts)


def example_rows() -> Iterator[Row]:
    """The means of the ledgers' figures over the project's own reports, and the traps sprung a report."""
    ledgers = example_ledgers()
    with tempfile.TemporaryDirectory() as folder:
        scores = list(read_reports(ledgers, Path(folder)).values())
    data = f"{len(ledgers)} reports of our own"
    for name in SHARES:
        figure = sum(getattr(score, name) for score in scores) / len(scores) if scores else None
        yield row(EXAMPLES, data, name, figure, "measured" if scores else "absent")
    if scores:
        yield row(EXAMPLES, data, "traps", sum(len(score.traps) for score in scores) / len(scores), "measured")


def development_rows() -> Iterator[Row]:
    """The figures of the two halves of the development set, all rows of a half counted together."""
    for name in development.HALVES:
        paths = development.ledgers_of(name)
        for figure, value in development.measure(paths).figures().items() if paths else ():
            yield row(DEVELOPMENT, f"{len(paths)} reports, {name} half", figure, value, "measured")


def linking_rows() -> Iterator[Row]:
    """The figures of stories and same events on the synthetic archive; reading it takes the time."""
    for line in linking.of_archive(articles=ARCHIVE, seed=1, workers=2):
        for figure in ("precision", "recall"):
            value = getattr(line, figure)
            yield row(LINKING, f"{ARCHIVE:,} articles of our own making", f"{line.what}: {figure}", value, "measured")


def recorded_rows(path: Path) -> list[Row]:
    """The figures training wrote: a JSON list of objects with task, data, metric, figure and how; none without a file.

    Raises:
        SourceError: the file is there and is not such a list.
    """
    if not path.exists():
        return []
    try:
        return [
            row(each["task"], each["data"], each["metric"], float(each["figure"]), f"recorded: {each['how']}")
            for each in json.loads(path.read_text(encoding="utf-8"))
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"no list of recorded figures: {error!r}", source=str(path)) from error


def all_rows(corpora: Path, tasks: Iterable[str], console: Console, *, recorded: Path = RECORDED) -> list[Row]:
    """Every row of the tasks, in the tasks' order; what is recorded of a task stands after what is measured."""
    from dragoman.language import load

    wanted, kept = set(tasks), recorded_rows(recorded)
    out: list[Row] = []
    for task in (task for task in TASKS if task in wanted):
        with console.status(f"{task} …"):
            for measure in (measure for measure in MEASURES if measure.task == task):
                out += rows_of(measure, corpora, load())
            out += example_rows() if task == EXAMPLES else ()
            out += development_rows() if task == DEVELOPMENT else ()
            out += linking_rows() if task == LINKING else ()
        out += [each for each in kept if each.task == task]
    return out


def table(rows: Iterable[Row]) -> Table:
    """The rows as a table for the terminal; of a corpus' rows only the first names it."""
    out = Table("task", "data", "metric", "figure", "best published", "its source")
    for column in (out.columns[0], *out.columns[2:4]):
        column.no_wrap, column.overflow = True, "fold"
    before: tuple[str, ...] = ()
    for each in rows:
        data = each.data if each.how in ("measured", "absent") else f"{each.data} ({each.how})"
        figure = each.how if each.figure is None else f"{each.figure:.3f}"
        published = DASH if each.published is None else f"{each.published:.3f}"
        if before and each.task != before[0]:
            out.add_section()
        named = (each.task, data) if (each.task, data) != before else ("", "")
        out.add_row(*named, each.metric, figure, published, each.source or DASH)
        before = (each.task, data)
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Status 2 where a file that is there cannot be read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), metavar="FOLDER", help="the public corpora")
    parser.add_argument("--only", nargs="+", choices=TASKS, default=TASKS, metavar="TASK", help=", ".join(TASKS))
    parser.add_argument("--json", type=Path, metavar="OUT", help="also keep the rows, as a JSON list")
    given = parser.parse_args(arguments)
    try:
        rows = all_rows(given.corpora, given.only, Console(stderr=True))
    except (DragomanError, LedgerError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    Console().print(table(rows))
    if given.json:
        given.json.write_text(json.dumps([asdict(each) for each in rows], indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
