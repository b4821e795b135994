"""Which tellings are compared: all of one category whose days and parties can be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from dragoman.linking.blocks import Block, blocks
from dragoman.linking.telling import Telling, days_of
from tellings import DAY, telling, tellings


def share(one: Telling, other: Telling) -> bool:
    there = {(block.key, block.place): block.lone for block in blocks(other)}
    return any((block.key, block.place) in there for block in blocks(one) if block.lone or there.get(block[:2], False))


@given(tellings(), tellings())
def test_two_tellings_that_can_be_one_share_a_block(first: Telling, second: Telling) -> None:
    one, other = (_news(each) for each in (first, second))
    common = one.parties & other.parties
    lone = len(one.parties) == 1 or len(other.parties) == 1
    fit = days_of(one, other) in ("same", "near") and (len(common) >= 2 or (len(common) == 1 and lone))
    assert share(one, other) or not fit


def _news(of: Telling) -> Telling:
    """The same as a meeting that happened, within a week."""
    last = min(of.last, of.first + timedelta(days=3)) if of.first and of.last else None
    return replace(of, category="CONSULT", auxiliary=frozenset(), last=last)


def test_other_days_parties_and_categories_share_none() -> None:
    later = DAY + timedelta(days=2)
    for fields in ({"first": later, "last": later}, {"actors": {"KEN"}, "recipients": {"EUR"}}, {"category": "AID"}):
        assert not share(telling(), telling("e2", **fields))


def test_one_party_of_several_is_not_enough() -> None:
    assert not share(telling(), telling("e2", recipients={"KEN"}))
    assert share(telling(), telling("e2", recipients=set()))


def test_versions_of_a_story_share_a_block_whatever_their_days() -> None:
    undated = {"first": None, "last": None, "published": None}
    assert share(telling(stories={"s"}, **undated), telling("e2", stories={"s"}, **undated))
    assert blocks(telling(stories={"s"}, **undated)) == {Block("s CONSULT", 0, lone=True)}


def test_a_long_stretch_is_compared_with_the_same_stretch_alone() -> None:
    year = {"first": DAY, "last": DAY + timedelta(days=364)}
    assert share(telling(**year), telling("e2", **year))
    assert not share(telling(**year), telling("e2"))
