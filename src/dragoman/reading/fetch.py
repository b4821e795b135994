"""Reads one web address: with a time limit, a size limit, and a message for everything that can go wrong."""

from __future__ import annotations

import time
from importlib.metadata import PackageNotFoundError, version

from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError, LocationParseError, MaxRetryError, NewConnectionError, SSLError, TimeoutError
from urllib3.response import BaseHTTPResponse
from urllib3.util import make_headers, parse_url

from dragoman.errors import SourceError

TIMEOUT_SECONDS = 20.0
# a server that sends a byte now and then would hold a batch for ever
WHOLE_SECONDS = 60.0
_REDIRECTS = 5
_CHUNK = 65_536


def user_agent() -> str:
    """How the reader names itself to servers."""
    try:
        return f"dragoman/{version('dragoman')} (news event coder)"
    except PackageNotFoundError:
        return "dragoman (news event coder)"


def fetch(url: str, *, limit: int, timeout: float = TIMEOUT_SECONDS) -> tuple[bytes, str | None]:
    """The bytes at ``url`` and their content type. Raises :class:`~dragoman.errors.SourceError`.

    ``limit`` is the most bytes taken, after decompression; ``timeout`` the seconds to wait for a connection or for
    the next bytes.
    """
    _check(url)
    retries = Retry(total=_REDIRECTS, redirect=_REDIRECTS, connect=0, read=0, status=0, other=0)
    headers = make_headers(accept_encoding=True, user_agent=user_agent())
    headers["Accept"] = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"
    try:
        with PoolManager(timeout=Timeout(timeout), retries=retries, headers=headers) as pool:
            response = pool.request("GET", url, preload_content=False)
            try:
                return _body(response, url, limit), response.headers.get("content-type")
            finally:
                response.close()
    except (HTTPError, OSError, ValueError) as error:
        raise SourceError(_reason(error, timeout), source=url) from error


def _check(url: str) -> None:
    try:
        parsed = parse_url(url)
    except LocationParseError:
        raise SourceError("not an address that can be read", source=url) from None
    if (parsed.scheme or "").casefold() not in ("http", "https"):
        raise SourceError(f"only http and https addresses are read, not {parsed.scheme}", source=url)
    if not parsed.host:
        raise SourceError("the address names no host", source=url)


def _body(response: BaseHTTPResponse, url: str, limit: int) -> bytes:
    if response.status >= 400 or response.status < 200:
        raise SourceError(f"the server answered {response.status} {response.reason or ''}".rstrip(), source=url)
    until = time.monotonic() + WHOLE_SECONDS
    data = bytearray()
    for chunk in response.stream(_CHUNK):
        data += chunk
        if len(data) > limit:
            raise SourceError(f"larger than {limit // 1_000_000} MB", source=url)
        if time.monotonic() > until:
            raise SourceError(f"not whole after {WHOLE_SECONDS:.0f} seconds", source=url)
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
