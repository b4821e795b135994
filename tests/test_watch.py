"""``dragoman watch``: a feed that changes, breaks and grows, and a watch that is stopped and killed."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from archives import GERMAN, item, page, rss, text, title
from commands import Command, finish, start
from dragoman import watching
from dragoman.pipeline import Outcome
from dragoman.reading import Wanted
from dragoman.record import Record
from dragoman.watching import TRIES, Visit, Watch
from news_site import Asked, Reply, Site, a_site

RSS = {"Content-Type": "application/rss+xml"}


@dataclass
class Heard:
    """Remembers what it is told."""

    visits: list[Visit] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def visit(self, visit: Visit) -> None:
        self.visits.append(visit)

    def outcome(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def trouble(self, reason: str) -> None:
        self.troubles.append(reason)


@dataclass
class World:
    """A site with a feed, a record, and a clock that the test turns."""

    site: Site
    path: Path
    now: datetime = datetime(2024, 3, 5, 12, tzinfo=UTC)
    heard: Heard = field(default_factory=Heard)

    @property
    def feed(self) -> str:
        return f"{self.site.address}/rss"

    def link(self, number: int) -> str:
        return f"{self.site.address}/{number}"

    def publish(self, *items: str, **heads: str) -> None:
        """Puts items into the feed, with an ETag of their own."""
        data = rss(*items)
        self.site.pages["/rss"] = Reply(data, 200, {**RSS, "ETag": f'"{hash(data)}"', **heads})

    def once(self, **options: Any) -> Heard:
        """One round of a new watch, as after a restart."""
        self.heard = Heard()
        watch = Watch((self.feed,), self.path, self.heard, delay=0, clock=lambda: self.now, **options)
        watch.once()
        return self.heard

    def kinds(self) -> list[str]:
        return [outcome.kind for outcome in self.heard.outcomes]

    def titles(self) -> list[str | None]:
        with Record.open(self.path, read_only=True) as record:
            return sorted((article.title for article in record.articles()), key=str)

    def failures(self) -> dict[str, str]:
        with Record.open(self.path, read_only=True) as record:
            return {failure.source: failure.reason for failure in record.failures()}

    def later(self, **wait: float) -> None:
        self.now += timedelta(**wait)

    def asked(self, path: str) -> int:
        return self.site.paths().count(path)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_site() as site:
        site.pages |= {f"/{number}": page(number) for number in range(6)}
        yield World(site, tmp_path / "r.duckdb")


def test_what_is_new_is_read_and_what_is_known_is_not(world: World) -> None:
    world.publish(item(0, whole=True, guid="0"), item(1, link=world.link(1)))
    heard = world.once()
    assert [(visit.entries, visit.new) for visit in heard.visits] == [(2, 2)]
    assert world.kinds() == ["new", "new"]
    world.publish(item(2, link=world.link(2)), item(0, whole=True, guid="0"), item(1, link=world.link(1)))
    heard = world.once()
    assert [(visit.entries, visit.new) for visit in heard.visits] == [(3, 1)]
    assert world.kinds() == ["new"]
    assert world.titles() == sorted(title(number) for number in range(3))
    assert (world.asked("/1"), world.asked("/2")) == (1, 1)


def test_a_feed_that_did_not_change_is_not_sent_again(world: World) -> None:
    world.publish(item(0, whole=True, guid="0"), **{"Last-Modified": "Tue, 05 Mar 2024 10:00:00 GMT"})
    world.once()
    heard = world.once()
    assert heard.visits[0].unchanged and not heard.outcomes
    last = world.site.asked[-1].heads
    assert last["If-None-Match"] and last["If-Modified-Since"] == "Tue, 05 Mar 2024 10:00:00 GMT"
    assert last["User-Agent"].startswith("dragoman/")


def test_an_entry_that_changed_is_read_again_and_one_that_is_repeated_is_not(world: World) -> None:
    world.publish(item(0, whole=True, guid="0"), item(0, whole=True, guid="0"))
    assert world.once().visits[0].new == 1
    changed = text(0).replace("Monday", "Tuesday")
    for _ in range(3):
        world.publish(item(0, whole=True, guid="0", body=changed), item(0, whole=True, guid="0"))
        world.once()
        world.publish(item(0, whole=True, guid="0"))
        world.once()
    with Record.open(world.path, read_only=True) as record:
        texts = [article.text for article in record.articles()]
    assert len(texts) == 2 and sum("Tuesday" in each for each in texts) == 1


def test_a_page_that_its_feed_says_was_updated_is_fetched_again(world: World) -> None:
    world.publish(item(1, link=world.link(1), guid="1"))
    world.once()
    world.site.pages["/1"] = page(1, body=text(1).replace("Monday", "Tuesday"))
    world.publish(item(1, link=world.link(1), guid="1").replace("05 Mar", "06 Mar"))
    world.once()
    assert (world.kinds(), world.asked("/1")) == (["new"], 2)


def test_two_feeds_with_one_entry_read_it_once(world: World) -> None:
    world.publish(item(1, link=world.link(1), guid="1"))
    world.site.pages["/other"] = world.site.pages["/rss"]
    heard = Heard()
    Watch((world.feed, f"{world.site.address}/other"), world.path, heard, delay=0).once()
    assert [visit.new for visit in heard.visits] == [1, 0]
    assert world.asked("/1") == 1


def test_broken_and_huge_entries_cost_themselves(world: World) -> None:
    world.site.pages["/5"] = Reply(b"\x89PNG\r\n\x1a\n" + bytes(3000), 200, {"Content-Type": "image/png"})
    huge = "<p>" + "The envoys met in Oslo on Monday to talk about fishing. " * 70_000 + "</p>"
    world.publish(
        item(0, whole=True, guid="0"),
        "<item><title>Only a title</title></item>",
        item(1, link=world.link(1)).replace("Tue, 05 Mar 2024", "the day after tomorrow"),
        item(2, guid="german", whole=True, body=GERMAN * 3),
        item(3, link=world.link(33)),
        item(4, whole=True, guid="4").replace("<p>", huge, 1),
        item(5, link=world.link(5)),
        item(2, link=world.link(2)),
    )
    world.once()
    assert world.titles() == sorted(title(number) for number in range(3))
    reasons = {name.removeprefix(f"{world.feed}, "): reason for name, reason in world.failures().items()}
    assert set(reasons) == {"Only a title", "german", world.link(33), "4", world.link(5)}
    assert "neither a text nor a link" in reasons["Only a title"]
    assert "German" in reasons["german"] and "404" in reasons[world.link(33)] and "PNG" in reasons[world.link(5)]
    assert "characters of text, more than any article" in reasons["4"]
    world.once()
    assert world.kinds() == []


def test_a_feed_that_breaks_off_is_had_whole_next_time(world: World) -> None:
    whole = rss(*(item(number, whole=True, guid=str(number)) for number in range(3)))
    world.site.pages["/rss"] = Reply(whole[: whole.index(title(2).encode()) + 5], 200, {**RSS, "ETag": '"1"'})
    heard = world.once()
    assert heard.visits[0].failure is not None and "damaged" in heard.visits[0].failure
    assert title(0) in world.titles() and title(1) in world.titles()
    assert "damaged" in world.failures()[world.feed]
    world.site.pages["/rss"] = Reply(whole, 200, {**RSS, "ETag": '"1"'})
    world.once()
    assert title(2) in world.titles() and world.feed not in world.failures()


@pytest.mark.parametrize("data", [b"", b"<html><body>Sorry</body></html>", b"\x00\x01\x02"])
def test_what_is_no_feed_is_a_failure_and_is_asked_more_seldom(data: bytes, world: World) -> None:
    world.site.pages["/rss"] = data
    heard = world.once()
    assert heard.visits[0].failure is not None and world.failures()[world.feed] == heard.visits[0].failure
    assert heard.visits[0].due == world.now + 2 * watching.EVERY
    world.once()
    assert world.asked("/rss") == 1
    world.later(minutes=30)
    assert world.once().visits[0].due == world.now + 4 * watching.EVERY
    world.later(days=1)
    world.publish(item(0, whole=True, guid="0"))
    world.once()
    assert (world.kinds(), world.failures()) == (["new"], {})


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_time_is_left_alone_for_it(status: int, world: World) -> None:
    world.site.pages["/rss"] = Reply(b"", status, {"Retry-After": "7200"})
    heard = world.once()
    assert heard.visits[0].due == world.now + timedelta(hours=2)
    world.later(minutes=119)
    world.once()
    assert world.asked("/rss") == 1
    world.publish(item(0, whole=True, guid="0"))
    world.later(minutes=2)
    assert world.once().visits[0].new == 1


def test_a_page_that_cannot_be_had_is_tried_again_and_then_given_up(world: World) -> None:
    world.publish(item(1, link=world.link(1)))
    world.site.pages["/1"] = Reply(b"", 500)
    name = f"{world.feed}, {world.link(1)}"
    for tried in range(1, TRIES):
        world.once()
        assert world.failures() == {name: "the server answered 500 Internal Server Error; to be tried again"}
        world.once()
        assert world.asked("/1") == tried
        world.later(hours=3)
    world.once()
    assert world.failures() == {name: "the server answered 500 Internal Server Error"}
    world.later(days=30)
    world.once()
    assert world.asked("/1") == TRIES


def test_a_page_that_comes_back_is_read_and_is_no_failure_any_more(world: World) -> None:
    world.publish(item(1, link=world.link(1)))
    world.site.pages["/1"] = Reply(b"", 429, {"Retry-After": "600"})
    world.once()
    world.site.pages["/1"] = page(1)
    world.later(minutes=5)
    world.once()
    assert world.titles() == []
    world.later(minutes=6)
    world.once()
    assert (world.titles(), world.failures()) == ([title(1)], {})


def test_what_robots_txt_forbids_is_not_fetched(world: World) -> None:
    world.site.pages["/robots.txt"] = b"User-agent: dragoman\nDisallow: /1\n"
    world.publish(item(1, link=world.link(1)), item(2, link=world.link(2)), item(0, whole=True, guid="0"))
    world.once()
    assert world.failures() == {f"{world.feed}, {world.link(1)}": "the site's robots.txt does not allow it"}
    assert world.asked("/1") == 0 and len(world.titles()) == 2


def test_what_is_not_wanted_is_not_fetched_and_counted_once(world: World) -> None:
    world.site.pages["/2"] = page(2, day="2023-01-01")
    world.publish(
        item(1, link="https://elsewhere.example/1"),
        item(2, link=world.link(2)),
        item(3, link=world.link(3)).replace("05 Mar 2024", "05 Mar 2023"),
        item(4, link=world.link(4)),
    )
    wanted = Wanted(hosts=("127.0.0.1",), first=datetime(2024, 1, 1, tzinfo=UTC).date())
    for _ in range(2):
        world.once(wanted=wanted)
    with Record.open(world.path, read_only=True) as record:
        counts = record.left_out()
    assert counts == [(world.feed, "another host", 1), (world.feed, "published before 2024-01-01", 2)]
    assert world.titles() == [title(4)] and world.asked("/3") == 0


def test_a_host_is_asked_no_faster_than_it_should_be(world: World) -> None:
    moments: list[float] = []

    def slow(number: int) -> Callable[[Asked], Reply]:
        def reply(asked: Asked) -> Reply:
            moments.append(time.monotonic())
            return Reply(page(number))

        return reply

    world.site.pages |= {f"/{number}": slow(number) for number in range(3)}
    world.publish(*(item(number, link=world.link(number)) for number in range(3)))
    Watch((world.feed,), world.path, world.heard, delay=0.4).once()
    assert len(moments) == 3
    assert all(later - earlier >= 0.4 for earlier, later in pairwise(moments))


def test_a_watch_that_is_told_to_stop_finishes_what_is_in_hand_and_begins_nothing(world: World) -> None:
    world.publish(*(item(number, link=world.link(number)) for number in range(5)))
    watch = Watch((world.feed,), world.path, world.heard, delay=0, clock=lambda: world.now)

    def stopping(asked: Asked) -> Reply:
        watch.stop.set()
        return Reply(page(1))

    world.site.pages["/1"] = stopping
    watch.run()
    fetched = [path for path in world.site.paths() if path[1:].isdigit()]
    assert fetched[-1] == "/1" and len(world.titles()) == len(fetched)
    world.site.pages["/1"] = page(1)
    world.once()
    assert world.titles() == sorted(title(number) for number in range(5))
    assert sorted(path for path in world.site.paths() if path[1:].isdigit()) == [f"/{number}" for number in range(5)]


def test_a_record_that_another_process_has_open_is_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.errors import RecordError
    from dragoman.record.faults import BUSY

    world.publish(item(0, whole=True, guid="0"))
    watch = Watch((world.feed,), world.path, world.heard, delay=0)
    opened = Record.open
    answers = iter([BUSY, "ok", "the disk is full"])

    def sometimes(path: Path) -> Record:
        answer = next(answers)
        if answer != "ok":
            raise RecordError(answer, source=str(path))
        return opened(path)

    monkeypatch.setattr(watching, "LOCKED", timedelta(seconds=0.05))
    monkeypatch.setattr(watching.Record, "open", sometimes)
    watch.every = timedelta(seconds=0.05)
    with pytest.raises(RecordError, match="the disk is full"):
        watch.run()
    assert len(world.heard.troubles) == 1 and BUSY in world.heard.troubles[0]
    assert [outcome.kind for outcome in world.heard.outcomes] == ["new"]


# -- the command


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)


def test_the_command_reads_once_and_tells_in_both_forms(world: World, dragoman: Command) -> None:
    world.publish(item(0, whole=True, guid="0"), item(3, link=world.link(33)))
    plain = dragoman("watch", world.feed, "--once", "--delay", "0", "--record", world.path)
    assert plain.status == 1
    assert f"{world.feed}: 2 entries, 2 new or changed" in plain.err
    assert f"{world.link(33)}: the server answered 404 Not Found" in plain.err
    assert "1 read (1 new, 0 updated, 0 unchanged), 1 failed" in plain.err
    again = dragoman("watch", world.feed, "--once", "--delay", "0", "--record", world.path)
    assert (again.status, again.err.splitlines()[0]) == (0, f"{world.feed}: unchanged")
    world.publish(item(1, whole=True, guid="1"))
    told = dragoman("watch", world.feed, "--once", "--delay", "0", "--json", "--record", world.path)
    visit, entry = map(json.loads, told.out.splitlines())
    assert (visit["visit"], visit["new"], entry["outcome"]) == (world.feed, 1, "new")


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        (("nowhere.txt",), 1, "neither a web address of a feed nor a file"),
        (("https://a.example/rss", "--every", "soon"), 2, "is not a time such as 15m"),
        (("https://a.example/rss", "--every", "0s"), 2, "is not a time such as 15m"),
        (("https://a.example/rss", "--every", "99d"), 2, "is not a time such as 15m"),
        (("https://a.example/rss", "--language", "de"), 2, "no language that can be read"),
    ],
)
def test_what_a_user_can_get_wrong(arguments: tuple[str, ...], status: int, reason: str, dragoman: Command) -> None:
    done = dragoman("watch", *arguments)
    assert done.status == status
    assert reason in " ".join(done.err.replace("│", " ").split())
    assert not Path("dragoman.duckdb").exists()


@pytest.mark.parametrize("signalled", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly(signalled: signal.Signals, world: World, tmp_path: Path) -> None:
    world.publish(item(0, whole=True, guid="0"))
    process = start("watch", world.feed, "--delay", "0", "--record", world.path, folder=tmp_path)
    _until(lambda: world.asked("/rss") == 1)
    process.send_signal(signalled)
    done = finish(process)
    assert done.status == 0 and "Traceback" not in done.err
    assert "read (" in done.err.splitlines()[-1]
    world.now = datetime.now(UTC)
    world.once()
    assert world.titles() == [title(0)]


def test_killed_at_any_moment_it_loses_nothing_and_reads_nothing_twice(world: World, tmp_path: Path) -> None:
    world.site.pages |= {f"/{number}": page(number) for number in range(9)}
    world.publish(*(item(number, link=world.link(number)) for number in range(9)))
    command = ("watch", world.feed, "--delay", "0", "--every", "1s", "--record", world.path)
    for fetched in (2, 5):
        process = start(*command, folder=tmp_path)
        _until(lambda count=fetched: len(_pages(world)) >= count)
        process.kill()
        finish(process)
    done = finish(start(*command, "--once", folder=tmp_path))
    assert done.status == 0, done.err
    assert world.titles() == sorted(title(number) for number in range(9))
    # a page whose reading the kill cut short is fetched once more for each kill
    assert set(_pages(world)) == {f"/{number}" for number in range(9)} and len(_pages(world)) <= 9 + 2
    assert world.once().outcomes == []


def _pages(world: World) -> list[str]:
    return [path for path in world.site.paths() if path[1:].isdigit()]


def _until(true: Callable[[], bool], *, seconds: float = 50) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
