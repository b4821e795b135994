"""The whole way from a sentence to coded events, against rows that say what an expert reads in it.

The file is the TSV of :mod:`dragoman.evaluation.marked`, whose marks the reading does not see, or the JSON of
:mod:`dragoman.evaluation.plover_gold`. Each distinct text is read once, as ``dragoman read`` reads a text. Roots are
those of :mod:`dragoman.evaluation.roots`.

- event_recall: the share of rows whose root some coded event of the sentence has.
- parties_recall: the share of rows for which one coded event has both parties right. In the TSV the span of an actor
  must share a character with the marked source, that of a recipient with the marked target; of an event without
  recipients, whose parties all stand as actors (a meeting, a joint undertaking), an actor may answer both. In JSON
  every gold code must be met: an entity meets it whose code is one of its pieces of three letters ("USA" meets
  "USAGOV"), or whose sector is the first of them; a side without a code asks for nothing.
- triple_recall: the share of rows for which one coded event has the root and both parties right.
- extra_per_sentence: coded events that no row can claim, over distinct sentences. A row can claim one event of its
  root, so of n events and m rows of a root n - m are extra, where n is the greater.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from dragoman.errors import DragomanError
from dragoman.evaluation.marked import Marked, read_marked
from dragoman.evaluation.places import Place, moved, overlaps
from dragoman.evaluation.plover_gold import Code, Coded, read_plover
from dragoman.evaluation.roots import root_of
from dragoman.evaluation.task import Figures, Options, Result, Row, Task, read_lines, sentence_key
from dragoman.model import Article, Party, Report

RECALLS = ("event_recall", "parties_recall", "triple_recall")


@dataclass(frozen=True, slots=True)
class Side:
    """What a row asks of actors or of recipients: words that one of them must touch, or codes that must all be met."""

    place: Place | None = None
    codes: tuple[Code, ...] = ()

    def met(self, parties: Sequence[Party]) -> bool:
        """Whether the parties answer it."""
        if self.place is not None:
            return overlaps(self.place, [(party.span.start, party.span.end) for party in parties])
        return all(any(party.code in code or party.sector == code[0] for party in parties) for code in self.codes)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row: a root and its parties."""

    root: str
    actor: Side
    recipient: Side

    def checks(self, report: Report) -> tuple[bool, bool]:
        """Whether an event has the root, and whether it has the parties."""
        parties = self.actor.met(report.actors) and self.recipient.met(report.recipients or report.actors)
        return root_of(report.category) == self.root, parties


@dataclass(frozen=True, slots=True)
class Told:
    """A distinct text with its rows; ``line`` is where the file has it first, places count in ``text``."""

    line: int
    text: str
    rows: tuple[Wanted, ...]


def run(path: Path, nlp: Language, options: Options) -> Result:
    """Read and code every text of a file, parsed with the pipeline; with a fold, its texts only."""
    told, skipped = _told(path, options)
    return score((_read(nlp, each) for each in told), skipped=skipped)


def _told(path: Path, options: Options) -> tuple[list[Told], int]:
    """The distinct texts, and how many rows of the TSV were left out because a mark is missing or doubled."""
    first = next((line.lstrip()[:1] for _, line in read_lines(path) if line.strip()), "")
    if first in ("[", "{"):
        records = [record for record in read_plover(path) if options.takes(sentence_key(record.text))]
        return _gathered((record.line, record.text, _of_record(record)) for record in records), 0
    rows = [row for row in read_marked(path) if options.takes(sentence_key(row.text))]
    whole = [(row.line, row.text, _of_row(row)) for row in rows if row.pair is not None]
    return _gathered(whole), len(rows) - len(whole)


def _of_record(record: Coded) -> list[Wanted]:
    actor, recipient = Side(codes=record.actors), Side(codes=record.recipients)
    return [Wanted(root, actor, recipient) for root in record.roots]


def _of_row(row: Marked) -> list[Wanted]:
    source, target = row.pair or (None, None)
    return [Wanted(row.root, Side(source), Side(target))]


def _gathered(rows: Iterable[tuple[int, str, list[Wanted]]]) -> list[Told]:
    lines: dict[str, int] = {}
    wanted: dict[str, list[Wanted]] = {}
    for line, text, found in rows:
        lines.setdefault(text, line)
        wanted.setdefault(text, []).extend(found)
    return [Told(lines[text], text, tuple(found)) for text, found in wanted.items()]


def _read(nlp: Language, told: Told) -> tuple[Told, tuple[Report, ...] | None]:
    """The text as it was read, the rows' places moved into it, and its events; None where it could not be read."""
    from dragoman.coding import code  # the rooms of reading and coding load more than the other tasks need
    from dragoman.reading import read_text

    try:
        article = read_text(told.text, name=f"line {told.line}")
    except DragomanError:
        return told, None
    return _moved(told, article), code(nlp(article.text), article).reports


def _moved(told: Told, article: Article) -> Told:
    """The rows with their places in the article's text, which reading frees of stray characters."""

    def side(of: Side) -> Side:
        return of if of.place is None else Side(moved(of.place, told.text, article.text))

    rows = tuple(Wanted(row.root, side(row.actor), side(row.recipient)) for row in told.rows)
    return Told(told.line, article.text, rows)


def score(pairs: Iterable[tuple[Told, Sequence[Report] | None]], *, skipped: int = 0) -> Result:
    """The figures over texts and the events coded from them, None for a text that could not be read."""
    right: dict[str, Counter[str]] = {}
    counts: Counter[str] = Counter(sentences=0, rows=0, events=0, extra=0, unread=0, skipped=skipped)
    lines: list[Row] = []
    for told, found in pairs:
        reports = found or ()
        for row in told.rows:
            right.setdefault(row.root, Counter()).update(_hits(row, reports), rows=1)
        counts.update(sentences=1, rows=len(told.rows), events=len(reports), unread=found is None)
        counts.update(extra=_extra(told.rows, reports))
        lines.append(_line(told, reports))
    total = sum(right.values(), Counter[str]())
    extra = counts["extra"] / counts["sentences"] if counts["sentences"] else 0.0
    parts = {root: _recalls(right[root]) for root in sorted(right)}
    return Result(_recalls(total) | {"extra_per_sentence": extra}, parts, counts, tuple(lines))


def _hits(row: Wanted, reports: Iterable[Report]) -> dict[str, int]:
    checks = [row.checks(report) for report in reports]
    right = (any(root for root, _ in checks), any(parties for _, parties in checks), (True, True) in checks)
    return dict(zip(RECALLS, map(int, right), strict=True))


def _extra(rows: Iterable[Wanted], reports: Iterable[Report]) -> int:
    """Events beyond those the rows can claim, root by root."""
    return (Counter(root_of(report.category) for report in reports) - Counter(row.root for row in rows)).total()


def _recalls(hits: Counter[str]) -> Figures:
    return {name: hits[name] / hits["rows"] if hits["rows"] else 0.0 for name in RECALLS}


def _line(told: Told, reports: Iterable[Report]) -> Row:
    events = [
        {
            "event": report.category,
            "cue": report.cue_text,
            "actor": list(_parties(report.actors)),
            "recipient": list(_parties(report.recipients)),
        }
        for report in reports
    ]
    return {"line": told.line, "text": told.text, "events": events}


def _parties(parties: Iterable[Party]) -> Iterator[Row]:
    for party in parties:
        place = {"start": party.span.start, "end": party.span.end}
        yield {"code": party.code, "sector": party.sector, "entity_text": party.text, **place}


TASK = Task("events", "events coded from sentences, on marked TSV or PLOVER records in JSON", run)
