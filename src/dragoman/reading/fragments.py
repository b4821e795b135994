"""HTML that is a part of a page, as feeds and tables hold it: an article's paragraphs without the page around them."""

from __future__ import annotations

import re
from html import escape

_TAG = re.compile(
    r"</?(?:html|head|body|div|p|article|section|h[1-6]|span|title|meta|table|br|a|ul|li)(?:\s[^<>]{0,300})?/?>", re.I
)
_PAGE = re.compile(
    r"^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def is_page(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _PAGE.match(text) is not None


def tags_in(text: str) -> int:
    """How many tags of HTML a text holds."""
    return len(_TAG.findall(text))


def as_page(markup: str, *, title: str | None) -> str:
    """A page around a part of one, so that it is read as the article of that page."""
    heading = escape(title or "", quote=False)
    head = f"<title>{heading}</title>" if heading else ""
    over = f"<h1>{heading}</h1>" if heading else ""
    return f"<!doctype html><html><head>{head}</head><body><main><article>{over}{markup}</article></main></body></html>"
