"""Where the ontology's phrases stand in a Doc."""

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.coding.finder import Finder, Phrases, finder, firsts_of
from dragoman.ontology import load
from make_docs import parsed

TOKENIZER = spacy.blank("en")


def names(text: str) -> dict[str, set[str | None]]:
    """Words of every name found in a text, with the codes of their readings."""
    found = finder().find(TOKENIZER(text)).names.values()
    return {span.text: {reading.code for reading in readings} for span, readings in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left Algeria.", {"Algeria": {"DZA"}}),
        ("He left the U.S. on Monday.", {"U.S.": {"USA"}}),
        ("U.S. troops left.", {"U.S.": {"USA"}}),
        ("The US sent them to us.", {"US": {"USA"}}),
        ("Give it to us.", {}),
        ("Turkey roasted a turkey.", {"Turkey": {"TUR"}}),
        ("Algeria's army", {"Algeria": {"DZA"}}),
        ("Algeria’s army", {"Algeria": {"DZA"}}),
        ("algeria", {}),
    ],
)
def test_names(text: str, expected: dict[str, set[str]]) -> None:
    assert names(text) == expected


def test_the_longest_name_wins() -> None:
    assert list(names("South Korea met North Korea in South Sudan.")) == ["South Korea", "North Korea", "South Sudan"]
    assert "Congo" not in names("the Democratic Republic of the Congo")


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_straight_and_curly_apostrophes_are_one(apostrophe: str) -> None:
    assert names(f"Troops left Cote d{apostrophe}Ivoire.") == {f"Cote d{apostrophe}Ivoire": {"CIV"}}


def test_a_phrase_begins_and_ends_with_a_word() -> None:
    assert names("Omanisation of Chilean-Peruvianisms") == {"Chilean": {"CHL"}}


@pytest.mark.parametrize("text", ["İran ﬁnds Straße Omán ǅ", "ẞ Peru", "Peruİ Peru"])
def test_letters_whose_lower_case_is_longer_move_nothing(text: str) -> None:
    for found in names(text):
        assert found in text
    assert ("Peru" in names(text)) == ("Peru" in text.split())


def test_offices_are_nouns_in_any_case_and_number() -> None:
    doc = parsed(
        "Foreign/JJ/2/amod Minister/NNP/3/nmod:desc Lee/NNP/9/nsubj/PER and/CC/7/cc two/CD/7/nummod "
        "defence/NN/7/compound "
        "ministers/NNS/3/conj were/VBD/9/aux meeting/VBG/0/root ././9/punct"
    )
    found = finder().find(doc).titles.values()
    assert [(span.text, title.name, title.plural) for span, title in found] == [
        ("Foreign Minister", "foreign minister", False), ("defence ministers", "defence minister", True),
    ]  # fmt: skip


def test_a_word_that_is_no_noun_here_is_no_actor() -> None:
    noun = parsed("The/DT/2/det police/NN/3/nsubj left/VBD/0/root ././3/punct")
    verb = parsed("They/PRP/2/nsubj police/VBP/0/root Oman/NNP/2/obj/LOC ././2/punct")
    assert [span.text for span, _ in finder().find(noun).agents.values()] == ["police"]
    assert not finder().find(verb).agents


def test_agents() -> None:
    doc = parsed(
        "Peruvian/JJ/2/amod troops/NNS/5/nsubj and/CC/4/cc fishermen/NNS/2/conj clashed/VBD/0/root ././5/punct"
    )
    found = finder().find(doc).agents.values()
    assert next((span.text, agent.sector, agent.plural) for span, agent in found) == ("troops", "MIL", True)


def test_nothing_is_found_in_nothing() -> None:
    found = finder().find(Doc(TOKENIZER.vocab))
    assert (found.names, found.titles, found.agents) == ({}, {}, {})


def test_phrases_of_one_kind_never_overlap() -> None:
    doc = TOKENIZER("new york times square new york")
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    phrases = Phrases([("new", "york"), ("york", "times"), ("times", "square"), ("new", "york", "times")])
    assert [span.text for span, _ in phrases.find(doc, doc.text, firsts_of(doc, doc.text), ends)] == [
        "new york times",
        "new york",
    ]


def test_one_ontology_has_one_finder() -> None:
    assert finder() is finder()
    own = Finder(load()).find(TOKENIZER("Peru"))
    assert [span.text for span, _ in own.names.values()] == ["Peru"]
