"""Whether an event is likely enough right to be recorded: three small forests of trees over its signs.

They tell how likely its category, its parties and its voice are right, as a reader judged the events of some 500
articles (``benchmarks/judge.py`` fits and checks them, by gradient boosting after Ke et al. 2017, LightGBM). How likely
an event must be depends on the report. A dispatch on the dealings of states holds hardly anything but acts: only what
is far more often wrong than right is left out. A long piece also tells what was, might be and is thought, unless
it is of the dealings of two states alone; and where one country's politics or persons are what a report is about, most
words that are acts between states are talk.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.coding import confidence
from dragoman.coding.cues import Candidate
from dragoman.coding.heads import Pair
from dragoman.coding.mentions import DISPATCH, SHORT, Scene
from dragoman.coding.roles import Roles
from dragoman.coding.signs import signs
from dragoman.language import vectors
from dragoman.model import Report

FILE = Path(vectors.__file__).parent / "weights" / "judge.npz"
ASPECTS = ("category", "parties", "voice")
FIELDS = ("sign", "limit", "left", "right", "leaf", "aspect", "base")

# The least likelihood of all three together, chosen on events that the trees were not fitted on (docs/evaluation.md).
BETWEEN, OTHERWISE = 0.22, 0.62

Keeps = Callable[[Scene, Candidate, Roles, "Pair | None", Report], bool]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Forests:
    """Trees of one depth each, T in all: ``sign``, ``limit``, ``left`` and ``right`` are (T, N), ``leaf`` (T, L).

    A way to the left is taken where the sign's value is at most the limit; a negative number is ``~`` of a leaf.
    ``aspect`` (T,) says which of :data:`ASPECTS` a tree is of, ``base`` (3,) where its sum begins.
    """

    names: tuple[str, ...]
    sign: NDArray[np.int16]
    limit: NDArray[np.float32]
    left: NDArray[np.int8]
    right: NDArray[np.int8]
    leaf: NDArray[np.float32]
    aspect: NDArray[np.int8]
    base: NDArray[np.float32]

    @cached_property
    def places(self) -> dict[str, int]:
        """Name of a sign -> its number."""
        return {name: number for number, name in enumerate(self.names)}

    def chances(self, found: Mapping[str, float]) -> Floats:
        """(3,) how likely each aspect is right."""
        values = np.zeros(len(self.names))
        for name, value in found.items():
            if name in self.places:
                values[self.places[name]] = value
        told = self.leaf[np.arange(len(self.leaf)), self._leaves(values)].astype(np.float64)
        sums = self.base.astype(np.float64) + np.bincount(self.aspect, told, minlength=len(ASPECTS))
        shares: Floats = 1 / (1 + np.exp(-sums))
        return shares

    def _leaves(self, values: Floats) -> NDArray[np.int64]:
        """The leaf that each tree comes to."""
        trees, at = np.arange(len(self.sign)), np.zeros(len(self.sign), np.int64)
        for _ in range(self.sign.shape[1]):
            node = np.maximum(at, 0)
            low = values[self.sign[trees, node]] <= self.limit[trees, node]
            step = np.where(low, self.left[trees, node], self.right[trees, node])
            at = np.where(at < 0, at, step)
            if (at < 0).all():
                break
        return ~at


@cache
def load_forests(file: Path = FILE) -> Forests:
    """The forests of a file, read once."""
    with np.load(file) as held:
        return Forests(tuple(str(name) for name in held["names"]), *(held[name] for name in FIELDS))


def keeps(scene: Scene, candidate: Candidate, filled: Roles, pair: Pair | None, report: Report) -> bool:
    """Whether an event is likely enough right; always in a sentence or two, and where another pipeline read it."""
    if not scene.evoked or len(scene.doc) < SHORT:
        return True
    chances = load_forests().chances(all_signs(scene, candidate, filled, pair, report))
    return bool(math.prod(chances.tolist()) >= least(scene))


def least(scene: Scene) -> float:
    """How likely an event of a report must be."""
    dispatch = len(scene.doc) <= DISPATCH and not (scene.at_home or scene.of_persons)
    return BETWEEN if dispatch or scene.of_two_states else OTHERWISE


def all_signs(scene: Scene, candidate: Candidate, filled: Roles, pair: Pair | None, report: Report) -> dict[str, float]:
    """The signs of an event, and the evidence for it that its reason keeps."""
    told = next(reason.rule for reason in report.reasons if reason.field == "confidence")
    evidence = {f"evidence: {name}": value for name, value in confidence.read_back(told).items()}
    return signs(scene, candidate, filled, pair, report) | evidence
