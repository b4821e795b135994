"""Identities in a record: joined with a reason, homonyms apart, undone by corrections, the same for any order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dragoman.model import Entity, Office, Reading
from dragoman.ontology.data import USER_DATA
from dragoman.record import Record
from dragoman.views.entities import joined_to
from make import SUEDLAND, VERSION, article, emptied, entity, party, report

DAY = date(2026, 3, 2)
YEAR = date(2027, 3, 2)


@pytest.fixture(scope="module")
def shared() -> Iterator[Record]:
    with Record.open(":memory:") as record:
        yield record


@pytest.fixture
def record(shared: Record) -> Record:
    emptied(shared)
    return shared


def person(name: str, code: str | None = "SDN", *offices: str, sector: str | None = "GOV", **fields: Any) -> Entity:
    id = ":".join(filter(None, ("person", name.casefold().replace(" ", "-"), (code or "").lower())))
    held = tuple(Office(office, code) for office in offices)
    return entity(id, name, kind="person", code=code, sector=sector, offices=held, **fields)


def naming(id: str, *people: Entity, day: date = DAY) -> Reading:
    """An article whose first named meets Portugal."""
    sentence = f"{people[0].name} met Portugal on Monday."
    text = article(
        id, f"{sentence} {' '.join(each.name for each in people[1:])}", published=day, published_basis="page"
    )
    told = report(
        text, sentence, "met", actors=(party(text, people[0].name, people[0]),),
        recipients=(party(text, "Portugal", SUEDLAND),),
    )  # fmt: skip
    return Reading(text, (*people, SUEDLAND), (told,), VERSION)


def persons_of(record: Record) -> dict[str, set[str]]:
    """Who is in the record, and the names of each."""
    list(record.events())
    return {each.id: {each.name, *each.aliases} for each in record.entities() if each.kind != "state"}


SPELT = ("Mustafa Qaddori", "Mustafa Kaddori", "Mustapha Gaddori")


def test_spellings_of_one_name_are_one_person_and_say_why(record: Record) -> None:
    record.add_many([naming(f"a{n}", person(name)) for n, name in enumerate(SPELT)])
    ((id, names),) = persons_of(record).items()
    assert names == set(SPELT)
    assert {row["actor_entities"][0] for row in record.select("SELECT actor_entities FROM facts")} == {id}
    why = [row["why"] for row in record.select("SELECT why FROM identity_links ORDER BY ALL")]
    told = joined_to(record, id)
    assert [each.why for each in told] == why and {each.basis for each in told} == {"variant"}
    assert len(why) == 2 and all("one name, SDN" in each for each in why)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Mustafa Qaddori"), person("Mustafa Kaddori", "EGY")),
        (person("Maria Santos"), person("Mario Santos")),
        (person("Jean Marin"), person("Joan Marin")),
        (person("Mustafa Qaddori", sector="GOV"), person("Mustafa Kaddori", sector="REB")),
        (person("Kim Jong-un", "PRK"), person("Kim Jong-il", "PRK")),
        (person("Ali Hassan Deng"), person("Ali Omar Deng")),
        (person("Deng", None), person("Ali Deng")),
        (person("Deng", "SDN", "Defence Minister"), person("Ali Deng", "SDN", "President")),
        (person("Michael Johnson", "USA"), person("Michael Johnson", None, sector="BUS")),
    ],
)
def test_others_stay_apart(record: Record, one: Entity, other: Entity) -> None:
    record.add_many([naming("a", one), naming("b", other)])
    assert set(persons_of(record)) == {one.id, other.id}


def test_whom_one_article_names_side_by_side_is_two(record: Record) -> None:
    two = person("Mustafa Qaddori"), person("Mustafa Kaddori")
    record.add_many([naming("a", two[0]), naming("b", two[1]), naming("c", *two)])
    assert len(persons_of(record)) == 2


@pytest.mark.parametrize(
    ("name", "code", "whole", "basis"),
    [
        ("Deng", "SDN", person("Ali Deng", "SDN", "Foreign Minister"), "office"),
        ("Wen", "CHN", person("Wen Datong", "CHN", "Foreign Minister"), "office"),
    ],
)
def test_an_office_and_a_surname_are_who_holds_it(
    record: Record, name: str, code: str, whole: Entity, basis: str
) -> None:
    short = person(name, code, "foreign minister")
    other = person("Omar Deng", "SDN", "President")
    record.add_many([naming("a", short), naming("b", whole), naming("c", other)])
    assert set(persons_of(record)) == {whole.id, other.id}
    (row,) = record.select("SELECT entity, basis, why FROM identity_links")
    assert (row["entity"], row["basis"]) == (short.id, basis)
    assert "both foreign minister" in row["why"]


def test_a_surname_of_two_is_nobodys(record: Record) -> None:
    people = person("Deng"), person("Ali Deng"), person("Omar Deng")
    record.add_many([naming(each.id, each) for each in people])
    assert set(persons_of(record)) == {each.id for each in people}


def test_a_surname_long_after_is_a_namesake(record: Record) -> None:
    record.add_many([naming("a", person("Deng")), naming("b", person("Ali Deng"), day=date(2036, 3, 2))])
    assert len(persons_of(record)) == 2


def test_one_person_may_change_office(record: Record) -> None:
    minister, president = person("Ali Gaddori", "SDN", "Foreign Minister"), person("Ali Qaddori", "SDN", "President")
    record.add_many([naming("a", minister), naming("b", president, day=YEAR)])
    list(record.events())
    (one,) = (each for each in record.entities() if each.kind == "person")
    assert {office.office for office in one.offices} == {"Foreign Minister", "President"}


def test_initials_are_the_one_body_of_that_name(record: Record) -> None:
    full = entity("org:northern-fish-agency", "Northern Fish Agency", kind="organisation", code="IGO")
    short = entity("org:nfa", "NFA", kind="organisation", code="IGO")
    record.add_many([naming("a", full), naming("b", short)])
    assert persons_of(record) == {full.id: {"Northern Fish Agency", "NFA"}}
    other = entity("org:national-food-authority", "National Food Authority", kind="organisation", code="IGO")
    record.add(naming("c", other))
    assert set(persons_of(record)) == {full.id, short.id, other.id}


def test_a_judgement_stands_above_a_joining_and_is_undone(record: Record) -> None:
    record.add_many([naming("a", person("Mustafa Qaddori")), naming("b", person("Mustafa Kaddori"))])
    ((id, _),) = persons_of(record).items()
    split = record.split_entity(id, ["b"], who="ana", why="his cousin")
    assert len(persons_of(record)) == 2 and not joined_to(record, id)
    record.add(naming("c", person("Mustafa Gaddori")))
    record.add(naming("d", person("Mustafa Kaddori", aliases=("Kaddori",))))
    assert len(persons_of(record)) == 2 and not any(each.dangling for each in record.corrections())
    record.undo(split.id, who="ana", why="no cousin")
    assert len(persons_of(record)) == 1


def test_a_merge_takes_along_who_is_joined(record: Record) -> None:
    people = person("Mustafa Qaddori"), person("Mustafa Kaddori"), person("Abu Omar")
    record.add_many([naming(each.id, each) for each in people])
    list(record.events())
    merged = record.merge_entities([people[2].id, people[1].id], who="ana", why="his war name")
    assert set(persons_of(record)) == {people[2].id}
    record.undo(merged.id, who="ana", why="not sure")
    assert len(persons_of(record)) == 2


def test_the_same_articles_give_the_same_joinings_in_any_order(record: Record) -> None:
    people = *map(person, SPELT), person("Qaddori", "SDN")
    found = set()
    for order in islice(permutations([naming(each.id, each) for each in people]), 0, None, 5):
        emptied(record)
        for reading in order[:2]:
            record.add(reading)
        list(record.events())
        record.add_many(order[2:])
        list(record.events())
        tables = "identity_links", "entity_changes", "facts"
        found.add(str([record.select(f"SELECT * FROM {table} ORDER BY ALL") for table in tables]))
    assert len(found) == 1


def test_a_register_tells_who_was_read_before_it(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.add(naming("a", person("Mustafa Qaddori")))
    assert set(persons_of(record)) == {"person:mustafa-qaddori:sdn"}
    (tmp_path / "names.csv").write_text("id,name,variants,country\nQ9,Mostafa Kaddori,Mustafa Qaddori,SDN\n")
    monkeypatch.setenv(USER_DATA, str(tmp_path))
    record.add(naming("b", person("Ali Deng")))
    assert "person:Q9" in persons_of(record)
    assert record.select("SELECT basis FROM identity_links") == [{"basis": "register"}]


GIVEN, FAMILY = ("Mustafa", "Mustapha", "Ali", "Omar", "Aly"), ("Qaddori", "Kaddori", "Deng", "Hassan", "Hussein")
OFFICES = ("President", "Foreign Minister", "Minister", "General")


def somebody(rng: Random) -> Entity:
    """One of few names, so that many are shared, with or without a first name, a middle name, a country, an office."""
    family = rng.choice(FAMILY)
    middle = rng.choice(("", "", " H.", " Hassan"))
    name = family if rng.random() < 0.3 else f"{rng.choice(GIVEN)}{middle} {family}"
    offices = rng.sample(OFFICES, rng.choice((0, 1, 1)))
    return person(name, rng.choice(("SDN", "SDN", "EGY", None)), *offices, sector=rng.choice(("GOV", "MIL", None)))


def randomly(rng: Random, number: int) -> Reading:
    people = {each.id: each for each in (somebody(rng) for _ in range(rng.choice((1, 1, 2))))}
    return naming(f"a{number}", *people.values(), day=DAY + timedelta(days=rng.choice((0, 20, 400, 1500))))


@pytest.mark.parametrize("seed", (0, 2))
def test_bit_by_bit_and_all_at_once_give_the_same(record: Record, seed: int) -> None:
    rng = Random(seed)
    last = [randomly(rng, number) for number in range(18)]
    before = [randomly(rng, number) for number in range(0, 18, 3)]  # what some articles said before they were changed
    tables = "identity_links", "identity_blocks", "entity_changes", "facts"
    found = []
    for several in ([last], [before, last[:9], last[9:10], last[10:]]):
        emptied(record)
        for readings in several:
            record.add_many(readings)
            list(record.events())
        found.append([record.select(f"SELECT * FROM {table} ORDER BY ALL") for table in tables])
    assert found[0] == found[1]
    assert found[0][0]
