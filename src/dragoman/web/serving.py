"""Running the application: a socket of ours, one process."""

from __future__ import annotations

import socket
from errno import EADDRINUSE

import uvicorn
from fastapi import FastAPI

from dragoman.errors import SourceError

# Requests beyond these wait at the door: pages are made by a few threads, and memory is bounded by what they hold.
AT_ONCE = 64
# A kept connection costs a task; a reader turns the page within this time or opens another.
IDLE_SECONDS = 15


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    :raises SourceError: the address is taken, is none of this machine's, or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # with the protocol named, since only then are small answers sent at once (TCP_NODELAY) by asyncio
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(AT_ONCE)
    except OSError as error:
        opened.close()
        reason = "another program listens there" if error.errno == EADDRINUSE else str(error.strerror or error)
        raise SourceError(reason, source=f"{host}:{port}") from None
    return opened


def serve(app: FastAPI, opened: socket.socket) -> None:
    """Answer requests on a listening socket until the process is told to end."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[opened])
