"""The attributions that the reader marks, by the tokens of their cues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span


@dataclass(frozen=True)
class Marked:
    """One attribution of the reader: its cue, its source if it has one, its contents."""

    cue: Span
    source: Span | None
    contents: tuple[Span, ...]

    @property
    def content(self) -> frozenset[int]:
        """The tokens of the contents."""
        return frozenset(i for span in self.contents for i in range(span.start, span.end))


def marked(doc: Doc) -> Mapping[int, Marked]:
    """Token of a cue -> its attribution. Empty for a Doc of another pipeline."""
    sources = {span.id: span for span in doc.spans.get("sources", ()) if span.id}
    contents: dict[int, list[Span]] = defaultdict(list)
    for span in doc.spans.get("contents", ()):
        contents[span.id].append(span)
    found = {}
    for cue in doc.spans.get("cues", ()):
        each = Marked(cue, sources.get(cue.id), tuple(contents.get(cue.id, ())) if cue.id else ())
        found.update(dict.fromkeys(range(cue.start, cue.end), each))
    return found
