"""Who is who after splits and merges, wherever a question names somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dragoman.errors import NotFoundError
from dragoman.model import Entity, Office, Reading
from dragoman.record import Record
from dragoman.views.dossier import Dossier, dossier
from dragoman.views.entities import articles_naming, entity_rows
from dragoman.views.rows import page
from dragoman.views.scope import Scope
from dragoman.views.since import since
from dragoman.views.subjects import subject
from make import article, entity, party, report, span
from views import world

BY = {"who": "A", "why": "b"}
OTHER = entity("person:ana-sousa:prt", "Ana Sousa", kind="person", code="PRT", sector="GOV", aliases=("Réis",))
WORDS = "Foreign Minister Ana Sousa visited Oslo on 1 July 2022."


def renamed() -> Reading:
    """The minister under another name."""
    text = article("b1", WORDS, outlet="The Post", published=date(2022, 7, 2), published_basis="page")
    held = Office("Foreign Minister", "PRT", evidence=span(text, "Foreign Minister"))
    who = Entity(OTHER.id, "person", OTHER.name, "PRT", "GOV", aliases=OTHER.aliases, offices=(held,))
    came = report(
        text, WORDS, "visited", modes=("visit",), when=world.day(text, "1 July 2022", date(2022, 7, 1)),
        actors=(party(text, "Ana Sousa", who, office="Foreign Minister"),),
        recipients=(party(text, "Oslo", world.NORWAY),),
    )  # fmt: skip
    return Reading(text, (who, world.NORWAY), (came,), "1")


@pytest.fixture
def kept() -> Iterator[Record]:
    with world.record() as record:
        record.add(renamed())
        yield record


def of(record: Record, name: str) -> Dossier:
    return dossier(record, subject(record, name))


@pytest.mark.parametrize("name", ["Ana Reis", "ana SOUSA", "reis", "Reis", "REIS", OTHER.id, world.REIS.id])
def test_whom_an_analyst_found_to_be_one_answers_to_every_name_and_id(kept: Record, name: str) -> None:
    kept.merge_entities([world.REIS.id, OTHER.id], **BY)
    found = of(kept, name)
    assert (found.subject.ids, found.subject.names) == ((world.REIS.id,), ("Ana Reis",))
    assert found.events == 3  # a1 and a2, the list's of 2022, and the one under the other name
    (held,) = found.offices
    assert (held.entity, held.name, held.articles) == (world.REIS.id, "Ana Reis", 2)
    assert of(kept, "PRT").offices == found.offices


def test_an_undone_merge_is_none(kept: Record) -> None:
    made = kept.merge_entities([world.REIS.id, OTHER.id], **BY)
    kept.undo(made.id, **BY)
    assert (of(kept, "Ana Reis").events, of(kept, "Ana Sousa").events) == (2, 1)
    assert kept.entity(OTHER.id).name == "Ana Sousa"
    with pytest.raises(NotFoundError, match="no entity 'person:nobody'"):
        kept.entity("person:nobody")


def test_the_list_of_names_has_one_row_for_whom_a_merge_made_one(kept: Record) -> None:
    assert [row.name for row in entity_rows(kept, q="ana").rows] == ["Ana Reis", "Ana Sousa"]
    kept.merge_entities([world.REIS.id, OTHER.id], **BY)
    for typed in ("reis", "SOUSA", "Ána"):
        found = entity_rows(kept, q=typed, kind="person")
        assert [(row.id, row.articles) for row in found.rows] == [(world.REIS.id, found.rows[0].articles)]
    assert kept.entity(OTHER.id) == kept.entity(world.REIS.id)
    assert articles_naming(kept, world.REIS.id) == entity_rows(kept, q="ana").rows[0].articles == 4
    assert entity_rows(kept, kind="person", offset=99) == type(found)(entity_rows(kept, kind="person").total, ())


def test_whom_a_split_made_bears_the_name_that_it_gave_him(kept: Record) -> None:
    made: Any = kept.split_entity(world.REIS.id, ["a2"], name="Ana Reis the younger", **BY).now
    younger = of(kept, "ana reis the younger")
    assert (younger.subject.ids, younger.events) == ((made["entity"],), 1)
    assert [each.name for each in younger.timeline[0].actors] == ["Ana Reis the younger"]
    assert kept.event(younger.timeline[0].event).reports[0].actors[0].name == "Ana Reis the younger"
    assert of(kept, world.REIS.id).events == 2 and subject(kept, "Ana Reis").ids == (world.REIS.id,)


def test_a_level_is_asked_of_the_actors_that_an_analyst_named(kept: Record) -> None:
    def times(**chosen: str) -> int:
        return since(kept, "PRT", "NOR", mode="visit", before=date(2022, 1, 1), **chosen).times

    (visit,) = page(kept, Scope(outlet="Ministry of Journeys", recipient="NOR")).rows
    assert (times(), times(level="minister"), times(office="Foreign Minister")) == (3, 3, 3)
    driver = [{"name": "Ivo Matos", "code": "PRT", "office": "driver"}]
    kept.correct(visit.event, "actors", driver, **BY)
    assert (times(), times(level="minister"), times(office="driver")) == (3, 2, 1)


@pytest.mark.parametrize(("id", "name"), [("person:bo-lind:nor", "Bo Lind"), ("person:b-l:nor", "Bo A. Lind")])
def test_a_subject_is_called_as_the_record_calls_the_entity(id: str, name: str) -> None:
    """Also where articles differ: the name most give, that of the id, then the longer, the first in the alphabet."""
    called = {"b1": "Bo Lind", "b2": "Bo E. Lind", "b3": "Bo A. Lind", "b4": "Al"}
    with Record.open(":memory:") as record:
        for at, given in called.items():
            record.add(
                Reading(article(at, f"{given} spoke."), (entity(id, given, kind="person", code="NOR"),), (), "1")
            )
        (known,) = record.entities([id])
        assert subject(record, known.id).names == (known.name,) == (name,)
