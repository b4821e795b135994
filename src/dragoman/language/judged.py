"""The network's own reading of a sentence's main event: who acts, on whom, and how likely each category is.

The parties' head marks one actor and one recipient a sentence, and the pairs' layer tells the category of the two.
What it says is kept on the Doc (``doc.user_data``), so that coding stays a pure function of the Doc.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc, Span

from dragoman.language.hints import hints

if TYPE_CHECKING:
    from dragoman.language.network import Floats, Network, Numbers

KEY = "dragoman.judged"
DIGITS = 4  # of a probability that are kept: what differs beyond is another processor's rounding
AT_ONCE = 32  # pairs read together; more would only widen the padding
SOURCE, TARGET = 1, 2


@dataclass(frozen=True, slots=True)
class Judged:
    """The pair of one sentence; ``probabilities`` is category -> probability, and sums to 1."""

    actor: Span
    recipient: Span
    probabilities: Mapping[str, float]

    @property
    def likeliest(self) -> tuple[str, float]:
        """(category, probability)"""
        best = max(sorted(self.probabilities), key=self.probabilities.__getitem__)
        return best, self.probabilities[best]


def judge(network: Network, doc: Doc) -> None:
    """Write on the Doc the probabilities of every sentence that has both an actor and a recipient."""
    pairs = list(_pairs(doc))
    told = probabilities(network, doc, pairs)
    doc.user_data[KEY] = [
        [a.start, a.end, r.start, r.end, {name: round(value, DIGITS) for name, value in each.items()}]
        for (a, r), each in zip(pairs, told, strict=True)
    ]


def judged(doc: Doc) -> dict[int, Judged]:
    """First token of a sentence -> its pair; empty for a Doc that another pipeline read."""
    found = (Judged(doc[row[0] : row[1]], doc[row[2] : row[3]], row[4]) for row in doc.user_data.get(KEY, ()))
    return {each.actor.root.sent.start: each for each in found}


def _pairs(doc: Doc) -> Iterator[tuple[Span, Span]]:
    recipients = {span.root.sent.start: span for span in doc.spans.get("recipients", ())}
    for actor in doc.spans.get("actors", ()):
        recipient = recipients.get(actor.root.sent.start)
        if recipient is not None:
            yield actor, recipient


def probabilities(network: Network, doc: Doc, pairs: Sequence[tuple[Span, Span]]) -> list[dict[str, float]]:
    """For each (source, target) of one sentence the probability of each PLOVER category, which sum to 1."""
    names = network.labels["category"]
    out: list[dict[str, float]] = []
    for at in range(0, len(pairs), AT_ONCE):
        scores = network.pairs(*_feed(doc, pairs[at : at + AT_ONCE], names))
        powers = np.exp(scores - scores.max(1, keepdims=True))
        shares = powers / powers.sum(1, keepdims=True)
        out += [dict(zip(names, map(float, row), strict=True)) for row in shares]
    return out


def _feed(
    doc: Doc, pairs: Sequence[tuple[Span, Span]], names: Sequence[str]
) -> tuple[Floats, Numbers, Numbers, Numbers]:
    """(N, S, D) words of the pairs' sentences, (N, S) roles, hints and mask; white space tokens left out."""
    kept = [[t.i for t in source.sent if not t.is_space] for source, _ in pairs]
    width = max(map(len, kept))
    words = np.zeros((len(pairs), width, doc.tensor.shape[1]), np.float32)
    roles, hinted, mask = (np.zeros((len(pairs), width), np.int64) for _ in range(3))
    for row, (tokens, pair) in enumerate(zip(kept, pairs, strict=True)):
        words[row, : len(tokens)] = doc.tensor[tokens]
        mask[row, : len(tokens)] = 1
        hinted[row, : len(tokens)] = hints([doc[i].text for i in tokens], names)
        for number, span in zip((SOURCE, TARGET), pair, strict=True):
            roles[row, [at for at, i in enumerate(tokens) if span.start <= i < span.end]] = number
    return words, roles, hinted, mask
