"""What the record can know of a kind of event, year by year: an absence that it does not cover shows nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.ontology.ranks import load_ranks
from dragoman.record import Record
from dragoman.views.occasions import Kind, Occasion

# Import formats whose rows are complete lists of what they list, by their keepers' own word: official chronologies.
# Other imports (GDELT, POLECAT, PLOVER) are what somebody else read in the news.
LISTS = ("visits",)
# A list that names travellers of this many countries to one host is taken for a list of all its visitors.
GUESTS = 2
# Below this level of office the lists of a host's visitors do not reach: they are of leaders.
GUEST_LEVEL = "head_of_government"


@dataclass(frozen=True, slots=True)
class Listing:
    """What an official list in the record covers of a pair of parties.

    Either the journeys of the holders of one ``office`` of ``actor`` to anywhere, or the visits of leaders of any
    country to ``recipient`` (then ``actor`` and ``office`` are None; ``title`` is the office as the list writes it);
    from the year of its first row to that of its last.
    """

    keeper: str
    name: str
    actor: str | None
    office: str | None
    title: str | None
    recipient: str | None
    first: int
    last: int
    rows: int


@dataclass(frozen=True, slots=True)
class KnownYear:
    """A year: articles read of that year, the events of imported rows (of any kind) between the parties in it, and
    whether an official list covers it."""

    year: int
    articles: int
    imported: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What stands behind an answer: ``years`` from the first time or list to the day asked about, the official lists,
    and ``notes`` that say in words what the record does not cover."""

    years: tuple[KnownYear, ...]
    listings: tuple[Listing, ...]
    notes: tuple[str, ...]

    def lists(self, office: str | None, actor: str | None, recipient: str | None, year: int) -> Listing | None:
        """The list that would hold an event of this kind in that year, were there one; None where no list would."""
        return next((each for each in self.listings if _holds(each, office, actor, recipient, year)), None)


def knowledge(record: Record, kind: Kind, past: Sequence[Occasion], before: date | None) -> Knowledge:
    """What the record can know of a kind of event.

    :raises RecordError: the record cannot be read.
    """
    found = listings(record, kind.scope.codes) if _of_visits(kind) else ()
    years = _years(record, kind, found, past, before)
    return Knowledge(years, found, tuple(_notes(kind, years, found)))


def _of_visits(kind: Kind) -> bool:
    """Chronologies of visits list visits: what they are silent about otherwise says nothing."""
    return kind.scope.mode == "visit" and kind.scope.category in ("CONSULT", None)


_ROWS = """
SELECT coalesce(a.outlet, 'an official list') AS keeper, r.cue_text AS name, p.code AS actor, p.office,
    h.code AS recipient, year(r.when_start) AS year, count(DISTINCT a.id) AS n
FROM articles a JOIN reports r ON r.article = a.id
JOIN parties p ON p.article = r.article AND p.sequence = r.sequence AND p.role = 'actor'
LEFT JOIN parties h ON h.article = r.article AND h.sequence = r.sequence AND h.role = 'recipient' AND h.position = 0
WHERE a.origin IN (SELECT unnest(?::VARCHAR[])) AND r.when_start IS NOT NULL
    AND (list_contains(?::VARCHAR[], p.code) OR list_contains(?::VARCHAR[], h.code))
GROUP BY ALL ORDER BY ALL
"""


def listings(record: Record, codes: Iterable[str]) -> tuple[Listing, ...]:
    """What the official lists of a record cover of these codes, by keeper, name and office."""
    chosen = list(codes)
    rows = record.select(_ROWS, list(LISTS), chosen, chosen)
    found = [*_journeys(rows, chosen), *_visitors(rows, chosen)]
    return tuple(sorted(found, key=lambda each: (each.keeper, each.name, each.actor is None, each.office or "")))


def _journeys(rows: Iterable[dict[str, Any]], codes: list[str]) -> list[Listing]:
    """A list that follows the holders of an office: they go to several countries in it."""
    groups: dict[tuple[str, str, str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["actor"] in codes and row["office"]:
            key = row["keeper"], row["name"], row["actor"], load_ranks().office(row["office"])
            groups.setdefault(key, []).append(row)
    return [
        Listing(keeper, name, actor, office, group[0]["office"], None, *_span(group))
        for (keeper, name, actor, office), group in groups.items()
        if len({row["recipient"] for row in group}) >= GUESTS
    ]


def _visitors(rows: Iterable[dict[str, Any]], codes: list[str]) -> list[Listing]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["recipient"] in codes:
            groups.setdefault((row["keeper"], row["name"], row["recipient"]), []).append(row)
    return [
        Listing(keeper, name, None, None, None, recipient, *_span(group))
        for (keeper, name, recipient), group in groups.items()
        if len({row["actor"] for row in group}) >= GUESTS
    ]


def _span(group: list[dict[str, Any]]) -> tuple[int, int, int]:
    years = [row["year"] for row in group]
    return min(years), max(years), sum(row["n"] for row in group)


def _holds(each: Listing, office: str | None, actor: str | None, recipient: str | None, year: int) -> bool:
    if office is None or not each.first <= year <= each.last:
        return False
    if each.actor is not None:
        return each.actor == actor and each.office == office
    return each.recipient == recipient and load_ranks().reaches(office, GUEST_LEVEL)


_ARTICLES = """
SELECT year(published) AS year, count(*) AS n FROM articles WHERE origin = 'read' AND published IS NOT NULL GROUP BY 1
"""
_IMPORTED = """
SELECT year(f.when_start) AS year, count(*) AS n FROM facts f
WHERE f.imported AND f.when_start IS NOT NULL AND NOT f.rejected
    AND list_has_all(f.actors || f.recipients, ?::VARCHAR[]) GROUP BY 1
"""


def _years(
    record: Record, kind: Kind, found: Sequence[Listing], past: Sequence[Occasion], before: date | None
) -> tuple[KnownYear, ...]:
    read = {row["year"]: row["n"] for row in record.select(_ARTICLES)}
    imported = {row["year"]: row["n"] for row in record.select(_IMPORTED, list(kind.scope.codes))}
    held = {*read, *imported, *(one.start.year for one in past), *((before.year,) if before else ())}
    if not held:
        return ()
    last = before.year if before else max(held)
    return tuple(
        KnownYear(year, read.get(year, 0), imported.get(year, 0), any(one.first <= year <= one.last for one in found))
        for year in range(min(min(held), last), last + 1)
    )


def _notes(kind: Kind, years: Sequence[KnownYear], found: Sequence[Listing]) -> Iterable[str]:
    yield _read(years)
    yield from _listed(kind, found)
    unread = runs(each.year for each in years if not each.articles and each.listed)
    if unread:
        yield (
            f"No article read was published in {unread}: of these years the record knows what the lists name and what "
            f"later "
            "articles recall, and no more. Visits of other ministers and officials then are not covered."
        )
    empty = runs(each.year for each in years if not each.articles and not each.listed)
    if empty:
        yield f"Nothing in the record covers {empty}: no article of these years was read, no list reaches there."


def _read(years: Sequence[KnownYear]) -> str:
    read = [each for each in years if each.articles]
    if not read:
        return "No article that Dragoman read was published in these years."
    count = sum(each.articles for each in read)
    articles = "1 article" if count == 1 else f"{count:,} articles"
    return (
        f"{articles} read, published in {runs(each.year for each in read)}. What is told there of earlier years is "
        f"what the "
        "articles happen to recall; that they are silent of something does not show that it did not happen."
    )


def _listed(kind: Kind, found: Sequence[Listing]) -> Iterable[str]:
    if not found:
        if _of_visits(kind):
            yield "No official list of visits is in the record: import one with dragoman import --from visits."
        return
    for each in found:
        yield f"{each.keeper} lists {_what(each)}, {each.first}–{each.last}."
    yield "The lists name nobody else."


def _what(each: Listing) -> str:
    if each.actor is None:
        return f"visits of foreign leaders to {each.recipient}"
    return f"the journeys of the {each.title} ({each.actor})"


def runs(years: Iterable[int]) -> str:
    """Years in words: ``2006, 2008–2011``; nothing where there is none."""
    parts: list[list[int]] = []
    for year in sorted(set(years)):
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)
