"""A page becomes an Article: paragraphs with offsets, and an id that its content alone decides."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b

from dragoman.model import PARAGRAPH_BREAK, Article, Paragraph, PublishedBasis
from dragoman.reading.document import NOTHING_SAID, Said
from dragoman.reading.origin import is_own
from dragoman.reading.page import Block, Page


def article_id(*, url: str | None, outlet: str | None, text: str, own_id: str | None = None) -> str:
    """``a`` and 16 hexadecimal digits of BLAKE2b over address, outlet and text; the same on every machine.

    ``own_id`` is what its holder calls an article that has no address.
    """
    content = "\x00".join((url or own_id or "", outlet or "", text))
    return "a" + blake2b(content.encode("utf-8"), digest_size=8).hexdigest()


def paragraphs_of(blocks: list[Block]) -> tuple[Paragraph, ...]:
    """Blocks as paragraphs; each start counts code points of the text that joins them all."""
    start, paragraphs = 0, []
    for block in blocks:
        paragraphs.append(Paragraph(block.text, block.role, start, block.credit))
        start += len(block.text) + len(PARAGRAPH_BREAK)
    return tuple(paragraphs)


def article_of(
    page: Page,
    *,
    url: str | None,
    outlet: str | None,
    published: date | None,
    said: Said = NOTHING_SAID,
    own_id: str | None = None,
) -> Article:
    """The article a page holds. What the user gives of outlet and date wins over what the page says; what its holder
    says goes before both, or after them, as :class:`Said` has it."""
    title = _first(said, said.title, None, page.title)
    headline = [Block(title, "headline")] if title else []
    paragraphs = paragraphs_of(headline + page.blocks)
    text = PARAGRAPH_BREAK.join(paragraph.text for paragraph in paragraphs)
    url, outlet = page.url or url, _first(said, said.outlet, outlet, page.outlet)
    day, basis = _published(said, published, page.published)
    return Article(
        id=article_id(url=url, outlet=outlet, text=text, own_id=own_id),
        paragraphs=paragraphs,
        title=title,
        url=url,
        outlet=outlet,
        byline=_first(said, said.byline, None, page.byline),
        published=day,
        published_basis=basis,
        language=page.language,
        credit=page.credit if page.credit and not is_own(page.credit, outlet) else None,
    )


def _first(said: Said, holder: str | None, user: str | None, page: str | None) -> str | None:
    return (holder or user or page) if said.wins else (user or page or holder)


def _published(said: Said, user: date | None, page: date | None) -> tuple[date | None, PublishedBasis]:
    holder: tuple[date | None, PublishedBasis] = said.published, said.basis
    own: list[tuple[date | None, PublishedBasis]] = [(user, "given"), (page, "page")]
    ways = [holder, *own] if said.wins else [*own, holder]
    return next(((day, basis) for day, basis in ways if day), (None, "unknown"))
