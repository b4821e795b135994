"""Events of articles that no rule was tuned on, drawn at random for a person to judge; and what was judged, counted.

usage: python benchmarks/judgements.py draw ARTICLES.jsonl.gz [--articles 30] [--events 100] [--seed 4] --to FILE.jsonl
       python benchmarks/judgements.py share FILE.jsonl [--articles ARTICLES.jsonl.gz]

ARTICLES is in PolNeAR's form: JSON Lines with id, text and date, or in TimeML's as the corpora have it, with dct.
``draw`` reads some articles as ``dragoman read`` does, draws events, prints each with its sentence for the judge, and
writes a row an event to FILE: article, offsets of the cue, category and codes, never a word of the article. The judge
sets ``category``, ``parties`` and ``voice`` to true or false.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from spacy.language import Language

from dragoman import language
from dragoman.coding import code
from dragoman.model import Article, Party, Report
from dragoman.reading import read_text

JUDGED = ("category", "parties", "voice")
BEFORE = 400  # characters of what stands before the sentence that the judge is shown
Key = tuple[str, int, int, str, tuple[str, ...], tuple[str, ...]]
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """An event that was read in an article, and the article's id in its file."""

    name: str
    article: Article
    report: Report

    @property
    def key(self) -> Key:
        """What tells it from every other: article, cue, category and codes."""
        cue, report = self.report.cues[0], self.report
        return (self.name, cue.start, cue.end, report.category, codes(report.actors), codes(report.recipients))


def codes(parties: Iterable[Party]) -> tuple[str, ...]:
    """The codes of parties, "-" for one without, sorted."""
    return tuple(sorted({party.code or party.sector or "-" for party in parties}))


def key_of(row: Record) -> Key:
    """The key of a row that was judged."""
    return (row["article"], row["start"], row["end"], row["event"], tuple(row["actor"]), tuple(row["recipient"]))


def load(path: Path) -> list[Record]:
    """The rows of a file of judgements. Raises :class:`ValueError` naming the line that is none."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            rows.append(json.loads(line))
            key_of(rows[-1])
        except (ValueError, KeyError, TypeError) as fault:
            raise ValueError(f"{path}:{number}: no judgement: {fault}") from fault
    return rows


def articles_of(path: Path, names: Iterable[str] | None = None) -> list[tuple[str, Article]]:
    """(id, article) of a file, sorted by id; only those named, where names are given."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        held = sorted((json.loads(line) for line in lines), key=lambda each: str(each["id"]))
    wanted = None if names is None else set(names)
    chosen = [each for each in held if wanted is None or each["id"] in wanted]
    return [(each["id"], _article(each)) for each in chosen]


def _article(held: Record) -> Article:
    day = held.get("date") or held["dct"]
    return read_text(held["text"].strip(), name=held["id"], published=date.fromisoformat(day[:10]))


def events_of(articles: Iterable[tuple[str, Article]], nlp: Language) -> Iterator[Read]:
    """Every event that is read in the articles."""
    for name, article in articles:
        for report in code(nlp(article.text), article).reports:
            yield Read(name, article, report)


def drawn(articles: Sequence[tuple[str, Article]], nlp: Language, *, events: int, seed: int, of: int) -> list[Read]:
    """``events`` events of ``of`` articles, all drawn at random, in the order of the text."""
    choice = random.Random(seed)
    found = list(events_of(choice.sample(list(articles), min(of, len(articles))), nlp))
    return sorted(choice.sample(found, min(events, len(found))), key=lambda each: each.key)


def sheet(read: Read) -> str:
    """One event as the judge sees it: the sentence, what stands before it, and what was coded."""
    report, text = read.report, read.article.text
    at = report.sentence
    parties = [" + ".join(f"{p.name} ({p.code or '-'} {p.sector or ''}) <{p.text}>" for p in side) or "nobody"
               for side in (report.actors, report.recipients)]  # fmt: skip
    voices = "; ".join(
        ("anonymous " if each.anonymous else "") + (", ".join(party.name for party in each.source) or "somebody")
        for each in report.attribution
    )
    return (
        f"{read.name} {read.report.cues[0].start}\n"
        f"  before: {' '.join(text[max(0, at.start - BEFORE) : at.start].split())}\n"
        f"  SENTENCE: {' '.join(text[at.start : at.end].split())}\n"
        f"  {report.category} <{report.cue_text}>  {parties[0]}  ->  {parties[1]}  "
        f"| voice: {voices or 'the report'} | {', '.join(report.auxiliary) or 'happened'} | {report.confidence}\n"
    )


def row(read: Read) -> Record:
    """One event as the file keeps it, not judged yet."""
    name, start, end, category, actor, recipient = read.key
    return {
        "article": name, "start": start, "end": end, "event": category, "actor": actor, "recipient": recipient,
        "category": None, "parties": None, "voice": None, "cause": None,
    }  # fmt: skip


def right(row: Record) -> bool:
    """Whether an event was judged right in category, parties and voice."""
    return all(row[name] is True for name in JUDGED)


def share(rows: Sequence[Record]) -> Iterator[str]:
    """What was judged, in lines: how many are right, in each of the three, and the causes of the rest."""
    yield f"judged {len(rows)}, right in all of {', '.join(JUDGED)}: {sum(map(right, rows))}"
    for name in JUDGED:
        yield f"  {name:12}{sum(each[name] is True for each in rows):5}"
    recorded = [each for each in rows if each.get("recorded", True)]
    if len(recorded) < len(rows):
        kept = f"{len(recorded)}, right: {sum(map(right, recorded))}"
        yield f"  recorded, not kept out by the rules for home affairs: {kept}"
    causes = Counter(str(each["cause"]) for each in rows if not right(each))
    yield from (f"  {count:5}  {cause}" for cause, count in causes.most_common())


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw events to judge, or count what was judged."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    draw = verbs.add_parser("draw", help="draw events and print them for the judge")
    draw.add_argument("file", type=Path, metavar="ARTICLES.jsonl.gz")
    draw.add_argument("--articles", type=int, default=30)
    draw.add_argument("--events", type=int, default=100)
    draw.add_argument("--seed", type=int, default=4)
    draw.add_argument("--to", type=Path, required=True, metavar="FILE.jsonl")
    count = verbs.add_parser("share", help="count what was judged")
    count.add_argument("file", type=Path, metavar="FILE.jsonl")
    count.add_argument("--articles", type=Path, metavar="ARTICLES.jsonl.gz", help="also: which are still read")
    given = parser.parse_args(arguments)
    return _draw(given) if given.verb == "draw" else _share(given)


def _draw(given: argparse.Namespace) -> int:
    found = drawn(articles_of(given.file), language.load(), events=given.events, seed=given.seed, of=given.articles)
    given.to.write_text("".join(f"{json.dumps(row(each))}\n" for each in found), encoding="utf-8")
    sys.stdout.writelines(f"#{number} {sheet(each)}\n" for number, each in enumerate(found, 1))
    return 0


def _share(given: argparse.Namespace) -> int:
    rows = load(given.file)
    sys.stdout.writelines(f"{line}\n" for line in share(rows))
    if given.articles:
        names = {each["article"] for each in rows}
        still = {each.key for each in events_of(articles_of(given.articles, names), language.load())}
        kept = [each for each in rows if key_of(each) in still]
        sys.stdout.write(f"still read: {len(kept)}, right: {sum(map(right, kept))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
