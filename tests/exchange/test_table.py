import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from dragoman.exchange.table import COLUMNS, rows, write_csv
from dragoman.model import When
from dragoman.record import Record
from make import visit


@pytest.fixture(scope="module")
def flat():
    with Record.open(":memory:") as record:
        record.add(visit())
        month = When(date(2021, 1, 1), date(2021, 1, 31), "month", "publication")
        other = visit("b", outlet='The "Late", Late')
        another = replace(
            other.reports[0], category="COOPERATE", when=month, attribution=()
        )  # else one event with a1's
        record.add(replace(other, reports=(another,)))
        return list(rows(record, record.events()))


def test_a_row_is_flat(flat):
    row = flat[1]
    assert tuple(row) == COLUMNS
    assert row["date"] == "2021-03-01"
    assert (row["actor"], row["event"], row["recipient"]) == ("PRT Ana Reis", "CONSULT", "NOR Norway")
    assert row["by"] == "Norway (an aide)"
    assert row["sentence"].startswith("Foreign Minister Ana Reis visited Oslo")
    assert (row["article"], row["outlet"], row["status"], row["place"]) == ("a1", "The Daily", "happened", "Oslo")
    assert row["confidence"] == 0.88


def test_spans_of_days_and_unknown_days(flat):
    assert [row["date"] for row in flat] == ["2021-01-01..2021-01-31", "2021-03-01", ""]
    assert [row["precision"] for row in flat] == ["month", "day", ""]
    assert flat[2]["status"] == "hypothetical"
    assert flat[0]["by"] == ""


def test_csv_reads_back(flat):
    file = io.StringIO(newline="")
    assert write_csv(file, flat) == 3
    back = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    assert back == [{name: str(value) for name, value in row.items()} for row in flat]
