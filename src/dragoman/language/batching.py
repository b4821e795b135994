"""A Doc's windows to the batches that the network is given: like lengths together, as little padding as pays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from dragoman.language.pieces import Batch, Pieces, batch
from dragoman.language.windows import Cut

BATCH_PIECES = 600  # padded pieces a batch: wider ones were slower on one core (caches) and no faster on two
BATCH_COST = 20  # what a batch costs besides its pieces, in pieces; of 10, 30, 60 and 100 none was faster by much


def batches(doc: Doc, cuts: Iterable[Cut], pieces: Pieces) -> Iterator[tuple[list[Cut], Batch]]:
    """A Doc's windows as the network is given them: like lengths together, at most BATCH_PIECES padded pieces at once.

    A window longer than that stands alone, so memory depends on neither the Doc's length nor its words.
    """
    return batches_of([token.text for token in doc], cuts, pieces)


def batches_of(texts: Sequence[str], cuts: Iterable[Cut], pieces: Pieces) -> Iterator[tuple[list[Cut], Batch]]:
    """The batches of windows whose tokens have these texts."""
    sized = [(sum(len(pieces.word(texts[i])) for i in cut.tokens), cut.tokens, cut) for cut in cuts]
    sized.sort(key=lambda each: each[:2])
    for start, end in partition([size for size, *_ in sized]):
        group = [cut for *_, cut in sized[start:end]]
        yield group, batch([[texts[i] for i in cut.tokens] for cut in group], pieces)


def partition(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(start, end) of each batch, where ``sizes`` counts the pieces of every window, smallest first.

    No other way to cut the row costs less, counting padded pieces and BATCH_COST for each batch.
    """
    costs, ends = [0] * (len(sizes) + 1), [0] * (len(sizes) + 1)
    for start in range(len(sizes) - 1, -1, -1):
        costs[start], ends[start] = min(_costs(sizes, start, costs))
    start = 0
    while start < len(sizes):
        yield start, ends[start]
        start = ends[start]


def _costs(sizes: Sequence[int], start: int, costs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(what a batch from ``start`` and all after it cost, where it ends) for every batch small enough."""
    for end in range(start + 1, len(sizes) + 1):
        padded = (end - start) * sizes[end - 1]
        if padded > BATCH_PIECES and end > start + 1:
            return
        yield padded + BATCH_COST + costs[end], end
