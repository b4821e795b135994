"""Who is joined to whom, without a record; and that the work grows with the names and not with their pairs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from dragoman.linking import joining
from dragoman.linking.joining import Joining, identities, organisations, persons, rank
from dragoman.linking.someone import Holding, Someone, is_named, is_persons

DAY = date(2026, 3, 2)


def nobody(heads: Mapping[str, str]) -> set[str]:
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


TITLES = frozenset({"foreign", "minister", "consul", "prime"})


@pytest.mark.parametrize("name", ["minister of Mali", "Consul of Mali", "Prime Minister", "the foreign minister", ""])
def test_who_is_known_by_an_office_alone_has_no_name(name: str) -> None:
    assert not is_persons(name, titles=TITLES)


def test_names_are_names_in_any_script() -> None:
    assert is_persons("Ali al-Deng", titles=TITLES) and is_persons("علي دينق", titles=TITLES)
    assert is_named("Bank of Mali", titles=TITLES) and not is_named("oil company", titles=TITLES)


def of_office(id: str, name: str, office: str, first: date, last: date, **fields: object) -> Someone:
    return someone(id, name, offices=(Holding(office, first, last),), **{"first": first, "last": last, **fields})


EARLY, LATE = (date(2003, 1, 1), date(2005, 1, 1)), (date(2021, 1, 1), date(2023, 1, 1))


def test_an_office_is_of_who_held_it_then() -> None:
    both = of_office("a", "Ali Deng", "president", *EARLY), of_office("b", "Omar Deng", "president", *LATE)
    then = of_office("s", "Deng", "president", date(2022, 1, 1), date(2022, 6, 1))
    assert [each.other for each in persons([*both, then], nobody)] == ["b"]


def test_a_surname_told_of_over_decades_is_of_several_people() -> None:
    both = of_office("a", "Ali Deng", "president", *EARLY), of_office("b", "Omar Deng", "president", *LATE)
    always = of_office("s", "Deng", "president", EARLY[0], LATE[1])
    assert persons([*both, always], nobody) == [] == persons([both[1], always], nobody)


def test_a_surname_that_two_holders_bear_at_once_is_neithers() -> None:
    both = of_office("a", "Ali Deng", "minister", *LATE), of_office("b", "Omar Deng", "minister", *LATE)
    assert persons([*both, of_office("s", "Deng", "minister", *LATE)], nobody) == []
    unknown = someone("c", "Eva Deng", first=LATE[0], last=LATE[1])
    assert persons([both[0], unknown, of_office("s", "Deng", "minister", *LATE)], nobody) == []


def test_a_deputy_is_not_whom_he_stands_in_for() -> None:
    whole = of_office("a", "Ali Deng", "foreign minister", *LATE)
    assert persons([whole, of_office("s", "Deng", "deputy foreign minister", *LATE)], nobody) == []
    assert [each.basis for each in persons([whole, of_office("s", "Deng", "minister", *LATE)], nobody)] == ["surname"]


def test_two_offices_at_once_are_of_two() -> None:
    one = of_office("a", "Mustafa Qaddori", "foreign minister", *LATE)
    assert persons([one, of_office("b", "Mustafa Kaddori", "central banker", *LATE)], nobody) == []
    before = of_office("b", "Mustafa Kaddori", "ambassador", date(2019, 5, 1), date(2020, 6, 1))
    assert len(persons([one, before], nobody)) == 1


def test_initials_of_middle_names_may_not_differ() -> None:
    assert persons([someone("a", "Ali H. Deng"), someone("b", "Ali Omar Deng")], nobody) == []
    assert persons([someone("a", "Ali W. Deng"), someone("b", "Ali H. W. Deng")], nobody) == []
    three = [someone("a", "Ali H. Deng"), someone("b", "Ali Hassan Deng"), someone("c", "Ali Hussein Deng")]
    assert persons(three, nobody) == []


def test_names_of_one_key_that_are_not_alike_are_of_two() -> None:
    assert persons([someone("a", "Mohammed Hassan"), someone("b", "Mohammed Hussein")], nobody) == []
    near = someone("a", "Mustafa Qaddori"), of_office("s", "Kaddori", "minister", DAY, DAY)
    assert persons(near, nobody) == []


def test_nobody_is_joined_to_two_of_a_register_by_way_of_a_third() -> None:
    two = someone("a", "Mustafa Qaddori", known=True), someone("b", "Mustafa Kaddori", known=True)
    assert persons([*two, someone("c", "Mustapha Kaddori")], nobody) == []
    one = someone("a", "Mustafa Qaddori", item="Q1", known=True), someone("b", "Mustafa Kaddori", item="Q2", known=True)
    assert persons(one, nobody) == []
    told = Joining("c", "person:Q9", "register", "")
    assert persons([two[0], someone("c", "Mustapha Kaddori")], nobody, [told]) == [told]


def test_whom_an_article_names_beside_him_is_not_reached_by_way_of_a_third() -> None:
    three = [someone("a", "Mustafa Qaddori"), someone("b", "Mustafa Kaddori"), someone("c", "Mustapha Gaddori")]

    def beside(heads: Mapping[str, str]) -> set[str]:
        return {heads["b"]} if heads.get("b") and heads.get("b") == heads.get("c") else set()

    assert len(persons(three, nobody)) == 2 and persons(three, beside) == []


def test_what_is_less_sure_gives_way() -> None:
    whole = someone("a", "Mustafa Qaddori"), someone("b", "Mustafa Kaddori")
    surname = someone("s", "Kaddori")

    def beside(heads: Mapping[str, str]) -> set[str]:
        return {heads["a"]} if heads.get("s") and heads.get("a") == heads.get("s") else set()

    assert [each.entity for each in persons([*whole, surname], beside)] == ["b"]


def test_bodies_with_a_word_more_or_of_no_country_are_others() -> None:
    bodies = (
        someone("a", "National Fish Agency"),
        someone("b", "National Agency"),
        someone("c", "National Agency", None),
    )
    assert organisations(bodies, nobody) == []


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
