"""Sources, cues and contents of a window to attributions: who takes whom."""

import numpy as np
from numpy.typing import NDArray

from dragoman.language.claims import Claim, claims

WORDS = 8


def links(**points: dict[int, int]) -> dict[str, NDArray[np.float32]]:
    """Features with which a cue looks at one word only: ``source={cue: word}``, ``content={cue: word}``.

    Each word has a dimension of its own in what is looked at; a cue that is given nothing looks at itself.
    """
    looked = np.eye(WORDS, dtype=np.float32)
    cue = np.zeros((WORDS, 2 * WORDS), np.float32)
    for at, role in enumerate(("source", "content")):
        for i in range(WORDS):
            cue[i, at * WORDS + points.get(role, {}).get(i, i)] = 99
    none = np.zeros_like(looked)
    return {
        "link_cue": cue,
        "link_source": np.hstack([looked, none]),
        "link_content": np.hstack([none, looked]),
    }


def spans(**found: list[tuple[int, int]]) -> dict[str, list[tuple[int, int]]]:
    return {role: found.get(role, []) for role in ("source", "cue", "content")}


def test_a_cue_takes_the_source_and_the_content_it_looks_at() -> None:
    found = claims(spans(source=[(0, 2)], cue=[(2, 3)], content=[(3, 8)]), links(source={2: 0}, content={2: 3}))
    assert set(found) == {Claim(2, 3, "cue", 1), Claim(0, 2, "source", 1), Claim(3, 8, "content", 1)}


def test_a_cue_that_looks_at_itself_has_no_source() -> None:
    found = claims(spans(source=[(0, 2)], cue=[(2, 3)]), links())
    assert set(found) == {Claim(2, 3, "cue", 1), Claim(0, 2, "source", 0)}


def test_one_source_may_serve_two_cues_and_a_content_goes_to_one() -> None:
    given = spans(source=[(0, 1)], cue=[(1, 2), (4, 5)], content=[(2, 4), (5, 8)])
    found = list(claims(given, links(source={1: 0, 4: 0}, content={1: 2, 4: 5})))
    assert [claim for claim in found if claim.role == "source"] == [Claim(0, 1, "source", 1), Claim(0, 1, "source", 2)]
    assert [claim.number for claim in found if claim.role == "content"] == [1, 2]


def test_without_a_cue_nobody_says_anything() -> None:
    assert set(claims(spans(source=[(0, 1)], content=[(2, 4)]), links())) == {
        Claim(0, 1, "source", 0),
        Claim(2, 4, "content", 0),
    }
    assert list(claims(spans(), links())) == []


def test_a_content_that_no_cue_looks_at_is_nobodys() -> None:
    found = list(claims(spans(cue=[(0, 1)], content=[(3, 5), (6, 8)]), links(content={0: 3})))
    assert found == [Claim(0, 1, "cue", 1), Claim(3, 5, "content", 1), Claim(6, 8, "content", 0)]
