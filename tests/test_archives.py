"""Archives, tables and feeds through all rooms: read once, filtered, counted, resumed."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from archives import GERMAN, gz, item, jsonl, page, response, rss, text, title, zst
from commands import SOURCE, Command, finish, start
from dragoman.exchange import plover
from dragoman.pipeline import Outcome, Summary, read_many
from dragoman.reading import Columns, Document, Wanted, sources
from dragoman.record import Record
from news_site import a_site

PAGES = 12
# What a crawl of a site holds beside its articles.
CRAWL = [
    response(page(0), url="https://news.example/0"),
    response(b"GET / HTTP/1.1\r\n", kind="request"),
    response(page(1), url="https://www.news.example/1"),
    response(b"\x89PNG", content_type="image/png"),
    response(page(2), url="https://other.example/2"),
    response(page(3, day="2023-01-10"), url="https://news.example/3"),
    response(page(4, lang="de", body=GERMAN), url="https://news.example/4"),
    response(page(5, day=None), url="https://news.example/5"),
    response(b"<html><body><p>Nothing here.</p></body></html>", url="https://news.example/6"),
    response(page(7, lang="de", body=GERMAN).replace(b"utf-8", b"iso-8859-1"), url="https://news.example/7"),
]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "record.duckdb") as record:
        yield record


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gz(*CRAWL))
    return path


def read(record: Record, *arguments: Path | str, **options: object) -> tuple[Summary, list[Outcome]]:
    outcomes: list[Outcome] = []
    found = sources([str(each) for each in arguments], stdin=io.BytesIO())
    summary = read_many(found, record, workers=1, progress=outcomes.append, **options)  # type: ignore[arg-type]
    return summary, outcomes


def addresses(record: Record) -> list[str | None]:
    return sorted((article.url for article in record.articles()), key=str)


def test_an_archive_is_read_and_everything_in_it_is_accounted_for(record: Record, crawl: Path) -> None:
    summary, outcomes = read(record, crawl)
    assert (summary.new, summary.failed, summary.reasons.total()) == (5, 3, 2)
    assert summary.new + summary.failed + summary.reasons.total() == len(CRAWL) == len(outcomes)
    assert {article.published for article in record.articles()} == {date(2024, 3, 5), date(2023, 1, 10), None}
    failures = {failure.source: failure for failure in record.failures()}
    kinds = {name.rpartition(", ")[2].partition(" (")[0]: failure.kind for name, failure in failures.items()}
    assert kinds == {"record 7": "language", "record 9": "no-article", "record 10": "language"}
    assert all(name.startswith(f"{crawl}, record ") and "(offset " in name for name in failures)
    assert record.left_out() == [
        (str(crawl), "not a page: image/png", 1),
        (str(crawl), "record of type request", 1),
    ]


def test_what_is_wanted_is_read_and_the_rest_is_counted_by_reason(record: Record, crawl: Path) -> None:
    wanted = Wanted(hosts=("news.example",), languages=("en",), first=date(2024, 1, 1))
    summary, _ = read(record, crawl, wanted=wanted)
    assert addresses(record) == ["https://news.example/0", "https://www.news.example/1"]
    assert summary.left_out[str(crawl)] == {
        "record of type request": 1,
        "not a page: image/png": 1,
        "another host": 1,
        "language de": 2,
        "published before 2024-01-01": 1,
        "no day of publication is known": 1,
    }
    assert (summary.new, summary.failed) == (2, 1)
    assert {reason: count for _, reason, count in record.left_out()} == summary.left_out[str(crawl)]


def test_counts_are_those_of_the_last_reading(record: Record, crawl: Path) -> None:
    read(record, crawl, wanted=Wanted(hosts=("other.example",)))
    assert dict((reason, count) for _, reason, count in record.left_out())["another host"] == 7
    read(record, crawl)
    assert [reason for _, reason, _ in record.left_out()] == ["not a page: image/png", "record of type request"]


def test_what_was_read_is_not_read_again_until_it_changes_or_is_asked_for(
    record: Record, crawl: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dragoman.pipeline as pipeline

    read_names: list[str] = []
    plain = pipeline.read_source

    def counted(source: Document, **options: object) -> object:
        read_names.append(source.name)
        return plain(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_source", counted)
    first, _ = read(record, crawl)
    assert len(read_names) == 8
    read_names.clear()
    second, outcomes = read(record, crawl)
    assert (second.unchanged, second.reports) == (first.new, first.reports)
    assert len(read_names) == second.failed == 3
    assert {outcome.article for outcome in outcomes if outcome.kind == "unchanged"} == {
        article.id for article in record.articles()
    }
    for options, names in (({"again": True}, 8), ({"outlet": "The Post"}, 8), ({"published": date(2024, 3, 1)}, 8)):
        read_names.clear()
        read(record, crawl, **options)
        assert len(read_names) == names


def test_a_moved_archive_is_known_by_its_content(record: Record, crawl: Path, tmp_path: Path) -> None:
    read(record, crawl)
    (tmp_path / "moved.warc.zst").write_bytes(zst(*reversed(CRAWL)))
    summary, _ = read(record, tmp_path / "moved.warc.zst")
    assert (summary.new, summary.updated, summary.unchanged) == (0, 0, 5)


def test_a_file_that_is_known_under_another_name_is_no_failure_any_more(record: Record, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(1), encoding="utf-8")
    read(record, tmp_path / "a.txt", tmp_path / "b.txt")
    assert [failure.reason for failure in record.failures()] == ["no such file"]
    (tmp_path / "b.txt").write_text(text(1), encoding="utf-8")
    summary, _ = read(record, tmp_path / "b.txt")
    assert (summary.unchanged, list(record.failures())) == (1, [])


def test_rows_say_of_their_articles_what_their_columns_hold(record: Record, tmp_path: Path) -> None:
    rows = [
        {"head": title(n), "body": text(n), "day": f"2024-03-0{n + 1}", "site": "The Post", "no": n, "lang": "en"}
        for n in range(3)
    ]
    rows[1] |= {"day": "soon"}
    (tmp_path / "a.jsonl").write_bytes(jsonl(rows))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    columns = Columns.parse("text=body,title=head,published=day,outlet=site,id=no")
    summary, _ = read(record, tmp_path / "a.jsonl", columns=columns)
    assert (summary.new, summary.failed) == (2, 1)
    article = next(each for each in record.articles() if each.title == title(2))
    assert (article.published, article.published_basis, article.outlet) == (date(2024, 3, 3), "given", "The Post")
    assert [paragraph.role for paragraph in article.paragraphs][:2] == ["headline", "body"]
    again, _ = read(record, tmp_path / "a.parquet", columns=columns)
    assert (again.unchanged, again.failed) == (2, 1)
    assert sorted(failure.source.rpartition("/")[2] for failure in record.failures()) == [
        "a.jsonl, line 2",
        "a.parquet, row 2",
    ]


def test_rows_of_the_same_words_are_apart_where_they_have_a_number_of_their_own(record: Record, tmp_path: Path) -> None:
    rows = [{"text": text(1), "id": number} for number in range(3)]
    (tmp_path / "a.jsonl").write_bytes(jsonl([*rows, rows[0]]))
    summary, _ = read(record, tmp_path / "a.jsonl")
    assert (summary.new, summary.unchanged) == (3, 1)


def test_a_row_of_markup_is_read_as_a_page(record: Record, tmp_path: Path) -> None:
    markup = "".join(f"<p>{part}</p>" for part in text(1).split("\n\n"))
    (tmp_path / "a.jsonl").write_bytes(jsonl([{"title": title(1), "html": markup}]))
    read(record, tmp_path / "a.jsonl")
    (article,) = record.articles()
    assert article.text == f"{title(1)}\n\n{text(1)}"


def test_a_feed_is_read_with_the_pages_it_points_to(record: Record) -> None:
    with a_site() as site:
        site.pages["/1"] = page(1)
        site.pages["/rss"] = rss(
            item(0, whole=True, guid="0"), item(1, link=f"{site.address}/1"), item(2, link=f"{site.address}/2")
        )
        summary, _ = read(record, f"{site.address}/rss")
        assert (summary.new, summary.failed) == (2, 1)
        bases = {article.title: article.published_basis for article in record.articles()}
        assert bases == {title(0): "feed", title(1): "page"}
        assert "/robots.txt" in site.paths()


def test_a_fault_of_a_source_costs_that_source(record: Record, crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl.gz").write_bytes(gz(jsonl([{"text": text(8)}, {"text": text(9)}]))[:-40])
    summary, outcomes = read(record, tmp_path / "none.warc.gz", tmp_path / "cut.jsonl.gz", crawl)
    assert summary.new == 5 + sum(o.kind == "new" and "cut.jsonl" in o.source for o in outcomes)
    reasons = {failure.source: failure.reason for failure in record.failures()}
    assert reasons[str(tmp_path / "none.warc.gz")] == "no such file"
    assert any("cut.jsonl.gz" in name and "cut off" in reason for name, reason in reasons.items())


def test_workers_change_neither_the_record_nor_the_order_of_what_is_told(crawl: Path, tmp_path: Path) -> None:
    told, exports = [], []
    for workers in (1, 2):
        outcomes: list[Outcome] = []
        with Record.open(tmp_path / f"{workers}.duckdb") as record:
            found = sources([str(crawl)], stdin=io.BytesIO())
            read_many(found, record, workers=workers, progress=outcomes.append, wanted=Wanted(languages=("en",)))
            plover.export(record, tmp_path / f"out{workers}")
            told.append([(each.source, each.kind, each.reason, each.failure) for each in outcomes])
        exports.append({path.name: path.read_bytes() for path in (tmp_path / f"out{workers}").iterdir()})
    assert told[0] == told[1]
    assert exports[0] == exports[1] and all(exports[0].values())


def test_a_reading_that_is_killed_is_taken_up_and_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    # what was read before a page without an article is in the record when that is told of
    empty = response(b"<html><body><p>Nothing here.</p></body></html>")
    pages = [response(page(number), url=f"https://news.example/{number}") for number in range(PAGES)]
    parts = [*pages[:3], empty, *pages[3:6], empty, *pages[6:]]
    (tmp_path / "a.warc.gz").write_bytes(gz(*parts))
    with Record.open(tmp_path / "whole.duckdb") as record:
        read(record, tmp_path / "a.warc.gz")
        plover.export(record, tmp_path / "whole")
    command = ("read", "a.warc.gz", "--record", "r.duckdb", "--workers", "1")
    for broken in ("record 4 ", "record 8 "):
        process = start(*command, folder=tmp_path)
        assert process.stderr is not None
        assert any(broken in line for line in process.stderr)
        process.send_signal(signal.SIGKILL)
        assert finish(process).status == -signal.SIGKILL
    done = finish(start(*command, folder=tmp_path))
    known = int(done.err.partition(" updated, ")[2].partition(" unchanged")[0])
    assert f"{PAGES} read (" in done.err and 6 <= known <= PAGES, done.err
    with Record.open(tmp_path / "r.duckdb") as record:
        plover.export(record, tmp_path / "taken")
    for path in (tmp_path / "whole").iterdir():
        assert (tmp_path / "taken" / path.name).read_bytes() == path.read_bytes()


def test_the_command_filters_counts_and_tells_in_both_forms(dragoman: Command, crawl: Path) -> None:
    arguments = (
        "read",
        crawl.name,
        "--host",
        "https://News.Example/x",
        "--language",
        "en",
        "--from",
        "2024",
        "--workers",
        "1",
    )
    plain = dragoman(*arguments)
    assert plain.status == 1
    assert "2 read (2 new, 0 updated, 0 unchanged), 1 failed (dragoman failures), 7 left out (" in plain.err
    assert "2 language de" in plain.err and "1 another host" in plain.err
    told = dragoman(*arguments, "--json")
    summary = json.loads(told.err.splitlines()[-1])
    assert (summary["read"], summary["unchanged"], summary["failed"]) == (2, 2, 1)
    assert summary["left_out"][crawl.name]["language de"] == 2
    assert len(json.loads(told.out)) > 0
    listed = json.loads(dragoman("failures", "--left-out", "--json").out)
    assert {"source": crawl.name, "reason": "another host", "documents": 1} in listed
    assert "another host" in dragoman("failures", "--left-out").out
    assert "Nothing was left out." in dragoman("read", crawl.name).err or dragoman("failures", "--left-out").status == 0


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--columns", "words=body"), "nothing a column can hold"),
        (("--columns", "text"), "not of the form"),
        (("--host", "a b"), "is not a host"),
        (("--language", "fr"), "no language that can be read"),
        (("--from", "2024-05", "--to", "2024-04"), "nothing could lie between"),
        (("--from", "May"), "not a day"),
        (("--format", "pdf"), "pdf"),
    ],
)
def test_options_that_nothing_could_meet_are_refused(options: tuple[str, ...], reason: str, dragoman: Command) -> None:
    done = dragoman("read", "a.jsonl", *options)
    assert done.status == 2
    assert reason in " ".join(done.err.replace("│", " ").split())


def test_a_failure_of_a_row_names_it_on_the_standard_error(dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl([{"text": text(1)}, {"title": "no text"}]))
    done = dragoman("read", "a.jsonl")
    assert done.status == 1
    assert "dragoman: a.jsonl, line 2: no column holds the text; say which with --columns text=NAME" in done.err


def test_a_package_that_is_missing_is_named_with_its_extra(
    dragoman: Command, crawl: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    done = dragoman("read", crawl.name)
    assert done.status == 1
    assert "needs the package fastwarc" in done.err and "dragoman[sources]" in done.err


def test_memory_of_an_archive_is_that_of_its_documents_in_hand(tmp_path: Path) -> None:
    """A record of 15 MB after another, 600 MB in all, never takes the half of it."""
    line = jsonl([{"title": "no text", "x": "a" * 15_000_000}])
    with (tmp_path / "a.jsonl").open("wb") as file:
        for _ in range(40):
            file.write(line)
    code = (
        "import resource, sys; from io import BytesIO; from dragoman.reading import Opener, sources\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "count = sum(1 for s in sources(['a.jsonl'], stdin=BytesIO()) for _ in Opener().documents(s))\n"
        "print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    count, grown = map(int, done.stdout.split())
    assert count == 40 and grown < 150
