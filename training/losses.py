"""What each head is asked: the losses of a batch, and plain accuracies to guide a run."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import INPUTS, LINKS, TAGGED
from training.encoder import Encoder
from training.network import Reader

WEIGHTS = {
    "upos": 1.0, "xpos": 0.5, "feats": 0.5, "lemma": 1.0, "start": 0.5, "entity": 3.0, "time": 1.5,
    "source": 2.0, "cue": 2.0, "content": 2.0, "actor": 1.0, "recipient": 1.0, "event": 0.3, "mode": 0.3,
}  # fmt: skip
LINK, VECTOR, PAIR = 0.3, 1.5, 1.0
SMOOTHING = 0.1  # of categories: PLV is small


def arc_scores(scores: Tensor, sentence: Tensor) -> Tensor:
    """Arc scores with every head outside the word's own sentence ruled out; (B, W, 1 + W)."""
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence[:, :, None] >= 0)
    allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], -1)
    own = torch.eye(sentence.shape[1], dtype=torch.bool, device=sentence.device)
    allowed[:, :, 1:] &= ~own
    return scores.float().masked_fill(~allowed, -1e4)


def loss(model: Reader, data: dict[str, Tensor], base: Encoder | None = None) -> Tensor:
    """The weighted sum of the heads' losses over what the batch annotates.

    With ``base``, the encoder as it was before training, sentence vectors are held close to its own.
    """
    out = model(*(data[k] for k in INPUTS))
    total = torch.zeros(())
    for head in TAGGED:
        gold = data.get(f"y_{head}")
        if gold is not None:
            total = total + WEIGHTS[head] * functional.cross_entropy(out[head].float().flatten(0, 1), gold.flatten())
    total = total + _tree(model, out, data) + _links(out, data)
    if "pair" in data:
        total = total + PAIR * pair_loss(pair_scores(model, out, data), data["pair_allowed"])
    if base is not None:
        total = total + VECTOR * _vectors(out, data, base)
    return total


def _tree(model: Reader, out: dict[str, Tensor], data: dict[str, Tensor]) -> Tensor:
    known = data["y_arc"] >= 0
    if not known.any():
        return torch.zeros(())
    arcs = arc_scores(out["arcs"], data["sentence"])
    rows = known.nonzero(as_tuple=True)
    scores = model.relations(out["relation_dependent"][rows], out["relation_head"][rows[0], data["y_arc"][rows]])
    found = functional.cross_entropy(arcs[known], data["y_arc"][known])
    return found + functional.cross_entropy(scores.float(), data["y_deprel"][rows])


def _links(out: dict[str, Tensor], data: dict[str, Tensor]) -> Tensor:
    total = torch.zeros(())
    for name in LINKS:
        if f"link_{name}" in data:
            window, cue, other = data[f"link_{name}"].unbind(1)
            scores = link_scores(out, name, window, cue, data["sentence"][window] >= 0)
            total = total + LINK * functional.cross_entropy(scores, other)
    return total


def link_scores(out: dict[str, Tensor], name: str, window: Tensor, cue: Tensor, words: Tensor) -> Tensor:
    """(N, W): how well each word begins the source or content of a cue; the cue's own word stands for none."""
    cues = out["link_cue"][window, cue]
    scores = (out[f"link_{name}"][window] @ cues[:, :, None]).squeeze(-1).float() / cues.shape[-1] ** 0.5
    return scores.masked_fill(~words, -1e4)


def pair_scores(model: Reader, out: dict[str, Tensor], data: dict[str, Tensor]) -> Tensor:
    """(N, K) scores of the batch's pairs."""
    scores: Tensor = model.pairs(out["words"][data["pair"]], data["pair_role"], data["pair_hint"], data["pair_mask"])
    return scores.float()


def pair_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log of what the allowed categories have together, smoothed over all."""
    logs = scores.log_softmax(-1)
    right = logs.masked_fill(~allowed, -1e9).logsumexp(-1)
    return -((1 - SMOOTHING) * right + SMOOTHING * logs.mean(-1)).mean()


def _vectors(out: dict[str, Tensor], data: dict[str, Tensor], base: Encoder) -> Tensor:
    """One minus the cosine between our vectors and the base encoder's: of words, and of whole windows."""
    kept = data["sentence"] >= 0
    with torch.no_grad():
        last = base(data["pieces"], torch.zeros_like(data["case"]), data["mask"])[-1].float()
        rows = torch.arange(last.shape[0], device=last.device)[:, None]
        wanted = (last[rows, data["first"]] + last[rows, data["last"]]) * 0.5
    found = out["words"].float()
    words = functional.cosine_similarity(found[kept], wanted[kept], dim=-1)
    windows = functional.cosine_similarity(_mean(found, kept), _mean(wanted, kept), dim=-1)
    return (1 - words).mean() + (1 - windows).mean()


def _mean(x: Tensor, kept: Tensor) -> Tensor:
    return (x * kept[:, :, None]).sum(1) / kept.sum(1, keepdim=True)


@torch.no_grad()
def measure(model: Reader, groups: list[dict[str, Tensor]]) -> dict[str, float]:
    """Word accuracies by head, and greedy LAS within gold sentences: a guide, not the reported figures."""
    model.eval()
    right: dict[str, float] = {}
    count: dict[str, float] = {}

    def add(key: str, hits: Tensor) -> None:
        right[key] = right.get(key, 0) + float(hits.sum())
        count[key] = count.get(key, 0) + hits.numel()

    for data in groups:
        out = model(*(data[k] for k in INPUTS))
        for head in TAGGED:
            if f"y_{head}" in data:
                known = data[f"y_{head}"] >= 0
                add(head, (out[head].argmax(-1) == data[f"y_{head}"])[known])
        if "pair" in data:
            best = pair_scores(model, out, data).argmax(-1, keepdim=True)
            add("category", data["pair_allowed"].gather(1, best))
        for name in LINKS:
            if f"link_{name}" in data:
                window, cue, other = data[f"link_{name}"].unbind(1)
                scores = link_scores(out, name, window, cue, data["sentence"][window] >= 0)
                add(f"link_{name}", scores.argmax(-1) == other)
        for key, hits in _tree_hits(model, out, data):
            add(key, hits)
    model.train()
    return {k: round(right[k] / count[k], 4) for k in right if count[k]}


def _tree_hits(model: Reader, out: dict[str, Tensor], data: dict[str, Tensor]) -> list[tuple[str, Tensor]]:
    known = data["y_arc"] >= 0
    if not known.any():
        return []
    chosen = arc_scores(out["arcs"], data["sentence"]).argmax(-1)
    rows = known.nonzero(as_tuple=True)
    relation = model.relations(out["relation_dependent"][rows], out["relation_head"][rows[0], chosen[rows]])
    good = (chosen == data["y_arc"])[known]
    return [("uas", good), ("las", good & (relation.argmax(-1) == data["y_deprel"][known]))]
