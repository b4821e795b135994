"""Hosts, languages and days that are wanted, and the reasons of what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import GERMAN, page, text
from dragoman.model import Article
from dragoman.reading.document import Document, Said
from dragoman.reading.filters import EVERYTHING, Wanted, host_of

PAGE = Document("a", "a", page(1), url="https://www.news.example/a")
MARCH = Wanted(first=date(2024, 3, 1), last=date(2024, 3, 31))
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def article(day: date | None = None, url: str | None = None) -> Article:
    return Article("a", (), url=url, published=day)


def test_everything_is_wanted_where_nothing_is_asked_for() -> None:
    assert EVERYTHING.before(PAGE) is None
    assert EVERYTHING.after(article(), url=None) is None
    assert EVERYTHING.language("de") is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://news.example/a", None),
        ("https://www.news.example/a", None),
        ("http://WWW.News.Example:8080/a", None),
        ("https://othernews.example/a", "another host"),
        ("https://news.example.evil.example/a", "another host"),
        ("https://x.example/news.example", "another host"),
        ("https://user@news.example@x.example/", "another host"),
        ("dns:news.example", "no host is known"),
        ("https://[bad/", "no host is known"),
    ],
)
def test_a_host_stands_for_those_below_it_and_for_no_other(url: str, reason: str | None) -> None:
    assert Wanted(hosts=("news.example",)).before(replace(PAGE, url=url)) == reason


def test_the_host_of_what_has_no_address_is_that_of_its_article() -> None:
    wanted = Wanted(hosts=("news.example",))
    assert wanted.before(replace(PAGE, url=None)) is None
    assert wanted.after(article(url="https://news.example/a"), url=None) is None
    assert wanted.after(article(url="https://x.example/a"), url=None) == "another host"
    assert wanted.after(article(), url=None) == "no host is known"
    assert wanted.after(article(url="https://amp.example/a"), url="https://news.example/a") is None


def test_what_says_its_language_is_left_out_unread_unless_its_words_say_otherwise() -> None:
    wanted = Wanted(languages=("en",))
    assert wanted.before(PAGE) is None
    assert wanted.before(replace(PAGE, data=page(1, lang="de", body=GERMAN))) == "language de"
    assert wanted.before(replace(PAGE, data=page(1, lang="fr"))) is None
    assert wanted.before(replace(PAGE, data=page(1, body=GERMAN))) is None
    assert wanted.before(replace(PAGE, said=Said(language="fr"))) == "language fr"
    assert wanted.before(replace(PAGE, said=Said(language="fr", wins=False))) is None
    assert (wanted.language("de"), wanted.language("en"), wanted.language(None)) == ("language de", None, None)


def test_a_long_page_is_judged_by_its_text_and_not_by_its_scripts() -> None:
    script = "<script>" + "der die das und ist nicht mit " * 3000 + "</script>"
    data = page(1, lang="de").replace(b"<body>", f"<body>{script}".encode())
    assert Wanted(languages=("en",)).before(replace(PAGE, data=data)) is None


def test_days() -> None:
    assert MARCH.before(replace(PAGE, until=date(2024, 2, 27))) == "published before 2024-03-01"
    assert MARCH.before(replace(PAGE, until=date(2024, 2, 29))) is None
    assert MARCH.before(replace(PAGE, until=date(2026, 1, 1))) is None
    assert MARCH.before(replace(PAGE, said=Said(published=date(2024, 4, 1)))) == "published after 2024-03-31"
    assert MARCH.after(article(), url=None) == "no day of publication is known"


@given(DAYS, DAYS | st.none(), DAYS | st.none())
def test_a_day_is_wanted_exactly_where_it_lies_between(day: date, first: date | None, last: date | None) -> None:
    wanted = Wanted(first=first, last=last)
    inside = (first is None or day >= first) and (last is None or day <= last)
    assert (wanted.after(article(day), url=None) is None) == inside
    assert (wanted.before(replace(PAGE, said=Said(published=day))) is None) == inside


@given(DAYS, DAYS, st.integers(0, 400))
def test_what_is_left_out_unread_would_have_been_left_out_read(first: date, day: date, later: int) -> None:
    collected = replace(PAGE, until=day + timedelta(days=later))
    if Wanted(first=first).before(collected) is not None:
        assert Wanted(first=first).after(article(day), url=None) is not None


def test_host_of_an_address() -> None:
    assert host_of("https://A.Example./x") == "a.example"
    assert [host_of(each) for each in (None, "", "/path", "https:///x")] == [None] * 4
    assert text(1) != text(2)
