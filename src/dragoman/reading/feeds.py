"""News feeds, RSS and Atom: what each of their entries is and where its article is to be had."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import blake2b
from html import escape
from importlib.util import find_spec
from typing import Any, Self
from xml.sax import SAXException

from dragoman.errors import FormatError, MissingError, SourceError
from dragoman.reading.document import Document, Said, failed
from dragoman.reading.fragments import as_page
from dragoman.reading.page import word_count
from dragoman.reading.polite import Visitor
from dragoman.reading.rows import day_of

# What a feed gives as the content of an entry is the article, unless it is as short as a standfirst; what it gives as
# the description is a standfirst, unless it is as long as an article.
CONTENT_WORDS = 50
DESCRIPTION_WORDS = 150
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed. ``text`` is the article as HTML where the feed gives it whole, ``published`` ISO 8601."""

    feed: str
    id: str | None = None
    link: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    changed: str | None = None
    text: str | None = None
    short: str | None = None

    @property
    def name(self) -> str:
        """What messages call it: the feed and the entry's own address, name or title."""
        return f"{self.feed}, {self.link or self.id or self.title or 'an entry without a name'}"

    @property
    def mark(self) -> str:
        """``e`` and 32 hexadecimal digits: another for another entry, and for the same one changed.

        An entry that gives its text changes with that; one that only points to a page when it says so.
        """
        content = (self.title, self.text) if self.text else (self.title, self.short, self.changed)
        told = repr((self.id, self.link, content)).encode("utf-8", "surrogatepass")
        return "e" + blake2b(told, digest_size=16).hexdigest()

    def dump(self) -> dict[str, str | None]:
        """The entry as plain data, for the record."""
        return asdict(self)

    @classmethod
    def restored(cls, told: dict[str, str | None]) -> Self:
        """The entry of plain data."""
        return cls(**told)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read. ``damage`` says what is wrong with its markup; its entries were found all the same."""

    title: str | None
    entries: tuple[Entry, ...]
    damage: str | None = None


def is_feed(data: bytes) -> bool:
    """Whether the bytes begin as a feed does."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf", b"<!--")) and any(
        mark in start for mark in (b"<rss", b"<feed", b"<rdf:rdf")
    )


def need() -> None:
    """Raises MissingError where a package that feeds need is not installed."""
    for package in ("feedparser", "protego"):
        if find_spec(package) is None:
            raise MissingError("watching feeds", package=package, extra="sources")


def parse(data: bytes, *, name: str, content_type: str | None = None) -> Feed:
    """The feed in the bytes of a file or an answer. Raises FormatError where it is none, MissingError without
    feedparser."""
    try:
        import feedparser
    except ImportError:
        raise MissingError(f"{name}: reading a feed", package="feedparser", extra="sources") from None
    heads = {"content-location": name, "content-type": _media_type(data, content_type)}
    found = feedparser.parse(io.BytesIO(data), response_headers=heads)
    if not found.get("version") and not found.entries:
        raise FormatError("this is no feed: neither RSS nor Atom", source=name)
    outlet = _line(found.feed.get("title"))
    entries = tuple(_entry(each, name, outlet) for each in found.entries)
    trouble = found.get("bozo_exception")
    damage = f"its markup is damaged: {trouble}" if isinstance(trouble, SAXException) else None
    return Feed(outlet, entries, damage)


def _media_type(data: bytes, content_type: str | None) -> str:
    """What the server says that it is; what is UTF-8 is taken for UTF-8, whatever is said."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return content_type or "application/xml"
    return "application/xml; charset=utf-8"


def documents(data: bytes, *, name: str, visitor: Visitor, content_type: str | None = None) -> Iterator[Document]:
    """The documents of a feed's entries, each once; what is only pointed to is fetched, as the site allows."""
    feed = parse(data, name=name, content_type=content_type)
    seen = set()
    for entry in feed.entries:
        if entry.mark not in seen:
            seen.add(entry.mark)
            yield replace(fetched(entry, visitor), mark=None)
    if feed.damage:
        yield failed(name, feed.damage, source=name)


def fetched(entry: Entry, visitor: Visitor) -> Document:
    """The document of an entry, with its page fetched if need be; a page that is not to be had is one that says so.

    What may be had later says so too: see :func:`document` for who can wait.
    """
    try:
        return document(entry, visitor)
    except SourceError as error:
        return failed(entry.name, error, source=entry.feed, url=entry.link)


def told(entry: Entry) -> Document:
    """The document of an entry as far as the feed itself tells it, without a page that would have to be fetched."""
    data = as_page(entry.text, title=entry.title).encode("utf-8", "replace") if entry.text else b""
    # of a text that the feed gives there is no page to know better
    whole = entry.text is not None
    said = Said(entry.title, entry.byline, entry.outlet, _day(entry.published), wins=whole, basis="feed")
    return Document(
        entry.name, entry.feed, data, url=entry.link, said=said, own_id=entry.id, mark=entry.mark,
        format="html" if entry.text else "auto",
    )  # fmt: skip


def document(entry: Entry, visitor: Visitor) -> Document:
    """The document of an entry, with its page fetched if need be.

    Raises :class:`~dragoman.reading.polite.LaterError` and :class:`~dragoman.errors.SourceError` as
    :meth:`Visitor.page`, and where the entry gives neither a text nor a link.
    """
    known = told(entry)
    if entry.text:
        return known
    if not entry.link:
        raise SourceError("the entry has neither a text nor a link", source=entry.name)
    answer = visitor.page(entry.link)
    return replace(known, data=answer.data, content_type=answer.content_type)


def _entry(parsed: Any, feed: str, outlet: str | None) -> Entry:
    # feedparser's own lookup gives "updated" the day of publication, with a warning
    found: dict[str, Any] = {name: dict.get(parsed, name) for name in dict.keys(parsed)}
    content = _markup(next(iter(found.get("content") or ()), None))
    description = _markup(found.get("summary_detail"))
    link = _line(found.get("link"))
    text = content if _is_whole(content, CONTENT_WORDS) else description
    whole = _is_whole(content, CONTENT_WORDS) or _is_whole(description, DESCRIPTION_WORDS)
    return Entry(
        feed=feed,
        id=_line(found.get("id")),
        link=link if link and link.startswith(("http://", "https://")) else None,
        title=_line(found.get("title")),
        byline=_line(found.get("author")),
        outlet=_line((found.get("source") or {}).get("title")) or outlet,
        published=_published(found),
        changed=_line(found.get("updated")) or _line(found.get("published")),
        text=text or content if whole or not link else None,
        short=description,
    )


def _is_whole(markup: str | None, words: int) -> bool:
    return markup is not None and word_count(_TAG.sub(" ", markup)) >= words


def _markup(detail: Any) -> str | None:
    """The HTML of a text construct; plain text as paragraphs."""
    value = str((detail or {}).get("value") or "")
    if not value.strip():
        return None
    if "html" in str(detail.get("type")):
        return value if "<p" in value else f"<p>{value}</p>"
    return "".join(f"<p>{escape(part)}</p>" for part in value.split("\n") if part.strip())


def _published(found: dict[str, Any]) -> str | None:
    """The day as the feed writes it; else as it stands in UTC."""
    for name in ("published", "created", "updated"):
        written = _line(found.get(name))
        try:
            day = day_of(written)
        except ValueError:
            parsed = found.get(f"{name}_parsed")
            day = date(*parsed[:3]) if parsed else None
        if day is not None:
            return day.isoformat()
    return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _line(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
