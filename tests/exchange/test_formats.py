"""One suite over all formats: what each declares, the same bytes, every tool opens it, nothing hostile breaks it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx
import pytest
from hypothesis import HealthCheck, given, settings

from dragoman.errors import FormatError, SourceError
from dragoman.exchange.base import export_formats, formats, import_formats, named
from dragoman.exchange.exporting import send_out
from dragoman.model import Reading
from dragoman.record import EventFilter, Record
from exchange.openers import OPENERS, rdf
from make import article, collections, emptied, entity, party, report, span, visit

HOSTILE = "a\tb\nc\rd\x00e\x0bf\u2028g\x85h\"i'j<k>&amp;]]>l\ufffem;n|o\\p\U0001f54aq\u202er%s{}$"
LAW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
every_export = pytest.mark.parametrize("name", export_formats())


@pytest.fixture(scope="module")
def shared() -> Iterator[Record]:
    with Record.open(":memory:") as record:
        yield record


def filled(record: Record, *readings: Reading) -> Record:
    emptied(record)
    for reading in readings:
        record.add(reading)
    return record


def judged(record: Record) -> Record:
    """The same with every event corrected, by an analyst of a strange name: one format holds nothing else."""
    for event in list(record.events()):
        record.correct(event.id, "contexts", ["cyber"], who=HOSTILE, why=HOSTILE)
    return record


def written(record: Record, name: str, folder: Path, *, filter: EventFilter | None = None) -> dict[str, bytes]:
    counts = send_out(record, named(name), folder, filter=filter)
    assert OPENERS[name](folder) == counts
    assert sorted(path.name for path in folder.iterdir()) == sorted(named(name).files)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def hostile() -> Reading:
    """A reading with what breaks formats in every field that may hold text."""
    words = f"{HOSTILE} met {HOSTILE}."
    text = article("h/1 #?", words, title=HOSTILE, outlet=HOSTILE, url=f"https://x.example/{HOSTILE}", byline=HOSTILE)
    who = entity(f"person:{HOSTILE}", HOSTILE, kind="person", code="NOR", sector="GOV", aliases=(HOSTILE, "x"))
    other = entity("state:PRT", "Portugal", code="PRT")
    told = report(
        text,
        words,
        "met",
        actors=(replace(party(text, HOSTILE, who), office=HOSTILE),),
        recipients=(party(text, HOSTILE, other, nth=1),),
        when=replace(visit().reports[0].when, span=None, basis="publication"),
        where=replace(visit().reports[0].where, name=HOSTILE, span=span(text, "met")),
    )
    return Reading(text, (who, other), (told,), HOSTILE)


def test_every_format_is_tested() -> None:
    assert sorted(OPENERS) == sorted(export_formats())
    assert import_formats() == ["gdelt", "plover", "polecat", "visits"]


@pytest.mark.parametrize("name", list(formats()))
def test_every_format_says_what_it_is_and_loses(name: str) -> None:
    format = named(name)
    assert format.description
    if format.export:
        assert format.files
        assert format.opens
        assert format.losses
    if format.load:
        assert format.takes
        assert format.gaps


def test_a_format_goes_by_its_other_names() -> None:
    assert named("cameo") is named("gdelt")
    with pytest.raises(SourceError, match="no such format; there are csv, gdelt"):
        named("xls")


@every_export
def test_an_empty_record(name: str, shared: Record, tmp_path: Path) -> None:
    written(filled(shared), name, tmp_path)


@every_export
def test_the_same_content_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    readings = [visit("a"), visit("b", monday=date(2021, 3, 8)), visit("c", published=None), hostile()]
    with Record.open(":memory:") as one, Record.open(":memory:") as other:
        first = written(filled(one, *readings), name, tmp_path / "first")
        again = written(filled(other, *reversed(readings)), name, tmp_path / "again")
        twice = written(one, name, tmp_path / "twice")
    assert first == again == twice


@every_export
def test_hostile_text_opens(name: str, shared: Record, tmp_path: Path) -> None:
    files = written(judged(filled(shared, hostile())), name, tmp_path)
    assert sum(len(content) for content in files.values()) > 100


@given(readings=collections())
@LAW
def test_whatever_the_record_takes_opens(
    shared: Record, readings: list[Reading], tmp_path_factory: pytest.TempPathFactory
) -> None:
    filled(shared, *readings)
    for name in export_formats():
        written(shared, name, tmp_path_factory.mktemp(name))


@every_export
def test_a_filter_lets_some_through(name: str, shared: Record, tmp_path: Path) -> None:
    judged(filled(shared, visit("a"), hostile()))
    all_of_it = written(shared, name, tmp_path / "all")
    some = written(
        shared, name, tmp_path / "some", filter=EventFilter(between=("NOR", "PRT"), event="CONSULT", mode="visit")
    )
    none = written(shared, name, tmp_path / "none", filter=EventFilter(start=date(2031, 1, 1)))
    assert sum(map(len, none.values())) < sum(map(len, some.values())) < sum(map(len, all_of_it.values()))


@every_export
def test_a_folder_that_cannot_be_written(name: str, shared: Record, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(SourceError, match="file: cannot be written"):
        send_out(filled(shared, visit()), named(name), tmp_path / "file")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@every_export
def test_a_file_where_the_format_has_one(name: str, shared: Record, tmp_path: Path) -> None:
    format = named(name)
    first = next(iter(format.files))
    target = tmp_path / f"mine{Path(first).suffix}"
    if len(format.files) > 1:
        with pytest.raises(FormatError, match="writes several files"):
            send_out(filled(shared, visit()), format, target)
        return
    send_out(filled(shared, visit()), format, target)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    send_out(shared, format, tmp_path / "folder")
    assert target.read_bytes() == (tmp_path / "folder" / first).read_bytes()
    with pytest.raises(SourceError, match="cannot be written: No such file"):
        send_out(shared, format, tmp_path / "none" / target.name)


def test_only_what_can_go_out_goes_out(shared: Record, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="visits: is not a format that is written"):
        send_out(shared, named("visits"), tmp_path)


def test_jsonld_says_which_words_a_statement_derives_from(shared: Record, tmp_path: Path) -> None:
    written(filled(shared, visit()), "jsonld", tmp_path)
    found = rdf(tmp_path / "record.jsonld").query(
        """PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX schema: <https://schema.org/> PREFIX term: <urn:dragoman:term:>
        SELECT ?words ?start ?on WHERE {
            ?event a schema:Event ; term:category "CONSULT" ; prov:wasDerivedFrom ?report .
            ?report term:cue/oa:hasSelector/oa:exact ?words ; term:cue/oa:hasSelector/oa:start ?start ;
                    prov:wasAttributedTo/schema:name ?on }"""
    )
    assert [(str(row.words), int(row.start), str(row.on)) for row in found] == [
        ("visited", visit().article.text.index("visited"), "Norway")
    ]
    source = json.loads((tmp_path / "record.jsonld").read_text(encoding="utf-8"))
    assert isinstance(source["@context"], dict)


def test_a_correction_is_an_activity_of_somebody(shared: Record, tmp_path: Path) -> None:
    filled(shared, visit("a"))
    visited = next(iter(shared.events())).id
    shared.correct(visited, "mode", ["phone"], who="A. Nalyst", why="it was a call")
    written(shared, "jsonld", tmp_path)
    found = rdf(tmp_path / "record.jsonld").query(
        """PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <https://schema.org/>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX term: <urn:dragoman:term:>
        SELECT ?who ?why ?was ?now ?mode WHERE {
            ?event a schema:Event ; prov:wasGeneratedBy ?change ; term:mode ?mode .
            ?change a prov:Activity ; prov:used ?event ; prov:wasAssociatedWith/schema:name ?who ;
                    rdfs:comment ?why ; term:was ?was ; term:now ?now }"""
    )
    assert [tuple(map(str, row)) for row in found] == [
        ("A. Nalyst", "it was a call", '["visit"]', '["phone"]', "phone")
    ]


def test_networks_count_what_happened_between_two(shared: Record, tmp_path: Path) -> None:
    filled(shared, visit("a"), visit("b", monday=date(2021, 3, 8)), hostile())
    written(shared, "graphml", tmp_path / "graphml")
    written(shared, "gexf", tmp_path / "gexf")
    edge = networkx.read_graphml(tmp_path / "graphml" / "countries.graphml").edges["PRT", "NOR"]
    assert (edge["weight"], edge["CONSULT"], edge["score"], edge["cooperation"], edge["conflict"]) == (1, 1, 4.0, 1, 0)
    assert (edge["first"], edge["last"]) == ("2021-03-01", "2021-03-01")
    dynamic = networkx.read_gexf(tmp_path / "gexf" / "countries.gexf").edges["PRT", "NOR"]
    assert dynamic["spells"] == [("2021-03-01", "2021-03-01")]
    node = networkx.read_graphml(tmp_path / "graphml" / "actors.graphml").nodes["person:ana-reis"]
    assert node == {"name": "Ana Reis", "kind": "person", "code": "PRT", "sector": "GOV"}
