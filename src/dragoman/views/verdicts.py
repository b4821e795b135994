"""Whether the record bears out what a report says of how new or rare an act is: a verdict that cites its evidence.

An act of the kind where the claim says there was none contradicts it, whoever tells of it. That the record holds none
supports it only where an official list in the record would hold such an act in every year in question; articles that
are silent show nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dragoman.ontology.claims import load_claims
from dragoman.ontology.ranks import load_ranks
from dragoman.record import Record
from dragoman.views.claims import Claim, find_claims
from dragoman.views.known import Knowledge, knowledge, runs
from dragoman.views.occasions import Kind, Occasion, events_of, occasions
from dragoman.views.rows import EventRow, of_ids
from dragoman.views.scope import Scope
from dragoman.views.subjects import code_name

Verdict = Literal["supported", "contradicted", "not checkable"]
CITED = 5  # events that a reason cites one by one


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A claim and what the record makes of it. ``why`` says so in words; ``evidence`` are the events that it cites;
    ``of`` says in words what kind of act the claim was taken to be about."""

    claim: Claim
    verdict: Verdict
    why: str
    evidence: tuple[EventRow, ...]
    of: str


def check_claims(record: Record, kind: Kind, before: date | None, *, limit: int = 50) -> tuple[ClaimCheck, ...]:
    """The claims about events of a kind in the record's sentences, those about acts nearest to ``before`` first.

    :raises RecordError: the record cannot be read.
    """
    found = sorted(find_claims(record, kind), key=lambda claim: (_distance(claim, before), claim.article, claim.start))
    return tuple(judge(record, claim) for claim in found[:limit])


def _distance(claim: Claim, before: date | None) -> timedelta:
    if claim.row.start is None:
        return timedelta.max
    return abs((before or date.max) - claim.row.start)


def judge(record: Record, claim: Claim) -> ClaimCheck:
    """The verdict on one claim, of acts of the same category and mode by the same country towards the same one.

    :raises RecordError: the record cannot be read.
    """
    return _Case(record, claim).verdict()


@dataclass
class _Case:
    """A claim with what the record holds of its kind of act before the act itself."""

    record: Record
    claim: Claim

    def verdict(self) -> ClaimCheck:
        row = self.claim.row
        if row.start is None:
            return self._check("not checkable", "The record does not know on what day the act was.", ())
        if not self.actor:
            return self._check("not checkable", "The record does not know whose act it was.", ())
        if self.claim.kind == "rare":
            return self._rare()
        if self.claim.kind in ("since", "span") and self.claim.until is None:
            return self._check("not checkable", "The words name no day since when it is the first.", ())
        if self.claim.until is not None and row.start <= self.claim.until:
            why = "The record holds only the act that the claim counts from, not the one that it is made of."
            return self._check("not checkable", why, (row,))
        return self._first()

    @property
    def actor(self) -> str | None:
        return next((each.code for each in self.claim.row.actors if each.code), None)

    @property
    def recipient(self) -> str | None:
        """The other party: the recipient, or where actors act together, the second of them."""
        row = self.claim.row
        codes = [each.code for each in (*row.recipients, *row.actors) if each.code and each.code != self.actor]
        return codes[0] if codes else None

    @property
    def office(self) -> str | None:
        """The common name of the office of whoever acts."""
        return load_ranks().office(self.title) if self.title else None

    @property
    def title(self) -> str | None:
        """The office of whoever acts, as the report writes it."""
        row = self.claim.row
        return next((each.office for each in row.actors if each.office and each.code == self.actor), None)

    def kind(self) -> Kind:
        """The kind of act: by the same office where the claim says so, by the same person where it is his own first."""
        row, named = self.claim.row, tuple(code for code in (self.actor, self.recipient) if code)
        directed = {"actor": self.actor, "recipient": self.recipient} if row.recipients else {"actor": self.actor}
        mode = row.modes[0] if row.modes else None
        scope = Scope(codes=named, category=row.category, mode=mode, occurred=True, **directed)  # type: ignore[arg-type]
        person = next((each.entity for each in row.actors if each.code == self.actor), None)
        own = self.claim.kind == "own"
        return Kind(scope, office=self.office if self._of_office() else None, person=person if own else None)

    def _of_office(self) -> bool:
        return self.claim.kind in ("since", "span", "ever") and self.claim.same_kind

    def _before(self, kind: Kind) -> list[Occasion]:
        """What the record holds of the kind before the act: wholly before it, so that it is another act."""
        start = self.claim.row.start or date.max
        return [one for one in occasions(events_of(self.record, kind)) if one.end < start]

    def _first(self) -> ClaimCheck:
        kind = self.kind()
        past = self._before(kind)
        edge = self.claim.until
        between = [one for one in past if edge is None or one.start > edge]
        if between:
            return self._contradicted(between)
        named = [
            one for one in past if edge is not None and self.claim.after is not None and one.end >= self.claim.after
        ]
        known = knowledge(self.record, kind, past, self.claim.row.start)
        return self._silent(kind, known, named)

    def _contradicted(self, between: Sequence[Occasion]) -> ClaimCheck:
        rows = self._rows(between)
        return self._check("contradicted", f"The record holds {len(between)} in between: {_cited(rows)}.", rows)

    def _silent(self, kind: Kind, known: Knowledge, named: Sequence[Occasion]) -> ClaimCheck:
        """No act of the kind in between: that supports the claim where lists cover the time whole."""
        rows = self._rows(named)
        years = self._years(named)
        bare = [
            year for year in years if known.lists(kind.office or self.office, self.actor, self.recipient, year) is None
        ]
        told = [self._named(named, rows), self._unlisted(kind, known, named), self._none(years)]
        others = () if kind.office is None else self._others(kind)
        if self.claim.kind == "own" or bare:
            told += [self._bare(bare, years), _by_others(others)]
            return self._check("not checkable", " ".join(filter(None, told)), (*rows, *others[:CITED]))
        if self.claim.kind == "since" and not named:
            told.append(
                "A list in the record covers that time too and holds none then, so the time named is not borne out."
            )
            return self._check("contradicted", " ".join(filter(None, told)), rows)
        keepers = sorted({each.keeper for each in known.listings})
        told += [f"Official lists cover every year of these: {', '.join(keepers)}.", _by_others(others)]
        return self._check("supported", " ".join(filter(None, told)), (*rows, *others[:CITED]))

    def _years(self, named: Sequence[Occasion]) -> range:
        """The years in which there must have been none; with those of the time named, where none of it is known."""
        act, edge = self.claim.row.start or date.max, self.claim.until if named else self.claim.after
        return range(edge.year if edge else min(act.year, _FOUNDED), act.year + 1)

    def _named(self, named: Sequence[Occasion], rows: tuple[EventRow, ...]) -> str:
        """The act that the claim counts from, and on whose word the record holds it."""
        if self.claim.kind != "since":
            return ""
        if not named:
            return f"Of the time named ({_period(self.claim)}) the record holds no such act."
        alone = all(article == self.claim.article for one in named for article in one.articles)
        whose = "on the word of the same article alone" if alone else "told of independently of this article"
        return f"The act of the time named is in the record, {whose}: {_cited(rows)}."

    def _unlisted(self, kind: Kind, known: Knowledge, named: Sequence[Occasion]) -> str:
        """An act that only the article itself tells of, and that a list lacks which should hold it."""
        if not named or any(article != self.claim.article for one in named for article in one.articles):
            return ""
        office, year = kind.office or self.office, named[-1].start.year
        listing = known.lists(office, self.actor, self.recipient, year)
        return f"{listing.keeper} lists such acts of {year}, but not this one." if listing else ""

    def _none(self, years: range) -> str:
        act = self.claim.row.day
        if self.claim.until is None:
            return f"The record holds no such act before {act}."
        return f"It holds no such act after {self.claim.until.isoformat()} and before {act}."

    def _bare(self, bare: Sequence[int], years: range) -> str:
        if not bare:
            return "What one person did before is not what a list of offices shows."
        shown = [
            year for year in bare if year >= years.stop - 200
        ]  # what centuries ago is not covered need not be told
        read = self._read(bare)
        articles = "no other article" if not read else f"{read:,} other article{'s' * (read > 1)}"
        office = f"the {self.title} ({self.actor})" if self.title else "this kind of traveller"
        return (
            f"But no official list in the record covers {office} in {runs(shown)}, and of these years it holds "
            f"{articles} "
            "that Dragoman read: that it holds none does not show that there was none."
        )

    def _read(self, bare: Sequence[int]) -> int:
        """How many articles Dragoman read were published in these years, before the act was over; this one left out."""
        sql = """SELECT count(*) AS n FROM articles WHERE origin = 'read' AND id <> ? AND published <= ?
            AND list_contains(?::INTEGER[], year(published))"""
        return int(self.record.select(sql, self.claim.article, self.claim.row.end, list(bare))[0]["n"])

    def _others(self, kind: Kind) -> tuple[EventRow, ...]:
        """Acts in between that differ in the office alone: what the claim contradicts if it is meant more widely."""
        edge = self.claim.until
        wider = [one for one in self._before(replace(kind, office=None)) if edge is None or one.start > edge]
        return self._rows(wider)

    def _rare(self) -> ClaimCheck:
        measure, act = load_claims().rare, self.claim.row.start or date.max
        first = date(max(act.year - measure["years"], 1), act.month, min(act.day, 28))
        kind = self.kind()
        past = [one for one in self._before(kind) if one.end >= first]
        rows = self._rows(past)
        held = f"In the {measure['years']} years before, the record holds {len(past)} such act{'s' * (len(past) != 1)}"
        held += f": {_cited(rows)}." if rows else "."
        if len(past) > measure["contradicts"]:
            return self._check("contradicted", f"{held} That is more than one a year.", rows)
        return self._rarely(kind, held, len(past) <= measure["supports"], rows, range(first.year, act.year + 1))

    def _rarely(self, kind: Kind, held: str, few: bool, rows: tuple[EventRow, ...], years: range) -> ClaimCheck:
        if not few:
            return self._check(
                "not checkable", f"{held} Whether that is rare is a matter of what the word means.", rows
            )
        known = knowledge(self.record, kind, (), self.claim.row.start)
        bare = [year for year in years if known.lists(self.office, self.actor, self.recipient, year) is None]
        if bare:
            return self._check("not checkable", f"{held} {self._bare(bare, years)}", rows)
        return self._check("supported", f"{held} An official list covers these years.", rows)

    def _rows(self, found: Sequence[Occasion]) -> tuple[EventRow, ...]:
        """The event that speaks for each occasion, latest first."""
        rows = of_ids(self.record, [one.events[0] for one in found])
        return tuple(rows[one.events[0]] for one in reversed(found) if one.events[0] in rows)

    def _check(self, verdict: Verdict, why: str, evidence: tuple[EventRow, ...]) -> ClaimCheck:
        return ClaimCheck(self.claim, verdict, why, evidence[: 2 * CITED], self._of())

    def _of(self) -> str:
        """ "CONSULT visit: the Defense Secretary (USA) → Algeria"."""
        row = self.claim.row
        who = code_name(self.actor) if self.actor else "somebody"
        if self._of_office() and self.title:
            who = f"the {self.title} ({self.actor})"
        if self.claim.kind == "own":
            who = next((each.name for each in row.actors if each.code == self.actor), who)
        whom = f" → {code_name(self.recipient)}" if self.recipient else ""
        return f"{' '.join((row.category, *row.modes))}: {who}{whom}"


# Before the first year of the oldest list of visits that is published (1866), nobody asks for a list.
_FOUNDED = 1866


def _period(claim: Claim) -> str:
    if claim.after is None or claim.until is None:
        return "none"
    return (
        claim.after.isoformat()
        if claim.after == claim.until
        else f"{claim.after.isoformat()} to {claim.until.isoformat()}"
    )


def _by_others(others: Sequence[EventRow]) -> str:
    if not others:
        return ""
    count = "one act" if len(others) == 1 else f"{len(others)} acts"
    return f"By holders of other offices it holds {count} in between: {_cited(others)}."


def _cited(rows: Iterable[EventRow]) -> str:
    """ "Hillary Clinton (Secretary of State), 2012-10-29 [1a2b3c4d]; …": who, the day and the event's id."""
    found = list(rows)
    told = "; ".join(f"{_who(row)}, {row.day or 'day unknown'} [{row.event[:8]}]" for row in found[:CITED])
    return told + (f"; and {len(found) - CITED} more" if len(found) > CITED else "")


def _who(row: EventRow) -> str:
    names = [f"{each.name} ({each.office})" if each.office else each.name for each in row.actors]
    return ", ".join(names[:2]) or "somebody"
