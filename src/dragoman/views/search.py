"""Full-text search over the sentences of the articles: all words of a question, whatever their case or accents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from dragoman.ontology.persons import plain
from dragoman.record import Record

LIMIT = 50
WORDS = 12  # of a question that are looked for: more than that is a text, not a question

# Where a sentence ends for the purpose of showing a hit: the parser's own division is not kept for sentences without
# an event.
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9À-Þ])")


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence with all the words asked for. ``start`` and ``end`` are characters of the article's text; ``marks``
    are the places of the words within ``text``; ``events`` are those whose sentence it is."""

    article: str
    title: str | None
    outlet: str | None
    published: date | None
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits of a question; ``total`` counts the paragraphs that hold all its words."""

    words: tuple[str, ...]
    total: int
    hits: tuple[Hit, ...]


def search(record: Record, text: str, *, limit: int = LIMIT, offset: int = 0) -> Found:
    """The sentences that hold every word of ``text``; words in double quotes stand together.

    A word is found at the beginning of words ("minist" finds "ministers"). Later articles come before earlier ones;
    among those of one page, sentences with events before those without, whole words before beginnings.

    :raises RecordError: the record cannot be read.
    """
    words = words_of(text)
    if not words:
        return Found((), 0, ())
    tests = " AND ".join([_HOLDS] * len(words))
    values = [value for word in words for value in (word, word, _BEGINS + re.escape(word))]
    rows = record.select(_FOUND.format(tests=tests, limit=int(limit), offset=int(offset)), *values)
    total = rows[0]["total"]
    rows = [row for row in rows if row["article"] is not None]
    hits = tuple(_hit(row, words, told) for row, told in zip(rows, _told(record, rows), strict=True))
    return Found(words, total, tuple(sorted(hits, key=lambda hit: (not hit.events, -_whole(hit.text, words)))))


def words_of(text: str) -> tuple[str, ...]:
    """The words and quoted phrases of a question in the form they are compared in."""
    found = (quoted or word for quoted, word in re.findall(r'"([^"]+)"|([^\s"]+)', text))
    words = (re.sub(r"^\W+|\W+$", "", plain(each)) for each in found)
    return tuple(dict.fromkeys(word for word in words if word))[:WORDS]


# Taking accents off costs as much as the rest of the search: only texts with letters outside ASCII (whose bytes are
# more than their letters) are put through it.
_HOLDS = """
    (contains(lower(p.text), ?) OR (strlen(p.text) > length(p.text) AND contains(strip_accents(lower(p.text)), ?)))
    AND regexp_matches(strip_accents(lower(p.text)), ?)"""
_BEGINS = r"(^|[^\p{L}\p{N}])"
_FOUND = """
WITH held AS MATERIALIZED (SELECT p.article, p.position FROM paragraphs p WHERE {tests}),
best AS (SELECT h.*, a.title, a.outlet, a.published FROM held h JOIN articles a ON a.id = h.article
    ORDER BY a.published DESC NULLS LAST, h.article, h.position LIMIT {limit} OFFSET {offset})
SELECT b.article, p.starts, p.text, b.title, b.outlet, b.published, n.total
FROM (SELECT count(*) AS total FROM held) n
LEFT JOIN (best b JOIN paragraphs p ON p.article = b.article AND p.position = b.position) ON true
ORDER BY b.published DESC NULLS LAST, b.article, b.position
"""
_TOLD = """
SELECT r.article, r.starts, r.ends, list(DISTINCT f.event ORDER BY f.event) AS events FROM reports r
JOIN event_reports e ON e.article = r.article AND e.sequence = r.sequence
JOIN facts f ON f.event = e.event AND NOT f.rejected
WHERE r.article IN (SELECT unnest(?::VARCHAR[])) GROUP BY r.article, r.starts, r.ends
"""


def _told(record: Record, rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The sentences with events of each found paragraph, in the order of ``rows``."""
    told = record.select(_TOLD, sorted({row["article"] for row in rows}))
    return [
        [
            each
            for each in told
            if each["article"] == row["article"] and row["starts"] <= each["starts"] < row["starts"] + len(row["text"])
        ]
        for row in rows
    ]


def _hit(row: dict[str, Any], words: tuple[str, ...], told: list[dict[str, Any]]) -> Hit:
    base: int = row["starts"]
    spans = [*((each["starts"] - base, each["ends"] - base) for each in told), *_sentences(row["text"])]
    start, end = max(spans, key=lambda span: (_held(row["text"][span[0] : span[1]], words), -span[0]))
    text = row["text"][start:end]
    events = [
        event
        for each in told
        if each["starts"] - base < end and each["ends"] - base > start
        for event in each["events"]
    ]
    where = base + start, base + end
    names = ("article", "title", "outlet", "published")
    return Hit(
        **{name: row[name] for name in names},
        start=where[0],
        end=where[1],
        text=text,
        marks=_marks(text, words),
        events=tuple(dict.fromkeys(events)),
    )


def _sentences(text: str) -> list[tuple[int, int]]:
    cuts = [(0, 0), *((found.start(), found.end()) for found in _SENTENCE_END.finditer(text)), (len(text), len(text))]
    return [(before[1], after[0]) for before, after in pairwise(cuts) if before[1] < after[0]]


def _held(text: str, words: tuple[str, ...]) -> int:
    folded = plain(text)
    return sum(word in folded for word in words)


def _whole(text: str, words: tuple[str, ...]) -> int:
    folded = plain(text)
    return sum(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) is not None for word in words)


def _marks(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where the words stand. The text is folded sign by sign, so that places in it are places in the text."""
    folded, places = "", []
    for place, sign in enumerate(text):
        form = plain(sign) or (" " if sign.isspace() else "")
        folded += form
        places += [place] * len(form)
    pattern = "|".join(rf"(?<!\w){re.escape(word)}" for word in sorted(words, key=len, reverse=True))
    return tuple((places[found.start()], places[found.end() - 1] + 1) for found in re.finditer(pattern, folded))
