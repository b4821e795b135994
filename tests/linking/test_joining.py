"""Who is joined to whom, without a record; and that the work grows with the names and not with their pairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from dragoman.linking import joining
from dragoman.linking.joining import Pair, Someone, identities, organisations, persons, rank

DAY = date(2026, 3, 2)


def nobody(pairs: Sequence[Pair]) -> set[Pair]:
    return set()


def someone(id: str, name: str, code: str | None = "SDN", **fields: object) -> Someone:
    return Someone(id, (name,), code, **{"sector": "GOV", "first": DAY, "last": DAY, **fields})  # type: ignore[arg-type]  # of a test's own


def test_a_register_keeps_its_people_apart() -> None:
    two = [someone("a", "Mustafa Qaddori", known=True), someone("b", "Mustafa Kaddori", known=True)]
    assert persons(two, nobody) == []


def test_the_registers_id_stands_for_all() -> None:
    several = [
        someone("a", "Mustafa Qaddori", articles=9),
        someone("b", "Mustafa Kaddori", known=True),
        someone("c", "Kaddori"),
    ]
    of = {each.id: rank(each) for each in several}
    assert identities(persons(several, nobody), of.__getitem__) == {"a": "b", "c": "b"}


def test_a_middle_name_may_be_left_out_but_not_differ() -> None:
    found = persons([someone("a", "Ali Hassan Deng"), someone("b", "Ali Deng"), someone("c", "Ali H. Deng")], nobody)
    assert {frozenset((each.entity, each.other)) for each in found} >= {frozenset("ab")}
    assert persons([someone("a", "Ali Hassan Deng"), someone("c", "Ali Omar Deng")], nobody) == []


def test_a_name_without_the_middle_name_that_two_differ_in_is_neithers() -> None:
    three = [someone("a", "Ali Hassan Deng"), someone("b", "Ali Deng", articles=5), someone("c", "Ali Omar Deng")]
    assert persons(three, nobody) == []


def test_who_is_known_by_an_office_alone_has_no_name() -> None:
    assert persons([someone("a", "the minister of Mali", "MLI"), someone("b", "minister of Mali", "MLI")], nobody) == []
    assert persons([someone("a", "consul of Mali", "MLI"), someone("b", "Consul of Mali.", "MLI")], nobody) == []


def test_initials_of_two_bodies_are_neithers() -> None:
    bodies = [someone("s", "NFA"), someone("a", "Northern Fish Agency"), someone("b", "National Food Authority")]
    assert organisations(bodies, nobody) == []
    assert [each.other for each in organisations(bodies[:2], nobody)] == ["a"]


def test_each_is_compared_with_one_other_of_its_block(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def counted(one: str, other: str) -> bool:
        nonlocal asked
        asked += 1
        return True

    monkeypatch.setattr(joining, "alike", counted)
    persons([someone(f"p{n}", "Ali " + "Qk"[n % 2] + "addori" + "i" * (n // 2)) for n in range(400)], nobody)
    assert 0 < asked <= 2 * 400
