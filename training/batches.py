"""Windows to batches of tensors: the network's inputs and the labels of every head.

Shapes: B windows, W words, P word pieces, K labels. What is not annotated is -100 and costs nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from dragoman.language.hints import hints
from dragoman.language.pieces import Pieces, batch, case_class
from training import corpora
from training.corpora import Sentence, Window
from training.labels import CLAIMS, SPANS, SYNTAX, Labels, annotations

Changed = Callable[[Sentence], list[str]]
TAGGED = (*SYNTAX, *SPANS, *CLAIMS)
LINKS = ("source", "content")
UPPER, TITLE = 0.04, 0.04  # shares of windows shown in capitals and in headline case
INPUTS = ("pieces", "case", "mask", "first", "last")


def cases(window: Window, rng: random.Random | None) -> list[int]:
    """The letter case of each word, now and then as a page in capitals or a headline would show it."""
    found = [case_class(word) for sentence in window.sentences for word in sentence.words]
    chance = rng.random() if rng else 1.0
    if chance < UPPER:
        return [3 if 0 < c < 5 else c for c in found]
    if chance < UPPER + TITLE:
        words = [w for sentence in window.sentences for w in sentence.words]
        return [2 if c == 1 and len(w) > 3 else c for c, w in zip(found, words, strict=True)]
    return found


def batches(documents: list[list[Sentence]], words: int, rng: random.Random | None) -> Iterator[list[Window]]:
    """Batches of about ``words`` padded words; windows of mixed sizes when training, long ones when measuring."""
    limit = (lambda: rng.choice((1, 30, 60, 100))) if rng else (lambda: 60)
    cut = sorted(corpora.windows(documents, limit), key=len)
    groups: list[list[Window]] = []
    for window in cut:
        if not groups or len(window) * (len(groups[-1]) + 1) > words:
            groups.append([])
        groups[-1].append(window)
    if rng:
        rng.shuffle(groups)
    yield from groups


def tensors(
    group: list[Window], pieces: Pieces, labels: Labels, rng: random.Random | None, changed: Changed | None = None
) -> dict[str, Tensor]:
    """A batch as tensors: the network's inputs and, under ``y_`` names, the labels. ``changed`` alters names."""
    words = [[w for s in window.sentences for w in (changed(s) if changed else s.words)] for window in group]
    made = batch(words, pieces, [cases(window, rng) for window in group])
    out = {k: torch.from_numpy(getattr(made, k)) for k in INPUTS}
    width = max(made.lengths)
    noted = [[annotations(s) for s in window.sentences] for window in group]
    for head in (*TAGGED, "deprel"):
        rows = [_row(head, labels, window, found) for window, found in zip(group, noted, strict=True)]
        if any(i >= 0 for row in rows for i in row):
            out[f"y_{head}"] = torch.tensor([row + [-100] * (width - len(row)) for row in rows])
    out["y_arc"], out["sentence"] = _arcs(group, width)
    return out | _links(group) | _pairs(group, width, labels)


def _row(head: str, labels: Labels, window: Window, noted: list[dict[str, list[str | None]]]) -> list[int]:
    none: list[str | None] = []
    return [
        i
        for sentence, found in zip(window.sentences, noted, strict=True)
        for i in labels.ids(head, found.get(head, none) or [None] * len(sentence.words))
    ]


def _arcs(group: list[Window], width: int) -> tuple[Tensor, Tensor]:
    arcs = torch.full((len(group), width), -100)
    numbers = torch.full((len(group), width), -1)
    for row, window in enumerate(group):
        at = 0
        for number, sentence in enumerate(window.sentences):
            size = len(sentence.words)
            numbers[row, at : at + size] = number
            if sentence.heads:
                arcs[row, at : at + size] = torch.tensor([0 if h < 0 else at + h + 1 for h in sentence.heads])
            at += size
    return arcs, numbers


def _links(group: list[Window]) -> dict[str, Tensor]:
    """For ``LINKS``: rows of (window, cue word, word its source or content begins with)."""
    found: dict[str, list[tuple[int, int, int]]] = {name: [] for name in LINKS}
    for row, window in enumerate(group):
        at = 0
        for sentence in window.sentences:
            for cue, other, role in sentence.links:
                found[role].append((row, at + cue, at + other))
            at += len(sentence.words)
    return {f"link_{name}": torch.tensor(rows) for name, rows in found.items() if rows}


def _pairs(group: list[Window], width: int, labels: Labels) -> dict[str, Tensor]:
    """The pairs of a batch: window (N); role, hint and mask of their sentence (N, W); allowed categories (N, K)."""
    rows, roles, hinted, masks, allowed = [], [], [], [], []
    names = labels.lists["category"]
    for row, window in enumerate(group):
        at = 0
        for sentence in window.sentences:
            if sentence.pair:
                role, hint, mask = torch.zeros(3, width, dtype=torch.long)
                mask[at : at + len(sentence.words)] = 1
                hint[at : at + len(sentence.words)] = torch.tensor(hints(sentence.words, names))
                for number, place in ((1, sentence.pair.source), (2, sentence.pair.target)):
                    if place:
                        role[at + place[0] : at + place[1]] = number
                rows.append(row)
                roles.append(role)
                hinted.append(hint)
                masks.append(mask)
                allowed.append(torch.tensor([c in sentence.pair.categories for c in names]))
            at += len(sentence.words)
    if not rows:
        return {}
    return {
        "pair": torch.tensor(rows),
        "pair_role": torch.stack(roles),
        "pair_hint": torch.stack(hinted),
        "pair_mask": torch.stack(masks),
        "pair_allowed": torch.stack(allowed),
    }
