"""WARC archives, whole and broken."""

from __future__ import annotations

import gzip
import io
import zlib
from datetime import date
from random import Random

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter, zstd_train_dictionary_from_samples

from archives import GERMAN, gz, page, record, response, zst
from dragoman.errors import FormatError
from dragoman.reading.document import Document
from dragoman.reading.sources import MAX_BYTES
from dragoman.reading.warc import documents
from dragoman.reading.warc_walk import Broken, Record, walk

FIVE = [response(page(number), url=f"https://news.example/{number}") for number in range(5)]
PACKINGS = {"plain": lambda parts: b"".join(parts), "gz": lambda parts: gz(*parts), "zst": lambda parts: zst(*parts)}


def read(data: bytes) -> list[Document]:
    return list(documents(io.BytesIO(data), source="a.warc"))


def urls(found: list[Document]) -> list[str | None]:
    return [each.url for each in found if each.failure is None and each.left_out is None]


def wanted(*numbers: int) -> list[str]:
    return [f"https://news.example/{number}" for number in numbers]


@pytest.mark.parametrize("packing", PACKINGS)
def test_each_response_is_a_document_with_an_address_and_a_name_of_its_own(packing: str) -> None:
    data = PACKINGS[packing](FIVE)
    found = read(data)
    assert urls(found) == wanted(0, 1, 2, 3, 4)
    assert [each.data for each in found] == [page(number) for number in range(5)]
    assert len({each.name for each in found}) == 5
    assert found[0].name == "a.warc, record 1 (offset 0)"
    assert {each.content_type for each in found} == {"text/html; charset=utf-8"}
    assert {each.until for each in found} == {date(2024, 3, 6)}


def test_a_file_packed_as_a_whole_is_read_too() -> None:
    found = read(gzip.compress(b"".join(FIVE)))
    assert urls(found) == wanted(0, 1, 2, 3, 4)
    assert len({each.name for each in found}) == 5


def test_frames_with_a_dictionary_are_read() -> None:
    dictionary = zstd_train_dictionary_from_samples([response(page(n)) for n in range(150)], 4096)
    packed = io.BytesIO()
    writer = ZstdWriter(packed, dictionary=dictionary)
    for part in FIVE:
        writer.write(part)
        writer.finish()
    writer.close()
    assert urls(read(packed.getvalue())) == wanted(0, 1, 2, 3, 4)


def test_what_is_no_page_is_left_out_by_what_it_is() -> None:
    found = read(
        gz(
            record(b"software: x\r\n", kind="warcinfo", content_type="application/warc-fields"),
            record(b"GET / HTTP/1.1\r\n\r\n", kind="request", content_type="application/http; msgtype=request"),
            response(b"\x89PNG", content_type="image/png"),
            response(b"{}", content_type="application/json; charset=utf-8"),
            response(b"%PDF", content_type="application/pdf"),
            response(b"gone", status="404 Not Found"),
            response(b"", status="301 Moved Permanently", heads={"Location": "/x"}),
            record(b"", kind="revisit"),
            record(b"1.2.3.4", kind="resource", url="dns:news.example", content_type="text/dns"),
            FIVE[1],
        )
    )
    assert [each.left_out for each in found] == [
        "record of type warcinfo",
        "record of type request",
        "not a page: image/png",
        "not a page: application/json",
        "not a page: application/pdf",
        "HTTP status 404",
        "HTTP status 301",
        "record of type revisit",
        "not a page: text/dns",
        None,
    ]


def test_texts_and_resources_are_documents() -> None:
    found = read(
        record(b"The envoys met.", kind="conversion", content_type="text/plain", url="<https://news.example/7>")
        + record(page(8), kind="resource", content_type="text/html", url="https://news.example/8")
        + response(b"The envoys met.", content_type=None, url="https://news.example/9")
    )
    assert urls(found) == wanted(7, 8, 9)


def _chunked(body: bytes) -> bytes:
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _brotli(body: bytes) -> bytes:
    packed = io.BytesIO()
    writer = BrotliWriter(packed)
    writer.write(body)
    writer.close()
    return packed.getvalue()


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress),
        ({"Content-Encoding": "deflate"}, zlib.compress),
        ({"Content-Encoding": "br"}, _brotli),
        ({"Content-Encoding": "zstd"}, zst),
        ({"Transfer-Encoding": "chunked"}, _chunked),
        ({"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}, lambda body: _chunked(gzip.compress(body))),
        # heads that lie: crawlers keep the head of what they unpacked
        ({"Content-Encoding": "gzip"}, bytes),
        ({"Transfer-Encoding": "chunked"}, bytes),
        ({"Content-Encoding": "x-unheard-of"}, bytes),
    ],
)
def test_codings_of_the_server_are_taken_off_and_lies_about_them_do_no_harm(coding, pack) -> None:
    (found,) = read(response(pack(page(3)), heads=coding))
    assert found.data == page(3)


def test_a_body_that_was_cut_off_gives_its_beginning() -> None:
    body = Random(1).randbytes(50_000).hex().encode()
    (found,) = read(response(gzip.compress(body)[:20_000], heads={"Content-Encoding": "gzip"}))
    assert len(found.data) > 10_000
    assert body.startswith(found.data)


def test_a_page_of_200_mb_is_a_failure_and_is_never_held() -> None:
    class Zeros(io.RawIOBase):
        """A long record and one after it, made as they are read."""

        def __init__(self) -> None:
            length = 200_000_000
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
            self.head = record(answer, url="https://news.example/0", length=length).removesuffix(b"\r\n\r\n")
            self.block_end = self.head.index(b"HTTP/1.1") + length
            self.size = self.block_end + 4 + len(FIVE[1])
            self.at = self.most = 0

        def seek(self, offset: int, whence: int = 0) -> int:
            self.at = offset + (0, self.at, self.size)[whence]
            return self.at

        def tell(self) -> int:
            return self.at

        def read(self, size: int = -1) -> bytes:
            self.most = max(self.most, size)
            end = min(self.size, self.at + size)
            made = b"".join(
                source[max(0, self.at - start) : max(0, end - start)]
                for start, source in ((0, self.head), (self.block_end, b"\r\n\r\n" + FIVE[1]))
            )
            fill = max(0, min(end, self.block_end) - max(self.at, len(self.head)))
            before = max(0, min(len(self.head), end) - self.at)
            self.at = max(self.at, end)
            return made[:before] + b"a" * fill + made[before:]

    huge = Zeros()
    first, second = documents(huge, source="a.warc")  # type: ignore[arg-type]
    assert first.failure is not None and first.failure.reason == "larger than 20 MB"
    assert first.failure.source == "a.warc, record 1 (offset 0)"
    assert first.failure.details == {"url": "https://news.example/0"}
    assert second.data == page(1)
    assert huge.most < 3 * MAX_BYTES


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_file_that_is_cut_off_gives_the_records_before_and_a_failure(packing: str) -> None:
    data = PACKINGS[packing](FIVE)
    starts = [found.offset for found in walk(io.BytesIO(data), source="a", limit=MAX_BYTES)]
    for cut in (*range(starts[3] + 9, len(data) - 30, 97), starts[4] + 3):
        found = list(documents(io.BytesIO(data[:cut]), source="a.warc"))
        whole = 4 if cut > starts[4] else 3
        assert urls(found)[:whole] == wanted(*range(whole)), cut
        assert len(urls(found)) == len(found) - 1 <= 4, cut
        assert found[-1].failure is not None and "nothing after it can be read" in found[-1].failure.reason, cut


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_broken_record_costs_itself_and_none_after_it(packing: str) -> None:
    broken = {
        "no head": FIVE[2].replace(b"WARC/1.0", b"WRAC/1.0"),
        "a head without end": b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"a" * 50_000 + b"\r\n\r\n",
        "too short a length": FIVE[2].replace(b"Content-Length: ", b"Content-Length: 1\r\nX: ", 1),
    }
    for what, part in broken.items():
        found = read(PACKINGS[packing]([*FIVE[:2], part, *FIVE[3:]]))
        assert [url for url in urls(found) if url != wanted(2)[0]] == wanted(0, 1, 3, 4), what
        failures = [each.failure for each in found if each.failure is not None]
        assert all(failure.source.startswith("a.warc, ") for failure in failures), what
        assert ["reading goes on at offset" in failure.reason for failure in failures][-1:] == [True], what
        assert len(failures) == 1 + ("too short" in what), what


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_length_that_swallows_other_records_loses_none_of_them(packing: str) -> None:
    long = FIVE[2].replace(b"Content-Length: ", b"Content-Length: 9", 1)
    for parts in ([*FIVE[:2], long, *FIVE[3:]], [long, *FIVE[3:]]):
        found = read(PACKINGS[packing](parts))
        assert urls(found) == wanted(*range(5))[-len(parts) :]
        assert found[-3].data.startswith(page(2))


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_a_damaged_part_of_the_packing_costs_its_record(packing: str) -> None:
    parts = [PACKINGS[packing]([part]) for part in FIVE]
    scratched = bytearray(parts[2])
    for at in range(60, 120):
        scratched[at] ^= 0x5A
    found = read(b"".join([*parts[:2], bytes(scratched), *parts[3:]]))
    assert urls(found) == wanted(0, 1, 3, 4)
    assert sum(each.failure is not None for each in found) == 1


def test_an_answer_without_a_head_is_a_failure_of_its_own() -> None:
    found = read(gz(FIVE[0], record(b"<html>no head</html>"), record(b"HTTP/1.1 what\r\n\r\n"), FIVE[1]))
    assert urls(found) == wanted(0, 1)
    assert [each.failure.reason for each in found if each.failure] == ["the answer of the server has no HTTP head"] * 2


def test_heads_with_bare_line_feeds_are_read() -> None:
    (found,) = read(record(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page(1)))
    assert found.data == page(1)


def test_a_record_tells_of_its_charset_and_the_page_may_lie() -> None:
    body = GERMAN.encode("cp1252")
    (found,) = read(response(body, content_type="text/html; charset=utf-8"))
    assert (found.data, found.content_type) == (body, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"The envoys met on Monday.", "not a WARC file"),
        (gzip.compress(b"The envoys met.", mtime=0), "not a WARC file"),
        (b"\x28\xb5\x2f\xfd", "not a WARC file"),
        (b"\x1f\x8b\x08\x00", "not a WARC file"),
    ],
)
def test_what_is_no_archive_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        read(data)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_scratched_the_walk_ends_and_keeps_what_is_sound(seed: int) -> None:
    random = Random(seed)
    packing = random.choice(list(PACKINGS))
    parts = [PACKINGS[packing]([part]) for part in FIVE]
    hit = random.randrange(5)
    scratched = bytearray(parts[hit])
    for _ in range(random.choice((1, 3, 40))):
        scratched[random.randrange(len(scratched))] = random.randrange(256)
    data = b"".join([*parts[:hit], bytes(scratched), *parts[hit + 1 :]])
    try:
        found = list(walk(io.BytesIO(data), source="a", limit=MAX_BYTES))
    except FormatError:
        assert hit == 0
        return
    assert all(isinstance(each, Record | Broken) for each in found)
    whole = [each.block for each in found if isinstance(each, Record)]
    sound = [number for number in range(5) if number != hit]
    assert [number for number in sound if not any(page(number) in block for block in whole)] == []
