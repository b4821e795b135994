"""Doc to Reading: parties, cues, attribution, status, time, place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.model import Article, Reading


def code(doc: Doc, article: Article) -> Reading:
    """Code a Doc of the article's text into its events and entities; see :mod:`dragoman.coding.coder`."""
    from dragoman.coding.coder import code as run

    return run(doc, article)
