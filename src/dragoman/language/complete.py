"""What a Doc must hold before it is coded, whoever read it: for pipelines of a user's own (docs/own-pipeline.md)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from dragoman.errors import DataError
from dragoman.language.timex_doc import KEY
from dragoman.language.timex_find import find

NEEDED = {"DEP": "trees (head, dep_)", "POS": "pos_", "TAG": "tag_", "LEMMA": "lemma_"}


def complete(doc: Doc, nlp: Language) -> Doc:
    """The Doc, with the time expressions that the rules find where its pipeline says nothing of any.

    Raises :class:`~dragoman.errors.DataError` where words have no tree, tags or lemmas at all.
    """
    missing = [what for name, what in NEEDED.items() if not doc.has_annotation(name)]
    if missing and len(doc):
        raise DataError(f"the pipeline writes no {', '.join(missing)}", source="/".join(nlp.pipe_names) or "empty")
    if KEY not in doc.spans:
        doc.spans[KEY] = by_rule(doc)
    return doc


def by_rule(doc: Doc) -> list[Span]:
    """The time expressions the rules find, as spans of whole tokens labelled by type."""
    places = find(doc.text)
    found = (doc.char_span(start, end, label=kind, alignment_mode="expand") for start, end, kind in places)
    return [span for span in found if span is not None]
