from __future__ import annotations

import unicodedata
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DataError
from dragoman.ontology.persons import Person, PersonOffice, country_of_holder, load_persons, plain

HEADER = "source: a test\ndate: 2026-01-01\nversion: 1\npersons:\n"


def write(folder: Path, *entries: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(HEADER + "".join(f"- {entry}\n" for entry in entries), encoding="utf-8")
    return path


def data(name: str) -> dict[str, object]:
    text = (files("dragoman.ontology") / "data" / name).read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert isinstance(loaded, dict)
    return loaded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Erdoğan", "erdogan"),
        ("  Charles\u00a0de\n Gaulle ", "charles de gaulle"),
        ("Gideon Sa’ar", "gideon sa'ar"),
        ("Sa\u00b4ar Sa\u2032ar Sa\uff07ar", "sa'ar sa'ar sa'ar"),
        ("\u0149", "'n"),
        ("İsmet İnönü", "ismet inonu"),
        ("STRASSE Straße", "strasse strasse"),
        ("Løkke Wałęsa", "løkke wałesa"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(max_size=20))
def test_plain_is_stable_and_blind_to_composition(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert plain(unicodedata.normalize("NFD", text)) == once
    assert not any(unicodedata.combining(letter) for letter in once)


@pytest.mark.parametrize(
    ("name", "code", "sector"),
    [
        ("Trump", "USA", "GOV"),
        ("General de Gaulle", "FRA", "GOV"),
        ("putin", "RUS", "GOV"),
        ("Volodymyr Zelenskyy", "UKR", "GOV"),
        ("Zelensky", "UKR", "GOV"),
        ("Kadhafi", "LBY", "GOV"),
        ("Qaddafi", "LBY", "GOV"),
        ("Erdogan", "TUR", "GOV"),
        ("Tebboune", "DZA", "GOV"),
        ("Saïd Chengriha", "DZA", "MIL"),
        ("Kofi Annan", "UNO", "GOV"),
        ("Stoltenberg", "IGO", "GOV"),
        ("Ursula von der Leyen", "EUR", "GOV"),
        ("Pope Francis", "VAT", "REL"),
        ("Nasrallah", "LBN", "REB"),
        ("Navalny", "RUS", "OPP"),
        ("Nancy Pelosi", "USA", "LEG"),
        ("Osama bin Laden", "IMG", "REB"),
    ],
)
def test_a_well_known_name_speaks_for_somebody(name: str, code: str, sector: str) -> None:
    person = load_persons()[plain(name)]
    assert (person.code, person.sector) == (code, sector)


def test_an_entry_in_full() -> None:
    assert load_persons()["de gaulle"] == Person(
        name="Charles de Gaulle",
        code="FRA",
        sector="GOV",
        entity_id="person:charles-de-gaulle:fra",
        aliases=("de Gaulle", "General de Gaulle"),
        offices=(PersonOffice("President", 1959, 1969),),
    )


@pytest.mark.parametrize("name", ["Bush", "George Bush", "King Abdullah", "Clinton", "Johnson", "Kim", "Lieberman"])
def test_an_ambiguous_name_speaks_for_nobody(name: str) -> None:
    assert plain(name) not in load_persons()


def test_the_register_keeps_to_the_ontology() -> None:
    countries, plover = data("countries.yaml")["countries"], data("plover.yaml")
    assert isinstance(countries, dict)
    codes = set(countries) | set(plover["nonstate"])  # type: ignore[call-overload]
    for person in load_persons().values():
        assert person.code in codes, person
        assert person.sector in plover["sectors"], person  # type: ignore[operator]


def test_every_person_is_found_by_name_and_has_an_id_of_his_own() -> None:
    entries = data("persons.yaml")["persons"]
    assert isinstance(entries, list)
    found = [load_persons().get(plain(entry["name"])) for entry in entries]
    assert [entry["name"] for entry, person in zip(entries, found, strict=True) if person is None] == []
    ids = {person.entity_id for person in found if person}
    assert len(ids) == len(entries) >= 500
    assert all(one.isascii() and " " not in one for one in ids)


def test_no_alias_repeats_a_name_of_the_same_person() -> None:
    for person in load_persons().values():
        names = [plain(name) for name in (person.name, *person.aliases)]
        assert len(names) == len(set(names)), person


def test_terms_lie_in_living_memory() -> None:
    years = [
        year
        for person in load_persons().values()
        for office in person.offices
        for year in (office.since, office.until)
        if year is not None
    ]
    assert min(years) >= 1920
    assert max(years) <= 2026


def test_a_file_of_ones_own_adds_and_replaces(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "{name: Ada Example, code: FRA, sector: LEG, aliases: [Ada E.], wikidata: Q1}",
        "{name: Angela Merkel, code: DEU, sector: ELI}",
    )
    persons = load_persons(path)
    assert persons["ada e."].wikidata_id == "Q1"
    assert persons["angela merkel"].sector == "ELI"
    assert "merkel" not in persons
    assert load_persons()["merkel"].sector == "GOV"


def test_a_name_two_entries_claim_is_dropped(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "{name: Ada Example, code: FRA, aliases: [Example, Putin]}",
        "{name: Bob Example, code: DEU, aliases: [EXAMPLE]}",
        "{name: Same Name, code: FRA}",
        "{name: Sàme Name, code: DEU}",
    )
    persons = load_persons(path)
    assert persons["ada example"].code == "FRA"
    assert persons["bob example"].code == "DEU"
    assert not {"example", "putin", "same name"} & persons.keys()
    assert persons["vladimir putin"].code == "RUS"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("{name: Ada, code: FRA, rank: 1}", "unknown keys"),
        ("{name: Ada, code: Fra}", "three capital"),
        ("{name: Ada, code: FRAN}", "three capital"),
        ("{name: Ada}", "three capital"),
        ("{name: Ada, code: FRA, sector: gov}", "three capital"),
        ("{name: Ada, code: FRA, aliases: Countess}", "list of names"),
        ("{name: Ada, code: FRA, aliases: ['']}", "list of names"),
        ("{name: Ada, code: FRA, offices: [President]}", "an office has"),
        ("{name: Ada, code: FRA, offices: [{office: President, since: 1959}]}", "an office has"),
        ("{name: Ada, code: FRA, offices: [{office: President, from: '1959'}]}", "are years"),
        ("{name: Ada, code: FRA, offices: [{office: President, from: true}]}", "are years"),
        ("{name: Ada, code: FRA, offices: [{office: President, sector: gov}]}", "three capital"),
        ("{name: Ada, code: FRA, offices: [{office: President, from: 1969, until: 1959}]}", "is after"),
        ("{name: Ada, code: FRA, wikidata: 2042}", "Q number"),
    ],
)
def test_a_bad_entry_is_named(tmp_path: Path, entry: str, reason: str) -> None:
    with pytest.raises(DataError, match=rf"mine\.yaml entry 1 \(Ada\): .*{reason}"):
        load_persons(write(tmp_path, entry))


@pytest.mark.parametrize("entry", ["Ada", "{code: FRA}", "{name: 7, code: FRA}", "[Ada]"])
def test_an_entry_without_a_name_is_counted(tmp_path: Path, entry: str) -> None:
    with pytest.raises(DataError, match=r"mine\.yaml entry 2: .*with a name"):
        load_persons(write(tmp_path, "{name: Bob, code: FRA}", entry))


def test_a_name_without_latin_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"entry 1 .*Latin letters"):
        load_persons(write(tmp_path, "{name: Путин, code: RUS}"))


def test_the_same_name_and_code_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"mine\.yaml entry 2: Áda FRA stands twice"):
        load_persons(write(tmp_path, "{name: Ada, code: FRA}", "{name: Áda, code: FRA}"))


def test_a_file_that_is_no_list_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(HEADER.replace("persons:", "persons: {name: Ada}"), encoding="utf-8")
    with pytest.raises(DataError, match="persons is a list"):
        load_persons(path)
    with pytest.raises(DataError, match="cannot be read"):
        load_persons(tmp_path / "none.yaml")


def test_it_is_read_once() -> None:
    assert load_persons() is load_persons()


@pytest.mark.parametrize(
    ("surname", "office", "year", "expected"),
    [
        ("Bush", "president", 1990, "USA"),
        ("Bush", "President", None, "USA"),
        ("Bush", "president", 2016, None),
        ("Merkel", "chancellor", 2010, "DEU"),
        ("Kim", "president", None, None),
        ("Nobody-at-all", "president", 1990, None),
    ],
)
def test_a_surname_with_an_office_is_of_the_country_whose_office_it_was_then(
    surname: str, office: str, year: int | None, expected: str | None
) -> None:
    assert country_of_holder(surname, office, year) == expected


@pytest.mark.parametrize(
    ("day", "sector"),
    [(date(2014, 6, 1), "OPP"), (date(2016, 6, 1), "GOV"), (date(2021, 1, 5), "GOV"), (date(2023, 1, 5), "OPP"),
     (None, "OPP")],
)  # fmt: skip
def test_who_came_to_govern_is_of_the_government_then(day: date | None, sector: str) -> None:
    assert load_persons()["aung san suu kyi"].sector_on(day) == sector


def test_an_office_of_the_persons_own_sector_goes_before_another(tmp_path: Path) -> None:
    offices = "[{office: Envoy, from: 2001, until: 2003}, {office: Senator, from: 2003, until: 2005, sector: LEG}]"
    persons = load_persons(write(tmp_path, f"{{name: Ada Example, code: FRA, offices: {offices}}}"))
    told = [persons["ada example"].sector_on(date(year, 5, 1)) for year in (2000, 2003, 2004, 2006)]
    assert told == ["GOV", "GOV", "LEG", "GOV"]
