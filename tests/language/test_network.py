"""Weights that are missing, and what the shipped ones say of a batch."""

import json
import time
from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import DataError
from dragoman.language import load
from dragoman.language.bare import bare_encoder_seconds
from dragoman.language.component import Reader
from dragoman.language.network import WEIGHTS, Network, threads
from dragoman.language.pieces import batch

needs_weights = pytest.mark.skipif(not (WEIGHTS / "reader.onnx").is_file(), reason="the package has no weights yet")


@pytest.mark.parametrize("part", ["labels", "pieces", "_reader", "_relations"])
def test_missing_weights_are_named(tmp_path: Path, part: str) -> None:
    network = Network(tmp_path)
    with pytest.raises(DataError) as caught:
        getattr(network, part)
    assert caught.value.source == str(tmp_path)
    assert str(tmp_path) in str(caught.value) and "missing" in caught.value.reason


def test_a_network_without_weights_costs_nothing_until_used(tmp_path: Path) -> None:
    assert Network(tmp_path / "nowhere").folder == tmp_path / "nowhere"


def test_threads_are_those_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_THREADS", "3")
    assert threads() == 3
    monkeypatch.setenv("DRAGOMAN_THREADS", "")
    assert threads() == 1
    monkeypatch.delenv("DRAGOMAN_THREADS")
    assert threads() == 1
    monkeypatch.setenv("DRAGOMAN_THREADS", "two")
    with pytest.raises(DataError, match="two"):
        threads()


@needs_weights
def test_scores_have_the_shapes_of_the_labels() -> None:
    network = Network()
    made = batch([["Talks", "began", "in", "Oslo"], ["They", "ended"]], network.pieces)
    scores = network.scores(made)
    for head in ("upos", "xpos", "feats", "lemma", "start", "entity", "time"):
        assert scores[head].shape == (2, 4, len(network.labels[head]))
    assert scores["arcs"].shape == (2, 4, 5)
    dependents, heads = scores["relation_dependent"], scores["relation_head"]
    assert dependents.shape[:2] == (2, 4) and heads.shape[:2] == (2, 5)
    found = network.relations(dependents[0], heads[0, 1:])
    assert found.shape == (4, len(network.labels["deprel"]))
    assert all(np.isfinite(each).all() for each in (*scores.values(), found))


@needs_weights
def test_labels_hold_what_the_component_looks_up() -> None:
    labels = json.loads((WEIGHTS / "labels.json").read_text(encoding="utf-8"))
    assert sorted(labels["start"]) == ["B", "I"] and "root" in labels["deprel"]
    assert {label.split("-")[-1] for label in labels["entity"]} == {"O", "PER", "LOC", "ORG"}
    assert {label.split("-")[-1] for label in labels["time"]} == {"O", "DATE", "TIME", "DURATION", "SET"}
    assert all(len(set(names)) == len(names) for names in labels.values())


@needs_weights
def test_the_bare_encoder_takes_time_and_less_than_all_of_it() -> None:
    pytest.importorskip("onnx")
    text = "The two envoys met in the capital and spoke of the border. " * 60
    bare = min(bare_encoder_seconds([text], threads=1) for _ in range(2))
    reader = Reader("dragoman", Network())
    doc = load().make_doc(text)
    reader.predict(doc)
    begun = time.perf_counter()
    reader.predict(doc)
    assert bare > 0
    assert bare < 20 * (time.perf_counter() - begun)  # wide: a busy machine must not fail this


@needs_weights
def test_the_bare_encoder_is_the_readers_own() -> None:
    """Cut from the graph: all its matrix products are in int8, and it ends with one vector a piece."""
    pytest.importorskip("onnx")
    from dragoman.language.bare import _layers
    from dragoman.language.network import session

    network = Network()
    cut = session(_layers(network.file("reader.onnx")), threads=1)
    made = batch([["Talks", "began"]], network.pieces)
    (found,) = cut.run(None, {name: getattr(made, name) for name in ("pieces", "case", "mask")})
    assert found.shape[:2] == made.pieces.shape and found.ndim == 3
    assert np.abs(found.mean(-1)).max() < 1  # a layer norm's output, near zero mean
