"""Articles, entities and readings made by hand, for the tests of every room after the coding.

Words are named by what they are: ``span(article, "Algiers")`` is the first "Algiers" of the text.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from dragoman.model import (
    PARAGRAPH_BREAK,
    Article,
    Attribution,
    Entity,
    EntityKind,
    Office,
    Paragraph,
    ParagraphRole,
    Party,
    Quantity,
    Reading,
    Reason,
    Report,
    Span,
    Vectors,
    When,
    Where,
)
from dragoman.record import Record
from dragoman.record.rows import READING_TABLES

VERSION = "reader-1"
LINK_TABLES = (
    "unlinked",
    "signatures",
    "text_pairs",
    "story_links",
    "blocks",
    "links",
    "linked_events",
    "identity_links",
    "identity_blocks",
    "unjoined",
)
CORRECTION_TABLES = ("corrections", "anchors", "regrouped", "merged_events", "entity_changes", "applied")


def emptied(*records: Record) -> None:
    """Take every row out of records that tests share: opening a record costs more than most tests."""
    for record in records:
        for table in (*READING_TABLES, "failures", *CORRECTION_TABLES, *LINK_TABLES, "facts", "stale"):
            record._select(f"DELETE FROM {table}")


def article(id: str, *texts: str | tuple[ParagraphRole, str], **fields: Any) -> Article:
    """An article of these paragraphs; a text alone is a body paragraph."""
    paragraphs: list[Paragraph] = []
    start = 0
    for text in texts:
        role, words = ("body", text) if isinstance(text, str) else text
        paragraphs.append(Paragraph(words, role, start))
        start += len(words) + len(PARAGRAPH_BREAK)
    return Article(id, tuple(paragraphs), **fields)


def span(of: Article, words: str, *, nth: int = 0) -> Span:
    """The span of the ``nth`` occurrence of some words, from 0."""
    at = -1
    for _ in range(nth + 1):
        at = of.text.index(words, at + 1)
    return Span(of.id, at, at + len(words))


def entity(id: str, name: str | None = None, *, kind: EntityKind = "state", **fields: Any) -> Entity:
    """An entity; a state is its own code unless another is given."""
    code = {"code": id} if kind == "state" else {}
    return Entity(id, kind, name or id, **(code | fields))


def party(of: Article, words: str, who: Entity, *, nth: int = 0, **fields: Any) -> Party:
    """A mention of an entity by some words of the article."""
    known = {"code": who.code, "sector": who.sector} | fields
    return Party(who.id, who.name, words, span(of, words, nth=nth), **known)


def report(
    of: Article, sentence: str, cue: str, *, sequence: int = 0, category: str = "CONSULT", **fields: Any
) -> Report:
    """A report resting on a sentence and a cue of the article."""
    fields = {"actors": (), "confidence": 0.5} | fields
    return Report(
        id=f"{of.id}#{sequence}",
        article=of.id,
        sequence=sequence,
        category=category,
        sentence=span(of, sentence),
        cues=(span(of, cue),),
        cue_text=cue,
        **fields,
    )


NORDMARK = entity("NOR", "Norway", sector="GOV")
SUEDLAND = entity("PRT", "Portugal", sector="GOV")
MINISTER = entity(
    "person:ana-reis", "Ana Reis", kind="person", code="PRT", sector="GOV", other_sectors=("SPY",), aliases=("Reis",)
)

VISIT = "Foreign Minister Ana Reis visited Oslo on Monday, Norway said, citing an aide."
GRANT = "Portugal may grant 20 million euros."


def visit(id: str = "a1", *, monday: date | None = date(2021, 3, 1), version: str = VERSION, **fields: Any) -> Reading:
    """A reading that uses every part of the model: nested attribution, place, quantity, office, reasons."""
    fields = {
        "title": "A visit",
        "outlet": "The Daily",
        "published": date(2021, 3, 2),
        "published_basis": "page",
    } | fields
    text = article(id, ("headline", "A visit"), VISIT, GRANT, **fields)
    office = Office("Foreign Minister", "PRT", evidence=span(text, "Foreign Minister"))
    minister = Entity(**{name: getattr(MINISTER, name) for name in MINISTER.__slots__} | {"offices": (office,)})
    aide = party(text, "an aide", entity("group:aide", "an aide", kind="group"))
    agency = Attribution(span(text, "Norway said"), "indirect", (aide,), anonymous=True, cue=span(text, "citing"))
    norway = party(text, "Norway", NORDMARK)
    said = Attribution(span(text, "Foreign Minister Ana Reis visited Oslo"), "mixed", (norway,), parent=agency)
    first = report(
        text,
        VISIT,
        "visited",
        actors=(party(text, "Ana Reis", minister, office="Foreign Minister"),),
        recipients=(party(text, "Oslo", NORDMARK),),
        modes=("visit",),
        contexts=("diplomatic", "military"),
        when=When(monday, monday, "day", "words", span(text, "on Monday")) if monday else None,
        where=Where("Oslo", span(text, "Oslo"), "NOR", 59.91273, 10.74609, 3143244, "city"),
        attribution=(said,),
        confidence=0.876,
        reasons=(Reason("category", "cue:visit", 0.9, span(text, "visited")), Reason("mode", "table")),
        vectors=Vectors((3, -4, 0), (1, 2, -127)),
    )
    second = report(
        text,
        GRANT,
        "grant",
        sequence=1,
        category="AID",
        actors=(party(text, "Portugal", SUEDLAND),),
        auxiliary=("hypothetical",),
        quantities=(Quantity(20e6, "20 million euros", span(text, "20 million euros"), "EUR", "aid"),),
        about=("NOR",),
    )
    known = (minister, NORDMARK, SUEDLAND, entity("group:aide", "an aide", kind="group"))
    return Reading(text, known, (first, second), version)


# Strategies: whole readings with every field drawn, over a small alphabet that holds what breaks stores: quotes,
# separators of JSON and SQL, letters outside the first plane, zero bytes, combining marks.

_TEXT = st.text(st.sampled_from("ab Zé'\"\\;|%_\n\x00\u2028\u0301\u0631\U0001f54a"), min_size=1, max_size=20)
_MAYBE = st.none() | _TEXT
_NAMES = st.lists(st.sampled_from(("alpha", "beta", "gamma")), max_size=2, unique=True).map(tuple)
_DAYS = st.dates(date(1700, 1, 1), date(2100, 1, 1))
_IDS = ("DZA", "USA", "person:x", "group:y")
CATEGORIES = ("ACCUSE", "AID", "CONSULT", "ASSAULT")


@st.composite
def spans(draw: st.DrawFn, of: Article) -> Span:
    """Any words of the article."""
    start = draw(st.integers(0, len(of.text) - 1))
    return Span(of.id, start, draw(st.integers(start + 1, len(of.text))))


@st.composite
def articles(draw: st.DrawFn, id: str) -> Article:
    """Any article with at least one character of text."""
    roles = st.sampled_from(("headline", "body", "quote", "caption"))
    texts = draw(st.lists(st.tuples(roles, _TEXT), min_size=1, max_size=3))
    return article(
        id,
        *texts,
        title=draw(_MAYBE),
        url=draw(_MAYBE),
        outlet=draw(_MAYBE),
        byline=draw(_MAYBE),
        published=draw(st.none() | _DAYS),
        published_basis=draw(st.sampled_from(("page", "given", "unknown"))),
        language=draw(st.none() | st.just("en")),
    )


@st.composite
def entities(draw: st.DrawFn, of: Article, id: str) -> Entity:
    """Any entity of this id, as one article may tell of it."""
    offices = st.builds(
        Office, _TEXT, _MAYBE, st.booleans(), st.none() | _DAYS, st.none() | _DAYS, st.none() | spans(of)
    )
    return Entity(
        id=id,
        kind=draw(st.sampled_from(("state", "person", "group"))),
        name=draw(_TEXT),
        code=draw(st.none() | st.sampled_from(("DZA", "USA"))),
        sector=draw(st.none() | st.sampled_from(("GOV", "MIL"))),
        other_sectors=draw(_NAMES),
        aliases=draw(_NAMES),
        offices=tuple(draw(st.lists(offices, max_size=2))),
        wikidata_id=draw(st.none() | st.just("Q1")),
    )


@st.composite
def parties(draw: st.DrawFn, of: Article, ids: tuple[str, ...]) -> Party:
    """Any mention of one of these entities."""
    where, code = draw(spans(of)), draw(st.none() | st.sampled_from(("DZA", "USA")))
    return Party(draw(st.sampled_from(ids)), draw(_TEXT), draw(_TEXT), where, code, draw(_MAYBE), draw(_MAYBE))


@st.composite
def attributions(draw: st.DrawFn, of: Article, ids: tuple[str, ...], depth: int = 2) -> Attribution:
    """Any attribution, nested up to ``depth`` times."""
    return Attribution(
        content=draw(spans(of)),
        kind=draw(st.sampled_from(("direct", "indirect", "mixed", "document"))),
        source=tuple(draw(st.lists(parties(of, ids), max_size=2))),
        anonymous=draw(st.booleans()),
        cue=draw(st.none() | spans(of)),
        parent=draw(st.none() | attributions(of, ids, depth - 1)) if depth else None,
    )


@st.composite
def whens(draw: st.DrawFn, of: Article) -> When:
    """Any date: with words, or from the publication."""
    start, basis = draw(_DAYS), draw(st.sampled_from(("words", "publication")))
    end = start + timedelta(days=draw(st.sampled_from((0, 1, 30, 365))))
    precision = draw(st.sampled_from(("day", "week", "month", "year")))
    return When(start, end, precision, basis, draw(spans(of)) if basis == "words" else draw(st.none() | spans(of)))


_VECTOR = st.lists(st.integers(-127, 127), max_size=3).map(tuple)


@st.composite
def reports(draw: st.DrawFn, of: Article, ids: tuple[str, ...], sequence: int) -> Report:
    """Any report of the article whose parties are among these entities."""
    people, angle = st.lists(parties(of, ids), max_size=2).map(tuple), st.floats(-90, 90)
    words, precision = spans(of), st.sampled_from(("country", "city", "unknown"))
    numbers = st.floats(allow_nan=False, allow_infinity=False)
    places = st.builds(Where, _TEXT, words, _MAYBE, angle, angle, st.none() | st.integers(1, 2**40), precision)
    cues = tuple(draw(st.lists(words, min_size=1, max_size=2)))
    return Report(
        id=f"{of.id}#{sequence}",
        article=of.id,
        sequence=sequence,
        category=draw(st.sampled_from(CATEGORIES)),
        sentence=draw(words),
        cues=cues,
        cue_text=" ".join(of.text[cue.start : cue.end] for cue in cues),
        actors=draw(people),
        recipients=draw(people),
        modes=draw(_NAMES),
        contexts=draw(_NAMES),
        when=draw(st.none() | whens(of)),
        where=draw(st.none() | places),
        auxiliary=draw(st.lists(st.sampled_from(("future", "desired")), max_size=2, unique=True).map(tuple)),
        quantities=tuple(draw(st.lists(st.builds(Quantity, numbers, _TEXT, words, _MAYBE, _MAYBE), max_size=2))),
        about=draw(_NAMES),
        attribution=tuple(draw(st.lists(attributions(of, ids), max_size=2))),
        confidence=draw(st.integers(0, 100)) / 100,
        reasons=tuple(
            draw(st.lists(st.builds(Reason, _TEXT, _TEXT, st.none() | st.floats(0, 1), st.none() | words), max_size=2))
        ),
        vectors=draw(st.none() | st.builds(Vectors, _VECTOR, _VECTOR)),
    )


@st.composite
def readings(draw: st.DrawFn, id: str = "a") -> Reading:
    """Any reading of an article of this id that the record must take."""
    text = draw(articles(id))
    ids = tuple(draw(st.lists(st.sampled_from(_IDS), min_size=1, max_size=3, unique=True)))
    known = tuple(draw(entities(text, one)) for one in ids)
    count = draw(st.integers(0, 2))
    return Reading(text, known, tuple(draw(reports(text, ids, n)) for n in range(count)), draw(st.sampled_from("12")))


@st.composite
def collections(draw: st.DrawFn) -> list[Reading]:
    """Up to three readings of different articles, in any order."""
    ids = draw(st.permutations(("a", "b", "c")))[: draw(st.integers(1, 3))]
    return [draw(readings(id)) for id in ids]
