from itertools import count

import pytest

from dragoman.errors import SourceError
from dragoman.exchange import base, export_formats, import_formats, named
from dragoman.exchange.base import formats, told
from dragoman.record import Record
from make import visit


def test_every_format_says_what_it_is_and_what_it_loses():
    assert "plover" in export_formats()
    assert "plover" in import_formats()
    for name, each in formats().items():
        assert each.name == name
        assert each.description
        assert each.export or each.load
        assert each.losses == () or all(each.losses)


def test_no_such_format():
    with pytest.raises(SourceError, match=r"papyrus: no such format; there are .*plover"):
        named("papyrus")


def test_articles_are_fetched_many_at_a_time(monkeypatch):
    with Record.open(":memory:") as record:
        for number in range(5):
            record.add(visit(f"a{number}", monday=None, title=f"Visit {number}"))
        calls, fetch = count(), record.articles
        monkeypatch.setattr(record, "articles", lambda ids=None: (next(calls), fetch(ids))[1])
        monkeypatch.setattr(base, "CHUNK", 2)
        several = list(told(record, record.events()))
    assert len(several) == 2
    assert all(each.article.id == each.event.reports[0].article for each in several)
    assert {each.version for each in several} == {"reader-1"}
    assert next(calls) == 1
