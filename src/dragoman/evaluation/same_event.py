"""Which mentions are of one event, across the documents of a file: gold mentions, links across the whole file.

- muc_f1, b3_f1, ceafe_f1: :mod:`dragoman.evaluation.clusters`, over all mentions of the file, singletons included.
- conll_f1: their mean.
- lemma_conll_f1: the same mean where all mentions of one head lemma are one event, whatever their documents.

The file is JSON Lines in the form of ECB+ (Cybulska and Vossen 2014), a document a line: ``id``, ``sentences`` (number
-> tokens) and ``events``, each with ``sent``, ``tokens`` (places in the sentence) and ``chain``; mentions of one chain
are of one event. Topics, if the file has any, are not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from dragoman.errors import DataError
from dragoman.evaluation.clusters import b_cubed, ceaf_e, grouped, muc
from dragoman.evaluation.task import Figures, Options, Result, Task, bad, read_lines
from dragoman.linking import mentions as linking


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention: the tokens of its document, counted from 0 in the whole document, and its chain."""

    sentence: int
    tokens: tuple[int, ...]
    chain: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its sentences of tokens, in order, and its mentions. ``line`` is where it stands in the file."""

    line: int
    id: str
    sentences: tuple[tuple[str, ...], ...]
    mentions: tuple[Gold, ...]


def run(path: Path, nlp: Language, options: Options) -> Result:
    """Cluster the mentions of a file, of some of its documents with a fold.

    Raises:
        SourceError: the file cannot be read.
        FormatError: a line breaks the form; the message names it.
        DataError: the pipeline keeps no vectors of words.
    """
    documents = [each for each in read_documents(path) if options.takes(each.id)]
    return score(documents, [read(nlp, each) for each in documents])


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a file. Raises as :func:`run` does."""
    for number, line in read_lines(path):
        if line.strip():
            try:
                yield _document(number, json.loads(line))
            except KeyError as error:
                raise bad(path, number, f"lacks {error}") from error
            except (ValueError, TypeError, AttributeError) as error:
                raise bad(path, number, f"no document of events: {error}") from error


def _document(line: int, row: dict[str, Any]) -> Document:
    order = sorted(row["sentences"], key=int)
    sentences = tuple(tuple(str(token) for token in row["sentences"][name]) for name in order)
    starts = {int(name): sum(map(len, sentences[:place])) for place, name in enumerate(order)}
    lengths = {int(name): len(words) for name, words in zip(order, sentences, strict=True)}
    if not sentences:
        raise ValueError("it has no sentence")
    return Document(line, str(row["id"]), sentences, tuple(_mentions(row["events"], starts, lengths)))


def _mentions(rows: list[dict[str, Any]], starts: dict[int, int], lengths: dict[int, int]) -> Iterator[Gold]:
    for row in rows:
        sentence, places = int(row["sent"]), [int(place) for place in row["tokens"]]
        if not places or not all(0 <= place < lengths.get(sentence, 0) for place in places):
            raise ValueError(f"a mention is not in its sentence {sentence}")
        yield Gold(sentence, tuple(starts[sentence] + place for place in places), str(row["chain"]))


def read(nlp: Language, document: Document) -> Doc:
    """The document read with its own tokens and sentences."""
    words = [word for sentence in document.sentences for word in sentence]
    begins: list[bool | int | None] = [place == 0 for sentence in document.sentences for place in range(len(sentence))]
    doc = Doc(nlp.vocab, words=words, sent_starts=begins)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def score(documents: Sequence[Document], docs: Sequence[Doc]) -> Result:
    """The figures over documents and the Docs of them."""
    gold = {(n, m): told.chain for n, document in enumerate(documents) for m, told in enumerate(document.mentions)}
    if not gold:
        raise DataError("there is no mention of an event")
    found = [linking.mention(docs[n], documents[n].mentions[m].tokens, document=n) for n, m in gold]
    said = linking.same_event([linking.terms(doc) for doc in docs], found, linking.model())
    events = dict(zip(gold, said, strict=True))
    lemmas = dict(zip(gold, linking.same_lemma(found), strict=True))
    figures = figures_of(gold, events)
    figures["lemma_conll_f1"] = figures_of(gold, lemmas)["conll_f1"]
    counts = {"documents": len(documents), "mentions": len(gold), "events": len(set(gold.values()))}
    rows = [{**_row(documents[n], documents[n].mentions[m]), "event": events[n, m]} for n, m in gold]
    return Result(figures, counts=counts, rows=tuple(rows))


def _row(document: Document, told: Gold) -> dict[str, Any]:
    return {"id": document.id, "sent": told.sentence, "tokens": list(told.tokens), "chain": told.chain}


def figures_of(gold: dict[Any, str], said: dict[Any, Any]) -> Figures:
    """The three measures and their mean."""
    key, response = grouped(gold), grouped(said)
    found = {name: measure(key, response).f1 for name, measure in (("muc", muc), ("b3", b_cubed), ("ceafe", ceaf_e))}
    return {"conll_f1": sum(found.values()) / 3, **{f"{name}_f1": value for name, value in found.items()}}


TASK = Task("same-event", "mentions of one event across the documents of a file in the JSON Lines of ECB+", run)
