"""A news site on the loopback address that does what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """What the site answers."""

    body: bytes = b""
    status: int = 200
    heads: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One request: its path and its heads."""

    path: str
    heads: Message


@dataclass
class Site:
    """The site: what lies under which path (a function is asked with the request), and the requests so far."""

    address: str = ""
    pages: dict[str, bytes | Reply | Callable[[Asked], Reply]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [each.path for each in self.asked]

    def reply(self, asked: Asked) -> Reply:
        """The answer to a request; a feed or page with an ETag answers 304 to whoever has it."""
        self.asked.append(asked)
        held = self.pages.get(asked.path, Reply(b"", 404))
        reply = held(asked) if callable(held) else Reply(held) if isinstance(held, bytes) else held
        tags = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        known = any(name in reply.heads and reply.heads[name] == asked.heads.get(tags[name]) for name in tags)
        return Reply(b"", 304, reply.heads) if known and reply.status == 200 else reply


@contextmanager
def a_site() -> Iterator[Site]:
    """A site of its own, in a thread."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = site.reply(Asked(self.path, self.headers))
            self.send_response(reply.status)
            for name, value in ({"Content-Type": "text/html; charset=utf-8"} | reply.heads).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
