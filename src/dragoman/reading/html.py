"""HTML pages: trafilatura finds the article, the page's own tree gives its paragraphs their roles back.

trafilatura keeps the running text and loses captions, some headings and short paragraphs; so its choice is laid over
the blocks of the tree (:mod:`dragoman.reading.markup`), and what stands between chosen blocks and belongs to the
report is taken back.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from dragoman.errors import FormatError, NoArticleError
from dragoman.reading.arrange import arrange
from dragoman.reading.byline import head_line
from dragoman.reading.furniture import Raw, is_furniture
from dragoman.reading.language import language_of
from dragoman.reading.lexicon import lexicon
from dragoman.reading.markup import Piece, parse, pieces_of, words_of
from dragoman.reading.metadata import Metadata, metadata_of
from dragoman.reading.normalise import normalise, one_line
from dragoman.reading.page import Page, ends_sentence, is_prose, key, refuse_long, word_count

# trafilatura reports what it refuses as errors of its own log; the reasons a user needs are raised here
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

# a page with less running text than this holds no report
MIN_PROSE_WORDS = 25
# a page that speaks of logging in or of an error, and says little else, is not a report about it
_WALL_WORDS = 120
_MOSTLY_LINKS = 0.6
_MAX_BLOCK_SEARCH = 400_000


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What trafilatura took for the article: its blocks, and the keys of their texts."""

    blocks: list[Raw]
    keys: frozenset[str]
    whole: str

    def holds(self, text: str) -> bool:
        own = key(text)
        if own in self.keys:
            return True
        # a paragraph may be cut or joined there; a word or two would be found anywhere
        return len(own) >= 25 and len(self.whole) < _MAX_BLOCK_SEARCH and own in self.whole


def read_html(text: str, *, name: str, url: str | None = None) -> Page:
    """The article on a page. Raises FormatError, NoArticleError and LanguageError of :mod:`dragoman.errors`."""
    tree = parse(text, name=name)
    pieces = list(pieces_of(tree))
    refuse_long(name, characters=sum(len(piece.text) for piece in pieces))
    metadata = metadata_of(tree, url=url)
    chosen = _chosen(tree, name)
    raws = _raws(pieces, chosen, metadata)
    page = arrange(raws, title=metadata.title)
    _refuse_no_article(page, pieces, name)
    _complete(page, metadata)
    body = " ".join(block.text for block in page.blocks)
    page.language = language_of(body, name=name, declared=metadata.language)
    return page


def _chosen(tree: HtmlElement, name: str) -> _Chosen:
    try:
        document = bare_extraction(
            tree, fast=True, include_comments=False, include_formatting=False, include_tables=False
        )
    except Exception as error:  # whatever a library trips over in hostile markup is the page's fault to the user
        raise FormatError("the markup is damaged beyond reading", source=name) from error
    body = getattr(document, "body", None)
    elements = [] if body is None else body.iter("p", "head", "quote", "item", "ab")
    blocks = [raw for element in elements for raw in _raw(element)]
    keys = [key(raw.text) for raw in blocks]
    return _Chosen(blocks, frozenset(keys), "".join(keys))


def _raw(element: HtmlElement) -> list[Raw]:
    if element.tag in ("quote", "item") and element.find("p") is not None:
        return []
    parent = element.getparent()
    quoted = element.tag == "quote" or (parent is not None and parent.tag == "quote")
    text = one_line(normalise("".join(element.itertext())))
    return [Raw(text, "subhead" if element.tag == "head" else "quote" if quoted else None)] if text else []


def _raws(pieces: Sequence[Piece], chosen: _Chosen, metadata: Metadata) -> list[Raw]:
    kept = {i for i, piece in enumerate(pieces) if piece.text and chosen.holds(piece.text)}
    kept -= _in_unwanted(pieces, kept)
    covered = sum(len(key(pieces[i].text)) for i in kept)
    if covered < 0.5 * len(chosen.whole):
        # the article stands in the page's data and not in its tree
        return chosen.blocks
    kept |= _taken_back(pieces, kept, key(metadata.title or ""))
    return [_as_raw(pieces[i], metadata) for i in sorted(kept) if pieces[i].text or pieces[i].credit]


def _as_raw(piece: Piece, metadata: Metadata) -> Raw:
    if not piece.text:
        return Raw(piece.credit or "")
    role = "subhead" if piece.role == "headline" and key(piece.text) != key(metadata.title or "") else piece.role
    if role == "body" and metadata.description and key(piece.text) == key(metadata.description):
        role = "standfirst"
    return Raw(piece.text, None if role == "body" else role, piece.credit)


def _in_unwanted(pieces: Sequence[Piece], kept: set[int]) -> set[int]:
    """Kept blocks inside boxes that by their names are no part of the article, unless the box holds the article."""
    length: Counter[HtmlElement] = Counter()
    for i in kept:
        for parent in pieces[i].parents:
            length[parent] += len(pieces[i].text)
    total = sum(len(pieces[i].text) for i in kept)
    boxes = {element for element, inside in length.items() if inside < 0.4 * total and _is_unwanted(element)}
    return {i for i in kept if not boxes.isdisjoint(pieces[i].parents)}


def _is_unwanted(element: HtmlElement) -> bool:
    return element.tag == "aside" or lexicon().unwanted_classes.search(words_of(element)) is not None


def _taken_back(pieces: Sequence[Piece], kept: set[int], title_key: str) -> set[int]:
    """Blocks trafilatura left out that are of the report: captions, headings, quotations, short paragraphs, byline."""
    prose = [i for i in sorted(kept) if pieces[i].role == "body" and is_prose(pieces[i].text)]
    if not prose:
        return set()
    siblings = {pieces[i].parents[-2] for i in prose if len(pieces[i].parents) > 1}
    room = _room(pieces, prose)
    back: set[int] = set()
    title_at = next(
        (i for i in range(prose[0]) if title_key and key(pieces[i].text) == title_key), max(0, prose[0] - 8)
    )
    for i in range(title_at, min(len(pieces), prose[-1] + 4)):
        piece = pieces[i]
        inside = piece.parents[: len(room)] == room
        if i < prose[0]:
            fits = _is_of_the_head(piece)
        else:
            fits = inside and _is_of_the_body(piece, siblings, after=i > prose[-1])
        fits = fits or (piece.role == "caption" and inside)
        if fits and not any(map(_is_unwanted, piece.parents[len(room) :])):
            back.add(i)
    return back - kept


def _room(pieces: Sequence[Piece], prose: Sequence[int]) -> tuple[HtmlElement, ...]:
    """The elements that hold all paragraphs of the article, outermost first."""
    room = pieces[prose[0]].parents[:-1]
    for i in prose:
        other = pieces[i].parents
        shared = 0
        while shared < min(len(room), len(other)) and room[shared] is other[shared]:
            shared += 1
        # one stray paragraph does not widen the room to the whole page
        room = room[:shared] if shared > 1 else room
    return room


def _is_of_the_head(piece: Piece) -> bool:
    return piece.role in ("caption", "standfirst", "headline") or (
        piece.role == "body" and head_line(piece.text) is not None
    )


def _is_of_the_body(piece: Piece, siblings: set[HtmlElement], *, after: bool) -> bool:
    if piece.link_share > _MOSTLY_LINKS or is_furniture(piece.text) or after:
        return False
    if piece.role in ("quote", "subhead"):
        return True
    return len(piece.parents) > 1 and piece.parents[-1].tag == "p" and piece.parents[-2] in siblings


def _refuse_no_article(page: Page, pieces: Sequence[Piece], name: str) -> None:
    prose = [block.text for block in page.blocks if block.role in ("body", "quote") and is_prose(block.text, words=5)]
    words = sum(map(word_count, prose))
    if words < _WALL_WORDS:
        said = " ".join([page.title or "", *(piece.text for piece in pieces[:200] if piece.link_share < 1)])[:5000]
        for reason, pattern in lexicon().walls:
            if pattern.search(said) and words < _WALL_WORDS:
                raise NoArticleError(f"no article on the page: it looks like {reason}", source=name)
    if words < MIN_PROSE_WORDS or not any(map(ends_sentence, prose)):
        raise NoArticleError("no article on the page", source=name)
    linked = sum(piece.linked for piece in pieces)
    if words < 60 and linked > 6 * len(" ".join(prose)):
        raise NoArticleError("no article on the page: it is a list of links", source=name)


def _complete(page: Page, metadata: Metadata) -> None:
    page.title = metadata.title or page.title
    page.byline = metadata.byline or page.byline
    page.outlet = metadata.outlet or page.outlet
    page.url = metadata.url
    page.published = metadata.published or page.published or metadata.url_date
