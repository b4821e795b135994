"""What a marked source does to a marked target: PLOVER categories, given the parties.

- accuracy: the share of rows whose likeliest root is the gold root.
- macro_f1: the mean of the roots' F1, each root against the rest, over the roots that occur in gold.
- quad_macro_f1: the same over the quad classes that occur in gold; a root's class is that of the ontology.
- ece: expected calibration error (Guo et al. 2017, https://arxiv.org/abs/1706.04599, equation 3): rows are put in
  ten bins of equal width by the probability of their likeliest root; the mean distance in a bin between that
  probability and accuracy, weighted by rows. 0 is best.

Roots are those of :mod:`dragoman.evaluation.roots`: CONCEDE and RETREAT are one, YIELD, and their probabilities are
summed. Rows that mark a span more or less than once are left out and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from dragoman.evaluation.marked import Marked, read_marked
from dragoman.evaluation.roots import folded, quad_of
from dragoman.evaluation.task import Figures, Options, Result, Row, Tally, Task, sentence_key

BINS = 10

Probabilities = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """Gold root, likeliest root and its probability."""

    gold: str
    said: str
    confidence: float


def run(path: Path, nlp: Language, options: Options) -> Result:
    """Ask the pipeline for the category of every marked pair of a file; with a fold, of its sentences only.

    Raises:
        DataError: the pipeline has no reader of Dragoman's, which alone tells categories.
    """
    rows = (row for row in read_marked(path) if options.takes(sentence_key(row.text)))
    return score((row, ask(nlp, row)) for row in rows)


def ask(nlp: Language, row: Marked) -> Probabilities | None:
    """The probabilities the pipeline gives the row's pair; None where the row marks none."""
    if row.pair is None:
        return None
    from dragoman.language.pairs import categories  # loads the network's runtime

    doc = nlp(one_sentence(nlp, row.text))
    return categories(nlp, doc, [(words(doc, row.pair[0]), words(doc, row.pair[1]))])[0]


def one_sentence(nlp: Language, text: str) -> Doc:
    """The text in tokens, unread, as the one sentence that the file says it is."""
    doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def words(doc: Doc, place: tuple[int, int]) -> Span:
    """The tokens that hold some of the characters."""
    span = doc.char_span(*place, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no words at {place[0]}:{place[1]}")
    return span


def score(pairs: Iterable[tuple[Marked, Probabilities | None]]) -> Result:
    """The figures over gold rows and the probability of each of PLOVER's categories; rows with None are left out."""
    answers: list[Answer] = []
    rows: list[Row] = []
    skipped = 0
    for gold, probabilities in pairs:
        if probabilities is None:
            skipped += 1
            continue
        roots = folded(probabilities)
        said = max(sorted(roots), key=roots.__getitem__)
        answers.append(Answer(gold.root, said, roots[said]))
        rows.append({"line": gold.line, "sentence": gold.text, "root": said, "probabilities": roots})
    counts = {"rows": len(answers), "skipped": skipped}
    return Result(figures_of(answers), by_root(answers), counts, tuple(rows))


def figures_of(answers: Sequence[Answer]) -> Figures:
    """All figures; 0 where there is no answer."""
    right = sum(answer.gold == answer.said for answer in answers)
    return {
        "macro_f1": _macro(answers, str),
        "accuracy": right / len(answers) if answers else 0.0,
        "quad_macro_f1": _macro(answers, quad_of),
        "ece": calibration_error(answers),
    }


def by_root(answers: Sequence[Answer]) -> dict[str, Figures]:
    """Precision, recall and F1 of each gold root, by name."""
    return {str(root): tally.figures() for root, tally in sorted(_tallies(answers, str))}


def _macro(answers: Sequence[Answer], class_of: Callable[[str], object]) -> float:
    f1 = [tally.f1 for _, tally in _tallies(answers, class_of)]
    return sum(f1) / len(f1) if f1 else 0.0


def _tallies(answers: Sequence[Answer], class_of: Callable[[str], object]) -> Iterator[tuple[object, Tally]]:
    """One class after the other of those in gold."""
    both = [(class_of(answer.gold), class_of(answer.said)) for answer in answers]
    for each in {gold for gold, _ in both}:
        hits = sum(gold == said == each for gold, said in both)
        yield each, Tally(hits, sum(said == each for _, said in both), sum(gold == each for gold, _ in both))


def calibration_error(answers: Sequence[Answer]) -> float:
    """Expected calibration error over bins (0, 0.1], (0.1, 0.2] and so on; 0 where there is no answer."""
    bins: dict[int, list[Answer]] = {}
    for answer in answers:
        bins.setdefault(min(max(ceil(answer.confidence * BINS), 1), BINS), []).append(answer)
    gaps = (abs(sum((each.gold == each.said) - each.confidence for each in group)) for group in bins.values())
    return sum(gaps) / len(answers) if answers else 0.0


TASK = Task("category", "PLOVER categories of marked pairs in tab-separated sentences", run)
