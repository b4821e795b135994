from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.identities import merge, merge_counted
from dragoman.model import Office, Span
from make import article, entities, entity

TEXT = article("a", "Some words to stand on.")


def test_what_articles_tell_is_put_together():
    minister, evidence = Office("minister", "PRT"), Span("a", 0, 4)
    rows = [
        entity("p", "Reis", kind="person", code="PRT", sector="GOV", aliases=("A. Reis",), offices=(minister,)),
        entity("p", "Ana Reis", kind="person", sector="LEG", offices=(Office("mayor", "PRT", former=True),)),
        entity("p", "Ana Reis", kind="person", code="PRT", sector="GOV", other_sectors=("SPY",)),
        entity(
            "p",
            "Ana Reis",
            kind="group",
            offices=(Office("minister", "PRT", since=date(2020, 1, 1), evidence=evidence),),
        ),
    ]
    for order in permutations(rows):
        merged = merge(order)
        assert (merged.name, merged.kind, merged.code, merged.sector) == ("Ana Reis", "person", "PRT", "GOV")
        assert merged.aliases == ("A. Reis", "Reis")
        assert merged.other_sectors == ("LEG", "SPY")
        assert merged.offices == (
            Office("minister", "PRT", since=date(2020, 1, 1), evidence=evidence),
            Office("mayor", "PRT", former=True),
        )


def test_the_longer_name_wins_among_equals():
    assert merge([entity("p", "Reis"), entity("p", "Ana Reis")]).name == "Ana Reis"


def test_only_one_identity_is_merged():
    with pytest.raises(ValueError, match="one id"):
        merge([entity("DZA"), entity("USA")])
    assert [one.id for one in merge_counted([(entity("USA"), 1), (entity("DZA"), 2), (entity("USA"), 1)])] == [
        "DZA",
        "USA",
    ]


@given(
    st.lists(entities(TEXT, "p"), min_size=1, max_size=4).flatmap(
        lambda rows: st.tuples(st.just(rows), st.permutations(rows))
    )
)
def test_order_changes_nothing_and_merging_again_neither(both):
    rows, shuffled = both
    merged = merge(rows)
    assert merge(shuffled) == merged
    assert merge([merged]) == merged
    assert merge([merged, merged]) == merged
