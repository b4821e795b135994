"""What analysts corrected, to learn from: judged events with what was read and what is right, and files for training.

``categories.tsv`` and ``parties.bio`` are what ``python -m training.own`` takes (docs/own-pipeline.md) and ``dragoman
evaluate`` measures; ``judged.jsonl`` holds every judgement with its words, for any other use. Offsets in it count code
points of ``text``, the sentence, from 0, end exclusive; ``start`` is where the sentence begins in the article's text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.exchange.base import Format, Told, told, write_files
from dragoman.model import Correction, Event, Party, Report, Span, When
from dragoman.record import EventFilter, Record

JUDGED, CATEGORIES, PARTIES = "judged.jsonl", "categories.tsv", "parties.bio"
HEADER = ("marked_sentence", "gold_root")
JUDGEMENTS = ("field", "reject", "restore")
LOSSES = (
    "events that nobody judged, and what their reports say beyond the sentence of the one that speaks for the event",
    "splits and merges of events and entities, which no head of the reader learns from",
    "corrections that were undone or overruled, and those that wait for what they are about",
    "categories.tsv: rejected events, and events whose first actor and recipient are not both named in the sentence",
    "parties.bio: events whose parties were not corrected, or are not all named in the sentence",
    "white space other than blanks within a sentence, in the two files for training",
)

_MARKS = re.compile(r"</?[st]>")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SPACE = re.compile(r"\s")

Row = dict[str, Any]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """An event that somebody judged: its report as it was read and as it is right, and the sentence of both."""

    event: Event
    text: str
    start: int
    read: Report
    right: Report
    version: str
    judgements: tuple[Correction, ...]

    def place(self, span: Span) -> Place | None:
        """Where a span lies in the sentence; None where it is not inside."""
        first, last = span.start - self.start, span.end - self.start
        return (first, last) if first >= 0 and last <= len(self.text) else None

    def named(self, party: Party) -> Place | None:
        """Where the sentence names a party; None where the party's words are only those of the cue."""
        return None if party.span in self.right.cues else self.place(party.span)


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write the judgements to ``folder``: ``{"judged": n, "categories": n, "parties": n}`` events.

    :raises SourceError: the folder cannot be written.
    :raises RecordError: the record cannot be read.
    """
    chosen = replace(filter or EventFilter(), corrected=True, rejected=None)
    found = [_judged(each) for each in told(record, record.events(chosen)) if _judgements(each.event)]
    rows, blocks = list(_categories(found)), list(_parties(found))
    write_files(
        folder,
        {
            JUDGED: lambda: (json.dumps(judged_row(each), ensure_ascii=False) for each in found),
            CATEGORIES: lambda: iter(["\t".join(HEADER), *rows]),
            PARTIES: lambda: (line for block in blocks for line in (*block, "")),
        },
    )
    return {"judged": len(found), "categories": len(rows), "parties": len(blocks)}


def _judgements(event: Event) -> tuple[Correction, ...]:
    return tuple(each for each in event.corrections if each.kind in JUDGEMENTS)


def _judged(each: Told) -> Judged:
    right, read = each.event.reports[0], (each.event.read or each.event.reports)[0]
    text = each.article.text[right.sentence.start : right.sentence.end]
    return Judged(each.event, text, right.sentence.start, read, right, each.version, _judgements(each.event))


def judged_row(each: Judged) -> Row:
    """One line of judged.jsonl; ``right`` is null where the event was rejected."""
    return {
        "event": each.event.id,
        "article": each.right.article,
        "report": each.right.id,
        "version": each.version,
        "start": each.start,
        "text": each.text,
        "cue": [place for cue in each.right.cues if (place := each.place(cue))],
        "rejected": each.event.rejected,
        "read": _fields(each, each.read),
        "right": None if each.event.rejected else _fields(each, each.right),
        "judgements": [_judgement(one) for one in each.judgements],
    }


def _fields(each: Judged, report: Report) -> Row:
    return {
        "event": report.category,
        "mode": list(report.modes),
        "context": list(report.contexts),
        "auxiliary_mode": list(report.auxiliary),
        "actor": [_party(each, party) for party in report.actors],
        "recipient": [_party(each, party) for party in report.recipients],
        "about": list(report.about),
        "date": _days(report.when),
        "event_loc": report.where.name if report.where else None,
    }


def _party(each: Judged, party: Party) -> Row:
    place = each.named(party)
    start, end = place or (None, None)
    return {"id": party.entity, "name": party.name, "code": party.code, "start": start, "end": end}


def _days(when: When | None) -> list[str] | None:
    return [when.start.isoformat(), when.end.isoformat(), when.precision] if when else None


def _judgement(each: Correction) -> Row:
    return {
        "id": each.id,
        "kind": each.kind,
        "field": each.field,
        "who": each.who,
        "why": each.why,
        "made": each.made.isoformat(),
    }


def _categories(found: list[Judged]) -> Iterator[str]:
    """Sentences with their first actor and recipient marked, and the category."""
    for each in found:
        if each.event.rejected or not (each.right.actors and each.right.recipients) or _MARKS.search(each.text):
            continue
        source, target = each.named(each.right.actors[0]), each.named(each.right.recipients[0])
        if source and target and (source[1] <= target[0] or target[1] <= source[0]):
            marked = _marked(_SPACE.sub(" ", each.text), source, target)
            yield f"{_quoted(marked)}\t{each.right.category}"


def _marked(text: str, source: Place, target: Place) -> str:
    for (start, end), mark in sorted(((source, "s"), (target, "t")), reverse=True):
        text = f"{text[:start]}<{mark}>{text[start:end]}</{mark}>{text[end:]}"
    return text


def _quoted(field: str) -> str:
    """A field that begins with a quotation mark is quoted whole, as readers of such tables expect."""
    return '"' + field.replace('"', '""') + '"' if field.startswith('"') else field


def _parties(found: list[Judged]) -> Iterator[list[str]]:
    """Tokens with the tags of sources and targets, of events whose parties were corrected."""
    for each in found:
        changed = {one.field for one in each.judgements} & {"actors", "recipients"}
        sources, targets = ([each.named(p) for p in side] for side in (each.right.actors, each.right.recipients))
        if not each.event.rejected and changed and None not in (*sources, *targets):
            spans = [("S", place) for place in sources if place] + [("T", place) for place in targets if place]
            yield [f"{token[0]} {_tag(token.span(), spans)}" for token in _TOKEN.finditer(each.text)]


def _tag(token: Place, spans: list[tuple[str, Place]]) -> str:
    for letter, (start, end) in spans:
        if start < token[1] and token[0] < end:
            return f"{'B' if token[0] <= start else 'I'}-{letter}"
    return "O"


FORMAT = Format(
    name="training",
    description="Corrected events to learn from: judgements with their words, marked sentences, tagged words",
    export=export,
    files={
        JUDGED: "one judged event a line: the sentence, what was read and what is right, who judged and why",
        CATEGORIES: "sentences with <s>actor</s> and <t>recipient</t> and their category",
        PARTIES: "token and BIO tag of source (S) and target (T), an empty line after each sentence",
    },
    opens="`python -m training.own --categories … --parties …`, `dragoman evaluate category` and `parties`",
    losses=LOSSES,
)
