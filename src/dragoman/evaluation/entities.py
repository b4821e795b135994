"""Named entities with gold tokens and sentences: precision, recall and F1 of exact typed spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Span

from dragoman.evaluation.iob2 import Tagged, read_iob2, spans_of
from dragoman.evaluation.sentences import read_gold
from dragoman.evaluation.task import Options, Result, Row, Tally, Task

LABELS = ("PER", "LOC", "ORG")

Place = tuple[int, int, str]


def run(path: Path, nlp: Language, options: Options) -> Result:
    """Read the sentences of an IOB2 file with the pipeline and score them. ``options.fold`` has no use here."""
    return score(read_gold(nlp, read_iob2(path)))


def score(pairs: Iterable[tuple[Tagged, Span]]) -> Result:
    """Micro-averaged figures over PER, LOC and ORG, and the same for each; other labels are left out on both sides."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    rows: list[Row] = []
    for gold, found in pairs:
        wanted = {span for span in spans_of(gold.tags) if span[2] in LABELS}
        said = {span for span in _said(found) if span[2] in LABELS}
        _count(tallies["all"], wanted, said)
        for label in LABELS:
            _count(tallies[label], _only(wanted, label), _only(said, label))
        rows.append(_row(gold, sorted(said)))
    parts = {label: tallies[label].figures() for label in LABELS}
    counts = {"sentences": len(rows), "gold": tallies["all"].gold, "found": tallies["all"].found}
    return Result(tallies["all"].figures(), parts, counts, tuple(rows))


def _said(sentence: Span) -> list[Place]:
    """The entities that lie in the sentence, counted from its first token."""
    return [
        (entity.start - sentence.start, entity.end - sentence.start, entity.label_)
        for entity in sentence.doc.ents
        if sentence.start <= entity.start < sentence.end
    ]


def _only(spans: set[Place], label: str) -> set[Place]:
    return {span for span in spans if span[2] == label}


def _count(tally: Tally, gold: set[Place], said: set[Place]) -> None:
    tally.add(hits=len(gold & said), found=len(said), gold=len(gold))


def _row(gold: Tagged, said: list[Place]) -> Row:
    entities = [
        {"start": start, "end": end, "label": label, "text": " ".join(gold.words[start:end])}
        for start, end, label in said
    ]
    return {"sent_id": gold.id, "words": list(gold.words), "entities": entities}


TASK = Task("entities", "PER, LOC and ORG on an IOB2 file, gold tokens and sentences", run)
