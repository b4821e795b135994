# ruff: noqa: E402 - the imports below need torch
"""Windows to tensors: every label at its word, whatever stands around it."""

import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the train extra")
pytest.importorskip("onnx", reason="training needs the train extra")

from training.batches import TAGGED, batches, cases, tensors
from training.corpora import Pair, Sentence, Window

from dragoman.language.pieces import Pieces
from training import tiny

FIXTURE = Path(__file__).parent.parent / "fixtures" / "tiny"
PARSED, NAMED = map(tiny.parsed, tiny.PARSED)


def made(*windows: list[Sentence]) -> "dict[str, torch.Tensor]":
    return tensors([Window(window) for window in windows], Pieces(FIXTURE / "vocab.txt"), tiny.labels(), None)


def words(head: str, row: "torch.Tensor") -> list[str | None]:
    labels = tiny.labels().lists[head]
    return [None if i < 0 else labels[i] for i in row.tolist()]


def test_labels_stand_at_their_words() -> None:
    data = made([NAMED, NAMED], [tiny.dated()])
    assert words("upos", data["y_upos"][0]) == ["PROPN", "PROPN", "VERB", "PUNCT"] * 2
    assert words("entity", data["y_entity"][0]) == ["B-PER", "I-PER", "O", "O"] * 2
    assert words("start", data["y_start"][0]) == ["B", "I", "I", "I"] * 2
    assert words("time", data["y_time"][1]) == ["O"] * 5 + ["B-DATE", "I-DATE", "O"]
    assert words("mode", data["y_mode"][1]) == [None, "none", None, None, "future", None, None, None]
    assert data["y_arc"].tolist() == [[3, 1, 0, 3, 7, 5, 0, 7], [-100] * 8]
    assert words("deprel", data["y_deprel"][0]) == ["nsubj", "flat", "root", "punct"] * 2
    assert data["sentence"].tolist() == [[0] * 4 + [1] * 4, [0] * 8]


def test_what_is_not_annotated_has_no_labels() -> None:
    data = made([tiny.dated()], [tiny.told(), tiny.acted()])
    for head in ("upos", "lemma", "start", "entity", "deprel"):
        assert f"y_{head}" not in data
    assert set(data["y_source"][0].tolist()) == {-100}
    assert data["y_source"][1, 11] == -100, "a word the annotators set aside"
    assert words("source", data["y_source"][1])[:4] == ["B-source", "I-source", "E-source", "O"]
    assert words("actor", data["y_actor"][1])[25:29] == ["B-actor", "I-actor", "E-actor", "O"]


def test_every_head_has_labels_somewhere() -> None:
    data = made(*tiny.documents()[:6])
    assert {name for name in data if name.startswith("y_")} == {f"y_{head}" for head in (*TAGGED, "arc", "deprel")}


def test_links_count_from_the_window_s_first_word() -> None:
    data = made([NAMED], [NAMED, tiny.told()])
    before = len(NAMED.words)
    expected = {
        role: [[1, before + cue, before + other] for cue, other, kind in tiny.told().links if kind == role]
        for role in ("source", "content")
    }
    assert data["link_source"].tolist() == expected["source"]
    assert data["link_content"].tolist() == expected["content"]
    assert not {"link_source", "link_content"} & set(made([NAMED]))


def test_a_pair_has_its_own_row_roles_and_sentence() -> None:
    unplaced = Sentence(["Norvale", "agreed"], bounded=False, pair=Pair(None, None, ("AGREE",)))
    data = made([NAMED], [NAMED, tiny.acted()], [unplaced, tiny.undecided()])
    assert data["pair"].tolist() == [1, 2, 2]
    assert data["pair_role"].tolist() == [
        [0, 0, 0, 0, 1, 1, 1, 0, 2, 0],
        [0] * 10,
        [0, 0, 1, 0, 0, 0, 2, 2, 2, 0],
    ]
    assert data["pair_mask"].tolist() == [[0] * 4 + [1] * 6, [1] * 2 + [0] * 8, [0] * 2 + [1] * 8]
    names = tiny.labels().lists["category"]
    hints = [[names[i - 1] if i else "" for i in row] for row in data["pair_hint"].tolist()]
    assert hints[0] == [""] * 7 + ["ASSAULT", "", ""], 'what the lexicon says of the word "attacked"'
    assert hints[1][:2] == ["", "AGREE"] and set(hints[1][2:]) == {""}
    assert [[names[i] for i in row.nonzero()[:, 0]] for row in data["pair_allowed"]] == [
        ["ASSAULT"], ["AGREE"], ["CONCEDE", "RETREAT"],
    ]  # fmt: skip
    assert "pair" not in made([NAMED])


def test_changed_names_change_the_pieces_alone() -> None:
    window, pieces, labels = Window([PARSED]), Pieces(FIXTURE / "vocab.txt"), tiny.labels()
    plain = tensors([window], pieces, labels, None)
    changed = tensors([window], pieces, labels, None, lambda s: ["Norvale" if w == "Envoys" else w for w in s.words])
    different = {name for name in plain if not torch.equal(plain[name], changed[name])}
    assert different == {"pieces"}
    assert PARSED.words[0] == "Envoys"


def test_batches_hold_every_window_once_whatever_the_order() -> None:
    documents = tiny.documents()
    for dice in (None, random.Random(3)):
        found = [window for group in batches(documents, 30, dice) for window in group]
        assert sum(map(len, found)) == sum(len(s.words) for document in documents for s in document)
    plain = [[len(w) for w in group] for group in batches(documents, 30, None)]
    assert all(max(group) * len(group) <= 30 or len(group) == 1 for group in plain)


def test_letter_case_is_now_and_then_that_of_a_headline() -> None:
    window = Window([PARSED])
    plain = cases(window, None)
    assert plain == [2, 1, 2, 1, 2, 2, 5]
    seen = {tuple(cases(window, random.Random(seed))) for seed in range(300)}
    assert seen == {tuple(plain), (3, 3, 3, 3, 3, 3, 5), (2, 1, 2, 2, 2, 2, 5)}
