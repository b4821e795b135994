"""What a user can do wrong: a message that names the source and why, a failure kept, the rest of the batch read."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import Command, finish, start
from dragoman.record import Record

GOOD = "Ministers meet\n\nThe foreign minister of Norway visited Chile on 3 May 2021 and met President Ana Rojas."
GERMAN_PAGE = "<article><h1>Reise nach Chile</h1><p>{}</p></article>"
PAGE = "<!doctype html><html lang='{lang}'><head><title>{title}</title></head><body>{body}</body></html>"
GERMAN = (
    "Die Außenministerin von Norwegen ist am Montag nach Santiago gereist, um mit ihrem chilenischen Kollegen über "
    "die Fischerei zu sprechen. Beide Seiten haben nach dem Treffen erklärt, dass sie ihre Zusammenarbeit vertiefen "
    "wollen und dass im Herbst ein weiteres Gespräch in Oslo folgen soll."
)

Made = Callable[[Path], None]


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)


def written(data: bytes) -> Made:
    return lambda path: path.write_bytes(data) and None


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


BAD: dict[str, tuple[str, Made, str, str]] = {
    "empty": ("a.txt", written(b""), "format", "empty"),
    "white space only": ("a.txt", written(b" \n\t\n" * 50), "format|no-article", "empty|no words"),
    "binary": ("a.txt", written(bytes(range(256)) * 40), "format", "binary"),
    "a picture named as text": ("a.txt", written(b"\x89PNG\r\n\x1a\n" + bytes(2000)), "format", "PNG"),
    "50 MB": ("a.txt", large, "source|format", "larger than"),
    "no article on the page": (
        "a.html",
        written(PAGE.format(lang="en", title="Index", body="<nav><a href='/'>Home</a></nav>").encode()),
        "no-article",
        "no article",
    ),
    "tags without text": ("a.html", written(b"<div>" * 200_000), "no-article|format", "no article|tags|nested"),
    "not English": ("a.txt", written(GERMAN.encode()), "language", "German"),
    "not English, a page": (
        "a.html",
        written(PAGE.format(lang="de", title="Reise", body=GERMAN_PAGE.format(GERMAN)).encode()),
        "language",
        "German",
    ),
    "a feed": ("a.xhtml", written(b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>"), "format", "feed"),
    "missing": ("a.txt", lambda path: None, "source", "no such file"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_source_is_named_kept_and_does_not_stop_the_rest(case: str, dragoman: Command, tmp_path: Path) -> None:
    name, make, kinds, reasons = BAD[case]
    make(tmp_path / name)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = dragoman("read", name, "good.txt")
    assert done.status == 1
    assert "Traceback" not in done.err
    line = next(line for line in done.err.splitlines() if name in line)
    assert any(reason in line for reason in reasons.split("|"))
    with Record.open(tmp_path / "dragoman.duckdb", read_only=True) as record:
        assert [article.title for article in record.articles()] == ["Ministers meet"]
        (failure,) = record.failures()
    assert (failure.source, failure.kind in kinds.split("|")) == (name, True)


def test_a_million_nested_tags_are_no_trouble(dragoman: Command, tmp_path: Path) -> None:
    deep = "<div>" * 1_000_000 + f"<p>{GOOD}</p>"
    (tmp_path / "deep.html").write_text(PAGE.format(lang="en", title="Deep", body=deep), encoding="utf-8")
    begun = time.monotonic()
    done = dragoman("read", "deep.html")
    assert time.monotonic() - begun < 30
    assert done.status in (0, 1)
    assert "Traceback" not in done.err
    assert "internal" not in dragoman("failures").out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac-roman"])
def test_other_encodings_are_read(encoding: str, dragoman: Command, tmp_path: Path) -> None:
    text = GOOD.replace("Ana Rojas", "Ana Peña") + " “We agree,” she said – at last."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert dragoman("read", "a.txt").status == 0
    with Record.open(tmp_path / "dragoman.duckdb", read_only=True) as record:
        (article,) = record.articles()
    assert "visited Chile on 3 May 2021" in article.text
    assert "\x00" not in article.text


def test_mixed_encodings_lose_no_more_than_the_wrong_bytes(dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD.encode() + " The café".encode() + " closed in Peña.".encode("cp1252"))
    assert dragoman("read", "a.txt").status == 0
    with Record.open(tmp_path / "dragoman.duckdb", read_only=True) as record:
        (article,) = record.articles()
    assert "visited Chile on 3 May 2021" in article.text


def test_an_address_that_nobody_answers(dragoman: Command) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}/report.html"
    done = dragoman("read", url)
    assert done.status == 1
    assert done.err.startswith(f"dragoman: {url}: ")
    assert url in dragoman("failures").out


@pytest.mark.parametrize("url", ["gopher://127.0.0.1/a.txt", "http://", "https://[bad/", "file:///no/such/file"])
def test_an_address_that_is_none(url: str, dragoman: Command) -> None:
    done = dragoman("read", url)
    assert done.status == 1
    assert url in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("data", [b"", b"not a database", b"\x00" * 5000, b"12345678DUCK" + bytes(9000)])
def test_a_damaged_record_is_said_to_be_one_and_left_as_it_is(data: bytes, dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.duckdb").write_bytes(data)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    for arguments in (("read", "good.txt"), ("events",), ("show",), ("failures",), ("export", "out", "--to", "plover")):
        done = dragoman(*arguments, "--record", "bad.duckdb")
        assert done.status == 1
        assert done.err.startswith("dragoman: bad.duckdb: ")
    assert (tmp_path / "bad.duckdb").read_bytes() == data


def test_a_record_that_is_not_there_is_not_made_by_asking(dragoman: Command, tmp_path: Path) -> None:
    done = dragoman("events", "--record", "none.duckdb")
    assert (done.status, done.err) == (1, "dragoman: none.duckdb: there is no record there\n")
    assert not (tmp_path / "none.duckdb").exists()


def test_two_processes_do_not_write_one_record(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    with Record.open(tmp_path / "dragoman.duckdb"):
        done = finish(start("read", "good.txt", folder=tmp_path))
    assert done.status == 1
    assert "dragoman.duckdb" in done.err
    assert "another process" in done.err
    with Record.open(tmp_path / "dragoman.duckdb") as record:
        assert list(record.articles()) == []


def test_a_place_that_cannot_be_written(dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = dragoman("read", "good.txt", "--record", "nowhere/record.duckdb")
    assert done.status == 1
    assert "nowhere" in done.err
    assert dragoman("read", "missing.txt").status == 1
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = dragoman("export", "--to", "plover", "file")
    assert done.status == 1
    assert "dragoman: file: cannot be written" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_the_output(tmp_path: Path) -> None:
    with Record.open(tmp_path / "dragoman.duckdb"):
        pass
    with Path("/dev/full").open("w") as full:
        process = start("events", "--csv", folder=tmp_path, stdout=full)
        done = finish(process)
    assert done.status == 1
    assert done.err == "dragoman: No space left on device\n"


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    with Record.open(tmp_path / "dragoman.duckdb"):
        pass
    with start("events", "--json", folder=tmp_path) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 0


def test_ctrl_c_ends_without_a_traceback(tmp_path: Path) -> None:
    process = start("read", "-", folder=tmp_path, stdin=-1)
    while not (tmp_path / "dragoman.duckdb").exists():
        time.sleep(0.02)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    done = finish(process)
    assert done.status == 130
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("read",), "Missing argument"),
        (("read", "a.txt", "--published", "2 October 2020"), "YYYY-MM-DD"),
        (("read", "a.txt", "--published", "2020-02-30"), "YYYY-MM-DD"),
        (("read", "a.txt", "--workers", "0"), "--workers"),
        (("read", "a.txt", "--format", "pdf"), "--format"),
        (("read", "a.txt", "--json", "--csv"), "one of --json and --csv"),
        (("events", "--from", "2006-13"), "YYYY-MM"),
        (("events", "--from", "2006", "--to", "2005"), "2005-12-31"),
        (("events", "--status", "done"), "happened"),
        (("events", "--event", "PARTY"), "CONSULT"),
        (("events", "--between", "USA", "Atlantis"), "Atlantis"),
        (("export", "out", "--to", "xls"), "plover"),
        (("evaluate", "taste", "a.txt"), "parse"),
        (("sing",), "sing"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what_is_right(
    arguments: tuple[str, ...], words: str, dragoman: Command
) -> None:
    done = dragoman(*arguments)
    assert done.status == 2
    assert words in " ".join(done.err.replace("│", " ").split())
