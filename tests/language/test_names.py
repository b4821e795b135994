"""What the tree, the ontology and the rest of the text do to the names the network marks. No model is loaded."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from dragoman.language.names import Entity, settle

VOCAB = spacy.blank("en").vocab


def doc(*rows: tuple[str, str, int, str]) -> Doc:
    """A Doc of (word, UPOS, head's number from 0, relation)."""
    words, pos, heads, deps = (list(column) for column in zip(*rows, strict=True))
    return Doc(VOCAB, words=words, pos=pos, heads=heads, deps=deps)  # type: ignore[arg-type]


def named(read: Doc, *entities: Entity) -> list[tuple[str, str]]:
    return [(read[start:end].text, kind) for start, end, kind in settle(read, entities)]


def test_a_person_is_the_whole_flat_name() -> None:
    read = doc(("Ana", "PROPN", 2, "nsubj"), ("Prado", "PROPN", 0, "flat"), ("left", "VERB", 2, "ROOT"))
    assert named(read, (0, 1, "PER")) == [("Ana Prado", "PER")]


def test_a_body_takes_in_what_it_is_compounded_with() -> None:
    read = doc(("Harbour", "PROPN", 2, "compound"), ("Freight", "PROPN", 2, "compound"), ("Union", "PROPN", 2, "ROOT"))
    assert named(read, (0, 1, "ORG")) == [("Harbour Freight Union", "ORG")]
    assert named(read, (2, 3, "ORG")) == [("Harbour Freight Union", "ORG")]


def test_a_country_before_a_noun_stays_itself() -> None:
    read = doc(("Kenya", "PROPN", 1, "compound"), ("Airways", "PROPN", 1, "ROOT"))
    assert named(read, (0, 1, "LOC")) == [("Kenya", "LOC")]


def test_a_name_holds_what_it_is_of() -> None:
    read = doc(("Gulf", "PROPN", 0, "ROOT"), ("of", "ADP", 2, "case"), ("Mexico", "PROPN", 0, "nmod"))
    assert named(read, (0, 1, "LOC"), (2, 3, "LOC")) == [("Gulf of Mexico", "LOC")]


def test_a_town_and_its_state_are_two_places() -> None:
    read = doc(("Miramar", "PROPN", 0, "ROOT"), ("California", "PROPN", 0, "flat"))
    assert named(read, (0, 2, "LOC")) == [("Miramar", "LOC"), ("California", "LOC")]
    state = doc(("New", "ADJ", 1, "amod"), ("Mexico", "PROPN", 1, "ROOT"))
    assert named(state, (0, 2, "LOC")) == [("New Mexico", "LOC")]


def test_the_ontology_settles_the_kind_and_repeated_words_are_names_again() -> None:
    read = doc(
        ("Norway", "PROPN", 1, "nsubj"), ("met", "VERB", 1, "ROOT"), ("Odula", "PROPN", 1, "obj"),
        (".", "PUNCT", 1, "punct"), ("Odula", "PROPN", 5, "nsubj"), ("left", "VERB", 5, "ROOT"),
    )  # fmt: skip
    assert named(read, (0, 1, "ORG"), (2, 3, "PER")) == [("Norway", "LOC"), ("Odula", "PER"), ("Odula", "PER")]


def test_marks_at_the_edge_and_bare_offices_are_no_names() -> None:
    read = doc(("Lee", "PROPN", 0, "ROOT"), (",", "PUNCT", 0, "punct"), ("President", "PROPN", 0, "appos"))
    assert named(read, (0, 2, "PER"), (2, 3, "PER")) == [("Lee", "PER")]


def test_a_family_name_alone_is_who_bears_it_in_full() -> None:
    read = doc(
        ("Ana", "PROPN", 2, "nsubj"), ("Prado", "PROPN", 0, "flat"), ("left", "VERB", 2, "ROOT"),
        (".", "PUNCT", 2, "punct"), ("Prado", "PROPN", 5, "nsubj"), ("left", "VERB", 5, "ROOT"),
    )  # fmt: skip
    assert named(read, (0, 2, "PER"), (4, 5, "LOC")) == [("Ana Prado", "PER"), ("Prado", "PER")]


def test_a_place_named_like_somebody_stays_a_place() -> None:
    read = doc(
        ("Ana", "PROPN", 2, "nsubj"), ("Kenya", "PROPN", 0, "flat"), ("left", "VERB", 2, "ROOT"),
        (".", "PUNCT", 2, "punct"), ("Kenya", "PROPN", 5, "nsubj"), ("agreed", "VERB", 5, "ROOT"),
    )  # fmt: skip
    assert named(read, (0, 2, "PER"), (4, 5, "LOC")) == [("Ana Kenya", "PER"), ("Kenya", "LOC")]
