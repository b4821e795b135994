"""Tellings are read when they are needed first, and let go of when they are needed last."""

from __future__ import annotations

from dragoman.record import Record
from dragoman.record.tellings import Tellings
from meetings import READINGS


def test_a_telling_is_held_while_it_is_needed() -> None:
    with Record.open(":memory:") as record:
        record.add_many(READINGS)
        events = [row["event"] for row in record.select("SELECT DISTINCT event FROM reports ORDER BY event")]
        connection = record._connection
        connection.execute("CREATE TEMP TABLE needed (event VARCHAR, first BIGINT, last BIGINT)")
        rows = [(event, at, at + 1) for at, event in enumerate(events)]
        connection.executemany("INSERT INTO needed VALUES (?, ?, ?)", rows)
        for bare in (True, False):
            known = Tellings(connection, bare=bare)
            for at in range(len(events)):
                held = known.of(at, at)
                assert set(held) == set(events[max(0, at - 1) : at + 1])
                assert all(telling.event == event for event, telling in held.items())
                assert all(bool(telling.context) is not bare for telling in held.values())
            assert not known.of(len(events) + 1, len(events) + 1)
