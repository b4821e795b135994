"""Which category of event a word evokes, as the network learned it from the words of the cue lexicon.

The lexicon knows some two thousand words. Of one it has never heard of ("rubbish", "butcher") the vector that the
reader keeps of it in its sentence is near those of words it knows; one small layer over the vectors tells how near.
Of one it knows the layer tells whether the word is used there as it is where it tells of an event.
What it says is kept on the Doc (``doc.user_data``), so that coding stays a pure function of the Doc.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc

if TYPE_CHECKING:
    from dragoman.language.network import Floats, Network, Numbers

KEY = "dragoman.evoked"
LABELS = "evoked"
NONE = "NONE"  # the label of no event at all
POS = ("NOUN", "VERB")
LEAST = 0.05  # probability from which a category is kept
DIGITS = 2  # of a probability that are kept: what differs beyond is another processor's rounding
AT_ONCE = 256  # words asked for together: a long text must not need more memory than a short one


def evoke(network: Network, doc: Doc) -> None:
    """Write on the Doc, for every noun and verb, the categories it is not unlikely to evoke an event of."""
    names = network.labels.get(LABELS)
    words = np.array([token.i for token in doc if token.pos_ in POS])
    if not names or not len(words):
        return
    told: list[tuple[int, str, float]] = []
    for some in (words[at : at + AT_ONCE] for at in range(0, len(words), AT_ONCE)):
        shares = _shares(network, doc, some)
        shares[:, names.index(NONE)] = 0
        rows, columns = np.nonzero(shares >= LEAST)
        found = shares[rows, columns].tolist()
        told += [
            (i, names[at], round(share, DIGITS))
            for i, at, share in zip(some[rows].tolist(), columns, found, strict=True)
        ]
    doc.user_data[KEY] = told


def _shares(network: Network, doc: Doc, words: Numbers) -> Floats:
    """(N,) nouns and verbs -> (N, K) probabilities of the labels."""
    verbs = np.array([[doc[int(i)].pos_ == "VERB"] for i in words], np.float32)
    scores = network.evoked(np.concatenate([doc.tensor[words], verbs], axis=1).astype(np.float32))
    powers = np.exp(scores - scores.max(1, keepdims=True))
    found: Floats = powers / powers.sum(1, keepdims=True)
    return found


def evoked(doc: Doc) -> Mapping[int, Mapping[str, float]]:
    """Token -> category -> probability, the likely ones only; empty for a Doc that another pipeline read."""
    found: dict[int, dict[str, float]] = {}
    for token, category, share in doc.user_data.get(KEY, ()):
        found.setdefault(token, {})[category] = share
    return found
