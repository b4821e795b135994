# ruff: noqa: E402 - the imports below need torch
"""The mean of several runs: of what, and with how much of the trunks."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the train extra")
pytest.importorskip("onnx", reason="training needs the train extra")

from training.run import TRUNKS, mean
from training.train import MIX, mixed

LEARNT, LATER = "arc_head.0.weight", "pairs.category.weight"


def checkpoint(folder: Path, value: float) -> Path:
    folder.mkdir()
    (folder / "labels.json").write_text("{}", encoding="utf-8")
    state = {LEARNT: torch.full((2, 3), value), LATER: torch.full((4,), value), "count": torch.tensor(7)}
    torch.save({"model": state, "epoch": 2}, folder / "checkpoint.pt")
    return folder


def test_the_mean_keeps_a_little_of_the_trunks_where_they_have_learnt_it(tmp_path: Path) -> None:
    runs = [checkpoint(tmp_path / "a", 1.0), checkpoint(tmp_path / "b", 3.0)]
    trunk = checkpoint(tmp_path / "trunk", 12.0) / "checkpoint.pt"
    out = torch.load(mean(runs, [trunk], tmp_path / "out") / "checkpoint.pt", weights_only=True)["model"]
    assert torch.allclose(out[LEARNT], torch.tensor(2.0 * (1 - TRUNKS) + 12.0 * TRUNKS))
    assert torch.allclose(out[LATER], torch.tensor(2.0))
    assert out["count"] == 7
    assert (tmp_path / "out" / "labels.json").read_text(encoding="utf-8") == "{}"


def test_what_a_trunk_has_never_seen_is_not_mixed() -> None:
    late, early = ({LEARNT: torch.full((2,), v), LATER: torch.full((2,), v)} for v in (1.0, 0.0))
    found = mixed(late, early)
    assert torch.allclose(found[LEARNT], torch.tensor(1.0 - MIX))
    assert torch.allclose(found[LATER], torch.tensor(1.0))
