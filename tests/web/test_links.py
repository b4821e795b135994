"""Why reports are one event, and the versions of a story, as the pages say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import httpx
import pytest

from dragoman.model import Reading
from dragoman.record import Record
from make import NORDMARK, SUEDLAND, VERSION, article
from meetings import NEAR, READINGS, meeting
from serving import serving

BEFORE = date(2026, 2, 23)
HEAD, BODY = "Norway and Portugal in talks on Monday", "On Monday Norway met Portugal for talks on trawlers in a port."


def twice() -> Reading:
    """An article without an outlet that tells of another meeting in its headline and in its first sentence."""
    text = article("twice-told", ("headline", HEAD), BODY, published=date(2026, 2, 24), outlet=None)
    first, second = (meeting(text, sentence, BEFORE, NEAR) for sentence in (HEAD, BODY))
    return Reading(text, (NORDMARK, SUEDLAND), (first, replace(second, id=f"{second.id}-1", sequence=1)), VERSION)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    path = tmp_path_factory.mktemp("links") / "r.duckdb"
    with Record.open(path) as record:
        record.add_many([*READINGS, twice()])
    with serving(path) as server, httpx.Client(base_url=server.address, timeout=30) as client:
        yield client


def of(pages: httpx.Client, article: str) -> str:
    """The address of the event that an article tells of."""
    rows = pages.get("/events.json").raise_for_status().json()["rows"]
    held = {row["event"]: pages.get(f"/event/{row['event']}.json").json()["reports"] for row in rows}
    return next(f"/event/{key}" for key, each in held.items() if article in {one["source"]["id"] for one in each})


def test_the_event_says_why_its_reports_are_one(pages: httpx.Client) -> None:
    address = of(pages, "own")
    together = pages.get(f"{address}.json").json()["links"]["together"]
    assert {"own", "wire"} <= {link["article"] for link in together}
    shown = pages.get(address).text
    assert "Why these reports are one event" in shown
    why = shown.split("Why these reports are one event")[1]
    assert '<a href="/article/own">The own, 2026-03-03</a>' in why
    assert "both name NOR, PRT; on the same day; CONSULT" in why


def test_two_reports_of_one_article_stay_two_events(pages: httpx.Client) -> None:
    found = pages.get("/article/twice-told.json").json()["told"]
    assert len({each["event"] for each in found}) == 2
    shown = pages.get(of(pages, "twice-told")).text
    assert "copy of one story" not in shown and "Why these reports are one event" not in shown
    assert pages.get(of(pages, "own")).text.count("copy of one story") == 2


def test_the_article_lists_the_versions_of_its_story(pages: httpx.Client) -> None:
    shown = pages.get("/article/copy").text
    assert "2 versions of one story" in shown and "wire agency" in shown
    assert '<a href="/article/wire">The wire</a>' in shown and "<b>The copy</b> (this article)" in shown
    assert "versions of one story" not in pages.get("/article/own").text
