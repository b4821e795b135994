"""What reading keeps of its own progress: documents that were read, what was left out, feeds and their entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dragoman.record.faults import faults
from dragoman.record.writing import Writing


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that was read: its article, and how many reports of events that had."""

    article: str
    reports: int


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """What is known of a feed: its ETag and Last-Modified when it was last had, when it is due (UTC), and how many
    times in a row it could not be had."""

    url: str
    due: datetime
    etag: str | None = None
    modified: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """An entry that is to be read: what the feed says of it, when it is due (UTC), and how often it was begun."""

    mark: str
    told: dict[str, str | None]
    due: datetime
    tries: int


class Knowing(Writing):
    """A record that knows what was read of which source. Every method is one transaction, and raises
    :class:`dragoman.errors.RecordError` where the file cannot be read or written."""

    def known(self, document: str, *, source: str) -> KnownDocument | None:
        """What was read of a document, or None; if it was, a failure kept under ``source`` is taken away."""
        with self._lock, faults(self.path):
            sql = "SELECT article, reports FROM documents WHERE id = ?::VARCHAR"
            found = self._run("known", sql, document).fetchone()
            if found is None:
                return None
            if not self.read_only:
                self._connection.execute("DELETE FROM failures WHERE source = ?", [source])
            return KnownDocument(*found)

    def keep_left_out(self, source: str, counts: Mapping[str, int], *, more: bool = False) -> None:
        """Write how many documents of a source were left out, by reason; in the place of what was counted before, or,
        with ``more``, beside it."""
        self._check_writable()
        rows = [[source, reason, count] for reason, count in sorted(counts.items()) if count]
        sql = (
            "INSERT INTO left_out VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents"
        )
        with self._lock, faults(self.path), self._transaction():
            if not more:
                self._connection.execute("DELETE FROM left_out WHERE source = ?", [source])
            for row in rows:
                self._connection.execute(sql, row)

    def left_out(self) -> list[tuple[str, str, int]]:
        """What was left out: source, reason and how many documents, in this order."""
        sql = "SELECT source, reason, documents FROM left_out ORDER BY source, reason"
        return [(row["source"], row["reason"], row["documents"]) for row in self._select(sql)]

    def feed(self, url: str) -> WatchedFeed | None:
        """What is known of a feed; None of one that was never had."""
        found = self._select("SELECT url, due, etag, modified, failures FROM feeds WHERE url = ?", url)
        return WatchedFeed(**found[0]) if found else None

    def keep_feed(
        self, feed: WatchedFeed, entries: Iterable[tuple[str, Mapping[str, str | None]]] = (), *, now: datetime
    ) -> int:
        """Write what a visit to a feed brought, with the entries it has (mark, and what the feed says), all or nothing;
        how many of them the record did not know. Those wait from ``now`` on."""
        self._check_writable()
        row = [feed.url, feed.etag, feed.modified, feed.due, feed.failures]
        with self._lock, faults(self.path), self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?)", row)
            return sum(self._new_entry(feed, mark, told, now) for mark, told in entries)

    def _new_entry(self, feed: WatchedFeed, mark: str, told: Mapping[str, str | None], now: datetime) -> bool:
        sql = "INSERT INTO entries VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING RETURNING mark"
        row = [mark, feed.url, json.dumps(told, sort_keys=True, ensure_ascii=False), now]
        return self._connection.execute(sql, row).fetchone() is not None

    def waiting(self, feeds: Iterable[str]) -> list[tuple[str, datetime, str | None]]:
        """The marks of the entries of these feeds that are still to be read, when, and what they link to where their
        page has to be fetched; the earliest first.

        An entry whose reading is in the record waits no more, though the process died before it could say so.
        """
        with self._lock, faults(self.path):
            read = "due IS NOT NULL AND mark IN (SELECT id FROM documents)"
            self._connection.execute(f"UPDATE entries SET told = NULL, due = NULL WHERE {read}")
        page = "CASE WHEN told ->> 'text' IS NULL THEN told ->> 'link' END"
        sql = f"""SELECT mark, due, {page} AS page FROM entries
                  WHERE due IS NOT NULL AND feed IN (SELECT unnest(?::VARCHAR[])) ORDER BY due, mark"""
        return [(row["mark"], row["due"], row["page"]) for row in self._select(sql, list(feeds))]

    def begin(self, mark: str) -> WaitingEntry | None:
        """The entry, now that its reading begins; None where it does not wait. The try counts from here on, so that an
        entry that ends the process is not tried for ever."""
        self._check_writable()
        sql = "UPDATE entries SET tries = tries + 1 WHERE mark = ? AND due IS NOT NULL RETURNING mark, told, due, tries"
        with self._lock, faults(self.path):
            found = self._connection.execute(sql, [mark]).fetchone()
        return None if found is None else WaitingEntry(found[0], json.loads(found[1]), found[2], found[3])

    def settle(self, mark: str, *, again: datetime | None = None, untried: bool = False) -> None:
        """Say that an entry was read or given up, or when it is to be tried ``again``; ``untried`` takes back a
        :meth:`begin` that came to nothing."""
        self._check_writable()
        told = "" if again is not None else "told = NULL, "
        tries = "tries = greatest(tries - 1, 0), " if untried else ""
        with self._lock, faults(self.path):
            self._connection.execute(f"UPDATE entries SET {told}{tries}due = ? WHERE mark = ?", [again, mark])
