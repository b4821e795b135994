"""The application: one record, its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

import dragoman
from dragoman.record.snapshots import Snapshots
from dragoman.web import guard, openapi, problem, statics
from dragoman.web.pages import routers
from dragoman.web.sandbox import Sandbox
from dragoman.web.settings import Settings

ABOUT = """
Every page of Dragoman is also data: the same address with `.json` or `.csv`. An error is always
`{"error": {"status", "kind", "reason"}}`. Offsets count characters (Unicode code points) of the article's text,
the start included, the end not; dates are calendar days.
"""


def create_app(settings: Settings) -> FastAPI:
    """The pages over one record.

    :raises RecordError: the record cannot be opened.
    """
    snapshots = Snapshots(settings.record)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.sandbox.close()
        snapshots.close()

    app = FastAPI(
        title="Dragoman",
        version=dragoman.__version__,
        summary="A record of who did or said what to whom, when, where, and on whose word",
        description=ABOUT,
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        lifespan=life,
    )
    app.state.settings = settings
    app.state.snapshots = snapshots
    app.state.sandbox = Sandbox()
    openapi.install(app)
    app.add_middleware(guard.Guard, hosts=settings.hosts)
    problem.install(app)
    statics.install(app)
    for router in routers(settings):
        app.include_router(router)
    return app
