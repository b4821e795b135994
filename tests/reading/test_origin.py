"""Whom a page says its text comes from."""

from __future__ import annotations

import pytest

from dragoman.reading import read_text
from dragoman.reading.origin import credit_in, is_own

BODY = [
    "Norway expelled two Chilean diplomats on Monday, the ministry said.",
    "The diplomats have a week to leave the country, according to an official.",
]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("This report was first published by The Coast Herald.", "Coast Herald"),
        ("This article originally appeared in Steppe News Service", "Steppe News Service"),
        ("Source: Meridian News Agency", "Meridian News Agency"),
        ("With material from Harbour Press Agency", "Harbour Press Agency"),
        ("(With additional reporting by Reuters)", "Reuters"),
        ("© 2024 The Coast Herald", "Coast Herald"),
        ("(AFP)", "AFP"),
        ("Adriatic News Service", "Adriatic News Service"),
        ("(The Coast Herald)", "Coast Herald"),
    ],
)
def test_a_line_under_the_report(line: str, name: str) -> None:
    assert credit_in([*BODY, line], byline=None) == name


@pytest.mark.parametrize(
    "line",
    [
        "Read also: Ferry back in service",
        "Tags: Norway, Chile",
        "Source: https://a.example",
        "The Hague",
        "This article was first published on Monday",
        "This story was published on March 3, 2024",
    ],
)
def test_other_lines_credit_nobody(line: str) -> None:
    assert credit_in([*BODY, line], byline=None) is None


@pytest.mark.parametrize(
    ("byline", "name"),
    [("Jane Doe, Reuters", "Reuters"), ("By Meridian News Agency", "Meridian News Agency"), ("By Jane Doe", None)],
)
def test_a_byline(byline: str, name: str | None) -> None:
    assert credit_in(BODY, byline=byline) == name


@pytest.mark.parametrize(
    ("start", "name"),
    [
        ("OSLO (Meridian) - ", "Meridian"),
        ("PRISTINA, Sept 4 (ANS) - ", "ANS"),
        ("ULAN BATOR, March 12 (Steppe News Service) -- ", "Steppe News Service"),
        ("Oslo (on Monday) ", None),
    ],
)
def test_a_dateline(start: str, name: str | None) -> None:
    assert credit_in([start + BODY[0], BODY[1]], byline=None) == name


@pytest.mark.parametrize(
    ("credit", "outlet", "own"),
    [
        ("ANS", "Adriatic News Service", True),
        ("Meridian", "Meridian News Agency", True),
        ("Coast Herald", "The Coast Herald", True),
        ("Meridian", "The Coast Herald", False),
        ("Meridian", None, False),
    ],
)
def test_an_outlet_s_own_name_is_no_credit(credit: str, outlet: str | None, own: bool) -> None:
    assert is_own(credit, outlet) is own


def test_an_article_tells_it() -> None:
    text = "\n\n".join(["Norway expels diplomats", *BODY, "Source: Meridian News Agency"])
    assert read_text(text, outlet="The Coast Herald").credit == "Meridian News Agency"
    assert read_text(text, outlet="Meridian News Agency").credit is None
