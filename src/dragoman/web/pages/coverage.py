"""What the record covers, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from fastapi import APIRouter

from dragoman.model import Failure
from dragoman.views.coverage import Coverage, coverage
from dragoman.views.scope import Scope
from dragoman.web.asking import Kept, Paged, Scoped
from dragoman.web.forms import Page, Row, add

router = APIRouter(tags=["coverage"])


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """What was read and imported; of the articles that tell of the events of a scope, where it names any."""

    scope: Scope
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class FailureList:
    """Some of the sources that could not be read, and how many there are."""

    total: int
    offset: int
    limit: int
    rows: tuple[Failure, ...]


def covered(record: Kept, chosen: Scoped) -> CoveragePage:
    """Which outlets and days the record holds and which it does not."""
    return CoveragePage(chosen, coverage(record, chosen))


def failures(record: Kept, paged: Paged) -> FailureList:
    """The sources that could not be read, each with the kind of failure and the reason."""
    total = record.select("SELECT count(*) AS n FROM failures")[0]["n"]
    return FailureList(total, paged.offset, paged.limit, tuple(record.failures(limit=paged.limit, offset=paged.offset)))


def _rows(found: CoveragePage) -> Iterable[Row]:
    held = found.coverage
    yield from ({"what": "outlet", **asdict(each)} for each in held.outlets)
    yield from ({"what": "year", **asdict(each)} for each in held.years)
    yield from ({"what": "gap", **asdict(each)} for each in held.gaps)


def _failure_rows(found: FailureList) -> Iterable[Row]:
    return ({"source": each.source, "kind": each.kind, "reason": each.reason} for each in found.rows)


add(
    router,
    Page(
        path="/coverage",
        data="/coverage",
        template="coverage.html",
        summary="What the record covers",
        answer=covered,
        table=_rows,
    ),
)
add(
    router,
    Page(
        path="/failures",
        data="/failures",
        template="failures.html",
        summary="What could not be read",
        answer=failures,
        table=_failure_rows,
    ),
)
