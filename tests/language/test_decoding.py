"""Answers, word by word, to an annotation. No model is loaded: labels and scores are set by hand."""

from __future__ import annotations

import numpy as np
import pytest
import spacy

from dragoman.language import decode
from dragoman.language.annotation import Annotation
from dragoman.language.decode import CHOICES, FEATURES, KEPT, NAME_DOUBT, Answers, Decoding, portions
from dragoman.language.lemmas import lemma
from dragoman.language.words import Words

IOBES = ("source", "cue", "content", "actor", "recipient")
LABELS = {
    "upos": ["NOUN", "VERB", "PROPN"],
    "xpos": ["NN", "VBD", "NNP"],
    "feats": ["_", "Tense=Past"],
    "lemma": ["=|0|", "l|0|", "=|2|", "!|go"],
    "deprel": ["nsubj", "root", "obj"],
    "entity": ["O", "B-PER", "I-PER"],
    "time": ["O", "B-DATE", "I-DATE"],
    "event": ["O", "OCCURRENCE", "STATE"],
    "mode": ["none", "future"],
    **{head: ["O", *(f"{mark}-{head}" for mark in "BEIS")] for head in IOBES},
}


def words(n: int) -> Words:
    return Words.of(spacy.blank("en")(" ".join(f"w{i}" for i in range(n))))


def answers(tokens: list[int], **labels: dict[int, str]) -> Answers:
    """One window of one sentence: the label of a head at some words (``O`` or the first one elsewhere), certain."""
    n = len(tokens)
    chosen = {head: np.zeros(n, np.int64) for head in (*CHOICES, *KEPT)}
    for head, marks in labels.items():
        for at, label in marks.items():
            chosen[head][at] = LABELS[head].index(label)
    scores = {head: 9 * np.eye(len(LABELS[head]), dtype=np.float32)[chosen[head]] for head in KEPT}
    first = np.arange(n) == 0
    root = np.full(n, tokens[0])
    relations = np.where(first, LABELS["deprel"].index("root"), 0)
    features = {name: np.tile(np.array(tokens, np.float32)[:, None], 2) for name in FEATURES}
    best = {head: chosen[head] for head in CHOICES}
    return Answers(np.array(tokens), root, relations, first, first.copy(), best, scores, [features])


def decoded(n: int, *said: Answers) -> Annotation:
    text = words(n)
    out = Annotation.empty(text)
    for portion in portions(said):
        Decoding(LABELS)(portion, text.texts, out)
    return out


def test_tags_tree_and_vectors_go_to_their_tokens() -> None:
    out = decoded(5, answers([3, 4], upos={0: "PROPN"}), answers([0, 2], upos={1: "VERB"}, xpos={0: "VBD"}))
    assert out.tags["upos"] == ["NOUN", "SPACE", "VERB", "PROPN", "NOUN"]
    assert out.tags["xpos"] == ["VBD", "_SP", "NN", "NN", "NN"]
    assert out.heads == [0, 0, 0, 3, 3]
    assert out.relations == ["ROOT", "dep", "nsubj", "ROOT", "nsubj"]
    assert out.vectors.tolist() == [[0, 0], [0, 0], [2, 2], [3, 3], [4, 4]]


def test_marks_are_spans_of_tokens_across_white_space_between() -> None:
    said = answers([1, 2, 4], entity={1: "B-PER", 2: "I-PER"}, time={0: "B-DATE"}, actor={0: "B-actor", 1: "E-actor"})
    out = decoded(6, said)
    assert out.entities == [(2, 5, "PER")]
    assert out.times == [(1, 2, "DATE")]
    assert out.parties == [(1, 3, "actor")]


def test_a_name_must_beat_no_name_by_the_doubt() -> None:
    for more, found in ((NAME_DOUBT / 2, []), (NAME_DOUBT * 2, [(0, 1, "PER")])):
        said = answers([0])
        said.scores["entity"][0] = [1, 1 + more, 0]
        assert decoded(1, said).entities == found


def test_events_have_a_mode() -> None:
    out = decoded(3, answers([0, 1, 2], event={1: "STATE", 2: "OCCURRENCE"}, mode={2: "future"}))
    assert out.events == [(1, "STATE", "none"), (2, "OCCURRENCE", "future")]


def test_attributions_of_two_windows_never_share_a_number() -> None:
    first = answers([0, 1, 2], cue={1: "S-cue"}, source={0: "S-source"})
    second = answers([3, 4, 5, 6], cue={0: "S-cue", 2: "S-cue"})
    out = decoded(7, first, second)
    cues = {start: number for start, _, role, number in out.claims if role == "cue"}
    assert cues == {1: 1, 3: 4, 5: 5}
    assert [claim[:3] for claim in out.claims if claim[2] == "source"] == [(0, 1, "source")]


def test_how_much_is_decoded_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = {"entity": {0: "B-PER"}, "cue": {1: "S-cue"}, "recipient": {2: "S-recipient"}, "event": {1: "STATE"}}
    said = [answers(list(range(at, at + 4)), **marks) for at in range(0, 40, 4)]
    whole = decoded(40, *said)
    assert len(whole.entities) == len(whole.parties) == len(whole.claims) == 10
    for size in (1, 6, 39):
        monkeypatch.setattr(decode, "AT_ONCE", size)
        parts = decoded(40, *said)
        assert parts.vectors.tolist() == whole.vectors.tolist()
        parts.vectors = whole.vectors = np.zeros((0, 0), np.float32)
        assert parts == whole
        whole = decoded(40, *said)


def test_portions_keep_every_word_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "AT_ONCE", 5)
    found = list(portions(answers(list(range(at, at + 2))) for at in range(0, 14, 2)))
    assert [len(each.tokens) for each in found] == [6, 6, 2]
    assert [i for each in found for i in each.tokens.tolist()] == list(range(14))
    assert [len(each.features) for each in found] == [3, 3, 1]


@pytest.mark.parametrize(
    ("form", "rule", "upos", "expected"),
    [
        ("Talks", "l|1|", "NOUN", "talk"),
        ("met", "=|0|", "VERB", "meet"),  # no table has a verb "met"
        ("agreed", "=|1|", "VERB", "agree"),
        ("went", "!|go", "VERB", "go"),
        ("met", "=|0|", "ADJ", "met"),
        ("blorked", "=|2|", "VERB", "blork"),
    ],
)
def test_a_verbs_lemma_is_one_the_tables_allow(form: str, rule: str, upos: str, expected: str) -> None:
    assert lemma(form, rule, upos) == expected
