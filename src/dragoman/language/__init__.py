"""Article to Doc: the reader, one encoder with several heads, as a spaCy component.

Any pipeline that writes Universal Dependencies, entities and time spans on a Doc can stand in for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from dragoman.language.bare import bare_encoder_seconds

__all__ = ["MAX_LENGTH", "bare_encoder_seconds", "load"]

MAX_LENGTH = 20_000_000  # characters; the reader works window by window, so memory does not set the limit


@lru_cache(maxsize=1)
def load() -> Language:
    """The English pipeline with the package's reader; one in a process, weights loaded at the first text."""
    import spacy

    import dragoman.language.component  # noqa: F401  registers the factory where the package is not installed

    nlp = spacy.blank("en")
    nlp.max_length = MAX_LENGTH
    nlp.add_pipe("dragoman")
    return nlp


def __getattr__(name: str) -> object:
    if name == "bare_encoder_seconds":
        from dragoman.language.bare import bare_encoder_seconds

        return bare_encoder_seconds
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
