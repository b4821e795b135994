"""Takes the furniture of a page away: share bars, breadcrumbs, notices, links to other articles, readers' comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.model import ParagraphRole
from dragoman.reading.byline import head_line
from dragoman.reading.lexicon import lexicon
from dragoman.reading.page import ends_sentence, is_prose, key, word_count

_CRUMB = re.compile(r"\s*(?:>|»|›|→|\||::|/|\\|·|•)\s*")
_EDGES = " \t*•·|:»›>–—-"


@dataclass(frozen=True, slots=True)
class Raw:
    """A block as found. ``hint`` is the role its markup tells; None where the page has no markup."""

    text: str
    hint: ParagraphRole | None = None
    credit: str | None = None


def is_furniture(text: str) -> bool:
    """Whether one block, by its own words, belongs to the page and not to the report."""
    words = lexicon()
    bare = text.strip(_EDGES)
    if not any(character.isalnum() for character in bare):
        return True
    if words.line.fullmatch(bare):
        return True
    if word_count(bare) > words.short_block:
        return False
    return bool(words.prefix.match(bare) or words.inside.search(bare))


def is_comments_heading(text: str) -> bool:
    """Whether the readers' comments begin here."""
    return bool(lexicon().comments.fullmatch(text.strip(_EDGES)))


def is_related_heading(text: str) -> bool:
    """Whether a block is a heading over links to other articles."""
    return word_count(text) <= 10 and bool(lexicon().related.fullmatch(text.strip(_EDGES)))


def without_furniture(blocks: Iterable[Raw]) -> Iterator[Raw]:
    """The blocks of the report; nothing after the first sign of readers' comments, once prose has been seen."""
    prose = linked = False
    for block in blocks:
        text = block.text
        if is_comments_heading(text):
            if prose:
                return
            continue
        if is_related_heading(text):
            linked = True
            continue
        reads = is_prose(text)
        if linked and not reads and block.hint not in ("caption", "quote", "subhead"):
            continue
        linked = False
        if not is_furniture(text):
            prose = prose or (reads and ends_sentence(text))
            yield block


@dataclass(frozen=True, slots=True)
class Breadcrumb:
    """The way to a page, printed over it; ``last`` is what the page itself is called there."""

    last: str


def breadcrumb(text: str, following: frozenset[str] = frozenset()) -> Breadcrumb | None:
    """A line such as "Home / News / Envoys meet in Oslo" read as a breadcrumb; None for any other.

    ``following`` holds the keys of the lines near it: a last part that is printed again is a title.
    """
    parts = [part for part in _CRUMB.split(text.strip(_EDGES)) if part]
    if len(parts) < 2 or word_count(text) > 60 or head_line(text):
        return None
    rooted = parts[0].casefold().strip(" :") in lexicon().breadcrumb_roots
    short = [word_count(part) <= 3 for part in parts]
    # the title may hold a separator of its own
    for number in range(1, len(parts)):
        tail = text[text.index(parts[number], len(parts[0])) :].strip()
        if all(short[:number]) and key(tail) in following:
            return Breadcrumb(tail)
    listed = len(parts) >= 3 and short[-1] and not ends_sentence(text)
    return Breadcrumb(parts[-1]) if all(short[:-1]) and (rooted or listed) else None
