"""MUC, B³ and CEAFe against the worked examples that come with the reference scorer, and laws of their own."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.evaluation.clusters import Clusters, Score, b_cubed, best_worth, ceaf_e, grouped, muc


def clusters(text: str) -> Clusters:
    return [frozenset(cluster) for cluster in text.split()]


def says(score: Score, recall: F | int, precision: F | int) -> None:
    assert (score.recall, score.precision) == pytest.approx((float(recall), float(precision)))


A = "a bc def"

# Key, response, and recall and precision of MUC, B³ and CEAFe, as the scorer's TestCases.README works them out.
CASES = {
    "A-1": (A, "a bc def", (1, 1), (1, 1), (1, 1)),
    "A-2": (A, "a de", (F(1, 3), 1), (F(7, 18), 1), (F(18, 30), F(18, 20))),
    "A-3": (A, "a bcx defy z", (1, F(3, 5)), (1, F(55, 108)), (F(93, 105), F(93, 140))),
    "A-4": (A, "a bcx dy z", (F(1, 3), F(1, 3)), (F(5, 9), F(17, 42)), (F(22, 30), F(22, 40))),
    "A-5": (A, "a bcxB dy z", (F(1, 3), F(1, 4)), (F(5, 9), F(5, 16)), (F(31, 45), F(31, 60))),
    "A-6": (A, "a bcx dy Bz", (F(1, 3), F(1, 4)), (F(5, 9), F(17, 48)), (F(22, 30), F(22, 40))),
    "A-10": (A, "a b c d e f", (0, 0), (F(3, 6), 1), None),
    "A-11": (A, "abcdef", (1, F(3, 5)), (1, F(7, 18)), None),
    "A-12": (A, "a x y c d e z", (0, 0), (F(13, 36), F(4, 7)), None),
    "A-13": (A, "axycdez", (F(1, 3), F(1, 6)), (F(17, 36), F(6, 49)), None),
    "D-1": ("12345 67 89ABC", "12345 6789ABC", (1, F(9, 10)), (1, F(16, 21)), None),
    "E-1": ("12345 67 89ABC", "1234589ABC 67", (1, F(9, 10)), (1, F(7, 12)), None),
    "F-1": ("ABCD", "AB CD", (F(2, 3), 1), None, None),
    "G-1": ("AB CD", "ABCD", (1, F(2, 3)), None, None),
    "J-1": ("ABC", "AC", (F(1, 2), 1), None, None),
    "K-1": ("BCDEGHJ", "ABC DEF GHI", (F(3, 6), F(3, 6)), None, None),
    "L-1": ("ABC DEFG", "AB CD FGH", (F(2, 5), F(2, 4)), None, None),
    "M-1": ("abcdef", "abcdef", (1, 1), (1, 1), (1, 1)),
    "M-2": ("abcdef", "a b c d e f", (0, 0), None, None),
    "N-1": ("a b c d e f", "a b c d e f", (0, 0), (1, 1), (1, 1)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_reference_scorers_worked_examples(name: str) -> None:
    key, response, *expected = CASES[name]
    for measure, figures in zip((muc, b_cubed, ceaf_e), expected, strict=True):
        if figures is not None:
            says(measure(clusters(key), clusters(response)), *figures)


def test_the_example_of_the_paper() -> None:
    """Pradhan et al. 2014: key {a,b,c} {d,e,f,g}, response {a,b} {c,d} {f,g,h,i}."""
    key, response = clusters("abc defg"), clusters("ab cd fghi")
    says(muc(key, response), F(2, 5), F(2, 5))
    says(b_cubed(key, response), F(35, 84), F(4, 8))
    says(ceaf_e(key, response), F(13, 20), F(13, 30))


def test_nothing_against_nothing_is_nothing() -> None:
    for measure in (muc, b_cubed, ceaf_e):
        says(measure([], []), 0, 0)
        assert measure([], clusters("ab")).f1 == 0


def test_labels_make_clusters() -> None:
    assert grouped({"a": 1, "b": 2, "c": 1}) == [frozenset("ac"), frozenset("b")]


partitions = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 4))


@given(partitions)
def test_a_partition_agrees_with_itself(labels: dict[str, int]) -> None:
    whole = grouped(labels)
    if whole:
        assert b_cubed(whole, whole).f1 == ceaf_e(whole, whole).f1 == pytest.approx(1)
        assert muc(whole, whole).f1 == (1 if any(len(each) > 1 for each in whole) else 0)


@given(partitions, partitions)
def test_turned_round_precision_is_recall(one: dict[str, int], other: dict[str, int]) -> None:
    for measure in (muc, b_cubed, ceaf_e):
        there, back = measure(grouped(one), grouped(other)), measure(grouped(other), grouped(one))
        assert (there.precision, there.recall) == pytest.approx((back.recall, back.precision))
        assert 0 <= there.precision <= 1 + 1e-9 and 0 <= there.recall <= 1 + 1e-9


@given(st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=1, max_size=5))
def test_no_assignment_is_worth_more(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=float)
    every = (sum(table[row, column] for row, column in enumerate(order)) for order in permutations(range(5), len(rows)))
    assert best_worth(table) == pytest.approx(max(every))


def test_more_rows_than_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="3 rows"):
        best_worth(np.zeros((3, 2)))
