"""The TSV of marked sentences, and the figures of categories worked out by hand."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DataError, FormatError
from dragoman.evaluation import TASKS, Options, sentence_key
from dragoman.evaluation.category import Answer, calibration_error, one_sentence, score, words
from dragoman.evaluation.marked import Marked, read_marked, unmarked
from dragoman.evaluation.roots import folded, is_root, quad_of, root_of
from dragoman.evaluation.task import fold_of
from dragoman.ontology import load

HEADER = "id\tmarked_sentence\tsource\tgold_root\n"
ROW = "1\t<s>Peru</s> thanked <t>the envoy of Chile</t>.\tPeru\tSUPPORT\n"


def put(folder: Path, *lines: str) -> Path:
    path = folder / "a.tsv"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_rows_of_a_file(tmp_path: Path) -> None:
    doubled = '2\t"<s>Oslo</s> ""won"" over <t> Lima </t>, <s>Oslo</s>"\tOslo\tRETREAT\r\n'
    first, second = read_marked(put(tmp_path, HEADER, ROW, "\n", doubled))
    assert (first.line, first.text, first.root) == (2, "Peru thanked the envoy of Chile.", "SUPPORT")
    assert first.pair is not None
    assert [first.text[slice(*place)] for place in first.pair] == ["Peru", "the envoy of Chile"]
    assert second == Marked(4, 'Oslo "won" over  Lima , Oslo', "YIELD", None)


@pytest.mark.parametrize(
    ("marked", "pair"),
    [
        ("<t>A</t> b <s>c</s>", ((4, 5), (0, 1))),
        ("<s>A <t>b</t></s>", ((0, 3), (2, 3))),
        ("<t> A </t><s>c</s>", ((3, 4), (1, 2))),
        ("<s>A</s> b", None),
        ("<s>A</s> <t>b", None),
        ("<s> </s>A <t>b</t>", None),
        ("</s>A<s> <t>b</t>", None),
        ("<s>A</s> <t>b</t> <t>b</t>", None),
    ],
)
def test_each_mark_is_needed_once(marked: str, pair: object) -> None:
    assert unmarked(marked)[1] == pair
    assert "<" not in unmarked(marked)[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("gold_root", "root", 1, "no column 'gold_root'"),
        ("marked_sentence", "sentence", 1, "no column 'marked_sentence'"),
        ("1\t<s>", "<s>", 2, "3 columns where the first line names 4"),
        ("SUPPORT", "PRAISE", 2, "'PRAISE' is no category"),
        ("SUPPORT", "", 2, "'' is no category"),
        ("<s>Peru</s> thanked <t>the envoy of Chile</t>.", " ", 2, "a row without a sentence"),
    ],
)
def test_bad_rows_name_file_and_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    path = put(tmp_path, (HEADER + ROW).replace(old, new))
    with pytest.raises(FormatError, match=rf"a\.tsv: line {line}: {reason}"):
        list(read_marked(path))


def test_a_header_alone_holds_no_row(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no row"):
        list(read_marked(put(tmp_path, HEADER)))


def row(root: str, line: int = 2) -> Marked:
    return Marked(line, "Peru thanked Chile.", root, ((0, 4), (13, 18)))


def sure(category: str, share: float = 1.0) -> dict[str, float]:
    rest = (1 - share) / 15
    return {name: share if name == category else rest for name in load().categories}


def test_figures_by_hand() -> None:
    """AID: 1 hit of 1 found, 2 gold. ACCUSE: 1 of 2 found, 1 gold. REJECT is in no gold row: it counts as a miss."""
    said = [("AID", "AID"), ("AID", "ACCUSE"), ("ACCUSE", "ACCUSE"), ("YIELD", "REJECT")]
    result = score((row(gold), sure(answer)) for gold, answer in said)
    aid = accuse = 2 / 3
    assert result.figures["accuracy"] == 0.5
    assert result.figures["macro_f1"] == pytest.approx((aid + accuse + 0) / 3)
    # class 2 (AID, YIELD): 1 hit, 1 found, 3 gold; class 3 (ACCUSE, REJECT): 1 hit, 3 found, 1 gold
    assert result.figures["quad_macro_f1"] == pytest.approx((2 / 4 + 2 / 4) / 2)
    assert result.figures["ece"] == pytest.approx(0.5)
    assert result.parts["AID"] == pytest.approx({"precision": 1.0, "recall": 0.5, "f1": aid})
    assert list(result.parts) == ["ACCUSE", "AID", "YIELD"]
    assert result.counts == {"rows": 4, "skipped": 0}


def test_conceding_and_retreating_are_one_and_their_probabilities_add_up() -> None:
    split = sure("AID", 0.4) | {"CONCEDE": 0.35, "RETREAT": 0.25}
    result = score([(row("YIELD"), split)])
    assert result.rows[0]["root"] == "YIELD"
    assert result.rows[0]["probabilities"]["YIELD"] == pytest.approx(0.6)
    assert result.figures["ece"] == pytest.approx(0.4)
    assert folded({"CONCEDE": 0.1, "RETREAT": 0.2, "AID": 0.7}) == pytest.approx({"YIELD": 0.3, "AID": 0.7})


def test_rows_without_an_answer_are_left_out_and_counted() -> None:
    result = score([(row("AID"), sure("AID")), (row("AID"), None)])
    assert result.figures["accuracy"] == 1.0
    assert result.counts == {"rows": 1, "skipped": 1}


def test_roots_and_their_classes_are_the_ontologys() -> None:
    roots = {root_of(name) for name in load().categories}
    assert len(roots) == 15 and all(map(is_root, roots))
    assert not is_root("RETREAT") and not is_root("MAKE STATEMENT")
    assert (root_of(" concede "), root_of("DEMAND")) == ("YIELD", "REQUEST")
    assert [quad_of(root) for root in ("AGREE", "YIELD", "REJECT", "SANCTION")] == [1, 2, 3, 4]


def test_calibration_by_hand() -> None:
    """Bin (0.6, 0.7]: two rows, half right, 0.65 sure on average; bin (0.9, 1]: two rows, right, 0.95 sure."""
    right, wrong = ("AID", "AID"), ("AID", "REJECT")
    answers = [Answer(*right, 0.62), Answer(*wrong, 0.68), Answer(*right, 0.92), Answer(*right, 0.98)]
    assert calibration_error(answers) == pytest.approx((2 * 0.15 + 2 * 0.05) / 4)
    assert calibration_error([]) == 0.0
    assert calibration_error([Answer(*right, 1.0000001), Answer(*wrong, 0.0)]) == pytest.approx(0.0, abs=1e-6)


ROOTS = st.sampled_from(sorted(load().categories))


@given(st.lists(st.tuples(ROOTS, ROOTS), min_size=1), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_the_gold_scores_one(said: list[tuple[str, str]], dice) -> None:  # type: ignore[no-untyped-def]
    pairs = [(row(root_of(gold)), sure(answer, 0.5)) for gold, answer in said]
    figures = score(pairs).figures
    assert all(0 <= figure <= 1 for figure in figures.values())
    dice.shuffle(pairs)
    assert score(pairs).figures == pytest.approx(figures)
    perfect = score((row(root_of(gold)), sure(gold)) for gold, _ in said).figures
    assert perfect == pytest.approx({"macro_f1": 1, "accuracy": 1, "quad_macro_f1": 1, "ece": 0})


def test_nothing_asked_is_nothing_right() -> None:
    assert set(score([]).figures.values()) == {0.0}


def test_parties_are_whole_words_of_one_sentence() -> None:
    nlp = spacy.blank("en")
    doc = one_sentence(nlp, "Hello. Peru's envoy left.")
    assert [token.is_sent_start for token in doc] == [True] + [False] * (len(doc) - 1)
    assert words(doc, (7, 11)).text == "Peru"
    assert words(doc, (8, 12)).text == "Peru's"
    with pytest.raises(ValueError, match="no words at 90:91"):
        words(doc, (90, 91))


def test_only_a_reader_of_categories_can_be_measured(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        TASKS["category"].run(put(tmp_path, HEADER, ROW), spacy.blank("en"), Options())
    unmarked_row = "2\tPeru thanked Chile.\tPeru\tSUPPORT\n"
    result = TASKS["category"].run(put(tmp_path, HEADER, unmarked_row), spacy.blank("en"), Options())
    assert result.counts == {"rows": 0, "skipped": 1}


def test_folds_go_by_the_letters_of_the_sentence(tmp_path: Path) -> None:
    assert sentence_key("Peru, 2nd — THANKED Chile’s…") == "peru2ndthankedchiles"
    path = put(tmp_path, HEADER, "1\tPeru thanked Chile.\tx\tAID\n", "2\t PERU: thanked Chile\tx\tAID\n")
    mine = fold_of("peruthankedchile")
    for fold in range(5):
        counts = TASKS["category"].run(path, spacy.blank("en"), Options(fold=fold)).counts
        assert counts["skipped"] == (2 if fold == mine else 0)
