"""The forests that say whether an event is right: what they come to, of what signs, and how much is asked where."""

from datetime import date

import numpy as np
import pytest

import dragoman
from dragoman import language
from dragoman.coding import judge
from dragoman.coding.coder import code
from dragoman.coding.cues import Candidate
from dragoman.coding.heads import Pair
from dragoman.coding.judge import ASPECTS, BETWEEN, OTHERWISE, SHORT, Forests, load_forests
from dragoman.coding.mentions import DISPATCH, Scene
from dragoman.coding.roles import Roles
from dragoman.model import Report
from dragoman.reading import read_text

DAY = date(2024, 3, 5)
STATES = (
    "Chad accused Niger of shelling a village on Monday. Niger rejected the accusation and summoned the ambassador of "
    "Chad. Soldiers of Niger crossed the border on Tuesday, the defence ministry of Chad said, and attacked a post. "
    "Nigeria urged Chad and Niger to hold talks. The foreign ministers of Chad and Niger met in Abuja on Wednesday. "
    "Cameroon sent food to Chad after the attack, and Niger expelled two Chadian diplomats."
)
HOME = "Smith accused Jones of lying. Jones attacked Brown. Brown defended Miller. Miller praised Davis. "
TALK = (
    "If he were ever to attack the plan, some voters might want to defend it, and he could support her again, which "
    "would help them to discuss what the party needs. The mayor had hoped to back a candidate who fights for them. "
)
AT_HOME = HOME * 5 + "The Labour Party supported Smith."


def hand_made() -> Forests:
    """One tree an aspect: by "a", then by "b" where "a" is much."""
    trees = len(ASPECTS)
    return Forests(
        names=("a", "b"),
        sign=np.array([[0, 1]] * trees, np.int16),
        limit=np.array([[0.5, 0.5]] * trees, np.float32),
        left=np.array([[~0, ~1]] * trees, np.int8),
        right=np.array([[1, ~2]] * trees, np.int8),
        leaf=np.array([[-1.0, 0.0, 2.0], [0.0, 1.0, 3.0], [0.5, 0.5, 0.5]], np.float32),
        aspect=np.arange(trees, dtype=np.int8),
        base=np.array([0.0, -1.0, 0.0], np.float32),
    )


@pytest.mark.parametrize(
    ("signs", "sums"),
    [({}, (-1, -1, 0.5)), ({"a": 1.0}, (0, 0, 0.5)), ({"a": 1.0, "b": 1.0, "unknown": 1.0}, (2, 2, 0.5))],
)
def test_a_tree_is_walked_to_its_leaf(signs: dict[str, float], sums: tuple[float, ...]) -> None:
    assert hand_made().chances(signs) == pytest.approx([1 / (1 + np.exp(-total)) for total in sums])


def test_the_forests_of_the_package_are_whole_and_small() -> None:
    forests, trees = load_forests(), len(load_forests().sign)
    assert judge.FILE.stat().st_size < 1_000_000
    assert len(set(forests.names)) == len(forests.names)
    assert forests.limit.shape == forests.left.shape == forests.right.shape == (trees, forests.leaf.shape[1] - 1)
    assert set(forests.aspect.tolist()) == set(range(len(ASPECTS)))
    below = np.concatenate([forests.left, forests.right], axis=1)
    assert below.max() < forests.sign.shape[1] and (~below).max() < forests.leaf.shape[1]
    assert forests.sign.min() >= 0 and forests.sign.max() < len(forests.names)


def heard(text: str) -> list[tuple[Report, dict[str, float], float]]:
    said: list[tuple[Report, dict[str, float], float]] = []

    def note(scene: Scene, candidate: Candidate, filled: Roles, pair: Pair | None, report: Report) -> bool:
        said.append((report, judge.all_signs(scene, candidate, filled, pair, report), judge.least(scene)))
        return False

    article = read_text(text, name="x", published=DAY)
    assert code(language.load()(article.text), article, keeps=note).reports == ()
    return said


def test_signs_are_shares_and_the_same_each_time() -> None:
    first, again = heard(STATES), heard(STATES)
    assert [signs for _, signs, _ in first] == [signs for _, signs, _ in again]
    assert len(first) >= 2
    for _, signs, _ in first:
        assert all(0 < value <= 1 for value in signs.values()), signs
        assert load_forests().chances(signs).shape == (len(ASPECTS),)


def test_acts_between_states_are_likelier_than_talk_and_kept() -> None:
    def chance(text: str) -> float:
        return float(np.mean([np.prod(load_forests().chances(signs)) for _, signs, _ in heard(text)]))

    assert chance(STATES) > chance(TALK)
    found = {event.category for event in dragoman.read(STATES, published=DAY).events}
    assert found >= {"ACCUSE", "REJECT", "CONSULT", "SANCTION", "ASSAULT"}


def test_more_is_asked_of_long_pieces_and_at_home() -> None:
    times = 1 + DISPATCH // len(STATES.split())
    others = STATES.replace("Chad", "Peru").replace("Niger", "Chile").replace("Abuja", "Quito")
    long = " ".join([STATES, others] * times)
    assert [{least for _, _, least in heard(text)} for text in (STATES, long, AT_HOME)] == [
        {BETWEEN},
        {OTHERWISE},
        {OTHERWISE},
    ]


def test_a_long_report_of_two_states_alone_is_judged_like_a_dispatch() -> None:
    two = "Chad accused Niger of shelling a village. Niger rejected the claim. Chad expelled two envoys of Niger. "
    assert len((two * 30).split()) > DISPATCH
    assert {least for _, _, least in heard(two * 30)} == {BETWEEN}


def test_a_sentence_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "BETWEEN", 1.1)
    assert len(STATES.split()) > SHORT
    assert dragoman.read(STATES.split(". ")[0], published=DAY).events
    assert not dragoman.read(STATES, published=DAY).events


def test_a_doc_of_which_the_reader_says_nothing_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    article = read_text(STATES, name="x", published=DAY)
    monkeypatch.setattr(judge, "BETWEEN", 1.1)
    assert code(language.load()(article.text), article).reports == ()
    doc = language.load()(article.text)
    doc.user_data.pop("dragoman.evoked")
    assert code(doc, article).reports
