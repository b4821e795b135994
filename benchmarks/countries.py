"""Does the category hang on which countries a sentence names? The same marked pairs, other countries in them.

    python benchmarks/countries.py CORPORA/plv/train.tsv --fold 0

Every one-word country name, adjective, people and capital of a sentence becomes that of another country, drawn by
``--seed`` from one group (:mod:`dragoman.evaluation.countries`); the gold category stays. Rows that name no such
country are left out. A reader that had learned some countries as aggressors would show it in the last columns.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from spacy.language import Language

from dragoman.evaluation import Options, category
from dragoman.evaluation.countries import forms, swapped
from dragoman.evaluation.marked import Marked, read_marked, unmarked
from dragoman.evaluation.roots import quad_of
from dragoman.evaluation.task import sentence_key
from dragoman.language import load
from dragoman.ontology import load as ontology

GROUPS = {
    "sub-Saharan Africa": ("west-africa", "east-africa", "central-africa", "southern-africa"),
    "Middle East, North Africa": ("middle-east", "north-africa"),
    "Asia": ("south-asia", "southeast-asia", "east-asia", "central-asia"),
    "Europe": ("nordic-countries", "baltic-states", "benelux-countries", "iberia", "central-europe", "balkans"),
    "Latin America": ("central-america", "south-america", "caribbean"),
}
AS_WRITTEN = "as written"
DRAWS = 3  # times each row is given countries of a group
CONFLICT = (3, 4)  # quad classes

Figures = dict[str, float]


def groups() -> dict[str, list[str]]:
    """Group -> codes of its countries that have one-word forms."""
    regions, known = ontology().regions, forms()
    members = {
        name: {code for part in parts for code in regions[f"region:{part}"].members} for name, parts in GROUPS.items()
    }
    return {name: sorted(codes & set(known)) for name, codes in members.items()}


def abroad(row: Marked, codes: list[str], rng: random.Random) -> Marked | None:
    """The row with its countries replaced; None where it names none that can be."""
    if row.pair is None:
        return None
    marked = row.text
    for at, mark in sorted(((p, m) for (p, m) in _marks(row)), reverse=True):
        marked = marked[:at] + mark + marked[at:]
    words = re.split(r"(\W+)", marked)
    changed = swapped(words, lambda code: rng.choice(codes))
    text, pair = unmarked("".join(changed))
    return replace(row, text=text, pair=pair) if changed != words and pair else None


def _marks(row: Marked) -> Iterator[tuple[int, str]]:
    for place, name in zip(row.pair or (), "st", strict=False):
        yield place[0], f"<{name}>"
        yield place[1], f"</{name}>"


def versions(rows: list[Marked], seed: int) -> dict[str, list[Marked]]:
    """The rows that can be changed, as written and with countries of each group."""
    kept = [row for row in rows if abroad(row, sorted(forms()), random.Random(seed))]
    out = {AS_WRITTEN: kept}
    for name, codes in groups().items():
        rng = random.Random(f"{seed} {name}")
        changed = (abroad(row, codes, rng) for _ in range(DRAWS) for row in kept)
        out[name] = [row for row in changed if row]
    return out


def measured(nlp: Language, rows: list[Marked]) -> Figures:
    """Accuracy, macro-F1, and the share of rows said to be of a class of conflict, beside its share in gold."""
    result = category.score((row, category.ask(nlp, row)) for row in rows)
    said = [str(row["root"]) for row in result.rows]
    gold = [row.root for row in rows]
    return {
        "rows": len(rows),
        "accuracy": result.figures["accuracy"],
        "macro_f1": result.figures["macro_f1"],
        "conflict_said": sum(quad_of(root) in CONFLICT for root in said) / len(said),
        "conflict_gold": sum(quad_of(root) in CONFLICT for root in gold) / len(gold),
    }


def show(found: dict[str, Figures]) -> None:
    """One line a group."""
    table = Table(title="Category by the countries a sentence names")
    for column in ("countries of", "rows", "accuracy", "macro-F1", "called conflict", "conflict in gold"):
        table.add_column(column, justify="left" if column == "countries of" else "right")
    for name, figures in found.items():
        shown = [f"{value:.3f}" for key, value in figures.items() if key != "rows"]
        table.add_row(name, str(int(figures["rows"])), *shown)
    Console().print(table)


def main() -> None:
    """Parse the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="marked sentences, as corpora/plv")
    parser.add_argument("--fold", type=int, help="only the sentences of one fifth, as dragoman evaluate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    options = Options(fold=args.fold)
    rows = [row for row in read_marked(args.file) if options.takes(sentence_key(row.text))]
    found = {name: measured(load(), kept) for name, kept in versions(rows, args.seed).items()}
    show(found)
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
