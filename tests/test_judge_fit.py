"""Forests as they are fitted: written as arrays they say what the booster says."""

import numpy as np
import pytest

from dragoman.coding.judge import FIELDS, Forests

pytest.importorskip("lightgbm")

import judge as fitting


def test_the_arrays_say_what_the_boosters_say() -> None:
    choice = np.random.default_rng(7)
    table = choice.integers(0, 100, (400, 12)) / 100
    right = np.stack([table[:, 0] + table[:, at] > 1 for at in (1, 2, 3)], axis=1)
    fitted = fitting.boosters(table, right, np.ones(len(table)))
    names = [f"sign {number}" for number in range(table.shape[1])]
    held = fitting.forests(fitted, names)
    forests = Forests(tuple(names), *(held[name] for name in FIELDS))
    wanted = np.stack([each.predict(table[:50]) for each in fitted], axis=1)
    found = [forests.chances(dict(zip(names, row, strict=True))) for row in table[:50].tolist()]
    assert np.array(found) == pytest.approx(wanted, abs=1e-5)


def test_names_are_of_signs_that_enough_events_have() -> None:
    case = fitting.Case("tune", "x", {"often": 1.0}, 0.3, (True, True, True), recorded=True)
    rare = fitting.Case("tune", "y", {"often": 1.0, "rare": 1.0}, 0.3, (True, True, True), recorded=True)
    assert fitting.names_of([case] * fitting.SEEN + [rare]) == ["often"]


def test_shares_tell_what_is_kept_and_lost() -> None:
    right, wrong = (True, True, True), (True, False, True)
    cases = [fitting.Case("tune", "x", {}, 0.5, each, recorded=True) for each in (right, right, wrong, wrong)]
    (_, line) = fitting.shares(cases, np.array([0.9, 0.4, 0.6, 0.1]))
    assert line.split() == ["tune", "4", "0.500", "2", "0.500", "0.500"]
