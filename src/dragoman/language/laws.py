"""Laws of Universal Dependencies that relations keep together, for scores that look at one arc at a time.

A conjunction hangs on the conjunct after it, so that a word with one between itself and its head is a conjunct; an
oblique or a noun's modifier has a preposition, unless a subtype of the relation says otherwise; a verb with auxiliaries
of which none makes it passive has no passive subject.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
CASED = ("obl", "nmod")
BARE = 0.5  # what these lose without a preposition; of 0, 0.5, 1.5 and 3 the best LAS on UD EWT dev
PASSIVE = ("nsubj", "nsubj:pass", "aux", "aux:pass")
ACTIVE = 5.0  # what `nsubj:pass` loses where auxiliaries are there and none is passive
JOINED = 5.0  # what `conj` gains by a conjunction; chosen there too, of 2, 3 and 5


def lawful(scores: Floats, heads: Numbers, labels: Sequence[str]) -> Floats:
    """(n, K) scores of the relations of words, and (n,) the words they hang on, -1 for a root -> scores anew."""
    order = {label: number for number, label in enumerate(labels)}
    if not order.keys() >= {"case", "cc", "conj", *CASED}:
        return scores
    best = scores.argmax(1)
    words = np.arange(len(heads))
    out = scores.copy()
    cased = _with(best == order["case"], heads)
    for label in CASED:
        out[~cased, order[label]] -= np.float32(BARE)
    conjunctions = words[(best == order["cc"]) & (heads > words)]
    conjuncts = heads[conjunctions]
    before = (heads[conjuncts] >= 0) & (heads[conjuncts] < conjunctions)
    out[conjuncts[before], order["conj"]] += np.float32(JOINED)
    if order.keys() >= set(PASSIVE):
        subjects = words[(best == order["nsubj:pass"]) & (heads >= 0)]
        active = _with(best == order["aux"], heads) & ~_with(best == order["aux:pass"], heads)
        out[subjects[active[heads[subjects]]], order["nsubj:pass"]] -= np.float32(ACTIVE)
    return out


def _with(chosen: NDArray[np.bool_], heads: Numbers) -> NDArray[np.bool_]:
    """(n,) whether some of these words hangs on each word."""
    found = np.zeros(len(heads), np.bool_)
    found[heads[chosen & (heads >= 0)]] = True
    return found
