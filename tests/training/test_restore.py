# ruff: noqa: E402 - the imports below need torch
"""int8 weights back to a checkpoint: near what they were made from, and exported again the same weights."""

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the train extra")
onnx = pytest.importorskip("onnx", reason="training needs the train extra")

from onnx.numpy_helper import to_array
from training.encoder import Encoder, EncoderConfig
from training.export import export
from training.network import Reader
from training.restore import restore

from dragoman.errors import DataError
from training import tiny

CONFIG = {
    "vocab_size": 8000, "hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 32,
    "max_position_embeddings": 64,
}  # fmt: skip
GRAPHS = ("reader", "relations", "pairs")
torch.set_num_threads(1)
State = "dict[str, torch.Tensor]"


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of the base encoder's, of a small one."""
    folder = tmp_path / "base"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    (folder / "vocab.txt").write_text("\n".join(tiny.vocabulary()), encoding="utf-8")
    for module in ("export", "restore"):
        monkeypatch.setattr(f"training.{module}.base_model", lambda: folder)
    return folder


def run(folder: Path) -> State:
    """A run folder with a network drawn at random, and its parameters."""
    torch.manual_seed(5)
    labels = tiny.labels()
    model = Reader(Encoder(EncoderConfig(**CONFIG)), labels.sizes)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, mean=0.05, std=0.2)
    folder.mkdir()
    torch.save({"model": model.state_dict()}, folder / "checkpoint.pt")
    labels.save(folder / "labels.json")
    return model.state_dict()


def restored(weights: Path, folder: Path) -> State:
    restore(weights, folder)
    return torch.load(folder / "checkpoint.pt", weights_only=True)["model"]


def steps(before: State) -> State:
    """How far int8 may take each value: half a step of its column (7 bits), or of its row for word pieces (8 bits)."""
    model = Reader(Encoder(EncoderConfig(**CONFIG)), tiny.labels().sizes)
    products = {f"{name}.weight": 63 for name, part in model.named_modules() if isinstance(part, torch.nn.Linear)}
    coarse = products | {"encoder.words.weight": 127}
    return {name: before[name].abs().amax(1, keepdim=True) / levels / 2 for name, levels in coarse.items()}


def test_every_parameter_comes_back_within_half_a_step(tmp_path: Path) -> None:
    before = run(tmp_path / "run")
    export(tmp_path / "run", tmp_path / "weights")
    after = restored(tmp_path / "weights", tmp_path / "again")
    assert set(after) == set(before)
    allowed = steps(before)
    for name, value in before.items():
        found = after[name]
        if name.endswith("mix.weights"):  # the same shares; the logarithm of them up to a constant
            value, found = value.softmax(0), found.softmax(0)
        assert bool(((found - value).abs() <= allowed.get(name, 0.0) * 1.001 + 1e-6).all()), name
    assert (tmp_path / "again" / "labels.json").read_bytes() == (tmp_path / "run" / "labels.json").read_bytes()


def test_the_weights_exported_again_are_the_same(tmp_path: Path) -> None:
    run(tmp_path / "run")
    export(tmp_path / "run", tmp_path / "weights")
    restore(tmp_path / "weights", tmp_path / "again")
    export(tmp_path / "again", tmp_path / "twice")
    for graph in GRAPHS:
        first, second = (
            {each.name: to_array(each) for each in onnx.load(tmp_path / folder / f"{graph}.onnx").graph.initializer}
            for folder in ("weights", "twice")
        )
        whole = [name for name, value in first.items() if value.dtype == "int8"]
        assert whole and set(first) == set(second)
        assert all((first[name] == second[name]).all() for name in whole)


def test_weights_of_another_form_are_refused(tmp_path: Path, base: Path) -> None:
    run(tmp_path / "run")
    export(tmp_path / "run", tmp_path / "weights")
    (base / "config.json").write_text(json.dumps(CONFIG | {"num_hidden_layers": 4}), encoding="utf-8")
    with pytest.raises(DataError, match=r"has no node /model/encoder/layers\.3/query"):
        restore(tmp_path / "weights", tmp_path / "again")
    (base / "config.json").write_text(json.dumps(CONFIG | {"max_position_embeddings": 65}), encoding="utf-8")
    with pytest.raises(DataError, match=r"no encoder.positions.weight of the shape \(65, 16\)"):
        restore(tmp_path / "weights", tmp_path / "again")
    (tmp_path / "weights" / "pairs.onnx").unlink()
    with pytest.raises(DataError, match=r"missing pairs\.onnx"):
        restore(tmp_path / "weights", tmp_path / "again")
    assert not (tmp_path / "again").exists()
