"""What one party of a sentence does to another: PLOVER categories for a pair of spans.

The reader keeps a vector for each word of a Doc (``doc.tensor``), so a pair costs one small layer over its
sentence and the text is not read again.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from dragoman.errors import DataError
from dragoman.language.component import Reader
from dragoman.language.judged import probabilities


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
    return probabilities(reader.network, doc, pairs)
