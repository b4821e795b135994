"""A large record of made-up reports, and how fast it answers.

usage: python benchmarks/synthetic.py BIG.duckdb [--events 100000] [--seed 1]

Every sentence is put together from a frame and names of the ontology; nothing in it happened. The same seed makes the
same record; one that is there already is only measured.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dragoman.linking.stories import key_of
from dragoman.model import (
    PARAGRAPH_BREAK,
    Article,
    Attribution,
    Entity,
    Failure,
    Paragraph,
    Party,
    Reading,
    Report,
    Span,
    When,
    Where,
)
from dragoman.ontology import Country, gazetteer, load
from dragoman.record import EventFilter, Record
from dragoman.views.dossier import dossier
from dragoman.views.since import since
from dragoman.views.subjects import subject

EVENTS_AN_ARTICLE = 5
COPIES = 0.1  # the share of articles that another outlet prints again
IMPORTED = 20  # one article of so many is a row of somebody else's data
FAILED, CORRECTED, MERGED = 1000, 100, 5  # sources that could not be read, events and entities that an analyst judged
FIRST, DAYS = date(1990, 1, 1), 36 * 365
AUXILIARY: tuple[tuple[str, ...], ...] = ((),) * 7 + (("future",), ("historical",), ("hypothetical",))
OUTLETS = tuple(f"The {name}" for name in ("Courier", "Daily", "Evening", "Gazette", "Observer", "Register"))
# A few states are in most reports: the weight of the n-th falls as 1 / (n + 3).
HEAD = 3
AT_ONCE = 500  # articles a transaction
REPEATS = 15
WHO = {"who": "A. Analyst", "why": "to be measured"}

Pair = tuple[Country, Country]


def readings(events: int, *, seed: int = 1) -> Iterator[Reading]:
    """Readings of ``events`` events in all; copies tell of the same ones again."""
    rng = random.Random(seed)
    countries = [each for each in load().countries.values() if each.territory_of is None and each.capitals]
    rng.shuffle(countries)
    weights = [1 / (rank + HEAD) for rank in range(len(countries))]
    for number in range(events // EVENTS_AN_ARTICLE):
        pairs = [_pair(rng, countries, weights) for _ in range(EVENTS_AN_ARTICLE)]
        reading = _reading(rng, number, pairs)
        yield reading
        if rng.random() < COPIES:
            yield _copy(reading, rng.choice(OUTLETS))


def _pair(rng: random.Random, countries: list[Country], weights: list[float]) -> Pair:
    one, other = rng.choices(countries, weights, k=2)
    while other is one:
        other = rng.choices(countries, weights)[0]
    return one, other


def _reading(rng: random.Random, number: int, pairs: list[Pair]) -> Reading:
    published = FIRST + timedelta(days=rng.randrange(DAYS))
    id, frames = f"a{key_of(str(number))[:16]}", [_frame(rng, pair, number) for pair in pairs]
    paragraphs, starts = [], 0
    for text, *_ in frames:
        paragraphs.append(Paragraph(text, "body", starts))
        starts += len(text) + len(PARAGRAPH_BREAK)
    article = Article(
        id,
        tuple(paragraphs),
        title=f"Report {number}",
        url=f"https://example.org/{number}",
        outlet=rng.choice(OUTLETS),
        published=published,
        published_basis="page",
        language="en",
        origin="gdelt" if number % IMPORTED == 0 else "read",
    )
    people = {each.id: each for pair in pairs for country in pair for each in _entities(country)}
    told = [_report(rng, article, sequence, frame) for sequence, frame in enumerate(frames)]
    return Reading(article, tuple(people[key] for key in sorted(people)), tuple(told), "synthetic")


Frame = tuple[str, Pair, str, str]


def _frame(rng: random.Random, pair: Pair, number: int) -> Frame:
    """A sentence with its parties, its category and its cue."""
    category = rng.choice(sorted(load().categories))
    cue = f"{category.lower()}s"
    one, other = pair
    said = rng.choice(("", f", the minister of {one.name} said", ", an official said"))
    at = rng.choice(other.capitals)
    return f"On day {number} {one.name} {cue} {other.name} in {at}{said}.", pair, category, cue


def _entities(country: Country) -> tuple[Entity, Entity, Entity]:
    minister = f"the minister of {country.name}"
    return (
        Entity(f"state:{country.code}", "state", country.name, country.code, "GOV"),
        Entity(f"person:minister-{country.code.lower()}", "person", minister, country.code, "GOV"),
        Entity("group:official", "group", "an official"),
    )


def _report(rng: random.Random, article: Article, sequence: int, frame: Frame) -> Report:
    text, (one, other), category, cue = frame
    base = article.paragraphs[sequence].start
    state, minister, official = _entities(one)

    def at(words: str) -> Span:
        start = base + text.index(words)
        return Span(article.id, start, start + len(words))

    content = Span(article.id, base, base + len(text))
    speaker = next((each for each in (minister, official) if each.name in text), None)
    said = [Attribution(content, "indirect", (_party(speaker, at),), speaker is official)] if speaker else []
    day = (article.published or FIRST) - timedelta(days=rng.randrange(400))
    dated = rng.random() < 0.9
    place = next(capital for capital in other.capitals if f" in {capital}" in text)
    modes = sorted(load().categories[category].modes)
    return Report(
        id=f"{article.id}#{sequence}",
        article=article.id,
        sequence=sequence,
        category=category,
        sentence=content,
        cues=(at(cue),),
        cue_text=cue,
        actors=(_party(state, at),),
        recipients=(_party(_entities(other)[0], at),),
        modes=(rng.choice(modes),) if modes and rng.random() < 0.5 else (),
        contexts=(rng.choice(sorted(load().contexts)),),
        when=When(day, day, "day", "words", at(f"On day {text.split()[2]}")) if dated else None,
        where=_where(place, other.code, at(f"in {place}")),
        auxiliary=rng.choice(AUXILIARY),
        attribution=tuple(said),
        confidence=round(rng.random(), 2),
    )


def _where(place: str, code: str, words: Span) -> Where:
    found = _found(place, code)
    if found is None:
        return Where(place, words, code)
    return Where(place, words, code, found.latitude, found.longitude, found.geonameid, found.precision)


@cache
def _found(place: str, code: str) -> gazetteer.Place | None:
    return gazetteer.find(place, country=code)


def _party(entity: Entity, at: Callable[[str], Span]) -> Party:
    return Party(entity.id, entity.name, entity.name, at(entity.name), entity.code, entity.sector)


def _copy(reading: Reading, outlet: str) -> Reading:
    """The same text in another outlet."""
    id = f"{reading.article.id}c"

    def moved(span: Span) -> Span:
        return replace(span, article=id)

    def party(one: Party) -> Party:
        return replace(one, span=moved(one.span))

    def report(one: Report) -> Report:
        return replace(
            one,
            id=f"{id}#{one.sequence}",
            article=id,
            sentence=moved(one.sentence),
            cues=tuple(map(moved, one.cues)),
            actors=tuple(map(party, one.actors)),
            recipients=tuple(map(party, one.recipients)),
            when=replace(one.when, span=moved(one.when.span)) if one.when and one.when.span else None,
            where=replace(one.where, span=moved(one.where.span)) if one.where else None,
            attribution=tuple(
                replace(said, content=moved(said.content), source=tuple(map(party, said.source)))
                for said in one.attribution
            ),
        )

    return replace(
        reading,
        article=replace(reading.article, id=id, outlet=outlet),
        reports=tuple(map(report, reading.reports)),
    )


def make(path: Path, events: int, seed: int) -> None:
    """Write the record, many articles a transaction."""
    with Record.open(path) as record:
        waiting = readings(events, seed=seed)
        while several := list(islice(waiting, AT_ONCE)):
            record.add_many(several)
        for number in range(FAILED):
            record.fail(Failure(f"source-{number}.html", "format", "it is empty"))
        _judge(record)


def _judge(record: Record) -> None:
    """What an analyst says of some events and ministers."""
    for place, event in enumerate(record.events(limit=CORRECTED)):
        if place % 2:
            record.reject(event.id, **WHO)
        elif event.reports[0].contexts != ("military",):
            record.correct(event.id, "contexts", "military", **WHO)
    ministers = [each.id for each in record.entities() if each.kind == "person"][: 2 * MERGED]
    for one, other in zip(ministers[::2], ministers[1::2], strict=True):
        record.merge_entities([one, other], **WHO)


def measure(path: Path) -> Iterator[tuple[str, list[float]]]:
    """What is asked, and how long each answer took, in milliseconds."""
    yield "open, count", _timed(lambda: _count(path), 3)
    with Record.open(path) as record:
        some = [each.id for each in record.events(limit=REPEATS, offset=record.count() // 2)]
        ids = iter(some * 3)
        yield "one event by its id", _timed(lambda: record.event(next(ids)))
        yield "one by the beginning of its id", _timed(lambda: record.event(next(ids)[:12]))
        between = EventFilter(between=_dyad(record))
        asked = {
            "first 50 events": (EventFilter(), 0),
            "50 events at 90,000": (EventFilter(), 90_000),
            "50 of a dyad": (between, 0),
            "50 by whom": (EventFilter(by="minister of Spain"), 0),
            "50 of an article": (EventFilter(article=record.event(some[0]).reports[0].article), 0),
        }
        for name, (chosen, offset) in asked.items():
            yield name, _timed(lambda c=chosen, o=offset: list(record.events(c, limit=50, offset=o)))  # type: ignore[misc]
        yield "count of a dyad", _timed(lambda: record.count(between))
        yield "facts by category and year", _timed(lambda: record.select(_BY_YEAR))
        yield from _views(record)
        yield from _corrections(record, some)


def _views(record: Record) -> Iterator[tuple[str, list[float]]]:
    """Dossiers and occasions of the dyads with most events."""
    dyads = [(row["a"], row["b"]) for row in record.select(_DYADS)]
    first, then = iter(dyads), iter(dyads)
    yield "dossier of a dyad", _timed(lambda: dossier(record, subject(record, *next(first))))
    yield "since of a dyad", _timed(lambda: since(record, *next(then), category="CONSULT"))


_DYADS = f"""
SELECT actors[1] AS a, recipients[1] AS b FROM facts WHERE len(actors) = 1 AND len(recipients) = 1
GROUP BY ALL ORDER BY count(*) DESC, a, b LIMIT {REPEATS}
"""
_BY_YEAR = "SELECT category, year(when_start) AS y, count(*) AS n, avg(score) AS s FROM facts GROUP BY ALL"


def _corrections(record: Record, some: list[str]) -> Iterator[tuple[str, list[float]]]:
    ids = iter(some)
    made = []
    yield "reject an event", _timed(lambda: made.append(record.reject(next(ids), **WHO)))
    waiting = iter(some)
    yield "a corrected event", _timed(lambda: record.event(next(waiting)))
    first = iter(made)
    yield "undo, and the next question", _timed(lambda: (record.undo(next(first).id, **WHO), record.count()))


def _count(path: Path) -> None:
    with Record.open(path, read_only=True) as record:
        record.count()


def _dyad(record: Record) -> tuple[str, ...]:
    sql = "SELECT actors[1] AS a, recipients[1] AS b FROM facts GROUP BY ALL ORDER BY count(*) DESC, a, b LIMIT 1"
    found = record.select(sql)[0]
    return found["a"], found["b"]


def _timed(run: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    took = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        took.append((time.perf_counter() - start) * 1000)
    return took


def main() -> None:
    """Make the record where it is not there, measure it, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    console, start = Console(), time.perf_counter()
    if not given.path.exists():
        make(given.path, given.events, given.seed)
        console.print(f"made in {time.perf_counter() - start:.0f} s, {given.path.stat().st_size / 1e6:.0f} MB")
    table = Table("asked", "median ms", "slowest ms")
    for name, took in measure(given.path):
        table.add_row(name, f"{statistics.median(took):.1f}", f"{max(took):.1f}")
    console.print(table)


if __name__ == "__main__":
    main()
