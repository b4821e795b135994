"""The SQL page's process: what it answers, and what nobody gets out of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.record import Record
from dragoman.web.querying import ROWS, SECONDS
from dragoman.web.sandbox import BUSY, GRACE, WAITING, Sandbox
from make import visit


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sandbox") / "r.duckdb"
    with Record.open(path) as record:
        record.add(visit())
    return path


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 AS one",
        "select 1 as one; -- and a remark",
        "FROM (VALUES (1)) t(one)",
        "WITH x AS (SELECT 1 AS one) FROM x",
        "/* first */ SELECT one FROM (SELECT 1 AS one UNION SELECT 2) ORDER BY one LIMIT 1",
    ],
)
def test_a_query_is_answered(sandbox, file, sql):
    found = sandbox.ask(file, sql)
    assert (found.error, found.columns, found.rows) == (None, ("one",), ((1,),))


def test_the_tables_and_their_columns_can_be_looked_up(sandbox, file):
    assert ("facts",) in sandbox.ask(file, "SHOW TABLES").rows
    assert sandbox.ask(file, "DESCRIBE facts").rows[0][0] == "event"


def test_the_order_of_a_query_is_kept(sandbox, file):
    rows = sandbox.ask(file, "SELECT i FROM range(5000) t(i) ORDER BY i DESC").rows
    assert [row[0] for row in rows] == list(range(4999, 4999 - ROWS, -1))


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO meta VALUES ('a', 'b')",
        "DROP TABLE facts",
        "CREATE TABLE t (x INTEGER)",
        "COPY facts TO '{folder}/out.csv'",
        "ATTACH '{folder}/other.duckdb'",
        "EXPORT DATABASE '{folder}/all'",
        "SET memory_limit = '10GB'",
        "PRAGMA database_list",
        "CALL duckdb_settings()",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CHECKPOINT",
        "EXPLAIN SELECT 1",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE facts",
        "",
        ";",
        "SELECT (",
        "SELECT 1) UNION ALL (SELECT 2",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_blob('/proc/self/environ')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_csv('http://127.0.0.1/x.csv')",
        "SELECT * FROM parquet_scan('s3://bucket/x')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT getenv('HOME')",
        "SELECT current_setting('temp_directory')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_databases",
        'SELECT * FROM "duckdb_databases"()',
        "SELECT (SELECT count(*) FROM duckdb_settings())",
        "WITH a AS (SELECT * FROM pragma_database_list()) SELECT * FROM a",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('meta')",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM connection",
        "SELECT * FROM rows",
    ],
)
def test_whatever_is_no_question_to_the_record_is_refused(sandbox, file, tmp_path, sql):
    before = file.read_bytes()
    found = sandbox.ask(file, sql.format(folder=tmp_path))
    assert found.error and found.rows == ()
    assert str(file.parent) not in found.error
    assert list(tmp_path.iterdir()) == []
    assert file.read_bytes() == before


def test_a_query_without_end_is_ended(sandbox, file):
    sql = "WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM t) SELECT max(x) FROM t"
    began = time.monotonic()
    assert "took longer" in (sandbox.ask(file, sql).error or "")
    assert time.monotonic() - began < SECONDS + GRACE + 2
    assert sandbox.ask(file, "SELECT 1").rows == ((1,),)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list(i) FROM range(100000000) t(i)",
        "SELECT repeat('x', 1000000000) FROM range(100)",
        "SELECT string_agg(repeat('x', 1000), '') FROM range(10000000)",
    ],
)
def test_a_query_that_wants_all_memory_gets_an_answer_and_the_next_one_too(sandbox, file, sql):
    assert sandbox.ask(file, sql).error
    assert sandbox.ask(file, "SELECT 1").rows == ((1,),)


def test_rows_cells_and_whole_answers_are_limited(sandbox, file):
    found = sandbox.ask(file, "FROM range(5000)")
    assert (len(found.rows), found.cut) == (ROWS, True)
    assert len(sandbox.ask(file, "SELECT repeat('x', 1000000)").rows[0][0]) < 20_000
    assert "larger" in (sandbox.ask(file, "SELECT repeat('x', 9000) FROM range(1000)").error or "")


def test_values_of_every_type_can_be_shown(sandbox, file):
    sql = (
        "SELECT 'NaN'::DOUBLE, 2::HUGEINT ** 70, DATE '2020-01-02', [1], {'a': 1}, '\\x00'::BLOB, NULL, INTERVAL 1 DAY"
    )
    assert sandbox.ask(file, sql).error is None
    sql = "SELECT '0c0ffee0-0000-4000-8000-000000000000'::UUID, TIME '10:00', [TIME '10:00'], DATE '99999-01-01'"
    (row,) = sandbox.ask(file, sql).rows
    assert row == ("0c0ffee0-0000-4000-8000-000000000000", "10:00:00", '["10:00:00"]', "99999-01-01")


@pytest.mark.parametrize("sql", ["SELECT INTERVAL 1000000000 DAY", "SELECT INTERVAL 2000000000 MONTH"])
def test_a_value_that_python_has_no_room_for_is_refused(sandbox, file, sql):
    sandbox.ask(file, "SELECT 1")
    process = sandbox._process
    assert "too large" in (sandbox.ask(file, sql).error or "")
    assert sandbox._process is process and process.poll() is None


def test_a_process_that_dies_is_replaced(file):
    with Sandbox() as sandbox:
        sandbox.ask(file, "SELECT 1")
        assert sandbox._process is not None
        sandbox._process.kill()
        sandbox._process.wait()
        assert sandbox.ask(file, "SELECT 1").rows == ((1,),)


def test_no_more_queries_wait_than_the_server_has_threads_to_spare(file):
    with Sandbox() as sandbox:
        answers: list[str | None] = []
        sandbox._lock.acquire()  # one is being answered
        asked = [threading.Thread(target=lambda: answers.append(sandbox.ask(file, "SELECT 1").error)) for _ in range(9)]
        for each in asked:
            each.start()
        while len(answers) < len(asked) - WAITING - 1:
            time.sleep(0.01)
        assert set(answers) == {BUSY}
        sandbox._lock.release()
        for each in asked:
            each.join()
        assert answers[-WAITING - 1 :] == [None] * (WAITING + 1)


def test_a_slow_query_keeps_no_page_waiting(http):
    answers = []
    query = {"query": "SELECT count(*) FROM range(10000000) a, range(10000000) b"}
    slow = threading.Thread(target=lambda: answers.append(http.get("/sql.json", params=query)))
    slow.start()
    time.sleep(0.3)
    began = time.monotonic()
    assert http.get("/events.json").status_code == 200
    assert time.monotonic() - began < 2
    assert slow.is_alive()
    slow.join()
    assert answers[0].status_code == 422 and "took longer" in answers[0].json()["error"]["reason"]
