"""Source and target of a sentence's event with gold tokens: spans, exact and by overlap.

- source_f1, target_f1: F1 of exact spans.
- source_overlap_f1, target_overlap_f1: precision is the share of found spans that share a token with a gold span of
  the sentence, recall the share of gold spans that share one with a found span; F1 of the two.

All are micro-averaged. Other labels of the file (R, a party of a mutual event) are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Span

from dragoman.evaluation.bio import read_bio
from dragoman.evaluation.iob2 import Tagged, spans_of
from dragoman.evaluation.places import Place, overlaps
from dragoman.evaluation.sentences import read_gold
from dragoman.evaluation.task import Figures, Options, Result, Row, Tally, Task, harmonic, sentence_key

Both = tuple[set[Place], set[Place]]
"""Gold and found spans of one sentence, in tokens."""

PARTIES = {"source": ("S", "actors"), "target": ("T", "recipients")}
"""Figure: the file's label, the name of the Doc's spans."""


def run(path: Path, nlp: Language, options: Options) -> Result:
    """Read the sentences of a BIO file with the pipeline and score them; with a fold, its sentences only."""
    return score(read_gold(nlp, _kept(read_bio(path), options)))


def _kept(sentences: Iterable[Tagged], options: Options) -> Iterator[Tagged]:
    return (sentence for sentence in sentences if options.takes(sentence_key("".join(sentence.words))))


def score(pairs: Iterable[tuple[Tagged, Span]]) -> Result:
    """The figures over gold sentences and the spans read in their place.

    A Doc has them as ``doc.spans["actors"]`` and ``doc.spans["recipients"]``.
    """
    both: dict[str, list[Both]] = {party: [] for party in PARTIES}
    rows: list[Row] = []
    for gold, sentence in pairs:
        said = {party: _said(sentence, name) for party, (_, name) in PARTIES.items()}
        for party, (label, _) in PARTIES.items():
            both[party].append((_wanted(gold, label), said[party]))
        rows.append(_row(gold, said))
    parts = {party: _exact(both[party]) for party in PARTIES}
    parts |= {f"{party}_overlap": _overlap(both[party]) for party in PARTIES}
    counts = {"sentences": len(rows)} | {f"gold_{party}s": sum(len(w) for w, _ in both[party]) for party in PARTIES}
    return Result({f"{name}_f1": part["f1"] for name, part in parts.items()}, parts, counts, tuple(rows))


def _wanted(gold: Tagged, label: str) -> set[Place]:
    return {(start, end) for start, end, kind in spans_of(gold.tags) if kind == label}


def _said(sentence: Span, name: str) -> set[Place]:
    """The spans that lie in the sentence, counted from its first token."""
    return {
        (span.start - sentence.start, span.end - sentence.start)
        for span in sentence.doc.spans.get(name, [])
        if sentence.start <= span.start < sentence.end
    }


def _exact(both: Iterable[Both]) -> Figures:
    tally = Tally()
    for wanted, found in both:
        tally.add(hits=len(wanted & found), found=len(found), gold=len(wanted))
    return tally.figures()


def _overlap(both: Iterable[Both]) -> Figures:
    of_found, of_gold = Tally(), Tally()
    for wanted, found in both:
        of_found.add(hits=_touching(found, wanted), found=len(found), gold=0)
        of_gold.add(hits=_touching(wanted, found), found=0, gold=len(wanted))
    precision, recall = of_found.precision, of_gold.recall
    return {"precision": precision, "recall": recall, "f1": harmonic(precision, recall)}


def _touching(spans: set[Place], others: set[Place]) -> int:
    """How many of the spans share a token with one of the others."""
    return sum(overlaps(span, others) for span in spans)


def _row(gold: Tagged, said: dict[str, set[Place]]) -> Row:
    spans = {
        f"{party}s": [
            {"start": start, "end": end, "text": " ".join(gold.words[start:end])} for start, end in sorted(said[party])
        ]
        for party in PARTIES
    }
    return {"line": gold.line, "words": list(gold.words), **spans}


TASK = Task("parties", "source and target spans on a BIO file, gold tokens and sentences", run)
