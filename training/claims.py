"""Attributions (PolNeAR) to training paragraphs: who says it, the cue, what is said, and which belong together.

The file: one article a line, ``text`` with ``attributions`` of ``source``, ``cue`` and ``content`` (lists of
character offsets), and spans set aside (``discard``, ``discuss``), whose words teach nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from dragoman.evaluation.task import read_lines
from training.corpora import Sentence, bioes, paragraphs

ROLES = ("source", "cue", "content")
Place = tuple[int, int]


def polnear(root: Path, split: str) -> dict[str, list[Sentence]]:
    """Document id -> parts of paragraphs (unbounded sentences) with the tags of ``ROLES`` and their links."""
    (path,) = (root / "polnear" / split).glob("polnear*.jsonl.gz")
    return {f"polnear/{name}": parts for name, parts in articles(path)}


def articles(path: Path) -> Iterator[tuple[str, list[Sentence]]]:
    """(article id, parts of its paragraphs) of one file, gzipped or not."""
    tokenizer = spacy.blank("en").tokenizer
    for _, line in read_lines(path):
        if line.strip():
            record = json.loads(line)
            yield record["id"], list(_paragraphs(record, tokenizer(record["text"])))


def _paragraphs(record: dict[str, Any], doc: Doc) -> Iterator[Sentence]:
    found = [{role: _places(doc, each[role]) for role in ROLES} for each in record["attributions"]]
    tags = {role: bioes(len(doc), ((a, b, role) for each in found for a, b in each[role])) for role in ROLES}
    for start, end in _places(doc, [*record.get("discard", ()), *record.get("discuss", ())]):
        for role in ROLES:
            tags[role][start:end] = [None] * (end - start)
    for words in paragraphs(doc):
        yield Sentence(
            [doc[i].text for i in words],
            bounded=False,
            extra={role: [tags[role][i] for i in words] for role in ROLES},
            links=_links(found, words),
        )


def _places(doc: Doc, spans: list[list[int]]) -> list[Place]:
    """Token places of character spans, white space at their ends left out."""
    out = []
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        kept = [t.i for t in span or () if not t.is_space]
        if kept:
            out.append((kept[0], kept[-1] + 1))
    return out


def _links(found: list[dict[str, list[Place]]], words: list[int]) -> list[tuple[int, int, str]]:
    """(cue word, first word of its source or content, role) within the words; a cue without one points at itself."""
    at = {i: n for n, i in enumerate(words)}
    out = []
    for each in found:
        for cue, _ in each["cue"][:1]:
            if cue in at:
                for role in ("source", "content"):
                    near = [at[start] for start, _ in each[role] if start in at]
                    out += [(at[cue], other, role) for other in near or [at[cue]]]
    return out
