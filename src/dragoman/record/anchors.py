"""Which statement of an article a correction is about, in terms that a newer coder does not change.

The key of an event hangs on its category and its parties, which is just what a correction or a better coder changes.
What stays is the article, whose id is made from its text, and where in that text the words of the act stand. So an
anchor keeps the characters of a report's cues, and is found again in the report whose cues share characters with them.
Where several do, that with the most parties at the same place is meant, then that of the same category, then the first.
Where several reports shared the cue already when the correction was made, a report that has none of its parties is
another statement: a correction that waits is better than one at the wrong place.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from dragoman.model import Report, Span
from dragoman.record.rows import Row, Rows

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What tells one report of an article from another: characters of cues and first characters of parties."""

    article: str
    sequence: int
    cues: Places
    parties: frozenset[int]
    category: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A statement as it was when a correction was made; ``siblings`` counts those that shared a cue with it."""

    cues: Places
    parties: frozenset[int]
    category: str
    siblings: int

    def find(self, statements: Iterable[Statement]) -> int | None:
        """The sequence of the report that makes the statement now; None where none does."""
        found = [each for each in statements if self._may_be(each)]
        return max(found, key=self._likeness).sequence if found else None

    def _may_be(self, other: Statement) -> bool:
        alone = not self.siblings or not self.parties
        return shares_words(self.cues, other.cues) and (alone or bool(self.parties & other.parties))

    def _likeness(self, other: Statement) -> tuple[bool, int, bool, int]:
        common = len(self.parties & other.parties)
        return self.cues == other.cues, common, self.category == other.category, -other.sequence


def shares_words(one: Places, other: Places) -> bool:
    """Whether two lists of stretches have a character in common."""
    return any(start < end and begin < stop for start, stop in one for begin, end in other)


def statement(report: Report) -> Statement:
    """What tells a report, as it was read, from the others of its article."""
    parties = frozenset(party.span.start for party in (*report.actors, *report.recipients))
    return Statement(report.article, report.sequence, _places(report.cues), parties, report.category)


def _places(spans: Iterable[Span]) -> Places:
    return tuple((span.start, span.end) for span in spans)


def statements(rows: Rows, articles: Container[str]) -> Iterator[Statement]:
    """The statements of those of these articles in rows that are about to be written."""
    for row in rows["reports"]:
        if row["article"] in articles:
            yield Statement(
                article=str(row["article"]),
                sequence=_number(row["sequence"]),
                cues=tuple((_number(cue["starts"]), _number(cue["ends"])) for cue in _of(row, rows["cues"])),
                parties=frozenset(_number(p["starts"]) for p in _of(row, rows["parties"]) if p["role"] != "source"),
                category=str(row["category"]),
            )


def _of(report: Row, rows: list[Row]) -> list[Row]:
    same = (report["article"], report["sequence"])
    return [row for row in rows if (row["article"], row["sequence"]) == same]


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no number")
    return value


def anchor(of: Statement, others: Iterable[Statement]) -> Anchor:
    """The anchor of a statement among all those of its article."""
    siblings = [each for each in others if each.sequence != of.sequence and shares_words(each.cues, of.cues)]
    return Anchor(of.cues, of.parties, of.category, len(siblings))
