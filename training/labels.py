"""The label inventories, taken from the training data and shipped beside the weights."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from dragoman.language.lemmas import script
from training.acts import CATEGORIES
from training.corpora import Sentence
from training.network import Sizes

RARE = 3  # a lemma rule or feature bundle seen less often than this is noise of annotation
COUNTED = ("upos", "xpos", "feats", "lemma", "deprel")
SYNTAX = ("upos", "xpos", "feats", "lemma", "start")
SPANS = ("entity", "time")
CLAIMS = ("source", "cue", "content", "actor", "recipient", "event", "mode")


class Labels:
    """Label lists by head; an unknown label is -100, which the loss leaves out."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        self.lists = lists
        self._index = {head: {label: i for i, label in enumerate(labels)} for head, labels in lists.items()}

    @classmethod
    def collect(cls, sentences: Iterable[Sentence]) -> Labels:
        """Inventories of every label the sentences hold often enough, most frequent first."""
        counts: dict[str, Counter[str]] = {head: Counter() for head in (*SYNTAX, *SPANS, *CLAIMS, "deprel")}
        for sentence in sentences:
            for head, labels in annotations(sentence).items():
                counts[head].update(label for label in labels if label is not None)
        counts["start"] = Counter({"I": 2, "B": 1})
        kept = {
            head: [label for label, n in count.most_common() if n >= RARE or head not in COUNTED]
            for head, count in counts.items()
        }
        lists = {
            head: sorted(labels, key=lambda x: (x != "O", x)) if head in (*SPANS, *CLAIMS) else labels
            for head, labels in kept.items()
        }
        return cls(lists | {"category": list(CATEGORIES)})

    @property
    def sizes(self) -> Sizes:
        """The network's output sizes."""
        count = {head: len(labels) for head, labels in self.lists.items()}
        groups = ({h: count[h] for h in heads} for heads in (SYNTAX, SPANS, CLAIMS))
        return Sizes(count["deprel"], *groups, count["category"])

    def ids(self, head: str, labels: Iterable[str | None]) -> list[int]:
        """Numbers of the labels of one head."""
        index = self._index[head]
        return [-100 if label is None else index.get(label, -100) for label in labels]

    def save(self, path: Path) -> None:
        """Write the inventories as JSON."""
        path.write_text(json.dumps(self.lists, ensure_ascii=False, indent=0), encoding="utf-8")


def annotations(sentence: Sentence) -> dict[str, list[str | None]]:
    """Head -> one label a word, for the heads the sentence is annotated for."""
    out: dict[str, list[str | None]] = {}
    if sentence.bounded:
        out["start"] = ["B"] + ["I"] * (len(sentence.words) - 1)
    if sentence.upos and sentence.lemmas:
        out["upos"], out["xpos"] = list(sentence.upos), list(sentence.xpos or [])
        out["feats"], out["deprel"] = list(sentence.feats or []), list(sentence.deprels or [])
        out["lemma"] = [
            None if x == "_" else script(w, x) for w, x in zip(sentence.words, sentence.lemmas, strict=True)
        ]
    if sentence.entities:
        out["entity"] = list(sentence.entities)
    if sentence.times:
        out["time"] = list(sentence.times)
    return out | sentence.extra
