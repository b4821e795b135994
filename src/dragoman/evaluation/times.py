"""Time expressions in running text, by the definitions of TempEval-3 (UzZaman et al. 2013) and its scorer.

- strict: the span is the same; relaxed: the spans share a character. Precision is the share of found spans
  with a match, recall the share of gold spans with one.
- type and value: the share of relaxed-matched gold spans whose type (or value, letter for letter) is right,
  times relaxed F1. A gold span with several matches is held against the one it shares most with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from dragoman.evaluation.task import Options, Result, Row, Task, harmonic
from dragoman.evaluation.timeml import TimeDocument, TimeSpan, read_timeml
from dragoman.language.timex_doc import read_times


def run(path: Path, nlp: Language, options: Options) -> Result:
    """Read the texts of a TimeML file with the pipeline and score them; with a fold, its documents only."""
    return score(_read(path, nlp, options))


def _read(path: Path, nlp: Language, options: Options) -> Iterator[tuple[TimeDocument, Doc]]:
    for document in read_timeml(path):
        if options.takes(document.id):
            yield document, nlp(document.text)


def score(pairs: Iterable[tuple[TimeDocument, Doc]]) -> Result:
    """The figures over gold documents and the Docs read from their texts (``doc.spans["times"]``)."""
    counts: Counter[str] = Counter()
    rows: list[Row] = []
    for gold, doc in pairs:
        said = found_spans(gold, doc)
        counts.update(compare(gold.timexes, said), documents=1)
        rows.append(_row(gold, said))
    return Result(figures_of(counts), counts=counts, rows=tuple(rows))


def found_spans(gold: TimeDocument, doc: Doc) -> list[TimeSpan]:
    """What the pipeline found, with values counted from the document's own date. The type is the span's label."""
    return [
        TimeSpan(span.start_char, span.end_char, span.label_, value.value if value else None)
        for span, value in read_times(doc, anchor=gold.dct)
    ]


def compare(gold: Sequence[TimeSpan], said: Sequence[TimeSpan]) -> dict[str, int]:
    """Counts of one document."""
    places = {(span.start, span.end) for span in said}
    wanted = {(span.start, span.end) for span in gold}
    pairs = [(span, best) for span in gold if (best := _best(span, said)) is not None]
    return {
        "gold": len(gold),
        "found": len(said),
        "strict_gold": sum((span.start, span.end) in places for span in gold),
        "strict_found": sum((span.start, span.end) in wanted for span in said),
        "relaxed_gold": len(pairs),
        "relaxed_found": sum(_best(span, gold) is not None for span in said),
        "type": sum(span.type == best.type for span, best in pairs),
        "value": sum(span.value is not None and span.value == best.value for span, best in pairs),
    }


def _best(span: TimeSpan, others: Sequence[TimeSpan]) -> TimeSpan | None:
    """The span that shares most characters, the shortest of equals; None where none shares any."""
    best = max(others, key=lambda other: (_shared(span, other), -abs(other.end - other.start)), default=None)
    return best if best is not None and _shared(span, best) > 0 else None


def _shared(one: TimeSpan, other: TimeSpan) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def figures_of(counts: Mapping[str, int]) -> dict[str, float]:
    """All figures from the counts; as in TempEval-3's script everything is 1 where both sides are empty."""
    gold, found = counts["gold"], counts["found"]
    if not gold and not found:
        return dict.fromkeys(("strict_f1", "relaxed_f1", "type_f1", "value_f1"), 1.0)
    strict = harmonic(_share(counts["strict_found"], found), _share(counts["strict_gold"], gold))
    relaxed = harmonic(_share(counts["relaxed_found"], found), _share(counts["relaxed_gold"], gold))
    figures = {"strict_f1": strict, "relaxed_f1": relaxed}
    for name in ("type", "value"):
        figures[f"{name}_f1"] = _share(counts[name], counts["relaxed_gold"]) * relaxed
    return figures


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _row(gold: TimeDocument, said: list[TimeSpan]) -> Row:
    timexes = [
        {
            "start": span.start,
            "end": span.end,
            "text": gold.text[span.start : span.end],
            "type": span.type,
            "value": span.value,
        }
        for span in said
    ]
    return {"id": gold.id, "dct": gold.dct.isoformat() if gold.dct else None, "timexes": timexes}


TASK = Task("times", "time expressions and their values on TimeML documents in JSON Lines", run)
