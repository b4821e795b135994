"""Forms that change something: only from this server's own pages, by the browser that was shown them.

A browser has a random key in a cookie that no script and no foreign page can read; a form carries the key's signature,
made with a secret of this process. Whoever forges a form can have neither.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from dragoman.web.refusal import Refused

COOKIE = "dragoman"
KEY_BYTES = 32

_SECRET = secrets.token_bytes(KEY_BYTES)


def key_of(request: Request) -> str:
    """The browser's key, or a new one where it has none."""
    return request.cookies.get(COOKIE) or secrets.token_urlsafe(KEY_BYTES)


def signed(key: str) -> str:
    """The signature that a form of this browser carries."""
    return hmac.new(_SECRET, key.encode(), sha256).hexdigest()


def keep(response: Response, key: str) -> None:
    """Leave the key with the browser."""
    response.set_cookie(COOKIE, key, httponly=True, samesite="strict", path="/")


def check(request: Request, signature: str) -> None:
    """Let a form pass that this browser was shown by this server.

    :raises Refused: it comes from another page, or its signature is not the browser's.
    """
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if request.headers.get("origin") != own:
        raise Refused(HTTPStatus.FORBIDDEN, "forged", "the form does not come from a page of this server")
    key = request.cookies.get(COOKIE, "")
    if not key or not hmac.compare_digest(signed(key).encode(), signature.encode()):
        raise Refused(HTTPStatus.FORBIDDEN, "forged", "the form is not signed for this browser: load its page again")
