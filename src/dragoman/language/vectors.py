"""What an act and its sentence are like, in a few small numbers that can be kept: the basis for "the same event?".

The reader keeps 384 numbers of every word. Two fixed projections to :data:`SIZE` each, one for the words of an act (its
cue) and one for a sentence, keep what differs between events and drop what differs between tellings of one event
(linear discriminants, learned from documents whose mentions of one event are known: ``training/same_event.py``). A
vector is scaled to one length and rounded to bytes; the cosine of two vectors of a kind says how alike they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from dragoman.model import Vectors
from dragoman.threads import one_thread

if TYPE_CHECKING:
    from dragoman.language.network import Network

KEY = "dragoman.vectors"
FILE = "vectors.npz"
SIZE = 64  # of 24, 32, 48, 64 and 96, the smallest that told events apart as well as all 384 (ECB+ train to dev)
LENGTH = 254  # of a vector in bytes: single numbers are far below half of it, and rounding cost nothing measurable
KINDS = ("cue", "sentence")

Floats = NDArray[np.float32]


class Projection:
    """The two projections of one folder of weights: each takes the mean away and multiplies by a (384, SIZE) matrix."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as held:
            self._means = {kind: held[f"{kind}_mean"] for kind in KINDS}
            self._matrices = {kind: held[f"{kind}_matrix"] for kind in KINDS}

    def __call__(self, words: Floats) -> Floats:
        """(n, 384) vectors of words -> (n, 2 SIZE): as parts of a cue, as parts of a sentence."""
        with one_thread():
            return np.concatenate([(words - self._means[kind]) @ self._matrices[kind] for kind in KINDS], axis=1)


@cache
def projection(file: Path) -> Projection:
    """The projections of a file, read once."""
    return Projection(file)


def keep(network: Network, doc: Doc) -> None:
    """Write the projected vectors of all words on the Doc, where the weights have projections."""
    file = network.folder / FILE
    if doc.tensor.size and file.is_file():
        doc.user_data[KEY] = projection(file)(np.asarray(doc.tensor, dtype=np.float32)).astype(np.float16)


def vectors(doc: Doc, cue: Sequence[int], sentence: Sequence[int]) -> Vectors | None:
    """The vectors of an act by the tokens of its cue and of its sentence; None of a Doc that another pipeline read."""
    held = doc.user_data.get(KEY)
    if held is None or not len(cue) or not len(sentence):
        return None
    parts = held[list(cue), :SIZE], held[list(sentence), SIZE:]
    return Vectors(*(in_bytes(words.astype(np.float64).mean(axis=0)) for words in parts))


def in_bytes(vector: NDArray[np.float64]) -> tuple[int, ...]:
    """A vector at the length :data:`LENGTH`, in whole numbers from -127 to 127."""
    scaled = np.rint(vector * (LENGTH / (float(np.linalg.norm(vector)) or 1.0)))
    return tuple(int(number) for number in np.clip(scaled, -127, 127))
