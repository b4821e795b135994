"""Who is who: names, titles and offices of persons in one article."""

import pytest

from dragoman.coding.register import Draft, Register, Styled, slug
from dragoman.model import Entity, Office
from dragoman.ontology.persons import load_persons
from make_docs import article, mention, parsed, reading, scene_of

MET = "met/VBD/0/root Chile/NNP/3/obj/LOC ././3/punct"
TITLES = (
    "Minister/NNP/2/nmod:desc Ann/NNP/11/nsubj/PER Lee/NNP/2/flat/+ ,/,/7/punct the/DT/7/det foreign/JJ/7/amod "
    "minister/NN/2/appos of/IN/9/case Ghana/NNP/7/nmod/LOC ,/,/2/punct met/VBD/0/root Defence/NNP/13/compound "
    "Secretary/NNP/14/nmod:desc John/NNP/11/obj/PER Mercer/NNP/14/flat/+ in/IN/17/case Lima/NNP/11/obl/LOC ././11/punct"
)
FORMER = (
    "Former/JJ/3/amod/=former Peruvian/JJ/3/amod president/NN/4/nmod:desc Ana/NNP/6/nsubj/PER Ruiz/NNP/4/flat/+ "
    "visited/VBD/0/root Chile/NNP/6/obj/LOC ././6/punct"
)
SECRETARY = (
    "The/DT/3/det US/NNP/3/compound/LOC secretary/NN/10/nsubj of/IN/5/case state/NN/3/nmod ,/,/7/punct "
    "Paul/NNP/3/appos/PER Morton/NNP/7/flat/+ ,/,/3/punct arrived/VBD/0/root in/IN/12/case Oman/NNP/10/obl/LOC "
    "././10/punct"
)
SULTAN = (
    "The/DT/3/det US/NNP/3/compound/LOC secretary/NN/4/nsubj met/VBD/0/root Sultan/NNP/6/nmod:desc Qasim/NNP/4/obj/PER "
    "././4/punct"
)
CAREER = (
    "General/NNP/2/nmod:desc Ana/NNP/15/nsubj/PER Ruiz/NNP/2/flat/+ ,/,/7/punct former/JJ/7/amod defence/NN/7/compound "
    "minister/NN/2/appos of/IN/9/case Peru/NNP/7/nmod/LOC and/CC/11/cc ambassador/NN/7/conj to/IN/13/case "
    "Chile/NNP/11/nmod/LOC ,/,/2/punct arrived/VBD/0/root ././15/punct"
)
COLLEAGUES = (
    "Ghanaian/JJ/3/amod Foreign/JJ/3/amod/=foreign Minister/NNP/4/nmod:desc Paul/NNP/10/nsubj/PER Morton/NNP/4/flat/+ "
    "and/CC/9/cc Defence/NNP/8/compound Minister/NNP/9/nmod:desc Lee/NNP/4/conj/PER left/VBD/0/root ././10/punct"
)


def person(name: str, *sentences: str) -> Entity:
    """The one person of this name in the reading of some sentences."""
    (found,) = (e for e in reading(*sentences).entities if e.kind == "person" and e.name == name)
    return found


def offices(found: Entity) -> list[tuple[str, str | None, bool]]:
    return [(office.office, office.country, office.former) for office in found.offices]


def test_titles_before_the_name_and_in_apposition_after_it() -> None:
    found = offices(person("Ann Lee", TITLES))
    assert [office for office, _, _ in found] == ["Minister", "Foreign minister"]
    assert found[1] == ("Foreign minister", "GHA", False)
    assert person("Ann Lee", TITLES).code == "GHA"
    assert [office for office, _, _ in offices(person("John Mercer", TITLES))] == ["Defence Secretary"]


def test_titles_in_apposition_before_the_name() -> None:
    found = person("Paul Morton", SECRETARY)
    assert offices(found) == [("Secretary of state", "USA", False)]
    assert (found.code, found.sector) == ("USA", "GOV")


def test_former_offices() -> None:
    assert offices(person("Ana Ruiz", FORMER)) == [("President", "PER", True)]


def test_a_title_in_apposition_before_the_name_is_nobody_else() -> None:
    assert [e.name for e in reading(SECRETARY).entities if e.kind == "person"] == ["Paul Morton"]
    (report,) = reading(SECRETARY).reports
    assert [party.name for party in report.actors] == ["Paul Morton"]


def test_several_offices_and_a_rank() -> None:
    found = offices(person("Ana Ruiz", CAREER))
    assert [office for office, _, _ in found] == ["General", "Defence minister", "Ambassador"]
    assert found[1] == ("Defence minister", "PER", True)


def test_the_words_of_an_office_are_its_evidence() -> None:
    doc = parsed(TITLES)
    text = article(doc).text
    for entity in reading(TITLES).entities:
        for office in entity.offices:
            assert office.evidence is not None
            assert text[office.evidence.start : office.evidence.end].lower() == office.office.lower()


def test_an_office_without_a_country_takes_that_of_the_official_before() -> None:
    assert person("Lee", COLLEAGUES).code == "GHA"


def test_an_inherited_country_is_that_of_the_office_too() -> None:
    assert offices(person("Lee", COLLEAGUES)) == [("Defence Minister", "GHA", False)]


def test_a_foreign_host_does_not_inherit_the_guest_s_country() -> None:
    assert person("Qasim", SECRETARY, SULTAN).code != "USA"


def test_the_office_alone_is_the_person_who_holds_it() -> None:
    scene = scene_of(parsed(SECRETARY, SULTAN))
    found = mention(scene, "secretary", nth=1)
    assert found is not None and [draft.name for draft in found.drafts] == ["Paul Morton"]


def test_a_surname_later_is_the_same_person() -> None:
    later = "Morton/NNP/2/nsubj/PER praised/VBD/0/root Oman/NNP/2/obj/LOC ././2/punct"
    assert person("Paul Morton", SECRETARY, later).aliases == ("Morton",)


def test_a_surname_one_letter_off_is_the_same_person() -> None:
    later = "Mortan/NNP/2/nsubj/PER praised/VBD/0/root Oman/NNP/2/obj/LOC ././2/punct"
    assert person("Paul Morton", SECRETARY, later).aliases == ("Mortan",)


def test_an_office_nobody_is_known_to_hold_is_its_holder() -> None:
    entities = reading(
        "The/DT/3/det Peruvian/JJ/3/amod president/NN/4/nsubj visited/VBD/0/root Chile/NNP/4/obj/LOC ././4/punct"
    ).entities
    (found,) = (e for e in entities if e.kind == "person")
    assert (found.name, found.code) == ("president of Peru", "PER")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Paul Morton", "Morton", True),
        ("Morton", "Paul Morton", True),
        ("Paul Morton", "Mortan", True),
        ("Paul Morton", "P. Morton", True),
        ("Paul Morton", "Ann Morton", False),
        ("Paul Morton", "Ann Mortan", False),
        ("Paul Morton", "Norton", False),
        ("Ann Lee", "Leo", False),
        ("Ann Lee", "Li", False),
        ("José Pérez", "Perez", True),
        ("John Smith Jr.", "Smith", True),
        ("Paul Morton", "Martens", False),
    ],
)
def test_one_person_or_two(first: str, second: str, same: bool) -> None:
    register = Register()
    one, two = register.person(first, {}), register.person(second, {})
    assert (one is two) == same


@pytest.mark.parametrize(
    ("first", "second", "styled", "same"),
    [
        ("Paul Morton", "Morton", Styled("she"), False),
        ("Paul Morton", "Morton", Styled("he"), True),
        ("Maria Morton", "Morton", Styled("he"), False),
        ("Chris Morton", "Morton", Styled("she"), True),
        ("Omar Hassan", "Hassan", Styled("he", royal=True), False),
        ("Omar Hassan", "Hassan", Styled("he"), True),
        ("Anna Francis", "Francis", Styled("he", royal=True), False),
    ],
)
def test_what_a_title_says_of_a_surname(first: str, second: str, styled: Styled, same: bool) -> None:
    register = Register()
    one, two = register.person(first, {}), register.person(second, {}, styled=styled)
    assert (one is two) == same


def test_the_surname_of_a_couple_is_his_or_hers_by_the_title() -> None:
    register = Register()
    his, hers = register.person("Paul Morton", {}), register.person("Maria Morton", {})
    assert register.person("Morton", {}, styled=Styled("he")) is his
    assert register.person("Morton", {}, styled=Styled("she")) is hers


def test_a_king_keeps_his_given_name_to_himself() -> None:
    register = Register()
    king = register.person("Hassan", {}, styled=Styled("he", royal=True))
    assert register.person("Omar Hassan", {}) is not king
    assert register.person("Hassan", {}, styled=Styled("he", royal=True)) is king


def test_a_slip_that_fits_two_people_is_neither() -> None:
    register = Register()
    people = [register.person(name, {}) for name in ("Paul Morton", "Ann Marton", "Mirton")]
    assert len(set(map(id, people))) == 3


def test_the_longest_form_of_a_name_is_kept_and_the_others_are_aliases() -> None:
    register = Register()
    register.person("Morton", {})
    found = register.person("Paul Morton", {}).entity()
    assert (found.name, found.aliases) == ("Paul Morton", ("Morton",))


def test_people_of_the_ontology_bring_their_country() -> None:
    known = next(iter(load_persons().values()))
    found = Register().person(known.name, load_persons())
    assert (found.code, found.sector, found.id) == (known.code, known.sector, known.entity_id)


def test_an_office_is_kept_once_and_the_first_current_one_gives_the_sector() -> None:
    draft = Draft("person", "Ann Lee")
    draft.hold(Office("General", None), title="general", sector="MIL", other=())
    draft.hold(Office("general", None), title="general", sector="MIL", other=())
    draft.hold(Office("Minister", None), title="minister", sector="GOV", other=())
    found = draft.entity()
    assert [office.office for office in found.offices] == ["General", "Minister"]
    assert (found.sector, found.other_sectors) == ("MIL", ("GOV",))


def test_an_office_of_another_country_is_another_person() -> None:
    register = Register()
    draft = register.person("Ann Lee", {})
    draft.code = "PER"
    draft.hold(Office("Defence minister", "PER"), title="defence minister", sector="GOV", other=())
    assert register.office_holder("defence minister", "PER", "defence minister") is draft
    assert register.office_holder("defence minister", None, "minister") is draft
    assert register.office_holder("defence minister", "CHL", "defence minister") is None


def test_nobody_holds_a_former_office() -> None:
    register = Register()
    register.person("Ann Lee", {}).hold(Office("President", None, True), title="president", sector="GOV", other=())
    assert register.office_holder("president", None, "president") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("Ann Lee", "ann-lee"), ("José  Pérez", "jose-perez"), ("U.S.", "u-s"), ("...", "")]
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected
