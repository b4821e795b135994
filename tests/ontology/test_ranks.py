"""How high an office is, and the words of claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.ontology.claims import load_claims
from dragoman.ontology.ranks import load_ranks

HEADER = "source: test\ndate: 2026-01-01\nversion: 1\n"


@pytest.mark.parametrize(
    ("office", "level", "common"),
    [
        ("President of the United States", "head_of_state", "president"),
        ("Prime Minister", "head_of_government", "prime minister"),
        ("Secretary of State", "minister", "foreign minister"),
        ("defense secretary", "minister", "defence minister"),
        ("Minister of Defence", "minister", "defence minister"),
        ("vice president", "minister", "vice president"),
        ("assistant secretary of state", "deputy", "assistant secretary of state"),
        ("Supreme Commander of the Armed Forces and Minister of Defense", "minister", None),
        ("spokesperson of the foreign minister", "official", None),
        ("gardener", None, "gardener"),
    ],
)
def test_levels_and_common_names(office: str, level: str | None, common: str | None) -> None:
    assert load_ranks().level(office) == level
    assert common is None or load_ranks().office(office) == common


def test_a_level_reaches_what_is_below_it() -> None:
    ranks = load_ranks()
    assert ranks.reaches("king", "minister")
    assert ranks.reaches("foreign minister", "minister")
    assert not ranks.reaches("ambassador", "minister")
    assert not ranks.reaches(None, "official")


def test_a_phrase_at_two_levels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ranks.yaml").write_text(HEADER + "levels:\n- {name: official, phrases: [king]}\n", encoding="utf-8")
    with pytest.raises(DataError, match="two levels"):
        load_ranks(tmp_path / "ranks.yaml")


def found(text: str) -> list[tuple[str, str]]:
    """What each pattern finds in a text."""
    return [
        (kind, match.group()) for kind, pattern in load_claims().patterns if (match := pattern.search(text.lower()))
    ]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("It was the first visit by a king since 1951, he said.", "since", "first visit by a king since 1951"),
        ("the first, he said, since March 1951", "since", "first, he said, since march 1951"),
        ("They have not met since 2006.", "since", "not met since 2006"),
        ("the first meeting in 14 years", "span", "first meeting in 14 years"),
        ("the first call in more than a decade", "span", "first call in more than a decade"),
        ("an unprecedented call", "ever", "unprecedented"),
        ("the first-ever summit", "ever", "first-ever"),
        ("on his first official visit", "own", "his first official visit"),
        ("rare talks", "rare", "rare"),
    ],
)
def test_claims_are_found(text: str, kind: str, words: str) -> None:
    assert (kind, words) in found(text)


@pytest.mark.parametrize(
    "text", ["He arrived first.", "rarefied air", "since 2006 they have met yearly", "in 14 years"]
)
def test_what_is_no_claim(text: str) -> None:
    assert found(text) == []


def test_a_user_can_add_words_of_his_own(tmp_path: Path) -> None:
    own = tmp_path / "claims.yaml"
    own.write_text(HEADER + "claims:\n- {kind: rare, patterns: [once in a blue moon]}\n", encoding="utf-8")
    patterns = load_claims(own).patterns
    assert any(kind == "rare" and pattern.search("once in a blue moon") for kind, pattern in patterns)
    assert len(patterns) > 10


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "claims.yaml"
    own.write_text(HEADER + "claims:\n- {kind: seldom, patterns: [x]}\n", encoding="utf-8")
    with pytest.raises(DataError, match="no kind 'seldom'"):
        load_claims(own)
