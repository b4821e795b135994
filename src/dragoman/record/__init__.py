"""The record: a DuckDB file of what was read, every claim with its words."""

from dragoman.record.among import Asked
from dragoman.record.filters import STATUSES, EventFilter, status_of
from dragoman.record.snapshots import Snapshots
from dragoman.record.store import Added, Record

__all__ = ["STATUSES", "Added", "Asked", "EventFilter", "Record", "Snapshots", "status_of"]
