"""What the readers of single formats hand on: a page as blocks, before it becomes an Article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from dragoman.errors import FormatError
from dragoman.model import ParagraphRole


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text in page order, normalised: one line, no leading or trailing space, never empty."""

    text: str
    role: ParagraphRole = "body"
    credit: str | None = None


@dataclass(slots=True)
class Page:
    """An article without its id. ``blocks`` hold no headline: the title is the headline."""

    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    credit: str | None = None


# a book has half of this; what has more is not an article, and every step of its reading would take minutes over it
MAX_CHARACTERS = 3_000_000
MAX_BLOCKS = 20_000


def refuse_long(name: str, *, characters: int = 0, blocks: int = 0) -> None:
    """Raises :class:`~dragoman.errors.FormatError` for more text than any article has."""
    if characters > MAX_CHARACTERS:
        raise FormatError(f"{characters:,} characters of text, more than any article", source=name)
    if blocks > MAX_BLOCKS:
        raise FormatError(f"{blocks:,} blocks of text, more than any article", source=name)


_NOT_WORD = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """The letters and digits of a text in lower case: equal for two printings of the same words."""
    return _NOT_WORD.sub("", text.casefold())


def word_count(text: str) -> int:
    """Runs of characters between white space."""
    return len(text.split())


# an agency may sign after the full stop: "... he said. (AFP)"
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*(?:\s?[(\[][^()\[\]]{1,40}[)\]])?$")


def ends_sentence(text: str) -> bool:
    """Whether a text closes as a sentence does, brackets and quotation marks aside."""
    return bool(_SENTENCE_END.search(text))


def is_prose(text: str, *, words: int = 8) -> bool:
    """Whether a block reads like running text: some length, and the end of a sentence or of a quotation's lead."""
    return word_count(text) >= words and (
        ends_sentence(text) or text.endswith((":", "”", '"')) or word_count(text) > 25
    )
