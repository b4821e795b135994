"""JSON Lines and Parquet: which column holds what, and rows that hold nothing to read."""

from __future__ import annotations

import io
import json
import string
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import jsonl, text, title
from dragoman.errors import FormatError
from dragoman.reading import jsonl as lines
from dragoman.reading import parquet
from dragoman.reading.columns import USUAL, Columns
from dragoman.reading.document import Document
from dragoman.reading.rows import HOPELESS, day_of

NAMES = st.text(string.ascii_letters + "_ é", min_size=1, max_size=12).map(str.strip).filter(bool)
VALUES = st.text("abc é", min_size=1, max_size=20).map(lambda value: " ".join(value.split())).filter(bool)
MAPPED = Columns({"text": "story.body", "title": "head", "outlet": "site"})


def read(data: bytes, columns: str = "") -> list[Document]:
    mapping = Columns.parse(columns) if columns else Columns()
    return list(lines.documents(io.BytesIO(data), source="a.jsonl", columns=mapping))


def table(rows: list[dict[str, Any]], columns: str = "", **options: Any) -> list[Document]:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), file, **options)
    mapping = Columns.parse(columns) if columns else Columns()
    return list(parquet.documents(file, source="a.parquet", columns=mapping))


def reasons(found: list[Document]) -> list[tuple[str, str]]:
    return [(each.name, each.failure.reason) for each in found if each.failure is not None]


# -- columns


@given(st.dictionaries(st.sampled_from(sorted(USUAL)), NAMES, min_size=1))
def test_a_mapping_is_what_it_says(named: dict[str, str]) -> None:
    assert Columns.parse(str(Columns(named))).named == named


@given(st.permutations(sorted(USUAL)), st.lists(NAMES, unique=True, min_size=8, max_size=8), st.data())
def test_a_mapped_row_gives_back_what_was_put_in(wanted: list[str], names: list[str], data: st.DataObject) -> None:
    row = {name: data.draw(VALUES) for name in names}
    columns = Columns(dict(zip(wanted, names, strict=True)))
    assert columns.values(row) == {each: row[name] for each, name in zip(wanted, names, strict=True)}
    assert list(columns.missing(names)) == []


@given(st.dictionaries(NAMES, VALUES, max_size=6), st.permutations([0, 1, 2, 3, 4, 5]))
def test_the_order_of_columns_does_not_matter(row: dict[str, str], order: list[int]) -> None:
    keys = list(row)
    turned = {keys[at]: row[keys[at]] for at in order if at < len(keys)}
    assert Columns().values({"body": "x", **row}) == Columns().values({**turned, "body": "x"})


@given(st.dictionaries(st.text(max_size=8), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
), max_size=6))  # fmt: skip
def test_any_object_is_a_document_or_says_why_not(row: dict[str, Any]) -> None:
    for name in ("text", "published", "url", "title"):
        for mapped in ("", f"{name}=x"):
            (found, *more) = read(jsonl([{"text": "Norway met Chile.", **row}]), mapped)
            assert (found.failure is None) == bool(found.data)
            assert all(each.failure is not None and "mapped to" in each.failure.reason for each in more)


def test_usual_names_are_found_whatever_their_case_and_the_likeliest_first() -> None:
    row = {"Date": "2024-03-05", "TEXT": "a", "body": "b", "Author": "c", "link": "d"}
    assert Columns().values(row) == {"text": "a", "published": "2024-03-05", "byline": "c", "url": "d"}
    assert Columns({"text": "body"}).values(row)["text"] == "b"


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("text", "is not of the form"),
        ("text=", "is not of the form"),
        ("=body", "is not of the form"),
        ("words=body", "nothing a column can hold; there are: text, title"),
        ("text=a,text=b", "given twice"),
        ("text=a,", "is not of the form"),
    ],
)
def test_a_mapping_out_of_form_says_what_would_be_in_form(mapping: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Columns.parse(mapping)


# -- days


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("2024-03-05T23:30:00-08:00", date(2024, 3, 5)),
        ("2024-03-05 10:00:00", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("20240305T101500Z", date(2024, 3, 5)),
        ("20240305101500", date(2024, 3, 5)),
        (20240305, date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 10:14:00 GMT", date(2024, 3, 5)),
        ("March 5, 2024", date(2024, 3, 5)),
        (1709600000, date(2024, 3, 5)),
        (1709600000.5, date(2024, 3, 5)),
        ("1709600000", date(2024, 3, 5)),
        (1709600000000, date(2024, 3, 5)),
        (1709600000000000, date(2024, 3, 5)),
        (date(2024, 3, 5), date(2024, 3, 5)),
        (datetime(2024, 3, 5, 23, tzinfo=UTC), date(2024, 3, 5)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_day_is_read_as_it_is_written(value: object, day: date | None) -> None:
    assert day_of(value) == day


@pytest.mark.parametrize("value", ["yesterday", "2024-13-45", "2024", "05/03", True, -5, float("nan"), 10**30, [1], {}])
def test_what_is_no_day_is_not_guessed_at(value: object) -> None:
    with pytest.raises(ValueError, match="is not a day of publication"):
        day_of(value)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.timedeltas(timedelta(0), timedelta(hours=23, minutes=59)))
def test_each_way_of_writing_a_moment_gives_its_day(day: date, clock: timedelta) -> None:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + clock
    ways = [moment.isoformat(), moment.strftime("%Y%m%d%H%M%S"), moment.strftime("%a, %d %b %Y %H:%M:%S +0000")]
    ways += [day.isoformat(), day.strftime("%Y%m%d")]
    assert {day_of(each) for each in (*ways, int(day.strftime("%Y%m%d")), moment)} == {day}
    # the first months after 1970 cannot be told from days without hyphens
    assert {day_of(int(moment.timestamp())), day_of(moment.timestamp() * 1000)} == {day}


# -- rows


def test_a_row_says_of_its_document_what_its_columns_hold() -> None:
    row = {
        "headline": title(1),
        "body": text(1),
        "day": "2024-03-05T10:00:00Z",
        "link": "https://news.example/1",
        "site": "The Post",
        "authors": ["A. Smith", "B. Jones"],
        "lang": "en-GB",
        "uuid": 17,
    }
    (found,) = read(jsonl([row]), "published=day")
    assert (found.name, found.source, found.data.decode()) == ("a.jsonl, line 1", "a.jsonl", text(1))
    assert (found.url, found.own_id) == ("https://news.example/1", "17")
    said = found.said
    assert (said.title, said.outlet, said.byline) == (title(1), "The Post", "A. Smith, B. Jones")
    assert (said.published, said.language, said.basis) == (date(2024, 3, 5), "en", "given")


def test_nested_objects_and_lists_of_paragraphs_are_texts() -> None:
    rows = [
        {"story": {"body": ["One.", "", "Two."]}, "head": "h", "site": "s"},
        {"story": {"body": [{"role": "body", "text": "One."}, {"text": "Two."}]}, "head": "h", "site": "s"},
    ]
    found = list(lines.documents(io.BytesIO(jsonl(rows)), source="a", columns=MAPPED))
    assert [each.data for each in found] == [b"One.\n\nTwo."] * 2


def test_the_articles_of_an_export_can_be_read() -> None:
    row = {"id": "a1", "publication": "The Post", "paragraphs": [{"role": "body", "text": "Norway met Chile."}]}
    (found,) = read(jsonl([row]))
    assert (found.data, found.said.outlet, found.own_id) == (b"Norway met Chile.", "The Post", "a1")


def test_a_line_that_is_no_document_says_why_and_costs_only_itself() -> None:
    data = b"".join(
        [
            b'\xef\xbb\xbf{"text": "one"}\n',
            b'{"text": "two"\n',
            b"\n",
            b'["text"]\n',
            b'{"title": "no text"}\n',
            b'{"text": "six", "date": "yesterday", "url": "https://news.example/6"}\n',
            b'{"text": "caf\xe9 seven"}\r\n',
            b"\xff\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\n",
            b'{"text": "nine"}',
        ]
    )
    found = read(data)
    assert [each.data.decode() for each in found if each.data] == ["one", "café seven", "nine"]
    assert [(name, reason[:30]) for name, reason in reasons(found)] == [
        ("a.jsonl, line 2", "not JSON: Expecting ',' delimi"),
        ("a.jsonl, line 4", "a JSON list, not an object"),
        ("a.jsonl, line 5", "no column holds the text; say "),
        ("a.jsonl, line 6", "'yesterday' is not a day of pu"),
        ("a.jsonl, line 8", "this is binary data, not text "),
    ]
    assert found[4].failure is not None and found[4].failure.details == {"url": "https://news.example/6"}


def test_a_line_nested_without_end_is_a_failure() -> None:
    found = read(b'{"text": ' + b"[" * 100_000 + b"\n" + jsonl([{"text": "two"}]))
    assert [bool(each.failure) for each in found] == [True, False]


def test_a_line_that_is_too_long_is_passed_over_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 5_000_000)
    rows = [{"text": "one"}, {"text": "x" * 12_000_000}, {"text": "y" * 5_000_000}, {"text": "four"}]
    found = read(jsonl(rows))
    assert [each.data for each in found] == [b"one", b"", b"", b"four"]
    assert [reason for _, reason in reasons(found)] == ["longer than 5 MB"] * 2


def test_a_mapped_column_that_no_row_has_is_told_once() -> None:
    rows = [{"text": f"text {number}", "headline": "h"} for number in range(3)]
    found = read(jsonl(rows), "title=headlin")
    assert [each.data for each in found] == [b"text 0", b"text 1", b"text 2", b""]
    reason = "none of its 3 rows has a value in the column 'headlin', mapped to title"
    assert reasons(found) == [("a.jsonl", reason)]


def test_a_file_of_another_kind_is_one_failure() -> None:
    found = read(b"The envoys met on Monday.\n" * 500)
    ((name, reason),) = reasons(found)
    assert name == "a.jsonl" and f"each of its first {HOPELESS} rows fails" in reason and "not JSON" in reason


def test_a_damaged_stream_tells_after_which_line() -> None:
    class Damaged(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            if self.tell() > 20:
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            return super().readline(size or -1)

    data = Damaged(jsonl([{"text": "one"}, {"text": "two"}, {"text": "three"}]))
    found = list(lines.documents(data, source="a.jsonl.gz", columns=Columns()))
    assert reasons(found) == [("a.jsonl.gz, after line 2", "it ends before it should: cut off, or still being written")]


# -- parquet


def test_rows_of_a_table_are_numbered_through_its_groups() -> None:
    rows = [
        {"maintext": text(number), "date_publish": datetime(2024, 3, 5, 9, tzinfo=UTC), "n": number}
        for number in range(50)
    ]
    found = table(rows, row_group_size=7)
    assert [each.name for each in found] == [f"a.parquet, row {number}" for number in range(1, 51)]
    assert [each.data.decode() for each in found] == [text(number) for number in range(50)]
    assert {each.said.published for each in found} == {date(2024, 3, 5)}


def test_a_table_and_lines_of_the_same_rows_give_the_same_documents() -> None:
    rows = [{"body": text(n), "title": title(n), "day": f"2024-03-{n + 1:02}", "url": f"u{n}"} for n in range(9)]
    one, other = read(jsonl(rows), "published=day"), table(rows, "published=day")
    assert [(e.data, e.said, e.url) for e in one] == [(e.data, e.said, e.url) for e in other]


def test_nested_columns_of_a_table_are_reached() -> None:
    (found,) = table([{"story": {"body": "Norway met Chile.", "words": 3}, "n": 1}], "text=story.body")
    assert found.data == b"Norway met Chile."


def test_an_empty_cell_is_a_failure_that_names_its_row() -> None:
    found = table([{"text": "one"}, {"text": None}, {"text": " "}, {"text": "four"}])
    assert [name for name, _ in reasons(found)] == ["a.parquet, row 2", "a.parquet, row 3"]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ("", "no column holds the text; say which with --columns text=NAME; there are: story, day"),
        ("text=stroy", "no column 'stroy', mapped to text; there are: story, day"),
        ("text=story,published=date", "no column 'date', mapped to published"),
    ],
)
def test_a_table_without_a_column_is_refused_before_a_row_is_read(columns: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        table([{"story": "Norway met Chile.", "day": 1}], columns)


def test_what_is_no_table_is_refused() -> None:
    for data in (b"", b"PAR1", b"The envoys met.", b"PAR1" + bytes(500) + b"PAR1"):
        with pytest.raises(FormatError, match="not a Parquet file, or a damaged one"):
            list(parquet.documents(io.BytesIO(data), source="a.parquet", columns=Columns()))


def test_a_damaged_part_of_a_table_tells_which_rows_it_costs() -> None:
    file = io.BytesIO()
    rows = [{"text": f"{number} {text(number)}"} for number in range(400)]
    pq.write_table(pa.Table.from_pylist(rows), file, row_group_size=100, use_dictionary=False, compression="zstd")
    data = bytearray(file.getvalue())
    start = pq.ParquetFile(file).metadata.row_group(2).column(0).data_page_offset
    data[start : start + 200] = bytes(200)
    found = list(parquet.documents(io.BytesIO(bytes(data)), source="a.parquet", columns=Columns()))
    assert [each.data.decode() for each in found if each.data] == [row["text"] for row in rows[:200] + rows[300:]]
    ((name, reason),) = reasons(found)
    assert name == "a.parquet, rows 201 to 300" and reason.startswith("damaged: ")


def test_json_is_written_as_python_reads_it() -> None:
    """The lines of the tests are real JSON Lines, so that what is said of them holds for others."""
    assert [json.loads(line) for line in jsonl([{"a": "é\n"}]).splitlines()] == [{"a": "é\n"}]
