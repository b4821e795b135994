"""One source's bytes or text to one Article."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from dragoman.errors import FormatError, NoArticleError
from dragoman.model import Article
from dragoman.reading.arrange import arrange
from dragoman.reading.article import article_of
from dragoman.reading.decode import decode
from dragoman.reading.document import NOTHING_SAID, Format, Said
from dragoman.reading.fragments import as_page, is_page, tags_in
from dragoman.reading.kinds import page_suffix
from dragoman.reading.language import language_of
from dragoman.reading.normalise import normalise
from dragoman.reading.page import Page, refuse_long
from dragoman.reading.sources import MAX_BYTES
from dragoman.reading.text import blocks_of

_HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
_TEXT_SUFFIXES = {".txt", ".text", ".md"}
_FEED = re.compile(r"^\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.I)
_SNIFFED = 8192


def read_bytes(
    data: bytes,
    *,
    name: str,
    url: str | None = None,
    outlet: str | None = None,
    published: date | None = None,
    format: Format = "auto",
    content_type: str | None = None,
    said: Said = NOTHING_SAID,
    own_id: str | None = None,
) -> Article:
    """The article in the bytes of one source. ``name`` is what messages call the source; it does not enter the id.

    ``published`` and ``outlet`` win over what the page says; ``content_type`` is the HTTP header's value. ``said`` and
    ``own_id`` are what the holder of the document tells of it. Raises :class:`~dragoman.errors.FormatError` (empty,
    binary, damaged, too large), :class:`~dragoman.errors.NoArticleError` and :class:`~dragoman.errors.LanguageError`.
    """
    if len(data) > MAX_BYTES:
        raise FormatError(f"larger than {MAX_BYTES // 1_000_000} MB", source=name)
    text = decode(data, name=name, content_type=content_type)
    return read_text(
        text, name=name, url=url, outlet=outlet, published=published, format=format, content_type=content_type,
        said=said, own_id=own_id,
    )  # fmt: skip


def read_text(
    text: str,
    *,
    name: str = "text",
    url: str | None = None,
    outlet: str | None = None,
    published: date | None = None,
    format: Format = "auto",
    content_type: str | None = None,
    said: Said = NOTHING_SAID,
    own_id: str | None = None,
) -> Article:
    """As :func:`read_bytes`, of text that is decoded already; a single sentence is an article of one paragraph."""
    if len(text) > MAX_BYTES:
        raise FormatError(f"larger than {MAX_BYTES // 1_000_000} million characters", source=name)
    if format == "auto":
        format = _sniffed(text, name, content_type)
    page = _html_page(text, name, url, said) if format == "html" else _text_page(text, name, said)
    article = article_of(page, url=url, outlet=outlet, published=published, said=said, own_id=own_id)
    if not article.paragraphs:
        raise NoArticleError("no article was found in it", source=name)
    return article


def _sniffed(text: str, name: str, content_type: str | None) -> Literal["html", "text"]:
    """What the text is by its own look first; its name and its content type decide where the look does not."""
    start = text[:_SNIFFED]
    if _FEED.match(start):
        raise FormatError("this is a feed or a sitemap, not an article", source=name)
    if is_page(start):
        return "html"
    said = page_suffix(name) in _HTML_SUFFIXES or "html" in (content_type or "").casefold()
    plain = page_suffix(name) in _TEXT_SUFFIXES
    tags = tags_in(start)
    return "html" if (said and tags) or tags >= (6 if plain else 2) else "text"


def _text_page(text: str, name: str, said: Said) -> Page:
    refuse_long(name, characters=len(text))
    blocks = blocks_of(normalise(text))
    refuse_long(name, blocks=len(blocks))
    page = arrange(blocks, title=said.title if said.wins else None)
    body = " ".join(block.text for block in page.blocks) or page.title or ""
    if not any(character.isalnum() for character in body):
        raise NoArticleError("there are no words in it", source=name)
    page.language = language_of(body, name=name, declared=said.language)
    return page


def _html_page(text: str, name: str, url: str | None, said: Said) -> Page:
    # an HTML library loads slower than a sentence is read
    from dragoman.reading.html import read_html

    if said.title is not None and not is_page(text[:_SNIFFED]):
        text = as_page(text, title=said.title)
    return read_html(text, name=name, url=url)
