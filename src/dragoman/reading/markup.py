"""HTML to blocks: a tree walked once, each run of text a block that knows where on the page it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from dragoman.errors import FormatError
from dragoman.model import ParagraphRole
from dragoman.reading.lexicon import lexicon
from dragoman.reading.normalise import normalise, one_line

# Long pages of news with all their comments have a tenth of this; selecting the article grows faster than the page.
MAX_TAGS = 40_000
# the parser compares every attribute of a tag with every other
MAX_TAG_CHARACTERS = 20_000
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "button",
        "select",
        "textarea",
        "input",
        "form",
        "iframe",
        "object",
        "video",
        "audio",
        "canvas",
        "head",
        "nav",
        "footer",
        "dialog",
        "map",
        "datalist",
        "picture",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "meter",
        "nobr",
        "output",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "ruby",
        "rt",
        "rp",
        "link",
        "meta",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CAPTION_CLASS = re.compile(
    r"(?<![^\s_-])(?:figcaption|(?:wp-)?caption(?:-text)?|media-caption|photo-caption)(?![^\s_-])", re.I
)
_LONG_TAG = re.compile(rf"<[^<>]{{{MAX_TAG_CHARACTERS},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)


@dataclass(slots=True)
class Piece:
    """A block of a page with its place: the elements it stands in (innermost last) and how much of it is links."""

    text: str
    role: ParagraphRole
    parents: tuple[HtmlElement, ...]
    linked: int = 0
    bold: bool = False
    credit: str | None = None

    @property
    def link_share(self) -> float:
        """The share of the block's characters that are links, 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text)))


def parse(text: str, *, name: str) -> HtmlElement:
    """The tree of a page. Raises :class:`FormatError` for a page that is too large or holds no markup at all."""
    tags = text.count("<")
    if tags > MAX_TAGS:
        raise FormatError(f"the page has {tags:,} tags, more than any article (at most {MAX_TAGS:,})", source=name)
    if any(len(_QUOTED.sub("", tag)) > MAX_TAG_CHARACTERS for tag in _LONG_TAG.findall(text)):
        raise FormatError("the page has a tag with more attributes than any article's", source=name)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        data = _DECLARATION.sub("", normalise(text, entities=False)).encode("utf-8", "replace")
        return document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise FormatError("the markup is damaged beyond reading", source=name) from error


@dataclass(slots=True)
class _Walk:
    """What the walk holds between two ends of blocks."""

    parents: list[HtmlElement] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    linked: int = 0
    plain: int = 0
    in_credit: int = 0
    in_figure: int = 0
    in_link: int = 0
    in_bold: int = 0
    breaks: int = 0

    def add(self, text: str | None) -> None:
        if not text:
            return
        (self.credits if self.in_credit else self.texts).append(text)
        if text.strip():
            self.breaks = 0
            self.linked += len(text.strip()) if self.in_link else 0
            self.plain += 0 if self.in_bold else len(text.strip())

    def flush(self) -> Piece | None:
        # most elements end without a word of their own
        text, credit = (one_line(normalise("".join(each))) if each else "" for each in (self.texts, self.credits))
        piece = None
        if text or credit:
            piece = Piece(text, _role(self.parents), tuple(self.parents), self.linked, self.plain == 0, credit or None)
        self.texts, self.credits, self.linked, self.plain, self.breaks = [], [], 0, 0, 0
        return piece


def pieces_of(tree: HtmlElement) -> Iterator[Piece]:
    """The blocks of a page in document order, without scripts, forms and navigation."""
    walk = _Walk()
    body = tree.find("body")
    skipped: Any = None
    for event, element in etree.iterwalk(body if body is not None else tree, events=("start", "end")):
        if skipped is not None:
            skipped = None if event == "end" and element is skipped else skipped
            if skipped is None:
                walk.add(element.tail)
            continue
        if event == "start" and element.tag in _SKIPPED:
            skipped = element
            continue
        yield from _step(walk, event, element)
    last = walk.flush()
    if last:
        yield last


def _step(walk: _Walk, event: str, element: HtmlElement) -> Iterator[Piece]:
    ended = _ends_block(walk, event, element)
    piece = walk.flush() if ended else None
    if piece:
        yield piece
    if event == "start":
        _enter(walk, element, +1)
        walk.add(element.text)
    else:
        _enter(walk, element, -1)
        # a line break or a picture separates words as a space does
        walk.add((" " if element.tag in ("br", "img") else "") + (element.tail or ""))


def _ends_block(walk: _Walk, event: str, element: HtmlElement) -> bool:
    if element.tag == "br":
        walk.breaks += event == "end"
        return event == "end" and walk.breaks >= 2
    return element.tag not in _INLINE


def _enter(walk: _Walk, element: HtmlElement, step: int) -> None:
    walk.in_link += step if element.tag == "a" else 0
    walk.in_bold += step if element.tag in ("b", "strong") else 0
    figure = _is_figure(element)
    walk.in_figure += step if figure else 0
    walk.in_credit += step if walk.in_figure and not figure and _is_credit(element) else 0
    if element.tag not in _INLINE and element.tag != "br":
        if step > 0:
            walk.parents.append(element)
        elif walk.parents:
            walk.parents.pop()


def words_of(element: HtmlElement) -> str:
    """The names an element goes by: its classes, its id and the data attributes that pages use like classes."""
    return " ".join(
        element.get(name, "") for name in ("class", "id", "data-component", "data-testid", "data-gu-name", "itemprop")
    )


def _is_figure(element: HtmlElement) -> bool:
    named = element.get("class")
    return element.tag in ("figure", "figcaption") or (named is not None and _CAPTION_CLASS.search(named) is not None)


def _is_credit(element: HtmlElement) -> bool:
    return element.tag == "small" or lexicon().credit_classes.search(words_of(element)) is not None


def _role(parents: list[HtmlElement]) -> ParagraphRole:
    tags = [parent.tag for parent in parents]
    if "figcaption" in tags or any(_is_figure(parent) for parent in parents[-3:]):
        return "caption"
    if "h1" in tags:
        return "headline"
    if _HEADINGS.intersection(tags):
        return "subhead"
    if "blockquote" in tags:
        return "quote"
    if any(lexicon().standfirst_classes.search(words_of(parent)) for parent in parents[-3:]):
        return "standfirst"
    return "body"
