"""Full-text search: every word, whatever its case and accents; hits lead to the words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.model import Reading
from dragoman.record import Record
from dragoman.views.search import search, words_of
from make import article
from views import world

PLAIN = "Élysée aides spoke. The São Tomé talks ended; nobody met José's envoy. It rained."


@pytest.fixture(scope="module")
def kept() -> Iterator[Record]:
    with world.record() as record:
        record.add(Reading(article("b1", PLAIN, title="Talks"), version="1"))
        yield record


def test_case_and_accents_do_not_matter_and_hits_lead_to_the_words(kept: Record) -> None:
    (hit,) = search(kept, "sao TOME jose").hits
    assert hit.text == "The São Tomé talks ended; nobody met José's envoy."
    assert kept.article("b1").text[hit.start : hit.end] == hit.text
    assert [hit.text[start:end] for start, end in hit.marks] == ["São", "Tomé", "José"]
    assert hit.events == ()


def test_sentences_with_events_name_them_and_come_first(kept: Record) -> None:
    found = search(kept, "visited")
    assert {hit.article for hit in found.hits} == {"a1"}
    assert all(hit.events for hit in found.hits)
    assert found.total == 2


def test_every_word_and_whole_phrases(kept: Record) -> None:
    assert search(kept, "talks sanctions").hits == ()
    assert [hit.article for hit in search(kept, '"imposed sanctions"').hits] == ["a5"]
    assert search(kept, '"sanctions imposed"').hits == ()
    assert search(kept, "elys").total == 1
    assert search(kept, "lysee").total == 0  # a word is found from its beginning
    assert words_of('a "b  c" a, .') == ("a", "b c")
    assert search(kept, " .,").hits == ()


def test_what_is_typed_is_no_pattern(kept: Record) -> None:
    for typed in ("a.*b", "(", "[", "\\", "'; DROP TABLE articles; --", "%", "a" * 5000):
        assert search(kept, typed).hits == ()


def test_offsets_of_pages(kept: Record) -> None:
    whole = [hit.article for hit in search(kept, "norway", limit=50).hits]
    assert len(whole) == search(kept, "norway", limit=1).total
