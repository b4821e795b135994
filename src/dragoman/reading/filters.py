"""Which documents a user wants: by host, language and day of publication; each that is not says why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from dragoman.model import Article
from dragoman.reading.document import Document
from dragoman.reading.language import english_share

# Clocks of servers and of crawlers may lie in different time zones.
_ZONES = timedelta(days=1)
_LANG = re.compile(rb"<html[^>]{0,400}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})(?=[\"'\s>_-])", re.IGNORECASE)
_NOT_WORDS = re.compile(rb"<script\b.*?</script>|<style\b.*?</style>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_LOOKED_AT = 200_000
# English pages, menus and all, have 13 in a hundred function words at least (the project's own: 20 to 40), pages in
# other languages under 5: a page that says it is not English and has so few is believed without being taken apart.
_FOREIGN_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; what is empty or None does not matter. ``hosts`` stand for those below them too."""

    hosts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    def before(self, document: Document) -> str | None:
        """Why a document is left out, as far as can be told without reading it; None where it is to be read."""
        return (
            self._host(document.url, known=document.url is not None)
            or self._language(document)
            or self._not_yet(document.until)
            or (self._day(document.said.published) if document.said.published else None)
        )

    def after(self, article: Article, *, url: str | None) -> str | None:
        """Why an article is left out, now that it is known when it was published, and where, if ``url`` did not say."""
        return self._host(article.url, known=url is None) or self._day(article.published)

    def language(self, code: str | None) -> str | None:
        """Why a text in a language is left out; None where it is wanted, or no language is asked for."""
        if not self.languages or code is None or code in self.languages:
            return None
        return f"language {code}"

    def _host(self, url: str | None, *, known: bool) -> str | None:
        if not self.hosts or not known:
            return None
        host = host_of(url)
        if host is None:
            return "no host is known"
        wanted = any(host == each or host.endswith(f".{each}") for each in self.hosts)
        return None if wanted else "another host"

    def _language(self, document: Document) -> str | None:
        if not self.languages:
            return None
        if document.said.language is not None and document.said.wins:
            return self.language(document.said.language)
        declared = _declared(document.data)
        reason = self.language(declared)
        return reason if reason and not _is_english(document.data) else None

    def _not_yet(self, until: date | None) -> str | None:
        """What was collected before the first day wanted was published before it."""
        if until is None or self.first is None or until + _ZONES >= self.first:
            return None
        return f"published before {self.first}"

    def _day(self, day: date | None) -> str | None:
        if self.first is None and self.last is None:
            return None
        if day is None:
            return "no day of publication is known"
        if self.first is not None and day < self.first:
            return f"published before {self.first}"
        return f"published after {self.last}" if self.last is not None and day > self.last else None


EVERYTHING = Wanted()


def host_of(url: str | None) -> str | None:
    """The host of an address in small letters; None where it has none."""
    try:
        return (urlsplit(url or "").hostname or "").rstrip(".") or None
    except ValueError:
        return None


def _declared(data: bytes) -> str | None:
    found = _LANG.search(data[:4096])
    return found[1].decode("ascii").casefold() if found else None


def _is_english(data: bytes) -> bool:
    words = _NOT_WORDS.sub(b" ", data[:_LOOKED_AT]).decode("utf-8", "replace")
    return english_share(words) > _FOREIGN_SHARE
