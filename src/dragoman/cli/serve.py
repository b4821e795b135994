"""``dragoman serve``: the record in the browser."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT_RECORD, RecordOption
from dragoman.cli.output import err
from dragoman.record.lakes import is_lake

NAME = "serve"
EXAMPLES = """
The record of this folder: `dragoman serve`

With forms that correct it: `dragoman serve --record news.duckdb --allow-corrections`

It may be read into meanwhile: the pages show a copy, renewed as the record grows.
"""
LOOPBACK = "127.0.0.1"
PORT = 8700

# What the pages are made of; all of it comes with the extra.
NEEDED = ("fastapi", "uvicorn", "jinja2", "vl_convert", "multipart")


def run(
    *,
    record: RecordOption = DEFAULT_RECORD,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen. Any other than the loopback opens it to others.")
    ] = LOOPBACK,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = PORT,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A further name it may be asked for by.")
    ] = None,
    allow_corrections: Annotated[bool, typer.Option(help="Show forms that correct the record.")] = False,
) -> None:
    """Serve the pages of a record, on this machine only, until Ctrl-C.

    Every page is also data: its address with .json or .csv; /api lists them all.
    """
    if allow_corrections and is_lake(record):
        raise typer.BadParameter("a lake is only read; corrections need a record, one file")
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise typer.BadParameter(f"the pages need more packages ({', '.join(missing)}): pip install 'dragoman[web]'")
    _serve(record, host, port, (*(allow_host or ()), host), allow_corrections=allow_corrections)


def _serve(record: Path, host: str, port: int, hosts: tuple[str, ...], *, allow_corrections: bool) -> None:
    from dragoman.web.app import create_app
    from dragoman.web.serving import listen, serve
    from dragoman.web.settings import LOOPBACK as NAMES
    from dragoman.web.settings import Settings

    named = frozenset(name.lower() for name in (*NAMES, *hosts))
    app = create_app(Settings(record=record, corrections=allow_corrections, hosts=tuple(sorted(named))))
    with listen(host, port) as socket:
        shown = f"[{host}]" if ":" in host else host
        err().print(f"http://{shown}:{socket.getsockname()[1]}/  (Ctrl-C ends it)", highlight=False)
        serve(app, socket)
