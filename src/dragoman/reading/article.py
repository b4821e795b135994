"""A page becomes an Article: paragraphs with offsets, and an id that its content alone decides."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b

from dragoman.model import PARAGRAPH_BREAK, Article, Paragraph, PublishedBasis
from dragoman.reading.origin import is_own
from dragoman.reading.page import Block, Page


def article_id(*, url: str | None, outlet: str | None, text: str) -> str:
    """``a`` and 16 hexadecimal digits of BLAKE2b over address, outlet and text; the same on every machine."""
    content = "\x00".join((url or "", outlet or "", text))
    return "a" + blake2b(content.encode("utf-8"), digest_size=8).hexdigest()


def paragraphs_of(blocks: list[Block]) -> tuple[Paragraph, ...]:
    """Blocks as paragraphs; each start counts code points of the text that joins them all."""
    start, paragraphs = 0, []
    for block in blocks:
        paragraphs.append(Paragraph(block.text, block.role, start, block.credit))
        start += len(block.text) + len(PARAGRAPH_BREAK)
    return tuple(paragraphs)


def article_of(page: Page, *, url: str | None, outlet: str | None, published: date | None) -> Article:
    """The article a page holds. What the caller gives of outlet and date wins over what the page says."""
    headline = [Block(page.title, "headline")] if page.title else []
    paragraphs = paragraphs_of(headline + page.blocks)
    text = PARAGRAPH_BREAK.join(paragraph.text for paragraph in paragraphs)
    url, outlet = page.url or url, outlet or page.outlet
    basis: PublishedBasis = "given" if published else "page" if page.published else "unknown"
    return Article(
        id=article_id(url=url, outlet=outlet, text=text),
        paragraphs=paragraphs,
        title=page.title,
        url=url,
        outlet=outlet,
        byline=page.byline,
        published=published or page.published,
        published_basis=basis,
        language=page.language,
        credit=page.credit if page.credit and not is_own(page.credit, outlet) else None,
    )
