"""Reads one web address: with a time limit, a size limit, and a message for everything that can go wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import BinaryIO

from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError, LocationParseError, MaxRetryError, NewConnectionError, SSLError, TimeoutError
from urllib3.response import BaseHTTPResponse
from urllib3.util import make_headers, parse_url

from dragoman.errors import SourceError

TIMEOUT_SECONDS = 20.0
# a server that sends a byte now and then would hold a batch for ever
WHOLE_SECONDS = 60.0
REDIRECTS = 5
_CHUNK = 65_536


def user_agent() -> str:
    """How the reader names itself to servers."""
    try:
        return f"dragoman/{version('dragoman')} (news event coder)"
    except PackageNotFoundError:
        return "dragoman (news event coder)"


class UnreachableError(SourceError):
    """There was no answer, or not a whole one: another time there may be."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. ``retry_after`` is how many seconds it asks to be left alone; ``location`` where it
    points to instead."""

    status: int
    data: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    retry_after: float | None = None
    location: str | None = None

    @property
    def refusal(self) -> str:
        """The words for a status that is no success."""
        phrase = HTTPStatus(self.status).phrase if self.status in set(HTTPStatus) else ""
        return f"the server answered {self.status} {phrase}".rstrip()


def fetch(url: str, *, limit: int, timeout: float = TIMEOUT_SECONDS) -> tuple[bytes, str | None]:
    """The bytes at ``url`` and their content type. Raises :class:`~dragoman.errors.SourceError`.

    ``limit`` is the most bytes taken, after decompression; ``timeout`` the seconds to wait for a connection or for
    the next bytes.
    """
    answer = request(url, limit=limit, timeout=timeout, redirects=REDIRECTS)
    if not 200 <= answer.status < 300:
        raise SourceError(answer.refusal, source=url)
    return answer.data, answer.content_type


def request(
    url: str,
    *,
    limit: int,
    timeout: float = TIMEOUT_SECONDS,
    redirects: int = 0,
    headers: Mapping[str, str] | None = None,
    cut: bool = False,
) -> Answer:
    """What the server answers, whatever its status; the bytes of successes only, at most ``limit``, where ``cut`` then
    takes the first of them. Raises :class:`~dragoman.errors.SourceError` where there is no answer or too long a one."""
    with _response(url, timeout=timeout, redirects=redirects, headers=headers or {}) as response:
        good = 200 <= response.status < 300
        found = response.headers
        return Answer(
            response.status,
            _body(response, url, limit, cut=cut) if good else b"",
            found.get("content-type"),
            found.get("etag"),
            found.get("last-modified"),
            seconds_of(found.get("retry-after")),
            response.get_redirect_location() or None,
        )


def download(url: str, *, into: BinaryIO, timeout: float = TIMEOUT_SECONDS) -> None:
    """Writes what lies at ``url`` to a file, however much it is. Raises :class:`~dragoman.errors.SourceError`."""
    as_kept = {"accept-encoding": "identity"}
    with _response(url, timeout=timeout, redirects=REDIRECTS, headers=as_kept) as response:
        if not 200 <= response.status < 300:
            raise SourceError(Answer(response.status).refusal, source=url)
        for chunk in response.stream(_CHUNK, decode_content=False):
            into.write(chunk)


def seconds_of(retry_after: str | None) -> float | None:
    """The seconds that a ``Retry-After`` asks for: a number of them, or a moment (RFC 9110, 10.2.3)."""
    if retry_after is None:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


@contextmanager
def _response(url: str, *, timeout: float, redirects: int, headers: Mapping[str, str]) -> Iterator[BaseHTTPResponse]:
    _check(url)
    retries = Retry(
        total=redirects, redirect=redirects, connect=0, read=0, status=0, other=0,
        raise_on_redirect=redirects > 0, respect_retry_after_header=False,
    )  # fmt: skip
    own = make_headers(accept_encoding=True, user_agent=user_agent())
    own["Accept"] = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"
    try:
        with PoolManager(timeout=Timeout(timeout), retries=retries, headers={**own, **headers}) as pool:
            response = pool.request("GET", url, preload_content=False, redirect=redirects > 0)
            try:
                yield response
            finally:
                response.close()
    except (HTTPError, OSError, ValueError) as error:
        raise UnreachableError(_reason(error, timeout), source=url) from error


def _check(url: str) -> None:
    try:
        parsed = parse_url(url)
    except LocationParseError:
        raise SourceError("not an address that can be read", source=url) from None
    if (parsed.scheme or "").casefold() not in ("http", "https"):
        raise SourceError(f"only http and https addresses are read, not {parsed.scheme}", source=url)
    if not parsed.host:
        raise SourceError("the address names no host", source=url)


def _body(response: BaseHTTPResponse, url: str, limit: int, *, cut: bool) -> bytes:
    until = time.monotonic() + WHOLE_SECONDS
    data = bytearray()
    for chunk in response.stream(_CHUNK):
        data += chunk
        if len(data) > limit and cut:
            return bytes(data[:limit])
        if len(data) > limit:
            raise SourceError(f"larger than {limit // 1_000_000} MB", source=url)
        if time.monotonic() > until:
            raise UnreachableError(f"not whole after {WHOLE_SECONDS:.0f} seconds", source=url)
    return bytes(data)


def _reason(error: Exception, timeout: float) -> str:
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    # first: urllib3 counts a refused connection among its timeouts
    if isinstance(cause, NewConnectionError):
        return "cannot be reached: no connection to the server"
    if isinstance(cause, TimeoutError):
        return f"no answer within {timeout:.0f} seconds"
    if isinstance(cause, SSLError):
        return f"no secure connection: {cause}"
    return f"cannot be read: {cause}"
