"""What a source is by its name: a page, or something that holds many documents; and how it is packed."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

Kind = Literal["page", "warc", "jsonl", "parquet", "feed"]
Packing = Literal["gz", "zst"]

PAGE_SUFFIXES = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml"})
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(PAGE_SUFFIXES, "page"),
    # Common Crawl calls the text of its pages .warc.wet.gz
    **dict.fromkeys((".warc", ".wet"), "warc"),
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonlines", ".jl"), "jsonl"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
    **dict.fromkeys((".rss", ".atom", ".rdf"), "feed"),
}
SUFFIXES = frozenset(_KINDS)
_PACKINGS: dict[str, Packing] = {".gz": "gz", ".gzip": "gz", ".zst": "zst", ".zstd": "zst"}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# how sites write the addresses of their feeds: /rss, /feed/, /feeds/world.xml, /index.xml, ?feed=rss2
_FEED_ADDRESS = re.compile(r"(?:^|[/_.=-])(?:rss2?|atom|feeds?|rdf)(?:[/_.-]|$)|\.xml$", re.IGNORECASE)


def is_address(name: str) -> bool:
    """Whether a name has a scheme: ``https://``, ``s3://``, ``memory://``."""
    return _ADDRESS.match(name) is not None


def is_web(name: str) -> bool:
    """Whether a name is one of the web, which is fetched; other addresses are paths of a store."""
    return name.casefold().startswith(("http://", "https://"))


def unpacked_name(name: str) -> tuple[str, Packing | None]:
    """A name without the suffix of its packing, and that packing."""
    path = _path(name)
    packing = _PACKINGS.get(path.suffix.casefold())
    return (str(path.with_suffix("")), packing) if packing else (str(path), None)


def page_suffix(name: str) -> str:
    """The suffix that says what a page is, in lower case: ``.html`` for ``report.HTML.gz``; empty where none does."""
    suffix = _suffix(name)
    return suffix if suffix in PAGE_SUFFIXES else ""


def kind_of(name: str) -> Kind | None:
    """What a source of this name is; None where the name does not tell."""
    found = _KINDS.get(_suffix(name))
    if found is None and is_web(name) and _is_feed_address(name):
        return "feed"
    return found


def _suffix(name: str) -> str:
    return PurePosixPath(unpacked_name(name)[0]).suffix.casefold()


def _is_feed_address(name: str) -> bool:
    try:
        parts = urlsplit(name)
    except ValueError:
        return False
    return any(_FEED_ADDRESS.search(part) for part in (parts.path.casefold(), parts.query.casefold()))


def _path(name: str) -> PurePosixPath:
    if not is_web(name):
        return PurePosixPath(name or "-")
    try:
        return PurePosixPath(urlsplit(name).path or "/")
    except ValueError:
        return PurePosixPath("/")
