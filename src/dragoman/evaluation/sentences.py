"""Gold sentences as Docs: words, spaces and sentence starts are given, the pipeline fills in the rest."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

# Sentences read together; enough to fill a batch of the network, small enough to bound memory.
BATCH = 64


class Tokenised(Protocol):
    """A sentence of an annotated file."""

    @property
    def words(self) -> Sequence[str]:
        """Its tokens."""

    @property
    def spaces(self) -> Sequence[bool]:
        """Whether a space follows each token."""

    @property
    def document(self) -> str:
        """The id of the document it belongs to."""


Gold = TypeVar("Gold", bound=Tokenised)


def batches(sentences: Iterable[Gold]) -> Iterator[list[Gold]]:
    """Sentences of one document in their order, at most :data:`BATCH` at a time."""
    for _, group in itertools.groupby(sentences, key=lambda sentence: sentence.document):
        while batch := list(itertools.islice(group, BATCH)):
            yield batch


def make_doc(vocab: Vocab, sentences: Sequence[Tokenised]) -> Doc:
    """One Doc of the sentences, unread, with their starts set."""
    words = [word for sentence in sentences for word in sentence.words]
    spaces = [space for sentence in sentences for space in sentence.spaces]
    starts = [position == 0 for sentence in sentences for position in range(len(sentence.words))]
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts)  # type: ignore[arg-type]


def slices(doc: Doc, sentences: Sequence[Tokenised]) -> list[Span]:
    """The span of each gold sentence in the Doc; the pipeline's own sentence ends are not asked."""
    ends = list(itertools.accumulate(len(sentence.words) for sentence in sentences))
    return [doc[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def read_gold(nlp: Language, sentences: Iterable[Gold]) -> Iterator[tuple[Gold, Span]]:
    """Each gold sentence with what the pipeline read in it."""
    for batch in batches(sentences):
        (doc,) = nlp.pipe([make_doc(nlp.vocab, batch)])
        yield from zip(batch, slices(doc, batch), strict=True)
