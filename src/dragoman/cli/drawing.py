"""Answers of the views as Rich tables, a text timeline and sparklines. Everything from a report is made printable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.cli.output import printable
from dragoman.cli.render import print_rows
from dragoman.record import STATUSES
from dragoman.views import telling
from dragoman.views.coverage import Coverage
from dragoman.views.dossier import Dossier
from dragoman.views.facets import Count, Facet
from dragoman.views.parts import CategoryCount, YearBalance
from dragoman.views.rows import EventRow
from dragoman.views.since import Since, Time
from dragoman.views.verdicts import ClaimCheck

SHOWN = 25  # rows of each part: a dossier is to be read, the whole is in --json, --csv and --html
ID = 8  # of an event's id: `dragoman show --why` takes the beginning
QUAD_STYLE = {
    "verbal_cooperation": "blue",
    "material_cooperation": "green",
    "verbal_conflict": "yellow",
    "material_conflict": "red",
}
VERDICT_STYLE = {"supported": "bold green", "contradicted": "bold red", "not checkable": "bold yellow"}


def print_dossier(console: Console, found: Dossier) -> None:
    """A dossier, part by part; a part without anything is left out."""
    console.print(Text(printable(found.subject.title), style="bold"))
    _sentences(console, telling.summary(found))
    if found.categories:
        _head(console, "By category and status")
        console.print(_categories(found.categories))
    _balance(console, found.balance)
    _timeline(console, "Timeline of what happened", found.timeline)
    _lists(console, found)
    _head(console, "What the record covers")
    _sentences(console, telling.covered(found.coverage))
    _outlets(console, found.coverage)


def _lists(console: Console, found: Dossier) -> None:
    counts = [("voice", found.voices), ("context", found.contexts)]
    for name, values in counts:
        if values:
            _head(console, f"By {name}")
            console.print(Text(printable(_counted(values))))
    speakers = [
        (each.name, each.code or "", each.office or "", str(each.events), str(each.anonymous or ""), each.event[:ID])
        for each in found.speakers[:SHOWN]
    ]
    _rows(console, "Who speaks, and for whom", ("who", "for", "office", "events", "unnamed", "event"), speakers)
    directions = [
        (
            each.actor,
            each.recipient or "(together)",
            str(each.events),
            f"{each.cooperation:+.1f}",
            f"{each.conflict:+.1f}",
        )
        for each in found.directions[:SHOWN]
    ]
    _rows(console, "Who does it to whom", ("actor", "recipient", "events", "cooperation", "conflict"), directions)
    others = [
        (each.name, each.code, str(each.party or ""), str(each.about or ""), each.event[:ID])
        for each in found.third_parties[:SHOWN]
    ]
    _rows(console, "Third parties", ("who", "code", "as party", "as matter", "event"), others)
    places = [(each.name, each.code or "", str(each.events), each.event[:ID]) for each in found.places[:SHOWN]]
    _rows(console, "Places", ("place", "country", "events", "event"), places)
    _standing(console, found)
    _offices(console, found)
    _disputes(console, found)


def _standing(console: Console, found: Dossier) -> None:
    rows = [
        (
            telling.who(each.row),
            each.row.category,
            "; ".join(one.words for one in each.amounts),
            each.row.sentence,
            each.row.event[:ID],
        )
        for each in found.standing[:SHOWN]
    ]
    _rows(console, "Lasting states of affairs", ("who", "event", "how much", "words", "event"), rows)


def _offices(console: Console, found: Dossier) -> None:
    rows = [
        (
            each.name,
            each.office,
            each.country or "",
            _held(each.former, each.since, each.until),
            _told(each.first, each.last),
        )
        for each in found.offices[:SHOWN]
    ]
    _rows(console, "Offices", ("who", "office", "of", "held", "told in"), rows)


def _held(former: bool, since: object, until: object) -> str:
    days = f"{since or '?'} to {until or '?'}" if since or until else ""
    return " ".join(part for part in ("formerly" if former else "", days) if part)


def _told(first: object, last: object) -> str:
    if first is None:
        return ""
    return str(first) if first == last else f"{first} to {last}"


def _disputes(console: Console, found: Dossier) -> None:
    rows = [
        (
            each.category,
            each.field,
            "\n".join(
                f"{side.value} ({', '.join((*side.outlets, *side.sources)) or side.articles[0][:ID]})"
                for side in each.sides
            ),
            each.event[:ID],
        )
        for each in found.disputes[:SHOWN]
    ]
    _rows(console, "Where reports disagree", ("event", "on", "what they say (who)", "event"), rows)


def _outlets(console: Console, found: Coverage) -> None:
    rows = [
        (
            each.outlet or "outlet unknown",
            "" if each.origin == "read" else f"imported ({each.origin})",
            str(each.articles),
            _told(each.first, each.last),
            str(each.events),
        )
        for each in found.outlets[:SHOWN]
    ]
    if rows:
        print_rows(console, ("outlet", "origin", "articles", "from, to", "events"), rows)


def print_since(console: Console, found: Since) -> None:
    """The answer, how often and the gaps, the times with their sources, the claims, and what is not covered."""
    console.print(Text(printable(telling.answer(found)), style="bold"))
    _sentences(console, telling.how_often(found))
    if len(found.per_year) > 1:
        _spark(console, found.per_year)
    times = [found.last, *found.earlier] if found.last else []
    _rows(console, "", ("when", "who → whom", "where", "on whose word, where told", "event"), map(_time, times[:SHOWN]))
    if len(times) > SHOWN:
        console.print(f"… and {found.times - SHOWN:,} earlier (--json and --csv list them)")
    for name, more in (("Before or after the day asked about", found.perhaps),):
        _rows(
            console,
            name,
            ("when", "who → whom", "where", "on whose word, where told", "event"),
            map(_time, more[:SHOWN]),
        )
    _rows(
        console,
        "Without a known day",
        ("who → whom", "words", "article", "event"),
        map(_undated, found.undated[:SHOWN]),
    )
    if found.claims:
        _head(console, "What reports say themselves")
        for check in found.claims[:SHOWN]:
            _claim(console, check)
    _head(console, "What the record covers, and what it does not")
    _sentences(console, found.notes)


def _time(time: Time) -> tuple[str, ...]:
    row = time.rows[0]
    told = [telling.people(row.by), *dict.fromkeys(telling.sources(each) for each in time.rows)]
    return time.day, telling.who(row), row.place or "", "\n".join(filter(None, told)), row.event[:ID]


def _undated(row: EventRow) -> tuple[str, ...]:
    return telling.who(row), row.sentence, row.article[:ID], row.event[:ID]


def _claim(console: Console, check: ClaimCheck) -> None:
    text = Text(f"{check.verdict}", style=VERDICT_STYLE[check.verdict])
    text.append(
        printable(f": “{check.claim.words}” [{check.claim.row.event[:ID]}], article {check.claim.article[:ID]}"),
        style="not bold default",
    )
    console.print(text, soft_wrap=False)
    console.print(Text(printable(f"  {check.of}. {check.why}"), style="dim"))
    console.print()


def print_facets(console: Console, found: Iterable[Facet]) -> None:
    """Facets, a table each."""
    for each in found:
        rows = [(count.value or "(none)", f"{count.events:,}") for count in each.counts[:SHOWN]]
        _rows(console, "", (each.name, "events"), rows)
        if len(each.counts) > SHOWN:
            console.print(f"… and {len(each.counts) - SHOWN} more")


def _categories(counts: Sequence[CategoryCount]) -> Table:
    used = [each for each in STATUSES if any(getattr(count, each) for count in counts)]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("category", *used, "all", "mean score"):
        table.add_column(name, justify="left" if name == "category" else "right")
    for count in counts:
        cells = [str(getattr(count, name) or "") for name in used]
        score = "" if count.score is None else f"{count.score:+.1f}"
        table.add_row(Text(count.category, style=QUAD_STYLE.get(count.quad, "")), *cells, str(count.total), score)
    return table


def _balance(console: Console, years: Sequence[YearBalance]) -> None:
    """Two sparklines over all years from the first to the last: sums of scores."""
    if not years:
        return
    sums = {each.year: each for each in years}
    every = [year for year in _recent(range(years[0].year, years[-1].year + 1))]
    _head(
        console, f"Cooperation and conflict, {every[0]} to {every[-1]}, a bar a year (PLOVER scores of what happened)"
    )
    for name, style in (("cooperation", "blue"), ("conflict", "red")):
        values = [getattr(sums[year], name) if year in sums else 0.0 for year in every]
        line = Text(f"{name:<12}")
        line.append(telling.sparkline(values), style=style)
        console.print(line.append(f"  {sum(values):+.1f}"))


def _recent(years: range, most: int = 80) -> range:
    """The last eighty years: a longer line would not fit the window."""
    return years[-most:]


def _spark(console: Console, per_year: Sequence[tuple[int, int]]) -> None:
    counts = dict(per_year)
    every = _recent(range(per_year[0][0], per_year[-1][0] + 1))
    line = telling.sparkline([counts.get(year, 0) for year in every])
    console.print(Text(f"{every[0]} {line} {every[-1]}"))


def _timeline(console: Console, name: str, rows: Sequence[EventRow]) -> None:
    """A line of time from top to bottom: the year once, a dot an event, coloured by quad class."""
    if not rows:
        return
    _head(console, name if len(rows) <= SHOWN else f"{name}: the last {SHOWN} of {len(rows)}")
    table = Table(box=None, show_header=False, pad_edge=False)
    for column in ("year", "dot", "day", "what", "who", "event"):
        table.add_column(column, overflow="fold", no_wrap=column in ("year", "dot", "event"))
    year = ""
    for row in rows[-SHOWN:]:
        first = row.day[:4] if row.day[:4] != year else ""
        year = row.day[:4]
        dot = Text("●" if row.status == "happened" else "○", style=QUAD_STYLE.get(row.quad, ""))
        what = " · ".join((row.category, *row.modes)) + (" (imported)" if row.imported else "")
        table.add_row(first, dot, *map(_cell, (row.day, what, telling.who(row), row.event[:ID])))
    console.print(table)
    console.print(Text("● the news  ○ recalled", style="dim"))


def _counted(counts: Iterable[Count]) -> str:
    return ", ".join(f"{each.value or 'none'} {each.events:,}" for each in counts)


def _rows(console: Console, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    found = list(rows)
    if found:
        _head(console, name)
        print_rows(console, heads, found)


def _head(console: Console, name: str) -> None:
    console.print()
    if name:
        console.print(Text(printable(name), style="bold underline"))


def _sentences(console: Console, sentences: Iterable[str]) -> None:
    for each in sentences:
        console.print(_cell(each))


def _cell(text: str) -> Text:
    return Text(printable(text))
