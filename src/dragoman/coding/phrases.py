"""Where the phrase of a mention begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from dragoman.coding.grammar import base

if TYPE_CHECKING:
    from dragoman.coding.mentions import Scene


def phrase_start(scene: Scene, root: Token, start: int) -> int:
    """Where a phrase begins, its country's adjective and other modifiers included, its article left out."""
    while start > 0:
        before = scene.doc[start - 1]
        if before.i in scene.taken or before.head.i not in range(start, root.i + 1):
            break
        if base(before) not in ("amod", "compound", "flat") and before.dep_ != "nmod:desc":
            break
        start -= 1
    return start
