"""What stands before every page: the names it may be asked for by, the size of a request, the headers that bind the
browser."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.problem import Problem, answer

# Scripts, styles, pictures and data of this server alone; nothing inline, nothing evaluated, no frame around it.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

LOG = logging.getLogger(__name__)
INTERNAL = Problem(
    HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "a fault of Dragoman's own; the server's output has the details"
)

# A query of SQL or a filled form is a few kilobytes.
LONGEST_BODY = 64 * 1024


class Guard:
    """Middleware: refuses foreign hosts and bodies that are too long, and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # the server leaves out the body
            scope = {**scope, "method": "GET"}
        problem = self._problem(Request(scope))
        inner = self._kept if problem is None else answer(Request(scope), problem)
        await inner(scope, _bounded(receive), _adding(send))

    async def _kept(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application; a fault of its own is logged, and answered in the one shape where nothing is sent yet."""
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception:
            LOG.exception("%s %s", scope["method"], scope["path"])
            if not started:
                await answer(Request(scope), INTERNAL)(scope, receive, send)

    def _problem(self, request: Request) -> Problem | None:
        host = request.headers.get("host", "")
        if _name(host) not in self.hosts:
            known = ", ".join(sorted(self.hosts))
            return Problem(HTTPStatus.BAD_REQUEST, "host", f"this server is asked for as {known}, not as {host!r}")
        length = request.headers.get("content-length", "0")
        if not (length.isascii() and length.isdecimal()) or int(length) > LONGEST_BODY:
            said = f"a request holds at most {LONGEST_BODY} bytes"
            return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", said)
        return None


def _name(host: str) -> str:
    """The name without its port: ``[::1]:8000`` is ``[::1]``."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()


def _bounded(receive: Receive) -> Receive:
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        # of a body that does not say its length, only so much is taken in
        return {"type": "http.disconnect"} if read > LONGEST_BODY else message

    return bounded


def _adding(send: Send) -> Send:
    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-cache")
        await send(message)

    return adding
