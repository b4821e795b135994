"""Scores of a window to attributions: sources, cues and contents, and which belong together.

Spans count the window's words, ends exclusive. An attribution is known by its cue; ``number`` counts the cues of a
window from 1, and 0 marks a source or content that no cue takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.threads import one_thread

Floats = NDArray[np.float32]
Span = tuple[int, int]
LEAST = 0.1  # of a cue's certainty must fall on a content for the cue to take it


@dataclass(frozen=True, slots=True)
class Claim:
    """One span of an attribution; ``role`` is ``source``, ``cue`` or ``content``."""

    start: int
    end: int
    role: str
    number: int


def claims(found: Mapping[str, list[Span]], links: Mapping[str, Floats]) -> Iterator[Claim]:
    """The spans of a window with their attributions' numbers.

    ``found`` holds the spans by role; ``links`` the (n, L) features ``link_cue``, ``link_source`` and
    ``link_content``, whose products say how well a word begins the source or content of a cue. A cue takes one
    source, unless it rather points at itself; a source may serve several cues. A content goes to one cue.
    """
    cues = [start for start, _ in found["cue"]]
    for number, (start, end) in enumerate(found["cue"], start=1):
        yield Claim(start, end, "cue", number)
    sources = _shares(links, "link_source", cues)
    taken: set[Span] = set()
    for number, (cue, share) in enumerate(zip(cues, sources, strict=True), start=1):
        best = max(found["source"], key=lambda span: share[slice(*span)].sum(), default=None)
        if best is not None and share[slice(*best)].sum() > share[cue]:
            taken.add(best)
            yield Claim(*best, "source", number)
    yield from (Claim(*span, "source", 0) for span in found["source"] if span not in taken)
    contents = _shares(links, "link_content", cues)
    for start, end in found["content"]:
        held = contents[:, start:end].sum(1)
        yield Claim(start, end, "content", int(held.argmax()) + 1 if held.size and held.max() > LEAST else 0)


def _shares(links: Mapping[str, Floats], name: str, cues: list[int]) -> Floats:
    """(cues, n): where each cue looks, as shares of one."""
    if not cues:
        return np.zeros((0, len(links[name])), np.float32)
    with one_thread():
        scores = links["link_cue"][cues] @ links[name].T / np.float32(links[name].shape[1] ** 0.5)
    powers = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = powers / powers.sum(1, keepdims=True)
    return shares
