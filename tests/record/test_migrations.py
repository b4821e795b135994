import duckdb
import pytest

from dragoman.errors import RecordError
from dragoman.record import Record, migrations
from dragoman.record.migrations import Step, load_step, migrate, steps
from make import visit

BASE = steps()[-1].version
NEXT = Step(BASE + 1, "ALTER TABLE articles ADD COLUMN mood VARCHAR; UPDATE articles SET mood = 'calm'")
BROKEN = Step(BASE + 2, "ALTER TABLE articles ADD COLUMN other VARCHAR; SELECT nothing FROM nowhere")


@pytest.fixture
def old(tmp_path):
    """A record of the version before NEXT, with one article, made by the steps of its own time."""
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        migrate(connection, to=steps())
    with Record.open(path) as record:
        record.add(visit())
    return path


def know(monkeypatch, *known: Step) -> None:
    monkeypatch.setattr(migrations, "steps", lambda: known)


def meta(path) -> dict[str, str]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return dict(connection.execute("FROM meta").fetchall())


def test_steps_are_numbered_in_order():
    assert [step.version for step in steps()] == list(range(1, BASE + 1))
    assert load_step(migrations.STEPS[0]).version == 1


def test_a_new_record_says_what_it_is(old):
    found = meta(old)
    assert (found["application"], found["schema_version"]) == ("dragoman", str(BASE))
    assert found["created_by"].startswith("dragoman")


def test_an_older_record_is_brought_up_to_date(old, monkeypatch):
    know(monkeypatch, *steps(), NEXT)
    with Record.open(old) as record:
        assert list(record.readings()) == [visit()]
        assert record._select("SELECT mood FROM articles") == [{"mood": "calm"}]
    assert meta(old)["schema_version"] == str(BASE + 1)
    with Record.open(old) as record:
        assert record.add(visit()) == "unchanged"


def test_what_an_analyst_said_survives_an_upgrade(old, monkeypatch):
    with Record.open(old) as record:
        event = next(record.events())
        record.correct(event.id, "category", "REJECT", who="A. Analyst", why="she declined")
    know(monkeypatch, *steps(), NEXT)
    with Record.open(old) as record:
        assert record.event(event.id).reports[0].category == "REJECT"
        record.undo(1, who="A. Analyst", why="she did not")
        assert record.event(event.id).reports[0].category == event.reports[0].category


def test_a_step_that_fails_leaves_the_record_as_it_was(old, monkeypatch):
    before = meta(old)
    know(monkeypatch, *steps(), NEXT, BROKEN)
    with pytest.raises(RecordError, match=r"old\.duckdb"):
        Record.open(old)
    assert meta(old) == before
    monkeypatch.undo()
    with Record.open(old) as record:
        assert list(record.readings()) == [visit()]
        assert "mood" not in record._select("FROM articles")[0]


def test_an_older_record_is_not_changed_by_looking_at_it(old, monkeypatch):
    know(monkeypatch, *steps(), NEXT)
    with pytest.raises(RecordError, match="open it once for writing"):
        Record.open(old, read_only=True)
    assert meta(old)["schema_version"] == str(BASE)


def test_a_newer_record_is_left_alone(old, monkeypatch):
    know(monkeypatch, *steps(), NEXT)
    Record.open(old).close()
    monkeypatch.undo()
    with pytest.raises(RecordError, match=rf"old\.duckdb: it is of schema version {BASE + 1}, newer than this program"):
        Record.open(old)
    assert meta(old)["schema_version"] == str(BASE + 1)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE sheep (name VARCHAR)",
        "CREATE TABLE meta (name VARCHAR)",
        "CREATE TABLE meta (key VARCHAR, value VARCHAR)",
        "CREATE TABLE meta (key VARCHAR, value VARCHAR); INSERT INTO meta VALUES ('application', 'dragoman')",
    ],
)
def test_another_duckdb_file_is_no_record_and_stays_as_it_is(tmp_path, sql):
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)
    for read_only in (True, False):
        with pytest.raises(RecordError, match=r"other\.duckdb: it is a DuckDB file, but not a Dragoman record"):
            Record.open(path, read_only=read_only)
    with duckdb.connect(str(path)) as connection:
        assert len(connection.execute("SELECT * FROM duckdb_tables()").fetchall()) == 1
