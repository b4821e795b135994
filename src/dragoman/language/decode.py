"""What the network says of words, to an annotation: labels, lemmas, names, times, attributions, parties, events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.language.annotation import PARTIES, ROLES, Annotation
from dragoman.language.claims import claims
from dragoman.language.lemmas import lemma
from dragoman.language.network import Floats, Numbers
from dragoman.language.parties import best_spans
from dragoman.language.spans import Decoder

NAME_DOUBT = 0.2  # of nine values from 0 to 1 the best span F1 on UNER EWT dev, where recall exceeds precision
RECIPIENT_DOUBT = -0.5  # of -1, -0.5, 0 and 0.5 the best target F1 on fold 0 of the CAMEO parties
DOUBTS = {
    "entity": NAME_DOUBT,
    "recipient": RECIPIENT_DOUBT,
}  # what is added to a head's O: it marks too much or little
TAGS = ("upos", "xpos", "feats")
CHOICES = (*TAGS, "lemma", "event", "mode")  # heads of which only the best label of each word is looked at
MARKS = ("entity", "time", *ROLES)
KEPT = (*MARKS, *PARTIES)
FEATURES = ("link_cue", "link_source", "link_content", "words")
Bools = NDArray[np.bool_]
AT_ONCE = 2000  # words decoded together: most articles whole, and little memory beside that of a long one's words


@dataclass(frozen=True, slots=True)
class Answers:
    """What the network says of n words, window after window; arrays have one entry a word.

    ``tokens`` and ``heads`` are tokens of the Doc, a root being its own head; ``relations`` are label numbers;
    ``opens`` is True where a window begins, ``begins`` where a sentence does. ``best`` holds label numbers (n,) by
    head, ``scores`` (n, K). ``features`` has one entry a window: (words, L) by name, parts of what the network gave.
    """

    tokens: Numbers
    heads: Numbers
    relations: Numbers
    opens: Bools
    begins: Bools
    best: Mapping[str, Numbers]
    scores: Mapping[str, Floats]
    features: Sequence[Mapping[str, Floats]]


def portions(answers: Iterable[Answers]) -> Iterator[Answers]:
    """The answers joined to portions of AT_ONCE words or a little more, since each portion has a cost of its own."""
    held: list[Answers] = []
    for each in answers:
        held.append(each)
        if sum(len(one.tokens) for one in held) >= AT_ONCE:
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _joined(answers: Sequence[Answers]) -> Answers:
    return Answers(
        tokens=np.concatenate([each.tokens for each in answers]),
        heads=np.concatenate([each.heads for each in answers]),
        relations=np.concatenate([each.relations for each in answers]),
        opens=np.concatenate([each.opens for each in answers]),
        begins=np.concatenate([each.begins for each in answers]),
        best={head: np.concatenate([each.best[head] for each in answers]) for head in CHOICES},
        scores={head: np.concatenate([each.scores[head] for each in answers]) for head in KEPT},
        features=[window for each in answers for window in each.features],
    )


class Decoding:
    """Writes answers into an annotation, by the label lists of one network."""

    def __init__(self, labels: Mapping[str, list[str]]) -> None:
        self.labels = labels
        self._decoders = {head: Decoder(labels[head]) for head in MARKS}
        self._relations = ["ROOT" if label == "root" else label for label in labels["deprel"]]

    def __call__(self, said: Answers, texts: Sequence[str], out: Annotation) -> None:
        """Take in what was said of some words of a Doc, whose tokens have these texts."""
        _vectors(said, len(texts), out)
        self._words(said, texts, out)
        self._tree(said, out)
        self._events(said, out)
        found = {head: self._decoders[head](self._doubted(said, head), said.opens) for head in MARKS}
        out.entities += _placed(found["entity"], said)
        out.times += _placed(found["time"], said)
        out.claims += _claims(found, said)
        for party in PARTIES:
            spans = best_spans(self._doubted(said, party), said.begins, self.labels[party])
            out.parties += _placed(((start, end, party) for start, end in spans), said)

    def _words(self, said: Answers, texts: Sequence[str], out: Annotation) -> None:
        tokens = said.tokens.tolist()
        for head in TAGS:
            column, names = out.tags[head], self.labels[head]
            for i, label in zip(tokens, said.best[head].tolist(), strict=True):
                column[i] = names[label]
        rules, upos = self.labels["lemma"], out.tags["upos"]
        for i, rule in zip(tokens, said.best["lemma"].tolist(), strict=True):
            out.lemmas[i] = lemma(texts[i], rules[rule], upos[i])

    def _tree(self, said: Answers, out: Annotation) -> None:
        columns = (said.tokens.tolist(), said.heads.tolist(), said.relations.tolist())
        for i, head, relation in zip(*columns, strict=True):
            out.heads[i], out.relations[i] = head, self._relations[relation]

    def _events(self, said: Answers, out: Annotation) -> None:
        kinds, modes = self.labels["event"], self.labels["mode"]
        event, mode = said.best["event"], said.best["mode"]
        for at in np.flatnonzero(event != kinds.index("O")).tolist():
            out.events.append((int(said.tokens[at]), kinds[event[at]], modes[mode[at]]))

    def _doubted(self, said: Answers, head: str) -> Floats:
        scores = said.scores[head]
        if head not in DOUBTS:
            return scores
        outside = np.array([label == "O" for label in self.labels[head]], np.float32)
        return scores + outside * np.float32(DOUBTS[head])


def _vectors(said: Answers, length: int, out: Annotation) -> None:
    if not out.vectors.size:
        out.vectors = np.zeros((length, said.features[0]["words"].shape[1]), np.float32)
    starts = np.flatnonzero(said.opens)[1:]
    for tokens, window in zip(np.split(said.tokens, starts), said.features, strict=True):
        out.vectors[tokens] = window["words"]


def _placed(spans: Iterable[tuple[int, int, str]], said: Answers) -> Iterator[tuple[int, int, str]]:
    """Spans of the Doc's tokens from spans of the words that were answered for."""
    for start, end, label in spans:
        yield int(said.tokens[start]), int(said.tokens[end - 1]) + 1, label


def _claims(found: Mapping[str, list[tuple[int, int, str]]], said: Answers) -> Iterator[tuple[int, int, str, int]]:
    """The attributions of each window; a cue's number counts from its window's first token, so that no two share it."""
    window = said.opens.cumsum() - 1
    starts = np.flatnonzero(said.opens)
    marked: dict[int, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: {role: [] for role in ROLES})
    for role in ROLES:
        for start, end, _ in found[role]:
            first = int(starts[window[start]])
            marked[int(window[start])][role].append((start - first, end - first))
    edges = np.append(starts, len(said.tokens))
    for number, spans in marked.items():
        tokens = said.tokens[edges[number] : edges[number + 1]].tolist()
        for each in claims(spans, said.features[number]):
            attribution = each.number and tokens[0] + each.number
            yield tokens[each.start], tokens[each.end - 1] + 1, each.role, attribution
