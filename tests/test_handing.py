"""What a process that reads hands over: packed once, unpacked where somebody asks, refused where words are missing."""

import pickle
from dataclasses import replace

import pytest

from dragoman.errors import RecordError
from dragoman.handing import Packed, made
from make import visit


def test_a_reading_comes_out_as_it_went_in_and_is_unpacked_when_it_is_asked_for():
    reading = visit()
    there = pickle.loads(pickle.dumps(Packed(reading)))
    assert isinstance(there._held, bytes)
    assert there.reading == reading
    assert there.reading is there.reading


def test_what_was_never_asked_for_is_handed_on_as_it_is():
    there = pickle.loads(pickle.dumps(Packed(visit())))
    assert pickle.loads(pickle.dumps(there))._held == there._held


def test_bytes_of_something_else_are_no_reading():
    with pytest.raises(TypeError, match="list is no reading"):
        _ = Packed(pickle.dumps([])).reading


def test_it_is_made_ready_where_there_is_a_record():
    reading = visit()
    assert made(reading, to_write=False).ready is None
    one = made(reading, to_write=True)
    assert (one.article, one.reports) == (reading.article.id, len(reading.reports))
    assert one.ready is not None
    assert one.ready.article == reading.article.id


def test_a_reading_that_nobody_asks_for_is_not_handed_over():
    one = made(visit(), to_write=True, to_tell=False)
    assert one.packed is None
    assert one.ready == made(visit(), to_write=True).ready


def test_a_claim_without_words_is_refused_before_it_is_handed_over():
    reading = visit()
    empty = replace(reading, reports=tuple(replace(each, cues=()) for each in reading.reports))
    with pytest.raises(RecordError, match="has no cue"):
        made(empty, to_write=True)
