"""A row that others have coded as a reading: who its cells name, and one report that points at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.exchange.cells import Row
from dragoman.model import Entity, EntityKind, Office, Party, Reading, Reason, Report, Span, When, Where
from dragoman.ontology import Name, key, load
from dragoman.ontology.persons import load_persons, plain, slug

# Of the readings of a name, the likeliest first; a capital or a people stands for no actor of its own here.
_KINDS = ("country", "seat", "organisation")


@dataclass(frozen=True, slots=True)
class Seen:
    """A party of a row: who it is, the words that name it, and the office the row gives him."""

    entity: Entity
    span: Span
    text: str
    office: str | None = None

    def party(self) -> Party:
        """As a party of a report."""
        who = self.entity
        return Party(who.id, who.name, self.text, self.span, who.code, who.sector, self.office)


def identity(
    name: str,
    *,
    code: str | None,
    sector: str | None = None,
    others: Iterable[str] = (),
    offices: tuple[Office, ...] = (),
) -> Entity:
    """Whom a data set means by a name and a code: a country, a body or a person known to the ontology, else a group.

    An empty name is the country of the code. Somebody with an office is a person.
    """
    more = tuple(dict.fromkeys(one for one in others if one != sector))
    if not name and code in load().countries:
        name = load().countries[code or ""].name
    if found := _named(name, code):
        known: EntityKind = "state" if found.kind == "country" else "organisation"
        return Entity(found.entity_id, known, found.name, found.code, sector or found.sector, more)
    person = load_persons().get(plain(name))
    if person and (code is None or person.code == code):
        return Entity(
            person.entity_id, "person", person.name, person.code, sector or person.sector, more, offices=offices
        )
    kind: EntityKind = "person" if offices else "group"
    name = name or code or "unknown"
    entity_id = ":".join(part for part in (kind, slug(name) or "unnamed", (code or "").lower()) if part)
    return Entity(entity_id, kind, name, code, sector, more, offices=offices)


def _named(name: str, code: str | None) -> Name | None:
    readings = load().names.get(key(name), ()) if name else ()
    fitting = [one for one in readings if one.kind in _KINDS and (code is None or one.code == code)]
    return min(fitting, key=lambda one: _KINDS.index(one.kind), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a row says of its event; the spans are cells of it."""

    category: str
    cue: Span
    rule: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[Seen, ...] = ()
    recipients: tuple[Seen, ...] = ()
    when: When | None = None
    where: Where | None = None
    auxiliary: tuple[str, ...] = ()
    sentence: Span | None = None
    confidence: float = 1.0


def reading(cells: Row, *events: Event, version: str) -> Reading:
    """The reading of a row with its events in their order."""
    reports = tuple(_report(cells, event, place) for place, event in enumerate(events))
    seen = {one.entity.id: one.entity for event in events for one in (*event.actors, *event.recipients)}
    return Reading(cells.article, tuple(seen.values()), reports, version)


def _report(cells: Row, event: Event, sequence: int) -> Report:
    article = cells.article
    return Report(
        id=f"{article.id}#{sequence}",
        article=article.id,
        sequence=sequence,
        category=event.category,
        sentence=event.sentence or cells.whole,
        cues=(event.cue,),
        cue_text=article.text[event.cue.start : event.cue.end],
        actors=tuple(seen.party() for seen in event.actors),
        recipients=tuple(seen.party() for seen in event.recipients),
        modes=event.modes,
        contexts=event.contexts,
        when=event.when,
        where=event.where,
        auxiliary=event.auxiliary,
        confidence=event.confidence,
        reasons=(Reason("category", event.rule, event.confidence, event.cue),),
    )
