"""Spellings of one name share a key and are alike; other names do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.spellings import acronym, alike, key, parts, whole_key

ONE = (
    ("Muammar Gaddafi", "Moammar Qaddafi", "Muammar Kadhafi", "Moammar Kadhafi"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy"),
    ("Sergei Lavrov", "Sergey Lavrov"),
    ("Mohammed Ali", "Muhammad Ali", "Mohamed Aly"),
    ("Bashar al-Assad", "Bashar Al Assad", "Bashar Assad"),
    ("Kim Jong-un", "Kim Jong Un"),
    ("Alexander Lukashenko", "Aleksandr Lukashenko"),
    ("Saddam Hussein", "Saddam Hussain"),
)
TWO = (
    ("Maria Santos", "Mario Santos"),
    ("Jean Marin", "Joan Marin"),
    ("Kim Jong-un", "Kim Jong-il"),
    ("Anna Berg", "Hanna Berg"),
    ("Ali Hassan", "Ali Hussein Hassan"),
)


@pytest.mark.parametrize("names", ONE)
def test_spellings_of_one_name(names: tuple[str, ...]) -> None:
    assert len({whole_key(name) for name in names}) == 1
    assert all(alike(names[0], name) for name in names)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_names_of_two(one: str, other: str) -> None:
    assert whole_key(one) != whole_key(other)


@pytest.mark.parametrize(("one", "other"), [("Mohammed Hassan", "Mohammed Hussein"), ("Martin Berg", "Merton Berg")])
def test_a_key_is_no_judgement(one: str, other: str) -> None:
    assert whole_key(one) == whole_key(other) and not alike(one, other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_alike_goes_both_ways_and_no_text_breaks_the_key(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) and whole_key(one) == whole_key(f" {one} ")
    assert all(key(part) for part in parts("Ali Khan"))


def test_initials() -> None:
    assert acronym("International Atomic Energy Agency") == "IAEA"
    assert acronym("Bank of Ghana") is None
