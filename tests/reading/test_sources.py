"""Files, folders, patterns, addresses and standard input."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from dragoman.errors import SourceError
from dragoman.reading import MAX_BYTES, Source, is_text, sources
from dragoman.reading.fetch import fetch


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/page")
            self.end_headers()
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif self.path == "/slow":
            self.server.released.wait(5)  # type: ignore[attr-defined]
        elif self.path in ("/page", "/large"):
            body = b"<p>caf\xe9</p>" if self.path == "/page" else b"a" * 5000
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=iso-8859-1")
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404, "Not Found")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.released = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.released.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


def named(*arguments: str) -> list[Source]:
    return list(sources(arguments, stdin=BytesIO(b"from a pipe")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "deep/c.htm", "photo.jpg", ".hidden.txt", "deep/.git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


def test_a_folder_is_walked_in_order_and_says_what_it_skips(folder: Path) -> None:
    found = named(str(folder))
    assert [Path(source.name).name for source in found] == ["a.html", "b.txt", "photo.jpg", "c.htm"]
    assert [bool(source.skipped) for source in found] == [False, False, True, False]
    assert found[3].read() == b"deep/c.htm"
    with pytest.raises(SourceError, match=r"photo\.jpg: skipped"):
        found[2].read()


def test_patterns_are_sorted_and_a_source_comes_once(folder: Path) -> None:
    found = named(str(folder / "**" / "*.htm*"), str(folder / "a.html"))
    assert [Path(source.name).name for source in found] == ["a.html", "c.htm"]


def test_standard_input_is_a_source() -> None:
    assert [source.read() for source in named("-")] == [b"from a pipe"]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    for argument, reason in [
        (str(tmp_path / "none.txt"), "no such file"),
        (str(tmp_path / "*.pdf"), "no file matches"),
        (str(large), "larger than 20 MB"),
        ("gopher://harbour.example/a", "gopher:// cannot be read"),
        ("http://", "address"),
        ("http://[", "address"),
        ("a\x00b", "null"),
        ("x" * 5000, "."),
    ]:
        with pytest.raises(SourceError, match=reason) as caught:
            named(argument)[0].read()
        assert str(caught.value).startswith(argument)


def test_sentences_are_told_from_names(folder: Path) -> None:
    assert is_text("Norway accused Iceland.")
    assert not any(map(is_text, ["report.txt", "https://harbour.example/a b", str(folder), "-"]))


def test_an_address_is_read_with_its_content_type(site: str) -> None:
    source = named(f"{site}/moved")[0]
    assert (source.read(), source.content_type) == (b"<p>caf\xe9</p>", "text/html; charset=iso-8859-1")
    assert source.url == f"{site}/moved"


def test_an_address_that_fails_says_why(site: str) -> None:
    with pytest.raises(SourceError, match="404"):
        named(f"{site}/none")[0].read()
    with pytest.raises(SourceError, match="redirect"):
        named(f"{site}/loop")[0].read()
    with pytest.raises(SourceError, match="larger"):
        fetch(f"{site}/large", limit=1000)
    with pytest.raises(SourceError, match="no answer within"):
        fetch(f"{site}/slow", limit=1000, timeout=0.2)
    with pytest.raises(SourceError, match="cannot be reached"):
        fetch("http://127.0.0.1:1/", limit=1000, timeout=2)
