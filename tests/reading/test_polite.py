"""Visits to web sites: by their rules, at their pace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from dragoman.errors import SourceError
from dragoman.reading.fetch import seconds_of
from dragoman.reading.polite import LaterError, RefusedError, Visitor
from news_site import Reply, Site, a_site


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as site:
        site.pages |= {"/a": b"<p>a</p>", "/b": b"<p>b</p>"}
        yield site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visitor(clock: Clock) -> Visitor:
    return Visitor(delay=2.0, clock=clock, sleep=clock.sleep)


def test_a_site_without_rules_is_asked_for_them_once_and_then_at_its_pace(
    site: Site, visitor: Visitor, clock: Clock
) -> None:
    assert visitor.page(f"{site.address}/a").data == b"<p>a</p>"
    assert visitor.page(f"{site.address}/b").data == b"<p>b</p>"
    assert site.paths() == ["/robots.txt", "/a", "/b"]
    assert clock.slept == [0.0, 2.0, 2.0]


def test_the_user_agent_names_dragoman(site: Site, visitor: Visitor) -> None:
    visitor.page(f"{site.address}/a")
    assert {each.heads["User-Agent"].partition("/")[0] for each in site.asked} == {"dragoman"}


def test_what_robots_txt_forbids_is_not_asked_for(site: Site, visitor: Visitor, clock: Clock) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /\n\nUser-agent: Dragoman\nDisallow: /b*\nCrawl-delay: 5\n"
    visitor.page(f"{site.address}/a")
    with pytest.raises(RefusedError, match=r"robots\.txt does not allow it"):
        visitor.page(f"{site.address}/b")
    visitor.page(f"{site.address}/a")
    assert site.paths() == ["/robots.txt", "/a", "/a"]
    assert clock.slept == [0.0, 2.0, 5.0]


def test_the_rules_hold_for_what_a_page_points_to(site: Site, visitor: Visitor) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /secret\n"
    site.pages["/moved"] = Reply(b"", 302, {"Location": "/secret"})
    site.pages["/again"] = Reply(b"", 301, {"Location": f"{site.address}/a"})
    with pytest.raises(RefusedError):
        visitor.page(f"{site.address}/moved")
    assert visitor.page(f"{site.address}/again").data == b"<p>a</p>"
    assert "/secret" not in site.paths()


def test_redirects_without_end_end(site: Site, visitor: Visitor) -> None:
    site.pages["/loop"] = Reply(b"", 302, {"Location": "/loop"})
    with pytest.raises(SourceError, match="too many redirects"):
        visitor.page(f"{site.address}/loop")
    assert site.paths().count("/loop") == 6


@pytest.mark.parametrize("status", [500, 503, 429])
def test_rules_that_cannot_be_read_allow_nothing_for_now(
    status: int, site: Site, visitor: Visitor, clock: Clock
) -> None:
    site.pages["/robots.txt"] = Reply(b"", status)
    for path in ("/a", "/b"):
        with pytest.raises(LaterError, match=rf"robots\.txt cannot be read: the server answered {status}"):
            visitor.page(f"{site.address}{path}")
    site.pages["/robots.txt"] = b"User-agent: *\nAllow: /\n"
    clock.now += 400
    assert visitor.page(f"{site.address}/a").status == 200
    assert site.paths() == ["/robots.txt", "/robots.txt", "/a"]


def test_rules_are_read_again_after_a_day(site: Site, visitor: Visitor, clock: Clock) -> None:
    visitor.page(f"{site.address}/a")
    clock.now += 90_000
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /\n"
    with pytest.raises(RefusedError):
        visitor.page(f"{site.address}/a")


def test_the_first_half_megabyte_of_the_rules_counts(site: Site, visitor: Visitor) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /b\n" + b"# long\n" * 200_000
    visitor.page(f"{site.address}/a")
    with pytest.raises(RefusedError):
        visitor.page(f"{site.address}/b")


def test_a_server_that_asks_for_time_gets_it(site: Site, visitor: Visitor, clock: Clock) -> None:
    site.pages["/a"] = Reply(b"", 429, {"Retry-After": "120"})
    with pytest.raises(LaterError, match="429 Too Many Requests") as caught:
        visitor.page(f"{site.address}/a")
    assert caught.value.seconds == 120
    assert visitor.wait(f"{site.address}/b") == 120
    visitor.page(f"{site.address}/b")
    assert clock.slept[-1] == 120


@pytest.mark.parametrize(
    ("status", "later"), [(500, True), (502, True), (408, True), (404, False), (403, False), (410, False)]
)
def test_what_may_be_had_later_is_told_from_what_may_not(
    status: int, later: bool, site: Site, visitor: Visitor
) -> None:
    site.pages["/a"] = Reply(b"", status)
    with pytest.raises(SourceError, match=f"the server answered {status}") as caught:
        visitor.page(f"{site.address}/a")
    assert isinstance(caught.value, LaterError) == later


def test_a_host_that_is_not_there_may_be_there_later(visitor: Visitor) -> None:
    with pytest.raises(LaterError, match="cannot be reached"):
        visitor.page("http://127.0.0.1:1/a")
    for address in ("gopher://127.0.0.1/a", "http://[bad/", "http:///a"):
        with pytest.raises(SourceError) as caught:
            visitor.page(address)
        assert not isinstance(caught.value, LaterError)


def test_a_feed_is_asked_for_with_what_is_known_of_it(site: Site, visitor: Visitor) -> None:
    site.pages["/rss"] = Reply(b"<rss/>", 200, {"ETag": '"1"', "Last-Modified": "Tue, 05 Mar 2024 10:00:00 GMT"})
    answer = visitor.feed(f"{site.address}/rss")
    assert (answer.status, answer.data, answer.etag) == (200, b"<rss/>", '"1"')
    assert visitor.feed(f"{site.address}/rss", etag=answer.etag, modified=answer.modified).status == 304
    assert visitor.feed(f"{site.address}/rss", etag='"0"').status == 200
    assert site.paths() == ["/rss"] * 3
    with pytest.raises(SourceError, match="404"):
        visitor.feed(f"{site.address}/none")


def test_how_long_a_server_asks_to_wait() -> None:
    assert [seconds_of(each) for each in (None, "soon", "30", "-5")] == [None, None, 30.0, 0.0]
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < (seconds_of(moment) or 0) <= 91
    assert seconds_of("Tue, 05 Mar 2019 10:00:00 GMT") == 0.0
