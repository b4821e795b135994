"""Corrections: what an analyst changes, with who, when and why, beside what was read.

Every change is a row of ``corrections`` that stays; taking it back is another. What they make together is worked out
anew (:mod:`dragoman.record.effects`) in the transaction that writes a correction, and in one that reads an article
again which corrections speak of. The last of several corrections of a field holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from dragoman.errors import CorrectionError, NotFoundError
from dragoman.linking.stories import key_of
from dragoman.model import Correction, CorrectionKind, Entity, Event, Json, Report
from dragoman.record.faults import faults
from dragoman.record.fields import checked, said_of
from dragoman.record.settling import Settling

Parts = Sequence[Sequence[Report]]


class Correcting(Settling):
    """A record that can be corrected. Every correction is one transaction.

    ``who`` and ``why`` must say something; an event is named by its id or the beginning of it. All methods raise
    :class:`dragoman.errors.NotFoundError` where the record does not hold what is named and
    :class:`dragoman.errors.CorrectionError` for what does not fit it, and then change nothing.
    """

    def correct(self, event: str, field: str, value: Json, *, who: str, why: str) -> Correction:
        """Change one field of an event; see :mod:`dragoman.record.fields` for the fields and their values."""
        return self.correct_fields(event, {field: value}, who=who, why=why)[0]

    def correct_fields(self, event: str, changes: Mapping[str, Json], *, who: str, why: str) -> list[Correction]:
        """Change several fields of an event together, a correction each; fields that say so already are left out.

        Where its reports differ in a field, saying what the first of them says settles it.
        A change of the category lets go of the modes that do not belong to the new one.
        """
        with self._correcting(who, why):
            found = self.event(event)
            now = checked(changes, found.reports, self._entity)
            was = said_of(found.reports[0])
            return [
                self._write("field", found.id, [_read(found)], field=name, was=was[name], now=value, who=who, why=why)
                for name, value in now.items()
            ]

    def reject(self, event: str, *, who: str, why: str) -> Correction:
        """Say that it is no event: questions leave it out unless asked."""
        return self._judge("reject", event, rejected=True, who=who, why=why)

    def restore(self, event: str, *, who: str, why: str) -> Correction:
        """Take a rejection back by another judgement; :meth:`undo` takes back the correction itself."""
        return self._judge("restore", event, rejected=False, who=who, why=why)

    def split_event(self, event: str, report_ids: Sequence[str], *, who: str, why: str) -> Correction:
        """Say that some of an event's reports tell of another event; ``now["event"]`` is its id."""
        with self._correcting(who, why):
            found = self.event(event)
            reports = _read(found)
            gone = [report for report in reports if report.id in report_ids]
            stay = [report for report in reports if report.id not in report_ids]
            if unknown := sorted(set(report_ids) - {report.id for report in reports}):
                raise CorrectionError(f"event {found.id} has no report {unknown[0]!r}")
            if not gone or not stay:
                raise CorrectionError("a split needs some of the event's reports, not none and not all")
            was: Json = {"event": found.id, "reports": [report.id for report in reports]}
            now: Json = {"event": self._new_id(found.id), "reports": [report.id for report in gone]}
            return self._write("split", found.id, [gone, stay], was=was, now=now, who=who, why=why)

    def merge_events(self, events: Sequence[str], *, who: str, why: str) -> Correction:
        """Say that these are one event, which keeps the id of the first."""
        with self._correcting(who, why):
            found = list({each.id: each for each in map(self.event, events)}.values())
            if len(found) < 2:
                raise CorrectionError("a merge needs two events at least")
            if rejected := [each.id for each in found if each.rejected]:
                raise CorrectionError(f"event {rejected[0]} is rejected: restore it first")
            was: Json = {"events": [each.id for each in found]}
            now: Json = {"event": found[0].id, "events": [each.id for each in found]}
            return self._write(
                "merge", found[0].id, [_read(each) for each in found], was=was, now=now, who=who, why=why
            )

    def split_entity(
        self, entity: str, articles: Sequence[str], *, who: str, why: str, name: str | None = None
    ) -> Correction:
        """Say that an entity is another one in these articles; ``now["entity"]`` is the other's id.

        :param articles: ids of articles, or their beginnings, that name the entity; not all that do.
        :param name: the other's name, where it is not the one that was read.
        """
        with self._correcting(who, why):
            naming = self._articles_naming(entity)
            chosen = sorted({self.find_article(article) for article in articles})
            if not naming:
                raise NotFoundError(f"it holds no entity {entity!r}", source=self.path)
            if strange := [article for article in chosen if article not in naming]:
                raise CorrectionError(f"article {strange[0]} does not name {entity!r}")
            if not chosen or len(chosen) == len(naming):
                raise CorrectionError("a split needs some of the articles, not none and not all")
            now: Json = {"entity": f"{entity}~{self._next()}", "articles": list(chosen), "name": name}
            return self._write("split_entity", entity, [], was={"entity": entity}, now=now, who=who, why=why)

    def merge_entities(self, entities: Sequence[str], *, who: str, why: str) -> Correction:
        """Say that these are one entity, which keeps the id of the first."""
        with self._correcting(who, why):
            found = list(dict.fromkeys(entities))
            for entity in found:
                if not self._articles_naming(entity):
                    raise NotFoundError(f"it holds no entity {entity!r}", source=self.path)
            if len(found) < 2:
                raise CorrectionError("a merge needs two entities at least")
            now: Json = {"entity": found[0], "entities": list(found)}
            was: Json = {"entities": list(found)}
            return self._write("merge_entities", found[0], [], was=was, now=now, who=who, why=why)

    def undo(self, correction: int, *, who: str, why: str) -> Correction:
        """Take a correction back, as if it had not been made; an undo can be taken back too."""
        with self._correcting(who, why):
            found = next((each for each in self.corrections() if each.id == correction), None)
            if found is None:
                raise NotFoundError(f"it holds no correction {correction}", source=self.path)
            if found.undone_by is not None:
                raise CorrectionError(f"correction {correction} is undone already, by {found.undone_by}")
            return self._write("undo", str(correction), [], was=found.now, now=found.was, who=who, why=why)

    def _judge(self, kind: CorrectionKind, event: str, *, rejected: bool, who: str, why: str) -> Correction:
        with self._correcting(who, why):
            found = self.event(event)
            if found.rejected == rejected:
                said = "is rejected already" if rejected else "is not rejected"
                raise CorrectionError(f"event {found.id} {said}")
            return self._write(kind, found.id, [_read(found)], was=not rejected, now=rejected, who=who, why=why)

    def _entity(self, id: str) -> Entity | None:
        return next(self.entities([id]), None)

    def _articles_naming(self, entity: str) -> list[str]:
        """The articles that name an entity, by its id after splits and merges."""
        return sorted({row["article"] for row in self._entity_rows("entities", "id", [entity])})

    def _new_id(self, event: str) -> str:
        return key_of("split", event, str(self._next()))

    def _next(self) -> int:
        found = self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM corrections").fetchall()
        return int(found[0][0])

    def _write(
        self,
        kind: CorrectionKind,
        target: str,
        parts: Parts,
        *,
        who: str,
        why: str,
        field: str | None = None,
        was: Json = None,
        now: Json = None,
    ) -> Correction:
        """Write a correction with its anchors, and what all corrections make together; inside a transaction."""
        number, made = self._next(), datetime.now(UTC)
        row = [number, kind, target, field, _json(was), _json(now), who.strip(), why.strip(), made]
        sql = "INSERT INTO corrections (id, kind, target, field, was, now, who, why, made)"
        self._connection.execute(f"{sql} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._anchor(number, parts)
        self._settle(number)
        return Correction(number, kind, target, who.strip(), why.strip(), made, field, was, now)

    @contextmanager
    def _correcting(self, who: str, why: str) -> Iterator[None]:
        """One transaction of a writer who says who he is and why; the facts are up to date when it begins."""
        self._check_writable()
        for name, said in (("who", who), ("why", why)):
            if not said.strip():
                raise CorrectionError(f"a correction needs {name}")
        with self._lock, self._blamed():
            self._freshen()
            with faults(self.path), self._transaction():
                yield
            self._stale = True

    @contextmanager
    def _blamed(self) -> Iterator[None]:
        """Errors name the record."""
        try:
            yield
        except CorrectionError as error:
            raise CorrectionError(error.reason, source=self.path) from error


def _read(event: Event) -> tuple[Report, ...]:
    """An event's reports as they were read."""
    return event.read or event.reports


def _json(value: Json) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
