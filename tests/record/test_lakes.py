"""A lake opens as a record does: for every question, for the verbs and the pages; and what is wrong with it is said."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from commands import Command
from dragoman.errors import RecordError
from dragoman.record import EventFilter, Record, Snapshots
from dragoman.record.lakes import INDEX, Contents, connect_lake, contents_of, copying, files_sql
from dragoman.scale.lake import DAY_TABLES, UNDIVIDED
from make import visit

UNDATED = "unknown"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two copies of a report and another of another day."""
    path = tmp_path_factory.mktemp("record") / "r.duckdb"
    with Record.open(path) as opened:
        opened.add(visit("a1"))
        opened.add(visit("a2", outlet="The Evening"))
        opened.add(visit("b1", outlet="The Morning"))
    return path


@pytest.fixture(scope="module")
def lake(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record's tables as the files of a lake, in a folder whose name is a pattern, a quotation and two words."""
    return laid(record, tmp_path_factory.mktemp("lake") / "a [lake]'s *?")


def laid(record: Path, folder: Path, *, facts: bool = True) -> Path:
    """A record's tables as a lake, all of them of one day; without ``facts`` these are yet to be made."""
    tables: dict[str, dict[str, str]] = {}
    with Record.open(record, read_only=True) as opened:
        opened.count()
        for table in (*DAY_TABLES, *UNDIVIDED):
            day = UNDATED if table in DAY_TABLES else ""
            rows = "SELECT DISTINCT event FROM reports" if table == "stale" and not facts else f"FROM {table}"
            if table == "facts" and not facts:
                continue
            target = folder / table / f"day={day}" / "1.parquet" if day else folder / table / "1.parquet"
            target.parent.mkdir(parents=True)
            if opened.copy(f"SELECT * FROM ({rows}) ORDER BY ALL", target):
                tables[table] = {day: "1.parquet"}
    (folder / INDEX).write_text(Contents(tables=tables).text(), encoding="utf-8")
    return folder


@pytest.mark.parametrize("facts", [True, False])
def test_it_answers_as_the_record_does(record: Path, tmp_path: Path, facts: bool) -> None:
    lake = laid(record, tmp_path / "lake", facts=facts)
    with Record.open(record, read_only=True) as one, Record.open(lake, read_only=True) as other:
        assert list(one.events()) == list(other.events())
        assert list(one.readings()) == list(other.readings())
        assert list(one.entities()) == list(other.entities())
        assert one.select("SELECT * FROM stories ORDER BY ALL") == other.select("SELECT * FROM stories ORDER BY ALL")
        assert one.count(EventFilter(article="a1")) == other.count(EventFilter(article="a1")) > 0
        assert other.misplaced() == []
        known = (
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
        )
        kept = [row for row in other.select(known) if row["column_name"] != "database_name"]
        assert {tuple(row.values()) for row in one.select(known)} <= {tuple(row.values()) for row in kept}


def test_the_verbs_open_it(
    record: Path, lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = Command(monkeypatch, capsys)
    for verb in (
        ("events",), ("events", "--json"), ("dossier", "DZA", "USA"), ("since", "DZA", "USA"), ("show", "a1"),
        ("failures",), ("failures", "--left-out"),
    ):  # fmt: skip
        one, other = (command(*verb, "--record", path) for path in (record, lake))
        assert (one.status, one.out.replace(str(record), "R")) == (other.status, other.out.replace(str(lake), "R"))
    for verb in (("correct", "a", "--reject", "--why", "w", "--who", "w"), ("import", "--from", "visits", record)):
        said = command(*verb, "--record", lake)
        assert said.status == 1
        assert "it is a lake, which only `dragoman read --lake` writes" in said.err
    assert command("serve", "--allow-corrections", "--record", lake).status == 2
    assert command("read", record, "--record", lake).status == 1


def test_the_pages_serve_it_and_its_sql_reads_its_files_alone(lake: Path) -> None:
    httpx = pytest.importorskip("httpx")
    pytest.importorskip("fastapi", reason="the pages need the extra 'web'")
    from serving import serving

    with serving(lake) as server, httpx.Client(base_url=server.address, timeout=60) as http:
        for page in ("/", "/events", "/since", "/coverage", "/article/a1"):
            assert http.get(page).status_code == 200
        assert http.get("/sql.json", params={"query": "SELECT count(*) FROM articles"}).json()["rows"] == [[3]]
        for path in (lake / INDEX, Path("/etc/hostname"), lake.parent / "*"):
            name = str(path).replace("'", "''")
            said = http.get("/sql.json", params={"query": f"SELECT * FROM read_text('{name}')"})
            assert said.status_code == 422


def test_a_copy_of_a_lake_follows_its_index(record: Path, tmp_path: Path) -> None:
    lake = laid(record, tmp_path / "lake", facts=False)
    with Snapshots(lake, pause=1000) as snapshots:
        with snapshots.record() as opened:
            assert opened.count() == 2
        (lake / INDEX).write_text(Contents().text(), encoding="utf-8")
        with snapshots.record() as opened:
            assert opened.count() == 0


def test_readers_of_a_copy_do_not_wait_for_each_other(lake: Path) -> None:
    counts: list[int] = []

    def ask(snapshots: Snapshots) -> None:
        with snapshots.record() as opened:
            counts.append(opened.count())

    with Snapshots(lake) as snapshots:
        threads = [threading.Thread(target=ask, args=(snapshots,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert counts == [2] * 8


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "damaged"),
        ("[]", "damaged"),
        ('{"application": "dragoman"}', "damaged"),
        ('{"application": "dragoman", "form": "x", "schema": 1, "tables": {}}', "damaged"),
        ('{"application": "dragoman", "form": 99, "schema": 1, "tables": {}}', "make it again"),
        ('{"application": "other", "form": 1, "schema": 1, "tables": {}}', "make it again"),
    ],
)
def test_an_index_of_another_kind_is_told(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / INDEX).write_text(text)
    with pytest.raises(RecordError, match=reason) as caught:
        Record.open(tmp_path, read_only=True)
    assert str(caught.value).startswith(str(tmp_path))


def test_a_file_that_is_gone_or_damaged_is_told(record: Path, tmp_path: Path) -> None:
    lake = laid(record, tmp_path / "lake")
    with Record.open(lake, read_only=True) as opened:
        shutil.rmtree(lake / "cues")
        with pytest.raises(RecordError, match="a file of the lake is gone"):
            list(opened.events())
    with pytest.raises(RecordError, match="a file of the lake is gone"):
        Record.open(lake, read_only=True)
    (lake / "cues" / f"day={UNDATED}").mkdir(parents=True)
    (lake / "cues" / f"day={UNDATED}" / "1.parquet").write_bytes(b"PAR1" * 20)
    with pytest.raises(RecordError, match="lake"):
        Record.open(lake, read_only=True)


def test_an_index_is_one_sequence_of_bytes(lake: Path) -> None:
    contents = contents_of(lake)
    assert contents.text() == (lake / INDEX).read_text(encoding="utf-8")
    turned = {table: dict(reversed(days.items())) for table, days in reversed(list(contents.tables.items()))}
    assert Contents(contents.schema, turned).text() == contents.text()
    assert json.loads(contents.text())["schema"] == contents.schema


def test_the_bytes_of_a_file_hang_on_its_rows_alone(tmp_path: Path) -> None:
    """Not on what a database knows of the table they come from, nor on the number of its threads."""
    rows = "SELECT i AS number, [i::VARCHAR] AS names, CASE WHEN i % 7 = 0 THEN NULL ELSE i::VARCHAR END AS maybe"
    files = []
    for threads, table in ((1, "kept"), (4, "kept"), (4, "with_null"), (2, "from_file")):
        with duckdb.connect() as connection:
            connection.execute(f"SET threads = {threads}")
            connection.execute(f"CREATE TABLE kept AS {rows} FROM range(300_000) t(i)")
            connection.execute("CREATE TABLE with_null AS FROM kept UNION ALL SELECT NULL, NULL, NULL")
            connection.execute("DELETE FROM with_null WHERE number IS NULL")
            if files:
                connection.execute(f"CREATE VIEW from_file AS FROM {files_sql([files[0]])}")
            files.append(tmp_path / f"{threads}{table}.parquet")
            connection.execute(copying(f"FROM {table} ORDER BY number", files[-1]))
    assert len({file.read_bytes() for file in files}) == 1


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "views.duckdb"


def test_a_database_of_views_may_be_asked_many_times(lake: Path, database: Path) -> None:
    connect_lake(lake, database=database).close()
    for _ in range(2):
        with Record.open(database, read_only=True) as opened:
            assert opened.count() == 2
