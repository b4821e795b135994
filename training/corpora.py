"""Annotated corpora to training windows: runs of whole sentences of one document, with what each corpus annotates.

A window holds every label a head can learn from; a label that its corpus does not annotate is None and costs
nothing. The files are those described in the corpora's own README (CoNLL-U, IOB2, TimeML as JSON Lines).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from dragoman.evaluation.task import fold_of
from dragoman.language.network import WEIGHTS
from dragoman.language.pieces import Pieces
from dragoman.language.windows import windows as windows_of

VOCABULARY = Pieces(WEIGHTS / "vocab.txt")


@dataclass(frozen=True)
class Pair:
    """The parties of an event as word places (None: not known) and the categories it may be of."""

    source: tuple[int, int] | None
    target: tuple[int, int] | None
    categories: tuple[str, ...]


@dataclass
class Sentence:
    """Words of one sentence with its annotations; ``heads`` counts from 0 in the sentence, -1 is the root."""

    words: list[str]
    upos: list[str] | None = None
    xpos: list[str] | None = None
    feats: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    deprels: list[str] | None = None
    entities: list[str | None] | None = None
    times: list[str] | None = None
    bounded: bool = True  # whether the sentence's ends are annotated
    extra: dict[str, list[str | None]] = field(default_factory=dict)  # head -> tags
    links: list[tuple[int, int, str]] = field(default_factory=list)  # cue, first word of its source or content, which
    pair: Pair | None = None


@dataclass
class Window:
    """Consecutive sentences of one document, at most the reader's window together."""

    sentences: list[Sentence] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(sentence.words) for sentence in self.sentences)


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file


def conllu(path: Path) -> Iterator[tuple[str, str, Sentence]]:
    """(document id, sentence id, sentence) of a gzipped CoNLL-U file."""
    document = name = ""
    rows: list[list[str]] = []
    for line in chain(_lines(path), ["\n"]):  # the last sentence may lack its blank line
        if line.startswith("# newdoc id"):
            document = line.split("=", 1)[1].strip()
        elif line.startswith("# sent_id"):
            name = line.split("=", 1)[1].strip()
        elif line[0].isdigit():
            cells = line.rstrip("\n").split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line.strip() and rows:
            yield document, name, _sentence(rows)
            rows = []


def _sentence(rows: list[list[str]]) -> Sentence:
    return Sentence(
        entities=names(rows) if any("Entity=" in r[9] for r in rows) else None,
        words=[r[1] for r in rows],
        lemmas=[r[2] for r in rows],
        upos=[r[3] for r in rows],
        xpos=[r[4] for r in rows],
        feats=[r[5] for r in rows],
        heads=[int(r[6]) - 1 for r in rows],
        deprels=[r[7] for r in rows],
    )


GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
BRACKET = re.compile(r"(\(?)([^()]+)(\)?)")


def names(rows: list[list[str]]) -> list[str | None]:
    """IOB2 tags of proper names out of GUM's nested mentions.

    A mention of a person, organisation or place all of whose words are proper nouns is a name, without a title
    at its front. Other proper nouns stay unknown (None): GUM does not say which of them are names of what.
    """
    tags: list[str | None] = [None if r[3] == "PROPN" else "O" for r in rows]
    for start, end, kind in sorted(_mentions(rows), key=lambda m: m[0] - m[1]):
        while start < end and rows[start][7] == "nmod:desc":
            start += 1
        label = GUM_TYPES.get(kind)
        if label and all(r[3] == "PROPN" for r in rows[start:end]) and tags[start:end] == [None] * (end - start):
            tags[start:end] = [f"{'I' if i else 'B'}-{label}" for i in range(end - start)]
    return tags


def _mentions(rows: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """(first word, one past the last, type) of every mention that begins and ends in the sentence."""
    open_: dict[str, list[tuple[int, str]]] = {}
    for i, row in enumerate(rows):
        cell = next((c[7:] for c in row[9].split("|") if c.startswith("Entity=")), "")
        for begins, body, ends in BRACKET.findall(cell):
            name = body.split("-")[0]
            if begins:
                open_.setdefault(name, []).append((i, body.split("-")[1] if "-" in body else ""))
            if ends and open_.get(name):
                start, kind = open_[name].pop()
                yield start, i + 1, kind


def iob2(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Sentence id -> (words, tags) of a gzipped IOB2 file."""
    out: dict[str, tuple[list[str], list[str]]] = {}
    name = ""
    for line in _lines(path):
        if line.startswith("# sent_id"):
            name = line.split("=", 1)[1].strip()
            out[name] = ([], [])
        elif line[0].isdigit():
            cells = line.rstrip("\n").split("\t")
            out[name][0].append(cells[1])
            out[name][1].append(cells[2])
    return out


def treebank(root: Path, split: str) -> dict[str, list[Sentence]]:
    """Document id -> sentences of UD EWT (with UNER's entities) and UD GUM."""
    entities = iob2(root / "uner-ewt" / ("train-early.iob2.gz" if split == "train" else "dev.iob2.gz"))
    documents: dict[str, list[Sentence]] = {}
    for corpus in ("ud-ewt", "ud-gum"):
        for document, name, sentence in conllu(root / corpus / f"{split}.conllu.gz"):
            words, tags = entities.get(name, ([], []))
            if words == sentence.words:
                sentence.entities = list(tags)
            documents.setdefault(f"{corpus}/{document}", []).append(sentence)
    return documents


def folded(name: str, fold: int) -> bool:
    """Whether a name (a document's id, a sentence's letters) belongs to a fold; the split of ``dragoman evaluate``."""
    return fold_of(name) == fold


def bioes(size: int, spans: Iterable[tuple[int, int, str]]) -> list[str | None]:
    """Tags of spans (first word, one past the last, label): begin, inside, end, single; a later span gives way."""
    tags: list[str | None] = ["O"] * size
    for start, end, label in spans:
        if tags[start:end] == ["O"] * (end - start):
            tags[start:end] = ["B-" + label, *["I-" + label] * (end - start - 2), "E-" + label][: end - start]
            if end - start == 1:
                tags[start] = "S-" + label
    return tags


def paragraphs(doc: Doc) -> Iterator[list[int]]:
    """Token numbers of each paragraph, cut as the reader cuts it; white space is left out."""
    return (list(cut.tokens) for cut in windows_of(doc, VOCABULARY))


def windows(documents: Iterable[list[Sentence]], limit: Any) -> Iterator[Window]:
    """Cut documents into windows. ``limit()`` gives each window's size in words; a longer sentence stands alone."""
    for document in documents:
        window, size = Window(), limit()
        for sentence in document:
            if window.sentences and len(window) + len(sentence.words) > size:
                yield window
                window, size = Window(), limit()
            window.sentences.append(sentence)
        if window.sentences:
            yield window
