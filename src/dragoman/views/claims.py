"""What reports say themselves of how new or rare an act is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.ontology.claims import ClaimKind, load_claims
from dragoman.record import Record
from dragoman.views.occasions import Kind
from dragoman.views.rows import EventRow
from dragoman.views.rows import rows as event_rows


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim in a report's sentence. ``start`` and ``end`` are characters of the article's text, ``words`` what stands
    there; ``row`` is the event it is made of. ``after`` and ``until`` are the first and last day of the time named,
    as far as it is one ("since 2006": 2006-01-01 and 2006-12-31); ``same_kind``: the office of whoever acts is part
    of the
    claim."""

    kind: ClaimKind
    words: str
    article: str
    start: int
    end: int
    row: EventRow
    after: date | None = None
    until: date | None = None
    same_kind: bool = False


# A sentence can only claim something with one of these words in it: the database leaves the others out.
_HINT = "(first|last|never|none|nothing|precedent|rare|seldom|unusual|uncommon|once|since|infrequent)"


def find_claims(record: Record, kind: Kind) -> list[Claim]:
    """The claims in the sentences of events of a kind that happened or are said to, each once.

    An event of the sentence without a day takes the day of the same act elsewhere in the article, where there is one.
    Of a sentence that is coded for the act it counts from alone ("the first since Rumsfeld in February 2006"), the
    claim is about the article's news of such an act.
    """
    scope = replace(kind.scope, occurred=False, reported=True)
    condition, values = scope.condition()
    hinted = f"SELECT f.article FROM facts f WHERE {condition} AND regexp_matches(lower(f.words), '{_HINT}')"
    told = f"{condition} AND f.article IN ({hinted})"
    every = [
        row for row in event_rows(record, told, [*values, *values]) if row.status not in ("negation", "hypothetical")
    ]
    rows = [row for row in every if re.search(_HINT, row.sentence.lower())]
    starts = _sentence_starts(record, rows)
    rows = [_dated(row, every) for row in rows]
    found: dict[tuple[str, int, int], Claim] = {}
    for row in sorted(rows, key=_prefer):
        for claim in claims_in(row, starts[row.article, row.sequence]):
            found.setdefault((claim.article, claim.start, claim.end), claim)
    return [_of_the_news(claim, every) for claim in found.values()]


def _of_the_news(claim: Claim, others: Sequence[EventRow]) -> Claim:
    """A claim whose event is the very act it counts from is about the act of that kind that is the article's news."""
    row = claim.row
    if claim.kind != "since" or claim.until is None or row.start is None or row.start > claim.until:
        return claim
    news = [
        one for one in others
        if (one.article, one.category, one.modes, one.status) == (row.article, row.category, row.modes, "happened")
        and one.start is not None and one.start > claim.until and _codes(one) == _codes(row)
    ]  # fmt: skip
    if not news or len({(one.start, one.end) for one in news}) != 1:
        return claim
    return replace(claim, row=news[0], same_kind=claim.same_kind or _names_office(news[0], claim.words))


def _codes(row: EventRow) -> tuple[set[str | None], set[str | None]]:
    return {each.code for each in row.actors}, {each.code for each in row.recipients}


def _dated(row: EventRow, others: Sequence[EventRow]) -> EventRow:
    """An act without a day has the day of the one act of its kind by the same actors that the article dates and tells
    as the news."""
    if row.start is not None:
        return row
    actors = {each.entity for each in row.actors}
    same = [
        one for one in others
        if (one.article, one.category, one.modes, one.status) == (row.article, row.category, row.modes, "happened")
        and one.start is not None and actors & {each.entity for each in one.actors}
    ]  # fmt: skip
    if len({(one.start, one.end) for one in same}) != 1:
        return row
    return replace(row, start=same[0].start, end=same[0].end, precision=same[0].precision, day=same[0].day)


def _prefer(row: EventRow) -> tuple[bool, bool, bool, int]:
    """Of the events of one sentence the claim is about what is the news, not about the act before that it recalls."""
    return (
        row.status == "historical" and row.start is not None,
        row.status != "happened",
        row.start is None,
        row.sequence,
    )


def _sentence_starts(record: Record, rows: Sequence[EventRow]) -> dict[tuple[str, int], int]:
    sql = """SELECT r.article, r.sequence, r.starts FROM reports r
        JOIN (SELECT unnest(?::VARCHAR[]) AS article, unnest(?::INTEGER[]) AS sequence) c
        ON c.article = r.article AND c.sequence = r.sequence"""
    told = record.select(sql, [row.article for row in rows], [row.sequence for row in rows])
    return {(each["article"], each["sequence"]): each["starts"] for each in told}


def claims_in(row: EventRow, at: int = 0) -> list[Claim]:
    """The claims in the sentence of an event; ``at`` is where the sentence begins in the article's text."""
    text = row.sentence.lower()
    if len(text) != len(row.sentence):  # a letter whose lower case is longer: places would shift
        text = row.sentence
    taken: list[tuple[int, int]] = []
    found = []
    for kind, match in _matches(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        taken.append(match.span())
        found.append(_claim(kind, match, row, at))
    return found


def _matches(text: str) -> Iterable[tuple[ClaimKind, re.Match[str]]]:
    """Matches by kind in the order of the kinds, the longest of a kind first."""
    words = load_claims()
    found = [(kind, match) for kind, pattern in words.patterns for match in pattern.finditer(text)]
    order = list(dict.fromkeys(kind for kind, _ in words.patterns))
    return sorted(found, key=lambda one: (order.index(one[0]), one[1].start() - one[1].end(), one[1].start()))


def _claim(kind: ClaimKind, match: re.Match[str], row: EventRow, at: int) -> Claim:
    start, end = match.span()
    after, until = _named_time(kind, match, row)
    words = load_claims()
    return Claim(
        kind=kind,
        words=row.sentence[start:end],
        article=row.article,
        start=at + start,
        end=at + end,
        row=row,
        after=after,
        until=until,
        same_kind=words.same_kind.search(match.string[start:end]) is not None or _names_office(row, match.group()),
    )


def _names_office(row: EventRow, words: str) -> bool:
    """ "the first defense secretary to visit": the office stands in the claim."""
    from dragoman.ontology.ranks import load_ranks

    ranks = load_ranks()
    offices = {ranks.office(each.office) for each in row.actors if each.office}
    return bool(offices) and ranks.office(words) in offices


def _named_time(kind: ClaimKind, match: re.Match[str], row: EventRow) -> tuple[date | None, date | None]:
    """First and last day of the time that the claim names."""
    named, words = match.groupdict(), load_claims()
    if named.get("year"):
        return _period(int(named["year"]), named.get("month"), decade=bool(named.get("decade")))
    if kind == "span" and row.start is not None:
        count = named.get("count") or "1"
        number = int(count) if count.isdigit() else words.numbers.get(count, 1)
        days = words.units.get(named.get("unit") or _plural_unit(match.group()), words.units["decade"])
        edge = row.start - timedelta(days=min(round(number * days), (row.start - date.min).days))
        return edge, edge
    return None, None


def _plural_unit(text: str) -> str:
    """ "in decades": more than one of them is meant, and no number says how many."""
    return text.rsplit(" ", 1)[-1].rstrip("s")


def _period(year: int, month: str | None, *, decade: bool) -> tuple[date, date]:
    if decade:
        return date(year, 1, 1), date(year // 10 * 10 + 9, 12, 31)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    number = load_claims().months.index(month) + 1
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), following - timedelta(days=1)
