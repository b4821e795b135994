"""What one party of a sentence does to another: PLOVER categories for a pair of spans.

The reader keeps a vector for each word of a Doc (``doc.tensor``), so a pair costs one small layer over its
sentence and the text is not read again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from dragoman.errors import DataError
from dragoman.language.component import Reader
from dragoman.language.hints import hints
from dragoman.language.network import Floats, Numbers

AT_ONCE = 32  # pairs read together; more would only widen the padding
SOURCE, TARGET = 1, 2


def categories(nlp: Language, doc: Doc, pairs: Sequence[tuple[Span, Span]]) -> list[dict[str, float]]:
    """For each (source, target) of one sentence the probability of each PLOVER category, which sum to 1.

    A span that reaches out of the source's sentence counts only where it lies in it. Raises
    :class:`~dragoman.errors.DataError` where ``nlp`` has no reader, or another pipeline read the Doc.
    """
    reader = next((part for _, part in nlp.pipeline if isinstance(part, Reader)), None)
    if reader is None:
        raise DataError("only Dragoman's own reader tells the category of a pair", source="/".join(nlp.pipe_names))
    if len(doc) and not doc.tensor.size:
        raise DataError("the words have no vectors: the Doc was read by another pipeline", source=doc.text[:60])
    names = reader.network.labels["category"]
    out: list[dict[str, float]] = []
    for at in range(0, len(pairs), AT_ONCE):
        scores = reader.network.pairs(*_feed(doc, pairs[at : at + AT_ONCE], names))
        powers = np.exp(scores - scores.max(1, keepdims=True))
        shares = powers / powers.sum(1, keepdims=True)
        out += [dict(zip(names, map(float, row), strict=True)) for row in shares]
    return out


def _feed(
    doc: Doc, pairs: Sequence[tuple[Span, Span]], names: Sequence[str]
) -> tuple[Floats, Numbers, Numbers, Numbers]:
    """(N, S, D) words of the pairs' sentences, (N, S) roles, hints and mask; white space tokens left out."""
    kept = [[t.i for t in source.sent if not t.is_space] for source, _ in pairs]
    width = max(map(len, kept))
    words = np.zeros((len(pairs), width, doc.tensor.shape[1]), np.float32)
    roles, hinted, mask = (np.zeros((len(pairs), width), np.int64) for _ in range(3))
    for row, (tokens, pair) in enumerate(zip(kept, pairs, strict=True)):
        words[row, : len(tokens)] = doc.tensor[tokens]
        mask[row, : len(tokens)] = 1
        hinted[row, : len(tokens)] = hints([doc[i].text for i in tokens], names)
        for number, span in zip((SOURCE, TARGET), pair, strict=True):
            roles[row, [at for at, i in enumerate(tokens) if span.start <= i < span.end]] = number
    return words, roles, hinted, mask
