"""The words everyone in Dragoman speaks. Imports nothing of the project.

Every offset counts Unicode code points of the article's text (:attr:`Article.text`), start inclusive, end
exclusive, so that ``article.text[span.start:span.end]`` is the quoted words. Dates are calendar days in the
proleptic Gregorian calendar; no clock time is kept. The names are those of PLOVER (Open Event Data Alliance,
2021) where PLOVER has one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

ParagraphRole = Literal["headline", "standfirst", "body", "subhead", "caption", "quote"]
PublishedBasis = Literal["page", "given", "feed", "unknown"]
EntityKind = Literal["state", "person", "organisation", "group", "place", "thing"]
Precision = Literal["day", "week", "month", "year", "decade", "unknown"]
WhenBasis = Literal["words", "publication", "analyst"]
AttributionKind = Literal["direct", "indirect", "mixed", "document"]
CorrectionKind = Literal["field", "reject", "restore", "split", "merge", "split_entity", "merge_entities", "undo"]
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of one article's text."""

    article: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}:{self.end}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of an article: its text, what it is on the page, and where it begins in the article's text."""

    text: str
    role: ParagraphRole
    start: int
    credit: str | None = None

    @property
    def end(self) -> int:
        """One past the paragraph's last character in the article's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Article:
    """One published text. ``paragraphs`` are in page order; the headline, if any, is the first.

    ``credit`` is who the page says the text comes from (an agency, another outlet), None where it says nothing.
    ``origin`` is ``read`` for what Dragoman read itself, else the name of the format it was imported from; then
    the text is the row as it was published, and the article counts as no independent report.
    """

    id: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: date | None = None
    published_basis: PublishedBasis = "unknown"
    language: str | None = None
    origin: str = "read"
    credit: str | None = None

    @property
    def text(self) -> str:
        """The paragraphs' texts joined by :data:`PARAGRAPH_BREAK`; every span counts in this string."""
        return PARAGRAPH_BREAK.join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Office:
    """An office a person is said to hold or to have held. ``evidence`` is where the article says so."""

    office: str
    country: str | None = None
    former: bool = False
    since: date | None = None
    until: date | None = None
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A state, person, organisation, group or place, as far as one article tells; or the thing an act is directed at.

    ``code`` is ISO 3166-1 alpha-3 or PLOVER's IGO, UNO, EUR, NGO, ISM, IMG, MNC; None where nothing in the
    article says it. ``sector`` is PLOVER's (GOV, MIL, ...).
    """

    id: str
    kind: EntityKind
    name: str
    code: str | None = None
    sector: str | None = None
    other_sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    wikidata_id: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One mention of an entity in a role: the words, and what they were resolved to.

    ``entity`` is the id of an :class:`Entity` of the same reading; ``span`` holds the mention's words;
    ``name`` is the entity's resolved name; ``office`` is the office named or known at this mention.
    """

    entity: str
    name: str
    text: str
    span: Span
    code: str | None = None
    sector: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """First and last day an event can have had, and how exactly the words fix them.

    ``basis`` is ``words`` where an expression in the text fixes the time (``span``), ``publication`` where
    only the publication date does, ``analyst`` where somebody corrected what was read. An unknown date is the
    absence of a When, never a guess.
    """

    start: date
    end: date
    precision: Precision
    basis: WhenBasis
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place with its words; coordinates in degrees (WGS 84) where the gazetteer knows them."""

    name: str
    span: Span
    code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonameid: int | None = None
    precision: Literal["country", "region", "city", "unknown"] = "unknown"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number the report ties to the event: ``value`` in ``unit`` of what it counts (``of``)."""

    value: float
    text: str
    span: Span
    unit: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """On whose word: the source, the words that say so, and the content they cover.

    ``source`` is empty where the text cites nobody by words of its own ("reportedly"); ``parent`` is the
    attribution this one is nested in (the agency that quotes the ministry).
    """

    content: Span
    kind: AttributionKind
    source: tuple[Party, ...] = ()
    anonymous: bool = False
    cue: Span | None = None
    parent: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: the rule or the head that set it, its score in [0, 1], and its words."""

    field: str
    rule: str
    score: float | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Vectors:
    """What a report's cue and its sentence are like: whole numbers from -127 to 127, as many in each vector.

    Only the angle between two vectors of a kind means something; :mod:`dragoman.language.vectors` makes them.
    """

    cue: tuple[int, ...]
    sentence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One article's statement of one event. ``sequence`` counts the article's reports from 0 in text order.

    ``vectors`` are None where the pipeline that read the article makes none.
    """

    id: str
    article: str
    sequence: int
    category: str
    sentence: Span
    cues: tuple[Span, ...]
    cue_text: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...] = ()
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    when: When | None = None
    where: Where | None = None
    auxiliary: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    about: tuple[str, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    confidence: float = 0.0
    reasons: tuple[Reason, ...] = ()
    vectors: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article yields: the article, its entities and its reports, in text order.

    ``version`` names the coder and the data that made the reading; the same version and the same article
    give the same reading.
    """

    article: Article
    entities: tuple[Entity, ...] = ()
    reports: tuple[Report, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One change an analyst made: ``who`` made it, ``why``, and when (``made``, with its time zone).

    ``target`` is the id that the event or entity had then; of an undo, the number of the correction it takes back.
    ``was`` and ``now`` are plain JSON values: what the record said before, and what the analyst says. ``undone_by``
    is the number of the undo that took it back. ``dangling`` tells that what it is about is not in the record as it
    is read now; it holds again as soon as that returns.
    """

    id: int
    kind: CorrectionKind
    target: str
    who: str
    why: str
    made: datetime
    field: str | None = None
    was: Json = None
    now: Json = None
    undone_by: int | None = None
    dangling: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as far as its reports agree. ``stories`` counts independent texts among the reports.

    ``reports`` are as corrected; where a field was changed, ``read`` holds the same reports, in the same order, as
    they were read, and is empty otherwise. ``corrections`` are those that hold for the event, oldest first.
    """

    id: str
    reports: tuple[Report, ...]
    stories: int = 1
    corrected: bool = False
    rejected: bool = False
    read: tuple[Report, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read: its name as the user gave it, the kind of failure and the reason."""

    source: str
    kind: str
    reason: str
    details: dict[str, str] = field(default_factory=dict)
