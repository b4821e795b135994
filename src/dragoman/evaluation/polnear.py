"""Articles with attributions as JSON Lines: source, cue and content in characters, as PolNeAR marks them.

A line holds ``id``, ``text`` and ``attributions``, each with ``source``, ``cue`` and ``content``: lists of pieces
``[start, end]``, end exclusive, empty where there is none. ``discard`` and ``discuss``, where a line has them, are
stretches of text that the annotators set aside. (PolNeAR: Newell et al. 2018, "An Attribution Relations Corpus for
Political News", LREC.)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import FormatError
from dragoman.evaluation.places import Place, stripped
from dragoman.evaluation.task import bad, read_lines

ASIDE = ("discard", "discuss")


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution: the pieces of each of its parts, by characters of the text, see :func:`pieces`."""

    source: tuple[Place, ...] = ()
    cue: tuple[Place, ...] = ()
    content: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributedText:
    """An article; ``aside`` are the stretches that count on neither side."""

    id: str
    text: str
    attributions: tuple[Attributed, ...]
    aside: tuple[Place, ...] = ()


def read_polnear(path: Path) -> Iterator[AttributedText]:
    """The articles of a file, one JSON object a line.

    Raises:
        SourceError: the file cannot be opened.
        FormatError: a line is not such an object, or a piece lies outside the text; names file and line.
    """
    seen = False
    for number, line in read_lines(path):
        if not line.strip():
            continue
        try:
            yield _text(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
            raise bad(path, number, f"not an article with attributions in JSON: {reason}") from error
        seen = True
    if not seen:
        raise FormatError("no article in the file", source=str(path))


def _text(data: dict[str, Any]) -> AttributedText:
    text = data["text"]
    attributions = tuple(_attribution(text, each) for each in data["attributions"])
    aside = tuple(piece for name in ASIDE for piece in _checked(text, data.get(name) or ()))
    return AttributedText(str(data["id"]), text, attributions, aside)


def _attribution(text: str, data: dict[str, Any]) -> Attributed:
    source, cue, content = (pieces(text, _checked(text, data[name])) for name in ("source", "cue", "content"))
    return Attributed(source, cue, content)


def _checked(text: str, found: Iterable[tuple[int, int]]) -> list[Place]:
    places = [(start, end) for start, end in found]
    for start, end in places:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"the piece {start}:{end} lies outside the text")
    return places


def pieces(text: str, places: Iterable[Place]) -> tuple[Place, ...]:
    """Stretches of text in order, without the white space at their ends, those joined that only white space parts."""
    out: list[Place] = []
    for start, end in sorted(stripped(text, place) for place in places if text[slice(*place)].strip()):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)
