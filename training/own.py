"""Trains heads on annotation of one's own: ``python -m training.own --init RUN/checkpoint.pt --names FILE --out RUN2``.

The files are those that ``dragoman evaluate`` measures (docs/evaluation.md), gzipped or not; several kinds may be given
at once. Only the last layers of the heads that a file annotates learn. The encoder and all other heads stay as they
are, to the bit, so that nothing else the reader says can change; ``--no-heads-only`` lets everything learn, and then
what the files do not hold is slowly forgotten. The label lists stay: a label the network does not know is an error.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from dragoman.errors import DataError, DragomanError
from dragoman.evaluation.bio import read_bio
from dragoman.evaluation.iob2 import read_iob2
from dragoman.evaluation.marked import read_marked
from dragoman.evaluation.polnear import read_polnear
from dragoman.evaluation.timeml import read_timeml
from dragoman.language.pieces import Pieces
from training import acts, claims
from training.batches import batches, tensors
from training.corpora import Sentence, Window
from training.encoder import Encoder, EncoderConfig
from training.labels import Labels, annotations
from training.losses import loss, measure
from training.network import Reader
from training.train import base_model, optimiser

LOG = logging.getLogger("training")
Documents = list[list[Sentence]]


@dataclass(frozen=True)
class Settings:
    """How to learn. Rates are those at the start, falling to nothing over the epochs."""

    epochs: int = 5
    batch: int = 200  # padded words; few, so that a small file makes many steps
    heads_only: bool = True
    head_rate: float = 1e-3
    encoder_rate: float = 5e-5
    seed: int = 7


def names(path: Path) -> Documents:
    """IOB2 as Universal NER writes it."""
    documents: dict[str, list[Sentence]] = {}
    for each in read_iob2(path):
        documents.setdefault(each.document, []).append(_sentence(each.words, entities=list(each.tags)))
    return list(documents.values())


def _sentence(words: Iterable[str], **known: Any) -> Sentence:
    """A sentence of which nothing else is known."""
    return Sentence(list(words), bounded=False, **known)


def parties(path: Path) -> Documents:
    """Words with BIO tags of source (S) and target (T)."""
    return [[acts.cast(list(each.words), list(each.tags))] for each in read_bio(path)]


def categories(path: Path) -> Documents:
    """Tab-separated sentences with a marked source and target and their category."""
    rows = {row.text: row.pair for row in read_marked(path)}
    found = list(acts.marked(path))
    read = {text for text, _ in found}
    if read - rows.keys() or {text for text, pair in rows.items() if pair} - read:
        reason = 'a column that begins with a quotation mark must be quoted whole, with "" for each mark inside'
        raise DataError(reason, source=str(path))
    return [[_sentence(sentence.words, pair=sentence.pair)] for _, sentence in found]


def attributions(path: Path) -> Documents:
    """Articles with sources, cues and contents as JSON Lines."""
    _check(read_polnear(path))
    return [parts for _, parts in claims.articles(path)]


def times(path: Path) -> Documents:
    """TimeML documents as JSON Lines, of which only the time expressions are learned."""
    _check(read_timeml(path))
    return [[_sentence(part.words, times=part.times) for part in parts] for _, parts in acts.news(path)]


def _check(rows: Iterable[object]) -> None:
    """Read to the end, for the errors that the reader of ``dragoman evaluate`` raises, with the line's number."""
    for _ in rows:
        pass


READERS: dict[str, Callable[[Path], Documents]] = {
    "names": names,
    "categories": categories,
    "parties": parties,
    "attributions": attributions,
    "times": times,
}
HEADS: dict[str, tuple[str, ...]] = {
    "names": ("spans.entity",),
    "categories": ("pairs",),
    "parties": ("claims.actor", "claims.recipient"),
    "attributions": ("claims.source", "claims.cue", "claims.content", "link"),
    "times": ("spans.time",),
}


def checked(documents: Documents, labels: Labels, path: Path) -> Documents:
    """The documents. Raises :class:`~dragoman.errors.DataError` where one holds a label the network lacks."""
    held: dict[str, set[str]] = {}
    for sentence in (sentence for document in documents for sentence in document):
        known = annotations(sentence) | {"category": list(sentence.pair.categories) if sentence.pair else []}
        for head, tags in known.items():
            held.setdefault(head, set()).update(tag for tag in tags if tag is not None)
    for head, tags in held.items():
        if unknown := sorted(tags - set(labels.lists[head])):
            reason = f"the network has no {head} {', '.join(unknown)}; it has {', '.join(labels.lists[head])}"
            raise DataError(reason, source=str(path))
    return documents


def freeze(model: Reader, kinds: Iterable[str]) -> None:
    """Let nothing but the heads of these kinds of annotation learn."""
    heads = tuple(f"{head}." for kind in kinds for head in HEADS[kind])
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.startswith(heads))


def fit(model: Reader, labels: Labels, pieces: Pieces, own: dict[str, Documents], settings: Settings) -> None:
    """Train on documents by kind; the accuracies before and after each epoch, on those documents, are logged."""
    torch.manual_seed(settings.seed)
    if settings.heads_only:
        freeze(model, own)
    every = [group for documents in own.values() for group in batches(documents, settings.batch, None)]
    data = [tensors(group, pieces, labels, None) for group in every]
    best = optimiser(model, settings.encoder_rate, settings.head_rate)
    plan = torch.optim.lr_scheduler.LambdaLR(best, lambda epoch: 1 - epoch / settings.epochs)
    LOG.info("before %s", json.dumps(measure(model, data)))
    for epoch in range(settings.epochs):
        rng = random.Random(settings.seed * 1000 + epoch)
        groups = [group for documents in own.values() for group in batches(documents, settings.batch, rng)]
        rng.shuffle(groups)
        for group in groups:
            _step(model, best, group, pieces, labels, rng)
        plan.step()
        LOG.info("epoch %d %s", epoch, json.dumps(measure(model, data)))


def _step(
    model: Reader, best: torch.optim.Optimizer, group: list[Window], pieces: Pieces, labels: Labels, rng: random.Random
) -> None:
    value = loss(model, tensors(group, pieces, labels, rng))
    best.zero_grad(set_to_none=True)
    value.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 2.0)
    best.step()


def retrain(init: Path, files: dict[str, Path], out: Path, settings: Settings) -> None:
    """From a checkpoint (``labels.json`` beside it) and files by kind to the run folder ``out``.

    Raises :class:`~dragoman.errors.DragomanError` where a file cannot be read or does not fit the network.
    """
    if out.resolve() == init.parent.resolve():
        raise DataError("the new run would overwrite the one it begins from", source=str(out))
    labels = Labels(json.loads((init.parent / "labels.json").read_text(encoding="utf-8")))
    model = Reader(Encoder(EncoderConfig.read(base_model() / "config.json")), labels.sizes)
    model.load_state_dict(torch.load(init, weights_only=True)["model"])
    own = {kind: checked(READERS[kind](path), labels, path) for kind, path in files.items()}
    fit(model, labels, Pieces(base_model() / "vocab.txt"), own, settings)
    out.mkdir(parents=True, exist_ok=True)
    labels.save(out / "labels.json")
    torch.save({"model": model.state_dict()}, out / "checkpoint.pt")


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--init", type=Path, required=True, help="RUN/checkpoint.pt, as training.restore makes it")
    parser.add_argument("--out", type=Path, required=True, help="the run folder to make")
    for kind, read in READERS.items():
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=read.__doc__)
    parser.add_argument("--heads-only", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--batch", type=int, default=Settings.batch, help="padded words a batch")
    parser.add_argument("--head-rate", type=float, default=Settings.head_rate)
    parser.add_argument("--encoder-rate", type=float, default=Settings.encoder_rate, help="with --no-heads-only")
    parser.add_argument("--seed", type=int, default=Settings.seed)
    return parser


def main() -> None:
    """Parse the command line and train."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = arguments()
    args = parser.parse_args()
    files = {kind: path for kind in READERS if (path := getattr(args, kind)) is not None}
    if not files:
        parser.error(f"name at least one file: --{', --'.join(READERS)}")
    settings = Settings(args.epochs, args.batch, args.heads_only, args.head_rate, args.encoder_rate, args.seed)
    try:
        retrain(args.init, files, args.out, settings)
    except (DragomanError, OSError) as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
