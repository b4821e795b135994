"""An analyst's corrections as annotation: what was read beside what he says, and sentences with their category.

``categories.tsv`` is in the form of the task ``category`` (:mod:`dragoman.evaluation.marked`), so that
``dragoman evaluate category`` measures on it and the network's head can be trained on it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from dragoman.evaluation.marked import ROOT, SENTENCE
from dragoman.exchange.base import Format, Told, told, write_files
from dragoman.exchange.tab import LOSS, line
from dragoman.model import Correction, Party, Report, Span
from dragoman.record import EventFilter, Record
from dragoman.record.fields import said_of

CORRECTIONS, CATEGORIES = "corrections.jsonl", "categories.tsv"

# Marks that a sentence bears already would be taken for ours.
_MARK = re.compile(r"</?[st]>")


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write what was corrected and rejected to ``corrections.jsonl`` and ``categories.tsv`` under ``folder``.

    :raises SourceError: the folder cannot be written.
    :raises RecordError: the record cannot be read.
    """
    chosen = filter or EventFilter()
    files = {CORRECTIONS: partial(_corrections, record, chosen), CATEGORIES: partial(_categories, record, chosen)}
    counts = write_files(folder, files)
    return {"corrections": counts[CORRECTIONS], "sentences": counts[CATEGORIES] - 1}


def _told(record: Record, chosen: EventFilter) -> Iterator[Told]:
    """The events that an analyst has spoken of, rejected ones too."""
    return told(record, record.events(replace(chosen, corrected=True, rejected=None)))


def _corrections(record: Record, chosen: EventFilter) -> Iterator[str]:
    return (json.dumps(_row(each), ensure_ascii=False) for each in _told(record, chosen))


def _row(each: Told) -> dict[str, Any]:
    event = each.event
    report, text = event.reports[0], each.article.text
    read = (event.read or event.reports)[0]
    return {
        "event": event.id,
        "article": report.article,
        "version": each.version,
        "text": text[report.sentence.start : report.sentence.end],
        "start": report.sentence.start,
        "end": report.sentence.end,
        "cues": [{"start": cue.start, "end": cue.end, "text": text[cue.start : cue.end]} for cue in report.cues],
        "read": said_of(read),
        "corrected": said_of(report),
        "rejected": event.rejected,
        "corrections": [_made(one) for one in event.corrections],
    }


def _made(one: Correction) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "field": one.field,
        "who": one.who,
        "why": one.why,
        "made": one.made.isoformat(),
    }


def _categories(record: Record, chosen: EventFilter) -> Iterator[str]:
    yield line((SENTENCE, ROOT))
    for each in _told(record, chosen):
        report = each.event.reports[0]
        if not each.event.rejected and (marked := _marked(report, each.article.text)):
            yield line((_quoted(marked), report.category))


def _quoted(text: str) -> str:
    """What begins and ends with a quotation mark is quoted whole, or readers would take the marks away."""
    return '"' + text.replace('"', '""') + '"' if len(text) > 1 and text[0] == text[-1] == '"' else text


def _marked(report: Report, text: str) -> str | None:
    """The sentence with the first actor and the first recipient that stand in it marked; None where there is no such
    pair apart from each other, or the sentence bears marks of its own."""
    sentence = report.sentence
    words = text[sentence.start : sentence.end]
    source, target = _within(report.actors, sentence), _within(report.recipients, sentence)
    if _MARK.search(words) or source is None or target is None:
        return None
    if source.start < target.end and target.start < source.end:
        return None
    for span, name in sorted(((source, "s"), (target, "t")), key=lambda pair: -pair[0].start):
        start, end = span.start - sentence.start, span.end - sentence.start
        words = f"{words[:start]}<{name}>{words[start:end]}</{name}>{words[end:]}"
    return words


def _within(parties: tuple[Party, ...], sentence: Span) -> Span | None:
    spans = (party.span for party in parties)
    return next((span for span in spans if sentence.start <= span.start and span.end <= sentence.end), None)


FORMAT = Format(
    name="training",
    description="Corrections as annotation to train and to measure on",
    export=export,
    files={
        CORRECTIONS: "one corrected or rejected event a line: its words, every field as it was read and as it is now, "
        "and who changed it, when and why",
        CATEGORIES: "sentences with actor and recipient marked and their category, in the form of the task `category`",
    },
    opens="`dragoman evaluate category`, `python -m training.own --categories`, any JSON reader",
    losses=(
        "events that nobody corrected or rejected",
        "corrections that were taken back, and those whose words are not in the record as it is read now",
        "in categories.tsv: rejected events, and sentences in which actor and recipient do not both stand, apart",
        LOSS,
    ),
)
