"""One attribution of a Doc: who, by which word, and the tokens it covers."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.coding.mentions import Mention


@dataclass(eq=False)
class Saying:
    """The sources' mentions, the cue, and the tokens it covers. ``rule`` says how it was found."""

    sources: tuple[Mention, ...]
    content: frozenset[int]
    cue: Token | None
    anonymous: bool = False
    document: bool = False
    parent: Saying | None = None
    rule: str = "its clause"


def covering(found: Iterable[Saying], token: Token) -> Saying | None:
    """The innermost attribution whose content holds a token; of two as wide, the one inside the other."""
    holding = [s for s in found if token.i in s.content and (s.cue is None or s.cue.i != token.i)]
    return min(holding, key=lambda s: (len(s.content), s.parent is None), default=None)


def parent_of(found: Iterable[Saying], own: Saying) -> Saying | None:
    """The smallest attribution that holds this one's cue and reports more than it."""
    if own.cue is None:
        return None
    wider = [s for s in found if own.cue.i in s.content and len(s.content) > len(own.content)]
    return min(wider, key=lambda s: len(s.content), default=None)


def voices(doc: Doc, found: Iterable[Saying], quoted: Set[int]) -> dict[int, Token]:
    """Quoted token -> the head of who says it, where another sentence tells that: "..., he said. "They will pay." """
    out: dict[int, Token] = {}
    for saying in found:
        if len(saying.sources) != 1 or saying.document:
            continue
        here = saying.cue.sent if saying.cue is not None else None
        for i in saying.content & quoted:
            if here is None or not here.start <= i < here.end:
                out.setdefault(i, doc[saying.sources[0].head])
    return out
