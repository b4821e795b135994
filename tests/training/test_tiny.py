"""The network among the fixtures says the same everywhere: in ONNX without PyTorch, in int8 nearly, and in PyTorch.

``python -m training.tiny`` makes the folder anew; that is due when the network's form changes.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

import dragoman.language.component  # noqa: F401  registers the factory
from dragoman.language.network import Network, session
from dragoman.language.pairs import categories

FOLDER = Path(__file__).parent.parent / "fixtures" / "tiny"
GRAPHS = ("reader", "relations", "pairs")
SUMS = 1e-5  # fp32 sums in another order; 1.7e-6 was the most on the machine that made the fixture
INT8 = 0.1  # of an output's length; 0.058 was the most on the machine that made the fixture
Arrays = dict[str, NDArray[Any]]


def stored(graph: str, kind: str) -> Arrays:
    """The inputs (``in``) or the outputs in PyTorch (``out``) of a graph, by name."""
    with np.load(FOLDER / "expected.npz") as file:
        prefix = f"{graph}.{kind}."
        return {name.removeprefix(prefix): file[name] for name in file.files if name.startswith(prefix)}


def computed(graph: str, folder: Path = FOLDER) -> Arrays:
    """What onnxruntime makes of the stored inputs."""
    made = session(folder / f"{graph}.onnx", threads=1)
    return dict(zip([each.name for each in made.get_outputs()], made.run(None, stored(graph, "in")), strict=True))


def test_the_fixture_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 400_000


@pytest.mark.parametrize("graph", GRAPHS)
def test_onnx_says_what_pytorch_said(graph: str) -> None:
    expected, found = stored(graph, "out"), computed(graph)
    assert set(found) == set(expected)
    for name, value in expected.items():
        assert np.abs(value).max() > 0.1, f"{name} would agree with nothing at all"
        np.testing.assert_allclose(found[name], value, atol=SUMS, rtol=SUMS, err_msg=name)


@pytest.mark.parametrize("graph", GRAPHS)
def test_int8_says_nearly_the_same(graph: str, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="quantising needs the package onnx")
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        FOLDER / f"{graph}.onnx", tmp_path / f"{graph}.onnx", weight_type=QuantType.QInt8, per_channel=True,
        reduce_range=True, op_types_to_quantize=["MatMul", "Gemm"],
    )  # fmt: skip
    for name, value in computed(graph, tmp_path).items():
        expected = stored(graph, "out")[name]
        far = np.linalg.norm(value - expected) / np.linalg.norm(expected)
        assert 0 < far < INT8, (name, far)


@pytest.mark.parametrize("graph", GRAPHS)
def test_pytorch_says_it_still(graph: str) -> None:
    torch = pytest.importorskip("torch", reason="training needs the train extra")
    from training.labels import Labels

    from training import tiny

    model = tiny.network(Labels(Network(FOLDER).labels))
    with np.load(FOLDER / "model.npz") as file:
        state = {name: torch.from_numpy(file[name].astype(np.float32)) for name in file.files}
    model.load_state_dict(state)
    given = {name: {k: torch.from_numpy(v) for k, v in stored(name, "in").items()} for name in GRAPHS}
    for name, value in tiny.outputs(model.eval(), given)[graph].items():
        np.testing.assert_allclose(value.numpy(), stored(graph, "out")[name], atol=SUMS, rtol=SUMS, err_msg=name)


def test_the_script_makes_the_same_folder(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs the train extra")
    pytest.importorskip("onnx", reason="training needs the train extra")
    from training import tiny

    tiny.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in FOLDER.iterdir())
    for name in ("labels.json", "vocab.txt"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()
    for graph in GRAPHS:
        for name, value in computed(graph, tmp_path).items():
            np.testing.assert_allclose(value, stored(graph, "out")[name], atol=SUMS, rtol=SUMS, err_msg=name)


def pipeline() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("dragoman", config={"weights": str(FOLDER)})
    return nlp


def read(text: str) -> Doc:
    return pipeline()(text)


def test_the_reader_reads_with_it() -> None:
    doc = read("The Norvale army attacked Estmark.\n\nIda Holm said on Friday that talks would go on. " * 3)
    for annotation in ("TAG", "POS", "LEMMA", "DEP", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(annotation), annotation
    assert all(token.head.sent == token.sent for token in doc)
    assert {ent.label_ for ent in doc.ents} <= {"PER", "LOC", "ORG"}
    for name in ("times", "sources", "cues", "contents", "actors", "recipients", "events"):
        assert name in doc.spans
    assert doc.tensor.shape == (len(doc), stored("reader", "out")["words"].shape[-1])


def test_pairs_have_categories_that_sum_to_one() -> None:
    nlp = pipeline()
    doc = nlp("The Norvale army attacked Estmark.")
    ((first, second),) = [categories(nlp, doc, [(doc[0:3], doc[4:5]), (doc[4:5], doc[0:3])])]
    assert sum(first.values()) == pytest.approx(1, abs=1e-5) and len(first) == 16
    assert first != second, "who does it to whom matters"
