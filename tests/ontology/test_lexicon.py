"""The word lists: their form and what the coder relies on in them."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml

from dragoman.errors import DataError
from dragoman.ontology import lexicon as module
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import Lexicon, Trigger, load_contexts, load_lexicon

DATA = files("dragoman.ontology") / "data"
AUXILIARY = {"historical", "future", "hypothetical", "negation", "desired", "standing"}


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return load_lexicon()


def all_triggers(words: Lexicon) -> list[Trigger]:
    return [trigger for group in words.triggers.values() for trigger in group]


def test_every_auxiliary_mode_has_triggers(words: Lexicon) -> None:
    assert {trigger.auxiliary for trigger in all_triggers(words)} == AUXILIARY


def test_triggers_stand_under_their_first_word_longest_first(words: Lexicon) -> None:
    for first, group in words.triggers.items():
        assert all(trigger.phrase[0] == first for trigger in group)
        lengths = [len(trigger.phrase) for trigger in group]
        assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    ("word", "position", "auxiliary"),
    [
        ("will", "modal", "future"),
        ("plan", "governor", "future"),
        ("next", "adjective", "future"),
        ("if", "mark", "hypothetical"),
        ("could", "modal", "hypothetical"),
        ("not", "modal", "negation"),
        ("refuse", "governor", "negation"),
        ("no", "adverb", "negation"),
        ("want", "governor", "desired"),
        ("interested", "governor", "desired"),
        ("frequently", "adverb", "standing"),
        ("former", "adjective", "historical"),
        ("formerly", "adverb", "historical"),
    ],
)
def test_a_trigger_works_in_its_position(words: Lexicon, word: str, position: Any, auxiliary: str) -> None:
    assert auxiliary in {trigger.auxiliary for trigger in words.trigger(word, position)}


@pytest.mark.parametrize("word", ["close", "strong", "historic", "bilateral", "friendly"])
def test_an_adjective_of_praise_makes_no_act_lasting(words: Lexicon, word: str) -> None:
    assert words.trigger(word, "adjective") == ()


def test_the_longest_phrase_is_offered_first(words: Lexicon) -> None:
    assert [trigger.words for trigger in words.trigger("no", "adverb")] == ["no longer", "no"]


def test_phrases_are_lower_case_and_single_spaced(words: Lexicon) -> None:
    phrases = {trigger.words for trigger in all_triggers(words)} | words.source_phrases | words.anonymous_phrases
    phrases |= words.unattributed | words.party_phrases.keys()
    assert all(phrase == " ".join(phrase.lower().split()) for phrase in phrases)


def test_reporting_verbs_that_are_acts_are_cues(words: Lexicon) -> None:
    acts = {verb for verb, kind in words.reporting_verbs.items() if kind == "act"}
    assert {"accuse", "threaten", "urge"} <= acts
    assert {verb for verb in acts if not any(cue.event for cue in load_cues().find(verb, "VERB"))} == set()
    assert words.reporting_verbs["say"] == "neutral"


def test_light_verbs_of_nouns_are_words(words: Lexicon) -> None:
    carried = [cue for group in load_cues().senses.values() for cue in group if cue.light]
    assert {"talk", "visit", "attack", "agreement"} <= {cue.lemma for cue in carried}
    assert all(cue.pos == "NOUN" for cue in carried)
    assert {"hold", "pay", "launch", "sign", "impose"} <= words.light_verbs


def test_a_noun_sense_can_hold() -> None:
    nouns = [cue for group in load_cues().senses.values() for cue in group if cue.pos == "NOUN" and cue.event]
    assert all(cue.light or cue.eventive for cue in nouns)


def test_party_phrases_tell_who_is_meant(words: Lexicon) -> None:
    assert words.party_phrases["the two sides"] == "both"
    assert words.party_phrases["each other"] == "each"
    assert words.party_phrases["his counterpart"] == "counterpart"


def test_every_context_of_plover_has_words() -> None:
    path = DATA / "plover.yaml"
    if not path.is_file():
        pytest.skip("no plover.yaml")
    plover = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(load_contexts()) == set(plover["contexts"])
    assert all(len(found.strong) >= 5 and len(found.weak) >= 3 for found in load_contexts().values())


def test_the_lists_are_read_once(words: Lexicon) -> None:
    assert load_lexicon() is words
    assert load_contexts() is load_contexts()


def test_a_word_of_two_kinds_is_refused() -> None:
    with pytest.raises(DataError, match="'say' is both neutral and act"):
        module._inverted("reporting_verbs", {"neutral": ["say"], "act": ["say"]}, ("neutral", "act"))


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DataError, match="loud"):
        module._inverted("reporting_verbs", {"loud": ["shout"]}, ("neutral", "act"))


def test_a_position_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DataError, match="backwards"):
        module._triggers({"future": {"backwards": ["soon"]}})


def test_a_context_word_cannot_be_strong_and_weak() -> None:
    with pytest.raises(DataError, match="army"):
        module._context("military", {"strong": ["army"], "weak": ["army"]})
