# ruff: noqa: E402 - the imports below need torch
"""Training on annotation of one's own: the head learns, everything else stays to the bit, faults are named."""

import json
import logging
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the train extra")
pytest.importorskip("onnx", reason="training needs the train extra")

from training.batches import batches, tensors
from training.encoder import Encoder, EncoderConfig
from training.losses import measure
from training.network import Reader

from dragoman.errors import DataError, FormatError
from dragoman.language.pieces import Pieces
from training import own, tiny

FIXTURE = Path(__file__).parent.parent / "fixtures" / "tiny"
CONFIG = {
    "vocab_size": len(tiny.vocabulary()), "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
    "intermediate_size": 32,
}  # fmt: skip
QUICK = own.Settings(epochs=12, batch=40, head_rate=2e-2)
torch.set_num_threads(1)

REPORT = "Ida Holm left Norvale next week ; the envoy said that talks would go on ."
FILES = {
    "names": (
        "own.iob2",
        "1\tEnvoys\tO\n2\tmet\tO\n3\tIda\tB-PER\n4\tHolm\tI-PER\n5\tof\tO\n6\tEstmark\tB-ORG\n\n"
        "1\tNorvale\tB-ORG\n2\tleft\tO\n3\tPort\tB-LOC\n4\tAda\tI-LOC\n",
    ),
    "categories": (
        "own.tsv",
        "marked_sentence\tgold_root\n"
        "The <s>Norvale army</s> attacked <t>Estmark</t> .\tASSAULT\n"
        "<s>Ida Holm</s> agreed with <t>Norvale</t> .\tAGREE\n"
        "<s>Envoys</s> left <t>Port Ada</t> .\tYIELD\n",
    ),
    "parties": (
        "own.txt",
        "The O\nNorvale B-S\narmy I-S\nattacked O\nEstmark B-T\n. O\n\nIda B-S\nHolm I-S\nleft O\nPort B-T\nAda I-T\n",
    ),
    "attributions": (
        "own.jsonl",
        json.dumps(
            {
                "id": "one",
                "text": REPORT,
                "attributions": [{"source": [[34, 43]], "cue": [[44, 48]], "content": [[49, 71]]}],
            }
        ),
    ),
    "times": (
        "own.jsonl",
        json.dumps({"id": "one", "text": REPORT, "timexes": [{"start": 22, "end": 31, "type": "DATE"}]}),
    ),
}
MEASURES = {
    "names": ["entity"],
    "categories": ["category"],
    "parties": ["actor", "recipient"],
    "attributions": ["source", "cue", "content", "link_source", "link_content"],
    "times": ["time"],
}


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of the base encoder's, of a tiny one."""
    folder = tmp_path / "base"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    (folder / "vocab.txt").write_bytes((FIXTURE / "vocab.txt").read_bytes())
    monkeypatch.setattr("training.own.base_model", lambda: folder)
    return folder


@pytest.fixture
def init(tmp_path: Path) -> Path:
    """The checkpoint of a network drawn at random, its labels beside it."""
    torch.manual_seed(3)
    labels = tiny.labels()
    model = Reader(Encoder(EncoderConfig(**CONFIG)), labels.sizes)
    (tmp_path / "run").mkdir()
    labels.save(tmp_path / "run" / "labels.json")
    torch.save({"model": model.state_dict()}, tmp_path / "run" / "checkpoint.pt")
    return tmp_path / "run" / "checkpoint.pt"


def given(folder: Path, kind: str) -> Path:
    name, text = FILES[kind]
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def parameters(checkpoint: Path) -> "dict[str, torch.Tensor]":
    return torch.load(checkpoint, weights_only=True)["model"]


def figures(checkpoint: Path, kind: str, path: Path) -> dict[str, float]:
    labels = tiny.labels()
    model = Reader(Encoder(EncoderConfig(**CONFIG)), labels.sizes)
    model.load_state_dict(parameters(checkpoint))
    groups = batches(own.READERS[kind](path), 900, None)
    return measure(model, [tensors(g, Pieces(FIXTURE / "vocab.txt"), labels, None) for g in groups])


@pytest.mark.parametrize("kind", list(own.READERS))
def test_a_head_learns_and_all_else_stays_to_the_bit(kind: str, init: Path, tmp_path: Path) -> None:
    path = given(tmp_path, kind)
    own.retrain(init, {kind: path}, tmp_path / "out", QUICK)
    first, last = (figures(checkpoint, kind, path) for checkpoint in (init, tmp_path / "out" / "checkpoint.pt"))
    assert set(first) == set(MEASURES[kind])
    assert np.mean(list(last.values())) > max(0.85, np.mean(list(first.values())) + 0.1), (first, last)
    before, after = parameters(init), parameters(tmp_path / "out" / "checkpoint.pt")
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    heads = tuple(f"{head}." for head in own.HEADS[kind])
    assert changed and all(name.startswith(heads) for name in changed)
    assert {name.removesuffix(".weight") for name in changed} >= {head for head in own.HEADS[kind] if "." in head}
    assert (tmp_path / "out" / "labels.json").read_bytes() == (init.parent / "labels.json").read_bytes()


def test_every_head_that_a_file_teaches_is_a_part_of_the_network() -> None:
    names = [name for name, _ in tiny.network(tiny.labels()).named_parameters()]
    for kind, heads in own.HEADS.items():
        assert kind in own.READERS
        assert all(any(name.startswith(f"{head}.") for name in names) for head in heads)


def test_all_of_it_learns_where_that_is_asked_for(init: Path, tmp_path: Path) -> None:
    settings = own.Settings(epochs=1, heads_only=False)
    own.retrain(init, {"names": given(tmp_path, "names")}, tmp_path / "out", settings)
    before, after = parameters(init), parameters(tmp_path / "out" / "checkpoint.pt")
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert {"spans.entity.weight", "span.0.weight", "span_mix.weights", "encoder.layers.0.up.weight"} <= changed
    assert not {"spans.time.weight", "claims.cue.weight", "pairs.category.weight"} & changed


def test_the_same_seed_gives_the_same_network(init: Path, tmp_path: Path) -> None:
    files = {"names": given(tmp_path, "names"), "parties": given(tmp_path, "parties")}
    for out in ("one", "two"):
        own.retrain(init, files, tmp_path / out, own.Settings(epochs=2, batch=20))
    one, two = (parameters(tmp_path / out / "checkpoint.pt") for out in ("one", "two"))
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_several_kinds_are_learned_together(init: Path, tmp_path: Path) -> None:
    files = {kind: given(tmp_path, kind) for kind in ("names", "times")}
    own.retrain(init, files, tmp_path / "out", QUICK)
    before, after = parameters(init), parameters(tmp_path / "out" / "checkpoint.pt")
    changed = {name.rsplit(".", 1)[0] for name in before if not torch.equal(before[name], after[name])}
    assert changed == {"spans.entity", "spans.time"}


def test_a_label_the_network_does_not_know_is_named(init: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.iob2"
    path.write_text("1\tNorvale\tB-GPE\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"own.iob2: the network has no entity B-GPE; it has O, B-LOC"):
        own.retrain(init, {"names": path}, tmp_path / "out", QUICK)
    path.write_text("marked_sentence\tgold_root\n<s>Norvale</s> fought <t>Estmark</t>\tFIGHT\n", encoding="utf-8")
    with pytest.raises(DataError, match="no category FIGHT"):
        own.retrain(init, {"categories": path}, tmp_path / "out", QUICK)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", list(own.READERS))
def test_a_file_of_another_form_is_named_with_its_line(kind: str, init: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("no such form here\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"own\.txt: line 1"):
        own.retrain(init, {kind: path}, tmp_path / "out", QUICK)


@pytest.mark.parametrize("opening", ['"No, said', '"No," said'])
def test_quotation_marks_that_swallow_text_are_named(opening: str, tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    after = "<s>Norvale</s> left <t>Estmark</t> .\tRETREAT\n"
    rows = [f"{opening} <s>Norvale</s> to <t>Estmark</t> .\tREJECT\n", after]
    path.write_text("marked_sentence\tgold_root\n" + "".join(rows), encoding="utf-8")
    with pytest.raises(DataError, match="quotation mark must be quoted whole"):
        own.categories(path)


def test_columns_quoted_as_a_spreadsheet_does_are_read(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    row = '"""No,"" said <s>Norvale</s> to <t>Estmark</t> ."\tREJECT\n'
    path.write_text("marked_sentence\tgold_root\n" + row, encoding="utf-8")
    (((sentence,)),) = own.categories(path)
    assert sentence.words[:4] == ['"', "No", ",", '"'] and sentence.pair is not None


def test_a_run_is_not_written_over_its_own_beginning(init: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="overwrite"):
        own.retrain(init, {"names": given(tmp_path, "names")}, init.parent, QUICK)


def test_the_command_line(
    init: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    out = tmp_path / "out"
    command = ["own", "--init", str(init), "--out", str(out), "--epochs", "1"]
    monkeypatch.setattr(sys, "argv", [*command, "--names", str(given(tmp_path, "names"))])
    with caplog.at_level(logging.INFO, logger="training"):
        own.main()
    assert (out / "checkpoint.pt").is_file()
    assert [message.split(" {")[0] for message in caplog.messages] == ["before", "epoch 0"]
    monkeypatch.setattr(sys, "argv", [*command, "--names", str(tmp_path / "nowhere.iob2")])
    with pytest.raises(SystemExit, match=r"nowhere\.iob2: No such file"):
        own.main()
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit):
        own.main()
