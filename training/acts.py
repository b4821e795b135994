"""Events between parties to training sentences: PLOVER categories, marked parties, events in time.

Small corpora without a development file: rows whose sentence falls in the fold held out stay out of training
(``fold_of`` on the sentence's letters and digits, so that one sentence never stands on both sides).
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from dragoman.evaluation.task import read_lines
from training.corpora import Pair, Sentence, bioes, folded, paragraphs

CATEGORIES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
FOLDED = {"YIELD": ("CONCEDE", "RETREAT")}
QUADS = {
    "1": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "2": ("COOPERATE", "AID", "RETREAT"),
    "3": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "4": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
MARK = re.compile(r"<(/?)([st])>")
PARTY = {"s": "actor", "t": "recipient", "S": "actor", "T": "recipient"}


def key(text: str) -> str:
    """What makes two sentences the same: letters and digits, in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def plv(root: Path, fold: int, *, held: bool) -> dict[str, list[Sentence]]:
    """One-sentence documents of PLV with the pair's category; a sentence's rows stand side by side."""
    rows = enumerate(marked(root / "plv" / "train.tsv"))
    return {f"plv/{number}": [found] for number, (text, found) in rows if folded(key(text), fold) == held}


def marked(path: Path) -> Iterator[tuple[str, Sentence]]:
    """(text, its words with the category of the pair) of each row that marks both parties once; columns as in PLV."""
    tokenizer = spacy.blank("en").tokenizer
    for row in csv.DictReader((line for _, line in read_lines(path)), delimiter="\t"):
        text, spans = unmarked(row["marked_sentence"])
        doc = tokenizer(text)
        places = {PARTY[mark]: _place(doc, span) for mark, span in spans.items()}
        if set(spans) == {"s", "t"} and all(places.values()):
            pair = Pair(places["actor"], places["recipient"], FOLDED.get(row["gold_root"], (row["gold_root"],)))
            yield text, _sentence(doc, pair, places)


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text without its marks, and the characters of the source (``s``) and target (``t``).

    A mark that opens twice, or does not close, leaves its span out.
    """
    text, spans, seen, opened = "", {}, [], {}
    at = 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        if not found[1]:
            opened[found[2]] = len(text)
            seen.append(found[2])
        elif found[2] in opened:
            spans[found[2]] = (opened.pop(found[2]), len(text))
    return text + marked[at:], {mark: span for mark, span in spans.items() if seen.count(mark) == 1}


def _place(doc: Doc, span: tuple[int, int]) -> tuple[int, int] | None:
    found = doc.char_span(*span, alignment_mode="expand")
    return (found.start, found.end) if found is not None and len(found) else None


def _sentence(doc: Doc, pair: Pair, places: dict[str, Any]) -> Sentence:
    tags = {role: bioes(len(doc), [(*place, role)]) for role, place in places.items()}
    return Sentence([t.text for t in doc], bounded=False, extra=tags, pair=pair)


def cameo_parties(root: Path, fold: int, *, held: bool) -> dict[str, list[Sentence]]:
    """One-sentence documents with the source and target of the event."""
    out: dict[str, list[Sentence]] = {}
    text = (root / "cameo" / "ner_train.txt").read_text(encoding="utf-8")
    for number, block in enumerate(re.split(r"\n\s*\n", text)):
        cells = [line.rsplit(" ", 1) for line in block.split("\n") if line.strip()]
        words, tags = [c[0] for c in cells], [c[1] for c in cells]
        if words and folded(key("".join(words)), fold) == held:
            out[f"parties/{number}"] = [cast(words, tags)]
    return out


def cast(words: list[str], tags: list[str]) -> Sentence:
    """A sentence of which BIO tags mark the source (S) and target (T); other tags are left out."""
    roles = (("S", "actor"), ("T", "recipient"))
    extra = {role: bioes(len(words), _spans(tags, mark, role)) for mark, role in roles}
    return Sentence(words, bounded=False, extra=extra)


def _spans(tags: list[str], mark: str, role: str) -> Iterator[tuple[int, int, str]]:
    start = None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and tag != f"I-{mark}":
            yield start, i, role
            start = None
        if tag == f"B-{mark}" or (tag == f"I-{mark}" and start is None):
            start = i


def cameo_quads(root: Path, fold: int, *, held: bool) -> dict[str, list[Sentence]]:
    """One-sentence documents of which only the quad class is known; neutral statements teach nothing."""
    tokenizer, out = spacy.blank("en").tokenizer, {}
    for number, line in enumerate((root / "cameo" / "class_train.tsv").read_text(encoding="utf-8").splitlines()):
        text, quad = line.rsplit("\t", 1)
        if quad in QUADS and folded(key(text), fold) == held:
            doc = tokenizer(text)
            out[f"quads/{number}"] = [
                Sentence([t.text for t in doc], bounded=False, pair=Pair(None, None, QUADS[quad]))
            ]
    return out


def stories(root: Path, share: int = 3) -> dict[str, list[Sentence]]:
    """The first sentence of generated stories, whose prompt names the category; one in ``share`` of them."""
    tokenizer, out = spacy.blank("en").tokenizer, {}
    (path,) = (root / "ngec-synthetic").glob("*.zip")
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
        for number, row in enumerate(csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8"))):
            if number % share == 0 and row["label"] in CATEGORIES:
                opening = re.split(r"(?<=[.?!])\s+", row["text"].strip())[:1]
                doc = tokenizer(" ".join(opening)[:600])
                words = [t.text for t in doc if not t.is_space]
                if words:
                    out[f"stories/{number}"] = [Sentence(words, bounded=False, pair=Pair(None, None, (row["label"],)))]
    return out


def timeml(root: Path, fold: int, *, held: bool) -> dict[str, list[Sentence]]:
    """Document id -> parts of paragraphs with time expressions and events (class and mode) of TimeBank and AQUAINT."""
    paths = [root / "timeml" / f"{name}.jsonl.gz" for name in ("timebank", "aquaint")]
    found = (document for path in paths for document in news(path))
    return {f"timeml/{name}": parts for name, parts in found if folded(name, fold) == held}


def news(path: Path) -> Iterator[tuple[str, list[Sentence]]]:
    """(document id, parts of its paragraphs) of a TimeML file as JSON Lines; no events, no event tags."""
    tokenizer = spacy.blank("en").tokenizer
    for _, line in read_lines(path):
        if line.strip():
            record = json.loads(line)
            yield record["id"], list(_news(record, tokenizer(record["text"])))


def _news(record: dict[str, Any], doc: Doc) -> Iterator[Sentence]:
    times, events, modes = ["O"] * len(doc), ["O"] * len(doc), [None] * len(doc)
    for time in record["timexes"]:
        span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
        for token in span if span is not None else ():
            times[token.i] = f"{'B' if token.i == span.start else 'I'}-{time['type']}"
    subordinate = _subordinate(record.get("links", []))
    for event in record.get("events", []):
        span = doc.char_span(event["start"], event["end"], alignment_mode="expand")
        if span is not None and len(span):
            events[span.end - 1] = event["class"]
            modes[span.end - 1] = mode(event["instances"], subordinate)
    for words in paragraphs(doc):
        told = {"event": [events[i] for i in words], "mode": [modes[i] for i in words]}
        extra = told if "events" in record else {}
        yield Sentence([doc[i].text for i in words], times=[times[i] for i in words], bounded=False, extra=extra)


def _subordinate(links: list[dict[str, Any]]) -> dict[str, str]:
    """Event instance -> the relation by which another event governs it."""
    return {x["subordinatedEventInstance"]: x["relType"] for x in links if x.get("subordinatedEventInstance")}


def mode(instances: list[dict[str, Any]], subordinate: dict[str, str]) -> str:
    """Whether an event happened, as far as TimeML's polarity, modality, tense and subordination say."""
    relations = {subordinate.get(each.get("eiid", ""), "") for each in instances}
    if any(each.get("polarity") == "NEG" for each in instances) or relations & {"NEG_EVIDENTIAL", "COUNTER_FACTIVE"}:
        return "negation"
    if any(each.get("modality") for each in instances) or relations & {"MODAL", "CONDITIONAL"}:
        return "hypothetical"
    return "future" if any(each.get("tense") == "FUTURE" for each in instances) else "none"
