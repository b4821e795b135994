"""What a page's markup says of the article: title, byline, outlet, address, language, day of publication."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.html import HtmlElement
from lxml.html.builder import BODY, HEAD, HTML
from trafilatura import extract_metadata

from dragoman.reading.lexicon import lexicon
from dragoman.reading.markup import words_of
from dragoman.reading.normalise import normalise, one_line
from dragoman.reading.page import key, word_count
from dragoman.reading.published import EARLIEST, date_in, url_date

# Fixed, where htmldate would take today: what is read today and next year must not differ.
_LATEST = date(2199, 12, 31)
_MAX_JSON_NODES = 5_000
_ARTICLE_TYPES = re.compile(r"(?:article|blogposting|report|posting)$", re.IGNORECASE)
# dates of a page that are not the report's publication
_OTHER_DATE = re.compile(r"modif|updat|copyright|expir|revis|crawl|valid|event|birth|start|end", re.IGNORECASE)
_OF_PUBLICATION = re.compile(
    r"publish|pubdate|posted|post-date|entry-date|dateline|timestamp|byline|article", re.IGNORECASE
)
_ELSEWHERE = re.compile(
    r"(?<![^\s_-])(?:related|comments?|sidebar|recommended|promo|teaser|most-read|feed)(?![^\s_-])", re.I
)
_SITE = re.compile(r"\s+(?:[|»·]|[-–—])\s+([^|»·]{2,60})$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the markup says; None where it says nothing. ``url_date`` is the day in the page's address."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    description: str | None = None
    published: date | None = None
    url_date: date | None = None


def metadata_of(tree: HtmlElement, *, url: str | None) -> Metadata:
    """The metadata of a parsed page, by JSON-LD, OpenGraph, meta elements and, for the title, its first heading."""
    found = _library(tree, url)
    outlet = _text(found.get("sitename"))
    address = _address(found.get("url"), url)
    title = _title(tree, _text(found.get("title")), outlet)
    return Metadata(
        title=title,
        byline=_author(_text(found.get("author"))),
        outlet=outlet or _site_in_title(tree, title),
        url=address,
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        description=_text(found.get("description")),
        published=_json_date(tree) or _markup_date(tree),
        url_date=url_date(address) if address else None,
    )


def _library(tree: HtmlElement, url: str | None) -> dict[str, Any]:
    try:
        document = extract_metadata(tree, default_url=url, date_config=_date_options(), extensive=False)
    except Exception:  # the metadata of a damaged page is what its text still tells
        return {}
    return {name: getattr(document, name, None) for name in ("title", "author", "sitename", "url", "description")}


def _date_options() -> dict[str, Any]:
    return {
        "extensive_search": False,
        "original_date": True,
        "min_date": EARLIEST.isoformat(),
        "max_date": _LATEST.isoformat(),
        "deferred_url_extractor": True,
    }


def _text(value: object) -> str | None:
    return one_line(normalise(value)) or None if isinstance(value, str) else None


def _title(tree: HtmlElement, found: str | None, outlet: str | None) -> str | None:
    """The heading that the metadata mean, as it is printed; else theirs, without the site's name."""
    bare = _without_site(found, outlet) if found else None
    headings = [one_line(normalise("".join(h1.itertext()))) for h1 in tree.iterfind(".//h1")][:20]
    headings = [heading for heading in headings if 2 <= word_count(heading) <= 60]
    matching = [heading for heading in headings if bare and _alike(heading, bare)]
    if matching:
        return matching[0]
    return headings[0] if len(headings) == 1 and key(headings[0]) != key(outlet or "") else bare


def _site_in_title(tree: HtmlElement, title: str | None) -> str | None:
    """What the window's title adds to the article's: "Envoys meet in Oslo | The Harbour Post"."""
    window = one_line(normalise(tree.findtext(".//title") or ""))
    match = _SITE.search(window)
    named = match and title and key(window).startswith(key(title)) and word_count(match[1]) <= 5
    return match[1].strip() if match and named else None


def _author(name: str | None) -> str | None:
    return None if name is None or lexicon().no_authors.fullmatch(name) else name


def _alike(heading: str, title: str) -> bool:
    one, other = set(heading.casefold().split()), set(title.casefold().split())
    return len(one & other) >= 0.5 * min(len(one), len(other))


def _without_site(title: str, outlet: str | None) -> str:
    match = _SITE.search(title)
    site = key(match[1]) if match else ""
    named = bool(outlet and site and (site in key(outlet) or key(outlet) in site))
    return title[: match.start()] if match and (named or "|" in match[0]) else title


def _address(found: object, given: str | None) -> str | None:
    """The canonical address where it names this page; sites that give their front page as such are not believed."""
    canonical = found if isinstance(found, str) and found.startswith(("http://", "https://")) else None
    try:
        front_page = canonical is not None and urlsplit(canonical).path in ("", "/")
        if given and front_page and urlsplit(given).path not in ("", "/"):
            return given
    except ValueError:
        return given
    return canonical or given


def _json_date(tree: HtmlElement) -> date | None:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "null", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names):
                found = date_in(str(node.get("datePublished") or node.get("dateCreated") or ""))
                if found:
                    return found
    return None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block, outermost first."""
    waiting, count = [data], 0
    while waiting and count < _MAX_JSON_NODES:
        node, count = waiting.pop(0), count + 1
        if isinstance(node, dict):
            yield node
            waiting.extend(node.get(part) for part in ("@graph", "mainEntity", "itemListElement") if node.get(part))
        elif isinstance(node, list):
            waiting.extend(node[:_MAX_JSON_NODES])


def _markup_date(tree: HtmlElement) -> date | None:
    """The day that meta elements and the time elements of the article's head give, read by htmldate.

    htmldate sees those elements alone: on the whole page it would fall back on any date, a copyright year included.
    """
    page = HTML(HEAD(*_date_metas(tree)), BODY(*_times(tree)))
    if not len(page[0]) and not len(page[1]):
        return None
    try:
        found = find_date(page, **_date_options())
    except Exception:  # a date that a library trips over is no date the page says
        return None
    return date_in(found) if found else None


def _date_metas(tree: HtmlElement) -> list[HtmlElement]:
    metas = []
    for meta in tree.iterfind(".//meta"):
        named = " ".join(meta.get(name, "") for name in ("name", "property", "itemprop", "pubdate"))
        if named.strip() and not _OTHER_DATE.search(named.replace("dateline", "")) and meta.get("http-equiv") is None:
            metas.append(_copy(meta))
    return metas


def _copy(element: HtmlElement) -> HtmlElement:
    copied = element.makeelement(element.tag, dict(element.attrib))
    copied.text = element.text_content() if element.tag != "meta" else None
    return copied


def _times(tree: HtmlElement) -> list[HtmlElement]:
    """The time elements that stand over the article or are marked as its publication."""
    found = []
    for time in tree.iterfind(".//time"):
        around = [time, *list(time.iterancestors())[:4]]
        names = " ".join(map(words_of, around))
        if (
            _OTHER_DATE.search(words_of(time))
            or _ELSEWHERE.search(names)
            or any(e.tag in ("aside", "p", "footer") for e in around)
        ):
            continue
        before = (time.text_content() or "") + (time.getparent().text or "")
        if not re.search(r"updat|modif", before, re.IGNORECASE):
            found.append(time)
    marked = [time for time in found if time.get("pubdate") is not None or _OF_PUBLICATION.search(words_of(time))]
    return [_copy(time) for time in (marked or found)[:1]]
