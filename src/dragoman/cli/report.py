"""Answers as a page in one file that needs nothing else: styles and charts are inside, nothing is fetched.

Needs Jinja2 and vl-convert, from the extra ``web``. Everything from a report is escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dragoman import __version__
from dragoman.errors import MissingError
from dragoman.record import Record
from dragoman.views import charts, telling
from dragoman.views.charts import Chart
from dragoman.views.dossier import Dossier
from dragoman.views.network import around
from dragoman.views.parts import categories, years
from dragoman.views.rows import EventRow, of_ids
from dragoman.views.scope import Scope
from dragoman.views.since import Since
from dragoman.views.svg import svg

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def dossier_page(record: Record, found: Dossier) -> str:
    """A dossier as an HTML page.

    :raises MissingError: the extra ``web`` is not installed.
    """
    rows = {row.event: row for row in (*found.timeline, *(each.row for each in found.standing))}
    cited = [
        each.event for part in (found.speakers, found.third_parties, found.places, found.disputes) for each in part
    ]
    rows |= of_ids(record, [event for event in dict.fromkeys(cited) if event not in rows])
    drawn = [
        charts.balance(found.balance) if found.balance else None,
        charts.timeline(found.timeline, link=_anchor) if found.timeline else None,
        charts.years(found.years) if any(each.year for each in found.years) else None,
        charts.categories(found.categories),
        _network(record, found.scope),
        charts.places(found.places, link=_anchor) if any(each.latitude is not None for each in found.places) else None,
    ]
    return _page(
        "dossier.html", title=found.subject.title, found=found, rows=_ordered(rows.values()), drawn=_drawn(drawn)
    )


def since_page(found: Since) -> str:
    """The answer to a ``since`` as an HTML page.

    :raises MissingError: the extra ``web`` is not installed.
    """
    times = [*([found.last] if found.last else []), *found.earlier]
    shown = [row for time in (*times, *found.perhaps) for row in time.rows]
    shown += [*found.undated, *(row for check in found.claims for row in (check.claim.row, *check.evidence))]
    drawn = [charts.times(found, link=_anchor) if times else None]
    rows = _ordered({row.event: row for row in shown}.values())
    return _page(
        "since.html", title=telling.kind_words(found.kind), found=found, times=times, rows=rows, drawn=_drawn(drawn)
    )


def events_page(record: Record, scope: Scope, ids: Sequence[str]) -> str:
    """Events as an HTML page, in the order of their ids.

    :raises MissingError: the extra ``web`` is not installed.
    """
    rows = of_ids(record, ids)
    counted = years(record, scope)
    drawn = [
        charts.years(counted) if any(each.year for each in counted) else None,
        charts.categories(categories(record, scope)) if ids else None,
    ]
    return _page(
        "events.html", title="Events", rows=[rows[event] for event in ids if event in rows], drawn=_drawn(drawn)
    )


def _network(record: Record, scope: Scope) -> Chart | None:
    """The network around a subject; between two alone there is nothing to see."""
    found = around(record, scope, limit=60)
    return charts.network(found) if len(found.nodes) > 2 else None


def _ordered(rows: Iterable[EventRow]) -> list[EventRow]:
    return sorted(rows, key=lambda row: (row.start is None, row.start or date.max, row.event))


def _anchor(event: str) -> str:
    """Where an event stands in the page."""
    return f"#event-{event}"


def _page(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(telling=telling, version=__version__, anchor=_anchor, **values)


def _environment() -> Environment:
    try:
        import jinja2
    except ImportError:
        raise MissingError("--html", package="Jinja2", extra="web") from None
    return jinja2.Environment(
        loader=jinja2.PackageLoader("dragoman.cli", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _drawn(found: Iterable[Chart | None]) -> dict[str, tuple[Chart, Markup]]:
    """The charts that there are by name, each with its drawing, whose letters are escaped already."""
    try:
        from markupsafe import Markup
    except ImportError:
        raise MissingError("--html", package="Jinja2", extra="web") from None
    return {each.name: (each, Markup(svg(each))) for each in found if each is not None}
