"""Why reports of different texts are one event, what was kept apart that is much alike, and the versions of a story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.record import Record

# Pairs that were kept apart and are shown: an analyst looks through the likeliest.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports that are likely of one event, each by its article, outlet and day of publication, and why.

    ``likeness`` says how likely, 0 to 1; ``other_event`` is the event that the other report tells of: the same, or
    another one where what else is known keeps them apart.
    """

    article: str
    outlet: str | None
    published: date | None
    other: str
    other_outlet: str | None
    other_published: date | None
    other_event: str
    likeness: float
    why: str


@dataclass(frozen=True, slots=True)
class Links:
    """The links of an event: for each of its tellings but the first the likeliest to an earlier one, and the likeliest
    to other events, which were kept apart. Verbatim copies share a telling; those of one article are never linked."""

    together: tuple[Link, ...]
    apart: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StoryVersion:
    """One version of a story, by number in order of publication from 1.

    ``copy_of`` is the article of the earlier version that it is most like and ``contained`` the share of the shorter
    one's sequences of words that the other has too; of the first there is neither.
    """

    number: int
    article: str
    outlet: str | None
    published: date | None
    copy_of: str | None
    contained: float | None


@dataclass(frozen=True, slots=True)
class StoryOf:
    """A story of several versions; ``source`` is whom they credit."""

    source: str | None
    versions: tuple[StoryVersion, ...]


_LINKS = """
WITH mine AS (
    SELECT DISTINCT r.event FROM reports r JOIN event_reports e ON e.article = r.article AND e.sequence = r.sequence
    WHERE e.event = ?
), pairs AS (
    SELECT one, other, likeness, why FROM links WHERE one IN (SELECT event FROM mine)
    UNION ALL SELECT other, one, likeness, why FROM links WHERE other IN (SELECT event FROM mine)
), told AS (
    SELECT r.event AS telling, e.event, r.article, r.sequence, a.outlet, a.published,
           row_number() OVER (PARTITION BY r.event ORDER BY a.published NULLS LAST, r.article, r.sequence) AS place
    FROM reports r JOIN event_reports e ON e.article = r.article AND e.sequence = r.sequence
    JOIN articles a ON a.id = r.article
    WHERE r.event IN (SELECT one FROM pairs UNION SELECT other FROM pairs)
)
SELECT o.article, o.outlet, o.published, t.article AS other, t.outlet AS other_outlet, t.published AS other_published,
       t.event AS other_event, p.likeness, p.why, o.sequence, t.sequence AS other_sequence
FROM pairs p JOIN told o ON o.telling = p.one AND o.place = 1 JOIN told t ON t.telling = p.other AND t.place = 1
"""
_TOGETHER = f"""
SELECT * EXCLUDE (sequence, other_sequence) FROM ({_LINKS}) WHERE other_event = ?
AND (coalesce(other_published, DATE '9999-12-31'), other, other_sequence)
    < (coalesce(published, DATE '9999-12-31'), article, sequence)
QUALIFY row_number() OVER (PARTITION BY article, sequence ORDER BY likeness DESC, other, other_sequence) = 1
ORDER BY published NULLS LAST, article, sequence
"""
_APART = f"""
SELECT * EXCLUDE (sequence, other_sequence) FROM ({_LINKS}) WHERE other_event <> ?
QUALIFY row_number() OVER (
    PARTITION BY other_event ORDER BY likeness DESC, article, sequence, other, other_sequence
) = 1
ORDER BY likeness DESC, other_event LIMIT {SHOWN}
"""
_VERSIONS = """
SELECT v.number, v.article, a.outlet, a.published, v.copy_of, v.contained, v.source
FROM articles o JOIN articles a ON a.story = o.story JOIN story_links v ON v.article = a.id
WHERE o.id = ? ORDER BY v.number
"""


def links_of(record: Record, event: str) -> Links:
    """The links of an event, by its whole id."""
    together = record.select(_TOGETHER, event, event)
    apart = record.select(_APART, event, event)
    return Links(tuple(Link(**row) for row in together), tuple(Link(**row) for row in apart))


def story_of(record: Record, article: str) -> StoryOf | None:
    """The story of an article, by its whole id; None where nothing in the record is a copy of it."""
    rows = record.select(_VERSIONS, article)
    if not rows:
        return None
    source = next((row["source"] for row in rows if row["source"]), None)
    return StoryOf(source, tuple(StoryVersion(**{k: v for k, v in row.items() if k != "source"}) for row in rows))
