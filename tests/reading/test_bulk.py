"""Sources that hold many documents: what each kind of file, folder and store is taken for, packed or not."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from archives import gz, item, jsonl, page, response, rss, text, title, zst
from dragoman.reading import Columns, Document, Opener, sources
from dragoman.reading.kinds import kind_of, page_suffix
from dragoman.reading.polite import Visitor
from news_site import Site, a_site

ROWS = [{"headline": title(number), "body": text(number)} for number in range(3)]
TEXTS = [text(number) for number in range(3)]


def table() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), file)
    return file.getvalue()


FILES = {
    "a.warc": b"".join(response(page(number)) for number in range(3)),
    "a.jsonl": jsonl(ROWS),
    "a.parquet": table(),
    "a.rss": rss(*(item(number, whole=True, guid=str(number)) for number in range(3))),
    "a.txt": text(0).encode(),
}
PACKED = {"": bytes, ".gz": gz, ".zst": zst}


def read(*arguments: str | Path, stdin: bytes = b"", opener: Opener | None = None) -> list[Document]:
    """The documents of what the arguments name, with the words of the articles alone as their bytes."""
    opener = opener or Opener(visitor=Visitor(delay=0))
    found = sources([str(each) for each in arguments], stdin=io.BytesIO(stdin))
    return [each for source in found if not source.skipped for each in opener.documents(source)]


def numbers(found: list[Document]) -> list[int]:
    """The numbers of the articles in the documents, in their order."""
    return [n for each in found for n in range(3) if f"statement {n}." in each.data.decode("utf-8", "replace")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        for suffix, pack in PACKED.items():
            (tmp_path / f"{name}{suffix}").write_bytes(pack(data))
    return tmp_path


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("suffix", PACKED)
def test_each_kind_of_file_is_known_by_its_name_packed_or_not(name: str, suffix: str, folder: Path) -> None:
    found = read(folder / f"{name}{suffix}")
    assert [each.failure for each in found] == [None] * len(found)
    assert numbers(found) == ([0] if name == "a.txt" else [0, 1, 2])
    assert {each.source for each in found} == {str(folder / f"{name}{suffix}")}


def test_a_folder_is_read_whole_in_a_stable_order(folder: Path) -> None:
    (folder / "photo.jpg.gz").write_bytes(b"")
    (folder / "deep").mkdir()
    (folder / "deep" / "z.jsonl").write_bytes(FILES["a.jsonl"])
    (folder / ".hidden.jsonl").write_bytes(FILES["a.jsonl"])
    names = [Path(source.name).name for source in sources([str(folder)], stdin=io.BytesIO()) if not source.skipped]
    assert names == [*sorted(f"{name}{suffix}" for name in FILES for suffix in PACKED), "z.jsonl"]
    one, other = read(folder), read(folder)
    assert [each.name for each in one] == [each.name for each in other]
    assert len(numbers(one)) == 3 * (3 * 4 + 1) + 3


def test_what_a_name_says() -> None:
    assert kind_of("CC-NEWS-20240305-00012.warc.gz") == "warc"
    assert kind_of("CC-MAIN-20240305-00012.warc.wet.gz") == "warc"
    assert [kind_of(f"a{suffix}") for suffix in (".NDJSON", ".pq.zst", ".atom", ".HTML", ".jpg", "", ".gz")] == [
        "jsonl", "parquet", "feed", "page", None, None, None,
    ]  # fmt: skip
    feeds = ("/rss", "/feeds/world.xml", "/?feed=rss2", "/atom/", "/news.rdf")
    assert {kind_of(f"https://news.example{path}") for path in feeds} == {"feed"}
    assert {kind_of(f"https://news.example{path}") for path in ("", "/", "/2024/a", "/feedback", "/press")} == {None}
    assert kind_of("https://news.example/a.warc.gz?x=1") == "warc"
    assert [page_suffix(name) for name in ("a.HTM.gz", "a.txt", "a.jsonl, line 3", "a.jpg")] == [".htm", ".txt", "", ""]


@pytest.mark.parametrize("name", FILES)
def test_a_packed_file_that_is_cut_off_says_so(name: str, tmp_path: Path) -> None:
    for suffix in (".gz", ".zst"):
        whole = PACKED[suffix](FILES[name])
        (tmp_path / f"{name}{suffix}").write_bytes(whole[: len(whole) * 2 // 3])
        found = read(tmp_path / f"{name}{suffix}")
        failures = [each.failure for each in found if each.failure is not None]
        assert len(failures) == 1, (name, suffix)
        assert failures[0].source.startswith(str(tmp_path / f"{name}{suffix}"))
        assert "cut off" in failures[0].reason or "damaged" in failures[0].reason


def test_a_packed_page_that_grows_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(bytes(30_000_000)))
    (found,) = read(tmp_path / "bomb.txt.gz")
    assert found.failure is not None and found.failure.reason == "larger than 20 MB unpacked"


def test_the_user_says_what_the_name_does_not(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / "data.bin").write_bytes(FILES[name])
        kind = {"a.rss": "feed", "a.txt": "text"}.get(name, name[2:])
        opener = Opener(format=kind, visitor=Visitor(delay=0))  # type: ignore[arg-type]
        assert numbers(read(tmp_path / "data.bin", opener=opener)) == ([0] if name == "a.txt" else [0, 1, 2])


@pytest.mark.parametrize("name", ["a.warc", "a.jsonl", "a.parquet", "a.txt"])
def test_the_standard_input_can_be_each_kind(name: str) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    (source,) = sources(["-"], stdin=Pipe(FILES[name]))
    found = list(Opener(format=name[2:] if name != "a.txt" else "auto").documents(source))  # type: ignore[arg-type]
    assert numbers(found) == ([0] if name == "a.txt" else [0, 1, 2])
    assert all(each.name.startswith("standard input") for each in found)


def test_a_table_that_is_mapped_wrongly_is_one_failure_of_its_file(folder: Path) -> None:
    (found,) = read(folder / "a.parquet", opener=Opener(columns=Columns.parse("text=story")))
    assert found.failure is not None
    assert (found.failure.source, found.failure.kind) == (str(folder / "a.parquet"), "format")
    assert "no column 'story'" in found.failure.reason


@pytest.fixture
def store(folder: Path) -> Iterator[str]:
    """The files of the folder in a store in memory."""
    memory = fsspec.filesystem("memory")
    for path in folder.iterdir():
        memory.pipe(f"/bucket/news/{path.name}", path.read_bytes())
    memory.pipe("/bucket/news/.hidden/a.jsonl", FILES["a.jsonl"])
    memory.pipe("/bucket/news/photo.jpg", b"")
    yield "memory://bucket/news"
    memory.rm("/bucket", recursive=True)


def test_a_store_is_read_as_a_folder_is(store: str, folder: Path) -> None:
    mine, theirs = read(folder), read(store)
    assert [each.name.rpartition("/")[2] for each in theirs] == [each.name.rpartition("/")[2] for each in mine]
    assert [each.data for each in theirs] == [each.data for each in mine]
    assert all(each.name.startswith("memory://") for each in theirs)
    assert numbers(read(f"file://{folder}")) == numbers(mine)


def test_objects_and_patterns_of_a_store(store: str) -> None:
    assert numbers(read(f"{store}/a.warc.gz")) == [0, 1, 2]
    assert [each.name for each in read(f"{store}/*.txt*")] == [f"memory:///bucket/news/a.txt{s}" for s in PACKED]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("memory://bucket/none.jsonl", "no such file"),
        ("memory://bucket/*.jsonl", "nothing there matches"),
        ("nonsense://bucket/a.jsonl", "nonsense:// cannot be read"),
        ("file:///none/a.parquet", "no such file"),
    ],
)
def test_a_store_that_cannot_be_read_says_why(address: str, reason: str) -> None:
    (found,) = read(address)
    assert found.failure is not None
    assert reason in found.failure.reason and found.failure.source == address


def test_a_store_whose_package_is_missing_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "s3fs", None)
    (found,) = read("s3://bucket/a.jsonl")
    assert found.failure is not None and "pip install s3fs" in found.failure.reason


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as site:
        site.pages |= {f"/{name}.gz": gz(data) for name, data in FILES.items()}
        yield site


def test_archives_and_tables_of_the_web_are_read(site: Site) -> None:
    for name in ("a.warc", "a.jsonl", "a.parquet"):
        assert numbers(read(f"{site.address}/{name}.gz")) == [0, 1, 2]
    (found,) = read(f"{site.address}/none.warc.gz")
    assert found.failure is not None and "404" in found.failure.reason


def test_an_address_that_sounds_like_a_feed_is_looked_at(site: Site) -> None:
    site.pages |= {"/feed": FILES["a.rss"], "/2024/feed": page(1)}
    assert numbers(read(f"{site.address}/feed")) == [0, 1, 2]
    assert numbers(read(f"{site.address}/2024/feed")) == [1]
    (found,) = read(f"{site.address}/2024/feed", opener=Opener(format="feed"))
    assert found.failure is not None and "no feed" in found.failure.reason
