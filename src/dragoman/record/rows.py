"""A reading as the rows of the record's tables; what claims something without words is refused here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from dragoman.errors import RecordError
from dragoman.linking.events import event_key
from dragoman.linking.stories import story_key
from dragoman.model import PARAGRAPH_BREAK, Article, Attribution, Entity, Party, Reading, Report, Span

Value = str | int | float | bool | date | list[str] | list[int] | None
Row = dict[str, Value]
Rows = dict[str, list[Row]]

# The tables that hold an article's reading, each with a column that names the article.
READING_TABLES = (
    "articles",
    "paragraphs",
    "entities",
    "offices",
    "reports",
    "cues",
    "attributions",
    "parties",
    "quantities",
    "reasons",
    "vectors",
)


def reading_rows(reading: Reading) -> Rows:
    """The rows of one reading by table, with its fingerprint.

    :raises RecordError: a claim has no span, a span lies outside the article's text or belongs to another article,
        a party names an entity the reading does not have, or paragraphs do not begin where they say.
    """
    return _Writer(reading).write()


def fingerprint(rows: Rows) -> str:
    """A hash of the content of a reading: equal rows give equal hashes, on every machine.

    :raises ValueError: a number is not finite, or a text holds half a surrogate pair.
    """
    plain = json.dumps(rows, sort_keys=True, ensure_ascii=False, allow_nan=False, default=str)
    return sha256(plain.encode("utf-8")).hexdigest()


@dataclass
class _Writer:
    reading: Reading
    text: str = ""
    rows: Rows = field(default_factory=lambda: {table: [] for table in READING_TABLES})

    @property
    def article(self) -> Article:
        return self.reading.article

    def write(self) -> Rows:
        self.text = self.article.text
        self._paragraphs()
        for position, entity in enumerate(self.reading.entities):
            self._entity(position, entity)
        story = story_key(self.article)
        known = {entity.id for entity in self.reading.entities}
        self._check_sequences()
        for report in self.reading.reports:
            self._report(report, story, known)
        self._article(story)
        return self.rows

    def _refuse(self, what: str) -> RecordError:
        return RecordError(f"the record refuses the reading: {what}", source=self.article.id or "article")

    def _words(self, span: Span | None, what: str) -> Row:
        """Offsets and words of a claim's span: no span, no claim."""
        if not isinstance(span, Span):
            raise self._refuse(f"{what} has no span")
        if span.article != self.article.id:
            raise self._refuse(f"the span of {what} is in another article, {span.article}")
        if span.end > len(self.text):
            raise self._refuse(f"the span of {what} ({span.start}:{span.end}) ends after the text ({len(self.text)})")
        return {"starts": span.start, "ends": span.end, "words": self.text[span.start : span.end]}

    def _optional_words(self, span: Span | None, what: str, prefix: str = "") -> Row:
        words = {"starts": None, "ends": None, "words": None} if span is None else self._words(span, what)
        return {f"{prefix}{name}": value for name, value in words.items()}

    def _add(self, table: str, row: Row) -> None:
        self.rows[table].append({"article": self.article.id, **row})

    def _check_sequences(self) -> None:
        reports = self.reading.reports
        if len({report.sequence for report in reports}) != len(reports) or len({r.id for r in reports}) != len(reports):
            raise self._refuse("two of its reports have one sequence or one id")
        if len({entity.id for entity in self.reading.entities}) != len(self.reading.entities):
            raise self._refuse("two of its entities have one id")
        if any(report.article != self.article.id for report in reports):
            raise self._refuse("a report belongs to another article")

    def _article(self, story: str) -> None:
        article = self.article
        if not article.id:
            raise self._refuse("the article has no id")
        row: Row = {
            "id": article.id,
            "title": article.title,
            "url": article.url,
            "outlet": article.outlet,
            "byline": article.byline,
            "published": article.published,
            "published_basis": article.published_basis,
            "language": article.language,
            "version": self.reading.version,
            "story": story,
            "length": len(self.text),
        }
        if article.credit is not None:
            row["credit"] = article.credit
        if article.origin != "read":
            row["origin"] = article.origin
        self.rows["articles"].append(row)
        try:
            row["fingerprint"] = fingerprint(self.rows)
        except ValueError as error:
            raise self._refuse(f"a value cannot be stored ({error})") from error
        # what Dragoman read itself has the fingerprint that it had before there were imports
        row["origin"] = article.origin

    def _paragraphs(self) -> None:
        starts = 0
        for position, part in enumerate(self.article.paragraphs):
            if part.start != starts:
                raise self._refuse(f"paragraph {position} begins at {starts}, not at {part.start}")
            row: Row = {"position": position, "role": part.role, "starts": starts, "text": part.text}
            self._add("paragraphs", {**row, "credit": part.credit})
            starts += len(part.text) + len(PARAGRAPH_BREAK)

    def _entity(self, position: int, entity: Entity) -> None:
        row: Row = {
            "position": position,
            "id": entity.id,
            "kind": entity.kind,
            "name": entity.name,
            "code": entity.code,
            "sector": entity.sector,
            "other_sectors": list(entity.other_sectors),
            "aliases": list(entity.aliases),
            "wikidata_id": entity.wikidata_id,
        }
        self._add("entities", row)
        for place, office in enumerate(entity.offices):
            held: Row = {
                "entity": entity.id,
                "position": place,
                "office": office.office,
                "country": office.country,
                "former": office.former,
                "since": office.since,
                "until": office.until,
            }
            self._add("offices", {**held, **self._optional_words(office.evidence, f"the office of {entity.name}")})

    def _report(self, report: Report, story: str, known: set[str]) -> None:
        what = f"report {report.id}"
        sentence = self._words(report.sentence, f"the sentence of {what}")
        if not report.cues:
            raise self._refuse(f"{what} has no cue")
        cues = [self._words(cue, f"a cue of {what}") for cue in report.cues]
        time, place = self._when(report), self._where(report)
        row: Row = {
            "sequence": report.sequence,
            "id": report.id,
            "event": event_key(self.article, report, story=story),
            "category": report.category,
            "modes": list(report.modes),
            "contexts": list(report.contexts),
            "auxiliary": list(report.auxiliary),
            "about": list(report.about),
            "cue_text": report.cue_text,
            "confidence": report.confidence,
        }
        self._add("reports", {**row, **sentence, **time, **place})
        self._numbered("cues", report, cues)
        self._parties(report, "actor", report.actors, known)
        self._parties(report, "recipient", report.recipients, known)
        self._attributions(report, known)
        self._numbered("quantities", report, self._quantities(report))
        self._numbered("reasons", report, self._reasons(report))
        self._vectors(report)

    def _vectors(self, report: Report) -> None:
        held = report.vectors
        if held is not None:
            both: Row = {"cue": list(held.cue), "sentence": list(held.sentence)}
            self._add("vectors", {"sequence": report.sequence, **both})

    def _numbered(self, table: str, report: Report, rows: Sequence[Row] | Iterator[Row]) -> None:
        for position, row in enumerate(rows):
            self._add(table, {"sequence": report.sequence, "position": position, **row})

    def _when(self, report: Report) -> Row:
        when, what = report.when, f"the date of report {report.id}"
        if when is None:
            return {}
        if when.basis == "words":
            self._words(when.span, what)
        time: Row = {
            "when_start": when.start,
            "when_end": when.end,
            "when_precision": when.precision,
            "when_basis": when.basis,
        }
        return {**time, **self._optional_words(when.span, what, "when_")}

    def _where(self, report: Report) -> Row:
        where = report.where
        if where is None:
            return {}
        words = self._words(where.span, f"the place of report {report.id}")
        place: Row = {
            "where_name": where.name,
            "where_code": where.code,
            "where_latitude": where.latitude,
            "where_longitude": where.longitude,
            "where_geonameid": where.geonameid,
            "where_precision": where.precision,
        }
        return {**place, **{f"where_{name}": value for name, value in words.items()}}

    def _parties(
        self, report: Report, role: str, parties: Sequence[Party], known: set[str], *, attribution: int | None = None
    ) -> None:
        for position, party in enumerate(parties):
            if party.entity not in known:
                raise self._refuse(f"the {role} {party.text!r} of report {report.id} is no entity of the reading")
            row: Row = {
                "sequence": report.sequence,
                "role": role,
                "attribution": attribution,
                "position": position,
                "entity": party.entity,
                "name": party.name,
                "code": party.code,
                "sector": party.sector,
                "office": party.office,
                "text": party.text,
            }
            self._add("parties", {**row, **self._words(party.span, f"the {role} {party.text!r} of report {report.id}")})

    def _attributions(self, report: Report, known: set[str]) -> None:
        listed = list(report.attribution)
        everyone = listed + _unlisted_parents(listed)
        for number, said in enumerate(everyone):
            row: Row = {
                "sequence": report.sequence,
                "number": number,
                "listed": number < len(listed),
                "parent": everyone.index(said.parent) if said.parent else None,
                "kind": said.kind,
                "anonymous": said.anonymous,
            }
            content = self._words(said.content, f"an attribution of report {report.id}")
            cue = self._optional_words(said.cue, f"an attribution's cue of report {report.id}", "cue_")
            self._add("attributions", {**row, **content, **cue})
            self._parties(report, "source", said.source, known, attribution=number)

    def _quantities(self, report: Report) -> Iterator[Row]:
        for quantity in report.quantities:
            row: Row = {
                "value": float(quantity.value),
                "unit": quantity.unit,
                "counted": quantity.of,
                "text": quantity.text,
            }
            yield {**row, **self._words(quantity.span, f"the quantity {quantity.text!r} of report {report.id}")}

    def _reasons(self, report: Report) -> Iterator[Row]:
        for reason in report.reasons:
            row: Row = {"field": reason.field, "rule": reason.rule, "score": reason.score}
            yield {**row, **self._optional_words(reason.span, f"the reason of {reason.field} of report {report.id}")}


def _unlisted_parents(listed: list[Attribution]) -> list[Attribution]:
    """The attributions that others are nested in and that are not listed themselves, each once."""
    found: list[Attribution] = []
    waiting = [said.parent for said in listed]
    while waiting:
        parent = waiting.pop(0)
        if parent is not None and parent not in listed and parent not in found:
            found.append(parent)
            waiting.append(parent.parent)
    return found
