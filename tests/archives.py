"""Pages, and the archives, tables and feeds that hold them, made for the tests of sources that hold many documents."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from fastwarc.stream_io import ZstdWriter

# Enough words for a page to be an article; the visitors make each text another one.
_VISITORS = ("Norway", "Chile", "Kenya", "Portugal", "Japan", "Egypt", "Peru", "Ghana", "Nepal", "Iceland")
_HOSTS = ("Somalia", "Denmark", "Turkey", "Greece", "Oman", "Fiji", "Cuba", "Qatar", "Malta", "Laos")
GERMAN = (
    "Die Außenministerin von Norwegen ist am Montag nach Santiago gereist, um mit ihrem chilenischen Kollegen über "
    "die Fischerei zu sprechen. Beide Seiten haben nach dem Treffen erklärt, dass sie ihre Zusammenarbeit vertiefen "
    "wollen und dass im Herbst ein weiteres Gespräch in Oslo folgen soll."
)


def title(number: int) -> str:
    """The headline of the article of this number."""
    return f"{_VISITORS[number % 10]} and {_HOSTS[number // 10 % 10]} hold talks, part {number}"


def text(number: int) -> str:
    """The article of this number: three paragraphs, different for each."""
    visitor, host = _VISITORS[number % 10], _HOSTS[number // 10 % 10]
    return (
        f"The foreign minister of {visitor} met the president of {host} on Monday to talk about trade and fishing, "
        f"the ministry said in statement {number}.\n\n"
        f"Officials of {host} said that the two countries would sign an agreement on ports by the end of the year.\n\n"
        f"The two governments last met in the spring, when {visitor} offered to lend {host} money for a new harbour."
    )


def page(number: int, *, lang: str = "en", body: str | None = None, day: str | None = "2024-03-05") -> bytes:
    """The article of this number as a page of a news site."""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in (body or text(number)).split("\n\n"))
    meta = f'<meta property="article:published_time" content="{day}T09:30:00Z">' if day else ""
    head = f'<head><meta charset="utf-8"><title>{escape(title(number))}</title>{meta}</head>'
    links = "".join(f'<li><a href="/{at}">Section {at}</a></li>' for at in range(8))
    main = f"<main><article><h1>{escape(title(number))}</h1>{paragraphs}</article></main>"
    return f'<!doctype html><html lang="{lang}">{head}<body><nav><ul>{links}</ul></nav>{main}</body></html>'.encode()


def response(
    body: bytes,
    *,
    url: str = "https://news.example/1",
    kind: str = "response",
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
    heads: Mapping[str, str] | None = None,
    day: str = "2024-03-06",
) -> bytes:
    """A WARC record of a server's answer, or of another kind with the same content."""
    said = {**({"Content-Type": content_type} if content_type else {}), **(heads or {})}
    http = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return record(f"HTTP/1.1 {status}\r\n{http}\r\n".encode() + body, url=url, kind=kind, day=day)


def record(
    block: bytes,
    *,
    url: str = "https://news.example/1",
    kind: str = "response",
    content_type: str = "application/http; msgtype=response",
    day: str = "2024-03-06",
    length: int | None = None,
) -> bytes:
    """A WARC record of any content; ``length`` is the one it claims."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:12345678-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: {day}T10:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def gz(*parts: bytes) -> bytes:
    """Each part as a member of its own, as WARC files are packed; the same bytes on every run."""
    return b"".join(gzip.compress(part, mtime=0) for part in parts)


def zst(*parts: bytes) -> bytes:
    """Each part as a frame of its own."""
    packed = io.BytesIO()
    writer = ZstdWriter(packed)
    for part in parts:
        writer.write(part)
        writer.finish()
    writer.close()
    return packed.getvalue()


def jsonl(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A JSON object on each line."""
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows).encode()


def rss(*items: str, more: str = "") -> bytes:
    """An RSS feed of these items; ``more`` stands after the last of them."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Harbour Post</title>'
        f"<link>https://harbour.example/</link>{''.join(items)}{more}</channel></rss>"
    ).encode()


def item(
    number: int, *, link: str | None = None, whole: bool = False, guid: str | None = None, body: str | None = None
) -> str:
    """An item of RSS: with its whole text, or a link to it and a standfirst."""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in (body or text(number)).split("\n\n"))
    return (
        f"<item><title>{escape(title(number))}</title>"
        + (f"<link>{escape(link)}</link>" if link else "")
        + (f'<guid isPermaLink="false">{escape(guid)}</guid>' if guid else "")
        + f"<pubDate>Tue, 05 Mar 2024 09:{number % 60:02}:00 +0000</pubDate><description>In short.</description>"
        + (f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded>" if whole else "")
        + "</item>"
    )
