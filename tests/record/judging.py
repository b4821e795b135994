"""Corrected records as the tests of corrections look at them."""

from dragoman.exchange import plover
from dragoman.record import EventFilter, Record

BY = {"who": "A. Analyst", "why": "the text says so"}
FACTS = "SELECT * FROM facts ORDER BY event"


def ids(record: Record, **chosen) -> list[str]:
    return [event.id for event in record.events(EventFilter(**chosen))]


def fact(record: Record, event: str) -> dict:
    return record.select("SELECT * FROM facts WHERE event = ?", event)[0]


def exported(record: Record) -> list:
    """What an export writes, whatever the format: articles, entities, events with all they hold."""
    events = list(record.events(EventFilter(rejected=None)))
    rows = [plover.event_row(each) for each in plover.told(record, record.events())]
    return [
        list(record.articles()),
        list(record.entities()),
        record.first_articles(),
        events,
        rows,
        record.select(FACTS),
    ]


def rebuilt(record: Record) -> list:
    """The facts made from nothing."""
    record._connection.execute("DELETE FROM facts")
    record._connection.execute("INSERT INTO stale SELECT DISTINCT event FROM reports")
    record._connection.execute("INSERT INTO stale SELECT event FROM regrouped")
    record._stale = True
    return record.select(FACTS)
