"""The small language of the texts: ``{one|other}`` choices, ``<slot>`` values, ``[event: words]`` marks.

A mark says which words tell of which event. In a rendered text it is three private characters, so that whatever is done
to the text afterwards (cutting, rewording) carries the mark along; :func:`plain` and :func:`tellings` take them apart.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

OPEN, BAR, CLOSE = "\ue000", "\ue001", "\ue002"

_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"<([\w.]+)>")
_MARK = re.compile(r"\[(\w+): ([^\[\]]*)\]")
_TOLD = re.compile(f"{OPEN}([^{BAR}]*){BAR}([^{CLOSE}]*){CLOSE}")
_START = re.compile(rf"^((?:{OPEN}[^{BAR}]*{BAR}|[\"“(])*)([a-z])")


def render(text: str, rng: random.Random, value: Callable[[str], str], event: Callable[[str], str]) -> str:
    """The text with its choices made, its slots filled and its marks set, beginning with a capital letter.

    :param value: what a slot stands for, asked from left to right.
    :param event: the id of the event that a mark's word names.
    """
    while match := _CHOICE.search(text):
        text = text[: match.start()] + rng.choice(match[1].split("|")) + text[match.end() :]
    text = _SLOT.sub(lambda found: value(found[1]), text)
    text = _MARK.sub(lambda found: f"{OPEN}{event(found[1])}{BAR}{found[2]}{CLOSE}", text)
    return capital(text)


def capital(text: str) -> str:
    """The text with a capital first letter, marks and opening quotes aside."""
    return _START.sub(lambda found: found[1] + found[2].upper(), text)


def marked(event: str, words: str) -> str:
    """Words that tell of an event."""
    return f"{OPEN}{event}{BAR}{words}{CLOSE}"


def plain(text: str) -> str:
    """The text without its marks."""
    return _TOLD.sub(lambda found: found[2], text)


def tellings(text: str) -> Iterator[tuple[str, str]]:
    """The events that a text tells of, each with its words."""
    for found in _TOLD.finditer(text):
        yield found[1], found[2]


def outside_marks(text: str, change: Callable[[str], str]) -> str:
    """The text with its words changed, those inside marks too, but never the marks' own names."""
    parts = re.split(f"({OPEN}[^{BAR}]*{BAR}|{CLOSE})", text)
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))
