"""One file for each page: its question over the record, its rows as a table, its template."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter

from dragoman.web.settings import Settings


def routers(settings: Settings) -> Iterable[APIRouter]:
    """Every page; those that change the record only where that is allowed."""
    from dragoman.web.pages import (
        api,
        article,
        chart,
        corrections,
        coverage,
        dossier,
        entity,
        event,
        events,
        since,
        sql,
    )

    shown = (events, event, article, entity, chart, dossier, since, coverage, corrections, sql, api)
    yield from (each.router for each in shown)
    if settings.corrections:
        yield corrections.forms
