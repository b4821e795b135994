"""The cue lexicon: its form, what it covers, and how a user's own entries and bad entries are treated."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DataError
from dragoman.model import EntityKind
from dragoman.ontology.cues import CONDITIONS, Cue, load_cues, word_set

DATA = files("dragoman.ontology") / "data"
SENSES = [cue for senses in load_cues().senses.values() for cue in senses]
HEADER = "source: a user\ndate: 2026-01-01\n"


@pytest.fixture(scope="module")
def plover() -> dict[str, Any]:
    path = DATA / "plover.yaml"
    if not path.is_file():
        pytest.skip("no plover.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def write(folder: Path, text: str) -> Path:
    path = folder / "cues_mine.yaml"
    path.write_text(HEADER + text, encoding="utf-8")
    return path


def first(lemma: str, pos: str, **wanted: Any) -> Cue:
    """The first sense of a lemma whose named fields contain or equal the wanted values."""
    for cue in load_cues().find(lemma, pos):
        if all(_fits(getattr(cue, name), value) for name, value in wanted.items()):
            return cue
    raise AssertionError(f"no sense of {lemma} with {wanted}")


def _fits(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, tuple):  # a preposition and a word
        return any(prep == wanted[0] and wanted[1] in words for prep, words in found)
    return wanted in found if isinstance(found, frozenset) and isinstance(wanted, str) else bool(found == wanted)


def test_every_event_mode_context_and_auxiliary_is_plovers(plover: dict[str, Any]) -> None:
    categories = plover["categories"]
    assert {cue.event for cue in SENSES} - {None} == set(categories)
    for cue in SENSES:
        modes = set(categories[cue.event].get("modes", {})) if cue.event else set()
        assert cue.mode is None or cue.mode in modes, cue.entry
        assert set(cue.contexts) <= set(plover["contexts"]), cue.entry
        assert set(cue.auxiliary) <= {"historical", "future", "hypothetical", "negation", "desired", "standing"}, (
            cue.entry
        )
    for event, words in load_cues().mode_words.items():
        assert set(words) <= set(categories[event]["modes"])


def test_every_mode_can_be_reached(plover: dict[str, Any]) -> None:
    reached = {(cue.event, cue.mode) for cue in SENSES}
    reached |= {(event, mode) for event, modes in load_cues().mode_words.items() for mode in modes}
    wanted = {(event, mode) for event, entry in plover["categories"].items() for mode in entry.get("modes", {})}
    assert wanted <= reached


def test_the_vocabulary_is_broad_in_every_category() -> None:
    pairs: dict[str, set[tuple[str, str]]] = {}
    for cue in SENSES:
        if cue.event:
            pairs.setdefault(cue.event, set()).add((cue.lemma, cue.pos))
    assert len(set().union(*pairs.values())) >= 1000
    assert min(len(found) for found in pairs.values()) >= 20


def test_kinds_are_the_models() -> None:
    for cue in SENSES:
        assert cue.object_kind | cue.subject_kind <= set(get_args(EntityKind)), cue.entry


def test_lemmas_are_lower_case_words_and_classes_are_expanded() -> None:
    for cue in SENSES:
        assert cue.lemma == cue.lemma.lower()
        for name in CONDITIONS:
            words = getattr(cue, name)
            if isinstance(words, frozenset):
                assert not any(word.startswith("@") or word != word.lower() for word in words), (cue.entry, name)


def test_no_sense_is_hidden_by_an_equal_one_before_it() -> None:
    for senses in load_cues().senses.values():
        seen: dict[tuple[Any, ...], str] = {}
        for cue in senses:
            asked = (*(getattr(cue, name) for name in CONDITIONS), cue.light, cue.eventive, cue.verbs)
            assert asked not in seen, f"{cue.entry} is never reached after {seen[asked]}"
            seen[asked] = cue.entry


def test_senses_are_tried_from_the_most_specific_and_none_before_an_event() -> None:
    for senses in load_cues().senses.values():
        order = [(-cue.conditions, cue.event is not None) for cue in senses]
        assert order == sorted(order)


def test_a_verb_with_a_party_to_find_says_where() -> None:
    for cue in SENSES:
        if cue.event and cue.parties >= 2 and cue.pos == "VERB":
            assert cue.actor, cue.entry
            assert cue.recipient or cue.symmetric, cue.entry


@pytest.mark.parametrize(
    ("lemma", "pos", "wanted", "event", "mode"),
    [
        ("visit", "VERB", {"objects": "website"}, None, None),
        ("visit", "VERB", {}, None, None),
        ("meet", "VERB", {"objects": "deadline"}, None, None),
        ("war", "NOUN", {}, None, None),
        ("sign", "VERB", {"objects": "treaty"}, "SUPPORT", None),
        ("sign", "VERB", {"objects": "bill"}, None, None),
        ("lay", "VERB", {"objects": "wreath", "modifiers": frozenset()}, "SUPPORT", None),
        ("sever", "VERB", {"objects": "tie"}, "SANCTION", "discontinue"),
        ("recall", "VERB", {"objects": "ambassador"}, "SANCTION", "withdraw"),
        ("summon", "VERB", {"objects": "ambassador"}, "ACCUSE", "disapprove"),
        ("expel", "VERB", {"objects": "diplomat"}, "SANCTION", "expel"),
        ("withdraw", "VERB", {"objects": "troop"}, "RETREAT", "withdraw"),
        ("withdraw", "VERB", {"objects": "aid"}, "SANCTION", "withdraw"),
        ("declare", "VERB", {"objects": "ceasefire"}, "CONCEDE", None),
        ("lift", "VERB", {"objects": "sanction"}, "RETREAT", None),
        ("lift", "VERB", {"objects": "curfew"}, "CONCEDE", None),
        ("deploy", "VERB", {"objects": "troop", "modifiers": "peacekeeping"}, "AID", None),
        ("strike", "NOUN", {"modifiers": "hunger"}, "PROTEST", "hunger"),
        ("strike", "NOUN", {"modifiers": "air"}, "ASSAULT", None),
        ("strike", "VERB", {"objects": "deal"}, "SUPPORT", None),
        ("strike", "VERB", {"subject": "teacher"}, "PROTEST", "strike"),
        ("fight", "VERB", {"objects": "terrorism"}, None, None),
        ("buy", "VERB", {"prep": "from"}, "COOPERATE", None),
        ("seek", "VERB", {"objects": "asylum"}, "REQUEST", "assist"),
        ("attack", "VERB", {"subject_kind": "person", "object_kind": "person"}, "ACCUSE", "disapprove"),
        ("beat", "VERB", {"subject_kind": "person", "object_kind": "person"}, None, None),
        ("stop", "VERB", {"subject_kind": "state", "complements": "sell"}, "SANCTION", "discontinue"),
        ("order", "VERB", {"objects": "diplomat", "complements": "leave"}, "SANCTION", "expel"),
        ("call", "VERB", {"prep_objects": ("for", "sanction")}, "ACCUSE", "disapprove"),
        ("call", "VERB", {"prep_objects": ("for", "ceasefire"), "subject_kind": "state"}, "REQUEST", None),
        ("open", "VERB", {"objects": "fire"}, "ASSAULT", None),
        ("train", "VERB", {"particle": "together"}, "COOPERATE", None),
        ("ship", "VERB", {"objects": "ambulance"}, "AID", None),
        ("amass", "VERB", {"objects": "troops"}, "MOBILIZE", "troops"),
        ("return", "VERB", {"objects": "painting"}, "RETREAT", None),
        ("fight", "VERB", {"objects": "battle", "prep_objects": ("for", "opinion")}, None, None),
    ],
)
def test_the_sense_fits_its_conditions(
    lemma: str, pos: str, wanted: dict[str, Any], event: str | None, mode: str | None
) -> None:
    found = first(lemma, pos, **wanted)
    assert (found.event, found.mode) == (event, mode)


def test_what_a_state_says_needs_no_addressee() -> None:
    for lemma in ("condemn", "reject", "promise"):
        assert first(lemma, "VERB", subject_kind="state").parties == 1
        assert first(lemma, "VERB", conditions=0).parties == 2


def test_a_host_is_the_recipient_of_his_guest() -> None:
    found = first("host", "VERB", conditions=0)
    assert (found.actor, found.recipient, found.mode) == (("object",), ("subject",), "visit")


def test_a_users_sense_comes_before_the_packages_and_may_use_its_classes(tmp_path: Path) -> None:
    path = write(tmp_path, "cues:\n- {lemma: [visit, zigzag], pos: VERB, event: AID, objects: '@talks'}\n")
    found = load_cues(path)
    assert found.find("visit", "VERB")[0].event == "AID"
    assert found.find("visit", "VERB")[1:] == load_cues().find("visit", "VERB")
    assert "summit" in found.find("zigzag", "VERB")[0].objects
    assert load_cues(tmp_path).find("zigzag", "VERB") == found.find("zigzag", "VERB")


def test_defaults_come_from_the_category_and_the_part_of_speech(tmp_path: Path) -> None:
    lines = [
        "- {lemma: aaa, pos: VERB, event: REQUEST}",
        "- {lemma: bbb, pos: NOUN, event: ASSAULT}",
        "- {lemma: ccc, pos: VERB, event: SANCTION, objects: tie}",
        "- {lemma: ddd, pos: VERB, event: RETREAT, recipient: none}",
    ]
    found = load_cues(write(tmp_path, "cues:\n" + "\n".join(lines)))
    request, assault, sanction, retreat = (
        found.find(w, p)[0] for w, p in [("aaa", "VERB"), ("bbb", "NOUN"), ("ccc", "VERB"), ("ddd", "VERB")]
    )
    assert (request.actor, request.recipient, request.parties, request.embeds) == (("subject",), ("object",), 2, True)
    assert (assault.actor, assault.recipient, assault.parties) == (("owner", "prep:by"), (), 1)
    assert (sanction.recipient, retreat.recipient) == ((), ())


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{lemma: aaa, pos: VERB, event: AIDE}", "AIDE"),
        ("{lemma: aaa, pos: ADV, event: AID}", "ADV"),
        ("{pos: VERB, event: AID}", "not a word"),
        ("{lemma: aaa, pos: VERB, event: AID, particle: [on]}", "quote on"),
        ("{lemma: aaa, pos: VERB, event: AID, objects: '@nothing'}", "no class @nothing"),
        ("{lemma: aaa, pos: VERB, event: AID, recipient: [objekt]}", "objekt"),
        ("{lemma: aaa, pos: VERB, event: AID, weight: 1.5}", "weight"),
        ("{lemma: aaa, pos: VERB, event: AID, parties: true}", "parties"),
        ("{lemma: aaa, pos: VERB, event: AID, light: maybe}", "light"),
        ("{lemma: aaa, pos: VERB, event: AID, colour: red}", "colour"),
        ("{lemma: aaa, pos: VERB, event: AID, prep_objects: [to]}", "prep_objects"),
        ("just words", "mapping"),
    ],
)
def test_a_bad_entry_is_named(tmp_path: Path, entry: str, words: str) -> None:
    path = write(tmp_path, f"cues:\n- {{lemma: good, pos: VERB, event: AID}}\n- {entry}\n")
    with pytest.raises(DataError, match=r"cues_mine\.yaml entry 2") as caught:
        load_cues(path)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cues: [", "cannot be read"),
        ("- a list", "source: and a date:"),
        ("source: somebody\n", "source: and a date:"),
        (HEADER + "kues: []\n", "kues"),
        (HEADER + "cues:\n- {lemma: aaa, lemma: bbb, pos: VERB, event: AID}\n", "twice"),
        (HEADER + "classes: {big: ['@small'], small: [hut]}\n", "no class @small"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "cues_broken.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"cues_broken\.yaml") as caught:
        load_cues(path)
    assert words in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent\.yaml"):
        load_cues(tmp_path / "absent.yaml")


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1))
def test_a_list_of_words_is_their_set(words: list[str]) -> None:
    assert word_set(words, where="here") == frozenset(words)
    assert word_set(["@all", "zzz"], where="here", classes={"all": frozenset(words)}) == {*words, "zzz"}


def test_reading_happens_once() -> None:
    assert load_cues() is load_cues()
