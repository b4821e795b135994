"""Visits web addresses as a guest: by the rules of robots.txt, not too often, and not before a server asks to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from dragoman.errors import MissingError, SourceError
from dragoman.reading.fetch import REDIRECTS, Answer, UnreachableError, request
from dragoman.reading.sources import MAX_BYTES

if TYPE_CHECKING:
    from protego import Protego

# by this name robots.txt can speak to us; the user agent begins with it
ROBOT = "dragoman"
# between two requests to one host; a person who reads quickly asks no faster
DELAY_SECONDS = 2.0
# a server that asks for more has its pages read slowly, not never
MOST_DELAY_SECONDS = 60.0
# RFC 9309: kept at most a day (2.4); its first 500 KiB at least are read (2.5)
_ROBOTS_SECONDS, _ROBOTS_BYTES = 86_400.0, 512_000
# a robots.txt that could not be had is asked for again after this
_ROBOTS_AGAIN_SECONDS = 300.0
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


class RefusedError(SourceError):
    """The site's robots.txt does not allow it."""


class LaterError(SourceError):
    """It cannot be had now, but perhaps later: ``seconds`` is how long the server asks to wait, if it says."""

    def __init__(self, reason: str, *, source: str, seconds: float | None = None) -> None:
        super().__init__(reason, source=source)
        self.seconds = seconds


@dataclass(slots=True)
class _Site:
    """What is known of one host: when it may be asked again, and its robots.txt with the moment it grows old."""

    free: float = 0.0
    robots: Protego | None = None
    robots_until: float = 0.0
    trouble: str | None = None


@dataclass(slots=True)
class Visitor:
    """Asks servers, each at most every ``delay`` seconds. ``clock`` and ``sleep`` count seconds."""

    delay: float = DELAY_SECONDS
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    _sites: dict[str, _Site] = field(default_factory=dict)

    def wait(self, url: str) -> float:
        """Seconds until the host of an address may be asked."""
        return max(0.0, self._site(url).free - self.clock())

    def page(self, url: str) -> Answer:
        """The page at an address, after the redirects that the rules allow.

        Raises RefusedError, LaterError, and SourceError where there is no page to be had.
        """
        for _ in range(REDIRECTS + 1):
            self._ask_leave(url)
            answer = self._request(url, limit=MAX_BYTES)
            if not (300 <= answer.status < 400 and answer.location):
                return _successful(answer, url)
            url = urljoin(url, answer.location)
        raise SourceError("too many redirects", source=url)

    def feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """A feed that the user named himself: 200 with its bytes, or 304 where it is as ``etag`` or ``modified`` say.

        Raises LaterError, and SourceError where there is none to be had.
        """
        said = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in said.items() if value is not None}
        headers["Accept"] = "application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.1"
        answer = self._request(url, limit=MAX_BYTES, headers=headers, redirects=REDIRECTS)
        return answer if answer.status == 304 else _successful(answer, url)

    def _request(
        self, url: str, *, limit: int, headers: Mapping[str, str] | None = None, redirects: int = 0, cut: bool = False
    ) -> Answer:
        site = self._site(url)
        self.sleep(self.wait(url))
        try:
            answer = request(url, limit=limit, headers=headers, redirects=redirects, cut=cut)
        except UnreachableError as error:
            raise LaterError(error.reason, source=url) from error
        finally:
            site.free = self.clock() + self._delay(site)
        if answer.status in (429, 503) and answer.retry_after:
            site.free = max(site.free, self.clock() + answer.retry_after)
        return answer

    def _delay(self, site: _Site) -> float:
        asked = site.robots.crawl_delay(ROBOT) if site.robots is not None else None
        return max(self.delay, min(float(asked or 0.0), MOST_DELAY_SECONDS))

    def _ask_leave(self, url: str) -> None:
        site = self._site(url)
        if self.clock() >= site.robots_until:
            self._read_robots(url, site)
        if site.trouble is not None:
            raise LaterError(f"the site's robots.txt cannot be read: {site.trouble}", source=url)
        if site.robots is not None and not site.robots.can_fetch(url, ROBOT):
            raise RefusedError("the site's robots.txt does not allow it", source=url)

    def _read_robots(self, url: str, site: _Site) -> None:
        """RFC 9309, 2.3.1: a site without the file allows everything, one that fails to give it nothing for now."""
        protego = _protego(url)
        site.robots, site.trouble = None, None
        site.robots_until = self.clock() + _ROBOTS_SECONDS
        try:
            answer = self._request(urljoin(url, "/robots.txt"), limit=_ROBOTS_BYTES, redirects=REDIRECTS, cut=True)
        except LaterError as error:
            site.trouble = error.reason
        else:
            if answer.status in _LATER or answer.status >= 500:
                site.trouble = answer.refusal
            elif answer.status < 300:
                site.robots = protego.parse(answer.data.decode("utf-8", "replace"))
        if site.trouble is not None:
            site.robots_until = self.clock() + _ROBOTS_AGAIN_SECONDS

    def _site(self, url: str) -> _Site:
        try:
            parts = urlsplit(url)
        except ValueError:
            raise SourceError("not an address that can be read", source=url) from None
        return self._sites.setdefault(f"{parts.scheme}://{parts.netloc}".casefold(), _Site())


def _successful(answer: Answer, url: str) -> Answer:
    if answer.status in _LATER or answer.status >= 500:
        raise LaterError(answer.refusal, source=url, seconds=answer.retry_after)
    if not 200 <= answer.status < 300:
        raise SourceError(answer.refusal, source=url)
    return answer


def _protego(url: str) -> type[Protego]:
    try:
        from protego import Protego
    except ImportError:
        raise MissingError(f"{url}: reading robots.txt", package="protego", extra="sources") from None
    return Protego
